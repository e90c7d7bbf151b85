"""Which tables of a page tell something, as its outline shows them: their labels are no navigation."""

from __future__ import annotations

import re

from qzetl.read.outline import Outline

__all__ = ["Tables", "around_table", "cell_votes", "find_tables"]

Tables = dict[int, list[int]]
"""The places of tables, and of each the runs that are its figures; none if it has words."""

_FIGURE = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?\s?(?:[%％‰]|[\u4e00-\u9fff]{1,4}(?:/[\u4e00-\u9fff]{1,3})?)?")
# A calendar and a pager have no other numbers than these.
_CALENDAR = 31
_FEWEST, _LONGEST = 4, 20
_PARTS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th"))
_CELLS = frozenset(("td", "th"))
_VOTE, _WORD_VOTE = 3.0, 0.5
# A table of words is one from so many cells on, in rows of two and more.
_FEWEST_CELLS = 4


def cell_votes(page: Outline, tables: Tables) -> dict[int, float]:
    """Return, for every run in a table that tells something, its vote for where the article is.

    In a table of figures these count and their labels do not; in one of words each counts by its length.
    """
    votes: dict[int, float] = {}
    for place, figures in tables.items():
        if figures:
            votes.update(dict.fromkeys(page.span(place), 0.0))
            votes.update(dict.fromkeys(figures, _VOTE))
        else:
            votes.update((i, _WORD_VOTE * len(page.runs[i])) for i in page.span(place) if not page.linked[i])
    return votes


def around_table(page: Outline, place: int, tables: Tables) -> int:
    """Return the element that holds the table inside which `place` is, and nothing linked besides.

    So its heading, its unit and its notes come along. Returns `place` itself where it is in no table that tells
    something.
    """
    if page.tags[place] not in _PARTS:
        return place
    above = place
    while above >= 0 and above not in tables:
        above = page.parents[above]
    if above < 0:
        return place
    while page.parents[above] > 0 and not _adds_links(page, above):
        above = page.parents[above]
    return above


def find_tables(page: Outline) -> Tables:
    """Return the tables of a page that tell something."""
    found: Tables = {}
    if "table" not in page.tags:
        return found
    for place in _innermost(page):
        span = page.span(place)
        if 4 * sum(page.linked[span.start : span.stop]) > len(span):
            continue
        figures = [i for i in span if len(page.runs[i]) <= _LONGEST and _FIGURE.fullmatch(page.runs[i])]
        if len(figures) >= _FEWEST:
            if not all(_is_day(page.runs[i]) for i in figures):
                found[place] = figures
        elif _has_rows(page, place):
            found[place] = []
    return found


def _has_rows(page: Outline, place: int) -> bool:
    """Whether a table has cells enough, in rows of two and more: one that only lays out the page has not."""
    rows = cells = 0
    for below in range(place + 1, len(page.tags)):
        if page.parents[below] < place:
            break
        rows += page.tags[below] == "tr"
        cells += page.tags[below] in _CELLS
    return rows > 1 and cells >= max(_FEWEST_CELLS, 2 * rows)


def _adds_links(page: Outline, place: int) -> bool:
    """Whether the element around `place` holds links that it does not, or much else."""
    outer, inner = page.span(page.parents[place]), page.span(place)
    more = [*range(outer.start, inner.start), *range(inner.stop, outer.stop)]
    return len(more) > len(inner) or any(page.linked[i] for i in more)


def _innermost(page: Outline) -> list[int]:
    """Return the places of the tables that hold no other table."""
    tables = [place for place, tag in enumerate(page.tags) if tag == "table"]
    outer: set[int] = set()
    for place in tables:
        above = page.parents[place]
        while above >= 0 and above not in outer:
            if page.tags[above] == "table":
                outer.add(above)
            above = page.parents[above]
    return [place for place in tables if place not in outer]


def _is_day(figure: str) -> bool:
    return figure.isdigit() and int(figure) <= _CALENDAR
