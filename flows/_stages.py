"""The stages of `qzetl.pipeline` as Prefect tasks, in order; the flows differ only in their parameters.

A task is the collection of one publisher, or one partition (publisher, day), or in a backfill some neighbouring ones of
them, never an article. What is transient in a request is retried where it happens, in the fetcher; a publisher whose
list did not answer for a transient reason is asked again by its task, after a longer wait. Nothing else is retried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache

import _surroundings  # noqa: F401 - before Prefect
from _reporting import Progress
from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture, as_completed
from prefect.logging import get_run_logger
from prefect.runtime import task_run

from qzetl import pipeline
from qzetl.collect.outcome import CollectReport
from qzetl.dataset.release import Publication
from qzetl.dataset.store import Partition
from qzetl.errors import CollectLaterError
from qzetl.fates import Tally, touched_partitions, transient_lists
from qzetl.report import Problem, Processed, RunReport, RunRequest
from qzetl.settings import Settings

__all__ = ["rooms", "run_stages"]

_ON_A_CLUSTER = 32  # partitions that are submitted and not finished: a cluster is busy, and no queue grows


@cache
def rooms() -> pipeline.Rooms:
    """Open the rooms, once a process."""
    return pipeline.Rooms.open(Settings.load())


def _transient(_task: object, _run: object, state: State) -> bool:
    """Tell Prefect to try again only what may be otherwise in some minutes."""
    return isinstance(state.result(raise_on_failure=False), CollectLaterError)


@task(cache_policy=NO_CACHE, task_run_name="collect {publisher}", retry_condition_fn=_transient)
def collect(publisher: str, request: RunRequest, attempts: int) -> pipeline.Collected:
    """Archive what one publisher lists; raises `CollectLaterError` where its list should be asked for again."""
    visit = pipeline.collect(rooms(), publisher, request)
    get_run_logger().info("%s: %s", publisher, visit.report.counts)
    if task_run.run_count < attempts and (names := transient_lists(visit.report, rooms().publishers)):
        msg = f"{publisher}: {', '.join(names)}; its lists are asked for again"
        raise CollectLaterError(msg)
    return visit


@task(cache_policy=NO_CACHE, task_run_name="collect files")
def collect_files(request: RunRequest) -> CollectReport:
    """Archive the user's own files."""
    report = pipeline.collect_files(rooms(), request)
    get_run_logger().info("own files: %s", report.counts)
    return report


@task(cache_policy=NO_CACHE, task_run_name="process {publisher} {day}")
def process(publisher: str, day: date) -> Processed:
    """Read, extract, validate and store one partition."""
    return pipeline.process(rooms(), publisher, day)


@task(cache_policy=NO_CACHE, task_run_name="derive")
def derive(tally: Tally) -> dict[str, int]:
    """Bring publishers, coverage, series, vintages and happenings up to date."""
    return pipeline.derive(rooms(), tally)


@task(cache_policy=NO_CACHE, task_run_name="publish")
def publish() -> Publication | None:
    """Publish a release if anything is new."""
    return pipeline.publish(rooms())


def run_stages(request: RunRequest, retry_after: Sequence[float] = ()) -> RunReport:
    """Run every stage in order, inside a flow; raises `UsageError` before anything is done where `request` is wrong.

    `retry_after` are the seconds after which a publisher whose list did not answer is asked again.
    """
    started = datetime.now(UTC)
    asked = pipeline.lookups(rooms(), request)
    patient = collect.with_options(retries=len(retry_after), retry_delay_seconds=list(retry_after))
    # Different publishers' sites are waited for at the same time.
    waiting = {name: patient.submit(name, each, len(retry_after) + 1) for name, each in asked.items()}
    files = [collect_files(request)] if request.inputs else []
    visits = [_visit(name, asked[name], future) for name, future in waiting.items()]
    found = pipeline.due(rooms(), touched_partitions([*files, *(visit.report for visit in visits)]), asked)
    with Progress("partitions", len(found.partitions)) as progress:
        processed = [progress.told(done) for done in _process_all(found.partitions)]
    tally = pipeline.tally_of(request, started, visits, files, (found, processed))
    derive(tally)
    return pipeline.conclude(rooms(), tally, publish())


def _visit(publisher: str, request: RunRequest, future: PrefectFuture[pipeline.Collected]) -> pipeline.Collected:
    """Return what collecting came to; a task that crashed is a failure of its publisher and of no other."""
    outcome = future.result(raise_on_failure=False)
    if isinstance(outcome, pipeline.Collected):
        return outcome
    return pipeline.not_collected(rooms(), publisher, request, str(outcome))


def _process_all(partitions: Sequence[Partition]) -> Iterator[Processed]:
    """Yield what became of each partition; on a cluster several are worked on at once, here one after another."""
    at_once = _ON_A_CLUSTER if rooms().settings.dask else 1
    waiting: dict[PrefectFuture[Processed], Partition] = {}
    for partition in partitions:
        waiting[process.submit(*partition)] = partition
        while len(waiting) >= at_once:
            yield from _finished(waiting)
    while waiting:
        yield from _finished(waiting)


def _finished(waiting: dict[PrefectFuture[Processed], Partition]) -> Iterator[Processed]:
    future = next(as_completed(list(waiting)))
    publisher, day = waiting.pop(future)
    outcome = future.result(raise_on_failure=False)
    if isinstance(outcome, Processed):
        yield outcome
        return
    where = f"{publisher} {day}"
    problem = Problem(where, "not-processed", f"{where} was not processed: {outcome}", asked=True)
    yield Processed(publisher, day, 0, 0, {}, {"not-processed": 1}, (problem,))
