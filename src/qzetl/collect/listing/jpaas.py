"""Hanweb's present generation (jpaas): the list is asked for as JSON whose ``data.html`` is a fragment of a page.

The column's page carries the parameters of its list in a script or an attribute (``queryData``), quoted in either way:
``webId``, ``pageId``, ``tplSetId``, ``tagId``, ``parseType`` (spelled ``bulidstatic`` on most sites), ``pageType``.
Where it names several lists, the one whose ``tagId`` speaks of a list or of pages is the column's; the option ``tag``
of a publisher's file overrules that.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlencode, urljoin

from qzetl.collect.http import Fetched
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

__all__ = ["jpaas_query", "list_jpaas"]

_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_PAGES = 20
_SIZE = 50  # entries of a page; the sites give no more
_NAMES = ("parseType", "webId", "tplSetId", "pageType", "tagId", "pageId")
_PAIR = re.compile(rf"['\"]?\b({'|'.join(_NAMES)})\b['\"]?\s*[:=]\s*['\"]([^'\"]{{0,200}})['\"]")
_COLUMN = re.compile(r"/col/col(\d+)/")
_LISTS = ("list", "列表", "分页", "栏目")
_COUNT = re.compile(r"\bcount\W{1,8}(\d{1,9})\b")
_ENTRIES = "li a[href], tr a[href], dd a[href]"


def jpaas_query(page: str, listing: Listing) -> dict[str, str] | None:
    """Return the parameters of the column's list, None where the page has none."""
    found: list[dict[str, str]] = []
    for name, value in _PAIR.findall(html.unescape(page)):
        if not found or name in found[-1]:
            found.append({})
        found[-1][name] = value
    sets = [one for one in found if "webId" in one and "tplSetId" in one]
    if not sets:
        return None
    tag = listing.text("tag")
    chosen = max(sets, key=lambda one: ("tagId" in one, sum(word in one.get("tagId", "") for word in _LISTS)))
    column = _COLUMN.search(listing.url)
    return {
        "parseType": chosen.get("parseType", "bulidstatic"),
        "webId": chosen["webId"],
        "tplSetId": chosen["tplSetId"],
        "pageType": chosen.get("pageType", "column"),
        "tagId": tag or chosen.get("tagId", "当前栏目_list"),
        "editType": "null",
        "pageId": chosen.get("pageId") or (column[1] if column else ""),
    }


def list_jpaas(
    listing: Listing, fetch: Fetch, days: Days, base: str, query: Mapping[str, str]
) -> Iterator[Listed | Looked]:
    """Yield the articles of the column at `base`, page after page of its list.

    Raises `FetchError` ``list-unrecognised`` where the answer holds no list.
    """
    seen: set[str] = set()
    for number in range(1, listing.number("pages", _PAGES) + 1):
        fragment = _fragment(fetch(_address(base, query, number), referer=base))
        found = [entry for entry in _entries(fragment, base) if entry.uri not in seen]
        if not found and number == 1:
            message = f"{listing.url}: its list ({query['tagId']}) names no article; give its name with the option tag"
            raise FetchError(outcome="list-unrecognised", message=message)
        seen.update(entry.uri for entry in found)
        yield from found
        told = _COUNT.search(fragment)
        if not found or wholly_before(found, days) or (told and number * _SIZE >= int(told[1])):
            return


def _address(base: str, query: Mapping[str, str], number: int) -> str:
    parameters = json.dumps({"pageNo": number, "pageSize": _SIZE}, separators=(",", ":"))
    return urljoin(base, _UNIT) + "?" + urlencode({**query, "paramJson": parameters}, quote_via=quote)


def _fragment(fetched: Fetched) -> str:
    try:
        answer = json.loads(page_text(fetched))
    except (ValueError, RecursionError):
        answer = None
    held = answer.get("data") if isinstance(answer, dict) else None
    fragment = held.get("html") if isinstance(held, dict) else None
    if not isinstance(fragment, str):
        message = f"{fetched.uri} is not the JSON of a jpaas list; look at it and at the column's page"
        raise FetchError(outcome="list-unrecognised", message=message)
    return fragment


def _entries(fragment: str, base: str) -> Iterator[Listed]:
    for link in tree_of(fragment, base).css(_ENTRIES):
        uri = absolute(base, link.attributes.get("href"))
        if uri is None or link.css_matches(".pagination a"):
            continue
        title = (link.attributes.get("title") or "").strip() or " ".join(link.text().split())
        entry = link.parent
        while entry is not None and entry.tag not in {"li", "tr", "dd"}:
            entry = entry.parent
        written = entry.text() if entry is not None else ""
        yield Listed(uri, day_in_text(written.replace(title, " ")) or day_in_uri(uri), title)
