"""Which tables of a page hold figures, as its outline shows them: their labels are no navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qzetl.read.outline import Outline

__all__ = ["around_table", "figure_votes"]

_FIGURE = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?\s?[%％‰]?")
# A calendar and a pager have no other numbers than these.
_CALENDAR = 31
_FEWEST, _LONGEST = 4, 20
_PARTS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th"))
_VOTE = 3.0


def figure_votes(page: Outline) -> dict[int, float]:
    """Return, for every run in a table of figures, its vote for where the article is: a figure counts, a label not."""
    votes: dict[int, float] = {}
    for place, figures in _tables(page):
        votes.update(dict.fromkeys(page.span(place), 0.0))
        votes.update(dict.fromkeys(figures, _VOTE))
    return votes


def around_table(page: Outline, place: int) -> int:
    """Return the element that holds the table of figures inside which `place` is and nothing linked besides.

    So its heading, its unit and its notes come along. Returns `place` itself where it is in no such table.
    """
    if page.tags[place] not in _PARTS:
        return place
    tables = {table for table, _ in _tables(page)}
    above = place
    while above >= 0 and above not in tables:
        above = page.parents[above]
    if above < 0:
        return place
    while page.parents[above] > 0 and not _adds_links(page, above):
        above = page.parents[above]
    return above


def _tables(page: Outline) -> Iterator[tuple[int, list[int]]]:
    """Yield the place of every table of figures and the runs that are its figures."""
    if "table" not in page.tags:
        return
    for place in _innermost(page):
        span = page.span(place)
        figures = [i for i in span if len(page.runs[i]) <= _LONGEST and _FIGURE.fullmatch(page.runs[i])]
        linked = sum(page.linked[span.start : span.stop])
        if len(figures) >= _FEWEST and 4 * linked <= len(span) and not all(_is_day(page.runs[i]) for i in figures):
            yield place, figures


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
