"""Plain list pages: links under a CSS selector, with or without their dates, and perhaps a link to the next page."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from qzetl.collect.listing.listed import Days, Fetch, Listed, Looked, absolute, day_in_text, day_in_uri, page_text
from qzetl.collect.publisher import Listing
from qzetl.errors import FetchError

__all__ = ["list_page"]

_PAGES = 10
_CONTAINERS = frozenset({"li", "tr", "dd", "p"})
_HEIGHT = 4  # how far above a link its entry's own element is looked for


def list_page(listing: Listing, fetch: Fetch, days: Days) -> Iterator[Listed | Looked]:
    """Yield the links that ``select`` finds (all links where it is not given), page after page by ``next``.

    Raises `FetchError` ``list-unrecognised`` where the first page has no such link.
    """
    select = str(listing.options.get("select", "a[href]"))
    following = listing.options.get("next")
    address: str | None = listing.url
    seen: set[str] = set()
    for number in range(int(listing.options.get("pages", _PAGES))):
        if address is None or address in seen:
            return
        seen.add(address)
        page = LexborHTMLParser(page_text(fetch(address)))
        found = [entry for link in page.css(select) if (entry := _entry(link, address))]
        if not found and number == 0:
            message = f"{address} has no link under {select!r}; look at the page and mend the selector"
            raise FetchError(outcome="list-unrecognised", message=message)
        yield from found
        since = days.since
        if since is not None and all(entry.day is not None and entry.day < since for entry in found):
            return
        link = page.css_first(str(following)) if following else None
        address = absolute(address, link.attributes.get("href")) if link is not None else None


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
