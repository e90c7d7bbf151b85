"""The reading stage: one archived capture in, one article out, or a named outcome."""

from __future__ import annotations

import re

from qzetl.collect.capture import Capture
from qzetl.errors import InputError
from qzetl.read.article import Article
from qzetl.read.decode import decode, is_mojibake
from qzetl.read.page import read_page
from qzetl.read.paging import may_continue
from qzetl.read.plain import read_plain

__all__ = ["further_pages", "read_capture"]

# Larger pages are no articles; the largest seen on Chinese news sites has half a megabyte.
_MOST_BYTES = 10_000_000
_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
    b"Rar!",
)
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|table|meta|title|span|article|section|a|br)\b", re.IGNORECASE)
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex|datastore)\b",
    re.DOTALL,
)
_PLAIN_SUFFIXES = (".txt", ".md", ".markdown", ".text")
_PAGE_SUFFIXES = (".html", ".htm", ".shtml", ".xhtml")


def read_capture(capture: Capture) -> Article:
    """Read the article that a capture's bytes hold.

    Raises `InputError` with outcome ``empty``, ``binary``, ``too-large``, ``too-deep``, ``undecodable``,
    ``mojibake``, ``no-article`` or ``list-page``; nothing else, whatever the bytes.
    """
    body = capture.body
    if not body.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        msg = f"{capture.uri} is empty; collect it again or remove it"
        raise InputError(outcome="empty", message=msg)
    if len(body) > _MOST_BYTES:
        msg = f"{capture.uri} has {len(body)} bytes, more than the {_MOST_BYTES} that are read of a page; split it"
        raise InputError(outcome="too-large", message=msg)
    if _is_binary(body):
        msg = f"{capture.uri} is no text but a binary file; give its text as .html, .txt or .md"
        raise InputError(outcome="binary", message=msg)
    try:
        text = decode(body, capture.content_type)
    except InputError as error:
        msg = f"{capture.uri}: {error}"
        raise InputError(error.outcome, msg) from error
    if _FEED.match(text):
        msg = f"{capture.uri} is a feed or another XML document, no article; collect the pages that it names"
        raise InputError(outcome="no-article", message=msg)
    article = read_page(text, capture.uri) if _is_page(capture, text) else read_plain(text, capture.uri)
    if is_mojibake(article.text):
        msg = f"{capture.uri} was saved after being read in a wrong encoding, its characters are lost; collect it anew"
        raise InputError(outcome="mojibake", message=msg)
    return article


def _is_binary(body: bytes) -> bool:
    """Tell files of other kinds by their first bytes, or by control characters that no text has."""
    if body.startswith(_SIGNATURES):
        return True
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    head = body[:4096]
    controls = sum(head.count(bytes([code])) for code in (*range(9), 14, 15, 16, 17, 18, 19, 20, 21, 22, 23))
    return controls > len(head) // 50


def further_pages(capture: Capture) -> list[str]:
    """Return the address on which the article of a capture goes on, for the collector to follow; none where whole."""
    if not may_continue(capture.body):
        return []
    try:
        article = read_capture(capture)
    except InputError:
        return []  # a list goes on too; what the page is, reading says when its turn comes
    return [article.continues] if article.continues else []


def _is_page(capture: Capture, text: str) -> bool:
    """Decide by suffix, then by the server's word, then by what the text looks like."""
    path = capture.uri.split("?", 1)[0].split("#", 1)[0].lower()
    if path.endswith(_PLAIN_SUFFIXES):
        return False
    if path.endswith(_PAGE_SUFFIXES) or "html" in capture.content_type.lower():
        return True
    return bool(_MARKUP.search(text, 0, 4096))
