"""Carrying a plan out: collect where it says so, make every partition's rows aside, check them, swap them in, publish.

Each partition is kept as it is finished, so a backfill that was killed goes on where it stopped when it is run again.
It writes into the store only in the swap. What the daily run archives meanwhile is not lost: a partition that has other
captures after the swap than it was made from is processed once more. Which days the daily run has looked at is told by
its own reports alone, so no backfill moves it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Protocol, Self

import polars as pl

from qzetl import pipeline
from qzetl.collect.archive import Archive
from qzetl.collect.outcome import CollectReport, Outcome
from qzetl.dataset.store import Partition, Store
from qzetl.errors import BackfillError, UsageError
from qzetl.fates import touched_partitions
from qzetl.ledger import Done, code_digest, read_ledger
from qzetl.operations.hold import backfill_folder, hold, is_held
from qzetl.operations.plan import Plan, planned_partitions
from qzetl.operations.staging import State, discard, finish_swaps, read_states, staged, swap_in, write_state
from qzetl.pipeline import Collected, Due, Rooms
from qzetl.report import Processed, RunReport, RunRequest, Step
from qzetl.settings import Settings

__all__ = [
    "Batch",
    "Children",
    "Doer",
    "Here",
    "Standing",
    "cancel",
    "carry_out",
    "collect_share",
    "process_batch",
    "standings",
]

Batch = tuple[str, tuple[date, ...]]
"""Some neighbouring partitions of one publisher, which are worked on one after another."""

_BATCH: Final = 10


class Doer(Protocol):
    """Who does the work: this process and its children, or an orchestrator's tasks."""

    def collect(self, plan: Plan, publishers: Sequence[str]) -> Iterator[list[Collected]]:
        """Yield what `collect_share` returns for each publisher."""

    def process(self, plan: Plan, batches: Sequence[Batch]) -> Iterator[list[Processed]]:
        """Yield what `process_batch` returns for each batch, as they are finished."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a backfill stands: ``planned`` partitions, of which `done` are staged, and seconds left by the estimate."""

    id: str
    state: str
    reason: str
    started: datetime
    updated: datetime
    planned: int
    done: int
    left: int
    message: str


def carry_out(rooms: Rooms, plan: Plan, doer: Doer, *, again: bool = False) -> RunReport | None:
    """Run `plan` to its end, from where it was left; None where it was done before (and not `again`).

    Raises `BackfillError` where another process has it, where it was cancelled, where partitions could not be
    processed, or where the new rows would lose more than the plan accepts; the store then stands as it was.
    """
    _check_publishers(rooms, plan)
    with hold(rooms.settings.home, plan.id):
        state = _begin(rooms, plan, again=again)
        if state is None:
            return None
        try:
            return _carry_out(rooms, plan, doer, state)
        except BackfillError as error:
            cancelled = _mark(rooms, plan.id).exists()
            write_state(rooms.store, {**state, "state": "cancelled" if cancelled else "failed", "message": str(error)})
            if cancelled:
                discard(staged(rooms.store, plan.id))
                _mark(rooms, plan.id).unlink()
            raise


def collect_share(rooms: Rooms, plan: Plan, publisher: str) -> list[Collected]:
    """Archive what one publisher lists in the days of the plan."""
    asked = [RunRequest((), (publisher,), first, last, "backfill") for first, last in plan.stretches()]
    return [pipeline.collect(rooms, publisher, each, lambda _: _stop_if_cancelled(rooms, plan.id)) for each in asked]


def process_batch(rooms: Rooms, backfill_id: str, batch: Batch) -> list[Processed]:
    """Make the rows of a batch's partitions aside; raises `BackfillError` where the backfill was cancelled."""
    aside = replace(rooms, store=staged(rooms.store, backfill_id))
    publisher, days = batch
    done = []
    for day in days:
        _stop_if_cancelled(rooms, backfill_id)
        done.append(pipeline.process(aside, publisher, day))
    return done


