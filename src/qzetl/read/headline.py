"""An article's headline, without the site's name, and where on the page it stands.

The page's title (``<title>``) holds the headline and, before or behind it, names of the column and the site. The part
of it that stands on the page by itself is the headline; the longest such part wins. Only where none does are the
site's names cut off by their looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from qzetl.read.claims import Claims
from qzetl.read.outline import Outline
from qzetl.read.tidy import tidy

__all__ = ["Headline", "find_headline", "key"]

_SEPARATOR = re.compile(r"\s*(?:[_|｜]+|--+|——|[-–—·:：>＞»«<＜/])\s*|\s+")
# Separators between a headline and the site's name; the others also stand inside headlines.
_STRONG = re.compile(r"[_|｜<>«»＞＜]|-{1,}|\s[-–—·]\s")
_SITE = re.compile(
    r"(?:网站?|在线|频道|日报|晚报|早报|时报|晨报|都市报|周刊|杂志|政府|门户网?|新闻|资讯|博客|论坛|首页|中心|委员会|局|厅|"
    r"财经|新浪|网易|搜狐|腾讯|凤凰|百度|人民|新华|澎湃|客户端|公众号|电视台|广播|传媒|融媒体?|\.com|\.cn|\.net|动态|要闻|快讯)"
    r"[\w.]{0,6}$",
    re.IGNORECASE,
)
_LATIN_SITE = re.compile(r"[A-Za-z0-9 .!]{2,30}$")
_PAGED = re.compile(r"[(（【\[]?\s*第?\s*(?:页\s*\d{1,3}|\d{1,3}\s*页|\d{1,2}/\d{1,2})\s*[)）】\]]?(?=$|\s+-)")
_RULES = re.compile(r"^[\s\-—_|·>»]+|[\s\-—_|·>»]+$")
_NO_HEADLINE = re.compile(
    r"[。；]|来源\s*[:：]|作者\s*[:：]|发布|\d[:：]\d\d|(?:19|20)\d\d\s?[-年/.]\s?\d|^第?\d+[页条]|https?:|^[>》]"
    r"|^首页"
)
_NAMED = re.compile(r"title|headline|heading|biaoti|subject|(?:^|[\s_-])(?:bt|tit)(?:$|[\s_-])", re.IGNORECASE)
_HEADS = {"h1": 3.0, "h2": 2.0, "h3": 1.5, "h4": 1.0, "h5": 0.8, "h6": 0.6, "founder-title": 3.0}
_BLOCKS = frozenset(("p", "div", "td", "th", "li", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "center"))
_STRESSED = frozenset(("b", "strong", "font", "th", "center", "big"))
_SHORTEST, _LONGEST = 4, 120
_MOST_PARTS, _MOST_HEADS = 12, 40
# How far above the body a headline may stand, how deep in it, and how good its looks must be.
# Runs in an element that holds the headline alone.
_FEW = 3
_ABOVE, _INSIDE, _ENOUGH = 40, 5, 1.0
# How many runs of the body may come before the headline that it repeats.
_TOP = 30
# Names of sites are no longer; a longer line that ends with their words (新闻发布会实录) is a headline.
_SITE_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline, None where there is none, and the first run after it, 0 where it does not stand on the page.

    `rule` names what found it, "" where nothing did.
    """

    text: str | None
    after: int = 0
    rule: str = ""


def key(text: str) -> str:
    """Return what two writings of the same headline have in common: letters, digits and characters."""
    return "".join(filter(str.isalnum, text)).lower()


def find_headline(tree: LexborHTMLParser, page: Outline, body: int, claims: Claims) -> Headline:
    """Return the headline of the article whose body is the element at `body`."""
    node = tree.css_first("title")
    whole = _PAGED.sub("", tidy((node.text() if node is not None else "") or "")).strip()
    places = _places(page, body)
    standing = _standing(tree, page, whole, places)
    if claims.title and claims.exact and (standing is None or _akin(claims.title, whole)):
        return Headline(claims.title, places.get(key(claims.title), 0), "metadata")
    rules: tuple[tuple[str, Callable[[], str | None]], ...] = (
        ("page title standing on the page", lambda: standing),
        ("metadata standing on the page", lambda: _standing(tree, page, claims.title or "", places)),
        ("looks", lambda: _by_looks(tree, page, body)),
        ("metadata" if claims.title else "page title", lambda: _without_site(claims.title or whole)),
    )
    text, name = next(((text, name) for name, rule in rules if (text := rule())), (None, ""))
    return Headline(text, places.get(key(text or ""), 0), name)


def _akin(one: str, other: str) -> bool:
    return key(one) in key(other) or key(other) in key(one)


def _places(page: Outline, body: int) -> dict[str, int]:
    """Map the key of every short run up to the body's first lines to the place after it.

    The last one counts, and one that is no link before one that is.
    """
    end = min(page.first_runs[body] + _TOP, page.end_runs[body])
    places: dict[str, int] = {}
    for linked in (False, True):
        for i in range(end - 1, -1, -1):
            if page.linked[i] is linked and _SHORTEST <= len(page.runs[i]) <= _LONGEST:
                places.setdefault(key(page.runs[i]), i + 1)
    return places


