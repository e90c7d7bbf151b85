"""Where on a page the article is, when no known layout says so.

The rule: every run of text votes, prose and tables of figures for themselves and links against; an element's score is
the sum over all that it holds, so navigation and lists of links weigh a container down. From the best container the
search goes inward as long as one child alone holds nearly all of the prose.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qzetl.read.figures import Tables, around_table, cell_votes
from qzetl.read.outline import Outline

__all__ = ["find_body", "scores"]

_INLINE = frozenset(("span", "font", "b", "strong", "i", "em", "u", "sub", "sup", "o:p", "st1:chsdate"))
# Pieces that are put together are a sentence if they have one of its marks.
_PIECES = re.compile(r"[，。；]")
_PROSE_MARK = re.compile(r"[，。；：、！？,;!?]")
# Class and id names of what stands around an article; whole words, so that `side-bar` counts and `inside` does not.
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:foot(?:er)?|copyright|disclaimer|sidebar|side|aside|relat(?:ed?|ion)|recommend|"
    r"rank(?:ing)?|nav|menu|breadcrumbs?|crumbs?|share|login|adv?|ads|banner|popup|toolbar|header|friendlinks?)"
    r"(?:$|[\s_-]|(?-i:[A-Z0-9]))",
    re.IGNORECASE,
)
# Names of readers' comments, and of what a framework hides: never the article, whatever the names inside say.
_COMMENTS = re.compile(
    r"(?:^|\s)ng-hide(?:$|\s)|(?:^|[\s_-])(?:comments?|cmt|cmts|pinglun|tie|gentie|replys?|replies|feedbacks?)(?:$|[\s_-]|(?-i:[A-Z0-9]))",
    re.IGNORECASE,
)
# What stands at each comment.
_COMMENT_MARK = re.compile(
    r"\d{1,2}\s?(?:秒|分钟|小时|天|个?月)前|\d{1,4}\s?[楼#]|回复|举报|[赞顶踩](?:\s?[(\[（]\d+[)\]）])?"
)
_COMMENT_VOTE = -20.0
# Names of what holds an article, also within what is around it by name.
_ARTICLE = re.compile(
    r"article|content|zoom|trs_|editor|main_?text|text_?(?:body|con)|artibody|art_?con|news_?(?:con|text|body)|detail|"
    r"post_?(?:body|con|text)|endtext",
    re.IGNORECASE,
)
# What a page says of itself rather than of the news; no vote for the article.
_BOILERPLATE = re.compile(
    r"版权所有|未经.{0,16}(?:许可|授权|同意).{0,20}(?:转载|使用|复制)|[Cc]opyright|©|ICP[备证]|公网安备|"
    r"不代表本[网站报刊]|本[网站](?:刊登|转载|所有|是|系|内容)|不得作为.{0,12}(?:引用|依据)|经营许可证|举报电话|建议使用.{0,12}分辨率|主办单位|网站标识码"
)
# One child must hold this share of its parent's prose for the search to go into it.
_INWARD = 0.8
# Where there is so much prose, that alone says where the article is, and a board of quotations does not.
_MUCH_PROSE = 300.0
# So much beside it is a label and no prose.
_BESIDE = 8.0
# By names alone no more than this share of the page's prose may be set aside.
_MOST_AROUND = 0.7
# … and only if it is more than statements and addresses (characters).
_ARTICLE_SIZE = 300
_LONG_LINE = 30


def find_body(page: Outline, worth: list[float], tables: Tables) -> int | None:
    """Return the place of the element that holds the article, by the elements' `scores`; None without prose."""
    if not worth:
        return None
    most = max(worth)
    if most <= 0:
        return None
    best = len(worth) - 1 - worth[::-1].index(most)
    inner = around_table(page, _inward(page, worth, best, tables), tables)
    return _with_tables(page, inner, tables)


def scores(page: Outline, tables: Tables) -> list[float]:
    """Return each element's score, in characters of prose with links counted against."""
    weights, comments = _weights(page)
    worth = [0.0] * len(page.tags)
    prose: list[tuple[int, float]] = []
    for holder, vote in _votes(page, cell_votes(page, tables)):
        if vote <= 0:
            worth[holder] += vote
        elif holder not in comments:
            prose.append((holder, vote))
    whole = sum(vote for _, vote in prose)
    left = sum(vote for i, vote in prose if weights[i])
    by_names = left >= (1 - _MOST_AROUND) * whole or whole - left <= _ARTICLE_SIZE
    for i, vote in prose:
        if weights[i] or not by_names:
            worth[i] += vote
    for i in range(len(worth) - 1, 0, -1):
        worth[page.parents[i]] += worth[i]
    return worth


