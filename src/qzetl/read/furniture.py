"""What stands in an article's part of the page and is not the article: labels, credits, share bars, related links."""

from __future__ import annotations

import re

from qzetl.read.captions import with_captions
from qzetl.read.credit import is_name_line
from qzetl.read.dated import is_date_line
from qzetl.read.ending import announces, before_end, prose_span
from qzetl.read.headline import key
from qzetl.read.labels import LABEL_LENGTH, is_credit_line, is_label, is_label_inside, is_label_row
from qzetl.read.prose import Block
from qzetl.traditional import simplified

__all__ = ["cleaned"]

_TOP = 12
# Over so many lines a headline is broken at most.
_LINES = 3
# So many characters of a headline, and as many as its letters, may be marks and blanks.
_SIGNS = 10
# A button in the last paragraph, behind its last sentence.
_BUTTON_BEHIND = re.compile(r"(?<=[。！？…”）)])\s*返回.{2,4}[，,]\s?查看更多.{0,4}$")
# So many linked lines with prose below are headings; fewer lead to other articles.
_HEADINGS = 3


def cleaned(blocks: list[Block], title: str | None) -> tuple[list[Block], list[str], str]:
    """Return the article's own blocks without the headline, the names above them, and the credits below, by lines."""
    kept = before_end(_after_title(with_captions(blocks), title))
    _own_headings(kept)
    kept, names = _below_credits(kept)
    prose = prose_span(kept)
    own: list[Block] = []
    credits_below: list[str] = []
    for i, block in enumerate(kept):
        below = i >= prose.stop
        if not (_is_furniture(block, inside=i in prose) or (below and is_credit_line(block.text))):
            own.append(block)
        elif below:
            credits_below.append(block.text)
    for block in own[-1:]:
        block.text = _BUTTON_BEHIND.sub("", block.text)
    return own, names, "\n".join(credits_below)


def _after_title(blocks: list[Block], title: str | None) -> list[Block]:
    """Drop the repeated headline, and the labels before it, where it stands near the top."""
    wanted = key(title or "")
    if not wanted:
        return blocks
    for i in range(min(2 * _TOP, len(blocks))):
        if lines := _lines_of(blocks[i : i + _LINES], wanted):
            before = (other for other in blocks[:i] if not (is_label(other.text) or is_label_row(other.text)))
            prose = sum(len(other.text) - other.linked for other in before)
            rest = blocks[i + lines :]
            while lines := _lines_of(rest[:_LINES], wanted):
                rest = rest[lines:]
            return rest if prose <= LABEL_LENGTH else blocks[:i] + rest
    return blocks


def _lines_of(blocks: list[Block], wanted: str) -> int:
    """Return over how many of the first blocks the headline with the key `wanted` is broken, 0 if it is not there."""
    written = ""
    for lines, block in enumerate(blocks, 1):
        if len(block.text) > _SIGNS + 2 * len(wanted):
            break
        written += key(block.text)
        if written == wanted:
            return lines
        if not wanted.startswith(written):
            break
    return 0


def _below_credits(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """Drop dates, sources, names and buttons at the top; the names are returned."""
    names: list[str] = []
    start = 0
    for block in blocks[:_TOP]:
        text = block.text
        if len(text) > LABEL_LENGTH or block.kind in ("row", "heading"):
            break
        is_count = text.isdigit() and not text.startswith("0")
        if not (is_name_line(text) or is_label(text) or is_date_line(text) or is_count or 2 * block.linked > len(text)):
            break
        if is_name_line(text):
            if start + 1 == len(blocks):
                break
            names.append(text)
        start += 1
    return blocks[start:], names


def _own_headings(blocks: list[Block]) -> None:
    """Mark the linked lines that are headings of a report's parts: several, most of them followed by prose."""
    linked = [i for i, block in enumerate(blocks) if block.text and 2 * block.linked > len(block.text)]
    headings = [i for i in linked if len(blocks[i].text) <= LABEL_LENGTH and _is_followed(blocks, i)]
    if len(headings) >= _HEADINGS and 3 * len(headings) > 2 * len(linked):
        for i in headings:
            blocks[i].kind, blocks[i].linked = "heading", 0


def _is_followed(blocks: list[Block], i: int) -> bool:
    return bool(prose_span(blocks[i + 1 : i + 2])) and not announces(simplified(blocks[i].text))


def _is_furniture(block: Block, *, inside: bool) -> bool:
    """Whether a block is not the article's own; `inside` says that prose stands above it and below."""
    if block.kind == "row":
        return not inside and is_label_row(block.text)
    size = len(block.text)
    sentence = block.text.endswith(("。", "！", "？", "”", "；"))
    if 2 * block.linked > size and (not sentence or (10 * block.linked > 9 * size and size <= LABEL_LENGTH)):
        return True
    linked = 3 * block.linked > size
    if (linked or (size <= LABEL_LENGTH and block.text.endswith(("：", ":")))) and announces(simplified(block.text)):
        return True
    return is_label_inside(block.text, linked=linked) if inside else is_label(block.text, linked=linked)
