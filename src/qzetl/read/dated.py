"""When an article was published, by what its page says; none rather than a wrong one.

Never `Maketime` (when the page was built), and never a date from a sidebar. Times without a zone are Asia/Shanghai.
"""

from __future__ import annotations

import re
from datetime import date

__all__ = ["date_in_uri", "first_date", "iso"]

_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?(?:[-/.]|年)\s?(\d{1,2})\s?(?:[-/.]|月)\s?(\d{1,2})(?!\d)\s?日?"
    r"(?:(?:\s|T|&nbsp;|\s星期.\s?)*(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?"
)
_URI = (
    re.compile(r"/((?:19|20)\d\d)[-/]?(\d{1,2})[-/]?(\d{1,2})(?=/|_|\.|t\d|\b)"),
    re.compile(r"/t((?:19|20)\d\d)(\d\d)(\d\d)_"),
    re.compile(r"/((?:19|20)\d\d)[-/](\d\d)/(\d\d)/"),
)
_FIRST_YEAR = 1990


def iso(found: re.Match[str]) -> str | None:
    """Write a matched date (and time, if any) in ISO 8601, None for one that no calendar has."""
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        text = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
    if int(year) < _FIRST_YEAR:
        return None
    if hour is None or int(hour) > 23 or int(minute) > 59:
        return text
    zone = "+08:00" if not zone else "+00:00" if zone == "Z" else zone
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{text}T{int(hour):02}:{minute}:{second or '00'}{zone}"


def first_date(text: str) -> str | None:
    """Return the first date in `text` that a calendar has."""
    for found in _DATE.finditer(text):
        if day := iso(found):
            return day
    return None


def date_in_uri(uri: str) -> str | None:
    """Return the day that an article's address names, None where it names none."""
    for pattern in _URI:
        for found in pattern.finditer(uri):
            try:
                return date(*(int(part) for part in found.groups())).isoformat()
            except ValueError:
                continue
    return None
