"""Corrections and takedowns: what a person decided after review (schemas/codelists/corrections.csv) goes before rows.

The store keeps what was read; every assembly of the tables applies the file anew, so a correction survives rebuilds,
and taking it back restores the row. An article that is taken down takes its observations and rejects along; where it
was the first of a reprinted text, the next one counts as first.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from qzetl.dataset.casting import cast_column
from qzetl.dataset.contract import Contract
from qzetl.dataset.period import period_bounds
from qzetl.dataset.validate import validate
from qzetl.errors import SchemaError

__all__ = ["WHOLE_ROW", "apply_corrections", "read_corrections", "without_effect"]

WHOLE_ROW = "*"
"""The field of a correction that takes a row down."""

_KEYS = {"articles": "article_id", "observations": "observation_id"}
_FIXED = frozenset({"article_id", "observation_id", "publisher", "uri", "day", "period_start", "period_end"})
_FILE = "schemas/codelists/corrections.csv"

Frames = dict[str, pl.DataFrame]


def read_corrections(contract: Contract) -> pl.DataFrame:
    """Return the corrections, checked; raises `SchemaError` naming the one that is wrong."""
    listed = contract.codelists["corrections"]
    checked = validate("corrections", listed.select(contract.table("corrections").names), contract)
    for row in checked.rejects.head(1).iter_rows(named=True):
        msg = f"{_FILE}: {row['row']}: {row['reason']}; mend that line"
        raise SchemaError(msg)
    for table, field in checked.valid.select("table", "field").unique().sort("table", "field").iter_rows():
        if field != WHOLE_ROW and (field in _FIXED or field not in contract.table(table).names):
            msg = f"{_FILE}: {field} is no column of {table} that can be corrected; name another, or * to take it down"
            raise SchemaError(msg)
    return checked.valid


def apply_corrections(frames: Mapping[str, pl.DataFrame], contract: Contract) -> Frames:
    """Return `frames` (articles, observations, rejects, and any others) as the corrections have them.

    Raises `SchemaError` where a corrected row breaks the contract.
    """
    listed = read_corrections(contract)
    if listed.is_empty():
        return dict(frames)
    return _corrected(_taken_down(dict(frames), listed), listed, contract)


def without_effect(frames: Mapping[str, pl.DataFrame], corrections: pl.DataFrame) -> list[str]:
    """Return the ids of corrections that name no row of `frames` (as they were before correction)."""
    known = [corrections.join(frames[table], left_on="id", right_on=key, how="semi") for table, key in _KEYS.items()]
    return corrections.join(pl.concat(known), on="id", how="anti")["id"].unique().sort().to_list()


def _taken_down(frames: Frames, listed: pl.DataFrame) -> Frames:
    gone = listed.filter(pl.col("field") == WHOLE_ROW)
    for table, key in _KEYS.items():
        ids = gone.filter(pl.col("table") == table)["id"].implode()
        for name in ("articles", "observations"):
            if key in frames[name].columns:
                frames[name] = frames[name].filter(~pl.col(key).is_in(ids))
        of_row = pl.col("row").str.json_path_match(f"$.{key}")
        frames["rejects"] = frames["rejects"].filter(~of_row.is_in(ids).fill_null(value=False))
    return frames


def _corrected(frames: Frames, listed: pl.DataFrame, contract: Contract) -> Frames:
    edits = listed.filter(pl.col("field") != WHOLE_ROW)
    for (table, field), each in edits.sort("table", "field").group_by("table", "field", maintain_order=True):
        key = _KEYS[str(table)]
        frames[str(table)] = _with_values(frames[str(table)], key, str(field), each)
        if (table, field) == ("articles", "published"):  # it stands in both tables
            frames["observations"] = _with_values(frames["observations"], key, str(field), each)
    for table, key in _KEYS.items():
        ids = edits.filter(pl.col("table") == table)["id"].implode()
        if table == "observations":
            frames[table] = _with_bounds(frames[table], edits)
        _refuse_wrong(table, frames[table].filter(pl.col(key).is_in(ids)), contract)
    return frames


def _with_values(frame: pl.DataFrame, key: str, field: str, edits: pl.DataFrame) -> pl.DataFrame:
    """Return `frame` with the values of `edits` (id, value) in the column `field`."""
    dtype = frame.schema[field]
    said = edits.select(pl.col("id").alias(key), pl.col("value").alias(" value"), pl.lit(value=True).alias(" said"))
    said = said.with_columns(cast_column(" value", pl.String(), dtype).alias(" value"), pl.col(" value").alias(" raw"))
    if (unread := said.filter(pl.col(" value").is_null() & pl.col(" raw").is_not_null())).height:
        msg = f"{_FILE}: {unread[' raw'][0]!r} is no {field} ({unread[key][0]}); write it as the CSV files do"
        raise SchemaError(msg)
    joined = frame.join(said, on=key, how="left", maintain_order="left")
    column = pl.when(pl.col(" said")).then(pl.col(" value")).otherwise(pl.col(field)).alias(field)
    return joined.with_columns(column).select(frame.columns)


def _with_bounds(frame: pl.DataFrame, edits: pl.DataFrame) -> pl.DataFrame:
    """Return `frame` with first and last day of the periods that were corrected."""
    ids = edits.filter((pl.col("table") == "observations") & (pl.col("field") == "period"))["id"]
    rows = frame.filter(pl.col("observation_id").is_in(ids.implode())).select("observation_id", "period")
    bounds = [(key, *(period_bounds(period or "") or (None, None))) for key, period in rows.iter_rows()]
    schema = {"observation_id": pl.String, " first": pl.Date, " last": pl.Date}
    joined = frame.join(
        pl.DataFrame(bounds, schema=schema, orient="row").with_columns(pl.lit(value=True).alias(" said")),
        on="observation_id",
        how="left",
        maintain_order="left",
    )
    said = pl.when(pl.col(" said"))
    return joined.with_columns(
        period_start=said.then(" first").otherwise("period_start"),
        period_end=said.then(" last").otherwise("period_end"),
    ).select(frame.columns)


def _refuse_wrong(table: str, rows: pl.DataFrame, contract: Contract) -> None:
    for row in validate(table, rows, contract).rejects.head(1).iter_rows(named=True):
        msg = f"{_FILE}: a correction makes a row of {table} that breaks {row['reason']}: {row['row']}"
        raise SchemaError(msg)
