"""Frames as files: Parquet and CSV, the same rows in both, and the same bytes for the same rows.

Parquet is written in one piece (streamed writes order row groups by chance); CSV is UTF-8 with commas and line feeds,
null is an empty cell, times are UTC. The digests and the comparison that `verify` needs stand here too.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from qzetl.dataset.casting import cast_column
from qzetl.dataset.contract import Field, Table

__all__ = ["file_digest", "read_csv", "sync_folder", "sync_path", "write_csv", "write_parquet"]

_ROW_GROUP = 131_072
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_CHUNK = 1 << 20


def write_parquet(frame: pl.DataFrame, path: Path, table: Table | None = None) -> None:
    """Write Parquet: zstd, with statistics and a page index, so that a reader opens only the pages that it needs.

    Where `frame` is a `table` of the contract, in its order, the file says so: what it is sorted by, and for the table
    and each column the description, unit and concept (in the Arrow schema's metadata).
    """
    held = frame.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
    held = held.cast(_described(held.schema, table)) if table else held
    order = [(name, "ascending") for name in table.order] if table else []
    pq.write_table(
        held,
        path,
        compression="zstd",
        row_group_size=_ROW_GROUP,
        write_page_index=True,
        sorting_columns=pq.SortingColumn.from_ordering(held.schema, order, "at_start") if order else None,
    )


def _described(schema: pa.Schema, table: Table) -> pa.Schema:
    told = {column.name: column for column in table.fields}
    fields = [field.with_metadata(_said(told[field.name])) for field in schema]
    return pa.schema(fields, {"table": table.name, "title": table.title, "description": table.description})


def _said(column: Field) -> dict[str, str]:
    said = {"description": column.description, "concept": column.concept, "title": column.title}
    return said | ({"unit": column.unit} if column.unit else {})


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write CSV as the module says."""
    frame.write_csv(path, datetime_format=_TIME, line_terminator="\n")


def read_csv(path: Path, schema: pl.Schema) -> pl.DataFrame:
    """Read what `write_csv` wrote; a cell that is not of its column's type becomes null."""
    cells = pl.read_csv(path, infer_schema=False)
    known = [name for name in schema if name in cells.columns]
    return cells.select(cast_column(name, pl.String(), schema[name]).alias(name) for name in known)


def file_digest(path: Path) -> str:
    """Return SHA-256 of the file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Wait until every file below `folder`, and the folders themselves, are on the disk."""
    for parent, _, names in os.walk(folder):
        for path in (*(Path(parent, name) for name in names), Path(parent)):
            sync_path(path)


def sync_path(path: Path) -> None:
    """Wait until the file, or the folder's own entries, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
