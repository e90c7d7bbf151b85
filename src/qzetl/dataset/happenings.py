"""Happenings: figures of events (projects signed, jobs at a fair), grouped by event and never ranked or merged.

Several events, and parts of events, share one indicator, place and period; so no single value could stand for them.
"""

from __future__ import annotations

import polars as pl

from qzetl.dataset.contract import Contract
from qzetl.dataset.ids import content_id

__all__ = ["make_happenings"]

_EVENT = ["article_id", "area", "period", "sentence_start"]


def make_happenings(observations: pl.DataFrame, articles: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Return `happenings`, sorted by observation; `articles` has its duplicates marked, reprints are left out."""
    indicators = contract.codelists["indicators"]
    kinds = indicators.filter(pl.col("kind") == "happening")["code"].implode()
    originals = articles.filter(pl.col("duplicate_of").is_null()).select("article_id")
    found = observations.filter(pl.col("indicator").is_in(kinds)).join(originals, on="article_id", how="semi")
    events = found.select(_EVENT).unique()
    ids = pl.Series([content_id(*event) for event in events.iter_rows()], dtype=pl.String)
    named = found.join(events.with_columns(event_id=ids), on=_EVENT, how="left", nulls_equal=True)
    return named.select(contract.table("happenings").names).sort("observation_id")
