"""Known publishing systems, as data: where each puts an article's body (`layouts.toml`).

Adding a layout is adding a table there and a saved page under tests/pages.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from selectolax.lexbor import LexborHTMLParser

from qzetl.errors import SchemaError
from qzetl.read.outline import Outline

__all__ = ["Layout", "find_marked", "find_selected", "known_layouts"]


# Where a mark before a body may begin: a comment or a meta element.
_MARK = re.compile(r"<(?:!--|meta )", re.IGNORECASE)
_SIMPLE = re.compile(r"([\w-]*)([#.])([\w-]+)")
_MOST_SELECTED = 3
_WORD = re.compile(r"[\w-]+")
_ATTRIBUTE = re.compile(r"""\[[\w-]+=["']?([\w-]+)["']?\]""")


@dataclass(frozen=True, slots=True)
class Layout:
    """One publishing system: CSS selectors of the body, and pairs of marks that it stands between."""

    name: str
    about: str
    body: tuple[str, ...] = ()
    between: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = ()


@cache
def known_layouts() -> tuple[Layout, ...]:
    """Return the layouts of `layouts.toml`, in the order in which they are tried."""
    source = files("qzetl.read") / "layouts.toml"
    try:
        return tuple(_layout(table) for table in tomllib.loads(source.read_text("utf-8"))["layout"])
    except (KeyError, TypeError, ValueError, re.error) as error:
        msg = f"read/layouts.toml cannot be used ({error!r}); each [[layout]] needs name, about, and body or between"
        raise SchemaError(msg) from error


def _layout(table: dict[str, object]) -> Layout:
    between, body = table.get("between", []), table.get("body", [])
    if not isinstance(between, list) or not isinstance(body, list):
        msg = "body and between are lists"
        raise TypeError(msg)
    pairs = tuple((re.compile(before, re.IGNORECASE), re.compile(behind, re.IGNORECASE)) for before, behind in between)
    return Layout(str(table["name"]), str(table["about"]), tuple(str(selector) for selector in body), pairs)


def find_selected(
    tree: LexborHTMLParser, html: str, page: Outline, layouts: tuple[Layout, ...]
) -> list[tuple[str, int]]:
    """Return the layout, and the place in the outline, of the elements that the layouts' selectors find, in order."""
    words = {word for names in set(page.names) for word in names.split()}.union(page.tags)
    return [
        (layout.name, place)
        for layout in layouts
        for selector in layout.body
        if _needs(selector)[0] <= words and all(value in html for value in _needs(selector)[1])
        for place in _selected(tree, page, selector)[:_MOST_SELECTED]
    ]


def _selected(tree: LexborHTMLParser, page: Outline, selector: str) -> list[int]:
    """Return the places that a selector finds; for one of a class or id alone no tree is searched."""
    simple = _SIMPLE.fullmatch(selector)
    if simple is None:
        wanted = {node.mem_id for node in tree.css(selector)}
        return [place for place, identity in enumerate(page.identities) if identity in wanted]
    tag, mark, word = simple.groups()
    return [
        place
        for place, names in enumerate(page.names)
        if word in names
        and tag in ("", page.tags[place])
        and (names.endswith(f" {word}") if mark == "#" else word in names.split())
    ]


@cache
def _needs(selector: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the tags, classes and ids, and the values of attributes, without which a page has nothing to select."""
    return frozenset(_WORD.findall(_ATTRIBUTE.sub("", selector))), tuple(_ATTRIBUTE.findall(selector))


def find_marked(html: str, layouts: tuple[Layout, ...]) -> tuple[str, str] | None:
    """Return (layout, the part of the page between its marks) for the first layout whose marks the page has."""
    pairs = [(layout.name, *pair) for layout in layouts for pair in layout.between]
    if not pairs:
        return None
    marks = [found.start() for found in _MARK.finditer(html)]
    for name, before, behind in pairs:
        start = next((found for mark in marks if (found := before.match(html, mark))), None)
        end = behind.search(html, start.end()) if start else None
        if start and end:
            return name, html[start.end() : end.start()]
    return None
