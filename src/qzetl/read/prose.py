"""From an article's part of the page to its blocks: paragraphs, headings, table rows, captions, in reading order.

BeautifulSoup reads the part here; nothing is judged but what the markup itself says. What is furniture is decided in
`furniture`, from the blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

__all__ = ["Block", "blocks_of"]

Kind = Literal["paragraph", "heading", "row", "caption"]

_DROPPED = frozenset(
    "script style noscript iframe select option textarea button input form template svg object embed nav head "
    "title video audio ins".split()
)
_BREAKING = frozenset(
    "address article aside blockquote body br center dd details dialog div dl dt fieldset figure footer h1 h2 h3 h4 "
    "h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul caption figcaption "
    "founder-content".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAPTION_NAME = re.compile(
    r"(?:^|[\s_-])(?:caption|picdesc|pic-?text|img-?(?:desc|text|title|wrapper-title)|image-?(?:desc|caption|title)|photo-?(?:desc|text)|imgdes|picintro|pictext)",
    re.IGNORECASE,
)
_BROKEN_LINE = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef“”])\s*\n\s*(?=[\u2e80-\u9fff\uff00-\uffef“”])")
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
# A cell of a table of figures is short; longer cells mean that the table only lays out the page.
_CELL = 60


@dataclass(slots=True)
class Block:
    """One paragraph, heading, table row or caption; `linked` counts its characters that stand in links."""

    kind: Kind
    text: str
    linked: int = 0
    pictures: int = 0
    bold: int = 0


class _Writer:
    """Gathers runs of text into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._runs: list[str] = []
        self._linked = 0
        self._bold = 0
        self._pictures = 0

    def add(self, text: str, *, linked: bool, bold: bool) -> None:
        self._runs.append(text)
        size = len(text.strip())
        self._linked += size * linked
        self._bold += size * bold

    def picture(self) -> None:
        self._pictures += 1

    def close(self, kind: Kind = "paragraph") -> None:
        text = tidy("".join(self._runs))
        if text or self._pictures:
            self.blocks.append(Block(kind, text, self._linked, self._pictures, self._bold))
        self._runs, self._linked, self._bold, self._pictures = [], 0, 0, 0

    def row(self, text: str) -> None:
        self.blocks.append(Block("row", text))


def tidy(text: str) -> str:
    """Collapse white space; a line end inside Chinese text is no space at all."""
    return _SPACE.sub(" ", _BROKEN_LINE.sub("", text)).strip()


def blocks_of(markup: str) -> list[Block]:
    """Read `markup`, a part of a page, into its blocks."""
    soup = BeautifulSoup(markup, "lxml")
    writer = _Writer()
    ahead: list[tuple[object, bool, bool, Kind]] = [(soup, False, False, "paragraph")]
    while ahead:
        node, linked, bold, kind = ahead.pop()
        if node is None:
            writer.close(kind)
        elif isinstance(node, Tag):
            _enter(node, writer, ahead, linked=linked, bold=bold, kind=kind)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            writer.add(str(node), linked=linked, bold=bold)
    writer.close()
    return writer.blocks


def _enter(tag: Tag, writer: _Writer, ahead: list, *, linked: bool, bold: bool, kind: Kind) -> None:
    name = tag.name
    if name in _DROPPED or _is_hidden(tag):
        return
    if name == "img":
        writer.picture()
        return
    if name == "table" and (rows := _figures(tag)):
        writer.close(kind)
        for row in rows:
            writer.row(row)
        return
    if _is_caption(tag):
        kind = "caption"
    elif name in _HEADINGS:
        kind = "heading"
    if name in _BREAKING or kind == "caption":
        writer.close("paragraph" if kind == "paragraph" else kind)
        ahead.append((None, False, False, kind))
    linked = linked or name == "a"
    bold = bold or name in ("b", "strong")
    ahead.extend((child, linked, bold, kind) for child in reversed(tag.contents))


def _is_hidden(tag: Tag) -> bool:
    style = tag.get("style")
    return isinstance(style, str) and bool(_HIDDEN.search(style))


def _is_caption(tag: Tag) -> bool:
    if tag.name in ("figcaption", "caption"):
        return True
    names = tag.get("class")
    return bool(names) and bool(_CAPTION_NAME.search(" ".join(names)))


def _figures(table: Tag) -> list[str]:
    """Return the rows of a table of figures, cells joined by tabs; nothing for a table that lays out the page."""
    if table.find("table") is not None:
        return []
    rows = [
        [tidy(cell.get_text(" ")) for cell in row.find_all(("td", "th"), recursive=False)] for row in table.find_all("tr")
    ]
    filled = [row for row in rows if sum(1 for cell in row if cell) > 1]
    if len(filled) < 2 or 2 * len(filled) < len(rows):
        return []
    if max(len(cell) for row in filled for cell in row) > 5 * _CELL:
        return []
    sizes = [len(cell) for row in filled for cell in row if cell]
    if sum(sizes) > _CELL * len(sizes):
        return []
    return ["\t".join(row).strip("\t") for row in rows if any(row)]
