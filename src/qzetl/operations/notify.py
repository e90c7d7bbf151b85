"""Notices: a webhook or a command is told of runs that fail, and of publishers from which nothing came for long.

A notice that cannot be delivered is said on stderr and fails no run.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import islice

import httpx

from qzetl.collect.capture import day_of
from qzetl.dataset.contract import Contract
from qzetl.dataset.store import Store
from qzetl.errors import QzetlError, UsageError
from qzetl.history import newest_articles, past_runs
from qzetl.report import RunReport
from qzetl.settings import Settings

__all__ = ["Notice", "failed", "notices_of", "silent_days", "tell", "telling"]

_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody should know: `event` is ``failed``, ``problems`` or ``silent``; `lines` say it in words."""

    event: str
    title: str
    lines: tuple[str, ...]
    run_id: str | None = None


def failed(message: str) -> Notice:
    """Return the notice of a run that ended by an error."""
    return Notice("failed", "qzetl: a run has failed", (message,))


def notices_of(store: Store, report: RunReport, after: int | None) -> Iterator[Notice]:
    """Yield what is to be told after a run: what was not done, and who has been silent for `after` days.

    Silence is told again after twice as many days, and so on, each time by the first run that finds it.
    """
    asked = tuple(problem.message for problem in report.problems if problem.asked)
    if asked:
        event = "failed" if report.state == "failed" else "problems"
        yield Notice(event, f"qzetl: run {report.run_id} ended with {len(asked)} problems", asked, report.run_id)
    if after is not None:
        before = next((run.started for run in islice(past_runs(store), 1, 2)), None)
        silent = tuple(_newly_silent(store, after, report.finished, before))
        if silent:
            yield Notice("silent", f"qzetl: nothing new for {after} days or more", silent, report.run_id)


def silent_days(store: Store, today: date) -> dict[str, int]:
    """Return, by publisher, how many days ago something last came from it that was not there before."""
    return {name: (today - day_of(moment)).days for name, moment in newest_articles(store).items()}


def tell(settings: Settings, notices: Iterable[Notice]) -> None:
    """Deliver notices by the settings' webhook and command."""
    for notice in notices:
        for problem in _delivered(settings, notice):
            sys.stderr.write(f"qzetl: the notice {notice.title!r} could not be delivered: {problem}\n")


@contextmanager
def telling(settings: Settings) -> Iterator[Callable[[RunReport], RunReport]]:
    """Tell whom it concerns of the report that the yielded function is called with, or of the error that ends the run.

    A call that was wrong from the start is told to its caller alone.
    """

    def tell_of(report: RunReport) -> RunReport:
        if settings.notify_url or settings.notify_command:
            tell(settings, notices_of(Store(settings.store, Contract.load()), report, settings.notify_after))
        return report

    try:
        yield tell_of
    except UsageError:
        raise
    except QzetlError as error:
        tell(settings, [failed(str(error))])
        raise


def _newly_silent(store: Store, after: int, now: datetime, before: datetime | None) -> Iterator[str]:
    spans = silent_days(store, day_of(now))
    known = silent_days(store, day_of(before)) if before else dict.fromkeys(spans, 0)
    for name, days in sorted(spans.items()):
        if days // after > max(0, known[name]) // after:
            yield f"{name}: nothing new came for {days} days; see qzetl canary --publisher {name}"


def _delivered(settings: Settings, notice: Notice) -> Iterator[str]:
    said = json.dumps(asdict(notice), ensure_ascii=False)
    if settings.notify_url:
        try:
            headers = {"Content-Type": "application/json"}
            answer = httpx.post(settings.notify_url, content=said, headers=headers, timeout=_SECONDS)
            answer.raise_for_status()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            yield f"{settings.notify_url}: {error}"
    if settings.notify_command:
        try:
            command = shlex.split(settings.notify_command)
            environment = {**os.environ, "QZETL_EVENT": notice.event}
            subprocess.run(command, input=said, text=True, check=True, timeout=_SECONDS, env=environment)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            yield f"{settings.notify_command}: {error}"
