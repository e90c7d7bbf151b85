"""Plain text and Markdown: front matter, headline, byline, then paragraphs with a layout's scars repaired (`scars`)."""

from __future__ import annotations

import re
from itertools import pairwise

from qzetl.errors import InputError
from qzetl.read.article import Article
from qzetl.read.credit import Credits, is_name_line, read_credits
from qzetl.read.dated import first_date, is_date_line
from qzetl.read.scars import Line, repaired, without_imprint
from qzetl.read.traces import date_in_uri

__all__ = ["read_plain"]

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.{0,4000}?\n)??---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_]{2,20})[ \t]*:[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*?)[ \t]*#*$")
_MARKS = (
    (re.compile(r"!\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)"), ""),
    (re.compile(r"\[([^\]\n]{1,200})\]\([^)\n]{1,500}\)"), r"\1"),
)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,200}?)(?<=\S)\1")
_LIST = re.compile(r"(?:[-*+]|>)[ \t]+")
_TABLE_RULE = re.compile(r"\|?[ \t:|-]{3,}\|?$")
_LABEL = re.compile(
    r"[（(\[【]?(?:文章来源|信息来源|来源|稿源|作者|记者|通讯员|发布时间|发布日期|发表时间|日期|时间|时 间)\s{0,4}[:：]"
)
_LABEL_LENGTH = 80
_TITLE_LENGTH = 80
_RUNNING_HEAD = re.compile(r"第\s?[0-9A-Z一二三四五六七八九十]{1,3}\s?版|^\s*[A-Z]?\d{1,3}\s*版")
# So many short lines may stand above the headline.
_HEAD_LINES = 4
_SENTENCE = re.compile(r"[。；;]")
# Lines of hard-wrapped text are about this long or shorter (characters; 78 columns are 39 Chinese characters).
_WRAPPED = range(20, 61)
_FEWEST_WRAPPED = 2
# A row of a table has two cells at least.
_FEWEST_BARS = 3
# Codes of areas by GB/T 2260.
_AREA = re.compile(r"[1-9][0-9]{5}")


def read_plain(text: str, uri: str) -> Article:
    """Read plain text or Markdown.

    Front matter (``key: value`` between ``---`` lines) may give title, byline, source, published, and area (a code of
    six digits). Raises `InputError` with outcome ``no-article`` where no paragraph is left.
    """
    fields, rest = _front_matter(text)
    lines = _lines(rest)
    issue = first_date(lines[0].text) if lines and _RUNNING_HEAD.search(lines[0].text) else None
    title, lines = _title(lines, fields.get("title"))
    credits_, lines = _credits(lines)
    paragraphs, captions = repaired(without_imprint(lines))
    if not any(len(paragraph) > 1 for paragraph in paragraphs):
        msg = f"{uri} has no article: no paragraph is left; check that the file holds the article's text"
        raise InputError(outcome="no-article", message=msg)
    dates = (
        ("front matter", first_date(fields.get("published", fields.get("date", "")))),
        ("line under the headline", credits_.published),
        ("running head", issue),
        ("address", date_in_uri(uri)),
    )
    dated_by, published = next(((rule, day) for rule, day in dates if day), ("", None))
    return Article(
        uri=uri,
        title=title,
        text="\n".join(paragraphs),
        byline=fields.get("byline") or fields.get("author") or credits_.byline,
        source=fields.get("source") or credits_.source,
        published=published,
        layout="plain",
        captions=tuple(captions),
        area=area[0] if (area := _AREA.fullmatch(fields.get("area", ""))) else None,
        titled_by=("front matter" if fields.get("title") else "first line") if title else "",
        dated_by=dated_by,
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    found = _FRONT.match(text)
    fields = _FIELD.findall(found[1] or "") if found else []
    if not found or not fields:
        return {}, text
    return {key.lower(): value.strip("\"'") for key, value in fields}, text[found.end() :]


def _lines(text: str) -> list[Line]:
    """Split into lines, each with the number of blank lines before it; hard-wrapped lines are joined."""
    raw = [line.rstrip() for line in text.split("\n")]
    wrapped = _is_wrapped(raw)
    lines: list[Line] = []
    gap = 1
    for line in raw:
        bare = line.strip(" \t\u3000\ufeff")
        if not bare or _TABLE_RULE.fullmatch(bare):
            gap += not bare
            continue
        indented = line[:1] in (" ", "\u3000", "\t")
        if wrapped and not gap and lines and not indented and not _HEADING.match(bare) and not lines[-1].heading:
            lines[-1] = Line(lines[-1].text + bare, lines[-1].gap)
        else:
            lines.append(_line(bare, gap))
        gap = 0
    return [line for line in lines if line.text]


def _line(bare: str, gap: int) -> Line:
    if found := _HEADING.fullmatch(bare):
        return Line(_unmarked(found[2]), gap, heading=True)
    if bare.startswith("|") and bare.endswith("|") and bare.count("|") >= _FEWEST_BARS:
        return Line("\t".join(cell.strip() for cell in bare.strip("|").split("|")), gap, row=True)
    return Line(_unmarked(_LIST.sub("", bare, count=1) if _LIST.match(bare) else bare), gap)


def _unmarked(text: str) -> str:
    for pattern, put in _MARKS:
        text = pattern.sub(put, text)
    return _STRONG.sub(r"\2", text).strip()


def _is_wrapped(raw: list[str]) -> bool:
    """Whether most lines that another follows directly break at one width rather than where a sentence ends."""
    followed = [line for line, after in pairwise(raw) if line.strip() and after.strip() and not _HEADING.match(line)]
    width = max((len(line) for line in followed), default=0)
    if len(followed) < _FEWEST_WRAPPED or width not in _WRAPPED:
        return False
    return 2 * sum(len(line) >= width - 3 and not line.endswith("。") for line in followed) > len(followed)


def _title(lines: list[Line], known: str | None) -> tuple[str | None, list[Line]]:
    """Take the first heading, or a first line that is no sentence, as the headline."""
    if not lines:
        return known, lines
    lines = _below_running_head(lines)
    first = lines[0]
    if known:
        return known, lines[1:] if first.text == known else lines
    if first.heading or (len(lines) > 1 and len(first.text) <= _TITLE_LENGTH and not _SENTENCE.search(first.text)):
        return first.text, lines[1:]
    return None, lines


def _below_running_head(lines: list[Line]) -> list[Line]:
    """Drop the running head of a page (paper, date, page) above the headline, and short lines above a marked one."""
    marked = next((i for i, line in enumerate(lines[:_HEAD_LINES]) if line.heading), 0)
    if marked and all(line.stub for line in lines[:marked]):
        return lines[marked:]
    if len(lines) > 1 and lines[0].stub and _RUNNING_HEAD.search(lines[0].text):
        return lines[1:]
    return lines


def _credits(lines: list[Line]) -> tuple[Credits, list[Line]]:
    """Take the labelled lines and the line of names that follow the headline."""
    said: list[str] = []
    byline: str | None = None
    while lines and not lines[0].heading and len(lines) > 1:
        line = lines[0].text
        if len(line) <= _LABEL_LENGTH and (_LABEL.match(line) or is_date_line(line)):
            said.append(line)
        elif byline is None and len(line) <= _LABEL_LENGTH // 2 and is_name_line(line):
            byline = line
        else:
            break
        lines = lines[1:]
    found = read_credits("\n".join(said))
    return Credits(found.source, byline or found.byline, found.published), lines
