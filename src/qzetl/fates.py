"""What became of everything that a run was asked for: partitions to process, problems to report, days covered.

Collecting reports outcomes by page and list, processing by partition; here both are put together. Nothing is read
and nothing written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qzetl.collect.outcome import CollectReport, Outcome
from qzetl.collect.publisher import INPUT, Publisher
from qzetl.dataset.coverage import Covered
from qzetl.dataset.store import Partition
from qzetl.report import READ, Problem, Processed, RunRequest, is_own_file

__all__ = ["Tally", "covered_days", "failures", "touched_partitions"]

_OF_LISTS = frozenset({"listed", "empty-list"})


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run has done: what it was asked for and when, each source's outcomes, each partition's result."""

    request: RunRequest
    started: datetime
    reports: Sequence[CollectReport]
    processed: Sequence[Processed]


def touched_partitions(reports: Iterable[CollectReport]) -> list[Partition]:
    """Return the partitions of which something was found, or was listed and failed, sorted, each once.

    One in which all failed is there too: the archive may hold its pages from an earlier run.
    """
    outcomes = (outcome for report in reports for outcome in report.outcomes)
    return sorted({(o.publisher, o.day) for o in outcomes if o.kept or (not o.ok and not is_own_file(o.uri))})


def failures(reports: Iterable[CollectReport], publishers: Mapping[str, Publisher]) -> list[Problem]:
    """Return what collecting could not do; a list, or a file of the user's, is what was asked for by name."""
    return [
        Problem(outcome.uri, outcome.outcome, outcome.message, asked=_asked(outcome, publishers))
        for report in reports
        for outcome in report.failures
    ]


def covered_days(tally: Tally, standing: Collection[Partition]) -> list[Covered]:
    """Return how the days that this run looked at stand.

    `standing` are the partitions that have articles from earlier runs: a list that no longer names them does not make
    them empty.
    """
    failed = _failed_by_day(tally.reports)
    covered = {}
    for part in tally.processed:
        key = (part.publisher, part.day)
        fates = failed.get(key, Counter()) + _as_read(part.fates)
        covered[key] = Covered(*key, fates, part.articles, part.observations, sum(part.rejected.values()))
    for key in _looked_at(tally.request, tally.reports):
        if key not in covered and key not in standing:
            covered[key] = Covered(*key, failed.get(key, {}), 0, 0, 0)
    return [covered[key] for key in sorted(covered)]


def _asked(outcome: Outcome, publishers: Mapping[str, Publisher]) -> bool:
    lists = {listing.where for listing in publishers.get(outcome.publisher, INPUT).listings}
    return is_own_file(outcome.uri) or outcome.uri in lists


def _as_read(fates: Mapping[str, int]) -> Counter[str]:
    """Count what was read under one name, whether it had figures or none."""
    counted: Counter[str] = Counter()
    for name, count in fates.items():
        counted["read" if name in READ else name] += count
    return counted


def _failed_by_day(reports: Iterable[CollectReport]) -> dict[Partition, Counter[str]]:
    failed: dict[Partition, Counter[str]] = {}
    for report in reports:
        for outcome in report.failures:
            if not is_own_file(outcome.uri):
                failed.setdefault((outcome.publisher, outcome.day), Counter())[outcome.outcome] += 1
    return failed


def _looked_at(request: RunRequest, reports: Iterable[CollectReport]) -> Iterator[Partition]:
    """Yield every publisher and day of the range asked for, days without articles included, where a list was read.

    A list read without a range shows what is there now: it says of no day that nothing happened on it, so a later run
    that finds the same publishes nothing new.
    """
    if request.since is None and request.until is None:
        return
    for report in reports:
        for outcome in report.outcomes:
            if outcome.outcome in _OF_LISTS:
                last = min(request.until or outcome.day, outcome.day)
                yield from ((outcome.publisher, day) for day in _days(request.since or last, last))


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
