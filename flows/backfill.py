"""The same stages over a past range of days, both ends included."""

from __future__ import annotations

from datetime import date

from _stages import run_stages
from prefect import flow

from qzetl.report import RunReport, RunRequest

__all__ = ["backfill"]


@flow(name="backfill", flow_run_name="backfill {since} to {until}", persist_result=False)
def backfill(since: date, until: date, publishers: list[str] | None = None) -> RunReport:
    """Run every stage for what publishers list under the days from `since` to `until`.

    publishers: ids; none means all.
    """
    return run_stages(RunRequest(publishers=tuple(publishers or ()), since=since, until=until))
