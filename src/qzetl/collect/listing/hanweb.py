"""Hanweb's columns (jpage): records in an inline datastore, later groups from ``dataproxy.jsp`` by GET.

The page ``/col/col<id>/index.html`` has an empty list and a ``<script type="text/xml">`` with a ``<nextgroup>`` (the
address of the groups) and ``<record>`` elements whose CDATA is a list entry. The answers of the proxy are the same XML
without a page around it. A parser that drops scripts would lose all of it, so the records are cut out of the text.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from qzetl.collect.listing.listed import Days, Fetch, Listed, Looked, absolute, day_in_text, day_in_uri, page_text
from qzetl.collect.publisher import Listing
from qzetl.errors import FetchError

__all__ = ["list_hanweb"]

_PAGES = 20  # groups that are asked for where the publisher's file does not say


def list_hanweb(listing: Listing, fetch: Fetch, days: Days) -> Iterator[Listed | Looked]:
    """Yield the column's articles, newest first, until a group is wholly older than asked for or says nothing new."""
    page = page_text(fetch(listing.url))
    records = _records(page)
    group = _group(page)
    if "<datastore" not in page.lower():
        message = f"{listing.url} has no Hanweb datastore; look at the page and choose another kind of listing"
        raise FetchError(outcome="list-unrecognised", message=message)
    seen: set[str] = set()
    limit = int(listing.options.get("pages", _PAGES))
    for number in range(1, limit + 2):
        found = [entry for entry in _entries(records, listing.url) if entry.uri not in seen]
        seen.update(entry.uri for entry in found)
        yield from found
        # The first group repeats what the page has inline, and may hold more.
        nothing_new = not found and number > 2  # noqa: PLR2004
        if group is None or nothing_new or _older(found, days) or number > min(limit, _total(page) or limit):
            return
        page = page_text(fetch(_numbered(group, listing.url, number)))
        records = _records(page)


def _between(text: str, opening: str, closing: str) -> Iterator[str]:
    """Yield what stands between the two marks, each time they occur; in one pass."""
    for part in text.split(opening)[1:]:
        inside, closed, _ = part.partition(closing)
        if closed:
            yield inside


def _records(text: str) -> list[str]:
    return [record for part in _between(text, "<record>", "</record>") for record in _between(part, "<![CDATA[", "]]>")]


def _group(page: str) -> str | None:
    """Return the address of the groups as the page gives it, None where all records are inline."""
    for part in _between(page, "<nextgroup>", "</nextgroup>"):
        link = LexborHTMLParser(part.replace("<![CDATA[", "").replace("]]>", "")).css_first("a[href]")
        if link is not None:
            return link.attributes.get("href")
    return None


def _total(page: str) -> int | None:
    """Return how many groups there are, where the page says it."""
    told = next(_between(page, "<totalpage>", "</totalpage>"), "").strip()
    return int(told) if told.isascii() and told.isdigit() else None


def _entries(records: list[str], base: str) -> Iterator[Listed]:
    for record in records:
        entry = LexborHTMLParser(record)
        for link in entry.css("a[href]")[:1]:
            uri = absolute(base, link.attributes.get("href"))
            if uri is not None:
                title = html.unescape(link.attributes.get("title") or "").strip() or link.text().strip()
                written = " ".join(node.text() for node in entry.css("span, i, b, td, em")) or entry.text()
                yield Listed(uri, day_in_text(written) or day_in_uri(uri), title)


def _older(found: list[Listed], days: Days) -> bool:
    """Return whether a group is wholly before the days asked for, so that the ones behind it are too."""
    since = days.since
    return since is not None and bool(found) and all(entry.day is not None and entry.day < since for entry in found)


def _numbered(group: str, base: str, number: int) -> str:
    """Return the group's address with its ``page`` set."""
    address = absolute(base, group) or base
    parts = urlsplit(address)
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != "page"]
    return urlunsplit(parts._replace(query=urlencode([("page", str(number)), *query])))
