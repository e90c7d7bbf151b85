"""CHANGES.md: what a release changed against the one before, for people; `changes` has it row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from qzetl.dataset.changes import Comparison, Frames
from qzetl.dataset.corrections import WHOLE_ROW
from qzetl.dataset.versions import Remembered

__all__ = ["changes_page"]

_SHOWN = 20  # rows of a list; the files have them all
_MEANINGS = {
    "new-article": "an article came",
    "article-gone": "the store no longer has the article",
    "correction": "a correction or takedown was made or taken back",
    "new-rule": "the same article is read, bound or judged otherwise",
    "new-look": "a publisher's day was looked at",
    "code-list": "the code list itself changed",
}


def changes_page(release: Remembered, comparison: Comparison | None, tables: Frames) -> str:
    """Return the page; `comparison` is None where the store does not know what the release before held."""
    return "\n".join(_lines(release, comparison, tables)) + "\n"


def _lines(release: Remembered, comparison: Comparison | None, tables: Frames) -> Iterator[str]:
    yield f"# Changes in release {release.version}\n"
    if release.base is None:
        yield "This is the first release of its store; there is nothing to compare it with."
        return
    if comparison is None:
        yield f"The release before was {release.base}; the store no longer holds what it said: changes are not known."
        return
    yield f"Against release {release.base}; `changes.parquet` has every row, with old and new values."
    if release.accepted_loss:
        yield f"\nMore rows than usual went; whoever published says why: {release.accepted_loss}"
    yield from _counted(comparison.changes)
    yield from _listed("Tables and columns", [f"- {each}" for each in comparison.columns])
    yield from _listed("Corrections and takedowns", _corrections(comparison, tables))
    yield from _listed("Values of series that changed", _values(comparison.changes))


def _counted(changes: pl.DataFrame) -> Iterator[str]:
    """Count rows by table and reason; a row with several changed columns counts once."""
    if changes.is_empty():
        yield "\nNo row changed."
        return
    rows = changes.unique(["table", "key", "change"]).group_by("table", "reason", "change").len()
    wide = rows.pivot("change", index=["table", "reason"], values="len").sort("table", "reason").fill_null(0)
    yield "\n| table | why | added | removed | changed |\n|---|---|---:|---:|---:|"
    for row in wide.iter_rows(named=True):
        counts = " | ".join(f"{row.get(change, 0):,}" for change in ("added", "removed", "changed"))
        yield f"| `{row['table']}` | {row['reason']} | {counts} |"
    yield ""
    yield from (f"- {name}: {_MEANINGS[name]}" for name in changes["reason"].unique().sort())


def _corrections(comparison: Comparison, tables: Frames) -> list[str]:
    """Say which corrections were made and which were taken back, with their reasons."""
    on = ["table", "id", "field", "value"]
    new = tables["corrections"]
    old = comparison.base.get("corrections", new.clear())
    made = new.join(old, on=on, how="anti", nulls_equal=True).sort(on)
    back = old.join(new, on=on, how="anti", nulls_equal=True).sort(on)
    return [
        *(f"- {_correction(row)}: {row['reason']} ({row['date']})" for row in made.iter_rows(named=True)),
        *(f"- taken back: {_correction(row)}" for row in back.iter_rows(named=True)),
    ]


def _correction(row: dict[str, object]) -> str:
    one = str(row["table"]).removesuffix("s")
    if row["field"] == WHOLE_ROW:
        return f"{one} {row['id']} was taken down"
    return f"{row['field']} of {one} {row['id']} is {row['value'] or 'none'}"


def _values(changes: pl.DataFrame) -> list[str]:
    found = changes.filter((pl.col("table") == "series") & (pl.col("field") == "value")).sort("key")
    return [
        f"- {row['key'].replace('|', ' ')}: {row['old'] or 'none'} → {row['new'] or 'none'} ({row['reason']})"
        for row in found.iter_rows(named=True)
    ]


def _listed(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n## {title}\n"
        yield from lines[:_SHOWN]
        if len(lines) > _SHOWN:
            yield f"- … and {len(lines) - _SHOWN:,} more"
