"""From a page to an article: where it is, what it is called, when and by whom it was published."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from qzetl.errors import InputError
from qzetl.read.article import Article
from qzetl.read.body import find_body
from qzetl.read.dated import date_in_uri, first_date
from qzetl.read.furniture import cleaned
from qzetl.read.headline import find_title
from qzetl.read.prose import blocks_of, tidy

__all__ = ["read_page"]

_DATE_METAS = (
    "pubdate", "article:published_time", "publishdate", "og:release_date", "weibo: article:create_at",
    "publish_time", "datepublished", "firstpublishedtime", "apub:time",
)
_SOURCE = re.compile(r"(?:来源|稿源|文章来源|信息来源)\s*[:：]\s*([^\s|　]{2,30})")


def read_page(html: str, uri: str) -> Article:
    """Read one decoded page; `uri` is where it came from.

    Raises `InputError` with outcome ``no-article`` where the page has no prose.
    """
    tree = LexborHTMLParser(html)
    metas = _metas(tree)
    body = find_body(tree)
    if body is None or body.html is None:
        msg = f"{uri} has no article: no prose was found on the page"
        raise InputError("no-article", msg)
    title = find_title(tree, metas)
    blocks = blocks_of(body.html)
    kept = cleaned(blocks, title)
    text = "\n".join(block.text for block in kept if block.kind != "caption")
    if not text:
        msg = f"{uri} has no article: nothing is left without links and labels"
        raise InputError("no-article", msg)
    captions = tuple(block.text for block in kept if block.kind == "caption")
    around = tidy(tree.body.text(separator=" ")) if tree.body else ""
    published = next((day for name in _DATE_METAS if (day := first_date(metas.get(name, "")))), None)
    published = published or date_in_uri(uri) or first_date(around[:3000])
    source = _SOURCE.search(around)
    return Article(
        uri=uri,
        title=title,
        text=text,
        source=metas.get("contentsource") or (source[1] if source else None),
        published=published,
        layout="generic",
        captions=captions,
    )


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    """Return the page's metadata by lower-case name, the first of each."""
    metas: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = (attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or "").lower()
        content = (attributes.get("content") or "").strip()
        if name and content:
            metas.setdefault(name, content)
    return metas
