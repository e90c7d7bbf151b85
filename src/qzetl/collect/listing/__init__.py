"""How publishers list their articles: one file a kind, each a function from a listing to the articles that it names.

A new kind is a file here, a line in `KINDS`, and its options in `publisher.LISTING_OPTIONS`. The formats are described
from public readers and saved pages; none was checked live, so a kind tolerates variants and says ``list-unrecognised``
where a page is not what it expects. The kinds ``folder`` and ``warc`` name bytes that are here already and not
addresses, so they are none of these (`collect.files`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qzetl.collect.listing.epaper import list_epaper
from qzetl.collect.listing.feed import list_feed
from qzetl.collect.listing.hanweb import list_hanweb
from qzetl.collect.listing.listed import Listed, Lister, Looked
from qzetl.collect.listing.page import list_page
from qzetl.collect.listing.sitemap import list_sitemap
from qzetl.collect.listing.urls import list_urls

__all__ = ["KINDS", "Listed", "Lister", "Looked"]

KINDS: Mapping[str, Lister] = MappingProxyType(
    {
        "hanweb": list_hanweb,
        "page": list_page,
        "epaper": list_epaper,
        "feed": list_feed,
        "sitemap": list_sitemap,
        "urls": list_urls,
    }
)
"""The kinds by the name that a publisher's file gives them."""