def cancel(rooms: Rooms, backfill_id: str) -> bool:
    """Cancel a backfill; its staged rows are removed, what it archived stays.

    Returns whether it has ended: one that runs is told to, and ends with the partition that it is at. Raises
    `BackfillError` where there is nothing to cancel.
    """
    state = next((each for each in read_states(rooms.store) if each["backfill_id"] == backfill_id), None)
    if state is None:
        known = ", ".join(each["backfill_id"] for each in read_states(rooms.store)) or "none"
        msg = f"no backfill {backfill_id} was begun; there are: {known}"
        raise BackfillError(msg)
    if state["state"] in {"done", "cancelled", "swapping"}:
        msg = f"backfill {backfill_id} is {state['state']} and cannot be cancelled; run another to replace its rows"
        raise BackfillError(msg)
    if is_held(rooms.settings.home, backfill_id):
        _mark(rooms, backfill_id).touch()
        return False
    with hold(rooms.settings.home, backfill_id):
        discard(staged(rooms.store, backfill_id))
        write_state(rooms.store, {**state, "state": "cancelled", "message": "cancelled by hand"})
    return True


def standings(rooms: Rooms) -> list[Standing]:
    """Return how every backfill stands, the newest first; ``interrupted`` is one that no process is at any more."""
    return [_standing(rooms, state) for state in read_states(rooms.store)]


class Here:
    """The doer without an orchestrator: publishers one after another, batches in `parallel` child processes."""

    def __init__(self, rooms: Rooms, step: Step = lambda _what, _done, _total: None) -> None:
        """Work in these rooms; `step` is told of progress."""
        self._rooms = rooms
        self._step = step

    def collect(self, plan: Plan, publishers: Sequence[str]) -> Iterator[list[Collected]]:
        """Collect here."""
        for number, publisher in enumerate(publishers):
            self._step(f"collect {publisher}", number, len(publishers))
            yield collect_share(self._rooms, plan, publisher)

    def process(self, plan: Plan, batches: Sequence[Batch]) -> Iterator[list[Processed]]:
        """Process here, or in spawned children where more than one may work at once."""
        total, finished = sum(len(days) for _, days in batches), 0
        for done in self._results(plan, batches):
            finished += len(done)
            self._step("process", finished, total)
            yield done

    def _results(self, plan: Plan, batches: Sequence[Batch]) -> Iterator[list[Processed]]:
        if plan.parallel == 1 or len(batches) == 1:
            yield from (process_batch(self._rooms, plan.id, batch) for batch in batches)
            return
        with Children(self._rooms.settings, min(plan.parallel, len(batches))) as children:
            futures = [children.submit(plan.id, batch) for batch in batches]
            yield from (future.result() for future in as_completed(futures))


