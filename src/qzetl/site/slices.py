"""Slices: the series and happenings of one indicator as files of their own, with the names of their codes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from qzetl.dataset.files import write_csv, write_parquet

__all__ = ["write_slices"]


def write_slices(tables: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Write ``<indicator>.csv`` and ``.parquet`` for every indicator that has series, else happenings."""
    folder.mkdir(parents=True, exist_ok=True)
    names = tables["areas"].select("code", area_name=pl.col("name"))
    evidence = tables["observations"].select("observation_id", "sentence", "uri")
    for table in ("happenings", "series"):
        own = tables[table].drop("sentence", "uri", strict=False)
        named = own.join(names, left_on="area", right_on="code", how="left", maintain_order="left").join(
            evidence, on="observation_id", how="left", maintain_order="left"
        )
        for (indicator,), part in named.partition_by("indicator", as_dict=True, maintain_order=True).items():
            write_csv(part, folder / f"{indicator}.csv")
            write_parquet(part, folder / f"{indicator}.parquet")
