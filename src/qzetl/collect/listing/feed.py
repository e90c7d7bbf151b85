"""RSS and Atom feeds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime

import feedparser

from qzetl.collect.capture import day_of
from qzetl.collect.listing.listed import Days, Fetch, Listed, Looked, absolute, check_length, day_in_text, day_in_uri
from qzetl.collect.publisher import Listing
from qzetl.errors import FetchError

__all__ = ["list_feed"]


def list_feed(listing: Listing, fetch: Fetch, days: Days) -> Iterator[Listed | Looked]:
    """Yield the feed's entries; a feed has no pages, so what is older than its last entry cannot be listed.

    Raises `FetchError` ``list-unrecognised`` where the answer is no feed.
    """
    del days  # a feed is short and is read whole
    fetched = fetch(listing.url)
    check_length(fetched)
    parsed = feedparser.parse(fetched.body, response_headers={"content-type": fetched.content_type})
    if not parsed.version and not parsed.entries:
        message = f"{listing.url} is no RSS or Atom feed; look at it and choose another kind of listing"
        raise FetchError(outcome="list-unrecognised", message=message)
    for entry in parsed.entries:
        uri = absolute(fetched.uri, entry.get("link"))
        if uri is not None:
            written = str(entry.get("published") or entry.get("updated") or "")
            yield Listed(uri, _day(written) or day_in_uri(uri), str(entry.get("title", "")).strip())


def _day(written: str) -> date | None:
    """Return the day in Asia/Shanghai of a feed's date; a date without a zone is meant there.

    feedparser's own reading takes such a date for UTC, which moves articles of the early morning by a day.
    """
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(written.strip())
            return day_of(moment) if moment.tzinfo is not None else moment.date()
        except (ValueError, OverflowError):
            continue
    return day_in_text(written)
