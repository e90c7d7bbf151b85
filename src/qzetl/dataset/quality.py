"""quality.json of a release: how accurate extraction is, what the checks found, and what was turned away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from qzetl.dataset.accuracy import measure_accuracy
from qzetl.dataset.checks import Check
from qzetl.dataset.datapackage import write_json
from qzetl.dataset.draft import Draft
from qzetl.extract import Lexicon
from qzetl.settings import gold_dir, schemas_dir

__all__ = ["QUALITY", "write_quality"]

QUALITY = "quality.json"


def write_quality(draft: Draft) -> None:
    """Write quality.json; a companion (see `draft`)."""
    gold = gold_dir()
    accuracy = measure_accuracy(gold, Lexicon.load(schemas_dir() / "codelists")) if gold else None
    rejects = draft.tables["rejects"].group_by("table", "rule").len("rows").sort("table", "rule")
    document = {
        "version": draft.version,
        "accuracy": accuracy,
        "checks": [_said(check) for check in draft.checks],
        "rejects": rejects.to_dicts(),
        "confidence": _counts(draft.tables["observations"], ["confidence"]),
    }
    write_json(document, draft.folder / QUALITY)


def _said(check: Check) -> dict[str, Any]:
    return asdict(check) | {"outcome": "failed" if check.stops else "told" if check.limit is None else "passed"}


def _counts(frame: pl.DataFrame, by: Sequence[str]) -> list[dict[str, Any]]:
    return frame.group_by(by).len("rows").sort(by, nulls_last=True).to_dicts()
