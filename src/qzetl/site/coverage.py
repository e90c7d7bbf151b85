"""Coverage: which days of which publisher were looked at, a letter a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from qzetl.site.chunks import write_chunk

__all__ = ["write_coverage"]

_LETTERS = {"read": "r", "partial": "p", "empty": "e", "failed": "f", "never": "n"}
_COUNTS = ("n_inputs", "n_failed", "n_articles", "n_observations", "n_rejects")


def write_coverage(coverage: pl.DataFrame, folder: Path) -> None:
    """Write the chunk ``coverage``: of each publisher its first day, its states as letters (``-``: no row), its counts.

    Counts stand as ``[day's number from the first, inputs, failed, articles, observations, rejects]`` for the days
    that have any.
    """
    by_publisher = coverage.sort("publisher", "day").partition_by("publisher", as_dict=True, maintain_order=True)
    write_chunk(folder, "coverage", {publisher: _calendar(rows) for (publisher,), rows in by_publisher.items()})


def _calendar(rows: pl.DataFrame) -> dict[str, Any]:
    first: date = rows["day"].min()  # type: ignore[assignment]
    last: date = rows["day"].max()  # type: ignore[assignment]
    states = ["-"] * ((last - first).days + 1)
    counts = []
    for day, state, *numbers in rows.select("day", "state", *_COUNTS).iter_rows():
        at = (day - first).days
        states[at] = _LETTERS[state]
        if any(numbers):
            counts.append([at, *numbers])
    return {"first": first.isoformat(), "states": "".join(states), "counts": counts}
