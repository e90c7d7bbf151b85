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

__all__ = ["Layout", "find_marked", "find_selected", "known_layouts"]


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


def find_selected(tree: LexborHTMLParser, layouts: tuple[Layout, ...]) -> list[tuple[str, int]]:
    """Return the layout, and the identity in the tree, of every element that a layout's selectors find, in order."""
    wanted = ", ".join(dict.fromkeys(selector for layout in layouts for selector in layout.body))
    if not wanted or tree.css_first(wanted) is None:
        return []
    return [
        (layout.name, node.mem_id) for layout in layouts for selector in layout.body for node in tree.css(selector)[:3]
    ]


def find_marked(html: str, layouts: tuple[Layout, ...]) -> tuple[str, str] | None:
    """Return (layout, the part of the page between its marks) for the first layout whose marks the page has."""
    for layout in layouts:
        for before, behind in layout.between:
            start = before.search(html)
            end = behind.search(html, start.end()) if start else None
            if start and end:
                return layout.name, html[start.end() : end.start()]
    return None
