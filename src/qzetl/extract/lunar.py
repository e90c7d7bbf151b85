"""The lunar calendar (农历): its years with their months, leap months, and the twenty-four solar terms as days.

The table is `lunar_years.csv`, calculated by GB/T 33661-2017. It has for each year its new year's day, which month is
doubled (``leap``), which months have 30 days rather than 29 (``long_months``, in order, the leap month included), and
the days of the month on which the solar terms of the calendar year fall (``terms``, two a month from 小寒 on).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from qzetl.extract.periods import Period

__all__ = ["SOLAR_TERMS", "LunarYear", "read_lunar_year", "season_of"]

# fmt: off
SOLAR_TERMS = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
    "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
)
# fmt: on
_SHORT_MONTH = 29
_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class LunarYear:
    """One lunar year, and the solar terms of the calendar year that bears the same number."""

    year: int
    first: date
    leap: int | None
    lengths: tuple[int, ...]
    terms: tuple[date, ...]

    def month(self, number: int, *, leap: bool = False) -> Period | None:
        """The days of a month (1 is 正月, 12 is 腊月); None where the year has no such month."""
        if not 1 <= number <= 12 or (leap and number != self.leap):  # noqa: PLR2004
            return None
        before = number - 1 + (leap or (self.leap is not None and number > self.leap))
        start = self.first + timedelta(sum(self.lengths[:before]))
        return Period(start, start + timedelta(self.lengths[before] - 1))

    def day(self, number: int, dom: int, *, leap: bool = False) -> Period | None:
        """One day of a month; None where the month has no such day."""
        month = self.month(number, leap=leap)
        when = month.first + timedelta(dom - 1) if month and dom >= 1 else None
        return Period(when, when) if month and when and when <= month.last else None

    def term(self, name: str) -> Period:
        """The day of a solar term."""
        when = self.terms[SOLAR_TERMS.index(name)]
        return Period(when, when)


def season_of(name: str, year: int, table: Mapping[int, LunarYear]) -> Period | None:
    """A season, from the term that begins it (立春 …) to the day before the next begins; winter runs into January."""
    index = "春夏秋冬".index(name)
    this, following = table.get(year), table.get(year + index // 3)
    if this is None or following is None:
        return None
    begin = this.term("立" + name).first
    return Period(begin, following.term("立" + "春夏秋冬"[(index + 1) % 4]).first - _DAY)


def read_lunar_year(row: Mapping[str, str]) -> LunarYear:
    """Read a row of `lunar_years.csv`; raises `ValueError` where it is malformed."""
    year = int(row["year"])
    terms = tuple(date(year, n // 2 + 1, int(dom)) for n, dom in enumerate(row["terms"].split()))
    return LunarYear(
        year,
        date.fromisoformat(row["date"]),
        int(row["leap"]) if row["leap"] else None,
        tuple(_SHORT_MONTH + int(c) for c in row["long_months"]),
        terms,
    )
