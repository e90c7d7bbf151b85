"""`qzetl backfill plan|run|status|cancel`: past days done again, by a plan that is reviewed first."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter

from qzetl._cli.terminal import progress, say, write_json
from qzetl.report import summary
from qzetl.settings import Settings

if TYPE_CHECKING:
    from qzetl.operations.backfill import Standing
    from qzetl.operations.plan import Plan

__all__ = ["app"]

app = App(name="backfill", help="Do past days again: make a plan, review it, run it.")
_AS_JSON = Parameter(negative=())
_MANY = {"consume_multiple": True, "negative": ()}


@app.command
def plan(  # noqa: PLR0913 - each is an option
    *,
    reason: str,
    publisher: Annotated[list[str] | None, Parameter(metavar="ID", **_MANY)] = None,
    since: Annotated[date | None, Parameter(metavar="DAY")] = None,
    until: Annotated[date | None, Parameter(metavar="DAY")] = None,
    from_: Annotated[Literal["archive", "network"] | None, Parameter(name="--from")] = None,
    exclude: Annotated[list[date] | None, Parameter(metavar="DAY", **_MANY)] = None,
    outdated: Annotated[bool, _AS_JSON] = False,
    parallel: int = 1,
    output: Annotated[Path | None, Parameter(metavar="FILE")] = None,
    json: Annotated[bool, _AS_JSON] = False,
) -> int:
    """Write down what a backfill would fetch, read again and replace, and how long it should take; nothing is done.

    Without a range of days it is all that the archive holds.

    Parameters
    ----------
    reason:
        Why these days are done again; kept with the run.
    publisher:
        Ids of publishers; all where none is given.
    since:
        First day (YYYY-MM-DD).
    until:
        Last day (YYYY-MM-DD), included.
    from_:
        Read the archive's bytes again, or fetch anew. By default the archive, where it has captures of these days.
    exclude:
        Days in between that are left as they are.
    outdated:
        Only what other code than the present made: after an upgrade.
    parallel:
        How many partitions may be worked on at once.
    output:
        The plan's file; by default backfills/ID.toml.
    json:
        Write the plan as one JSON object too.
    """
    from qzetl.operations.plan import Wish, make_plan, write_plan
    from qzetl.pipeline import Rooms

    wish = Wish(
        reason=reason,
        publishers=tuple(publisher or ()),
        since=since,
        until=until,
        source=from_,
        exclude=tuple(exclude or ()),
        outdated=outdated,
        parallel=parallel,
    )
    made = make_plan(Rooms.open(Settings.load()), wish)
    path = output or Path("backfills", f"{made.id}.toml")
    write_plan(made, path)
    if json:
        write_json({"file": str(path), **made.as_json()})
        return 0
    say(_planned(made), sys.stdout)
    say(f"Review {path}, then: qzetl backfill run {path}", sys.stdout)
    return 0


@app.command
def run(
    plan_: Annotated[Path, Parameter(metavar="PLAN")],
    /,
    *,
    again: Annotated[bool, _AS_JSON] = False,
    json: Annotated[bool, _AS_JSON] = False,
) -> int:
    """Carry a plan out; one that was interrupted goes on where it stopped.

    Rows are made aside, checked, and take the old ones' place at the end; until then the store stands as it was.

    Parameters
    ----------
    plan_:
        The plan's file.
    again:
        Also where this plan was carried out before.
    json:
        Write the run's report as one JSON object instead of a summary.
    """
    from qzetl.operations.backfill import Here, carry_out
    from qzetl.operations.notify import telling
    from qzetl.operations.plan import read_plan
    from qzetl.pipeline import Rooms

    plan = read_plan(plan_)
    rooms = Rooms.open(Settings.load())
    with progress() as step, telling(rooms.settings) as tell_of:
        report = carry_out(rooms, plan, Here(rooms, step), again=again)
        if report is not None:
            tell_of(report)
    if report is None:
        say(f"qzetl: backfill {plan.id} was carried out before; run it with --again to do it anew")
        return 0
    if json:
        write_json(report.as_json())
    else:
        say(summary(report), sys.stdout)
    return int(not report.ok)


@app.command
def status(*, json: Annotated[bool, _AS_JSON] = False) -> int:
    """Tell how every backfill stands, the newest first.

    Parameters
    ----------
    json:
        Write one JSON object a line.
    """
    from dataclasses import asdict

    from qzetl.operations.backfill import standings
    from qzetl.pipeline import Rooms

    found = standings(Rooms.open(Settings.load()))
    for each in found:
        if json:
            write_json(asdict(each))
        else:
            say(_standing(each), sys.stdout)
    if not found:
        say("qzetl: no backfill was begun yet; plan one with qzetl backfill plan")
    return 0


@app.command
def cancel(backfill_id: Annotated[str, Parameter(metavar="ID")], /) -> int:
    """Cancel a backfill that runs or was interrupted; what it made aside is removed, the store stands as it was.

    Parameters
    ----------
    backfill_id:
        Its id, as `qzetl backfill status` tells it.
    """
    from qzetl.operations import backfill
    from qzetl.pipeline import Rooms

    ended = backfill.cancel(Rooms.open(Settings.load()), backfill_id)
    said = "is cancelled" if ended else "was told to stop; it ends with the partition that it is at"
    say(f"Backfill {backfill_id} {said}.", sys.stdout)
    return 0


def _planned(made: Plan) -> str:
    lines = [f"Backfill {made.id}: {made.reason}"]
    for share in made.shares:
        what = (
            f"fetch about {share.fetch:,} pages of" if share.source == "network" else f"read {share.reread:,} pages of"
        )
        lines.append(
            f"  {share.publisher:<20} {what} {share.days:,} days, replacing {share.articles:,} articles and "
            f"{share.observations:,} observations; about {_duration(share.seconds)}"
        )
    if made.exclude:
        lines.append(f"  excluded: {', '.join(map(str, made.exclude))}")
    return "\n".join(lines)


def _standing(each: Standing) -> str:
    left = f", about {_duration(each.left)} left" if each.left else ""
    said = f"{each.id}  {each.state:<11} {each.done:,} of {each.planned:,} days{left}  {each.reason}"
    return said + (f"\n  {each.message}" if each.message else "")


def _duration(seconds: int) -> str:
    if seconds < 120:  # noqa: PLR2004 - two minutes
        return f"{seconds} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.1f} h"  # noqa: PLR2004 - two hours
