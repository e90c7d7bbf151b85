"""What a page says about itself in its metadata: meta elements, JSON-LD, a Founder e-paper's property comment.

`Maketime` is when the page was built and never read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from qzetl.read.credit import is_name_line
from qzetl.read.dated import stated_date
from qzetl.read.tidy import tidy

__all__ = ["Claims", "read_claims"]

_TITLES = ("articletitle", "og:title", "twitter:title", "headline")
_DATES = (
    "pubdate",
    "article:published_time",
    "og:article:published_time",
    "publishdate",
    "publish_date",
    "publish-date",
    "publishtime",
    "publish_time",
    "og:release_date",
    "og:time",
    "weibo: article:create_at",
    "weibo:article:create_at",
    "datepublished",
    "firstpublishedtime",
    "apub:time",
    "dc.date",
    "dcterms.created",
    "_pubtime",
    "sailthru.date",
    "parsely-pub-date",
    "citation_publication_date",
    "citation_date",
    "bytedance:published_time",
    "og:pubdate",
    "article.published",
    "publisheddate",
    "published_time",
    "published",
    "releasedate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.date",
    "createdate",
    "create_time",
    "date",
)
_CHANGES = ("dateupdate", "article:modified_time", "og:updated_time", "datemodified")
_SOURCES = ("contentsource", "source", "mediaid", "og:article:author:source", "article:publisher")
_AUTHORS = ("author", "article:author", "og:article:author", "dc.creator")
_LINKED_DATA = re.compile(r"<script[^>]{0,80}ld\+json[^>]{0,80}>(.{0,20000}?)</script", re.DOTALL | re.IGNORECASE)
_JSON_FIELD = re.compile(r'"(datePublished|pubDate|headline|title)"\s*:\s*"((?:[^"\\]|\\.){1,300})"')
_FOUNDER = re.compile(r"<!--\s*enpproperty(.{0,5000}?)/enpproperty\s*-->", re.DOTALL)
_FOUNDER_FIELD = re.compile(r"<(date|author|title|source)>([^<]{1,300})</\1>")
_LABEL = re.compile(r"^(?:来源|稿源|作者)\s*[:：]\s*")
_ADDRESS = re.compile(r"https?:|www\.|^[\d\s-]+$")
_LONGEST_NAME = 40
_TAG = re.compile(r"<[^>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Claims:
    """Title, publication date, source and writers as the metadata has them; None where it is silent."""

    title: str | None = None
    exact: bool = False
    published: str | None = None
    modified: str | None = None
    source: str | None = None
    byline: str | None = None


def read_claims(tree: LexborHTMLParser, html: str) -> Claims:
    """Read the metadata; `exact` says that the title is the headline and not the page's title with the site's name."""
    metas = _metas(tree)
    founder = {name: unescape(value).strip() for name, value in _pairs(_FOUNDER, _FOUNDER_FIELD, html, "enpproperty")}
    linked = dict(reversed(_pairs(_LINKED_DATA, _JSON_FIELD, html, "ld+json")))
    exact = founder.get("title") or metas.get("articletitle")
    title = exact or next((metas[name] for name in _TITLES if name in metas), None) or linked.get("headline")
    dates = [
        founder.get("date"),
        *(metas.get(name) for name in _DATES),
        linked.get("datePublished"),
        linked.get("pubDate"),
    ]
    return Claims(
        title=tidy(_TAG.sub("", unescape(title))) or None if title else None,
        exact=bool(exact),
        published=next((day for text in dates if text and (day := stated_date(text))), None),
        modified=next((day for name in _CHANGES if (day := stated_date(metas.get(name, "")))), None),
        source=_first(metas, _SOURCES) or founder.get("source"),
        byline=founder.get("author") or _writer(_first(metas, _AUTHORS)),
    )


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    """Return the first of `names` that holds a name and not an address or a number."""
    for name in names:
        value = _LABEL.sub("", tidy(_TAG.sub("", metas.get(name, ""))))
        if value and len(value) <= _LONGEST_NAME and not _ADDRESS.search(value):
            return value
    return None


def _writer(name: str | None) -> str | None:
    """Believe `name` to be the writers' only if it looks so: templates put the site's name there."""
    return name if name and is_name_line(name) else None


def _pairs(outer: re.Pattern[str], inner: re.Pattern[str], html: str, mark: str) -> list[tuple[str, str]]:
    """Return the fields inside the first parts of the page that `outer` matches; `mark` spares the search."""
    if mark not in html:
        return []
    return [pair for found in list(outer.finditer(html))[:5] for pair in inner.findall(found[1])]


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    """Return the page's metadata by lower-case name, the first of each; from the body where the head has none."""
    metas: dict[str, str] = {}
    for node in (tree.head.css("meta[content]") if tree.head else None) or tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        content = (attributes.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    return metas