def _standing(tree: LexborHTMLParser, page: Outline, whole: str, places: dict[str, int]) -> str | None:
    """Return the longest part of a page's title that stands on the page by itself, and is no site's name."""
    parts = _parts(whole)
    if not parts:
        return None
    heads = _keys(page, [place for place, tag in enumerate(page.tags) if tag in ("h1", "h2", "h3")])
    for part in parts:
        wanted = key(part)
        if (part == whole or not _names_site(part)) and (wanted in heads or wanted in places):
            return part
    titled = _titled_links(tree)
    named = _keys(
        page,
        [
            place
            for place, names in enumerate(page.names)
            if (names and "title" in names.lower()) or page.identities[place] in titled
        ],
    )
    return next((part for part in parts if key(part) in named and not _names_site(part)), None)


def _names_site(part: str) -> bool:
    return (len(part) <= _SITE_LENGTH and bool(_SITE.search(part))) or bool(_LATIN_SITE.match(part))


def _titled_links(tree: LexborHTMLParser) -> set[int]:
    """Return the identities of the links whose class or id calls them titles; the outline has no names of links."""
    return {node.mem_id for node in tree.css("a[class*=title i], a[id*=title i]")}


def _keys(page: Outline, elements: list[int]) -> set[str]:
    """Return the key of the whole text of each of the first of `elements`."""
    return {key("".join(page.runs[page.first_runs[place] : page.end_runs[place]])) for place in elements[:_MOST_HEADS]}


def _parts(whole: str) -> list[str]:
    """Return the contiguous parts of a title between separators, the longest first, of which none is too short."""
    spans = list(_SEPARATOR.finditer(whole[:300]))[:_MOST_PARTS]
    starts = [0, *(span.end() for span in spans)]
    ends = [*(span.start() for span in spans), len(whole)]
    parts = {whole[start:end] for start in starts for end in ends if end - start >= _SHORTEST}
    return sorted((part for part in parts if len(key(part)) >= _SHORTEST), key=lambda part: (-len(part), part))


def _without_site(whole: str) -> str:
    """Cut what looks like the names of site and column off both ends of a page's title."""
    parts, start = [], 0
    for span in _SEPARATOR.finditer(whole):
        if _STRONG.search(span[0]):
            parts.append((start, span.start()))
            start = span.end()
    parts.append((start, len(whole)))
    while len(parts) > 1 and _is_site(whole[slice(*parts[-1])], behind=True):
        parts.pop()
    while len(parts) > 1 and _is_site(whole[slice(*parts[0])], behind=False):
        parts.pop(0)
    return whole[parts[0][0] : parts[-1][1]].strip()


def _is_site(part: str, *, behind: bool) -> bool:
    short = behind and len(part) <= 12  # noqa: PLR2004  # columns and sites have short names
    return not part.strip() or short or bool(_SITE.search(part)) or bool(_LATIN_SITE.match(part))


def _by_looks(tree: LexborHTMLParser, page: Outline, body: int) -> str | None:
    """Return the line above the body, or at its top, that looks most like a headline."""
    first = page.first_runs[body]
    best, best_looks, titled = None, _ENOUGH, _titled_links(tree)
    for i in range(max(first - _ABOVE, 0), min(first + _INSIDE, page.end_runs[body])):
        text = _RULES.sub("", tidy(page.runs[i]))
        if i >= first and not _is_line(page, i):
            continue
        if _SHORTEST <= len(key(text)) <= _LONGEST // 2 and not _NO_HEADLINE.search(text):
            looks = _looks(page, i, titled) - (0.1 * (first - i) if i < first else 0.5 * (i - first))
            if looks > best_looks:
                best, best_looks = text, looks
    return best


def _is_line(page: Outline, i: int) -> bool:
    """Whether a run fills its paragraph, table cell or the like, rather than being a piece of one."""
    place = page.holders[i]
    while place > 0 and page.tags[place] not in _BLOCKS:
        place = page.parents[place]
    return len(page.span(place)) < _FEW


def _looks(page: Outline, i: int, titled: set[int]) -> float:
    """Score how a run is set: by its own and the nearest elements' tags and names, and its length."""
    text = page.runs[i]
    looks = (0.7 if len(text) >= 2 * _SHORTEST else 0.0) - (1.0 if page.linked[i] else 0.0)
    looks -= 1.5 if _SITE.search(text) else 0.0
    place, steps = page.holders[i], 0
    while place >= 0 and steps < 3:  # noqa: PLR2004  # farther out, names speak of the page
        tag = page.tags[place]
        alone = len(page.span(place)) <= _FEW
        looks += _HEADS.get(tag, 0.0) + (0.5 if tag in _STRESSED else 0.0)
        named = _NAMED.search(page.names[place]) or page.identities[place] in titled
        looks += 1.5 if alone and named else 0.0
        place, steps = page.parents[place], steps + 1
    return looks
