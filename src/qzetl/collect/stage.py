"""The first stage: what publishers list, or users hand in, ends in the archive; every fate is reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from qzetl.collect.archive import Archive
from qzetl.collect.capture import Capture, Exchange
from qzetl.collect.files import find_inputs
from qzetl.collect.outcome import CollectReport, Outcome
from qzetl.collect.publisher import Publisher

__all__ = ["CollectReport", "Outcome", "collect_inputs"]


def collect_inputs(
    paths: Iterable[Path], archive: Archive, publishers: Mapping[str, Publisher], now: datetime
) -> CollectReport:
    """Archive the files and WARC records that `paths` name, those that are not there yet, and report each one's fate.

    `now` (UTC) is the moment that local files get as theirs. A file whose bytes the archive has already keeps the day
    under which it stands there.
    """
    outcomes = [
        found if isinstance(found, Outcome) else _keep(archive, found) for found in find_inputs(paths, now, publishers)
    ]
    archive.flush()
    return CollectReport(outcomes)


def _keep(archive: Archive, capture: Capture, exchange: Exchange | None = None) -> Outcome:
    """Add the capture unless the archive has this very body of this URI."""
    known = archive.find(capture.publisher, capture.uri, capture.digest)
    if known is not None:
        return Outcome(known.publisher, known.day, known.uri, "unchanged")
    outcome = "new" if archive.latest(capture.publisher, capture.uri) is None else "changed"
    archive.add(capture, exchange)
    return Outcome(capture.publisher, capture.day, capture.uri, outcome)
