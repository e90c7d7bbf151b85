"""A backfill as a deployment: the plan of `qzetl backfill plan`, or one made from the same parameters, carried out.

The same parameters are the same backfill: started again after its worker was killed, it goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from _reporting import Progress, ended, tell_of_failure
from _runner import task_runner
from _stages import rooms
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture, as_completed
from prefect.logging import get_run_logger
from prefect.states import Completed
from pydantic import Field

from qzetl.errors import BackfillError, UsageError
from qzetl.operations.backfill import Batch, Children, carry_out, collect_share, process_batch
from qzetl.operations.plan import Plan, Wish, make_plan, read_plan
from qzetl.pipeline import Collected
from qzetl.report import Processed, RunReport

__all__ = ["backfill"]

_T = TypeVar("_T")
_children: list[Children] = []


@task(cache_policy=NO_CACHE, task_run_name="collect {publisher}")
def collect(plan: Plan, publisher: str) -> list[Collected]:
    """Archive what one publisher lists in the days of the plan."""
    return collect_share(rooms(), plan, publisher)


@task(cache_policy=NO_CACHE, task_run_name="process {what}")
def process(backfill_id: str, batch: Batch, what: str) -> list[Processed]:  # noqa: ARG001 - the task's name
    """Make the rows of some of a publisher's partitions aside, in a child process where the flow has children."""
    if _children:
        done: Future[list[Processed]] = _children[0].submit(backfill_id, batch)
        return done.result()
    return process_batch(rooms(), backfill_id, batch)


class Tasks:
    """The doer whose work is Prefect tasks, no more than the plan's `parallel` at once."""

    def collect(self, plan: Plan, publishers: Sequence[str]) -> Iterator[list[Collected]]:
        """Collect from all publishers at the same time."""
        for future in as_completed([collect.submit(plan, publisher) for publisher in publishers]):
            yield _result(future)

    def process(self, plan: Plan, batches: Sequence[Batch]) -> Iterator[list[Processed]]:
        """Process batch by batch, and show how many partitions are done."""
        waiting: list[PrefectFuture[list[Processed]]] = []
        with Progress("partitions", sum(len(days) for _, days in batches)) as progress:
            for publisher, days in batches:
                waiting.append(process.submit(plan.id, (publisher, days), f"{publisher} {days[0]} to {days[-1]}"))
                while len(waiting) >= plan.parallel:
                    yield self._finished(waiting, progress)
            while waiting:
                yield self._finished(waiting, progress)

    @staticmethod
    def _finished(waiting: list[PrefectFuture[list[Processed]]], progress: Progress) -> list[Processed]:
        future = next(as_completed(waiting))
        waiting.remove(future)
        done: list[Processed] = _result(future)
        return progress.told(done, len(done))


@flow(
    name="backfill",
    flow_run_name="backfill",
    persist_result=False,
    task_runner=task_runner(),
    on_failure=[tell_of_failure],
    on_crashed=[tell_of_failure],
)
def backfill(  # noqa: PLR0913, PLR0917 - each is a parameter of the deployment
    plan: Path | None = None,
    reason: str = "",
    publishers: list[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    source: Literal["archive", "network"] | None = None,
    exclude: list[date] | None = None,
    outdated: bool = False,  # noqa: FBT001, FBT002
    parallel: Annotated[int, Field(ge=1, le=64)] = 1,
    again: bool = False,  # noqa: FBT001, FBT002
) -> State[RunReport | None]:
    """Carry out a backfill.

    plan: a reviewed file; the other parameters, those of `qzetl backfill plan`, are for a backfill without one. again:
    also where it was carried out before.
    """
    wish = Wish(reason, tuple(publishers or ()), since, until, source, tuple(exclude or ()), outdated, parallel)
    if plan is not None and wish != Wish("", parallel=parallel):
        msg = "plan says what is to be done; leave reason, publishers, since, until, source, exclude and outdated out"
        raise UsageError(msg)
    made = read_plan(plan) if plan else make_plan(rooms(), wish)
    get_run_logger().info("backfill %s: %s; about %d s", made.id, made.reason, sum(s.seconds for s in made.shares))
    settings = rooms().settings
    with Children(settings, made.parallel if made.parallel > 1 and not settings.dask else 0) as children:
        _children[:] = [children] if children.workers else []
        report = carry_out(rooms(), made, Tasks(), again=again)
    if report is None:
        return Completed(name="Skipped", message=f"backfill {made.id} was carried out before; again does it anew")
    return ended(rooms().store, settings, report)


def _result(future: PrefectFuture[_T]) -> _T:
    """Return a task's result; raises `BackfillError` in place of whatever it failed by."""
    outcome: _T | BaseException = future.result(raise_on_failure=False)
    if isinstance(outcome, BackfillError):
        raise outcome
    if isinstance(outcome, BaseException):
        msg = f"a task failed ({outcome!r}); see its log, then run the backfill again: it goes on with what is left"
        raise BackfillError(msg) from outcome
    return outcome
