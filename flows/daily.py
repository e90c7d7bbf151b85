"""The scheduled run: what every publisher lists now, then a release if anything is new.

As a deployment it takes its parameters from prefect.yaml. As a script it runs with an embedded server, on own files
too: ``python flows/daily.py [--input PATH …]``.
"""

from __future__ import annotations

import logging
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Annotated

from _reporting import ended, tell_of_failure
from _runner import task_runner
from _stages import rooms, run_stages
from _turns import made_up_for, take_off_late_ones
from prefect import flow
from prefect.client.schemas.objects import State
from prefect.logging import get_run_logger
from prefect.states import Completed
from pydantic import Field

from qzetl.errors import QzetlError, UsageError
from qzetl.report import RunReport, RunRequest, summary

__all__ = ["daily"]

Seconds = Annotated[float, Field(ge=0, le=3600)]


@flow(
    name="daily",
    flow_run_name="daily",
    persist_result=False,
    task_runner=task_runner(),
    on_failure=[tell_of_failure],
    on_crashed=[tell_of_failure],
)
def daily(
    publishers: list[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    inputs: list[Path] | None = None,
    retry_after: list[Seconds] | None = None,
) -> State[RunReport | None]:
    """Run every stage.

    publishers: ids; none means all. since, until: days (both included) that publishers list their articles under;
    none means what the lists name now, and everything since the last run where days were missed. inputs: own files
    instead of, or besides, publishers. retry_after: seconds after which a publisher that did not answer is asked again.
    """
    request = RunRequest(tuple(inputs or ()), tuple(publishers or ()), since, until)
    rooms().wanted(request)
    if earlier := made_up_for(rooms().store, publishers):
        return Completed(
            name="Skipped", message=f"run {earlier} began after this one was due, and looked at everything"
        )
    if late := take_off_late_ones():
        get_run_logger().info("%d late runs are made up for by this one", late)
    return ended(rooms().store, rooms().settings, run_stages(request, retry_after or ()))


def main() -> int:
    """Run the flow in this process; say what came of it, and return the exit code."""
    parser = ArgumentParser(description="Run the pipeline once through Prefect, with an embedded server.")
    parser.add_argument("--input", metavar="PATH", type=Path, action="append", help="own file, folder or WARC file")
    inputs = parser.parse_args().input
    report = daily(inputs=inputs, return_state=True).result(raise_on_failure=False)
    if isinstance(report, QzetlError):
        sys.stderr.write(f"qzetl: {report}\n")
        return 2 if isinstance(report, UsageError) else 1
    if not isinstance(report, RunReport):
        sys.stderr.write(f"qzetl: the run ended by {report!r}; see above\n")
        return 1
    logging.getLogger("prefect").setLevel(logging.WARNING)  # the summary is the last that is said
    sys.stdout.write(summary(report) + "\n")
    return int(not report.ok)


if __name__ == "__main__":
    sys.exit(main())
