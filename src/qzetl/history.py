"""What earlier runs say: how far each publisher was looked at, and when something last came.

Everything is read from the reports in the store's table `runs`; nothing is kept beside them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from qzetl.collect.capture import day_of
from qzetl.dataset.store import Store

__all__ = ["Run", "looked_until", "missed_since", "newest_articles", "past_runs"]

_MOST_READ = 1000  # runs that are looked through for a publisher's last one


@dataclass(frozen=True, slots=True)
class Run:
    """One run as its row in `runs` tells; `request` and `report` as `RunReport.as_json` writes them."""

    run_id: str
    started: datetime
    finished: datetime | None
    state: str
    release: str | None
    request: dict[str, Any]
    report: dict[str, Any]

    @property
    def scheduled(self) -> bool:
        """Whether it looked at what publishers list now: no range of days, no backfill."""
        asked = self.request
        return asked.get("kind", "run") == "run" and asked["since"] is None and asked["until"] is None


def past_runs(store: Store, most: int = _MOST_READ) -> Iterator[Run]:
    """Yield the last runs, the newest first."""
    rows = store.read("runs").drop("day").sort("started", descending=True).head(most).collect()
    for row in rows.iter_rows(named=True):
        yield Run(**{**row, "request": json.loads(row["request"]), "report": json.loads(row["report"])})


def looked_until(runs: Iterator[Run]) -> dict[str, date]:
    """Return, by publisher, the newest day (Asia/Shanghai) on which a scheduled run read all of its lists.

    A backfill or a run over a range of days moves none of them.
    """
    found: dict[str, date] = {}
    for run in runs:
        if run.scheduled:
            for publisher, told in run.report.get("publishers", {}).items():
                if told["looked"]:
                    found.setdefault(publisher, day_of(run.started))
    return found


def missed_since(until: date | None, today: date) -> date | None:
    """Return the first day to look at again where days were missed, None where the last look is of today or yesterday.

    The last day itself is looked at again: more may have come after the look.
    """
    return until if until is not None and until < today - timedelta(days=1) else None


def newest_articles(store: Store) -> dict[str, datetime]:
    """Return, by publisher, when an article was last found that was not there before."""
    rows = store.read("articles").group_by("publisher").agg(pl.col("retrieved").max()).collect()
    return dict(rows.iter_rows())
