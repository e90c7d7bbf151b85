"""E-papers of the Founder family: an issue is a day, its pages are nodes, each page names its articles.

``paperindex.htm`` leads to today's issue, by HTTP or by a refresh in the page; an issue of another day stands at an
address made of the day. The option ``issue`` is that address relative to the list's, in strftime's letters
(``html/%Y-%m/%d/node_1.htm``, ``pc/layout/%Y%m/%d/node_01.html``, ``%Y/%m/%d/page_detail_1_%Y%m%dA01.html``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urljoin

from qzetl.collect.http import Fetched
from qzetl.collect.listing.listed import Days, Fetch, Listed, Looked, absolute, day_in_uri, page_text, tree_of
from qzetl.collect.publisher import Listing
from qzetl.errors import FetchError

__all__ = ["list_epaper"]

_ISSUE = "html/%Y-%m/%d/node_1.htm"
_REFRESH = re.compile(r"url\s*=\s*['\"]?\s*([^'\"\s>]+)", re.IGNORECASE)
_PAGES = "a#pageLink, a[href*='node_'], a[href*='page_detail_']"
_ARTICLES = "ul.main-ed-articlenav-list a, map area, a[href*='content_'], a[href*='article_detail_']"
_CONTENT = re.compile(r"/(?:content|article_detail)_\w+\.html?$")
_NODE = re.compile(r"/(?:node|page_detail)_\w+\.html?$")
_REFRESHES = 3


def list_epaper(listing: Listing, fetch: Fetch, days: Days) -> Iterator[Listed | Looked]:
    """Yield the articles of the issues in the days asked for; of today's issue where no first day is given.

    With a first day but no last one the issues end with today's. A day without an issue is told as ``empty-list``.
    """
    if days.since is None:
        yield from _issue(_today(listing, fetch), None, fetch)
        return
    last = days.until or _last_day(listing, fetch)
    template = listing.text("issue", _ISSUE)
    day = days.since
    while day <= last:
        address = urljoin(listing.url, day.strftime(template))
        try:
            yield from _issue(fetch(address), day, fetch)
        except FetchError as error:
            missing = error.outcome == "http-404"
            message = f"there is no issue of {day}" if missing else str(error)
            yield Looked(address, day, "empty-list" if missing else error.outcome, message)
        day += timedelta(days=1)


def _last_day(listing: Listing, fetch: Fetch) -> date:
    address = _today(listing, fetch).uri
    day = day_in_uri(address)
    if day is None:
        message = f"{address}, to which {listing.url} leads, does not tell its day; give a last day with --until"
        raise FetchError(outcome="list-unrecognised", message=message)
    return day


def _today(listing: Listing, fetch: Fetch) -> Fetched:
    """Return the first page of the newest issue, to which the list's address leads."""
    fetched = fetch(listing.url)
    for _ in range(_REFRESHES):
        refresh = tree_of(page_text(fetched), fetched.uri).css_first("meta[http-equiv='refresh' i]")
        match = _REFRESH.search(refresh.attributes.get("content") or "") if refresh is not None else None
        target = absolute(fetched.uri, match[1]) if match else None
        if target is None:
            break
        fetched = fetch(target)
    return fetched


def _issue(first: Fetched, day: date | None, fetch: Fetch) -> Iterator[Listed | Looked]:
    """Yield the articles of an issue, page by page in the order of the paper."""
    day = day or day_in_uri(first.uri)
    pages = {first.uri: first}
    waiting = list(dict.fromkeys(_links(first, _PAGES, _NODE)))
    seen: set[str] = set()
    yield from _articles(first, day, seen)
    for address in waiting:
        if address in pages:
            continue
        try:
            pages[address] = fetch(address)
        except FetchError as error:
            yield Looked(address, day, error.outcome, str(error))
        else:
            yield from _articles(pages[address], day, seen)
    if not seen:
        message = f"{first.uri} names no article; look at the page"
        raise FetchError(outcome="list-unrecognised", message=message)


def _articles(page: Fetched, day: date | None, seen: set[str]) -> Iterator[Listed]:
    for uri, title in _links(page, _ARTICLES, _CONTENT).items():
        if uri not in seen:
            seen.add(uri)
            yield Listed(uri, day, title)


def _links(page: Fetched, select: str, form: re.Pattern[str]) -> dict[str, str]:
    """Return the page's links of one form with the longest of their texts; an article has a link and a map's area."""
    found: dict[str, str] = {}
    for link in tree_of(page_text(page), page.uri).css(select):
        uri = absolute(page.uri, link.attributes.get("href"))
        if uri is not None and form.search(uri.partition("?")[0]):
            title = " ".join(link.text().split()) or (link.attributes.get("title") or "").strip()
            found[uri] = max(found.get(uri, ""), title, key=len)
    return found
