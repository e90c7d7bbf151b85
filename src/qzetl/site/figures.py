"""Series, happenings and areas: the chunks behind the pages of indicators, of places, and of disagreements."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from qzetl.site.chunks import columns, figures, write_chunk

__all__ = ["newest", "with_numbers", "write_areas", "write_disagreements", "write_happenings", "write_series"]

_KEY = ["indicator", "measure", "area", "period", "status", "unit", "basis"]
_FIGURE = ["value", "value_low", "value_high", "bound"]
_SERIES = (
    *("measure", "area", "period", "status", "unit", "basis", *_FIGURE, "publisher", "as_of"),
    *("n_reports", "n_publishers", "agreement", "n"),
)


def with_numbers(frame: pl.DataFrame, numbered: pl.DataFrame) -> pl.DataFrame:
    """Add the observation's number `n` (see `evidence`) to a frame with `observation_id`."""
    return frame.join(numbered.select("observation_id", "n"), on="observation_id", how="left", maintain_order="left")


def write_series(series: pl.DataFrame, vintages: pl.DataFrame, numbers: Mapping[str, int], folder: Path) -> None:
    """Write the chunks ``series/<indicator>``; `series` has numbers (see `with_numbers`), so has `vintages`."""
    past = _past(vintages)
    for (indicator,), part in series.partition_by("indicator", as_dict=True, maintain_order=True).items():
        chunk = columns(part.select(_SERIES))
        chunk["losers"] = [_losers(text, numbers) for text in part["losers"]]
        chunk["past"] = [past.get(key, 0) for key in part.select(_KEY).iter_rows()]
        write_chunk(folder, f"series/{indicator}", chunk)


def _losers(text: str, numbers: Mapping[str, int]) -> list[list[Any]] | int:
    """Return the losing statements as rows, 0 where there are none (most of the time)."""
    if text == "[]":
        return 0
    keys = ("publisher", "as_of", *_FIGURE, "reason")
    return [[numbers.get(each["observation_id"]), *(each[key] for key in keys)] for each in json.loads(text)]


def _past(vintages: pl.DataFrame) -> dict[tuple[Any, ...], list[list[Any]]]:
    """Return, for each key that was ever revised, its values from the first on."""
    revised = vintages.filter(pl.len().over(_KEY) > 1)
    past: dict[tuple[Any, ...], list[list[Any]]] = {}
    rows = revised.select(*_KEY, pl.col("as_of").cast(pl.String), "publisher", *_FIGURE, "n").iter_rows()
    for row in rows:
        past.setdefault(row[: len(_KEY)], []).append(list(row[len(_KEY) :]))
    return past


def write_happenings(happenings: pl.DataFrame, folder: Path) -> None:
    """Write the chunks ``happenings/<indicator>``; `happenings` has numbers."""
    ordered = happenings.sort("published", "event_id", "n", descending=[True, False, False], nulls_last=True)
    shown = ["measure", "area", "period", "status", "unit", *_FIGURE, "subject", "publisher", "published", "n"]
    for (indicator,), part in ordered.partition_by("indicator", as_dict=True, maintain_order=True).items():
        events = part["event_id"].rank("dense").cast(pl.Int64)
        write_chunk(folder, f"happenings/{indicator}", columns(part.select(shown)) | {"event": figures(events)})


def newest(series: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Return the actual figure of each group's newest period, the longer of those that end alike."""
    return (
        series.filter(pl.col("status") == "actual")
        .sort(*by, "period_end", "period_start", "basis", descending=[False] * len(by) + [True, False, False])
        .unique(by, keep="first", maintain_order=True)
    )


def write_areas(series: pl.DataFrame, folder: Path) -> None:
    """Write the chunks ``areas/<province>``: of each place the newest figure of each indicator and measure."""
    latest = newest(series, ["area", "indicator", "measure"])
    shown = ["indicator", "measure", "unit", "period", *_FIGURE, "agreement", "n"]
    by_province = latest.with_columns(province=pl.col("area").str.slice(0, 2))
    for (province,), part in by_province.partition_by("province", as_dict=True, maintain_order=True).items():
        places = part.partition_by("area", as_dict=True, maintain_order=True).items()
        write_chunk(folder, f"areas/{province}", {area: columns(rows.select(shown)) for (area,), rows in places})


def write_disagreements(series: pl.DataFrame, numbers: Mapping[str, int], folder: Path) -> int:
    """Write the chunk ``disagreements``: series whose publishers' newest statements differ; return how many."""
    split = series.filter(pl.col("agreement") < 1).sort("period_end", *_KEY, descending=[True] + [False] * len(_KEY))
    chunk = columns(split.select("indicator", *_SERIES))
    chunk["losers"] = [_losers(text, numbers) for text in split["losers"]]
    write_chunk(folder, "disagreements", chunk)
    return split.height
