"""The lines around an article: just above the headline, between headline and body, just below the body.

There stand date, source and writers where the metadata does not say them.
"""

from __future__ import annotations

import re

from qzetl.read.credit import is_name_line
from qzetl.read.outline import Outline
from qzetl.read.tidy import tidy

__all__ = ["issue_lines", "last_lines", "lines_above", "lines_below", "lines_over", "named_writer", "opening"]

# How many runs of text belong to the neighbourhood.
_OVER_HEADLINE, _UNDER_HEADLINE, _ABOVE_BODY, _INTO_BODY, _BELOW_BODY = 8, 40, 24, 5, 14
# A longer run is prose; a date in it is news, not the day of publication.
_LABEL_LENGTH = 120
_CLOSING = 60
# A newspaper's page, and how near to it the issue's date stands.
_PAGE = re.compile(r"第\s?[A-Z]?\d{1,3}\s?版|(?:^|\D)[A-Z]?\d{1,3}版")
_PAGE_LENGTH, _BESIDE = 24, 5
_HEADLINE = 8
_SENTENCE = re.compile(r"[。；]")
# What begins the article's prose, where its first lines are looked through.
_PROSE, _CLAUSE = 30, re.compile(r"[，。；]")
_COLON = re.compile(r"[:：]")
# Statements about rights name sources too.
_NOTICE = re.compile(r"凡(?:是|本|注|未)|今天是|转载请|版权|声明|注明")
# Class and id names of the line that names the writers.
_WRITER = re.compile(r"(?:^|[\s_-])(?:author|byline|writer|zuozhe)s?(?:$|[\s_-])", re.IGNORECASE)
# Runs that may stand with headline and date in one element, besides the body.
_HEAD_RUNS = 15


def lines_above(page: Outline, body: int, after_headline: int, *, linked: bool = True) -> str:
    """Return what stands between headline and prose, one line a run; links only if `linked`."""
    first, last = page.first_runs[body], page.end_runs[body]
    if after_headline > first:
        start, end = after_headline, min(after_headline + _UNDER_HEADLINE, last)
    else:
        start = max(after_headline, first - (_UNDER_HEADLINE if after_headline else _ABOVE_BODY), 0)
        end = min(first + _INTO_BODY, last)
    inside = max(start, first)
    end = next((i for i in range(inside, end) if _is_prose(page.runs[i])), end)
    return _joined(page, start, end, linked=linked)


def lines_over(page: Outline, body: int, after_headline: int, *, near: bool = False) -> str:
    """Return what stands above the headline; only what shares a small element with it if `near`."""
    if not after_headline:
        return ""
    start = max(after_headline - _OVER_HEADLINE, 0)
    if near:
        inside = range(page.first_runs[body], page.end_runs[body])
        place = page.holders[after_headline - 1]
        head = start
        while place >= 0:
            span = page.span(place)
            overlap = max(0, min(span.stop, inside.stop) - max(span.start, inside.start))
            if len(span) - overlap > _HEAD_RUNS:
                break
            head, place = span.start, page.parents[place]
        start = min(max(start, head), after_headline)
    return _joined(page, start, after_headline)


def issue_lines(page: Outline, body: int) -> str:
    """Return the lines beside the first one above the article that names a newspaper's page (第01版), "" without."""
    end = page.first_runs[body]
    at = next((i for i in range(end) if len(page.runs[i]) <= _PAGE_LENGTH and _PAGE.search(page.runs[i])), None)
    return "" if at is None else _joined(page, max(at - _BESIDE, 0), min(at + _BESIDE, end))


def lines_below(page: Outline, body: int) -> str:
    """Return what stands right below the body, and its own last lines; not what belongs to another article's link."""
    end = page.end_runs[body]
    start, stop = max(end - 3, page.first_runs[body]), min(end + _BELOW_BODY, len(page.runs))
    lines = [_joined(page, i, i + 1, _CLOSING) for i in range(start, stop) if i < end or not _by_headline(page, i)]
    return "\n".join(filter(None, lines))


def last_lines(page: Outline, body: int) -> list[str]:
    """Return the body's last lines and those that directly follow it up to a link, tidied."""
    end = page.end_runs[body]
    follow = []
    for i in range(end, min(end + 3, len(page.runs))):
        if page.linked[i] or _by_headline(page, i) or _CLAUSE.search(page.runs[i]):
            break
        follow.append(tidy(page.runs[i]))
    own = (i for i in range(max(end - 2, page.first_runs[body]), end) if not _by_headline(page, i))
    return [tidy(page.runs[i]) for i in own] + follow


def _by_headline(page: Outline, i: int) -> bool:
    """Whether a run stands right beside a link that is long enough to be another article's headline."""
    beside = [near for near in (i - 1, i + 1) if near < len(page.runs)]
    return not page.linked[i] and any(page.linked[near] and len(page.runs[near]) >= _HEADLINE for near in beside)


def opening(page: Outline, body: int) -> str:
    """Return the body's first line of prose, "" where it has none."""
    return next((text for i in page.span(body) if _is_prose(text := tidy(page.runs[i]))), "")


def named_writer(page: Outline, body: int, after_headline: int) -> str | None:
    """Return the line of names between headline and body that its element's class calls the writers'."""
    for i in range(after_headline, page.first_runs[body] + _INTO_BODY if after_headline else 0):
        if i < len(page.runs) and _WRITER.search(page.names[page.holders[i]]) and is_name_line(page.runs[i]):
            return tidy(page.runs[i])
    return None


def _is_prose(text: str) -> bool:
    return len(text) >= _PROSE and len(_COLON.findall(text)) <= 1 and bool(_CLAUSE.search(text))


def _joined(page: Outline, start: int, end: int, longest: int = _LABEL_LENGTH, *, linked: bool = True) -> str:
    runs = zip(page.runs[start:end], page.linked[start:end], strict=True)
    lines = [tidy(text) for text, link in runs if linked or not link]
    return "\n".join(
        line
        for line in lines
        if len(line) <= longest and not _NOTICE.search(line) and not (len(line) > _CLOSING and _SENTENCE.search(line))
    )
