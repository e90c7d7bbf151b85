"""What a list yields, and what all kinds of list share: reading a page's bytes, dates in text and in addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeAlias
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from qzetl.collect.guard import check_nesting, check_size
from qzetl.collect.http import Fetched
from qzetl.collect.publisher import Listing
from qzetl.errors import FetchError, InputError

__all__ = [
    "LIST_LIMIT",
    "Days",
    "Fetch",
    "Listed",
    "Lister",
    "Looked",
    "absolute",
    "check_length",
    "day_in_text",
    "day_in_uri",
    "page_text",
    "tree_of",
    "wholly_before",
]

LIST_LIMIT = 4 * 1024 * 1024
"""Bytes of one page of a list; a parsed one takes some 25 times its size in memory, and ten thousand links are 1 MB."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page declares its charset (HTML asks for the first 1024)
_DAY_IN_TEXT = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_DAYS_IN_URI = (
    re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/"),  # /art/2024/2/9/…, /system/2024/02/09/…
    re.compile(r"/((?:19|20)\d\d)-(\d\d)/(\d\d)/"),  # /html/2024-02/09/…
    re.compile(r"/((?:19|20)\d\d)(\d\d)/(\d\d)/"),  # /pc/con/202402/09/…
    re.compile(r"/((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"),  # t20240209_…, /20240209/…
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One article that a list names; `day` is None where neither the list nor the address tells it."""

    uri: str
    day: date | None
    title: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What became of one page of a list where there is more to tell than its articles (a day without an issue)."""

    uri: str
    day: date | None
    outcome: str
    message: str


@dataclass(frozen=True, slots=True)
class Days:
    """The days asked for, both inclusive; None leaves a side open."""

    since: date | None = None
    until: date | None = None

    def __contains__(self, day: object) -> bool:
        """Return whether a day is asked for; one that is not known may be."""
        if not isinstance(day, date):
            return True
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


class Fetch(Protocol):
    """How a list gets its pages: by address, perhaps with a form that is posted, and the page that leads there."""

    def __call__(self, uri: str, /, *, form: Mapping[str, str] | None = None, referer: str = "") -> Fetched:
        """Return the page; raises `FetchError`."""


Lister: TypeAlias = Callable[[Listing, Fetch, Days], Iterator[Listed | Looked]]


def page_text(fetched: Fetched) -> str:
    """Return a list's page as text: the server's charset, else the page's, else UTF-8; GB2312 and GBK as GB18030.

    Lists are markup around titles and dates, so a byte that does not fit is replaced; articles are decoded with more
    care when they are read. Raises `FetchError` ``too-large`` beyond `LIST_LIMIT`.
    """
    check_length(fetched)
    declared = _CHARSET.search(fetched.content_type) or _CHARSET.search(fetched.body[:_HEAD].decode("latin-1"))
    name = declared.group(1).lower() if declared else "utf-8"
    if name in {"gb2312", "gbk", "gb_2312-80", "x-gbk"}:
        name = "gb18030"
    try:
        return fetched.body.decode(name, "replace").removeprefix("\ufeff")
    except LookupError:
        return fetched.body.decode("utf-8", "replace").removeprefix("\ufeff")


def check_length(fetched: Fetched) -> None:
    """Raise `FetchError` ``too-large`` for a page that is longer than any list's."""
    if len(fetched.body) > LIST_LIMIT:
        message = f"{fetched.uri} has {len(fetched.body):,} bytes, more than a page of a list can have ({LIST_LIMIT:,})"
        raise FetchError(outcome="too-large", message=message)


def tree_of(html: str, uri: str) -> LexborHTMLParser:
    """Parse a page or a piece of one; raises `FetchError` where it is built to take more than bounded time."""
    try:
        check_size(html, uri)
        check_nesting(html, uri)
    except InputError as error:
        raise FetchError(outcome=error.outcome, message=str(error)) from error
    return LexborHTMLParser(html)


def absolute(base: str, href: str | None) -> str | None:
    """Return the address that a link leads to, without its fragment; None where it is no address of the web."""
    if not href:
        return None
    try:
        found = urljoin(base, "".join(href.split())).partition("#")[0]
        scheme = urlsplit(found).scheme
    except ValueError:
        return None
    return found if scheme in {"http", "https"} else None


def wholly_before(found: Sequence[Listed], days: Days) -> bool:
    """Return whether all that a page of a list names is older than asked for, so that the pages behind it are too."""
    since = days.since
    return since is not None and bool(found) and all(one.day is not None and one.day < since for one in found)


def day_in_text(text: str) -> date | None:
    """Return the first full date written in `text` (2024-02-19, 2024/2/19, 2024年2月19日)."""
    return next((day for match in _DAY_IN_TEXT.finditer(text) if (day := _day(match))), None)


def day_in_uri(uri: str) -> date | None:
    """Return the day that an address carries, as the publishers' systems write it into paths and file names."""
    path = urlsplit(uri).path
    return next((day for form in _DAYS_IN_URI if (match := form.search(path)) and (day := _day(match))), None)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
