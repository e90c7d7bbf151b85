"""What a run shows in Prefect: progress while it runs, a table at its end, and a state that is honest."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, Self, TypeVar

import _surroundings  # noqa: F401 - before Prefect
from prefect import Flow
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.client.schemas.objects import FlowRun, State
from prefect.states import Completed, Failed

from qzetl.dataset.store import Store
from qzetl.operations.notify import failed, notices_of, tell
from qzetl.report import RunReport, summary
from qzetl.settings import Settings

__all__ = ["Progress", "ended", "tell_of_failure"]

_EVERY = 2.0  # seconds between two reports of progress: each is a call of the API
_T = TypeVar("_T")


class Progress:
    """An artifact that shows how much of something is done; none of nothing. Use it as a context manager."""

    def __init__(self, what: str, total: int) -> None:
        """Count up to `total`."""
        self._what, self._total, self._done, self._told = what, total, 0, time.monotonic()
        self._artifact = (
            create_progress_artifact(0.0, key=f"progress-{what}", description=self._said()) if total else None
        )

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Show what was reached."""
        self._update()

    def told(self, done: _T, count: int = 1) -> _T:
        """Count one more, and return it."""
        self._done += count
        if time.monotonic() - self._told >= _EVERY:
            self._update()
        return done

    def _update(self) -> None:
        if self._artifact is not None:
            share = 100.0 * min(self._done, self._total) / self._total
            update_progress_artifact(self._artifact, share, description=self._said())  # type: ignore[arg-type]
            self._told = time.monotonic()

    def _said(self) -> str:
        return f"{self._done:,} of {self._total:,} {self._what}"


def ended(store: Store, settings: Settings, report: RunReport) -> State[RunReport | None]:
    """Show a finished run's table, tell whom it concerns, and return the state in which it ends."""
    said = summary(report)
    create_table_artifact(_table(report), key=f"{report.request.kind}-report", description=f"```\n{said}\n```")
    first = said.splitlines()[0]
    asked = [problem.message for problem in report.problems if problem.asked]
    # A failed run is told of by the flow's hook, which is called however it failed.
    tell(settings, (each for each in notices_of(store, report, settings.notify_after) if each.event != "failed"))
    if report.state == "failed":
        return Failed(message=f"nothing that was asked for was done: {'; '.join(asked[:5])}", data=report)
    if report.state == "problems":
        return Completed(
            name="Completed with problems", message=f"{first} Not done: {'; '.join(asked[:5])}", data=report
        )
    return Completed(message=first, data=report)


def tell_of_failure(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Tell whom it concerns that a flow failed or crashed."""
    try:
        tell(Settings.load(), [failed(f"{flow.name} ({flow_run.name}): {state.message}")])
    except Exception as error:  # noqa: BLE001 - a hook that raises hides the failure that it is to tell of
        sys.stderr.write(f"qzetl: the failure could not be told of: {error}\n")


def _table(report: RunReport) -> list[dict[str, object]]:
    rows = [
        {
            "publisher": name,
            "lists read": "yes" if told.looked else "no",
            "since": str(told.since or ""),
            "fetched": told.fetched,
            "failed": told.failed,
            "articles": told.articles,
            "observations": told.observations,
            "rejects": told.rejects,
            "seconds": told.seconds,
        }
        for name, told in report.publishers.items()
    ]
    taken = (report.finished - report.started).total_seconds()
    names = ("fetched", "failed", "articles", "observations", "rejects")
    sums = {key: sum(getattr(told, key) for told in report.publishers.values()) for key in names}
    return [*rows, {"publisher": "all", "lists read": "", "since": "", **sums, "seconds": round(taken, 1)}]
