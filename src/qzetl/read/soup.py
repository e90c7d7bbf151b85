"""BeautifulSoup for a part of a page: the same tree as from ``BeautifulSoup(markup, "lxml")``, in less time.

bs4's builder is made for XML too and looks for a namespace in every tag and attribute; a page has none.
"""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString

__all__ = ["soup"]


class _Builder(LXMLTreeBuilder):
    """Builds tags without namespaces."""

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes], nsmap: object = None) -> None:
        """Open an element, as the parser calls it."""
        del nsmap
        if self.soup is not None:
            attributes = {str(name): str(value) for name, value in attrib.items()} if attrib else {}
            self.soup.handle_starttag(str(tag), None, None, attributes)

    def end(self, tag: str | bytes) -> None:
        """Close an element, as the parser calls it."""
        if self.soup is not None:
            self.soup.handle_endtag(str(tag))


class _Soup(BeautifulSoup):
    """Takes strings as they come: no element here keeps its white space or has strings of its own kind."""

    def endData(self, containerClass: type[NavigableString] | None = None) -> None:  # noqa: N802, N803  # bs4's names
        """End a string, as the builder calls it."""
        if self.current_data:
            text = "".join(self.current_data)
            self.current_data = []
            self.object_was_parsed((containerClass or NavigableString)(text))


def soup(markup: str) -> BeautifulSoup:
    """Parse `markup`, which is text and never bytes (of bytes that lie about their encoding nothing may be left)."""
    return _Soup(markup, builder=_Builder)
