"""The scars that a page layout leaves in an article's text, and their repair.

A layout puts captions, running heads and credit lines between paragraphs and cuts paragraphs at page breaks, also
inside a sentence. The text is repaired by shape alone: how long a line is, whether it ends as a sentence does, how
wide the gaps around it are, whether the next one goes on where it stopped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Line", "repaired", "without_imprint"]

# What ends a sentence, with the quotes and brackets that may close after it.
_SENTENCE_END = re.compile(r"[。！？!?…；;：:.][”’」』）)\]】》\"']*$")
# The line that credits all pictures of a page; what follows it is the page's furniture.
_PICTURES = re.compile(
    r"[（(]?\s*(?:本版|本报|本组|本文|文中|以上|均)?(?:文字)?(?:图片|照片|配图|图)(?:均|除署名外)?[\u4e00-\u9fff]{0,6}"
    r"(?:由|来源|来自|提供|[:：]).{0,40}[)）]?$"
)
# A caption by its words: who took or gave the picture, or "the picture shows".
_CREDIT = re.compile(
    r"(?:^|\s)(?:[\u4e00-\u9fff·]{2,12}\s*[/／]?\s*)?(?:摄影?|供图|资料图片?|配图|制图|漫画)(?:报道)?[)）]?$"
    r"|^[（(]?(?:上|下|左|右|题)?图为?[:：]?|[（(](?:资料图片?|效果图|示意图|.{0,20}摄)[)）]$"
)
# Headings by their numbering.
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百]{1,3}[章节部编条]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．]\D)"
)
# A line that cannot begin a paragraph: it opens with what closes, or with one character and a comma.
_GOES_ON = re.compile(r"[，。；：、！？”’」』）)\]】》,;:!?%]|[\u4e00-\u9fff][，、,。；;]")
# What sentences have and headings hardly ever.
_CLAUSE = re.compile(r"[，,；;]")
_SHORT = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph-like line: its text, the blank lines before it, and whether the source marks it as a heading."""

    text: str
    gap: int = 1
    heading: bool = False
    row: bool = False

    @property
    def whole(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.row or bool(_SENTENCE_END.search(self.text))

    @property
    def stub(self) -> bool:
        """Whether it is short and no sentence: a caption, an unmarked heading, or the beginning of a cut paragraph."""
        return not self.heading and not self.row and len(self.text) <= _SHORT and not self.whole


def without_imprint(lines: list[Line]) -> list[Line]:
    """Drop the credit line of all pictures, and what follows it, where it stands in the last half."""
    for i in range(len(lines) - 1, len(lines) // 2 - 1, -1):
        if _PICTURES.match(lines[i].text):
            return lines[:i]
    return lines


def repaired(lines: list[Line]) -> tuple[list[str], list[str]]:
    """Return paragraphs and headings in order, and aside the captions; nothing is lost between the two."""
    usual = _usual_gap(lines)
    paragraphs: list[str] = []
    captions: list[str] = []
    cut = False
    for i, line in enumerate(lines):
        if line.heading:
            paragraphs.append(line.text)
            cut = False
        elif line.stub and _is_caption(lines, i, usual, cut=cut):
            captions.append(line.text)
        elif line.stub and not _continued(lines, i, usual):
            paragraphs.append(line.text)
            cut = False
        else:
            if cut:
                paragraphs[-1] += line.text
            else:
                paragraphs.append(line.text)
            cut = not line.whole
    return paragraphs, captions


def _usual_gap(lines: list[Line]) -> int:
    gaps = sorted(line.gap for line in lines[1:])
    return gaps[(len(gaps) - 1) // 2] if gaps else 1


def _is_caption(lines: list[Line], i: int, usual: int, *, cut: bool) -> bool:
    """Judge a stub: in its words a caption, or set apart, or inside a cut paragraph, or with nothing after it."""
    line = lines[i]
    if _NUMBERED.match(line.text):
        return False
    if _CREDIT.search(line.text) or cut:
        return True
    if line.gap > usual:
        return True
    return all(other.stub for other in lines[i + 1 :])


def _continued(lines: list[Line], i: int, usual: int) -> bool:
    """Whether a stub is the beginning of a paragraph: the next whole line goes on, or captions cut it off."""
    for other in lines[i + 1 :]:
        if other.heading:
            return False
        if not other.stub:
            apart = other is not lines[i + 1] and other.gap > usual and bool(_CLAUSE.search(lines[i].text))
            return apart or bool(_GOES_ON.match(other.text))
        if other.gap <= usual and not _CREDIT.search(other.text) and other is not lines[i + 1]:
            return False
    return False
