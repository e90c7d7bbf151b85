"""Reprints (转载): articles whose clean texts are equal are one report, of the publisher that came first.

Only exact equality counts here. First is the earliest day of publication (else the day of listing), then the higher
authority, then the earlier time of publication where both state one, then the earlier retrieval.
"""

from __future__ import annotations

import polars as pl

__all__ = ["LOWEST_RANK", "mark_duplicates"]

LOWEST_RANK = 4
"""Authority of a publisher that the table of publishers does not know."""


def mark_duplicates(articles: pl.DataFrame, publishers: pl.DataFrame) -> pl.DataFrame:
    """Return `articles` (in the same order) with `duplicate_of` naming the first article of the same text."""
    ranked = articles.select("article_id", "publisher", "day", "published", "published_at", "retrieved", "text_sha256")
    ranked = ranked.join(publishers.select(publisher="id", rank="rank"), on="publisher", how="left")
    order = [
        pl.coalesce("published", "day"),
        pl.col("rank").fill_null(LOWEST_RANK),
        pl.col("published_at"),
        pl.col("retrieved"),
        pl.col("article_id"),
    ]
    first = ranked.sort(order, nulls_last=True).group_by("text_sha256", maintain_order=True)
    originals = first.agg(original=pl.col("article_id").first())
    joined = articles.join(originals, on="text_sha256", how="left", maintain_order="left")
    again = pl.col("original") != pl.col("article_id")
    return joined.with_columns(duplicate_of=pl.when(again).then("original")).select(articles.columns)
