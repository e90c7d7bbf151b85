"""From a page to an article: where it is, what it is called, when and by whom it was published."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from qzetl.collect.guard import check_nesting, check_size
from qzetl.errors import InputError
from qzetl.read.article import Article
from qzetl.read.body import find_body, scores
from qzetl.read.claims import read_claims
from qzetl.read.credit import read_credits
from qzetl.read.figures import find_tables
from qzetl.read.furniture import cleaned
from qzetl.read.headline import Headline, find_headline
from qzetl.read.layouts import Layout, find_marked, find_selected, known_layouts
from qzetl.read.nearby import lines_above, lines_below, lines_over, named_writer
from qzetl.read.outline import Outline, outline
from qzetl.read.paging import next_page
from qzetl.read.prose import blocks_of
from qzetl.read.published import find_published

__all__ = ["read_page"]

# A known layout's element is believed if it holds this share of the page's best score, or of its text.
_BELIEVED = 0.4
# A page with less prose than this is no article; with many links beside so little it is a list of articles.
_LEAST = 15
# So little text may be names and labels alone; it is an article if it has a sentence's mark or a figure.
_LABELS, _TELLING = 60, re.compile(r"[。！？；!?]|\w[，,]\s?\w|\d|[.]\s|[.]$")
_LITTLE, _MANY_LINKS = 200, 10
# So many headlines with prose below each are a list; a headline and a line of prose have so many characters at least.
_MANY_LEADS, _HEADLINE, _LINE = 5, 8, 30
# What stands below a headline in a list is cut off somewhere, or short.
_PARAGRAPH, _FULL_STOPS = 120, ("。", "！", "？", "”")
_TAG = re.compile(r"<[^>]{0,2000}>")
_ERROR_PAGE = re.compile(
    r"(?:^|\D)(?:403|404|502|503)(?:\D|$)|页面不存在|找不到(?:该|您)?.{0,6}页|页面(?:已|被){0,2}(?:删除|丢失|移除)|"
    r"文章(?:已|被|不)(?:删除|存在)|(?:检查|核对).{0,8}(?:网址|地址)|无法(?:访问|找到)|not found|forbidden|"
    r"您访问的.{0,10}(?:不存在|出错)|内容已被?删除|请(?:先)?登录",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Body:
    """Where the article is: the rule that found it, its place among the page's elements, the element itself."""

    rule: str
    place: int
    node: LexborNode


def read_page(html: str, uri: str, layouts: tuple[Layout, ...] | None = None) -> Article:
    """Read one decoded page; `uri` is where it came from, `layouts` the known ones (all if None, none if empty).

    Raises `InputError` with outcome ``no-article``, ``list-page``, ``too-deep`` or ``too-large``.
    """
    check_size(html, uri)
    check_nesting(html, uri)
    tree = LexborHTMLParser(html)
    page = outline(tree)
    body = _find(tree, html, page, known_layouts() if layouts is None else layouts)
    if body is None:
        raise _nothing(uri, page, "no prose was found on the page")
    claims = read_claims(tree, html)
    headline = find_headline(tree, page, body.place, claims)
    kept, names, credits_below = cleaned(blocks_of(body.node), headline.text)
    text = "\n".join(block.text for block in kept if block.kind != "caption")
    _check(uri, page, body.place, headline, text)
    place = (page, body.place, headline.after)
    above = read_credits(lines_above(*place))
    below = read_credits(f"{lines_below(page, body.place)}\n{credits_below}")
    published, dated_by = find_published(tree, html, uri, claims, place)
    return Article(
        uri=uri,
        title=headline.text,
        text=text,
        byline="，".join(names) or claims.byline or named_writer(*place) or above.byline or below.byline,
        source=claims.source or above.source or below.source or read_credits(lines_over(*place)).source,
        published=published,
        layout=body.rule,
        captions=tuple(block.text for block in kept if block.kind == "caption"),
        titled_by=headline.rule,
        dated_by=dated_by,
        continues=next_page(page, html, uri),
    )


