"""Series and vintages: one value for each key, chosen among all statements, and what was known on which day.

Pure functions from frames to frames; the rule itself stands in `choice`. Nothing is computed from other figures: a
value here is always one that an article states.
"""

from __future__ import annotations

import polars as pl

from qzetl.dataset.choice import REASONS, choose, weigh
from qzetl.dataset.stages import FINAL
from qzetl.dataset.statements import FIGURE, KEY

__all__ = ["make_series", "make_vintages"]

_LOSER = ["observation_id", "publisher", "stated", *FIGURE, "bound", "reason"]


def make_series(statements: pl.DataFrame) -> pl.DataFrame:
    """Return `series` from statements (see `statements`), sorted by key."""
    weighed = weigh(statements, ["key_no"])
    chosen = choose(weighed, ["key_no"])
    reports = statements.group_by("key_no").agg(n_reports=pl.col("page_no").n_unique())
    return (
        chosen.join(reports, on="key_no", how="left")
        .join(_losers(weighed, chosen), on="key_no", how="left")
        .with_columns(
            pl.col("n_reports", "n_publishers").cast(pl.Int64),
            pl.col("losers").fill_null("[]"),
            agreement=pl.col("votes") / pl.col("n_publishers"),
            as_of=pl.col("stated"),
        )
        .sort("key_no")  # keys are numbered in their order
        .select(
            *(*KEY, "period_start", "period_end", *FIGURE, "bound", "observation_id", "publisher", "as_of"),
            *("n_reports", "n_publishers", "agreement", "losers", "stage"),
        )
    )


def make_vintages(statements: pl.DataFrame) -> pl.DataFrame:
    """Return `vintages`: for each key the chosen figure from each day on which it or its stage changed."""
    by = ["key_no", "as_of"]
    several = pl.col("stated").min().over("key_no") < pl.col("stated").max().over("key_no")
    disputed = statements.filter(several)
    days = disputed.select("key_no", as_of="stated").unique()
    known = disputed.join(days, on="key_no").filter(pl.col("stated") <= pl.col("as_of"))
    settled = choose(weigh(statements.filter(~several), ["key_no"]), ["key_no"]).with_columns(as_of="stated")
    chosen = pl.concat([settled, choose(weigh(known, by), by)], how="diagonal").sort(by)
    figure = [*FIGURE, "bound"]
    first = pl.col("key_no").ne_missing(pl.col("key_no").shift())  # the rows are in the keys' order
    changed = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift()) for name in figure)
    settled_now = (pl.col("stage") == FINAL).fill_null(value=False) & pl.col("stage").ne_missing(
        pl.col("stage").shift()
    )
    change = pl.when(first).then(pl.lit("first")).when(changed).then(pl.lit("revised")).otherwise(pl.lit("confirmed"))
    return (
        chosen.with_columns(change=change)
        .filter(first | changed | settled_now)
        .sort(by)
        .select(*KEY, "as_of", "change", *figure, "observation_id", "publisher", "stage")
    )


def _losers(weighed: pl.DataFrame, chosen: pl.DataFrame) -> pl.DataFrame:
    """Return, for each key where statements disagree, those with another figure and why they lost, as JSON."""
    winner = chosen.select(
        "key_no", *(pl.col(name).alias(f"{name}_won") for name in (*FIGURE, "rank", "stated", "exactness", "votes"))
    )
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_won")) for name in FIGURE)
    lost = weighed.join(winner, on="key_no").filter(differs).with_columns(reason=_reason())
    written = lost.sort("key_no", "stated", "observation_id").select(
        "key_no",
        loser=pl.struct(
            pl.col(name).alias("as_of") if name == "stated" else pl.col(name) for name in _LOSER
        ).struct.json_encode(),
    )
    return written.group_by("key_no", maintain_order=True).agg(losers="[" + pl.col("loser").str.join(",") + "]")


def _reason() -> pl.Expr:
    col = pl.col
    tests = [
        col("replaced"),
        col("rank") > col("rank_won"),
        col("stated") < col("stated_won"),
        col("exactness") > col("exactness_won"),
        col("votes") < col("votes_won"),
        pl.lit(value=True),
    ]
    return pl.coalesce(pl.when(test).then(pl.lit(name)) for test, name in zip(tests, REASONS, strict=True))
