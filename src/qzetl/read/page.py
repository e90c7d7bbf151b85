"""From a page to an article: where it is, what it is called, when and by whom it was published."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from qzetl.errors import InputError
from qzetl.read.article import Article
from qzetl.read.body import find_body
from qzetl.read.claims import read_claims
from qzetl.read.credit import read_credits
from qzetl.read.dated import date_in_uri
from qzetl.read.furniture import cleaned
from qzetl.read.headline import find_headline
from qzetl.read.nearby import lines_above, lines_below, printed_date
from qzetl.read.outline import outline
from qzetl.read.prose import blocks_of

__all__ = ["read_page"]


def read_page(html: str, uri: str) -> Article:
    """Read one decoded page; `uri` is where it came from.

    Raises `InputError` with outcome ``no-article`` where the page has no prose.
    """
    tree = LexborHTMLParser(html)
    page = outline(tree)
    body = find_body(page)
    markup = page.elements[body].node.html if body is not None else None
    if body is None or markup is None:
        raise _nothing(uri, "no prose was found on the page")
    claims = read_claims(tree, html)
    headline = find_headline(tree, page, body, claims)
    kept, names = cleaned(blocks_of(markup), headline.text)
    text = "\n".join(block.text for block in kept if block.kind != "caption")
    if not text:
        raise _nothing(uri, "nothing is left without links and labels")
    above = read_credits(lines_above(page, body, headline.after))
    below = read_credits(lines_below(page, body))
    return Article(
        uri=uri,
        title=headline.text,
        text=text,
        byline="，".join(names) or above.byline or claims.byline,
        source=claims.source or above.source or below.source,
        published=claims.published or printed_date(page, body, headline.after) or date_in_uri(uri),
        layout="generic",
        captions=tuple(block.text for block in kept if block.kind == "caption"),
    )


def _nothing(uri: str, why: str) -> InputError:
    return InputError(
        "no-article", f"{uri} has no article: {why}; look at it in a browser, and remove it if it has none"
    )
