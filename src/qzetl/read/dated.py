"""When an article was published, by what its page says; none rather than a wrong one.

Never `Maketime` (when the page was built), and never a date from a sidebar. Times without a zone are Asia/Shanghai,
and times in another zone are given in Asia/Shanghai, so that the day is the day there.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

__all__ = ["completed_date", "date_in_script", "date_in_uri", "first_date", "is_date_line"]

_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?(?:[-/.]|年)\s?(\d{1,2})\s?(?:[-/.]|月)\s?(\d{1,2})(?!\d)\s?日?"
    r"(?:[\s\u3000,，]{0,4}(?:星期.|周.)?[\sT\u3000]{0,4}(\d{1,2})\s?[:：时]\s?(\d{2})(?:[:：分]\s?(\d{2}))?(?:\.\d{1,9})?"
    r"\s?(Z\b|[+-]\d\d:?\d\d\b)?)?"
)
_SHORT_YEAR = re.compile(r"(?:发布|发表)(?:时间|日期|于)?\s?[:：]?\s?([12]\d)-([01]\d)-([0-3]\d)(?!\d)")
_NO_YEAR = re.compile(r"(?:发布|发表)(?:时间|日期|于)?\s?[:：]?\s?([01]?\d)[-/月]([0-3]?\d)(?![\d-])")
# A publication date in a script's variables or an element's attributes: text, or seconds or milliseconds since 1970.
_IN_SCRIPT = re.compile(
    r"(?:publish|pub|article|p|release)[-_]?(?:time|date|at|ed_at|ed_time)[\"']?\s?[:=>]\s?[\"']?"
    r"(?:((?:19|20)\d\d[-/年.]\d{1,2}[-/月.]\d{1,2}[^\"'<>\n]{0,24})|(1[0-9]{9})(?:\d{3})?(?!\d))",
    re.IGNORECASE,
)
_SHANGHAI = timezone(timedelta(hours=8))
_DAY_IN_URI = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_]?)(\d{1,2})\2(\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_]?)(\d\d)/(\d\d)(?!\d)"),
    re.compile(r"/t?((?:19|20)\d\d)()(\d\d)(\d\d)_"),
)
# The web has no older articles than this.
_FIRST_YEAR = 1994
_AROUND_DATE = 30


def first_date(text: str, *, timed: bool = False) -> str | None:
    """Return the first date in `text` that a calendar has, in ISO 8601; only one with a time of day if `timed`."""
    for found in _DATE.finditer(text):
        if (not timed or found[4] is not None) and (day := _iso(found)) is not None:
            return day
    return None


def completed_date(text: str, modified: str | None) -> str | None:
    """Return the day of a labelled date without its century or year.

    Two digits of a year are completed where they are unambiguous (``发布时间：19-10-08``); a month and day take the
    year of the page's last change, `modified`, where that fell on the same day of the year.
    """
    if (found := _SHORT_YEAR.search(text)) and (day := _day(f"20{found[1]}", found[2], found[3])):
        return day
    found = _NO_YEAR.search(text)
    if found and modified and modified[5:10] == f"{int(found[1]):02}-{int(found[2]):02}":
        return modified
    return None


def is_date_line(text: str) -> bool:
    """Whether a line says a date and hardly anything else, and is no sentence."""
    if text.endswith(("。", "，", "；")):
        return False
    found = _DATE.search(text)
    return found is not None and len(text) - len(found[0]) <= _AROUND_DATE


def date_in_script(html: str) -> str | None:
    """Return the first date of publication that a page's scripts or attributes name."""
    for found in _IN_SCRIPT.finditer(html):
        if found[2]:
            return datetime.fromtimestamp(int(found[2]), _SHANGHAI).isoformat()
        if day := first_date(found[1]):
            return day
    return None


def date_in_uri(uri: str) -> str | None:
    """Return the day that an article's address names, None where it names none."""
    for pattern in _DAY_IN_URI:
        for found in pattern.finditer(uri):
            if day := _day(found[1], found[3], found[4]):
                return day
    return None


def _iso(found: re.Match[str]) -> str | None:
    year, month, day, hour, minute, second, zone = found.groups()
    text = _day(year, month, day)
    if text is None or hour is None or int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:  # noqa: PLR2004  # a clock
        return text
    clock = f"{text}T{int(hour):02}:{minute}:{second or '00'}"
    if not zone:
        return f"{clock}+08:00"
    offset = "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}"
    try:
        return datetime.fromisoformat(clock + offset).astimezone(_SHANGHAI).isoformat()
    except ValueError:
        return f"{clock}+08:00"


def _day(year: str, month: str, day: str) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if found.year >= _FIRST_YEAR else None
