"""A backfill as a plan: what is to be fetched, read again and replaced, for which reason, and how long it should take.

A plan is a TOML file that is reviewed before it is run. Its `id` follows from what was asked for, so that the same
request is the same backfill, and goes on where it was interrupted.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import polars as pl

from qzetl.collect.archive import Archive
from qzetl.collect.capture import day_of
from qzetl.collect.publisher import INPUT
from qzetl.dataset.store import Partition
from qzetl.errors import UsageError
from qzetl.ledger import Done, code_digest, read_ledger
from qzetl.pipeline import Rooms

__all__ = ["SOURCES", "Plan", "Share", "Wish", "make_plan", "planned_partitions", "read_plan", "write_plan"]

SOURCES: Final = ("archive", "network")
_MOST_PARALLEL: Final = 64
_SECONDS_A_CAPTURE: Final = 0.05  # where the store has no measurement of its own yet
_SECONDS_A_REQUEST: Final = 0.5  # an answer, beside the publisher's own delay
_PAGES_A_DAY: Final = 10.0  # where nothing is known of the publisher
_HEAD: Final = "# A backfill of qzetl. Review it, change what is wrong, then: qzetl backfill run {name}\n\n"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a backfill is asked for.

    Without `publishers`, all that the archive holds (or, from the network, all that are configured). `since` and
    `until` are both included; without them, all that the archive holds. `source` None chooses for each publisher: the
    archive where it has captures of these days, else the network. `outdated` leaves out what the present code made.
    """

    reason: str
    publishers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    source: str | None = None
    exclude: tuple[date, ...] = ()
    outdated: bool = False
    parallel: int = 1


