"""Hanweb's datastores (jpage): records inline in the column's page, later groups from ``dataproxy.jsp``.

The page has an empty list and a ``<script type="text/xml">`` with ``<record>`` elements whose CDATA is a list entry.
Later groups stand at the address in its ``<nextgroup>`` (GET, by ``page``), or are posted for with the parameters that
the page's script gives to jpage (``startrecord``, ``endrecord``, ``perpage``; a group is ``groupSize`` pages). Both are
answered with the same XML without a page around it. A parser that drops scripts would lose all of it, so the records
are cut out of the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

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

__all__ = ["has_datastore", "list_datastore"]

_PAGES = 20  # groups that are asked for where the publisher's file does not say
_PER_PAGE = 15
_GROUP_SIZE = 3
_SETTING = re.compile(r"\b(proxyUrl|perPage|groupSize|totalRecord)\s*:\s*['\"]?([^'\",\s}]{1,200})")
_PARAMETERS = re.compile(r"\bajaxParam\s*:\s*\{([^{}]{0,2000})\}")
_PARAMETER = re.compile(r"['\"]?(\w{1,40})['\"]?\s*:\s*(?:'([^']*)'|\"([^\"]*)\"|([^,'\"\s]{1,100}))")


@dataclass(frozen=True, slots=True)
class _Posted:
    """How later groups are posted for: where, with which form, how many records a page and a group have."""

    address: str
    form: Mapping[str, str]
    per_page: int
    group: int


def has_datastore(page: str) -> bool:
    """Return whether a column's page keeps its list in a datastore."""
    return "<datastore" in page.lower()


def list_datastore(listing: Listing, fetch: Fetch, days: Days, base: str, page: str) -> Iterator[Listed | Looked]:
    """Yield the articles of a column whose `page` stands at `base`, group after group."""
    proxied, posted = _proxied(page), _posted(page, base)
    limit = listing.number("pages", _PAGES)
    seen: set[str] = set()
    for number in range(1, limit + 2):
        found = [entry for entry in _entries(_records(page), base) if entry.uri not in seen]
        seen.update(entry.uri for entry in found)
        yield from found
        # The first group repeats what the page has inline, and may hold more.
        nothing_new = not found and number > 2  # noqa: PLR2004
        if nothing_new or wholly_before(found, days) or number > min(limit, _groups(page, posted) or limit):
            return
        if proxied is not None:
            page = page_text(fetch(_numbered(proxied, base, number), referer=base))
        elif posted is not None:
            address = _numbered_records(posted, number)
            page = page_text(fetch(address, form=posted.form, referer=base))
        else:
            return


def _between(text: str, opening: str, closing: str) -> Iterator[str]:
    """Yield what stands between the two marks, each time they occur; in one pass."""
    for part in text.split(opening)[1:]:
        inside, closed, _ = part.partition(closing)
        if closed:
            yield inside


def _records(text: str) -> list[str]:
    return [record for part in _between(text, "<record>", "</record>") for record in _between(part, "<![CDATA[", "]]>")]


def _proxied(page: str) -> str | None:
    """Return the address of the groups as the page gives it, None where it gives none."""
    for part in _between(page, "<nextgroup>", "</nextgroup>"):
        link = tree_of(part.replace("<![CDATA[", "").replace("]]>", ""), "").css_first("a[href]")
        if link is not None:
            return link.attributes.get("href")
    return None


def _posted(page: str, base: str) -> _Posted | None:
    """Return how the page's script asks for later groups, None where it does not."""
    settings = dict(_SETTING.findall(page))
    parameters = _PARAMETERS.search(page)
    address = absolute(base, settings.get("proxyUrl"))
    if address is None or parameters is None:
        return None
    form = {found[1]: found[2] or found[3] or found[4] or "" for found in _PARAMETER.finditer(parameters[1])}
    per_page = _count(settings.get("perPage"), _PER_PAGE)
    return _Posted(address, form, per_page, per_page * _count(settings.get("groupSize"), _GROUP_SIZE))


def _count(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isascii() and written.isdigit() and int(written) else otherwise


def _groups(page: str, posted: _Posted | None) -> int | None:
    """Return how many groups there are, where the page says it."""
    if posted is not None and (records := _told(page, "totalrecord")) is not None:
        return -(-records // posted.group)
    return _told(page, "totalpage")


def _told(page: str, name: str) -> int | None:
    told = next(_between(page, f"<{name}>", f"</{name}>"), "").strip()
    return int(told) if told.isascii() and told.isdigit() else None


def _entries(records: list[str], base: str) -> Iterator[Listed]:
    for record in records:
        entry = tree_of(record, base)
        for link in entry.css("a[href]")[:1]:
            uri = absolute(base, link.attributes.get("href"))
            if uri is not None:
                title = html.unescape(link.attributes.get("title") or "").strip() or link.text().strip()
                written = " ".join(node.text() for node in entry.css("span, i, b, td, em")) or entry.text()
                yield Listed(uri, day_in_text(written) or day_in_uri(uri), title)


def _numbered(group: str, base: str, number: int) -> str:
    """Return the group's address with its ``page`` set."""
    return _with_query(absolute(base, group) or base, {"page": str(number)})


def _numbered_records(posted: _Posted, number: int) -> str:
    """Return the address that a group is posted for, its records counted from 1."""
    last = number * posted.group
    first = last - posted.group + 1
    query = {"startrecord": str(first), "endrecord": str(last), "perpage": str(posted.per_page)}
    return _with_query(posted.address, query)


def _with_query(address: str, query: Mapping[str, str]) -> str:
    parts = urlsplit(address)
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key not in query]
    return urlunsplit(parts._replace(query=urlencode([*query.items(), *kept])))
