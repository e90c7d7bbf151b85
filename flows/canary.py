"""The canary: one known article of every publisher, fetched and read; says which site or parser has changed."""

from __future__ import annotations

from dataclasses import asdict

import _surroundings  # noqa: F401 - before Prefect
from _reporting import tell_of_failure
from _runner import task_runner
from _stages import rooms
from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from qzetl.operations.canary import FINE, Canary, canaries

__all__ = ["canary"]


@task(cache_policy=NO_CACHE, task_run_name="try {publisher}")
def try_publisher(publisher: str) -> Canary:
    """Try one publisher's known article."""
    return canaries(rooms(), [publisher])[0]


@flow(
    name="canary",
    flow_run_name="canary",
    persist_result=False,
    task_runner=task_runner(),
    on_failure=[tell_of_failure],
)
def canary(publishers: list[str] | None = None) -> State[list[Canary]]:
    """Try one known article of every publisher, or of those named; the run fails where one has changed."""
    wanted = rooms().known(publishers or ())
    found = [future.result() for future in [try_publisher.submit(name) for name in wanted]]
    create_table_artifact([asdict(each) for each in found], key="canary-report")
    if changed := [each for each in found if each.verdict not in FINE]:
        said = "; ".join(f"{each.publisher} {each.verdict}: {each.message} ({each.uri})" for each in changed)
        return Failed(message=said, data=found)
    return Completed(message=f"{len(found)} publishers read as they are known", data=found)
