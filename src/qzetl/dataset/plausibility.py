"""Rules of plausibility for observations: what a figure may say of its indicator, and when it may say it.

The bounds are data (schemas/codelists/bounds.csv): wide enough for any county and for the nation, in good years and
bad, and narrow enough to stop a lost 万, a growth rate taken for an amount, or a year taken for a number.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from qzetl.dataset.contract import Contract
from qzetl.dataset.rule import Rule

__all__ = ["plausibility_rules", "with_bounds"]

_KEY = ["indicator", "measure", "unit"]
_ANY = "*"
_LEAST, _MOST = "least plausible", "most plausible"  # working columns; no column of a table has a blank in its name
_EARLIEST_YEAR = 1900
_AHEAD = {"actual": 31, "target": 50 * 366}  # days: a holiday's figure is told in its month; plans reach decades


def with_bounds(working: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Return the observations with the bounds of each row's indicator, measure and unit beside them."""
    bounds = contract.codelists["bounds"].select(
        *_KEY, pl.col("minimum").cast(pl.Float64).alias(_LEAST), pl.col("maximum").cast(pl.Float64).alias(_MOST)
    )
    own = bounds.filter(pl.col("indicator") != _ANY)
    general = bounds.filter(pl.col("indicator") == _ANY).drop("indicator")
    found = working.join(own, on=_KEY, how="left", maintain_order="left")
    found = found.join(general, on=_KEY[1:], how="left", maintain_order="left", suffix=" of any")
    return found.with_columns(pl.coalesce(name, f"{name} of any").alias(name) for name in (_LEAST, _MOST))


def plausibility_rules() -> Iterator[Rule]:
    """Yield the rules; they need the columns that `with_bounds` adds."""
    low, high = pl.coalesce("value", "value_low"), pl.coalesce("value", "value_high")
    outside = (low < pl.col(_LEAST)) | (high > pl.col(_MOST))
    growth = pl.col("measure").str.starts_with("GROWTH")
    yield Rule("growth-implausible", "it lies outside codelists/bounds.csv for its indicator", outside & growth)
    yield Rule("value-implausible", "it lies outside codelists/bounds.csv for its indicator", outside & ~growth)
    said = pl.coalesce("published", "day")
    ahead = pl.col("status").replace_strict(_AHEAD, default=None, return_dtype=pl.Int32)
    late = (pl.col("period_start") - said).dt.total_days() > ahead
    reason = "its period begins so long after the article's day that the article cannot state it, or before 1900"
    yield Rule("period-horizon", reason, late | (pl.col("period_start").dt.year() < _EARLIEST_YEAR))
