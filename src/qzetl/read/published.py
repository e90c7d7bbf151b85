"""When an article was published, by what its page says; none rather than a wrong one.

The page's metadata is asked first, then the lines around headline and body, labelled dates before others, then its
address, scripts and elements, at last a document's signature and the place-and-day line of a report. Never `Maketime`
(when the page was built), never a date from a sidebar or from the news itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser

from qzetl.read.claims import Claims
from qzetl.read.dated import (
    as_day,
    boxed_date,
    completed_date,
    date_in_numerals,
    document_date,
    english_date,
    first_date,
    is_date_line,
    labelled_date,
    odd_date,
    without_events,
)
from qzetl.read.nearby import issue_lines, last_lines, lines_above, lines_below, lines_over, opening
from qzetl.read.outline import Outline
from qzetl.read.traces import date_in_elements, date_in_script, date_in_uri, year_in_uri
from qzetl.traditional import simplified

__all__ = ["Place", "find_published"]

# 衢州2月19日电, 本报2月19日讯, 2024年2月19日报道 at the beginning of a report.
_DATELINE = re.compile(
    r"^.{0,24}?(?:((?:19|20)\d\d)\s?年)?\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日[^，。；]{0,16}?(?:电|讯|消息|报道)(?![\u4e00-\u9fff]*[话视])"
)
_SIGNATURE, _LABEL = 16, 60

Place = tuple[Outline, int, int]


def find_published(tree: LexborHTMLParser, html: str, uri: str, claims: Claims, place: Place) -> tuple[str | None, str]:
    """Return the date and the name of the rule that found it, (None, "") where no rule did.

    `place` is where the article is: the outline, the body's place in it, the first run after the headline.
    """
    if claims.published:
        return claims.published, "metadata"
    year = year_in_uri(uri) or (claims.modified or "")[:4] or None
    around = lines_above(*place, linked=False), lines_over(*place), lines_below(*place[:2])
    above, over, below = map(simplified, around)
    rules: tuple[tuple[str, Callable[[], str | None]], ...] = (
        ("label", lambda: labelled_date(above) or labelled_date(over) or labelled_date(below)),
        ("line under the headline", lambda: _printed(above, year, claims.modified)),
        ("line above the headline", lambda: first_date(over, timed=True)),
        ("odd label", lambda: odd_date(over) or odd_date(below)),
        ("line below the body", lambda: first_date(below, timed=True)),
        ("address", lambda: date_in_uri(uri)),
        ("element", lambda: date_in_elements(tree, html)),
        ("script", lambda: date_in_script(html)),
        ("issue", lambda: first_date(issue_lines(*place[:2]))),
        ("line by the headline", lambda: _own_line(lines_over(*place, near=True))),
        ("document's label", lambda: document_date(above) or document_date(over)),
        ("signature", lambda: _signed(last_lines(*place[:2]))),
        ("dateline", lambda: _dateline(opening(*place[:2]), year)),
    )
    return next(((day, name) for name, rule in rules if (day := rule())), (None, ""))


def _printed(above: str, year: str | None, modified: str | None) -> str | None:
    """Return the date in the lines under the headline: one with a time of day first, else the first."""
    above = without_events(above)
    return (
        first_date(above, timed=True)
        or first_date(above)
        or odd_date(above)
        or boxed_date(above)
        or english_date(above)
        or completed_date(above, year, modified)
    )


def _own_line(lines: str) -> str | None:
    """Return the date of a line that says nothing else; with a weekday it is today's, or an issue's."""
    return next(
        (day for line in lines.split("\n") if is_date_line(line) and "星期" not in line and (day := first_date(line))),
        None,
    )


def _signed(lines: list[str]) -> str | None:
    """Return the date that a document, or an article's last line, is signed with; no prose stands below it."""
    for i, text in enumerate(lines):
        if len(text) <= _SIGNATURE and all(len(below) <= _LABEL for below in lines[i + 1 :]):
            day = first_date(text) or date_in_numerals(text)
            if day:
                return day
    return None


def _dateline(text: str, year: str | None) -> str | None:
    """Return the day that a report opens with, if that line or the page's address has its year."""
    found = _DATELINE.search(text)
    if not found or not (found[1] or year):
        return None
    return as_day(found[1] or year or "", found[2], found[3])
