"""Evidence: every observation with its sentence and article, in chunks that follow the articles.

An observation's number is its place in that order, so a number alone tells the chunk. The figures of one article, which
share sentences, stand together: one chunk of some tens of kilobytes shows any of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from qzetl.site.chunks import columns, write_chunk

__all__ = ["number_observations", "write_articles", "write_evidence", "write_ids"]

EVIDENCE_SIZE = 1000
"""Observations in one chunk of evidence."""
_IDS_SIZE = 4000
_ARTICLES_SIZE = 10_000

_SHOWN = (
    *("value", "value_low", "value_high", "bound", "unit", "measure", "indicator", "subject", "area", "period"),
    *("status", "scope", "reference", "confidence", "rule"),
)
_ARTICLE = ("article_id", "title", "publisher", "published", "uri", "area", "source", "duplicate_of", "day")


def number_observations(observations: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Return the observations in the order of the newest articles first, then of their texts, numbered as `n`."""
    order = articles.sort(
        "published", "publisher", "article_id", descending=[True, False, False], nulls_last=True
    ).select("article_id", pl.int_range(pl.len()).alias("article_no"))
    return (
        observations.join(order, on="article_id")
        .sort("article_no", "start", "end", "observation_id")
        .with_row_index("n")
        .with_columns(pl.col("n").cast(pl.Int64))
    )


def write_evidence(numbered: pl.DataFrame, articles: pl.DataFrame, folder: Path) -> None:
    """Write the chunks ``evidence/<k>``: the observations from ``k * size`` on, their sentences and articles."""
    about = articles.select(_ARTICLE)
    for number, part in enumerate(numbered.iter_slices(EVIDENCE_SIZE)):
        write_chunk(folder, f"evidence/{number}", _chunk(part, about))


def _chunk(part: pl.DataFrame, about: pl.DataFrame) -> dict[str, Any]:
    sentences = part.select("article_id", "sentence_start", "sentence").unique(maintain_order=True)
    sentences = sentences.with_row_index("sentence_no")
    held = part.select("article_id").unique(maintain_order=True).with_row_index("held_no")
    rows = part.join(sentences, on=["article_id", "sentence_start", "sentence"], maintain_order="left").join(
        held, on="article_id", maintain_order="left"
    )
    shown = rows.select(
        pl.col("observation_id").alias("id"),
        pl.col("held_no").alias("article"),
        pl.col("sentence_no").alias("sentence"),
        (pl.col("start") - pl.col("sentence_start")).alias("at"),
        (pl.col("end") - pl.col("start")).alias("length"),
        *_SHOWN,
    )
    return {
        "first": part["n"][0],
        "articles": columns(held.join(about, on="article_id", maintain_order="left").select(_ARTICLE)),
        "sentences": sentences["sentence"].to_list(),
        "rows": columns(shown),
    }


def write_articles(numbered: pl.DataFrame, articles: pl.DataFrame, folder: Path) -> int:
    """Write the chunks ``articles/<k>``: the articles that state figures, newest first; return how many there are."""
    counted = numbered.group_by("article_id", maintain_order=True).agg(
        first=pl.col("n").min(), count=pl.len().cast(pl.Int64)
    )
    listed = counted.join(articles, on="article_id", maintain_order="left").select(
        pl.col("article_id").alias("id"), "title", "publisher", "published", "area", "first", "count"
    )
    for number, part in enumerate(listed.iter_slices(_ARTICLES_SIZE)):
        write_chunk(folder, f"articles/{number}", columns(part))
    return listed.height


def write_ids(numbered: pl.DataFrame, folder: Path) -> list[str]:
    """Write the chunks ``ids/<k>``, which lead from an id to a number; return the first id of each."""
    by_id = numbered.select("observation_id", "n").sort("observation_id")
    parts = list(by_id.iter_slices(_IDS_SIZE))
    for number, part in enumerate(parts):
        write_chunk(folder, f"ids/{number}", {"ids": part["observation_id"].to_list(), "n": part["n"].to_list()})
    return [part["observation_id"][0] for part in parts]
