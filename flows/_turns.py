"""Late and overlapping runs: one at a time, a late one makes up for the days missed, and none piles up.

The deployment's limit lets one run at a time begin. After a worker was away, the runs of all the missed hours are
waiting; the first of them looks at everything since the last look, so it takes the others off, and one that begins all
the same finds that it was made up for.
"""

from __future__ import annotations

from itertools import islice

import _surroundings  # noqa: F401 - before Prefect
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.context import FlowRunContext
from prefect.states import Cancelled
from prefect.types import DateTime

from qzetl.dataset.store import Store
from qzetl.history import past_runs

__all__ = ["made_up_for", "take_off_late_ones"]

_LOOKED_THROUGH = 50


def made_up_for(store: Store, publishers: list[str] | None) -> str | None:
    """Return the run that did what this scheduled run was to do, None where it is needed or was started by hand."""
    run = _scheduled()
    if run is None or run.expected_start_time is None:
        return None
    asked = sorted(set(publishers or ()))
    for past in islice(past_runs(store), _LOOKED_THROUGH):
        same = not past.request["publishers"] or sorted(past.request["publishers"]) == asked
        if past.scheduled and same and past.state != "failed" and past.started >= run.expected_start_time:
            return past.run_id
    return None


def take_off_late_ones() -> int:
    """Cancel the scheduled runs of this deployment that are late too, and return how many there were."""
    run = _scheduled()
    if run is None or run.deployment_id is None:
        return 0
    late = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[run.deployment_id]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
        expected_start_time=FlowRunFilterExpectedStartTime(before_=DateTime.now("UTC")),
    )
    with get_client(sync_client=True) as client:
        others = [
            each for each in client.read_flow_runs(flow_run_filter=late) if each.id != run.id and each.auto_scheduled
        ]
        for each in others:
            client.set_flow_run_state(each.id, Cancelled(message=f"late; {run.name} makes up for it"), force=True)
    return len(others)


def _scheduled() -> FlowRun | None:
    """Return this run where a schedule started it."""
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    return run if run is not None and run.deployment_id and run.auto_scheduled else None
