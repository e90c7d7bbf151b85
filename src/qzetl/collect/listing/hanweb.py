"""Hanweb's columns, ``/col/col<id>/index.html``, in whichever of its three generations a column speaks.

The older two keep the list in a datastore of XML (`datastore`), later groups coming by GET or by POST; the present one,
jpaas, asks for JSON (`jpaas`). The column's page tells which it is, so a publisher's file need not.
"""

from __future__ import annotations

from collections.abc import Iterator

from qzetl.collect.listing.datastore import has_datastore, list_datastore
from qzetl.collect.listing.jpaas import jpaas_query, list_jpaas
from qzetl.collect.listing.listed import Days, Fetch, Listed, Looked, page_text
from qzetl.collect.publisher import Listing
from qzetl.errors import FetchError

__all__ = ["list_hanweb"]


def list_hanweb(listing: Listing, fetch: Fetch, days: Days) -> Iterator[Listed | Looked]:
    """Yield the column's articles, newest first, until a page is wholly older than asked for or says nothing new.

    Raises `FetchError` ``list-unrecognised`` where the page is none of the three.
    """
    fetched = fetch(listing.url)
    page = page_text(fetched)
    if has_datastore(page):
        yield from list_datastore(listing, fetch, days, fetched.uri, page)
    elif (query := jpaas_query(page, listing)) is not None:
        yield from list_jpaas(listing, fetch, days, fetched.uri, query)
    else:
        message = (
            f"{listing.url} has neither a datastore nor the parameters of a jpaas list; look at the page and choose "
            "another kind of listing"
        )
        raise FetchError(outcome="list-unrecognised", message=message)
