"""Periods as days, and as SDMX writes them (OBSERVATION.md 2, Period).

A period is its first and last day; the text form follows from the days alone, so one stretch has one form.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

__all__ = ["Period", "day", "months", "years"]

FIRST_YEAR, LAST_YEAR = 1000, 2999
YEAR_MONTHS = 12
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2


class Period:
    """A stretch of days, both ends included.

    No frozen dataclass: what that writes stays interpreted where the rest is compiled, and periods are made and
    compared by the hundred.
    """

    __slots__ = ("first", "last")

    def __init__(self, first: date, last: date) -> None:
        """Take the first and the last day."""
        self.first: Final = first
        self.last: Final = last

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same days."""
        return isinstance(other, Period) and self.first == other.first and self.last == other.last

    def __hash__(self) -> int:
        """Hash its days."""
        return hash((self.first, self.last))

    def __repr__(self) -> str:
        """Write it for a reader of a failed test."""
        return f"Period({self.first.isoformat()}, {self.last.isoformat()})"

    @property
    def year(self) -> int:
        """The year in which it ends."""
        return self.last.year

    def is_day(self) -> bool:
        """Tell whether it is one day."""
        return self.first == self.last

    def is_months(self) -> bool:
        """Tell whether it is whole months."""
        return self.first.day == 1 and self.last.day == _length(self.last.year, self.last.month)

    def is_within_a_year(self) -> bool:
        """Tell whether it is whole months of one year."""
        return self.is_months() and self.first.year == self.last.year

    def begins_in(self, other: Period) -> bool:
        """Tell whether its first day is one of `other`."""
        return other.first <= self.first <= other.last

    def overlaps(self, other: Period) -> bool:
        """Tell whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def last_year(self) -> Period:
        """Its last year where it is several whole years, else itself."""
        whole = self.is_months() and self.first.month == 1 and self.last.month == YEAR_MONTHS
        return Period(self.last.replace(month=1, day=1), self.last) if whole else self

    def years_before(self, n: int) -> Period:
        """The same stretch `n` years earlier (29 February becomes the 28th)."""
        return Period(_shift(self.first, -n), _shift(self.last, -n, whole=self.is_months()))

    def __str__(self) -> str:
        """Write it as SDMX does: 2023, 2023-S2, 2023-Q4, 2024-02, 2024-02-18, or two of them as A/B."""
        return _written(self.first, self.last)


@lru_cache(maxsize=1024)
def _written(first: date, last: date) -> str:
    if not Period(first, last).is_months():
        return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    if first.year != last.year:
        whole = first.month == 1 and last.month == YEAR_MONTHS
        return f"{first.year:04}/{last.year:04}" if whole else f"{first:%Y-%m}/{last:%Y-%m}"
    start, length = first.month, last.month - first.month + 1
    if length == 1:
        return f"{first:%Y-%m}"
    for span, letter in ((12, ""), (6, "S"), (3, "Q")):
        if length == span and (start - 1) % span == 0:
            return f"{first.year:04}" + (f"-{letter}{(start - 1) // span + 1}" if letter else "")
    return f"{first:%Y-%m}/{last:%Y-%m}"


def _length(year: int, month: int) -> int:
    """How many days a month has."""
    return 29 if month == _FEBRUARY and isleap(year) else _LENGTHS[month - 1]


def day(year: int, month: int, dom: int) -> Period | None:
    """One day; None where the calendar has no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= YEAR_MONTHS:
        return None
    if not 1 <= dom <= _length(year, month):
        return None
    return Period(date(year, month, dom), date(year, month, dom))


def months(year: int, first: int, last: int | None = None) -> Period | None:
    """Whole months of one year, `first` to `last`; None where there are no such months."""
    last = first if last is None else last
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= first <= last <= YEAR_MONTHS:
        return None
    return Period(date(year, first, 1), date(year, last, _length(year, last)))


def years(first: int, last: int | None = None) -> Period | None:
    """Whole years, `first` to `last`; None where they are out of order or out of range."""
    last = first if last is None else last
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        return None
    return Period(date(first, 1, 1), date(last, 12, 31))


def months_before(period: Period, n: int) -> Period | None:
    """The month that lies `n` months before the one in which `period` begins."""
    index = period.first.year * YEAR_MONTHS + period.first.month - 1 - n
    return months(index // YEAR_MONTHS, index % YEAR_MONTHS + 1)


def _shift(when: date, by: int, *, whole: bool = False) -> date:
    year = when.year + by
    dom = _length(year, when.month)
    return date(year, when.month, dom if whole else min(when.day, dom))


def majority_month(first: date, length: int) -> Period:
    """The month that holds most of the `length` days from `first` (OBSERVATION.md: holidays)."""
    counts: dict[tuple[int, int], int] = {}
    for n in range(length):
        when = first + timedelta(n)
        counts[when.year, when.month] = counts.get((when.year, when.month), 0) + 1
    year, month = max(counts, key=lambda k: (counts[k], k))
    return Period(date(year, month, 1), date(year, month, _length(year, month)))
