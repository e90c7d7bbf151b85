"""Plain list pages: links under a CSS selector, with or without their dates, and the pages behind the first.

The next page is where the link under ``next`` leads, or stands at an address made of its number: with ``numbered =
"index_{}.html"`` and ``first = 1`` the second page is ``index_1.html`` beside the first, as systems of the TRS family
name them (their links are drawn by a script, so that the page itself has none).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from qzetl.collect.listing.listed import (
    Days,
    Fetch,
    Listed,
    Looked,
    absolute,
    day_in_text,
    day_in_uri,
    page_text,
    tree_of,
    wholly_before,
)
from qzetl.collect.publisher import Listing
from qzetl.errors import FetchError

__all__ = ["list_page"]

_PAGES = 10
_CONTAINERS = frozenset({"li", "tr", "dd", "p"})
_HEIGHT = 4  # how far above a link its entry's own element is looked for
_GONE = frozenset({"http-404", "http-410"})


def list_page(listing: Listing, fetch: Fetch, days: Days) -> Iterator[Listed | Looked]:
    """Yield the links that ``select`` finds (all links where it is not given), page after page.

    Ends with ``pages``, a page wholly older than asked for, one that says nothing new, or a numbered one that is not
    there. Raises `FetchError` ``list-unrecognised`` where the first page has no such link.
    """
    select = listing.text("select", "a[href]")
    asked: set[str] = set()
    seen: set[str] = set()
    address: str | None = listing.url
    for number in range(listing.number("pages", _PAGES)):
        if address is None or address in asked:
            return
        asked.add(address)
        try:
            fetched = fetch(address)
        except FetchError as error:
            if number and listing.options.get("numbered") and error.outcome in _GONE:
                return
            raise
        page = tree_of(page_text(fetched), fetched.uri)
        found = [entry for link in page.css(select) if (entry := _entry(link, fetched.uri))]
        if not found and number == 0:
            message = f"{address} has no link under {select!r}; look at the page and mend the selector"
            raise FetchError(outcome="list-unrecognised", message=message)
        new = [entry for entry in found if entry.uri not in seen]
        seen.update(entry.uri for entry in new)
        yield from new
        if not new or wholly_before(new, days):
            return
        address = _following(listing, page, fetched.uri, number)


def _following(listing: Listing, page: LexborHTMLParser, base: str, number: int) -> str | None:
    """Return the address of the page behind the one that has this number (from 0); None where it is the last."""
    if numbered := listing.text("numbered"):
        return urljoin(listing.url, numbered.replace("{}", str(listing.number("first", 2) + number)))
    following = listing.text("next")
    link = page.css_first(following) if following else None
    return absolute(base, link.attributes.get("href")) if link is not None else None


def _entry(link: LexborNode, base: str) -> Listed | None:
    uri = absolute(base, link.attributes.get("href"))
    if uri is None:
        return None
    title = (link.attributes.get("title") or "").strip() or " ".join(link.text().split())
    return Listed(uri, day_in_uri(uri) or day_in_text(_written(link)), title)


def _written(link: LexborNode) -> str:
    """Return the text of the entry that the link stands in: where its date is."""
    node: LexborNode | None = link
    for _ in range(_HEIGHT):
        if node is None or node.tag in _CONTAINERS:
            break
        node = node.parent
    return node.text() if node is not None and node.tag in _CONTAINERS else link.text()
