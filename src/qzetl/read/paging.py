"""Articles printed over several pages: where one goes on, and how its pages become one article again.

A page's address and its next page's differ in a page number alone: ``a.html``, ``a_2.html`` (or ``a_1.html``, counted
from none), ``?page=2``. Only that makes a link named 下一页 lead to more of the article and not to another one; whether
what is found there belongs to it is seen when the pages are joined: the same headline, and text that was not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

from qzetl.collect.capture import Capture
from qzetl.read.article import Article
from qzetl.read.headline import key
from qzetl.read.outline import Outline

__all__ = ["is_further_page", "join_pages", "may_continue", "next_page"]

Read = tuple[Capture, Article]

# Spares most pages the search: words and scripts of pagers.
_SCRIPTED = "createPageHTML"
_WORDS = ("下一页", "下页", "后一页", "后页", "下一頁", "下頁", "後一頁", "後頁", "余下全文", "阅读全文", ">2<", "[2]")
_ENCODED = {word.encode(code, "ignore") for word in (_SCRIPTED, *_WORDS) for code in ("utf-8", "gb18030", "big5")}
_ENCODED.discard(b"")
# How the words of a pager's link begin, and how long they are at most.
_BEGINNING = frozenset("下后後余阅Nn第0123456789[【(（<>»›")
_SHORT = 12
_NEXT = re.compile(
    r"^[\[【(（<>»›\s]*(?:[下后後]\s?一?\s?[页頁]|余下全文.{0,6}|阅读全文|[Nn]ext(?:\s[Pp]age)?)[\]】)）<>»›\s]*$"
)
_NUMBER = re.compile(r"^[\[【(（\s]*(?:第\s?)?(\d{1,2})(?:\s?页)?[\]】)）\s]*$")
# TRS's pager: how many pages, the current one (from 0), the name of the files, their suffix.
_SCRIPT = re.compile(
    r"createPageHTML\s?\(\s?(\d{1,2})\s?,\s?(\d{1,2})\s?,\s?[\"']([\w-]{1,100})[\"']\s?,\s?[\"'](\w{1,10})[\"']"
)
# The page number at the end of an address's path, before the suffix; longer numbers are ids.
_IN_PATH = re.compile(r"(?<=[^/_-])[_-](\d{1,2})(?=(?:\.\w{1,6})?/?$)|(?<=/)(\d{1,2})(?=/?$)")
_IN_QUERY = re.compile(
    r"(?:^|&)(?:page|p|pn|pageno|pagenum|pageindex|curpage|currentpage|div)=-?(\d{1,2})(?=&|$)", re.IGNORECASE
)
# An opening tag with its address, quoted or not, up to where its words begin.
_LINK = re.compile(
    r"<a\s[^>]{0,400}?href\s*=\s*(?:[\"']([^\"'>]{0,500})[\"']|([^\s\"'>]{1,500}))[^>]{0,400}>", re.IGNORECASE
)
_LONGEST_LINK, _MOST_LINKS = 600, 20
_MOST_PAGES = 50


def next_page(page: Outline, html: str, uri: str) -> str | None:
    """Return the address at which the article at `uri` goes on, None where its page names none."""
    here = _number(uri)
    further: dict[int, str] = {}
    for address, said in _links(page, html, here):
        there = _joined(uri, address)
        number = _number(there) if there else 0
        if there is None or _stem(there) != _stem(uri) or number <= here:
            continue
        if not _NUMBER.match(said) or _is_number(said, number - 1):
            further.setdefault(number, there)
    return further[min(further)] if further else None


def may_continue(body: bytes) -> bool:
    """Whether a page's bytes hold what pagers have; most pages hold none, and need not be read to know it."""
    return any(sign in body for sign in _ENCODED)


def is_further_page(uri: str) -> bool:
    """Whether an address has a page number, so that it may be another's next page."""
    return _number(uri) > 0


