"""A page's outline: its elements and runs of text in document order, without scripts and the like.

One pass over the tree of a fast parser, linear in the page's size and without recursion. Where the article is, where
its headline stands and which dates are near it are all decided on this list of runs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Outline", "outline"]

_SKIPPED = frozenset(
    "script style noscript iframe select option textarea button template svg head title".split()  # noqa: SIM905  # words
)
# Longer lists of classes come from frameworks and say nothing.
_LONGEST_NAMES = 200


@dataclass(slots=True)
class Outline:
    """The elements that hold anything, and the runs of text, each in document order; a parent before its children.

    Plain columns, one entry an element or a run, because a page has a thousand of them. Of the element at a place:
    `tags`, `names` (class and id, "" without; not read for links, of which there are most), `parents` (a place, -1 for
    the first), `identities` (the node's in the tree), and the runs that it spans, from `first_runs` to before
    `end_runs`. Of a run: its text without white space at its ends, the place of its `holders` element, and whether it
    is `linked`, inside a link.
    """

    tags: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    identities: list[int] = field(default_factory=list)
    first_runs: list[int] = field(default_factory=list)
    end_runs: list[int] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    holders: list[int] = field(default_factory=list)
    linked: list[bool] = field(default_factory=list)

    def span(self, place: int) -> range:
        """Return the runs that the element at `place` holds."""
        return range(self.first_runs[place], self.end_runs[place])

    def node(self, tree: LexborHTMLParser, place: int) -> LexborNode | None:
        """Return the element at `place` of the tree that was outlined."""
        way: list[int] = []
        while place > 0:
            way.append(self.identities[place])
            place = self.parents[place]
        node = tree.body
        for identity in reversed(way):
            node = next((child for child in node.iter() if child.mem_id == identity), None) if node else None
        return node


def outline(tree: LexborHTMLParser) -> Outline:
    """List the elements and runs under the page's body; all columns are empty for a page without one."""
    root = tree.body
    if root is None:
        return Outline()
    tags, names, parents, identities = ["body"], [_names(root.attributes)], [-1], [root.mem_id]
    first_runs, end_runs = [0], [0]
    runs: list[str] = []
    holders: list[int] = []
    links: list[bool] = []
    ahead: list[tuple[LexborNode | None, int, bool]] = []
    node, place, linked = root.first_child, 0, False
    while node is not None or ahead:
        if node is None:
            end_runs[place] = len(runs)
            node, place, linked = ahead.pop()
        elif node.is_text_node:
            if text := (node.text_content or "").strip():
                runs.append(text)
                holders.append(place)
                links.append(linked)
            node = node.next
        elif (child := node.first_child) is not None and (tag := node.tag) is not None and tag not in _SKIPPED:
            ahead.append((node.next, place, linked))
            is_link = tag == "a"
            parents.append(place)
            place, linked = len(tags), linked or is_link
            tags.append(tag)
            names.append("" if is_link or not (attributes := node.attributes) else _names(attributes))
            identities.append(node.mem_id)
            first_runs.append(len(runs))
            end_runs.append(0)
            node = child
        else:
            node = node.next
    end_runs[place] = len(runs)
    return Outline(tags, names, parents, identities, first_runs, end_runs, runs, holders, links)


def _names(attributes: dict[str, str | None]) -> str:
    """Return an element's class and id, "" where it has neither."""
    names, identity = attributes.get("class"), attributes.get("id")
    return f"{names or ''} {identity or ''}"[:_LONGEST_NAMES] if names or identity else ""
