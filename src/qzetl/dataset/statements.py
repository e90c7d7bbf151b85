"""Statements: observations that can stand in a series, with all that the choice among them depends on.

An observation is a statement where its indicator is an aggregate and area and period are known. Reprints make none.
The day of a statement is the article's day of publication (else of listing); where a page's text was replaced, the
later text is stated on the day on which it was found so.
"""

from __future__ import annotations

import polars as pl

from qzetl.dataset.duplicates import LOWEST_RANK
from qzetl.dataset.stages import stage

__all__ = ["FIGURE", "KEY", "make_statements"]

KEY = ["indicator", "measure", "area", "period", "status", "unit", "basis"]
"""What a series value is identified by."""

FIGURE = ["value", "value_low", "value_high"]
"""What statements agree or disagree about."""

_EXACTNESS = ["exact", "approx", "over", "under", "range"]  # the most exact first
_SIGNIFICANT_DIGITS = 12  # behind these, sums of floats differ; no text states more
_AGAINST_PERIOD = ["CHANGE", "GROWTH_BASE", "MULTIPLE"]
_CARRIED = ["observation_id", "start", "bound", "period_start", "period_end", "stage"]


def make_statements(
    observations: pl.DataFrame, articles: pl.DataFrame, publishers: pl.DataFrame, indicators: pl.DataFrame
) -> pl.DataFrame:
    """Return the statements among `observations`, one for each key, article, figure and bound.

    `articles` has its duplicates marked. Columns: `KEY` and key_no (a number for each key), `FIGURE`, bound,
    exactness (0 is the most exact), period_start, period_end, stage, observation_id, start, publisher, rank, stated (a
    day), page_no (a number for each publisher and uri), text_no (0 for the first text found there).
    """
    aggregates = indicators.filter(pl.col("kind") == "aggregate")["code"].implode()
    usable = pl.col("indicator").is_in(aggregates) & pl.col("area").is_not_null() & pl.col("period").is_not_null()
    found = (
        observations.filter(usable)
        .with_columns(
            _basis().alias("basis"),
            stage(),
            pl.col(FIGURE).round_sig_figs(_SIGNIFICANT_DIGITS),
            pl.col("bound").replace_strict({bound: n for n, bound in enumerate(_EXACTNESS)}).alias("exactness"),
        )
        .sort("article_id", "start", "end", "observation_id")
        .unique(["article_id", *KEY, *FIGURE, "bound"], keep="first", maintain_order=True)
        .select("article_id", *KEY, *FIGURE, "exactness", *_CARRIED)
        .join(_reports(articles, publishers), on="article_id", how="inner")
        .drop("article_id")
    )
    keys = found.select(KEY).unique().sort(KEY).with_row_index("key_no")
    return found.join(keys, on=KEY, how="left")


def _basis() -> pl.Expr:
    """Say what a relative figure is relative to, with SDMX's own codes for not applicable and not specified."""
    measure = pl.col("measure")
    return (
        pl.when(measure == "RANK")
        .then(pl.col("scope").fill_null("_X"))
        .when((measure == "DIFF") | measure.is_in(_AGAINST_PERIOD))
        .then(pl.col("reference").fill_null("_X"))
        .otherwise(pl.lit("_Z"))
    )


def _reports(articles: pl.DataFrame, publishers: pl.DataFrame) -> pl.DataFrame:
    """Return who states what where and when, for each article that is no reprint."""
    found_on = pl.col("retrieved").dt.convert_time_zone("Asia/Shanghai").dt.date()
    day = pl.coalesce("published", "day")
    return (
        articles.sort("retrieved", "article_id")
        .with_columns(
            text_no=pl.int_range(pl.len()).over("publisher", "uri"),
            page_no=pl.struct("publisher", "uri").rank("dense"),
        )
        .filter(pl.col("duplicate_of").is_null())
        .join(publishers.select(publisher="id", rank="rank"), on="publisher", how="left")
        .select(
            "article_id",
            "publisher",
            "page_no",
            "text_no",
            pl.col("rank").fill_null(LOWEST_RANK),
            stated=pl.when(pl.col("text_no") > 0).then(pl.max_horizontal(day, found_on)).otherwise(day),
        )
    )
