"""Code lists: CSV files under schemas/codelists/ whose first column is a code. What a code means is data, not code.

Here they are only read and checked for what every code list must be; what refers to them is `validate`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from qzetl.errors import SchemaError

__all__ = ["load_codelist"]


def load_codelist(folder: Path, document: Mapping[str, Any]) -> pl.DataFrame:
    """Read the code list that the Table Schema `document` describes; every column is text, empty cells are null.

    Columns beyond those described are kept (they belong to extraction). Raises `SchemaError` naming the file where
    it is missing, unreadable, lacks a column, or has an empty or repeated key.
    """
    path = folder / f"{document['name']}.csv"
    try:
        frame = pl.read_csv(path, infer_schema=False, encoding="utf8")
    except (OSError, pl.exceptions.PolarsError) as error:
        msg = f"{path}: cannot be read as CSV in UTF-8 ({str(error).splitlines()[0]}); restore or mend it"
        raise SchemaError(msg) from error
    frame = frame.rename({name: name.removeprefix("\ufeff") for name in frame.columns})
    if missing := [field["name"] for field in document["fields"] if field["name"] not in frame.columns]:
        msg = f"{path}: lacks the column {', '.join(missing)}, which {document['name']}.json describes"
        raise SchemaError(msg)
    key = document["primaryKey"]
    if frame.select(pl.any_horizontal(pl.col(key).is_null()).any()).item():
        msg = f"{path}: a row has no {', '.join(key)}; every row needs one"
        raise SchemaError(msg)
    repeated = frame.filter(frame.select(key).is_duplicated()).select(key).unique().sort(key)
    if repeated.height:
        msg = f"{path}: {', '.join(map(str, repeated.row(0)))} stands in two rows; every code stands once"
        raise SchemaError(msg)
    return frame
