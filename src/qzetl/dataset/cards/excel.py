"""CSV for Excel: opened by a double click in Chinese Windows it shows what the tables say.

A byte order mark tells Excel that the file is UTF-8. A text that a spreadsheet would run as a formula gets an
apostrophe before it; one that Excel would turn into a number or a date (an id of digits, ``2024-02``) gets a tab,
which it does not show.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

__all__ = ["write_excel_csv"]

_FORMULA = r"^[=+\-@\t\r\n]|^[＝＋－＠]"
_MISREAD = r"^(?:\d{12,}|\d+[eE]\d+|\d{4}-\d{2})$"
_TIME = "%Y-%m-%d %H:%M:%S"


def write_excel_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write `frame` as the module says, with lines as Windows ends them."""
    names = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    safe = frame.with_columns(_safe(name) for name in names)
    safe.write_csv(path, include_bom=True, line_terminator="\r\n", datetime_format=_TIME)


def _safe(name: str) -> pl.Expr:
    text = pl.col(name)
    return (
        pl.when(text.str.contains(_FORMULA))
        .then("'" + text)
        .when(text.str.contains(_MISREAD))
        .then("\t" + text)
        .otherwise(text)
        .alias(name)
    )
