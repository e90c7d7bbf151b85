"""From an article's part of the page to its blocks: paragraphs, headings, table rows, captions, in reading order.

BeautifulSoup's tree of the part is read here; nothing is judged but what the markup itself says. What is furniture is
decided in `furniture`, from the blocks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from bs4.element import PageElement, Tag
from selectolax.lexbor import LexborNode

from qzetl.read.soup import BREAKING, grow
from qzetl.read.tables import is_index, rows_of
from qzetl.read.tidy import tidy

__all__ = ["Block", "blocks_of"]

Kind = Literal["paragraph", "heading", "row", "caption"]

_PLAIN_TAGS = frozenset(("p", "div", "span", "font", "td", "tr", "tbody", "li", "ul", "section"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_CAPTION_NAME = re.compile(
    r"(?:^|[\s_-])(?:(?:img|image|pic|pics|picture|photo|figure)[_-]?(?:des|desc|descr|description|caption|title|text|note|intro|"
    r"words?|content)|caption|captions|tupian_?shuoming|tuzhu)(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Block:
    """One paragraph, heading, table row or caption.

    `linked` and `bold` count its characters in links and in bold, `pictures` the pictures in it, `alt` is what these
    say in place of themselves.
    """

    kind: Kind
    text: str
    linked: int = 0
    bold: int = 0
    pictures: int = 0
    alt: str = ""
    centred: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    """What holds for all that stands inside an element."""

    kind: Kind = "paragraph"
    linked: bool = False
    bold: bool = False
    centred: bool = False
    lines: bool = False
    """Whether line ends are kept, as in ``pre``."""


_PLAIN = _Style()
_Ahead = list[tuple[PageElement | None, _Style]]


class _Writer:
    """Gathers runs of text into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._runs: list[str] = []
        self._open = Block("paragraph", "")

    def text(self, text: str, style: _Style) -> None:
        """Go on with a run of text."""
        self._runs.append(text)
        if style is not _PLAIN and (size := len(text.strip())):
            self._open.linked += size * style.linked
            self._open.bold += size * style.bold
            self._open.centred |= style.centred

    def picture(self, tag: Tag) -> None:
        """Note a picture where the text stands."""
        self._open.pictures += 1
        self._open.alt += tidy(f"{tag.get('alt') or tag.get('title') or ''}")

    def close(self, kind: Kind) -> None:
        """End the block; one without text and pictures is none."""
        if not self._runs and not self._open.pictures:
            return
        text = "".join(self._runs)
        self._runs = []
        self._open.text = "" if text.isspace() else tidy(text)
        if self._open.text or self._open.pictures:
            self._open.kind = kind
            self.blocks.append(self._open)
            self._open = Block("paragraph", "")


def blocks_of(node: LexborNode) -> list[Block]:
    """Read the element `node` of a page into its blocks; linear and without recursion."""
    writer = _Writer()
    part = grow(node)
    # The article's own element may be hidden until a script shows it; what is hidden inside it stays hidden.
    tops = part.contents if _is_hidden(part.attrs) or part.name == "body" else [part]
    ahead: _Ahead = [(top, _PLAIN) for top in reversed(tops)]
    while ahead:
        element, style = ahead.pop()
        if element is None:
            writer.close(style.kind)
        elif isinstance(element, Tag):
            _enter(element, style, writer, ahead)
        elif style.lines:
            for i, line in enumerate(str(element).split("\n")):
                if i:
                    writer.close(style.kind)
                writer.text(line, style)
        else:
            writer.text(str(element), style)
    writer.close("paragraph")
    return writer.blocks


def _enter(tag: Tag, outer: _Style, writer: _Writer, ahead: _Ahead) -> None:
    """Read one element: its content is put ahead, in order, with what it means for the text inside."""
    name = tag.name
    if name == "br":
        writer.close(outer.kind)
        return
    if tag.attrs and _is_hidden(tag.attrs):
        return
    if name == "img":
        writer.picture(tag)
        return
    style = _styled(tag, outer)
    if name == "table" and is_index(tag):
        return
    if name == "table" and (rows := rows_of(tag)):
        writer.close(outer.kind)
        writer.blocks.extend(Block("row", row) for row in rows)
        return
    if name in BREAKING or style.kind != outer.kind:
        writer.close(outer.kind)
        ahead.append((None, style))
    ahead.extend((child, style) for child in reversed(tag.contents))


def _styled(tag: Tag, outer: _Style) -> _Style:
    name = tag.name
    if name in _PLAIN_TAGS and not tag.attrs:
        return outer
    if name == "a":
        return outer if outer.linked else replace(outer, linked=True)
    if name in ("b", "strong"):
        return outer if outer.bold else replace(outer, bold=True)
    if name == "pre":
        return replace(outer, lines=True)
    if name in _HEADINGS:
        return replace(outer, kind="heading")
    if name in ("figcaption", "caption") or (tag.attrs and _is_caption_name(f"{tag.attrs.get('class', '')}")):
        return replace(outer, kind="caption")
    if name == "center" or (tag.attrs and _is_centred(tag.attrs)):
        return outer if outer.centred else replace(outer, centred=True)
    return outer


@lru_cache(maxsize=1024)
def _is_caption_name(names: str) -> bool:
    return bool(names and _CAPTION_NAME.search(names))


def _is_hidden(attributes: Mapping[str, object]) -> bool:
    style, names = attributes.get("style"), attributes.get("class")
    if isinstance(style, str) and _HIDDEN.search(style):
        return True
    return isinstance(names, str) and "ng-hide" in names and "ng-hide" in names.split()


def _is_centred(attributes: Mapping[str, object]) -> bool:
    style, align = attributes.get("style"), attributes.get("align")
    return (isinstance(align, str) and align.lower() == "center") or (
        isinstance(style, str) and bool(_CENTRED.search(style))
    )
