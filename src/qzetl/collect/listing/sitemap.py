"""Sitemaps (sitemaps.org): plain, index, gzip, and news, whose dates of publication come before ``lastmod``.

A sitemap of an index whose ``lastmod`` is before the days asked for cannot name anything newer and is not asked for.
``match`` is a regular expression that an address must contain to be taken, since sitemaps name pages of every kind.
Where ``url`` is a robots.txt, the sitemaps that it names are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from qzetl.collect.capture import BODY_LIMIT, day_of
from qzetl.collect.coding import decode_body
from qzetl.collect.gzipped import GZIP_MAGIC
from qzetl.collect.http import Fetched
from qzetl.collect.listing.listed import Days, Fetch, Listed, Looked, absolute, day_in_text, day_in_uri, page_text
from qzetl.collect.publisher import Listing
from qzetl.errors import FetchError, InputError

__all__ = ["list_sitemap"]

_PAGES = 200  # sitemaps of an index that are asked for where the publisher's file does not say
_DEPTH = 2  # an index may not name another one, but some do
_NAMED = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def list_sitemap(listing: Listing, fetch: Fetch, days: Days) -> Iterator[Listed | Looked]:
    """Yield the pages that the sitemap, and those that it names, give.

    Raises `FetchError` ``list-unrecognised`` where the first one is no sitemap; another one that fails is told.
    """
    match = re.compile(listing.text("match"))
    waiting = [(listing.url, 0)]
    if listing.url.endswith("/robots.txt"):
        fetched = fetch(listing.url)
        waiting = [(uri, 0) for named in _NAMED.findall(page_text(fetched)) if (uri := absolute(fetched.uri, named))]
    asked: set[str] = set()
    while waiting and len(asked) < listing.number("pages", _PAGES):
        address, depth = waiting.pop(0)
        if address in asked:
            continue
        asked.add(address)
        try:
            for kind, entry in _entries(fetch(address)):
                if kind == "url":
                    if match.search(entry.uri):
                        yield entry
                elif depth < _DEPTH and (days.since is None or entry.day is None or entry.day >= days.since):
                    waiting.append((entry.uri, depth + 1))
        except FetchError as error:
            if len(asked) == 1:
                raise
            yield Looked(address, None, error.outcome, str(error))


def _entries(fetched: Fetched) -> Iterator[tuple[str, Listed]]:
    """Yield (``url`` or ``sitemap``, entry) for each entry of a sitemap or an index, one at a time."""
    root = ""
    fields: dict[str, str] = {}
    try:
        for event, element in iterparse(BytesIO(_plain(fetched)), events=("start", "end"), forbid_dtd=True):
            name = element.tag.rpartition("}")[2]
            if event == "start":
                root = root or name
                continue
            if name in {"loc", "lastmod", "publication_date", "title"} and element.text:
                fields.setdefault(name, element.text.strip())
            elif name in {"url", "sitemap"}:
                uri = absolute(fetched.uri, fields.get("loc"))
                if uri is not None:
                    yield (
                        name,
                        Listed(
                            uri, _day(fields) or (day_in_uri(uri) if name == "url" else None), fields.get("title", "")
                        ),
                    )
                fields = {}
                element.clear()
            elif name == root:
                break
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise _unrecognised(fetched.uri, f" ({error})") from error
    if root not in {"urlset", "sitemapindex"}:
        raise _unrecognised(fetched.uri, "")


def _plain(fetched: Fetched) -> bytes:
    if not fetched.body.startswith(GZIP_MAGIC):
        return fetched.body
    try:
        return decode_body(fetched.body, "gzip", BODY_LIMIT)
    except InputError as error:
        raise FetchError(outcome=error.outcome, message=f"{fetched.uri}: {error}") from error


def _day(fields: dict[str, str]) -> date | None:
    """Return the day in Asia/Shanghai; a date without a zone is meant there."""
    written = fields.get("publication_date") or fields.get("lastmod") or ""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return day_in_text(written)
    return day_of(moment) if moment.tzinfo is not None else moment.date()


def _unrecognised(uri: str, reason: str) -> FetchError:
    message = f"{uri} is no sitemap{reason}; look at it and choose another kind of listing"
    return FetchError(outcome="list-unrecognised", message=message)
