"""The first stage: what publishers list, or users hand in, ends in the archive; every fate is reported."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from qzetl.collect.archive import Archive
from qzetl.collect.capture import ARTICLE, LIST, Capture, Exchange, Validators, day_of
from qzetl.collect.files import find_inputs
from qzetl.collect.http import Fetched, Fetcher
from qzetl.collect.index import Entry
from qzetl.collect.listing import KINDS, Listed, Looked
from qzetl.collect.listing.listed import Days, day_in_uri
from qzetl.collect.outcome import CollectReport, Outcome
from qzetl.collect.publisher import Listing, Publisher
from qzetl.collect.wanted import Wanted
from qzetl.errors import FetchError

__all__ = ["CollectReport", "Follow", "Outcome", "Tell", "collect_inputs", "collect_publisher"]

Tell = Callable[[Outcome], None]
"""Is called with each outcome as it comes, to show progress."""

Follow = Callable[[Capture], Iterable[str]]
"""Is asked for the addresses at which an article goes on; they are archived under the article's own day."""

_MOST_FOLLOWED = 50  # further pages of one article
_LOG = logging.getLogger("qzetl.collect")
_LOG.addHandler(logging.NullHandler())  # who wants to hear it says so


def collect_inputs(
    paths: Iterable[Path],
    archive: Archive,
    publishers: Mapping[str, Publisher],
    now: datetime,
    *,
    tell: Tell | None = None,
    wanted: Wanted | None = None,
) -> CollectReport:
    """Archive the files and WARC records that `paths` name, those that are not there yet, and report each one's fate.

    `now` (UTC) is the moment that local files get as theirs. A file whose bytes the archive has already keeps the day
    under which it stands there. Of WARC files only the pages that are `wanted` are taken.
    """
    found = find_inputs(paths, now, publishers, wanted=wanted)
    report = CollectReport(_told((_kept(archive, one) for one in found), tell))
    archive.flush()
    return report


def collect_publisher(  # noqa: PLR0913 - where from, where to, which days; the rest is by name
    publisher: Publisher,
    archive: Archive,
    fetcher: Fetcher,
    since: date | None = None,
    until: date | None = None,
    *,
    publishers: Mapping[str, Publisher] | None = None,
    follow: Follow | None = None,
    tell: Tell | None = None,
) -> CollectReport:
    """Archive what the publisher's lists name under the days `since` to `until` (inclusive; None leaves a side open).

    A list or a page that fails is an outcome of its own and stops no other. An article is asked for once however many
    lists name it; one whose bytes the archive has already keeps the day under which it stands there. Pages out of
    WARC files belong to those of `publishers` whose hosts they are of. `follow` finds the further pages of an article.
    """
    walk = _Walk(publisher, archive, fetcher, Days(since, until), publishers or {}, follow)
    report = CollectReport(_told(walk.outcomes(), tell))
    archive.flush()
    return report


def _told(outcomes: Iterator[Outcome], tell: Tell | None) -> list[Outcome]:
    """Gather the outcomes, and tell each one as it comes."""
    gathered: list[Outcome] = []
    for outcome in outcomes:
        gathered.append(outcome)
        level = logging.INFO if outcome.ok else logging.WARNING
        fields = {
            "publisher": outcome.publisher,
            "day": str(outcome.day),
            "outcome": outcome.outcome,
            "uri": outcome.uri,
        }
        _LOG.log(level, outcome.message or outcome.outcome, extra={"qzetl": fields})
        if tell is not None:
            tell(outcome)
    return gathered


