"""Plain text and Markdown: an article with the scars of a page layout repaired.

Texts that were laid out for print, or read from PDF, carry captions between paragraphs, running heads, credit lines of
pictures, and paragraphs that a page break cut inside a sentence. The rules here go by shape alone:

* front matter (``key: value`` lines between ``---`` lines) names title, published, byline and source;
* the first heading is the title, a short line after it the byline;
* a line between blank lines that is short and does not end as a sentence does is a caption, a heading where
  Markdown marks it so;
* a paragraph that ends inside a sentence goes on in the next paragraph that is no caption;
* after the credit line of all pictures (``（本版图片由…提供）``) only furniture follows.
"""

from __future__ import annotations

import re

from qzetl.errors import InputError
from qzetl.read.article import Article
from qzetl.read.dated import first_date

__all__ = ["read_plain"]

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_FRONT = re.compile(r"\A---[ \t]*\n(.{0,4000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_]+)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t\u3000]*(?:\n[ \t\u3000]*)+")
# What ends a sentence, with the quotes and brackets that may close after it.
_SENTENCE_END = re.compile(r"[。！？!?…；;：:.][”’」』）)\]】》\"']*$")
_PICTURES = re.compile(r"^[（(]?\s*(?:本版|本报|本组|文中|以上)?(?:图片|照片|图|配图|摄影)(?:均)?(?:由|来源|提供|[:：]).{0,40}[)）]?$")
_CAPTION_LENGTH = 40
_BYLINE = re.compile(r"^(?:[□■●◎○]\s*)?(?:(?:本报|本刊)?(?:记者|通讯员|作者|文)?[:：/／|\s]*)?[\u4e00-\u9fff·\s、]{2,20}$")
_BYLINE_LENGTH = 24


def read_plain(text: str, uri: str) -> Article:
    """Read plain text or Markdown; raises `InputError` ``no-article`` where no paragraph is left."""
    fields, rest = _front_matter(text)
    lines = [re.sub(r"\s*\n\s*", "\n", block).strip() for block in _BLANK.split(rest.strip())]
    lines = [line for line in lines if line]
    title, lines = _title(lines, fields.get("title"))
    byline, lines = _byline(lines, fields.get("byline"))
    paragraphs, captions = _repaired(_before_credits(lines))
    if not paragraphs:
        msg = f"{uri} has no article: no paragraph ends as a sentence does"
        raise InputError("no-article", msg)
    return Article(
        uri=uri,
        title=title,
        text="\n".join(paragraphs),
        byline=byline,
        source=fields.get("source"),
        published=first_date(fields.get("published", "")),
        layout="plain",
        captions=tuple(captions),
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    found = _FRONT.match(text.lstrip())
    if not found:
        return {}, text
    fields = {key.lower(): value.strip("\"'") for key, value in _FIELD.findall(found[1]) if value.strip("\"'")}
    return fields, text.lstrip()[found.end() :]


def _title(lines: list[str], known: str | None) -> tuple[str | None, list[str]]:
    if not lines:
        return known, lines
    first = _HEADING.match(lines[0])
    if first and len(first[1]) == 1:
        return known or first[2], lines[1:]
    short = len(lines) > 1 and len(lines[0]) <= 2 * _CAPTION_LENGTH and not _SENTENCE_END.search(lines[0])
    if known and lines[0] == known:
        return known, lines[1:]
    if known or not short:
        return known, lines
    return lines[0], lines[1:]


def _byline(lines: list[str], known: str | None) -> tuple[str | None, list[str]]:
    if lines and not known and len(lines[0]) <= _BYLINE_LENGTH and _BYLINE.match(lines[0]):
        return lines[0], lines[1:]
    return known, lines


def _before_credits(lines: list[str]) -> list[str]:
    """Drop what follows the credit line of all pictures, if it stands near the end."""
    for i in range(len(lines) - 1, max(len(lines) // 2 - 1, -1), -1):
        if _PICTURES.match(lines[i]):
            return lines[:i]
    return lines


def _repaired(lines: list[str]) -> tuple[list[str], list[str]]:
    paragraphs: list[str] = []
    captions: list[str] = []
    broken = False
    for line in lines:
        heading = _HEADING.match(line)
        if heading:
            paragraphs.append(heading[2])
            broken = False
        elif len(line) <= _CAPTION_LENGTH and not _SENTENCE_END.search(line):
            captions.append(line)
        elif broken:
            paragraphs[-1] += line
            broken = not _SENTENCE_END.search(line)
        else:
            paragraphs.append(line)
            broken = not _SENTENCE_END.search(line)
    return paragraphs, captions
