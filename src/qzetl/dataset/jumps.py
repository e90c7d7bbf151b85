"""Figures that jump: an amount ten times, or a tenth of, what its own series said of earlier years.

The usual causes are a lost 万 or 亿 and a county's figure bound to its province. Earlier periods are the same months of
the years before; their median is the measure, and it counts only where two or more are known that agree within the
same tenfold. What jumps goes to `rejects` and makes no series.
"""

from __future__ import annotations

import polars as pl

from qzetl.dataset.contract import Contract
from qzetl.dataset.rejects import reject_rows
from qzetl.dataset.rule import Rule
from qzetl.dataset.validate import Checked

__all__ = ["JUMP", "set_apart_jumps"]

JUMP = 10.0
"""From how many times its own past on a figure counts as one that jumps."""

_REACH = 5  # years that its own past goes back
_FEWEST = 2  # years that must be known of it
_SMALL = 100.0  # amounts below may well grow tenfold: newly listed companies, trains in a month
_OWN = ["indicator", "area", "unit", "span"]
_RULE = Rule(
    "value-jump",
    f"it is {JUMP:g} times, or a tenth of, what its own series said of the years before",
    pl.lit(value=True),
)


def set_apart_jumps(observations: pl.DataFrame, contract: Contract) -> Checked:
    """Return the observations that do not jump, in their order, and the others as `rejects`."""
    jumping = _jumping(observations, contract)
    if jumping.is_empty():
        return Checked(observations, contract.table("rejects").empty())
    jumps = pl.col("observation_id").is_in(jumping.implode())
    rows = observations.filter(jumps).sort("observation_id")
    flags = pl.DataFrame({_RULE.name: [True] * rows.height})
    return Checked(observations.filter(~jumps), reject_rows("observations", rows, flags, [_RULE], contract))


def _jumping(observations: pl.DataFrame, contract: Contract) -> pl.Series:
    """Return the ids of the observations that jump."""
    amounts = _amounts(observations, contract)
    years = amounts.group_by(*_OWN, "year").agg(pl.col("value").median()).sort(*_OWN, "year")
    several = years.filter(pl.len().over(_OWN) > _FEWEST)
    past = (
        several.select(*_OWN, "year")
        .join(several.rename({"year": "earlier", "value": "then"}), on=_OWN)
        .filter(pl.col("earlier").is_between(pl.col("year") - _REACH, pl.col("year") - 1))
        .group_by(*_OWN, "year")
        .agg(n=pl.len(), usual=pl.col("then").median(), least=pl.col("then").min(), most=pl.col("then").max())
        .filter((pl.col("n") >= _FEWEST) & (pl.col("most") <= JUMP * pl.col("least")))
    )
    ratio = pl.col("value") / pl.col("usual")
    tells = (pl.max_horizontal("value", "usual") >= _SMALL) & ((ratio >= JUMP) | (ratio <= 1 / JUMP))
    return amounts.join(past, on=[*_OWN, "year"]).filter(tells)["observation_id"]


def _amounts(observations: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Return the actual amounts of whole areas, with the months that they cover (`span`) and the year."""
    indicators = contract.codelists["indicators"]
    aggregates = indicators.filter(pl.col("kind") == "aggregate")["code"].implode()
    first, last = pl.col("period_start"), pl.col("period_end")
    return observations.filter(
        pl.col("indicator").is_in(aggregates),
        pl.col("measure") == "LEVEL",
        pl.col("status") == "actual",
        pl.col("value") > 0,
        pl.col("area").is_not_null(),
        first.dt.year() == last.dt.year(),
    ).select(
        "observation_id",
        *_OWN[:3],
        "value",
        span=first.dt.strftime("%m-%d") + "/" + last.dt.month().cast(pl.String),
        year=first.dt.year(),
    )
