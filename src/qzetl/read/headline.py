"""An article's headline, without the site's name."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from qzetl.read.prose import tidy

__all__ = ["find_title"]

_SEPARATOR = re.compile(r"\s*(?:_+|\||｜|--+|——?|-|–|\s·\s|\s:\s|>|<|»|/)\s*|\s{2,}")


def _key(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def find_title(tree: LexborHTMLParser, metas: dict[str, str]) -> str | None:
    """Return the headline, None where the page has none."""
    whole = tidy((node.text() if (node := tree.css_first("title")) else "") or "")
    named = tidy(re.sub(r"<[^>]*>", "", metas.get("articletitle", "")))
    if named:
        return named
    candidates = [tidy(node.text()) for node in tree.css("h1, h2, h3, [class*=title], [id*=title], [class*=headline]")[:60]]
    inside = [text for text in candidates if len(text) >= 4 and _key(text) and _key(text) in _key(whole)]
    best = max(inside, key=len, default="")
    head = _without_site(whole)
    if best and len(_key(best)) >= 0.5 * len(_key(head)):
        return best
    return head or tidy(metas.get("og:title", "")) or None


def _without_site(whole: str) -> str:
    """Cut the site's and the column's name off a page's title."""
    spans = list(_SEPARATOR.finditer(whole))
    for span in spans:
        if span.start() >= 6 or not spans:
            return whole[: span.start()].strip()
    return whole.strip()
