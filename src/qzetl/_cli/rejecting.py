"""`qzetl rejects list`, `show`, `replay`: rows that broke a rule, and whether they still do."""

from __future__ import annotations

import json as codec
import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from qzetl._cli.terminal import progress, say, write_json
from qzetl.errors import UsageError
from qzetl.settings import Settings

if TYPE_CHECKING:
    import polars as pl

    from qzetl.pipeline import Rooms

__all__ = ["rejects"]

rejects = App(name="rejects", help="Look at rows that broke a rule, and try them again.")

_JSON = Parameter(negative=())
_RULE = Parameter(metavar="RULE")
_PUBLISHER = Parameter(metavar="ID")


@rejects.command(name="list")
def list_(
    *,
    rule: Annotated[str | None, _RULE] = None,
    publisher: Annotated[str | None, _PUBLISHER] = None,
    json: Annotated[bool, _JSON] = False,
) -> int:
    """List the rows that the store's data leave out, by rule.

    Parameters
    ----------
    rule:
        Only those that broke this rule first.
    publisher:
        Only those of this publisher's articles.
    json:
        Write one JSON object a line, with the whole row.
    """
    import polars as pl

    found = _chosen(_rooms(), rule, publisher)
    for row in found.iter_rows(named=True):
        if json:
            write_json(row | {"row": codec.loads(row["row"])})
        else:
            where = f"{row['publisher']} {row['day']}"
            say(f"{row['reject_id']}  {row['rule']:<22} {row['table']:<13} {where}", sys.stdout)
    counts = found.group_by("rule").len().sort(pl.col("len"), "rule", descending=[True, False]).iter_rows()
    said = ", ".join(f"{count:,} {name}" for name, count in counts)
    say(f"qzetl: {said}" if said else "qzetl: no row is rejected")
    return 0


@rejects.command
def show(reject: Annotated[str, Parameter(metavar="ID")], /, *, json: Annotated[bool, _JSON] = False) -> int:
    """Show one rejected row: every rule that it broke, and the row as it was.

    Parameters
    ----------
    reject:
        Id as `qzetl rejects list` gives it; its first digits are enough.
    json:
        Write it as one JSON object.
    """
    import polars as pl

    found = _chosen(_rooms(), None, None).filter(pl.col("reject_id").str.starts_with(reject))
    if found.height != 1:
        many = f"{found.height} ids begin so" if found.height else "there is none"
        msg = f"no rejected row is called {reject!r}: {many}; see qzetl rejects list"
        raise UsageError(msg)
    row = found.row(0, named=True)
    content = codec.loads(row["row"])
    if json:
        write_json(row | {"row": content})
        return 0
    say(f"{row['reject_id']}  meant for {row['table']}, of {row['publisher']} on {row['day']}", sys.stdout)
    for reason in row["reason"].split("; "):
        say(f"  {reason}", sys.stdout)
    for name, value in content.items():
        if value is not None:
            say(f"  {name:<16} {value}", sys.stdout)
    return 0


@rejects.command
def replay(
    *,
    rule: Annotated[str | None, _RULE] = None,
    publisher: Annotated[str | None, _PUBLISHER] = None,
    json: Annotated[bool, _JSON] = False,
) -> int:
    """Process the articles of rejected rows again, from the archive, with the rules of now.

    Whole partitions (a publisher's day) are replaced. Nothing is published; qzetl release does that.

    Parameters
    ----------
    rule:
        Only those that broke this rule first.
    publisher:
        Only those of this publisher's articles.
    json:
        Write the counts as one JSON object.
    """
    from qzetl.pipeline import replay as process_again

    rooms = _rooms()
    before = _chosen(rooms, rule, publisher)
    partitions = sorted(before.select("publisher", "day").drop_nulls().unique().iter_rows())
    with progress() as step:
        process_again(rooms, partitions, step)
    after = _chosen(rooms, rule, publisher)
    counts = {"partitions": len(partitions), "before": before.height, "after": after.height}
    if json:
        write_json(counts)
    else:
        say(
            f"partitions processed again: {counts['partitions']:,}; rejected rows before: {counts['before']:,}, "
            f"now: {counts['after']:,}",
            sys.stdout,
        )
    return 0


def _rooms() -> Rooms:
    from qzetl.pipeline import Rooms

    return Rooms.open(Settings.load())


def _chosen(rooms: Rooms, rule: str | None, publisher: str | None) -> pl.DataFrame:
    """Return the rejects asked for, those of checks against other rows too, sorted by rule and place."""
    import polars as pl

    from qzetl.dataset.assembly import assemble

    found = assemble(rooms.store).tables["rejects"]
    if rule is not None:
        found = found.filter(pl.col("rule") == rule)
    if publisher is not None:
        found = found.filter(pl.col("publisher") == publisher)
    return found.sort("rule", "publisher", "day", "reject_id")
