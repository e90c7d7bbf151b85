"""From whatever a frame holds to the contract's types, without losing sight of what could not be cast."""

from __future__ import annotations

import polars as pl

__all__ = ["cast_column"]

_MOMENT = "%+"  # ISO 8601 with a zone; one without is no moment


def cast_column(name: str, given: pl.DataType, wanted: pl.DataType) -> pl.Expr:
    """Return the column `name` as `wanted`; values that cannot be read as such are null."""
    column = pl.col(name)
    if given == wanted:
        return column
    if isinstance(given, pl.String):
        if isinstance(wanted, pl.Date):
            return column.str.to_date("%Y-%m-%d", strict=False)
        if isinstance(wanted, pl.Datetime):
            return column.str.to_datetime(_MOMENT, time_unit="us", time_zone="UTC", strict=False)
        if isinstance(wanted, pl.Boolean):
            return column.replace_strict({"true": True, "false": False}, default=None, return_dtype=wanted)
    if given.is_float() and wanted.is_integer():
        return pl.when(column.is_finite() & (column == column.floor())).then(column).cast(wanted, strict=False)
    return column.cast(wanted, strict=False)
