"""`qzetl status` and `qzetl canary`: how things stand, and which site or parser has changed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Final

from cyclopts import Parameter

from qzetl._cli.terminal import say, write_json
from qzetl.settings import Settings

if TYPE_CHECKING:
    from qzetl.history import Run
    from qzetl.operations.status import Status

__all__ = ["canary", "status"]

_AS_JSON = Parameter(negative=())
_MARKS: Final = {"read": "█", "partial": "▓", "empty": "·", "looked": "·", "failed": "✗", "never": " "}
_MOST_PROBLEMS: Final = 20


def status(*, json: Annotated[bool, _AS_JSON] = False) -> int:
    """Tell the last runs, the last thirty days of every publisher, and what is open.

    The exit code is 1 where anything is open.

    Parameters
    ----------
    json:
        Write one JSON object.
    """
    from dataclasses import asdict

    from qzetl.operations.status import status_of
    from qzetl.pipeline import Rooms

    found = status_of(Rooms.open(Settings.load()))
    if json:
        write_json(asdict(found))
    else:
        say("\n".join(_lines(found)), sys.stdout)
    return int(bool(found.problems))


def canary(
    *,
    publisher: Annotated[list[str] | None, Parameter(metavar="ID", consume_multiple=True, negative=())] = None,
    json: Annotated[bool, _AS_JSON] = False,
) -> int:
    """Read one known article of every publisher again, from the archive and from its site; tell which has changed.

    The exit code is 1 where a site or a parser has.

    Parameters
    ----------
    publisher:
        Ids of publishers; all where none is given.
    json:
        Write one JSON object a line.
    """
    from dataclasses import asdict

    from qzetl.operations.canary import FINE, canaries
    from qzetl.pipeline import Rooms

    found = canaries(Rooms.open(Settings.load()), publisher or ())
    for each in found:
        if json:
            write_json(asdict(each))
        else:
            what = f"{each.message} ({each.uri})" if each.message and each.uri else each.message or each.uri
            say(f"{each.publisher:<20} {each.verdict:<15} {what}", sys.stdout)
    return int(any(each.verdict not in FINE for each in found))


def _lines(found: Status) -> Iterator[str]:
    yield "Last runs" if found.runs else "No run yet; make one with qzetl run"
    yield from (f"  {_run(run)}" for run in found.runs)
    if found.calendar:
        days = len(next(iter(found.calendar.values())))
        yield f"Last {days} days, up to {found.today}: █ read, ▓ in part, · nothing there, ✗ failed, blank: not looked"
        width = max(map(len, found.calendar))
        for name, states in found.calendar.items():
            yield f"  {name:<{width}} |{''.join(_MARKS[state] for state in states)}|"
    yield f"Open: {len(found.problems)}" if found.problems else "Open: nothing"
    yield from (f"  {problem}" for problem in found.problems[:_MOST_PROBLEMS])
    if (more := len(found.problems) - _MOST_PROBLEMS) > 0:
        yield f"  … and {more} more (qzetl status --json)"


def _run(run: Run) -> str:
    seconds = (run.finished - run.started).total_seconds() if run.finished else 0.0
    fetched = sum(run.report["collected"].get(name, 0) for name in ("new", "changed"))
    release = f"release {run.release}" if run.release else "nothing new"
    kind = run.request.get("kind", "run")
    return f"{run.started:%Y-%m-%d %H:%M}Z  {kind:<8} {run.state:<8} {seconds:6.0f} s  {fetched:>5,} fetched  {release}"