class Children:
    """Spawned processes that work on batches; of none, nothing can be asked. Use it as a context manager."""

    def __init__(self, settings: Settings, workers: int) -> None:
        """Have as many `workers`; they start with the first batch."""
        self.workers = workers
        spawn = get_context("spawn")
        self._pool = ProcessPoolExecutor(max(workers, 1), spawn, initializer=_open, initargs=(settings,))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Wait for what is being worked on; what was not begun is dropped."""
        self._pool.shutdown(cancel_futures=True)

    def submit(self, backfill_id: str, batch: Batch) -> Future[list[Processed]]:
        """Have `process_batch` called in a child."""
        return self._pool.submit(_in_child, backfill_id, batch)


_child: list[Rooms] = []


def _open(settings: Settings) -> None:
    """Open the rooms of a child process, once."""
    _child.append(Rooms.open(settings))


def _in_child(backfill_id: str, batch: Batch) -> list[Processed]:
    return process_batch(_child[0], backfill_id, batch)


def _check_publishers(rooms: Rooms, plan: Plan) -> None:
    if unknown := [share.publisher for share in plan.shares if share.publisher not in rooms.publishers]:
        known = ", ".join(rooms.publishers)
        msg = f"the plan names {', '.join(unknown)}, of which there is no file; known are {known}"
        raise UsageError(msg)


def _begin(rooms: Rooms, plan: Plan, *, again: bool) -> State | None:
    """Return the state to go on from, None where nothing is left to do."""
    _mark(rooms, plan.id).unlink(missing_ok=True)
    known = next((each for each in read_states(rooms.store) if each["backfill_id"] == plan.id), None)
    if known is not None and known["state"] == "done" and not again:
        return None
    if known is None or known["state"] in {"done", "cancelled"}:
        discard(staged(rooms.store, plan.id))
        known = {"backfill_id": plan.id, "started": datetime.now(UTC), "progress": {}}
    if known.get("state") != "swapping":
        known = {**known, "state": "running"}
    state = {**known, "plan": plan.as_json(), "message": None}
    write_state(rooms.store, state)
    return state


def _carry_out(rooms: Rooms, plan: Plan, doer: Doer, state: State) -> RunReport:
    aside = staged(rooms.store, plan.id)
    visits = _collected(rooms, plan, doer, state)
    finish_swaps(rooms.store, rooms.settings.home)
    before = read_ledger(rooms.store)
    known = pipeline.uncollected(rooms.store, before)
    wanted = _wanted(rooms, plan, visits, aside)
    unstaged = _outstanding(rooms, aside, wanted)
    failed = [part for done in doer.process(plan, _batches(unstaged)) for part in done if "not-processed" in part.fates]
    _check(rooms, plan, aside, wanted, failed)
    write_state(rooms.store, {**state, "state": "swapping"})
    processed = _swap(rooms, aside, wanted)
    request = RunRequest((), tuple(share.publisher for share in plan.shares), plan.since, plan.until, "backfill")
    found = Due(wanted, [], known)
    tally = pipeline.tally_of(request, state["started"], visits, [], (found, processed))
    tally = replace(tally, exclude=frozenset(plan.exclude))
    pipeline.derive(rooms, tally)
    report = pipeline.conclude(rooms, tally, pipeline.publish(rooms))
    write_state(rooms.store, {**state, "state": "done", "message": f"run {report.run_id}"})
    discard(aside)
    return report


def _collected(rooms: Rooms, plan: Plan, doer: Doer, state: State) -> list[Collected]:
    """Collect from the publishers that are still to be collected from; what was kept of the others is read back."""
    progress = state["progress"]
    asked = [share.publisher for share in plan.shares if share.source == "network" and share.publisher not in progress]
    for visits in doer.collect(plan, asked):
        progress[visits[0].publisher] = [_plain(visit) for visit in visits]
        write_state(rooms.store, state)
    return [_visit(name, each) for name, told in sorted(progress.items()) for each in told]


def _wanted(rooms: Rooms, plan: Plan, visits: Iterable[Collected], aside: Store) -> list[Partition]:
    """Return the partitions of the plan, those in which collecting only failed included."""
    with Archive(rooms.settings.archive) as archive:
        contents = {share.publisher: list(archive.contents(share.publisher)) for share in plan.shares}
    staged_before = read_ledger(aside)
    ledger = {key: done for key, done in read_ledger(rooms.store).items() if key not in staged_before}
    found = set(planned_partitions(plan, contents, ledger))
    met = touched_partitions(visit.report for visit in visits)
    return sorted(found | {(publisher, day) for publisher, day in met if day in plan})


def _outstanding(rooms: Rooms, aside: Store, wanted: Sequence[Partition]) -> list[Partition]:
    """Return those that are not staged yet, or were staged from other captures or by other code."""
    ledger = read_ledger(aside)
    return [each for each, inputs in _inputs(rooms, wanted).items() if not _stands(ledger.get(each), inputs)]


def _stands(done: Done | None, inputs: str) -> bool:
    return done is not None and (done.inputs, done.code) == (inputs, code_digest())


def _inputs(rooms: Rooms, partitions: Sequence[Partition]) -> dict[Partition, str]:
    held = pipeline.archived(rooms, {publisher for publisher, _ in partitions})
    return {each: held.get(each, pipeline.no_inputs(rooms, each[0])) for each in partitions}


def _batches(partitions: Iterable[Partition]) -> list[Batch]:
    days = {name: tuple(day for _, day in group) for name, group in groupby(partitions, key=lambda each: each[0])}
    return [(name, each[at : at + _BATCH]) for name, each in days.items() for at in range(0, len(each), _BATCH)]


def _check(rooms: Rooms, plan: Plan, aside: Store, wanted: Sequence[Partition], failed: Sequence[Processed]) -> None:
    """Raise `BackfillError` unless the staged rows may take the old ones' place."""
    _stop_if_cancelled(rooms, plan.id)
    if failed:
        first = failed[0].problems[0].message
        msg = f"{len(failed)} partitions could not be processed, so nothing was swapped in; {first}; then run it again"
        raise BackfillError(msg)
    for table in ("articles", "observations"):
        old, new = _counts(rooms.store, table, wanted), _counts(aside, table, wanted)
        for publisher, count in sorted(old.items()):
            lost = count - new.get(publisher, 0)
            if lost > count * plan.accept_loss:
                msg = (
                    f"{publisher} would lose {lost} of {count} {table}, more than the plan accepts, so nothing was "
                    f"swapped in; look for the cause, or write accept_loss = {lost / count + 0.005:.2f} into the plan"
                )
                raise BackfillError(msg)


