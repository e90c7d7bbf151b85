"""Where on a page the article is, when no known layout says so.

The rule: every run of text votes, prose and tables of figures for themselves and links against; an element's score is
the sum over all that it holds, so navigation and lists of links weigh a container down. From the best container the
search goes inward as long as one child alone holds nearly all of the prose.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qzetl.read.figures import around_table, figure_votes
from qzetl.read.outline import Outline

__all__ = ["find_body", "scores"]

_PROSE_MARK = re.compile(r"[，。；：、！？,;!?]")
# Class and id names of what stands around an article; whole words, so that `side-bar` counts and `inside` does not.
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:foot(?:er)?|copyright|disclaimer|sidebar|side|aside|relat(?:ed?|ion)|recommend|"
    r"rank(?:ing)?|nav|menu|breadcrumbs?|crumbs?|share|login|adv?|ads|banner|popup|toolbar|header|friendlinks?)"
    r"(?:$|[\s_-]|(?-i:[A-Z0-9]))",
    re.IGNORECASE,
)
# Names of readers' comments: never the article, whatever the names inside say.
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|cmt|cmts|pinglun|tie|gentie|replys?|replies|feedbacks?)(?:$|[\s_-]|(?-i:[A-Z0-9]))",
    re.IGNORECASE,
)
# What stands at each comment.
_COMMENT_MARK = re.compile(
    r"\d{1,2}\s?(?:秒|分钟|小时|天|个?月)前|\d{1,4}\s?[楼#]|回复|举报|[赞顶踩](?:\s?[(\[（]\d+[)\]）])?"
)
_COMMENT_VOTE = -20.0
_LOWEST = _COMMENT_VOTE
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
# By names alone no more than this share of the page's prose may be set aside.
_MOST_AROUND = 0.7
# … and only if it is more than statements and addresses (characters).
_ARTICLE_SIZE = 300
_LONG_LINE = 30


def find_body(page: Outline, worth: list[float]) -> int | None:
    """Return the place of the element that holds the article, by the elements' `scores`; None without prose."""
    if not worth:
        return None
    most = max(worth)
    if most <= 0:
        return None
    best = len(worth) - 1 - worth[::-1].index(most)
    return around_table(page, _inward(page.parents, worth, best))


def scores(page: Outline) -> list[float]:
    """Return each element's score, in characters of prose with links counted against."""
    weights, comments = _weights(page)
    worth = [0.0] * len(page.tags)
    prose: list[tuple[int, float]] = []
    figures = figure_votes(page)
    for run, (text, linked, i) in enumerate(zip(page.runs, page.linked, page.holders, strict=True)):
        vote = -0.7 * len(text) if linked else max(_vote(text), figures.get(run, _LOWEST))
        if vote <= 0:
            worth[i] += vote
        elif i not in comments:
            prose.append((i, vote))
    whole = sum(vote for _, vote in prose)
    left = sum(vote for i, vote in prose if weights[i])
    by_names = left >= (1 - _MOST_AROUND) * whole or whole - left <= _ARTICLE_SIZE
    for i, vote in prose:
        if weights[i] or not by_names:
            worth[i] += vote
    for i in range(len(worth) - 1, 0, -1):
        worth[page.parents[i]] += worth[i]
    return worth


def _weights(page: Outline) -> tuple[list[float], set[int]]:
    """Return 0 for elements that by their names, or their parents', stand around the article, else 1; and comments."""
    weights: list[float] = []
    comments: set[int] = set()
    known = {names: _named(names) if names else None for names in set(page.names)}
    for place, (parent, tag, names) in enumerate(zip(page.parents, page.tags, page.names, strict=True)):
        named = known[names]
        if parent in comments or (named == "comments" and parent > 0):
            comments.add(place)
        if named == "around" or tag in ("footer", "nav"):
            weights.append(0.0)
        elif named == "article" or parent < 0:
            weights.append(1.0)
        else:
            weights.append(weights[parent])
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


def _inward(parents: list[int], worth: list[float], best: int) -> int:
    """Follow the child that alone holds nearly all of the prose, as deep as there is one."""
    heaviest: dict[int, int] = {}
    for i in range(best + 1, len(parents)):
        parent = parents[i]
        if parent not in heaviest or worth[i] > worth[heaviest[parent]]:
            heaviest[parent] = i
    while best in heaviest and worth[heaviest[best]] >= _INWARD * worth[best]:
        best = heaviest[best]
    return best
