"""Coverage: publisher by day, whether anybody looked and what came of it.

A row tells how things stand, not what one run did: looking again and finding the same leaves it as it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from qzetl.collect.publisher import INPUT
from qzetl.dataset.contract import Contract

__all__ = ["Covered", "coverage_rows", "with_never_looked"]

_READ = frozenset({"new", "changed", "unchanged", "read"})
_QUIET = frozenset({"skipped", "listed", "empty-list"})


@dataclass(frozen=True, slots=True)
class Covered:
    """What became of one publisher's day.

    `fates` counts the inputs by their last fate: ``read`` (or ``new``, ``changed``, ``unchanged``) where an article
    was read, else the named outcome of the failure; ``listed``, ``empty-list`` and ``skipped`` are no inputs, but
    say that somebody looked. `articles`, `observations`, `rejects` count rows.
    """

    publisher: str
    day: date
    fates: Mapping[str, int]
    articles: int
    observations: int
    rejects: int


def coverage_rows(covered: Iterable[Covered], contract: Contract) -> pl.DataFrame:
    """Return the unchecked rows of `coverage`."""
    return pl.DataFrame([_row(each) for each in covered], schema=contract.table("coverage").schema)


def with_never_looked(coverage: pl.DataFrame) -> pl.DataFrame:
    """Return `coverage` with a row for each day between a publisher's first and last on which nobody looked.

    Files that a user gives have no calendar, so their publisher gets no such rows.
    """
    spans = coverage.filter(pl.col("publisher") != INPUT.id).group_by("publisher")
    days = spans.agg(day=pl.date_ranges(pl.col("day").min(), pl.col("day").max()).first()).explode("day")
    never = days.join(coverage, on=["publisher", "day"], how="anti").with_columns(
        pl.lit("never").alias("state"),
        pl.lit(0, pl.Int64).alias("n_inputs"),
        *(pl.lit(0, pl.Int64).alias(f"n_{name}") for name in ("failed", "articles", "observations", "rejects")),
        pl.lit("{}").alias("failures"),
    )
    return pl.concat([coverage, never.select(coverage.columns)]).sort("publisher", "day")


def _row(covered: Covered) -> dict[str, object]:
    failures = {name: n for name, n in sorted(covered.fates.items()) if n and name not in _READ | _QUIET}
    read = sum(n for name, n in covered.fates.items() if name in _READ)
    failed = sum(failures.values())
    return {
        "publisher": covered.publisher,
        "day": covered.day,
        "state": _state(read, failed),
        "n_inputs": read + failed,
        "n_failed": failed,
        "n_articles": covered.articles,
        "n_observations": covered.observations,
        "n_rejects": covered.rejects,
        "failures": json.dumps(failures, ensure_ascii=False),
    }


def _state(read: int, failed: int) -> str:
    if failed:
        return "partial" if read else "failed"
    return "read" if read else "empty"
