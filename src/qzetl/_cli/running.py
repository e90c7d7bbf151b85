"""`qzetl run`: all stages, then a release if anything is new."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from qzetl._cli.terminal import progress, say, write_json
from qzetl.report import RunRequest, summary
from qzetl.settings import Settings

__all__ = ["run"]


def run(
    *,
    input_: Annotated[
        list[Path] | None, Parameter(name="--input", metavar="PATH", consume_multiple=True, negative=())
    ] = None,
    publisher: Annotated[list[str] | None, Parameter(metavar="ID", consume_multiple=True, negative=())] = None,
    since: Annotated[date | None, Parameter(metavar="DAY")] = None,
    until: Annotated[date | None, Parameter(metavar="DAY")] = None,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Collect, read, extract, validate, store, and publish a release if anything is new.

    Without `--input` and `--publisher` every configured publisher is looked at. With `--input` alone only those
    files are. What cannot be done is reported by name, counted, and stops nothing else; the exit code is 1 where a
    file or a publisher that was asked for is among it. A run that was interrupted is simply run again.

    Parameters
    ----------
    input_:
        Own .html, .txt, .md, .warc or .warc.gz files, or folders of them; may be given several times.
    publisher:
        Ids of publishers to collect; may be given several times.
    since:
        First day (YYYY-MM-DD) of what publishers list.
    until:
        Last day (YYYY-MM-DD), included.
    json:
        Write the run's report as one JSON object instead of a summary.
    """
    from qzetl.operations.notify import telling
    from qzetl.pipeline import run as run_pipeline

    settings = Settings.load()
    request = RunRequest(inputs=tuple(input_ or ()), publishers=tuple(publisher or ()), since=since, until=until)
    with progress() as step, telling(settings) as tell_of:
        report = tell_of(run_pipeline(settings, request, step))
    if json:
        write_json(report.as_json())
    else:
        say(summary(report), sys.stdout)
    return int(not report.ok)
