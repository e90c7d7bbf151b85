"""Trying a publisher's entry points: what robots.txt says, what each list names, whether its first article comes.

Nothing is archived. What was seen is told in full, so that whoever keeps a publisher's file sees what has changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from qzetl.collect.capture import Capture, day_of
from qzetl.collect.files import find_inputs
from qzetl.collect.http import Fetcher, Robots
from qzetl.collect.listing import KINDS, Listed, Looked
from qzetl.collect.listing.listed import Days
from qzetl.collect.outcome import Outcome
from qzetl.collect.publisher import Listing, Publisher
from qzetl.errors import FetchError

__all__ = ["Checked", "Seen", "check_publisher"]

_ENOUGH = 40  # entries of a list that are looked at


@dataclass(frozen=True, slots=True)
class Seen:
    """What one list showed: what robots.txt says of it, its fate, how many entries, their days, its first article.

    `outcome` is ``listed``, or the name of what went wrong, and `message` says more. `entries` are the first of the
    list, at most 40; `first` and `last` the earliest and latest of their days, and `undated` how many have none.
    `article` is the first that came, None where none did; `article_outcome` then says why.
    """

    listing: Listing
    robots: Robots
    outcome: str
    message: str = ""
    entries: int = 0
    undated: int = 0
    first: date | None = None
    last: date | None = None
    article: Capture | None = None
    article_outcome: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was seen of a publisher, list by list."""

    publisher: Publisher
    seen: tuple[Seen, ...]

    @property
    def ok(self) -> bool:
        """Whether every list names articles of which the first came, and there is a list at all."""
        return bool(self.seen) and all(one.outcome == "listed" and one.article is not None for one in self.seen)


def check_publisher(publisher: Publisher, fetcher: Fetcher, since: date | None = None) -> Checked:
    """Look at each list of the publisher (from the day `since` on, where one is given) and at its first article."""
    return Checked(publisher, tuple(_seen(publisher, listing, fetcher, since) for listing in publisher.listings))


def _seen(publisher: Publisher, listing: Listing, fetcher: Fetcher, since: date | None) -> Seen:
    if listing.kind not in KINDS:
        return _local(publisher, listing)
    robots = fetcher.robots(listing.url, publisher) if listing.url else Robots("allowed")
    seen = Seen(listing, robots, robots.outcome, robots.message)
    if robots.outcome != "allowed":
        return seen
    found, failure = _entries(publisher, listing, fetcher, since)
    days = sorted(one.day for one in found if one.day is not None)
    seen = replace(
        seen,
        outcome="listed" if found else "empty-list",
        message="" if found else f"{listing.where} names no article",
        entries=len(found),
        undated=len(found) - len(days),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )
    if failure is not None:
        return replace(seen, outcome=failure.outcome, message=str(failure))
    return _with_article(seen, found[0], publisher, fetcher) if found else seen


def _entries(
    publisher: Publisher, listing: Listing, fetcher: Fetcher, since: date | None
) -> tuple[list[Listed], FetchError | None]:
    """Return the first entries of a list, and what ended it if that was a failure."""
    found: list[Listed] = []
    days = Days(since)
    try:
        for one in KINDS[listing.kind](listing, lambda uri, **more: fetcher.fetch(uri, publisher, **more), days):
            if isinstance(one, Looked):
                if one.outcome != "empty-list":
                    return found, FetchError(one.outcome, one.message)
            elif one.day in days:
                found.append(one)
            if len(found) == _ENOUGH:
                break
    except FetchError as error:
        return found, error
    return found, None


def _with_article(seen: Seen, listed: Listed, publisher: Publisher, fetcher: Fetcher) -> Seen:
    try:
        fetched = fetcher.fetch(listed.uri, publisher)
    except FetchError as error:
        return replace(seen, article_outcome=error.outcome, message=str(error))
    day = listed.day or day_of(fetched.retrieved)
    article = Capture(fetched.uri, publisher.id, day, fetched.retrieved, fetched.body, fetched.content_type)
    return replace(seen, article=article)


def _local(publisher: Publisher, listing: Listing) -> Seen:
    """Look at the first page of a folder or WARC file that is here already."""
    allowed = Robots("allowed", "it is here already")
    paths = [listing.path] if listing.path is not None else []
    for found in find_inputs(paths, datetime.now(UTC), owner=publisher):
        if isinstance(found, Outcome) and not found.ok:
            return Seen(listing, allowed, found.outcome, found.message)
        if isinstance(found, Capture):
            return Seen(listing, allowed, "listed", entries=1, first=found.day, last=found.day, article=found)
    return Seen(listing, allowed, "empty-list", f"{listing.where} holds no page")
