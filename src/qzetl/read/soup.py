"""BeautifulSoup's tree of a part of a page, grown from the nodes that the fast parser has of it already.

The same tags and strings as from ``BeautifulSoup(markup, "lxml")``, without writing the part out and parsing it again.
What no reader sees (scripts, styles, comments) is left out, and a class stays one string.
"""

from __future__ import annotations

from bs4.element import NavigableString, PageElement, Tag
from selectolax.lexbor import LexborNode

__all__ = ["BREAKING", "UNSEEN", "grow"]

UNSEEN = frozenset(
    "script style noscript iframe select option textarea button template svg object embed nav head title video "  # noqa: SIM905  # a list of words
    "audio".split()
)
"""Elements whose content is not read."""

BREAKING = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure "  # noqa: SIM905  # a list of words
    "footer form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul "
    "founder-content founder-title".split()
)
"""Elements that begin and end a line; what the others hold is part of the line around them."""


def grow(node: LexborNode) -> Tag:
    """Return the element `node` as a tag with all that it holds; linear in its size and without recursion."""
    top = Tag(None, None, node.tag, None, None, _attributes(node))
    last: PageElement = top
    ahead: list[tuple[LexborNode | None, Tag]] = []
    parent, following = top, node.first_child
    while following is not None or ahead:
        if following is None:
            following, parent = ahead.pop()
            continue
        child = following
        following = child.next
        if child.is_text_node:
            text = NavigableString(child.text_content or "")
            text.setup(parent, last)
            parent.contents.append(text)
            last = text
        elif child.is_element_node and (name := child.tag) is not None and name not in UNSEEN:
            tag = Tag(None, None, name, None, None, _attributes(child), parent, last)
            parent.contents.append(tag)
            last = tag
            if (first := child.first_child) is not None:
                ahead.append((following, parent))
                parent, following = tag, first
    return top


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}
