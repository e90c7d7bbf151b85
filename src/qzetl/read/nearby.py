"""The lines around an article: between headline and body, just above the headline, just below the body.

There stand date, source and writers where the metadata does not say them.
"""

from __future__ import annotations

import re

from qzetl.read.dated import completed_date, first_date
from qzetl.read.outline import Outline

__all__ = ["lines_above", "lines_below", "printed_date", "signed_date"]

# How many runs of text belong to the neighbourhood.
_ABOVE_HEADLINE, _UNDER_HEADLINE, _ABOVE_BODY, _INTO_BODY, _BELOW_BODY = 8, 40, 24, 5, 14
# A longer run is prose; a date in it is news, not the day of publication.
_LABEL_LENGTH = 120
_CLOSING = 60
_DATE_LENGTH = 16
_SENTENCE = re.compile(r"[。；]")
# Statements about rights name sources too.
_NOTICE = re.compile(r"凡|今天是|转载请|版权|声明|注明")


def lines_above(page: Outline, body: int, after_headline: int, *, linked: bool = True) -> str:
    """Return what stands between headline and body, and at the body's top, one line a run; links only if `linked`."""
    first, last = page.first_runs[body], page.end_runs[body]
    if after_headline > first:
        start, end = after_headline, min(after_headline + _INTO_BODY + 1, last)
    else:
        start = max(after_headline, first - (_UNDER_HEADLINE if after_headline else _ABOVE_BODY), 0)
        end = min(first + _INTO_BODY, last)
    return _joined(page, start, end, linked=linked)


def lines_below(page: Outline, body: int) -> str:
    """Return what stands right below the body, and its own last line."""
    end = page.end_runs[body]
    return _joined(page, max(end - 3, page.first_runs[body]), min(end + _BELOW_BODY, len(page.runs)), _CLOSING)


def printed_date(page: Outline, body: int, after_headline: int, modified: str | None = None) -> str | None:
    """Return the date printed by the headline: one with a time of day first, else the first; then below the body.

    `modified` is when the page says that it was last changed; it completes a printed date without a year.
    """
    above = lines_above(page, body, after_headline, linked=False)
    if found := first_date(above, timed=True) or first_date(above) or completed_date(above, modified):
        return found
    if after_headline:
        over = _joined(page, max(after_headline - _ABOVE_HEADLINE, 0), after_headline)
        if found := first_date(over, timed=True):
            return found
    return first_date(lines_below(page, body), timed=True)


def signed_date(page: Outline, body: int) -> str | None:
    """Return the date in the body's last line where that is nothing else, or one labelled as publication below it."""
    for text in page.runs[max(page.end_runs[body] - 2, page.first_runs[body]) : page.end_runs[body]]:
        if len(text) <= _DATE_LENGTH and (found := first_date(text)):
            return found
    return next(
        (day for line in lines_below(page, body).split("\n") if "发" in line and (day := first_date(line))), None
    )


def _joined(page: Outline, start: int, end: int, longest: int = _LABEL_LENGTH, *, linked: bool = True) -> str:
    runs = [text for text, link in zip(page.runs[start:end], page.linked[start:end], strict=True) if linked or not link]
    return "\n".join(
        text
        for text in runs
        if len(text) <= longest and not _NOTICE.search(text) and not (len(text) > _CLOSING and _SENTENCE.search(text))
    )
