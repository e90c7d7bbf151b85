"""Dates of publication that a page carries outside its text: in its address, its scripts, its time elements."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from qzetl.read.dated import as_day, stated_date

__all__ = ["date_in_elements", "date_in_script", "date_in_uri", "year_in_uri"]

# A publication date in a script's variables or an element's attributes: text, or seconds or milliseconds since 1970.
_IN_SCRIPT = re.compile(
    r"(?:publish|pub|article|p|release)[-_]?(?:time|date|at|ed_at|ed_time)[\"']?\s?[:=>]\s?[\"']?"
    r"((?:19|20)\d\d[-/年.]\d{1,2}[-/月.]\d{1,2}[^\"'<>\n]{0,24}|1[0-9]{9}(?:\d{3})?(?!\d))",
    re.IGNORECASE,
)
# WeChat's scripts have the time under names that other pages have for anything; there they are the page's variables.
_IN_VARIABLE = re.compile(
    r"var\s{1,3}(?:ct|oriCreateTime|createTime|create_time)\s{0,3}=\s{0,3}[\"']"
    r"((?:19|20)\d\d-\d{1,2}-\d{1,2}[^\"'<>\n]{0,24}|1[0-9]{9})[\"']"
)
# Year, month, day in groups 1, 3, 4; from forms that are nothing else to those that rarely are.
_DAY_IN_URI = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_]?)(\d{1,2})\2(\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_]?)(\d\d)/(\d\d)(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)/()(\d\d)-?(\d\d)(?!\d)"),
    re.compile(r"/t?((?:19|20)\d\d)()(\d\d)(\d\d)_"),
    # An identity that begins with a time to the minute or second.
    re.compile(r"(?<!\d)((?:19|20)\d\d)()(0\d|1[0-2])([0-3]\d)(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?!\d)"),
)
# Two digits of a year; never what may be a year and a month (200503).
_SHORT_DAY_IN_URI = re.compile(r"/(?!19|20)(\d\d)(\d\d)(\d\d)/|/(?!19|20)(\d\d)[-/](\d\d)[-/](\d\d)/")
_YEAR_IN_URI = re.compile(r"(?<!\d)((?:199|20[0-4])\d)(?:[-/_]|(?:0[1-9]|1[0-2])/)")


def date_in_uri(uri: str) -> str | None:
    """Return the day that an article's address names, None where it names none."""
    path = uri.partition("://")[2].partition("/")[2] or uri
    for pattern in _DAY_IN_URI:
        for found in pattern.finditer(f"/{path}"):
            if day := as_day(found[1], found[3], found[4]):
                return day
    short = _SHORT_DAY_IN_URI.search(f"/{path}")
    parts = [part for part in short.groups() if part] if short else []
    return as_day(f"20{parts[0]}", parts[1], parts[2]) if parts and int(parts[0]) < 50 else None  # noqa: PLR2004


def year_in_uri(uri: str) -> str | None:
    """Return the year that an article's address names, without a day: ``/2019/``, ``/201903/``."""
    found = _YEAR_IN_URI.search(uri.partition("://")[2].partition("/")[2] or uri)
    return found[1] if found else None


def date_in_script(html: str) -> str | None:
    """Return the first date of publication that a page's scripts or attributes name."""
    patterns = (_IN_SCRIPT, _IN_VARIABLE) if "var " in html else (_IN_SCRIPT,)
    written = (found[1] for pattern in patterns for found in pattern.finditer(html))
    return next((day for text in written if (day := stated_date(text))), None)


def date_in_elements(tree: LexborHTMLParser, html: str) -> str | None:
    """Return the date of the elements that HTML has for it, where they agree on one: others are of other articles.

    Those that are marked as of publication count alone where there are any.
    """
    if "<time" not in html and "datePublished" not in html:
        return None
    marked = tree.css('time[pubdate], [itemprop="datePublished"]') or tree.css("article time, time")
    written = (
        node.attributes.get("datetime") or node.attributes.get("content") or node.text(strip=True) for node in marked
    )
    found = [day for text in written if text and (day := stated_date(text))]
    return found[0] if len({day[:10] for day in found}) == 1 else None
