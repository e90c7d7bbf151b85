"""Chunks: pieces of data as scripts, which a page may load from a folder as well as from a host."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl

__all__ = ["columns", "figures", "write_chunk"]

_EXACT = 2**53  # from here on a browser's numbers skip integers


def write_chunk(folder: Path, name: str, content: object) -> None:
    """Write `content` as the chunk `name`; the page's `qz.take` receives it."""
    path = folder / f"{name}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    path.write_text(f"qz.take({json.dumps(name)},{written});\n", "utf-8", newline="\n")


def columns(frame: pl.DataFrame) -> dict[str, list[Any]]:
    """Return the columns as lists; days are ISO, whole numbers lose their ``.0``."""
    return {name: figures(frame[name]) for name in frame.columns}


def figures(column: pl.Series) -> list[Any]:
    """Return one column as JSON holds it."""
    if column.dtype == pl.Float64:
        return [_short(value) for value in column.to_list()]
    if column.dtype.is_temporal():
        return column.cast(pl.String).to_list()
    return column.to_list()


def _short(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() and abs(value) < _EXACT else value