def _votes(page: Outline, cells: dict[int, float]) -> list[tuple[int, float]]:
    """Return the vote of every run, and the element for which it is; pieces of a sentence vote together, `cells` so."""
    votes = [
        (holder, -0.7 * len(text) if linked else _vote(text))
        for text, linked, holder in zip(page.runs, page.linked, page.holders, strict=True)
    ]
    prose = sum(vote for i, (_, vote) in enumerate(votes) if vote > 0 and i not in cells) if cells else 0.0
    for i, vote in cells.items():
        if not page.linked[i]:
            votes[i] = votes[i][0], max(votes[i][1], vote if prose < _MUCH_PROSE else 0.0)
    for first, (stop, holder) in _sentences(page).items():
        votes[first:stop] = [(holder, 0.0)] * (stop - first)
        votes[first] = holder, _vote("".join(page.runs[first:stop]))
    return votes


def _sentences(page: Outline) -> dict[int, tuple[int, int]]:
    """Map the first of the runs that are pieces of one sentence to the place after the last, and to their element.

    Word processors put every figure and every change of letters into an element of its own.
    """
    inline = [tag in _INLINE for tag in page.tags]
    set_inline = [inline[holder] for holder in page.holders]
    holders, linked = page.holders, page.linked
    groups: list[tuple[int, int, int]] = []
    for i in range(1, len(holders)):
        if linked[i] or linked[i - 1] or not (set_inline[i] or set_inline[i - 1]):
            continue
        block = _block(inline, page.parents, holders[i])
        if block == _block(inline, page.parents, holders[i - 1]):
            goes_on = bool(groups) and groups[-1][1:] == (i, block)
            groups.append((groups.pop()[0] if goes_on else i - 1, i + 1, block))
    return {first: (stop, block) for first, stop, block in groups if _PIECES.search("".join(page.runs[first:stop]))}


def _block(inline: list[bool], parents: list[int], place: int) -> int:
    """Return the element, or the nearest around it, that makes a paragraph."""
    while inline[place]:
        place = parents[place]
    return place


def _weights(page: Outline) -> tuple[list[float], set[int]]:
    """Return 0 for elements that by their names, or their parents', stand around the article, else 1; and comments."""
    weights: list[float] = []
    comments: set[int] = set()
    known = {names: _named(names) if names else None for names in set(page.names)}
    for place, (parent, tag, names) in enumerate(zip(page.parents, page.tags, page.names, strict=True)):
        if parent < 0:
            weights.append(1.0)
            continue
        named = known[names] if names else None
        if parent in comments or named == "comments":
            comments.add(place)
        if named == "around" or tag in ("footer", "nav"):
            weights.append(0.0)
        else:
            weights.append(1.0 if named == "article" else weights[parent])
    return weights, comments


@lru_cache(maxsize=4096)
def _named(names: str) -> str | None:
    """Say what an element is by its class and id; sites use the same few names on every page."""
    if _COMMENTS.search(names):
        return "comments"
    if _ARTICLE.search(names):
        return "article"
    return "around" if _AROUND.search(names) else None


def _vote(text: str) -> float:
    """Score one run of text outside links: prose counts its characters and marks, labels count hardly against."""
    size = len(text)
    marks = len(_PROSE_MARK.findall(text))
    if marks or size >= _LONG_LINE:
        return 0.0 if size < 400 and _BOILERPLATE.search(text) else size + 3.0 * marks  # noqa: PLR2004  # a statement
    if _COMMENT_MARK.fullmatch(text):
        return _COMMENT_VOTE
    return 0.0 if text.isascii() else -1.0


def _inward(page: Outline, worth: list[float], best: int, tables: Tables) -> int:
    """Follow the child that alone holds nearly all of the prose, as deep as there is one.

    A paragraph is gone into only if it has all; and a table that tells something is not left beside.
    """
    heaviest: dict[int, int] = {}
    for i in range(best + 1, len(page.parents)):
        parent = page.parents[i]
        if parent not in heaviest or worth[i] > worth[heaviest[parent]]:
            heaviest[parent] = i
    while child := heaviest.get(best):
        least = worth[best] - _BESIDE if page.tags[child] == "p" else _INWARD * worth[best]
        if worth[child] < least or _has_table_beside(page, best, child, tables):
            break
        best = child
    return best


def _with_tables(page: Outline, best: int, tables: Tables) -> int:
    """Return the element around `best` that holds a table beside it, if nothing is linked there, else `best`."""
    inner, outer = best, page.parents[best]
    while tables and outer > 0 and not _has_links_beside(page, outer, inner):
        if _has_table_beside(page, outer, best, tables):
            best = outer
        inner, outer = outer, page.parents[outer]
    return best


def _has_links_beside(page: Outline, outer: int, inner: int) -> bool:
    around, inside = page.span(outer), page.span(inner)
    return any(page.linked[around.start : inside.start]) or any(page.linked[inside.stop : around.stop])


def _has_table_beside(page: Outline, outer: int, inner: int, tables: Tables) -> bool:
    """Whether the element `outer` has one of the tables outside the element `inner` that it holds."""
    around, inside = page.span(outer), page.span(inner)
    return any(page.first_runs[table] in around and page.first_runs[table] not in inside for table in tables)
