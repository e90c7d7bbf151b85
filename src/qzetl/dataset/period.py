"""First and last day of a period as SDMX writes it: ``2023``, ``2023-S2``, ``2023-Q4``, ``2024-02``, ``2021/2025``.

Both ends of a span are inclusive. Which forms exist is stated in the schema of observations.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

__all__ = ["period_bounds"]

_POINT = re.compile(r"(?P<year>\d{4})(?:-(?:S(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?")


@lru_cache(maxsize=4096)
def period_bounds(period: str) -> tuple[date, date] | None:
    """Return the first and the last day of `period`, None where it is no period (``2023-13``, ``2024/2023``)."""
    first, slash, last = period.partition("/")
    start = _point(first)
    end = _point(last) if slash else start
    if start is None or end is None or start[0] > end[1]:
        return None
    return start[0], end[1]


def _point(text: str) -> tuple[date, date] | None:
    found = _POINT.fullmatch(text)
    if found is None or not text.isascii():
        return None
    year = int(found["year"])
    if found["day"]:
        months, day = (int(found["month"]), int(found["month"])), int(found["day"])
    else:
        months, day = _months(found), None
    try:
        last = calendar.monthrange(year, months[1])[1]
        return date(year, months[0], day or 1), date(year, months[1], day or last)
    except ValueError:  # month 13, day 30 of February, year 0
        return None


def _months(found: re.Match[str]) -> tuple[int, int]:
    if found["half"]:
        return (1, 6) if found["half"] == "1" else (7, 12)
    if found["quarter"]:
        last = int(found["quarter"]) * 3
        return last - 2, last
    if found["month"]:
        return int(found["month"]), int(found["month"])
    return 1, 12