@dataclass(frozen=True, slots=True)
class Share:
    """One publisher's part of a plan.

    `days` are asked for; `reread` captures are in the archive already and `fetch` pages are expected from the
    network. `articles` and `observations` are the rows of now that will be replaced; `seconds` is an estimate.
    """

    publisher: str
    source: str
    days: int
    fetch: int
    reread: int
    articles: int
    observations: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A backfill to be reviewed and run.

    `parallel` partitions are worked on at once; `accept_loss` is the share of a publisher's articles or observations
    that may go when the new rows take the place of the old ones: more stops the swap.
    """

    id: str
    reason: str
    created: datetime
    since: date
    until: date
    exclude: tuple[date, ...]
    outdated: bool
    parallel: int
    accept_loss: float
    shares: tuple[Share, ...]

    def __contains__(self, day: object) -> bool:
        """Tell whether a day is in the range and not excluded."""
        return isinstance(day, date) and self.since <= day <= self.until and day not in self.exclude

    def stretches(self) -> Iterator[tuple[date, date]]:
        """Yield the range without the excluded days, as first and last days."""
        first: date | None = None
        day = self.since
        while day <= self.until:
            if day in self:
                first = first or day
            elif first:
                yield first, day - timedelta(days=1)
                first = None
            day += timedelta(days=1)
        if first:
            yield first, self.until

    def as_json(self) -> dict[str, Any]:
        """Return the plan as what JSON can say."""
        said: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return said


def make_plan(rooms: Rooms, wish: Wish, today: date | None = None) -> Plan:
    """Return the plan for `wish`; raises `UsageError` saying what is wrong with it. Nothing is fetched or changed."""
    today = today or day_of(datetime.now(UTC))
    held = _held(rooms, _asked(rooms, wish))
    since, until = _range(wish, held, today)
    range_only = Plan("", wish.reason.strip(), datetime.now(UTC), since, until, wish.exclude, wish.outdated,
                      wish.parallel, 0.05, ())  # fmt: skip
    if outside := [day for day in wish.exclude if not since <= day <= until]:
        msg = f"{', '.join(map(str, outside))} is excluded, but not between {since} and {until}; leave it out"
        raise UsageError(msg)
    ledger = read_ledger(rooms.store)
    found = [_share(rooms, wish, range_only, ledger, (name, days)) for name, days in sorted(held.items())]
    shares = [share for share in found if share is not None]
    if not shares:
        msg = f"there is nothing to do between {since} and {until}; ask for other days, publishers, or --from network"
        raise UsageError(msg)
    told = {field.name: getattr(range_only, field.name) for field in fields(Plan)}
    return Plan(**{**told, "id": _id(wish, since, until, shares), "shares": tuple(shares)})


def planned_partitions(
    plan: Plan, contents: Mapping[str, Iterable[date]], ledger: Mapping[Partition, Done]
) -> list[Partition]:
    """Return the partitions that `plan` means among those that the archive holds, sorted."""
    found = {
        (share.publisher, day) for share in plan.shares for day in contents.get(share.publisher, ()) if day in plan
    }
    if plan.outdated:
        found = {each for each in found if each not in ledger or ledger[each].code != code_digest()}
    return sorted(found)


def write_plan(plan: Plan, path: Path) -> None:
    """Write the plan for review; raises `UsageError` where the file cannot be written."""
    said = plan.as_json()
    dates = {key: said[key] for key in ("created", "since", "until")}
    lines = [f"id = {_text(plan.id)}", f"reason = {_text(plan.reason)}"]
    lines += [f"{key} = {value.replace(' ', 'T')}" for key, value in dates.items()]
    lines += [
        f"exclude = [{', '.join(map(str, plan.exclude))}]",
        f"outdated = {str(plan.outdated).lower()}  # only what other code made",
        f"parallel = {plan.parallel}  # partitions at once",
        f"accept_loss = {plan.accept_loss}  # share of a publisher's rows that may go; more stops the swap",
    ]
    for share in plan.shares:
        lines += ["", "[[publisher]]", f"id = {_text(share.publisher)}"]
        lines += [f"source = {_text(share.source)}  # archive or network", f"days = {share.days}"]
        lines += [f"fetch = {share.fetch}  # pages, by what the publisher usually has", f"reread = {share.reread}"]
        lines += [f"replaces_articles = {share.articles}", f"replaces_observations = {share.observations}"]
        lines += [f"seconds = {share.seconds}  # estimate"]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_HEAD.format(name=path) + "\n".join(lines) + "\n", "utf-8")
    except OSError as error:
        msg = f"the plan {path} cannot be written ({error}); name another file with --output"
        raise UsageError(msg) from error


def read_plan(path: Path) -> Plan:
    """Read a reviewed plan; raises `UsageError` naming the key that is wrong."""
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"the plan {path} cannot be read ({error}); make one with qzetl backfill plan"
        raise UsageError(msg) from error
    try:
        shares = tuple(_read_share(each) for each in said.pop("publisher"))
        plan = Plan(**{**said, "exclude": tuple(said["exclude"]), "shares": shares})
        _check(plan)
    except (KeyError, TypeError, AttributeError) as error:
        msg = f"the plan {path} lacks keys or has others ({error}); make it anew with qzetl backfill plan"
        raise UsageError(msg) from error
    except UsageError as error:
        msg = f"the plan {path}: {error}"
        raise UsageError(msg) from error
    return plan


def _read_share(said: dict[str, Any]) -> Share:
    return Share(
        publisher=said["id"],
        source=said["source"],
        days=said["days"],
        fetch=said["fetch"],
        reread=said["reread"],
        articles=said["replaces_articles"],
        observations=said["replaces_observations"],
        seconds=said["seconds"],
    )


def _check(plan: Plan) -> None:
    days = (plan.since, plan.until, *plan.exclude)
    if not all(type(day) is date for day in days):
        msg = "since, until and exclude must be days, as 2024-03-01"
    elif plan.since > plan.until:
        msg = f"since {plan.since} is after until {plan.until}"
    elif not isinstance(plan.reason, str) or not plan.reason.strip():
        msg = "reason is empty; say why these days are done again"
    elif type(plan.parallel) is not int or not 1 <= plan.parallel <= _MOST_PARALLEL:
        msg = f"parallel is {plan.parallel!r}; write a number from 1 to {_MOST_PARALLEL}"
    elif not isinstance(plan.accept_loss, int | float) or not 0 <= plan.accept_loss <= 1:
        msg = f"accept_loss is {plan.accept_loss!r}; write a share from 0 to 1"
    elif wrong := [share.source for share in plan.shares if share.source not in SOURCES]:
        msg = f"source is {wrong[0]!r}; write archive or network"
    else:
        return
    raise UsageError(msg)


def _asked(rooms: Rooms, wish: Wish) -> list[str]:
    """Return the publishers meant, after checking what can be checked without the archive."""
    if not wish.reason.strip():
        msg = "a backfill needs a reason; it is kept with the run: --reason '…'"
        raise UsageError(msg)
    if wish.source not in {None, *SOURCES}:
        msg = f"a backfill is made from {' or '.join(SOURCES)}, not from {wish.source!r}"
        raise UsageError(msg)
    if not 1 <= wish.parallel <= _MOST_PARALLEL:
        msg = f"parallel is {wish.parallel}; give a number from 1 to {_MOST_PARALLEL}"
        raise UsageError(msg)
    if unknown := sorted(set(wish.publishers) - set(rooms.publishers)):
        msg = f"no publisher is called {', '.join(unknown)}; known are {', '.join(rooms.publishers)}"
        raise UsageError(msg)
    if wish.source == "network" and INPUT.id in wish.publishers:
        msg = f"{INPUT.id} are your own files; they are read again from the archive only"
        raise UsageError(msg)
    return sorted(set(wish.publishers or rooms.publishers))


def _range(wish: Wish, held: Mapping[str, Mapping[date, int]], today: date) -> tuple[date, date]:
    days = [day for each in held.values() for day in each]
    if wish.source == "network" and not (wish.since and wish.until):
        msg = "a backfill from the network needs both --since and --until"
        raise UsageError(msg)
    if not days and not (wish.since and wish.until):
        msg = "the archive holds nothing of these publishers; give --since and --until to fetch days"
        raise UsageError(msg)
    since, until = wish.since or min(days), wish.until or max(days)
    if since > until:
        msg = f"since {since} is after until {until}; give the earlier day as since"
        raise UsageError(msg)
    if until > today:
        msg = f"until {until} is in the future; today is {today} in Asia/Shanghai"
        raise UsageError(msg)
    return since, until


def _held(rooms: Rooms, names: Iterable[str]) -> dict[str, dict[date, int]]:
    """Return, by publisher, how many captures the archive holds of each day."""
    with Archive(rooms.settings.archive) as archive:
        return {name: {day: len(found) for day, found in archive.contents(name).items()} for name in names}


def _share(
    rooms: Rooms, wish: Wish, plan: Plan, ledger: Mapping[Partition, Done], held: tuple[str, Mapping[date, int]]
) -> Share | None:
    """Return a publisher's part, None where there is none."""
    name, days = held
    here = {day: count for day, count in days.items() if day in plan}
    if wish.outdated:
        here = {d: n for d, n in here.items() if (name, d) not in ledger or ledger[name, d].code != code_digest()}
    source = wish.source or ("archive" if here or wish.outdated or name == INPUT.id else "network")
    if (source == "archive" and not here) or (source == "network" and not rooms.publishers[name].listings):
        return None
    asked = len(here) if source == "archive" else sum((last - first).days + 1 for first, last in plan.stretches())
    usual = sum(days.values()) / len(days) if days else _PAGES_A_DAY
    fetch = 0 if source == "archive" else round(asked * usual)
    captures = max(sum(here.values()), fetch)
    seconds = captures * _pace(ledger)
    if source == "network":
        seconds += (fetch + asked) * (rooms.publishers[name].delay + _SECONDS_A_REQUEST)
    return Share(
        publisher=name,
        source=source,
        days=asked,
        fetch=fetch,
        reread=sum(here.values()),
        articles=_rows(rooms, "articles", name, plan),
        observations=_rows(rooms, "observations", name, plan),
        seconds=max(1, round(seconds)),
    )


def _pace(ledger: Mapping[Partition, Done]) -> float:
    """Return how many seconds a capture took on this machine so far."""
    captures = sum(sum(done.result.fates.values()) for done in ledger.values())
    spent = sum(done.result.seconds for done in ledger.values())
    return spent / captures if captures and spent else _SECONDS_A_CAPTURE


def _rows(rooms: Rooms, table: str, publisher: str, plan: Plan) -> int:
    days = rooms.store.read(table).filter(pl.col("publisher") == publisher).select("day").collect()["day"]
    return sum(day in plan for day in days)


def _id(wish: Wish, since: date, until: date, shares: Iterable[Share]) -> str:
    asked = (wish.reason.strip(), since, until, wish.exclude, wish.outdated, [(s.publisher, s.source) for s in shares])
    return f"{since}-{until}-{hashlib.sha256(repr(asked).encode()).hexdigest()[:8]}"


def _text(value: str) -> str:
    """Return a TOML basic string; JSON's escapes are TOML's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
