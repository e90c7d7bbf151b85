"""What became of everything that a run was asked for: partitions to process, problems to report, days covered.

Collecting reports outcomes by page and list, processing by partition; here both are put together. Nothing is read
and nothing written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from qzetl.collect.outcome import CollectReport, Outcome
from qzetl.collect.publisher import INPUT, Publisher
from qzetl.dataset.coverage import Covered
from qzetl.dataset.store import Partition
from qzetl.report import READ, Problem, Processed, PublisherReport, RunRequest, is_own_file

__all__ = ["Tally", "by_publisher", "covered_days", "failures", "touched_partitions", "transient_lists"]

_OF_LISTS = frozenset({"listed", "empty-list"})
_PASSING = frozenset({"timeout", "unreachable", "robots-unreachable", "broken-response", "http-408", "http-429"})
_FETCHED = frozenset({"new", "changed"})


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run has done: what it was asked for and when, each source's outcomes, each partition's result.

    `since` are the first days that publishers were asked for where days had been missed, `seconds` how long collecting
    took, by publisher. `unchanged` of the partitions in `processed` stood as they were. `known` are failures of
    collecting of earlier runs, by partition; days in `exclude` were not asked for.
    """

    request: RunRequest
    started: datetime
    reports: Sequence[CollectReport]
    processed: Sequence[Processed]
    since: Mapping[str, date] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    unchanged: int = 0
    known: Mapping[Partition, Mapping[str, int]] = field(default_factory=dict)
    exclude: Collection[date] = ()


def touched_partitions(reports: Iterable[CollectReport]) -> list[Partition]:
    """Return the partitions of which something was found, or was listed and failed, sorted, each once.

    One in which all failed is there too: the archive may hold its pages from an earlier run.
    """
    outcomes = (outcome for report in reports for outcome in report.outcomes)
    return sorted({(o.publisher, o.day) for o in outcomes if o.kept or (not o.ok and not is_own_file(o.uri))})


def by_publisher(tally: Tally, publishers: Mapping[str, Publisher]) -> dict[str, PublisherReport]:
    """Return what a run did for each publisher that it met, by id."""
    outcomes: dict[str, list[Outcome]] = {}
    for outcome in (each for report in tally.reports for each in report.outcomes):
        outcomes.setdefault(outcome.publisher, []).append(outcome)
    parts: dict[str, list[Processed]] = {}
    for part in tally.processed:
        parts.setdefault(part.publisher, []).append(part)
    told = {}
    for name in sorted(outcomes.keys() | parts.keys()):
        met, done = outcomes.get(name, []), parts.get(name, [])
        told[name] = PublisherReport(
            looked=_all_looked(met, publishers),
            since=tally.since.get(name),
            fetched=sum(each.outcome in _FETCHED for each in met),
            failed=sum(not each.ok for each in met) + sum(len(_unread(part)) for part in done),
            articles=sum(part.articles for part in done),
            observations=sum(part.observations for part in done),
            rejects=sum(sum(part.rejected.values()) for part in done),
            seconds=round(tally.seconds.get(name, 0.0) + sum(part.seconds for part in done), 3),
        )
    return told


def _all_looked(met: Iterable[Outcome], publishers: Mapping[str, Publisher]) -> bool:
    lists = [
        outcome for outcome in met if outcome.outcome in _OF_LISTS or (not outcome.ok and _asked(outcome, publishers))
    ]
    return bool(lists) and all(outcome.ok for outcome in lists)


def _unread(part: Processed) -> list[Problem]:
    return [problem for problem in part.problems if problem.outcome not in READ]


def transient_lists(report: CollectReport, publishers: Mapping[str, Publisher]) -> list[str]:
    """Return the outcomes of lists that failed for a reason that may pass by itself: an answer may come in minutes."""
    return sorted({each.outcome for each in report.failures if _asked(each, publishers) and _may_pass(each.outcome)})


def _may_pass(outcome: str) -> bool:
    return outcome in _PASSING or outcome.startswith("http-5")


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
    them empty. Failures of collecting of earlier runs stand where this one collected nothing and only read again.
    """
    failed = _failed_by_day(tally.reports)
    collected = {(outcome.publisher, outcome.day) for report in tally.reports for outcome in report.outcomes}
    covered = {}
    for part in tally.processed:
        key = (part.publisher, part.day)
        before = failed if key in collected else tally.known
        fates = Counter(before.get(key, {})) + _as_read(part.fates)
        covered[key] = Covered(*key, fates, part.articles, part.observations, sum(part.rejected.values()))
    for key in _looked_at(tally):
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


def _looked_at(tally: Tally) -> Iterator[Partition]:
    """Yield every publisher and day of the range asked for, days without articles included, where a list was read.

    A list read without a range shows what is there now: it says of no day that nothing happened on it, so a later run
    that finds the same publishes nothing new.
    """
    request = tally.request
    for report in tally.reports:
        for outcome in report.outcomes:
            since = request.since or tally.since.get(outcome.publisher)
            if outcome.outcome in _OF_LISTS and (since or request.until):
                last = min(request.until or outcome.day, outcome.day)
                days = (day for day in _days(since or last, last) if day not in tally.exclude)
                yield from ((outcome.publisher, day) for day in days)


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
