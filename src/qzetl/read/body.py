"""Where on a page the article is, when no known layout says so.

The rule: every run of text votes, prose for itself and links against; an element's score is the sum over all that it
holds, so navigation and lists of links weigh a container down. From the best container the search goes inward as long
as one child alone holds nearly all of the prose. One pass down and one up: time is linear in the page's size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["find_body"]

_SKIPPED = frozenset(
    "script style noscript iframe select option textarea button template svg head title nav footer".split()
)
_PROSE_MARK = re.compile(r"[，。；：、！？,;!?]")
_SPACE = re.compile(r"\s+")
# Names (class, id) of what stands around an article. Whole words between separators or camel case, so that
# `sidebar` and `side-bar` count, but `inside` and `consider` do not.
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:comments?|pinglun|footer?|foot|copyright|sidebar|side|aside|related?|relate|recommend|hot|rank|"
    r"nav|menu|breadcrumbs?|crumbs?|share|login|adv?|ads|banner|popup|toolbar|header|friendlinks?|bottom|tags?)"
    r"(?:$|[\s_-]|[A-Z0-9])",
    re.IGNORECASE,
)
# Names of what holds an article.
_ARTICLE = re.compile(
    r"article|content|zoom|trs_|editor|main_?text|text_?(?:body|con)|artibody|art_?con|news_?(?:con|text|body)|detail|"
    r"post_?(?:body|con|text)|endtext|正文",
    re.IGNORECASE,
)
# One child must hold this share of its parent's prose for the search to go into it.
_INWARD = 0.8
_LONG_LINE = 30


@dataclass(slots=True)
class _Element:
    """An element on the way: its parent's place in the list, and what its subtree is worth."""

    node: LexborNode
    parent: int
    linked: bool
    factor: float
    score: float = 0.0


def find_body(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element that holds the article, None where the page has no prose."""
    root = tree.body
    if root is None:
        return None
    elements = _weigh(root)
    for element in reversed(elements):
        if element.parent >= 0:
            elements[element.parent].score += element.score
    best = max(range(len(elements)), key=lambda i: (elements[i].score, i))
    if elements[best].score <= 0:
        return None
    return elements[_inward(elements, best)].node


def _weigh(root: LexborNode) -> list[_Element]:
    """List the elements under `root` in document order, each with the worth of its own text."""
    elements = [_Element(root, -1, linked=False, factor=1.0)]
    ahead: list[tuple[LexborNode | None, int]] = [(root.first_child, 0)]
    while ahead:
        node, parent = ahead.pop()
        while node is not None:
            following = node.next
            if node.is_text_node:
                elements[parent].score += _worth(node.text_content or "", elements[parent])
            elif node.is_element_node and node.tag not in _SKIPPED:
                elements.append(_enter(node, parent, elements[parent]))
                child = node.first_child
                if child is not None:
                    ahead.append((following, parent))
                    node, parent = child, len(elements) - 1
                    continue
            node = following
    return elements


def _enter(node: LexborNode, parent: int, above: _Element) -> _Element:
    factor = above.factor
    attributes = node.attributes
    if attributes:
        name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if len(name) > 1:
            if _ARTICLE.search(name):
                factor = max(factor, 1.0)
            elif _AROUND.search(name):
                factor = 0.0
    return _Element(node, parent, linked=above.linked or node.tag == "a", factor=factor)


def _worth(text: str, holder: _Element) -> float:
    """Score one run of text: prose counts its characters, links count against, labels hardly."""
    text = _SPACE.sub("", text)
    if not text:
        return 0.0
    if holder.linked:
        return -0.7 * len(text)
    marks = len(_PROSE_MARK.findall(text))
    if marks or len(text) >= _LONG_LINE:
        return holder.factor * (len(text) + 3 * marks)
    return -1.0 if not text.isascii() else 0.0


def _inward(elements: list[_Element], best: int) -> int:
    """Follow the child that alone holds nearly all of the prose, as deep as there is one."""
    heaviest: dict[int, int] = {}
    for i in range(best + 1, len(elements)):
        parent = elements[i].parent
        if parent not in heaviest or elements[i].score > elements[heaviest[parent]].score:
            heaviest[parent] = i
    while best in heaviest and elements[heaviest[best]].score >= _INWARD * elements[best].score:
        best = heaviest[best]
    return best