def _find(tree: LexborHTMLParser, html: str, page: Outline, layouts: tuple[Layout, ...]) -> _Body | None:
    """Find the body by a known layout whose part holds a good share of the page's prose, else by the generic rule."""
    tables = find_tables(page)
    worth = scores(page, tables)
    generic = find_body(page, worth, tables)
    best = max(worth, default=0.0)
    if layouts and (found := _selected(tree, html, page, worth, layouts)):
        return found
    if generic is None:
        return None
    if layouts and (marked := find_marked(html, layouts)):
        name, markup = marked
        part = LexborHTMLParser(markup).body
        if part is not None and len(_TAG.sub("", markup).strip()) >= _BELIEVED * min(best, 400.0):
            return _Body(name, generic, part)
    node = page.node(tree, generic)
    return _Body("generic", generic, node) if node else None


def _selected(
    tree: LexborHTMLParser, html: str, page: Outline, worth: list[float], layouts: tuple[Layout, ...]
) -> _Body | None:
    least = max(_BELIEVED * max(worth, default=0.0), 0.0)
    for name, place in find_selected(tree, html, page, layouts):
        if worth[place] > 0 and worth[place] >= least and _is_text(page, place) and (node := page.node(tree, place)):
            return _Body(name, place, node)
    return None


def _is_text(page: Outline, place: int) -> bool:
    """Whether an element has more runs of text than links: another site may give the same name to more than a body."""
    runs = page.span(place)
    return 2 * sum(page.linked[runs.start : runs.stop]) <= len(runs)


def _check(uri: str, page: Outline, body: int, headline: Headline, text: str) -> None:
    """Refuse what is no article: nothing left, an error or login page, a list of links with a line of prose each."""
    if len(text) < _LEAST:
        raise _nothing(uri, page, "hardly any text is left without links and labels")
    if len(text) < _LABELS and not _TELLING.search(text):
        raise _nothing(uri, page, "the little text there is has no sentence and no figure")
    if len(text) < _LITTLE and _ERROR_PAGE.search(f"{headline.text or ''}\n{text}"):
        raise _nothing(uri, page, "the page says that there is nothing to read")
    if (leads := _leads(page, body)) >= _MANY_LEADS:
        msg = f"{uri} is a list of {leads} articles with their first lines and no article; collect what it leads to"
        raise InputError(outcome="list-page", message=msg)


def _leads(page: Outline, body: int) -> int:
    """Return of how many articles the body shows headline and first lines, 0 where most of its prose has no headline.

    Such a headline is a link that is long enough for one and fills an element alone, and prose comes next. Whole
    paragraphs below such headlines are a report in parts, and no list.
    """
    first_lines: list[str] = []
    prose = 0
    span = page.span(body)
    for i in span:
        if page.linked[i]:
            if len(page.runs[i]) >= _HEADLINE and i + 1 < span.stop and not page.linked[i + 1]:
                alone = page.span(page.parents[page.holders[i]])
                if len(alone) == 1 and len(page.runs[i + 1]) >= _LINE:
                    first_lines.append(page.runs[i + 1])
        elif len(page.runs[i]) >= _LINE:
            prose += 1
    leads = len(first_lines)
    whole = sum(1 for line in first_lines if len(line) >= _PARAGRAPH and line.endswith(_FULL_STOPS))
    return leads if 3 * leads > 2 * prose and 2 * whole <= leads else 0


def _nothing(uri: str, page: Outline, why: str) -> InputError:
    links = sum(page.linked)
    if links >= _MANY_LINKS and 2 * links > len(page.runs):
        msg = f"{uri} is a list of {links} links and no article; collect the pages that it leads to"
        return InputError("list-page", msg)
    msg = f"{uri} has no article: {why}; look at it in a browser, and leave it out if it has none"
    return InputError("no-article", msg)
