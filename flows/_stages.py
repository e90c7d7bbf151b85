"""The stages of `qzetl.pipeline` as Prefect tasks, in order; the flows differ only in their parameters.

A task is the collection of one publisher, or one partition (publisher, day), never an article. Tasks are retried by
nothing: what is transient is retried where it happens (in the fetcher, in the store), and what is not, is reported.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

import _surroundings  # noqa: F401 - before Prefect
from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger

from qzetl import pipeline
from qzetl.collect.outcome import CollectReport
from qzetl.dataset.release import Publication
from qzetl.fates import Tally, touched_partitions
from qzetl.report import Processed, RunReport, RunRequest
from qzetl.settings import Settings

__all__ = ["run_stages"]


@cache
def rooms() -> pipeline.Rooms:
    """Open the rooms, once a process."""
    return pipeline.Rooms.open(Settings.load())


@task(cache_policy=NO_CACHE, task_run_name="collect {publisher}")
def collect(publisher: str, request: RunRequest) -> pipeline.Collected:
    """Archive what one publisher lists."""
    visit = pipeline.collect(rooms(), publisher, request)
    get_run_logger().info("%s: %s", publisher, visit.report.counts)
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


def run_stages(request: RunRequest) -> RunReport:
    """Run every stage in order, inside a flow; raises `UsageError` before anything is done where `request` is wrong."""
    started = datetime.now(UTC)
    asked = pipeline.lookups(rooms(), request)
    # Different publishers' sites are waited for at the same time; what the processor does goes one after another.
    waiting = [collect.submit(publisher, each) for publisher, each in asked.items()]
    files = [collect_files(request)] if request.inputs else []
    visits = [future.result() for future in waiting]
    found = pipeline.due(rooms(), touched_partitions([*files, *(visit.report for visit in visits)]), asked)
    processed = [process(publisher, day) for publisher, day in found.partitions]
    tally = pipeline.tally_of(request, started, visits, files, (found, processed))
    derive(tally)
    return pipeline.conclude(rooms(), tally, publish())
