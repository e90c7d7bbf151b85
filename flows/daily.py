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

from _stages import run_stages
from prefect import flow

from qzetl.errors import QzetlError, UsageError
from qzetl.report import RunReport, RunRequest, summary

__all__ = ["daily"]


@flow(name="daily", flow_run_name="daily", persist_result=False)
def daily(
    publishers: list[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    inputs: list[Path] | None = None,
) -> RunReport:
    """Run every stage.

    publishers: ids; none means all. since, until: days (both included) that publishers list their articles under;
    none means as far as the lists go by themselves. inputs: own files instead of, or besides, publishers.
    """
    return run_stages(RunRequest(tuple(inputs or ()), tuple(publishers or ()), since, until))


def main() -> int:
    """Run the flow in this process; say what came of it, and return the exit code."""
    parser = ArgumentParser(description="Run the pipeline once through Prefect, with an embedded server.")
    parser.add_argument("--input", metavar="PATH", type=Path, action="append", help="own file, folder or WARC file")
    inputs = parser.parse_args().input
    try:
        report = daily(inputs=inputs)
    except QzetlError as error:
        sys.stderr.write(f"qzetl: {error}\n")
        return 2 if isinstance(error, UsageError) else 1
    logging.getLogger("prefect").setLevel(logging.WARNING)  # the summary is the last that is said
    sys.stdout.write(summary(report) + "\n")
    return int(not report.ok)


if __name__ == "__main__":
    sys.exit(main())
