"""What the pages on accuracy and on changes say: measured accuracy, how surely figures were bound, what is new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from qzetl.site.chunks import columns

__all__ = ["changes_chunk", "quality_chunk"]

_SHOWN_CHANGES = 2000


def quality_chunk(tables: Mapping[str, pl.DataFrame], quality: object) -> dict[str, Any]:
    """Return the accuracy as measured (`quality`: quality.json, or None), and what the release's own rows tell."""
    observations, rejects = tables["observations"], tables["rejects"]
    bound = ("indicator", "area", "period")
    return {
        "measured": quality,
        "confidence": _counts(observations, "confidence"),
        "bound": [[name, observations[name].count(), observations.height] for name in bound],
        "rejects": _counts(rejects, "rule"),
        "rules": _counts(observations, "rule")[:20],
    }


def _counts(frame: pl.DataFrame, column: str) -> list[list[Any]]:
    counted = frame.group_by(column).len().sort("len", column, descending=[True, False])
    return [list(row) for row in counted.iter_rows()]


def changes_chunk(changes: pl.DataFrame | None) -> dict[str, Any] | None:
    """Return what changed since the release before, counted and (up to a limit) listed; None where it is not told."""
    if changes is None:
        return None
    by = [name for name in ("table", "change", "reason") if name in changes.columns]
    counted = changes.group_by(by).len().sort(by)
    return {
        "total": changes.height,
        "by": by,
        "counts": [list(row) for row in counted.iter_rows()],
        "rows": columns(changes.head(_SHOWN_CHANGES).cast({pl.Date: pl.String, pl.Datetime: pl.String})),
    }
