"""`qzetl collect`: what publishers list, or users hand in, into the archive; nothing is read from it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from qzetl._cli.terminal import log_lines, progress, say, write_json
from qzetl.errors import UsageError
from qzetl.settings import Settings

if TYPE_CHECKING:
    from qzetl.collect.outcome import CollectReport, Outcome
    from qzetl.report import Problem, Step

__all__ = ["collect"]

_MANY = {"consume_multiple": True, "negative": ()}
_MOST_TOLD = 20  # problems of a summary; --json tells all


def collect(  # noqa: PLR0913 - options of a command
    *,
    input_: Annotated[list[Path] | None, Parameter(name="--input", metavar="PATH", **_MANY)] = None,
    publisher: Annotated[list[str] | None, Parameter(metavar="ID", **_MANY)] = None,
    since: Annotated[date | None, Parameter(metavar="DAY")] = None,
    until: Annotated[date | None, Parameter(metavar="DAY")] = None,
    site: Annotated[list[str] | None, Parameter(metavar="HOST", **_MANY)] = None,
    language: Annotated[list[str] | None, Parameter(metavar="CODE", **_MANY)] = None,
    word: Annotated[list[str] | None, Parameter(metavar="WORD", **_MANY)] = None,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Archive what publishers list, or own files, and do no more.

    Without `--input` and `--publisher` every configured publisher is looked at. What the archive has, and has not
    changed, is not fetched again. On a terminal progress is drawn; elsewhere each page and list is a line of JSON on
    stderr.

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
    site:
        Of WARC files given as `--input`, only pages of this host, or of all under a domain (`*.gov.cn`).
    language:
        Of such files, only pages in this language (`zh`).
    word:
        Of such files, only pages in which one of these words stands.
    json:
        Write counts and problems as one JSON object instead of a summary.
    """
    from qzetl import pipeline
    from qzetl.collect.wanted import Wanted
    from qzetl.fates import failures
    from qzetl.report import RunRequest

    request = RunRequest(tuple(input_ or ()), tuple(publisher or ()), since, until)
    wanted = Wanted(tuple(site or ()), tuple(language or ()), tuple(word or ()))
    if wanted and not request.inputs:
        msg = "--site, --language and --word choose from WARC files; name one with --input"
        raise UsageError(msg)
    rooms = pipeline.Rooms.open(Settings.load())
    names = rooms.wanted(request)
    reports: dict[str, CollectReport] = {}
    with log_lines("qzetl.collect"), progress() as step:
        if request.inputs:
            reports["own files"] = pipeline.collect_files(rooms, request, _tell(step, "own files"), wanted=wanted)
        for name in names:
            reports[name] = pipeline.collect(rooms, name, request, _tell(step, name)).report
    problems = failures(reports.values(), rooms.publishers)
    if json:
        write_json(_as_json(reports, problems))
    else:
        _summarise(reports, problems)
    return int(any(problem.asked for problem in problems))


def _tell(step: Step, name: str) -> Callable[[Outcome], None]:
    counted: Counter[str] = Counter()

    def tell(outcome: Outcome) -> None:
        counted[outcome.outcome] += 1
        step(f"{name}: {_counted(counted)}", counted.total(), 0)

    return tell


def _counted(counts: Counter[str] | dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items())) or "nothing"


def _as_json(reports: dict[str, CollectReport], problems: list[Problem]) -> dict[str, object]:
    from dataclasses import asdict

    return {
        "ok": not any(problem.asked for problem in problems),
        "collected": {name: report.counts for name, report in reports.items()},
        "partitions": sorted({(name, str(day)) for each in reports.values() for name, day in each.partitions}),
        "problems": [asdict(problem) for problem in problems],
    }


def _summarise(reports: dict[str, CollectReport], problems: list[Problem]) -> None:
    width = max(map(len, reports), default=0)
    for name, report in reports.items():
        say(f"{name:<{width}}  {_counted(report.counts)}", sys.stdout)
    told = sorted(problems, key=lambda problem: not problem.asked)
    for problem in told[:_MOST_TOLD]:
        say(f"  {'not done' if problem.asked else 'note':<9} {problem.outcome}: {problem.message}", sys.stdout)
    if (more := len(told) - _MOST_TOLD) > 0:
        say(f"  … and {more} more (qzetl collect --json tells all)", sys.stdout)