def _counts(store: Store, table: str, wanted: Sequence[Partition]) -> dict[str, int]:
    keys = pl.LazyFrame(list(wanted), schema={"publisher": pl.String(), "day": pl.Date()}, orient="row")
    rows = store.read(table).join(keys, on=["publisher", "day"], how="semi").group_by("publisher").len().collect()
    return dict(rows.iter_rows())


def _swap(rooms: Rooms, aside: Store, wanted: Sequence[Partition]) -> list[Processed]:
    """Swap, and process again what got other captures since it was staged; return every partition's result."""
    ledger = read_ledger(aside)
    swap_in(rooms.store, aside, wanted)
    results = {each: ledger[each].result for each in wanted}
    for each, inputs in _inputs(rooms, wanted).items():
        if inputs != ledger[each].inputs:
            results[each] = pipeline.process(rooms, *each)
    return [results[each] for each in wanted]


def _standing(rooms: Rooms, state: State) -> Standing:
    plan, name = state["plan"], state["state"]
    if name in {"running", "swapping"} and not is_held(rooms.settings.home, state["backfill_id"]):
        name = "interrupted"
    planned = sum(share["days"] for share in plan["shares"])
    done = planned if name == "done" else len(read_ledger(staged(rooms.store, state["backfill_id"])))
    seconds = sum(share["seconds"] for share in plan["shares"])
    left = 0 if name in {"done", "cancelled"} else round(seconds * max(0.0, 1 - done / max(planned, 1)))
    message = state["message"] or {"interrupted": "run it again to go on"}.get(name, "")
    return Standing(state["backfill_id"], name, plan["reason"], state["started"], state["updated"], planned, done, left,
                    message)  # fmt: skip


def _stop_if_cancelled(rooms: Rooms, backfill_id: str) -> None:
    if _mark(rooms, backfill_id).exists():
        msg = f"backfill {backfill_id} was cancelled; the store stands as it was"
        raise BackfillError(msg)


def _mark(rooms: Rooms, backfill_id: str) -> Path:
    return backfill_folder(rooms.settings.home) / f"{backfill_id}.cancel"


def _plain(visit: Collected) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(json.dumps(asdict(visit), default=str))
    return said


def _visit(publisher: str, said: dict[str, Any]) -> Collected:
    outcomes = [Outcome(**{**each, "day": date.fromisoformat(each["day"])}) for each in said["report"]["outcomes"]]
    return Collected(publisher, date.fromisoformat(said["since"]), CollectReport(outcomes), said["seconds"])
