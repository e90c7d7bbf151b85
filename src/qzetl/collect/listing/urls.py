"""Lists of addresses: a text with one a line, on the web or beside the publisher's file.

Behind an address may stand, after a space or tab, the day under which it is to be kept; else the address tells it.
Empty lines and lines that begin with ``#`` say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from qzetl.collect.listing.listed import Days, Fetch, Listed, Looked, absolute, day_in_text, day_in_uri, page_text
from qzetl.collect.publisher import Listing
from qzetl.errors import FetchError

__all__ = ["list_urls"]


def list_urls(listing: Listing, fetch: Fetch, days: Days) -> Iterator[Listed | Looked]:
    """Yield the addresses in their order.

    Raises `FetchError`: ``unreadable`` where a local list cannot be read, ``list-unrecognised`` where a line is no
    address.
    """
    del days  # the list is read whole
    for number, line in enumerate(_text(listing, fetch).splitlines(), 1):
        written, _, rest = line.strip().partition("\t" if "\t" in line else " ")
        if not written or written.startswith("#"):
            continue
        uri = absolute(listing.url or listing.where, written)
        if uri is None:
            message = f"{listing.where}: line {number} is no address ({written[:80]!r}); mend it"
            raise FetchError(outcome="list-unrecognised", message=message)
        yield Listed(uri, day_in_text(rest) or day_in_uri(uri), "")


def _text(listing: Listing, fetch: Fetch) -> str:
    if listing.path is None:
        return page_text(fetch(listing.url))
    try:
        return listing.path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{listing.path} cannot be read as UTF-8 ({error}); mend it, or the publisher's file that names it"
        raise FetchError(outcome="unreadable", message=message) from error
