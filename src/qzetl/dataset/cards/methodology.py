"""METHODOLOGY.md of a release: the project's methodology, and how exact the reading of this release is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from qzetl.errors import ReleaseError

__all__ = ["methodology"]

_PACKAGE = Path(__file__).resolve().parents[2]
_PLACES = (_PACKAGE / "_docs/methodology.md", _PACKAGE.parent.parent / "docs/methodology.md")
_CLASSES = {"A": "class A", "B": "class B", "C": "class C", None: "no class"}


def methodology(observations: pl.DataFrame, rejects: pl.DataFrame, quality: Mapping[str, Any] | None) -> str:
    """Return the methodology with the accuracy of this release; `quality` is quality.json, None where there is none."""
    told = _accuracy(observations, rejects, quality)
    return "\n".join([_text().rstrip("\n"), "", "## Accuracy of this release", "", *told, ""])


def _text() -> str:
    for place in _PLACES:
        if place.is_file():
            return place.read_text("utf-8")
    msg = f"docs/methodology.md was found neither in {_PLACES[0].parent} nor beside src/; reinstall qzetl"
    raise ReleaseError(msg)


def _accuracy(observations: pl.DataFrame, rejects: pl.DataFrame, quality: Mapping[str, Any] | None) -> Iterator[str]:
    total = observations.height
    yield f"{total:,} observations; {rejects.height:,} rows were rejected."
    yield ""
    yield "| of the observations | rows | share |"
    yield "|---|---:|---:|"
    for name in ("indicator", "area", "period"):
        count = observations[name].count()
        yield f"| with {name} | {count:,} | {_share(count, total)} |"
    for name, count in observations.group_by("confidence").len().sort("confidence", nulls_last=True).iter_rows():
        yield f"| {_CLASSES.get(name, name)} | {count:,} | {_share(count, total)} |"
    yield ""
    yield from _measured((quality or {}).get("accuracy"))


def _measured(accuracy: Mapping[str, Any] | None) -> Iterator[str]:
    """What was measured on annotated articles: on those that rules were learned from, and on the others."""
    if accuracy is None:
        yield "No measurement against annotated articles came with this release."
        return
    yield "Measured against annotated articles; by field, class and indicator in `quality.json`:"
    yield ""
    yield "| articles | figures | found (F1) | wholly right (F1) | of class A | of class B | of class C |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, part in (("that rules were learned from", accuracy), ("not learned from", accuracy.get("unlearned"))):
        if part is not None:
            found, whole, classes = part["mentions"], part["observations"], part["confidence"]
            shares = [found["f1"], whole["f1"], *(classes.get(each, {}).get("share") for each in "ABC")]
            told = " | ".join("–" if share is None else f"{share:.1%}" for share in shares)
            yield f"| {part['gold']['articles']} {name} | {found['gold']:,} | {told} |"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"
