"""Checks of a whole release: figures that contradict each other, and how many rows were turned away.

No single row is at fault where two figures contradict each other, so none is rejected; the checks count them. Each has
a limit: what a dataset made by hand would have too stays below it, and what lies above is a fault of reading or of
rules that stops publication. A check without a limit only tells. All are in quality.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from qzetl.dataset.assembly import Assembly
from qzetl.errors import ReleaseError

__all__ = ["Check", "check_release", "refuse_failed"]

_FEWEST = 20  # contradictions below this number stop nothing
_EXAMPLES = 5
_WHOLE = 100.0
_SHARES_MAY_MISS = 2.0  # points: shares are printed to one digit, and some to none
_SUM_MAY_EXCEED = 1.1  # cities add up to more than their province in official figures too
_ROUNDING = 1.001
_GROWTH_MAY_MISS = 20.0  # points: printed growth is in constant prices, and earlier years are revised
_OVER_AREAS = "AREAS"
_SAME = ["indicator", "area", "period", "status", "unit"]


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found: of `tested` groups or rows `failed` fail; `limit` is the share from which it stops.

    `limit` is None where it only tells. `examples` name some of what failed.
    """

    name: str
    meaning: str
    tested: int
    failed: int
    limit: float | None
    examples: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether so much fails that nothing may be published."""
        return self.limit is not None and self.failed > max(_FEWEST, self.limit * self.tested)


def check_release(assembly: Assembly) -> list[Check]:
    """Run every check over the tables of a release."""
    tables = assembly.tables
    amounts = _amounts(tables)
    idle = assembly.idle_corrections
    return [
        *_of_rejects(tables),
        _shares(tables),
        _cities(tables, amounts),
        _sums(tables, amounts),
        _growth(tables, amounts),
        Check(
            "corrections-idle",
            "corrections that name no row of the store",
            tables["corrections"].height,
            len(idle),
            None,
            idle[:_EXAMPLES],
        ),
    ]


def refuse_failed(checks: list[Check]) -> None:
    """Raise `ReleaseError` naming the checks that stop publication."""
    if failed := [check for check in checks if check.stops]:
        said = "; ".join(
            f"{check.name}: {check.failed:,} of {check.tested:,} ({check.meaning}), such as {', '.join(check.examples)}"
            for check in failed
        )
        msg = (
            f"nothing was published, for checks failed: {said}. Look at the articles (qzetl explain), mend the rule or "
            "the publisher's file and process them again, or correct rows in schemas/codelists/corrections.csv"
        )
        raise ReleaseError(msg)


def _of_rejects(tables: Mapping[str, pl.DataFrame]) -> Iterator[Check]:
    rejects = tables["rejects"].filter(pl.col("table") == "observations")
    jumps = pl.col("rule") == "value-jump"
    stood = tables["observations"].height
    for name, meaning, rows, limit in (
        ("rejected", "observations that broke a rule", rejects.filter(~jumps), 0.2),
        ("value-jump", "amounts ten times, or a tenth of, their own past", rejects.filter(jumps), 0.02),
    ):
        yield Check(name, meaning, stood + rejects.height, rows.height, limit, tuple(rows["reject_id"].head(_EXAMPLES)))


def _amounts(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the actual amounts of areas in `series`."""
    wanted = (pl.col("measure") == "LEVEL") & (pl.col("status") == "actual") & pl.col("value").is_not_null()
    return tables["series"].filter(wanted).select(*_SAME, "value", "period_start", "period_end")


def _shares(tables: Mapping[str, pl.DataFrame]) -> Check:
    parts = tables["additive"].filter(pl.col("part") != _OVER_AREAS).rename({"indicator": "whole"})
    wanted = (pl.col("measure") == "SHARE") & (pl.col("unit") == "PT") & pl.col("value").is_not_null()
    shares = (
        tables["series"]
        .filter(wanted)
        .join(parts, left_on="indicator", right_on="part")
        .group_by("whole", "area", "period", "status")
        .agg(pl.col("value").sum(), n=pl.len())
        .join(parts.group_by("whole").agg(all=pl.len()), on="whole")
        .filter(pl.col("n") == pl.col("all"))
    )
    wrong = shares.filter((pl.col("value") - _WHOLE).abs() > _SHARES_MAY_MISS)
    names = _named(wrong, ["whole", "area", "period"])
    return Check("shares", "shares of one whole that do not add up to 100", shares.height, wrong.height, 0.05, names)


def _cities(tables: Mapping[str, pl.DataFrame], amounts: pl.DataFrame) -> Check:
    pairs = _with_parent(tables, amounts)
    wrong = pairs.filter(pl.col("value") > pl.col("value_parent") * _ROUNDING)
    names = _named(wrong, ["indicator", "area", "period"])
    return Check("areas", "amounts above that of the area they lie in", pairs.height, wrong.height, 0.05, names)


def _sums(tables: Mapping[str, pl.DataFrame], amounts: pl.DataFrame) -> Check:
    by = ["indicator", "parent", "period", "status", "unit"]
    sums = _with_parent(tables, amounts).group_by(by).agg(pl.col("value").sum(), pl.col("value_parent").first())
    wrong = sums.filter(pl.col("value") > pl.col("value_parent") * _SUM_MAY_EXCEED)
    names = _named(wrong, ["indicator", "parent", "period"])
    meaning = "areas whose parts add up to a tenth more than they"
    return Check("area-sums", meaning, sums.height, wrong.height, 0.05, names)


def _with_parent(tables: Mapping[str, pl.DataFrame], amounts: pl.DataFrame) -> pl.DataFrame:
    """Return the additive amounts of areas beside that of the area they lie in."""
    additive = tables["additive"].filter(pl.col("part") == _OVER_AREAS).select("indicator")
    parents = tables["areas"].select(area="code", parent="parent")
    above = amounts.select(pl.col("area").alias("parent"), *(n for n in (*_SAME, "value") if n != "area"))
    return (
        amounts.join(additive, on="indicator", how="semi")
        .join(parents, on="area")
        .join(above, on=["parent", "indicator", "period", "status", "unit"], suffix="_parent")
    )


def _growth(tables: Mapping[str, pl.DataFrame], amounts: pl.DataFrame) -> Check:
    """Compare stated growth with that of the amounts; it fills nothing in, and in constant prices it may differ."""
    year_on = amounts.select(
        *(name for name in _SAME if name != "period"),
        pl.col("period_start", "period_end").dt.offset_by("1y"),
        before="value",
    )
    stated = tables["series"].filter((pl.col("measure") == "GROWTH_YOY") & (pl.col("unit") == "PT"))
    on = ["indicator", "area", "status", "period_start", "period_end"]
    both = (
        amounts.join(year_on, on=[*on, "unit"])
        .join(stated.select(*on, stated="value"), on=on)
        .filter(pl.col("before") > 0, pl.col("stated").is_not_null())
    )
    implied = (pl.col("value") / pl.col("before") - 1) * 100
    wrong = both.filter((implied - pl.col("stated")).abs() > _GROWTH_MAY_MISS)
    meaning = "stated growth more than 20 points from that of the stated amounts"
    return Check("growth", meaning, both.height, wrong.height, None, _named(wrong, ["indicator", "area", "period"]))


def _named(rows: pl.DataFrame, by: list[str]) -> tuple[str, ...]:
    """Name some of the rows, the same ones whatever their order."""
    return tuple(" ".join(row) for row in rows.select(by).sort(by).head(_EXAMPLES).iter_rows())