def join_pages(read: Iterable[Read]) -> Iterator[Read]:
    """Yield every article once, those of several pages whole, under the first page's capture.

    Articles of one page come at once and in their order; the others when all are read. An article whose next page is
    not among those given keeps its `continues`. Where there are several captures of a page, the one nearest in time
    goes with the first page's.
    """
    held: list[Read] = []
    for capture, article in read:
        if article.continues or is_further_page(capture.uri):
            held.append((capture, article))
        else:
            yield capture, article
    held.sort(key=lambda one: _number(one[0].uri))
    by_uri: dict[str, list[Read]] = {}
    for one in held:
        by_uri.setdefault(one[0].uri, []).append(one)
    taken: set[int] = set()
    whole = [_followed(*one, by_uri, taken) for one in held]
    for (capture, article), joined in zip(held, whole, strict=True):
        if id(article) not in taken:
            yield capture, joined


def _followed(capture: Capture, article: Article, by_uri: dict[str, list[Read]], taken: set[int]) -> Article:
    """Return the article with what its further pages say; they are noted in `taken`."""
    whole = article
    for _ in range(_MOST_PAGES):
        found = by_uri.get(whole.continues or "", [])
        if not found:
            return whole
        _, further = min(found, key=lambda one: abs(one[0].retrieved - capture.retrieved))
        if not _belongs(further, whole):
            return replace(whole, continues=None)
        taken.add(id(further))
        whole = replace(
            whole,
            text=f"{whole.text}\n{further.text}",
            captions=whole.captions + further.captions,
            continues=further.continues,
        )
    return whole


def _belongs(further: Article, whole: Article) -> bool:
    one, other = key(further.title or ""), key(whole.title or "")
    return (not one or not other or one in other or other in one) and further.text not in whole.text


def _links(page: Outline, html: str, here: int) -> Iterator[tuple[str, str]]:
    """Yield the address and the words of every link that may belong to a pager, those of TRS's script first."""
    for found in _SCRIPT.finditer(html) if _SCRIPTED in html else ():
        count, current, name, suffix = int(found[1]), int(found[2]), found[3], found[4]
        if current + 1 < count:
            yield f"{name}_{current + 1}.{suffix}", "下一页"
    short = {run for run, linked in zip(page.runs, page.linked, strict=True) if linked and len(run) <= _SHORT}
    for said in sorted(run for run in short if run[0] in _BEGINNING and (_NEXT.match(run) or _is_number(run, here))):
        yield from ((address, said) for address in _addresses(html, escape(said, quote=False)))


def _is_number(run: str, here: int) -> bool:
    """Whether a link's words are the number of the page after the one numbered `here`, counted from 0 or 1."""
    named = _NUMBER.match(run)
    return named is not None and int(named[1]) - here in (1, 2)


def _addresses(html: str, said: str) -> Iterator[str]:
    """Yield the addresses of the first links of a page whose words are `said`, as the page writes them."""
    said = f">{said}" if said.isdigit() else said  # a page has digits everywhere
    at = html.find(said)
    for _ in range(_MOST_LINKS):
        start = html.rfind("<a", max(at - _LONGEST_LINK, 0), at) if at >= 0 else -1
        if start >= 0 and (link := _LINK.match(html, start, at + 1)):
            yield unescape(link[1] or link[2] or "")
        at = html.find(said, at + 1) if at >= 0 else -1


def _joined(uri: str, address: str) -> str | None:
    try:
        there = urljoin(uri, address.strip()).partition("#")[0]
        urlsplit(there)
    except ValueError:
        return None
    return there


def _number(uri: str) -> int:
    """Return the page number that an address has, 0 where it has none."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return 0
    found = _IN_QUERY.search(parts.query) or _IN_PATH.search(parts.path)
    return int(next(filter(None, found.groups()))) if found else 0


def _stem(uri: str) -> tuple[str, str]:
    """Return an address without its page number: what all pages of an article have in common."""
    parts = urlsplit(uri)
    query = _IN_QUERY.sub("", parts.query).strip("&")
    path = parts.path if query != parts.query else _IN_PATH.sub("", parts.path)
    return parts.netloc, f"{path.rstrip('/')}?{query}"
