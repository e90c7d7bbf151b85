"""Limits on a page's nesting, checked before it is parsed, so that no page takes more than bounded time and memory.

HTML's parsing rules are quadratic for elements nested many thousand deep, and copy unclosed formatting elements into
every paragraph that follows; a page of a few hundred kilobytes can so be made to take minutes and gigabytes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from qzetl.errors import InputError

__all__ = ["check_nesting", "check_size"]

# A tag takes half a kilobyte of memory; the largest page seen has some ten thousand.
_MOST_TAGS = 300_000
# Pages with fewer tags than this cannot do harm.
_HARMLESS = 4000
_DEEPEST = 3000
# Copies of formatting elements: how many of them open at once, times how many tags there are.
_MOST_COPIES = 4_000_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_FORMATTING = frozenset(("b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"))
# Attributes are compared with each other, so that a tag with many thousand takes seconds.
_LONG_TAG, _MOST_ATTRIBUTES = 4000, 500
_OPENING = re.compile(r"<[a-zA-Z]")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(r"[^\s/=]+")
# Elements that never stay open, or close each other.
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th tbody thead tfoot option "  # noqa: SIM905  # a list of words
    "optgroup a".split()
)
_OPENED = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,15})")


def check_size(html: str, uri: str) -> None:
    """Raise `InputError` ``too-large`` for a page with more tags, or a tag with more attributes, than any real one."""
    if (tags := html.count("<")) > _MOST_TAGS:
        raise InputError(outcome="too-large", message=f"{uri} has {tags} tags, more than any real page; leave it out")
    for piece in _long_pieces(html):
        if found := _OPENING.search(piece):
            names = _NAME.findall(_QUOTED.sub("", piece[found.start() :]))
            if len(names) > _MOST_ATTRIBUTES and len(piece) - found.start() > _LONG_TAG:
                msg = f"{uri} has a tag of {len(names)} attributes, more than any real page; leave it out"
                raise InputError(outcome="too-large", message=msg)


def _long_pieces(html: str) -> Iterator[str]:
    """Yield every stretch without a ``>`` that is longer than a tag may be, leaping over the others."""
    start = 0
    while len(html) - start > _LONG_TAG:
        last = html.rfind(">", start, start + _LONG_TAG + 1)
        if last < 0:
            end = html.find(">", start)
            end = len(html) if end < 0 else end
            yield html[start:end]
            start = end + 1
        else:
            start = last + 1


def check_nesting(html: str, uri: str) -> None:
    """Raise `InputError` ``too-deep`` for a page whose elements are nested beyond any real page's."""
    tags = html.count("<")
    if tags < _HARMLESS:
        return
    opened = Counter(_OPENED.findall(html)).items()
    deepening = sum(count for name, count in opened if name.lower() not in _FLAT)
    if (
        deepening <= _DEEPEST
        and tags * sum(count for name, count in opened if name.lower() in _FORMATTING) <= _MOST_COPIES
    ):
        return
    deepest, most_formatting = _depths(html)
    if deepest > _DEEPEST or most_formatting * tags > _MOST_COPIES:
        msg = f"{uri} nests elements {deepest} deep, more than any real page; leave it out"
        raise InputError(outcome="too-deep", message=msg)


def _depths(html: str) -> tuple[int, int]:
    """Return how many elements, and how many formatting elements, are open at once at the most."""
    depth: Counter[str] = Counter()
    deepest = formatting = most_formatting = total = 0
    for closing, written in _TAG.findall(html):
        name = written.lower()
        if name in _FLAT:
            continue
        step = 1
        if closing:
            step = -1 if depth[name] else 0
        depth[name] += step
        total += step
        deepest = max(deepest, total)
        if name in _FORMATTING:
            formatting += step
            most_formatting = max(most_formatting, formatting)
    return deepest, most_formatting
