"""Rows that broke a rule, kept as they were: a row fails with a name and a reason, it never vanishes."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from qzetl.dataset.contract import Contract
from qzetl.dataset.ids import content_id
from qzetl.dataset.rule import Rule

__all__ = ["reject_rows"]


def reject_rows(
    table: str, rows: pl.DataFrame, flags: pl.DataFrame, rules: Sequence[Rule], contract: Contract
) -> pl.DataFrame:
    """Return `rejects` for `rows` meant for `table`; `flags` holds a column for each of `rules`, true where broken.

    Ids follow from table, rule and row, and from the ordinal among rows that are wholly equal.
    """
    schema = contract.table("rejects").schema
    if rows.is_empty():
        return pl.DataFrame(schema=schema)
    names = [pl.when(pl.col(rule.name)).then(pl.lit(rule.name)) for rule in rules]
    reasons = [pl.when(pl.col(rule.name)).then(pl.lit(f"{rule.name}: {rule.reason}")) for rule in rules]
    said = flags.select(
        rule=pl.coalesce(names),
        reason=pl.concat_str(reasons, separator="; ", ignore_nulls=True),
    )
    found = said.with_columns(
        table=pl.lit(table),
        row=rows.select(pl.struct(pl.all()).struct.json_encode()).to_series(),
        publisher=_or_null(rows, "publisher", schema["publisher"]),
        day=_or_null(rows, "day", schema["day"]),
    ).with_columns(ordinal=pl.int_range(pl.len()).over("table", "rule", "row"))
    ids = [content_id(*key) for key in found.select("table", "rule", "row", "ordinal").iter_rows()]
    return found.with_columns(reject_id=pl.Series(ids, dtype=pl.String)).select(schema.names())


def _or_null(rows: pl.DataFrame, name: str, dtype: pl.DataType) -> pl.Series:
    """Return a column of the partition, null where the rows do not have it in its type."""
    if rows.schema.get(name) == dtype:
        return rows[name]
    return pl.repeat(None, rows.height, dtype=dtype, eager=True)
