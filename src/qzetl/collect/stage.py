"""The first stage: what publishers list, or users hand in, ends in the archive; every fate is reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from qzetl.collect.archive import Archive
from qzetl.collect.capture import Capture, Exchange, day_of
from qzetl.collect.files import find_inputs
from qzetl.collect.http import Fetched, Fetcher
from qzetl.collect.listing import KINDS, Listed, Looked
from qzetl.collect.listing.listed import Days
from qzetl.collect.outcome import CollectReport, Outcome
from qzetl.collect.publisher import Listing, Publisher
from qzetl.errors import FetchError

__all__ = ["CollectReport", "Outcome", "Tell", "collect_inputs", "collect_publisher"]

Tell = Callable[[Outcome], None]
"""Is called with each outcome as it comes, to show progress."""


def collect_inputs(
    paths: Iterable[Path],
    archive: Archive,
    publishers: Mapping[str, Publisher],
    now: datetime,
    *,
    tell: Tell | None = None,
) -> CollectReport:
    """Archive the files and WARC records that `paths` name, those that are not there yet, and report each one's fate.

    `now` (UTC) is the moment that local files get as theirs. A file whose bytes the archive has already keeps the day
    under which it stands there.
    """
    found = (one if isinstance(one, Outcome) else _keep(archive, one) for one in find_inputs(paths, now, publishers))
    report = CollectReport(_told(found, tell))
    archive.flush()
    return report


def collect_publisher(
    publisher: Publisher,
    archive: Archive,
    fetcher: Fetcher,
    since: date | None = None,
    until: date | None = None,
    *,
    tell: Tell | None = None,
) -> CollectReport:
    """Archive what the publisher's lists name under the days `since` to `until` (inclusive; None leaves a side open).

    A list or a page that fails is an outcome of its own and stops no other. An article is asked for once however many
    lists name it; one whose bytes the archive has already keeps the day under which it stands there.
    """
    days = Days(since, until)
    report = CollectReport(_told(_walk(publisher, archive, fetcher, days), tell))
    archive.flush()
    return report


def _told(outcomes: Iterator[Outcome], tell: Tell | None) -> list[Outcome]:
    """Gather the outcomes, and tell each one as it comes."""
    gathered: list[Outcome] = []
    for outcome in outcomes:
        gathered.append(outcome)
        if tell is not None:
            tell(outcome)
    return gathered


def _walk(publisher: Publisher, archive: Archive, fetcher: Fetcher, days: Days) -> Iterator[Outcome]:
    asked: set[str] = set()
    for listing in publisher.listings:
        for found in _list(publisher, listing, fetcher, days):
            if isinstance(found, Outcome):
                yield found
            elif found.uri not in asked:
                asked.add(found.uri)
                yield _fetch(publisher, found, archive, fetcher)


def _list(publisher: Publisher, listing: Listing, fetcher: Fetcher, days: Days) -> Iterator[Listed | Outcome]:
    """Yield the articles in the days asked for, and then what became of the list itself."""
    today = day_of(datetime.now(UTC))
    named = 0

    def outcome(uri: str, day: date | None, name: str, message: str = "") -> Outcome:
        return Outcome(publisher.id, day or days.until or today, uri, name, message)

    try:
        for found in KINDS[listing.kind](listing, lambda uri: fetcher.fetch(uri, publisher), days):
            if isinstance(found, Looked):
                yield outcome(found.uri, found.day, found.outcome, found.message)
            elif found.day in days:
                named += 1
                yield found
    except FetchError as error:
        yield outcome(listing.url, None, error.outcome, f"{publisher.id}: {error}")
    else:
        told = f"names {named} articles in the days asked for"
        yield outcome(listing.url, None, "listed" if named else "empty-list", told)


def _fetch(publisher: Publisher, listed: Listed, archive: Archive, fetcher: Fetcher) -> Outcome:
    try:
        fetched = fetcher.fetch(listed.uri, publisher)
    except FetchError as error:
        day = listed.day or day_of(datetime.now(UTC))
        return Outcome(publisher.id, day, listed.uri, error.outcome, str(error))
    return _keep(archive, _capture(publisher, listed, fetched), fetched.exchange)


def _capture(publisher: Publisher, listed: Listed, fetched: Fetched) -> Capture:
    return Capture(
        uri=fetched.uri,
        publisher=publisher.id,
        day=listed.day or day_of(fetched.retrieved),
        retrieved=fetched.retrieved,
        body=fetched.body,
        content_type=fetched.content_type,
        status=fetched.status,
    )


def _keep(archive: Archive, capture: Capture, exchange: Exchange | None = None) -> Outcome:
    """Add the capture unless the archive has this very body of this URI."""
    known = archive.find(capture.publisher, capture.uri, capture.digest)
    if known is not None:
        return Outcome(known.publisher, known.day, known.uri, "unchanged")
    outcome = "new" if archive.latest(capture.publisher, capture.uri) is None else "changed"
    archive.add(capture, exchange)
    return Outcome(capture.publisher, capture.day, capture.uri, outcome)
