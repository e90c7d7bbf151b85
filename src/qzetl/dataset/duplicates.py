"""Reprints: articles that repeat another's text, so that one report printed in many places counts once.

A reprint has the same text, or nearly the same and no figure that the first does not have: two months' communiques
differ in little but their figures and are no reprints of each other. First is the earliest day of publication (else the
day of listing), then the higher authority, then the earlier time of publication where both state one, then the earlier
retrieval. A page that changed is no reprint of its own earlier text: both have one address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import polars as pl

from qzetl.dataset.sketch import BAND_DIGITS, figures, shingles

__all__ = ["LOWEST_RANK", "mark_duplicates"]

LOWEST_RANK = 4
"""Authority of a publisher that the table of publishers does not know."""

# Two texts are nearly the same if they share this much of all their shingles.
_ALIKE = 0.7
# Shorter texts (characters) share phrases, not reports; among them only equality counts.
_SHORTEST = 100
# A text is compared with so many of the texts before it in each band: reports made from one template share bands by
# the thousand, and a reprint comes soon after its original.
_NEAREST = 20
# Texts whose shingles are kept at once.
_HELD = 2048


def mark_duplicates(articles: pl.DataFrame, publishers: pl.DataFrame, texts: pl.LazyFrame) -> pl.DataFrame:
    """Return `articles` (in the same order) with `duplicate_of` naming the first article of the same text.

    `texts` has article_id, text and sketch; only the texts of articles that may be nearly the same are read.
    """
    ordered = _in_order(articles, publishers)
    firsts = ordered.unique("text_sha256", keep="first", maintain_order=True).with_row_index("place")
    reprints = _near(firsts, texts)
    places = {place: reprints.get(place, place) for place in range(firsts.height)}
    identities = firsts["article_id"].to_list()
    originals = pl.DataFrame(
        {"text_sha256": firsts["text_sha256"], "original": [identities[places[place]] for place in places]},
        schema={"text_sha256": pl.String(), "original": pl.String()},
    )
    joined = articles.join(originals, on="text_sha256", how="left", maintain_order="left")
    again = pl.col("original") != pl.col("article_id")
    return joined.with_columns(duplicate_of=pl.when(again).then("original")).select(articles.columns)


def _in_order(articles: pl.DataFrame, publishers: pl.DataFrame) -> pl.DataFrame:
    """Return the articles with what tells them apart, the one that counts as first before the others."""
    columns = "article_id publisher uri day published published_at retrieved text_sha256 text_length".split()  # noqa: SIM905  # words
    ranked = articles.select(columns).join(publishers.select(publisher="id", rank="rank"), on="publisher", how="left")
    order = [
        pl.coalesce("published", "day"),
        pl.col("rank").fill_null(LOWEST_RANK),
        pl.col("published_at"),
        pl.col("retrieved"),
        pl.col("article_id"),
    ]
    return ranked.sort(order, nulls_last=True)


def _near(firsts: pl.DataFrame, texts: pl.LazyFrame) -> dict[int, int]:
    """Map the place of each text that nearly repeats one before it to the place of that one."""
    pairs = _candidates(firsts, texts)
    if pairs.is_empty():
        return {}
    involved = firsts.filter(pl.col("place").is_in(pl.concat([pairs["place"], pairs["earlier"]]).implode()))
    held = texts.select("article_id", "text").join(involved.select("article_id", "place").lazy(), on="article_id")
    known = dict(held.select("place", "text").collect().iter_rows())
    told: dict[int, int] = {}
    for place, earlier in _alike(pairs, known):
        if place not in told:
            told[place] = told.get(earlier, earlier)
    return told


def _candidates(firsts: pl.DataFrame, texts: pl.LazyFrame) -> pl.DataFrame:
    """Return the pairs (place, earlier) of texts that share a band of their sketches, in order."""
    long = firsts.filter(pl.col("text_length") >= _SHORTEST).select("place", "article_id")
    sketches = texts.select("article_id", "sketch").join(long.lazy(), on="article_id").collect()
    bands = (
        sketches.select("place", band=pl.col("sketch").str.extract_all(f".{{{BAND_DIGITS}}}"))
        .with_columns(number=pl.int_ranges(pl.col("band").list.len()))
        .explode("band", "number")
        .select("place", group=pl.struct("number", "band").hash())
        .filter(pl.col("group").is_duplicated())
        .sort("group", "place")
    )
    nearest = [_beside(bands, by) for by in range(1, _NEAREST + 1)]
    where = firsts.select("place", at=pl.struct("publisher", "uri"))
    pairs = pl.concat(nearest).unique().join(where, on="place")
    pairs = pairs.join(where.rename({"place": "earlier", "at": "at_earlier"}), on="earlier")
    return pairs.filter(pl.col("at") != pl.col("at_earlier")).select("place", "earlier").sort("place", "earlier")


def _beside(bands: pl.DataFrame, by: int) -> pl.DataFrame:
    """Pair each text with the one `by` rows before it, where both share the band."""
    same = pl.col("group") == pl.col("group").shift(by)
    return bands.select("place", earlier=pl.when(same).then(pl.col("place").shift(by))).drop_nulls()


def _alike(pairs: pl.DataFrame, texts: dict[int, str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of which the later text nearly repeats the earlier one and has no figure of its own."""

    @lru_cache(maxsize=_HELD)
    def parts(place: int) -> tuple[set[str], Counter[str]]:
        return shingles(texts[place]), figures(texts[place])

    for place, earlier in pairs.iter_rows():
        (one, its_figures), (other, known_figures) = parts(place), parts(earlier)
        shared = len(one & other)
        if shared >= _ALIKE * (len(one) + len(other) - shared) and its_figures <= known_figures:
            yield place, earlier
