"""How things stand: the last runs, a calendar of the last days, and what is open. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Final

import polars as pl

from qzetl.collect.capture import day_of
from qzetl.collect.publisher import INPUT
from qzetl.dataset.partitions import unfinished
from qzetl.history import Run, looked_until, missed_since, past_runs
from qzetl.operations.backfill import standings
from qzetl.operations.notify import silent_days
from qzetl.pipeline import Rooms

__all__ = ["DAYS", "LOOKED", "Status", "status_of"]

DAYS: Final = 30
LOOKED: Final = "looked"
"""A calendar's word for a day on which a run read the publisher's lists and nothing is listed under it."""
_RUNS: Final = 8
_QUIET_DAYS: Final = 7  # after which a silent publisher is open, where the settings do not say


@dataclass(frozen=True, slots=True)
class Status:
    """How things stand.

    `calendar` has, for each publisher, the state of each of the last `DAYS` days (a coverage state, `LOOKED`, or
    ``never``), the oldest first. `problems` is empty where nothing is open.
    """

    today: date
    runs: tuple[Run, ...]
    calendar: dict[str, tuple[str, ...]]
    problems: tuple[str, ...]


def status_of(rooms: Rooms, today: date | None = None) -> Status:
    """Return how things stand on `today` (Asia/Shanghai)."""
    today = today or day_of(datetime.now(UTC))
    runs = list(past_runs(rooms.store))
    return Status(today, tuple(runs[:_RUNS]), _calendar(rooms, runs, today), tuple(_problems(rooms, runs, today)))


def _calendar(rooms: Rooms, runs: list[Run], today: date) -> dict[str, tuple[str, ...]]:
    first = today - timedelta(days=DAYS - 1)
    rows = rooms.store.read("coverage").filter(pl.col("day") >= first).select("publisher", "day", "state").collect()
    states = {(publisher, day): state for publisher, day, state in rows.iter_rows()}
    for run in runs:
        for publisher, told in run.report.get("publishers", {}).items():
            if told["looked"] and run.scheduled:
                states.setdefault((publisher, day_of(run.started)), LOOKED)
    days = [first + timedelta(days=number) for number in range(DAYS)]
    names = [name for name in rooms.publishers if name != INPUT.id]
    return {name: tuple(states.get((name, day), "never") for day in days) for name in names}


def _problems(rooms: Rooms, runs: list[Run], today: date) -> Iterator[str]:
    last = next((run for run in runs if run.scheduled), None)
    if last is None:
        yield "no run over all publishers was made yet; see docs/operations.md for schedules"
        return
    if last.state != "done":
        yield from (each["message"] for each in last.report["problems"] if each["asked"])
    for publisher, day in sorted(looked_until(islice(runs, len(runs))).items()):
        if publisher in rooms.publishers and (missed := missed_since(day, today)):
            yield f"{publisher}: its lists were last read on {missed}; the next run makes up for the days since"
    limit = rooms.settings.notify_after or _QUIET_DAYS
    for publisher, days in sorted(silent_days(rooms.store, today).items()):
        if publisher != INPUT.id and days >= limit:
            yield f"{publisher}: nothing new came for {days} days; see qzetl canary --publisher {publisher}"
    for publisher, half in unfinished(rooms.store):
        yield f"{publisher} {half}: a run was killed while it wrote this partition; the next run does it again"
    for each in standings(rooms):
        if each.state in {"interrupted", "failed"}:
            yield f"backfill {each.id} is {each.state}: {each.message}"