class _Walk:
    """One way through the lists of one publisher."""

    def __init__(
        self,
        publisher: Publisher,
        archive: Archive,
        fetcher: Fetcher,
        days: Days,
        publishers: Mapping[str, Publisher],
        follow: Follow | None,
    ) -> None:
        self._publisher = publisher
        self._archive = archive
        self._fetcher = fetcher
        self._days = days
        self._publishers = publishers
        self._follow = follow
        self._now = datetime.now(UTC)
        self._asked: set[str] = set()

    def outcomes(self) -> Iterator[Outcome]:
        """Yield the fate of every page and list, each list after what it names."""
        for listing in self._publisher.listings:
            for found in self._list(listing):
                if isinstance(found, Listed):
                    yield from self._article(found, listing)
                else:
                    yield found

    def _list(self, listing: Listing) -> Iterator[Listed | Outcome]:
        """Yield the articles in the days asked for, or what became of them, and then what became of the list itself."""
        named = 0
        try:
            for found in self._entries(listing):
                if isinstance(found, Looked):
                    yield self._outcome(found.uri, found.day, found.outcome, found.message)
                elif isinstance(found, Outcome):
                    named += found.kept
                    yield found
                elif found.day in self._days:
                    named += 1
                    yield found
        except FetchError as error:
            yield self._outcome(listing.where, None, error.outcome, f"{self._publisher.id}: {error}")
        else:
            told = f"names {named} articles in the days asked for"
            yield self._outcome(listing.where, None, "listed" if named else "empty-list", told)

    def _entries(self, listing: Listing) -> Iterator[Listed | Looked | Outcome]:
        if listing.kind in KINDS:
            yield from KINDS[listing.kind](listing, self._fetch_list, self._days)
        elif listing.path is not None:
            yield from self._local(listing, listing.path)

    def _local(self, listing: Listing, path: Path) -> Iterator[Outcome]:
        """Yield the fates of files and WARC records that are here already, of the days asked for."""
        wanted = Wanted(listing.texts("sites"), listing.texts("languages"), listing.texts("words"))
        for found in find_inputs([path], self._now, self._publishers, owner=self._publisher, wanted=wanted):
            if isinstance(found, Outcome):
                yield found
                continue
            dated = replace(found, day=day_in_uri(found.uri) or found.day)
            if dated.day in self._days:
                yield _kept(self._archive, dated)

    def _fetch_list(self, uri: str, *, form: Mapping[str, str] | None = None, referer: str = "") -> Fetched:
        """Fetch a page of a list; one that has not changed comes from the archive. What a form asks for is not kept."""
        if form is not None:
            return self._fetcher.fetch(uri, self._publisher, form=form, referer=referer)
        fetched = self._fetcher.fetch(
            uri, self._publisher, known=lambda at: _known(self._latest(at, LIST)), referer=referer
        )
        latest = self._latest(fetched.uri, LIST)
        if fetched.unchanged and latest is not None:
            kept = self._archive.read(latest.position)
            return replace(fetched, body=kept.body, content_type=kept.content_type, status=kept.status)
        capture = self._capture(fetched, day_of(fetched.retrieved), LIST)
        if latest is None or latest.digest != capture.digest:
            self._archive.add(capture, replace(fetched.exchange, via=referer))
        return fetched

    def _article(self, listed: Listed, listing: Listing) -> Iterator[Outcome]:
        """Yield the fate of an article and of the pages on which it goes on."""
        waiting = deque([listed.uri])
        via, day, followed = listing.where, listed.day, 0
        while waiting:
            uri = waiting.popleft()
            if uri in self._asked:
                continue
            self._asked.add(uri)
            outcome = self._page(uri, day, via)
            yield outcome
            kept = self._latest(outcome.uri) if outcome.kept and self._follow is not None else None
            if kept is None or self._follow is None or followed >= _MOST_FOLLOWED:
                continue
            further = [each for each in self._follow(self._archive.read(kept.position)) if each not in self._asked]
            waiting.extend(further[: _MOST_FOLLOWED - followed])
            followed += len(further)
            via, day = uri, outcome.day

    def _page(self, uri: str, day: date | None, via: str) -> Outcome:
        latest = self._latest(uri)
        if latest is not None and self._rests(latest, day):
            return Outcome(latest.publisher, latest.day, uri, "unchanged")
        try:
            fetched = self._fetcher.fetch(uri, self._publisher, known=lambda at: _known(self._latest(at)))
        except FetchError as error:
            return Outcome(self._publisher.id, day or day_of(self._now), uri, error.outcome, str(error))
        latest = self._latest(fetched.uri)
        if fetched.unchanged and latest is not None:
            return Outcome(latest.publisher, latest.day, latest.uri, "unchanged")
        capture = self._capture(fetched, day or day_of(fetched.retrieved))
        return _kept(self._archive, capture, replace(fetched.exchange, via=via))

    def _rests(self, latest: Entry, day: date | None) -> bool:
        """Return whether a known page is not asked for: it was lately, or its publisher's file takes it for settled."""
        publisher = self._publisher
        if self._now - latest.retrieved < timedelta(hours=publisher.fresh):
            return True
        return bool(publisher.settled) and day_of(self._now) - (day or latest.day) > timedelta(days=publisher.settled)

    def _latest(self, uri: str, role: str = ARTICLE) -> Entry | None:
        return self._archive.latest(self._publisher.id, uri, role)

    def _capture(self, fetched: Fetched, day: date, role: str = ARTICLE) -> Capture:
        return Capture(
            uri=fetched.uri,
            publisher=self._publisher.id,
            day=day,
            retrieved=fetched.retrieved,
            body=fetched.body,
            content_type=fetched.content_type,
            status=fetched.status,
            role=role,
            validators=fetched.validators,
        )

    def _outcome(self, uri: str, day: date | None, name: str, message: str = "") -> Outcome:
        return Outcome(self._publisher.id, day or self._days.until or day_of(self._now), uri, name, message)


def _known(latest: Entry | None) -> Validators:
    return Validators() if latest is None else latest.validators


def _kept(archive: Archive, found: Capture | Outcome, exchange: Exchange | None = None) -> Outcome:
    """Add the capture unless the archive has this very body of this URI; an outcome stays what it is."""
    if isinstance(found, Outcome):
        return found
    known = archive.find(found.publisher, found.uri, found.digest)
    if known is not None:
        return Outcome(known.publisher, known.day, known.uri, "unchanged")
    outcome = "new" if archive.latest(found.publisher, found.uri) is None else "changed"
    archive.add(found, exchange)
    return Outcome(found.publisher, found.day, found.uri, outcome)
