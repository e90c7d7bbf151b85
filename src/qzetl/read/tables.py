"""Tables of figures as rows of text, apart from tables that only lay out a page.

A row is one line, its cells joined by tabs. A cell that spans rows or columns is repeated in each of them, so that
the words of a head stand in every row, and at every column, that they are about.
"""

from __future__ import annotations

import re

from bs4.element import NavigableString, Tag

from qzetl.read.soup import BREAKING
from qzetl.read.tidy import tidy

__all__ = ["is_index", "rows_of"]

# A cell of a table of figures is short; longer cells mean that the table only lays out the page.
_CELL, _LONGEST_CELL = 60, 300
_MOST_SPAN = 40
# A list of articles has so many rows, headlines of so many characters, and so many beside them.
_FEWEST_ROWS, _HEADLINE, _BESIDE = 3, 8, 14
# Where a line of a cell begins: tidying keeps it, and no decoded text has it.
_GAP = "\x00"
_BROKEN = re.compile(rf"(?<=[\u4e00-\u9fff])\s*{_GAP}\s*(?=[\u4e00-\u9fff（(])")
_HEAD = 12
_GAPS = re.compile(rf"\s*{_GAP}[\s{_GAP}]*")
_NUMBER = re.compile(r"[0-9]{1,4}")
_MOST_CELLS = 20_000


def rows_of(table: Tag) -> list[str]:
    """Return the rows of a table of figures; nothing for a table that lays out the page."""
    if table.find("table") is not None or _is_linked(table):
        return []
    heading = next((part for part in table.contents if isinstance(part, Tag) and part.name == "caption"), None)
    rows = ([[_text(heading)]] if heading is not None else []) + _grid(table)
    filled = [row for row in rows if sum(1 for cell in row if cell) > 1]
    if len(filled) < 2 or 2 * len(filled) < len(rows):  # noqa: PLR2004  # one row is no table
        return []
    sizes = [len(cell) for row in filled for cell in row if cell]
    if max(sizes) > _LONGEST_CELL or sum(sizes) > _CELL * len(sizes):
        return []
    return ["\t".join(row).strip("\t") for row in rows if any(row)]


def is_index(table: Tag) -> bool:
    """Whether every row of a table is a link and a date or the like: a list of other articles."""
    rows = table.find_all("tr") if table.find("a") is not None and table.find("table") is None else []
    return len(rows) >= _FEWEST_ROWS and all(_is_entry(row) for row in rows)


def _is_entry(row: Tag) -> bool:
    linked = sum(len(link.get_text(strip=True)) for link in row.find_all("a"))
    return linked >= _HEADLINE and len(row.get_text(strip=True)) - linked <= _BESIDE


def _is_linked(table: Tag) -> bool:
    """Whether most of a table's text is links: navigation, not figures."""
    links = table.find_all("a")
    return bool(links) and 2 * sum(len(link.get_text(strip=True)) for link in links) > len(table.get_text(strip=True))


def _grid(table: Tag) -> list[list[str]]:
    """Lay the cells out, each repeated over the rows and columns that it spans."""
    rows: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    cells = 0
    for row in table.find_all("tr"):
        laid: list[str] = []
        for cell in row.find_all(("td", "th"), recursive=False):
            _hang(hanging, laid)
            text = _text(cell)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(laid), len(laid) + wide):
                if high > 1:
                    hanging[column] = (high - 1, text)
            laid.extend([text] * wide)
        _hang(hanging, laid)
        cells += len(laid)
        if cells > _MOST_CELLS:
            return rows
        rows.append(_unspanned(laid))
    return rows


def _text(cell: Tag) -> str:
    """Return a cell's text, its lines parted by spaces; what stands in one line is not parted.

    A head is broken to fit its column: in a short cell of Chinese the line ends are none.
    """
    pieces: list[str] = []
    has_paragraphs = False
    for element in cell.descendants:
        if isinstance(element, NavigableString):
            pieces.append(element)
        elif isinstance(element, Tag) and element.name in BREAKING:
            pieces.append(_GAP)
            has_paragraphs |= element.name == "p"
    text = tidy("".join(pieces))
    if _GAP not in text:
        return text
    if len(text) <= _HEAD and not has_paragraphs:
        text = _BROKEN.sub("", text)
    return tidy(_GAPS.sub(" ", text))


def _hang(hanging: dict[int, tuple[int, str]], laid: list[str]) -> None:
    """Put the cells that hang down from the rows above."""
    while (place := len(laid)) in hanging:
        left, text = hanging.pop(place)
        if left > 1:
            hanging[place] = (left - 1, text)
        laid.append(text)


def _unspanned(row: list[str]) -> list[str]:
    """Write a row that is one cell over its whole width (a heading inside the table) only once."""
    return [row[0]] if len(row) > 1 and len(set(row)) == 1 else row


def _span(cell: Tag, name: str) -> int:
    value = cell.get(name)
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        return 1
    return min(max(int(value), 1), _MOST_SPAN)
