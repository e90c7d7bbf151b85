"""A page's outline: its elements and runs of text in document order, without scripts and the like.

One pass over the tree of a fast parser, linear in the page's size and without recursion. Where the article is, where
its headline stands and which dates are near it are all decided on this list of runs.
"""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Element", "Outline", "Run", "outline"]

_SKIPPED = frozenset(
    "script style noscript iframe select option textarea button template svg head title".split()  # noqa: SIM905  # words
)


# Longer lists of classes come from frameworks and say nothing.
_LONGEST_NAMES = 200


@dataclass(slots=True)
class Element:
    """An element: its parent's place in the list (-1 for the first), its class and id, and what runs it spans."""

    node: LexborNode
    parent: int
    tag: str
    names: str
    linked: bool
    first_run: int
    end_run: int = 0


@dataclass(slots=True)
class Run:
    """A run of text as one node holds it, white space removed at its ends, and the element that holds it."""

    text: str
    element: int
    linked: bool


@dataclass(slots=True)
class Outline:
    """Elements in document order (a parent before its children) and runs of text in document order."""

    elements: list[Element]
    runs: list[Run]


def outline(tree: LexborHTMLParser) -> Outline:
    """List the elements and runs under the page's body; both lists are empty for a page without one."""
    elements: list[Element] = []
    runs: list[Run] = []
    root = tree.body
    if root is None:
        return Outline(elements, runs)
    elements.append(Element(root, -1, "body", "", linked=False, first_run=0))
    ahead: list[tuple[LexborNode | None, int]] = []
    node, parent, linked = root.first_child, 0, False
    while True:
        while node is None:
            elements[parent].end_run = len(runs)
            if not ahead:
                return Outline(elements, runs)
            node, parent = ahead.pop()
            linked = elements[parent].linked
        if node.is_text_node:
            text = (node.text_content or "").strip()
            if text:
                runs.append(Run(text, parent, linked))
        elif node.is_element_node and (tag := node.tag) not in _SKIPPED:
            child = node.first_child
            if child is not None:
                elements.append(Element(node, parent, tag or "", _names(node), linked or tag == "a", len(runs)))
                ahead.append((node.next, parent))
                node, parent = child, len(elements) - 1
                linked = elements[parent].linked
                continue
        node = node.next


def _names(node: LexborNode) -> str:
    """Return an element's class and id, "" where it has neither."""
    attributes = node.attributes
    if not attributes:
        return ""
    names, identity = attributes.get("class"), attributes.get("id")
    return f"{names or ''} {identity or ''}"[:_LONGEST_NAMES] if names or identity else ""
