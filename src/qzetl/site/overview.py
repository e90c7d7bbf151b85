"""The overview: the one chunk that the first view needs. What is in the release, and the names of its codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from qzetl.dataset.draft import Draft
from qzetl.site.chunks import columns
from qzetl.site.figures import newest

__all__ = ["example_figure", "overview"]

_FIGURE = ("value", "value_low", "value_high", "bound", "unit")
_LONGEST_EXAMPLE = 70  # code points; a sentence that fits beside its reading on a phone
_SHORTEST_EXAMPLE = 18


def overview(draft: Draft, series: pl.DataFrame, numbered: pl.DataFrame, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the overview; `series` and `numbered` have numbers (see `evidence`), `facts` are the builder's own."""
    tables = draft.tables
    return {
        "release": {
            "version": draft.version,
            "revision": draft.revision,
            "rows": {name: frame.height for name, frame in tables.items()},
            "from": _day(tables["articles"]["published"].min()),
            "to": _day(tables["articles"]["published"].max()),
        },
        "themes": _in_order(draft, "themes").rows(),
        "indicators": _indicators(_in_order(draft, "indicators"), tables["happenings"], series),
        "areas": _areas(tables, numbered),
        "publishers": _publishers(tables),
        "units": tables["units"].select("code", "name_zh", "name_en", "dimension").rows(),
        "measures": tables["measures"].select("code", "name_zh", "name_en").rows(),
        "example": example_figure(numbered),
        **facts,
    }


def _day(value: object) -> str | None:
    return None if value is None else str(value)


def _in_order(draft: Draft, name: str) -> pl.DataFrame:
    """Return a code list in the order of its file, which is that of a yearbook; the tables are sorted by code."""
    return draft.contract.codelists[name].select("code").join(draft.tables[name], on="code", maintain_order="left")


def _indicators(indicators: pl.DataFrame, happenings: pl.DataFrame, series: pl.DataFrame) -> dict[str, list[Any]]:
    """Return the indicators that the release says anything of, each with its fullest place's newest figure."""
    counted = series.group_by("indicator").agg(
        n_series=pl.len().cast(pl.Int64),
        n_areas=pl.col("area").n_unique().cast(pl.Int64),
        first=pl.col("period_start").min(),
        last=pl.col("period_end").max(),
    )
    happened = happenings.group_by("indicator").agg(n_happenings=pl.len().cast(pl.Int64))
    known = (
        indicators.select("code", "theme", "name_en", "name_zh", "aliases", "unit", "kind", "nature")
        .join(counted, left_on="code", right_on="indicator", how="left", maintain_order="left")
        .join(happened, left_on="code", right_on="indicator", how="left", maintain_order="left")
        .join(_headline(series), left_on="code", right_on="indicator", how="left", maintain_order="left")
        .filter(pl.col("n_series").is_not_null() | pl.col("n_happenings").is_not_null())
    )
    return columns(known)


def _headline(series: pl.DataFrame) -> pl.DataFrame:
    """Return for each indicator the newest level (else growth) of the place that has the most figures of it."""
    fullest = (
        series.group_by("indicator", "area")
        .len()
        .sort("indicator", "len", "area", descending=[False, True, False])
        .unique("indicator", keep="first")
    )
    plain = series.join(fullest, on=["indicator", "area"]).filter(
        pl.col("measure").is_in(["LEVEL", "GROWTH_YOY"]), pl.col("basis") == "_Z"
    )
    latest = newest(plain, ["indicator", "measure"])
    figure = (pl.col(name).alias(f"latest_{name}") for name in _FIGURE)
    one = latest.sort("indicator", pl.col("measure") != "LEVEL").unique("indicator", keep="first")
    return one.select("indicator", "n", "area", "measure", "period", *figure)


def _areas(tables: Mapping[str, pl.DataFrame], numbered: pl.DataFrame) -> list[tuple[Any, ...]]:
    """Return the places that figures or articles name, and those that they lie in."""
    known = tables["areas"].select("code", "name", "short", "level", "parent")
    named = [numbered[name] for name in ("area", "scope", "reference")] + [tables["articles"]["area"]]
    wanted = pl.concat(column.rename("code") for column in named).unique()
    for _ in range(3):  # county, city, province
        parents = known.filter(pl.col("code").is_in(wanted.implode()))["parent"].rename("code")
        wanted = pl.concat([wanted, parents]).unique()
    counted = numbered.group_by("area").agg(n_figures=pl.len().cast(pl.Int64))
    held = known.filter(pl.col("code").is_in(wanted.implode()))
    return held.join(counted, left_on="code", right_on="area", how="left", maintain_order="left").rows()


def _publishers(tables: Mapping[str, pl.DataFrame]) -> list[tuple[Any, ...]]:
    articles = tables["articles"].group_by("publisher").agg(n_articles=pl.len().cast(pl.Int64))
    shown = tables["publishers"].select("id", "name", "kind", "rank", "licence", "home")
    return shown.join(articles, left_on="id", right_on="publisher", how="left", maintain_order="left").rows()


def example_figure(numbered: pl.DataFrame) -> dict[str, Any] | None:
    """Return one figure with its sentence that shows what the dataset is: surely bound, short, and new.

    None where no observation has an indicator, a place and a period.
    """
    whole = numbered.filter(
        pl.all_horizontal(pl.col("indicator", "area", "period", "value").is_not_null()),
        pl.col("measure").is_in(["LEVEL", "GROWTH_YOY"]),
    )
    length = pl.col("sentence").str.len_chars()
    ranked = whole.with_columns(
        sure=pl.col("confidence") == "A",
        apt=length.is_between(_SHORTEST_EXAMPLE, _LONGEST_EXAMPLE),
        known=pl.col("indicator") == "GDP",
        level=pl.col("measure") == "LEVEL",
    ).sort("sure", "apt", "known", "level", pl.col("n"), descending=[True, True, True, True, False])
    if ranked.is_empty():
        return None
    at = (pl.col("start") - pl.col("sentence_start")).alias("at")
    size = (pl.col("end") - pl.col("start")).alias("length")
    shown = ("n", "sentence", "indicator", "measure", "area", "period", "published", "publisher", *_FIGURE)
    return ranked.head(1).select(*shown, at, size).with_columns(pl.col("published").cast(pl.String)).row(0, named=True)
