"""Frames against the contract: rows that keep every rule, and rejects that name the rule they broke.

A rule is a name, a reason, and an expression that is true where it is broken; all are evaluated in one vectorised
pass. Rules of the schema are made from schemas/; those of evidence stand in `evidence`, those of plausibility in
`plausibility`. Names are
``<column>-type``, ``-missing``, ``-unknown`` (not in its code list, table or enumeration), ``-malformed`` (pattern),
``-range``, ``-not-finite``, and ``key-duplicate``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from qzetl.dataset.casting import cast_column
from qzetl.dataset.contract import Contract, Field, Table
from qzetl.dataset.evidence import evidence_rules
from qzetl.dataset.plausibility import plausibility_rules, with_bounds
from qzetl.dataset.rejects import reject_rows
from qzetl.dataset.rule import Rule, merge_rules
from qzetl.errors import SchemaError

__all__ = ["Checked", "validate"]

_UNREAD = " unread"  # suffix of working columns that mark values not of the column's type
_TEXT = "article text"  # working column; no column of a table has a blank in its name
_DUPLICATE = Rule("key-duplicate", "an earlier row has the same key", pl.lit(value=True))


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows that keep every rule, in the contract's columns and the order given; and the others as `rejects`."""

    valid: pl.DataFrame
    rejects: pl.DataFrame


def validate(
    table: str, frame: pl.DataFrame, contract: Contract, related: Mapping[str, pl.DataFrame] | None = None
) -> Checked:
    """Check `frame` as rows of `table`.

    Foreign keys into code lists are always checked, those into another table where `related` holds that table (such
    as ``{"articles": …, "publishers": …}``); with ``related["texts"]`` sentences are compared with the article's
    text. Columns that `frame` lacks are null. Of valid rows that share a key the first stands.
    Raises `SchemaError` for a table or column that schemas/ does not describe.
    """
    schema, related = contract.table(table), related or {}
    working = _working(schema, frame)
    rules = [*_type_rules(schema, working), *_field_rules(schema), *_key_rules(schema, contract, related)]
    if table == "observations":
        texts = related.get("texts")
        if texts is not None:
            working = working.join(
                texts.select("article_id", pl.col("text").alias(_TEXT)),
                on="article_id",
                how="left",
                maintain_order="left",
            )
        rules += evidence_rules(contract, None if texts is None else _TEXT)
        working = with_bounds(working, contract)
        rules += plausibility_rules()
    rules = merge_rules(rules)
    flags = working.select(rule.broken.alias(rule.name) for rule in rules)
    broken = flags.select(pl.any_horizontal(pl.all())).to_series()
    kept = working.select(schema.names).filter(~broken)
    first = kept.select(pl.struct(schema.primary_key).is_first_distinct()).to_series()
    repeated = kept.filter(~first)
    rejects = [
        reject_rows(table, frame.filter(broken), flags.filter(broken), rules, contract),
        reject_rows(table, repeated, repeated.select(_DUPLICATE.broken.alias(_DUPLICATE.name)), [_DUPLICATE], contract),
    ]
    return Checked(kept.filter(first), pl.concat(rejects))


def _working(schema: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame in the contract's types, with a mark beside each column where a value was of no such type."""
    if unknown := [name for name in frame.columns if name not in schema.names]:
        msg = (
            f"{schema.name}: the frame has the columns {', '.join(unknown)}, which {schema.name}.json does not describe"
        )
        raise SchemaError(msg)
    columns = []
    for field in schema.fields:
        if field.name not in frame.columns:
            columns.append(pl.lit(None, dtype=field.dtype).alias(field.name))
            continue
        cast = cast_column(field.name, frame.schema[field.name], field.dtype)
        columns.append((_filled(cast) if field.type == "string" else cast).alias(field.name))
        if frame.schema[field.name] != field.dtype:
            unread = pl.col(field.name).is_not_null() & cast.is_null()
            columns.append(unread.alias(field.name + _UNREAD))
    return frame.select(columns)


def _filled(text: pl.Expr) -> pl.Expr:
    """Return null for text without a character: a CSV file cannot tell the two apart."""
    return pl.when(text.str.len_bytes() > 0).then(text)


def _type_rules(schema: Table, working: pl.DataFrame) -> Iterator[Rule]:
    for field in schema.fields:
        if (mark := field.name + _UNREAD) in working.columns:
            yield Rule(f"{field.name}-type", f"it cannot be read as {field.type}", pl.col(mark))


def _field_rules(schema: Table) -> Iterator[Rule]:
    for field in schema.fields:
        yield from _rules_of(field)


def _rules_of(field: Field) -> Iterator[Rule]:
    column = pl.col(field.name)
    if field.required:
        yield Rule(f"{field.name}-missing", "there is none", column.is_null())
    if field.min_length is not None:
        yield Rule(f"{field.name}-missing", "it is too short", column.str.len_chars() < field.min_length)
    if field.enum is not None:
        reason = f"it is none of {', '.join(field.enum)}"
        yield Rule(f"{field.name}-unknown", reason, ~column.is_in(field.enum))
    if field.pattern is not None:
        reason = f"it is not written as {field.pattern}"
        yield Rule(f"{field.name}-malformed", reason, ~column.str.contains(f"^(?:{field.pattern})$"))
    if field.type == "number":
        yield Rule(f"{field.name}-not-finite", "it is no finite number", ~column.is_finite())
    if field.minimum is not None:
        yield Rule(f"{field.name}-range", f"it is below {field.minimum}", column < field.minimum)
    if field.maximum is not None:
        yield Rule(f"{field.name}-range", f"it is above {field.maximum}", column > field.maximum)


def _key_rules(schema: Table, contract: Contract, related: Mapping[str, pl.DataFrame]) -> Iterator[Rule]:
    for key in schema.foreign_keys:
        known = contract.codelists.get(key.table, related.get(key.table))
        if known is not None:
            where = f"codelists/{key.table}.csv" if key.table in contract.codelists else f"the table {key.table}"
            reason = f"it is none of {where}"
            broken = ~pl.col(key.field).is_in(known[key.column].implode())
            yield Rule(f"{key.field}-unknown", reason, broken)
