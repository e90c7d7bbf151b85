"""Backfills: rows are made aside, checked and swapped in; interruptions, cancellations and daily runs harm nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from qzetl.errors import BackfillError, UsageError
from qzetl.history import looked_until, past_runs
from qzetl.ledger import read_ledger
from qzetl.operations.backfill import Here, cancel, carry_out, standings
from qzetl.operations.hold import hold
from qzetl.operations.plan import Wish, make_plan
from qzetl.operations.staging import read_states, staged, swap_in, write_state
from qzetl.pipeline import Rooms, due, process, publish

pytestmark = pytest.mark.usefixtures("three_days")

FIRST, SECOND, THIRD = (date(2024, 3, day) for day in (1, 2, 3))


class Stopping(Here):
    """Stops like a killed process after some batches; `meanwhile` is done before the first."""

    def __init__(self, rooms: Rooms, after: int = 99, meanwhile=lambda: None) -> None:
        super().__init__(rooms)
        self.after = after
        self.meanwhile = meanwhile
        self.done: list[date] = []

    def process(self, plan, batches: Sequence) -> Iterator:
        self.meanwhile()
        single = [(publisher, (day,)) for publisher, days in batches for day in days]
        for number, results in enumerate(super().process(plan, single), 1):
            self.done += [each.day for each in results]
            yield results
            if number == self.after:
                raise KeyboardInterrupt


def rows(rooms: Rooms) -> dict[str, list]:
    return {table: rooms.store.collect(table).rows() for table in ("articles", "texts", "observations", "coverage")}


def test_a_backfill_from_the_archive_fills_an_empty_store(rooms) -> None:
    report = carry_out(rooms, make_plan(rooms, Wish("rebuild")), Here(rooms))

    assert (report.ok, report.articles, report.partitions) == (True, 3, 3)
    assert report.published is not None
    assert report.published.new
    assert report.as_json()["request"]["kind"] == "backfill"
    assert [each.state for each in standings(rooms)] == ["done"]
    assert not Path(staged(rooms.store, report.run_id).root).exists()


def test_in_parallel_it_makes_the_same_rows(rooms, archive) -> None:
    archive(date(2024, 4, 1))
    plan = make_plan(rooms, Wish("rebuild", parallel=2))
    for day in (FIRST, SECOND, THIRD, date(2024, 4, 1)):
        process(rooms, "city-gov", day)
    before = rows(rooms)["observations"]

    carry_out(rooms, plan, Here(rooms))

    assert rows(rooms)["observations"] == before


def test_one_that_was_stopped_goes_on_with_what_is_left(rooms) -> None:
    plan = make_plan(rooms, Wish("rebuild"))
    with pytest.raises(KeyboardInterrupt):
        carry_out(rooms, plan, Stopping(rooms, after=2))
    stopped, before = standings(rooms)[0], rows(rooms)

    going_on = Stopping(rooms)
    carry_out(rooms, plan, going_on)

    assert (stopped.state, stopped.done, stopped.planned) == ("interrupted", 2, 3)
    assert before["articles"] == [], "nothing reaches the store before the swap"
    assert going_on.done == [THIRD]
    assert len(rows(rooms)["articles"]) == 3


def test_what_was_carried_out_is_not_done_again_unless_asked(rooms, three_days) -> None:
    plan = make_plan(rooms, Wish("rebuild"))
    carry_out(rooms, plan, Here(rooms))

    assert carry_out(rooms, plan, Here(rooms)) is None
    again = Stopping(rooms)
    report = carry_out(rooms, plan, again, again=True)

    assert again.done == three_days
    assert report.published is not None
    assert not report.published.new


def test_excluded_days_stay_as_they_are(rooms) -> None:
    carry_out(rooms, make_plan(rooms, Wish("rebuild", exclude=(SECOND,))), Here(rooms))

    assert {day for _, day in read_ledger(rooms.store)} == {FIRST, THIRD}


def test_rows_that_would_be_lost_stop_the_swap(rooms, archive) -> None:
    carry_out(rooms, make_plan(rooms, Wish("first")), Here(rooms))
    before = rows(rooms)
    for path in (rooms.settings.archive / "index").rglob("*"):
        path.unlink() if path.is_file() else None
    for path in (rooms.settings.archive / "warc").rglob("*.gz"):
        path.unlink()
    archive(FIRST, SECOND)
    plan = replace(make_plan(rooms, Wish("second", since=FIRST, until=THIRD)), exclude=())
    archive(THIRD, growth="多少")

    with pytest.raises(BackfillError, match=r"city-gov would lose \d of 6 observations, more than the plan accepts"):
        carry_out(rooms, plan, Here(rooms))

    assert rows(rooms) == before
    assert standings(rooms)[0].state == "failed"
    carry_out(rooms, replace(plan, accept_loss=0.5), Here(rooms))
    assert rows(rooms) != before


def test_what_the_daily_run_archives_meanwhile_is_not_lost(rooms, archive) -> None:
    def daily() -> None:
        archive(SECOND, growth="7.7", name="late")
        process(rooms, "city-gov", SECOND)

    plan = make_plan(rooms, Wish("rebuild"))
    staged_first = Stopping(rooms, after=3)
    with pytest.raises(KeyboardInterrupt):
        carry_out(rooms, plan, staged_first)
    daily()
    carry_out(rooms, plan, Here(rooms))

    assert rooms.store.collect("articles").filter(day=SECOND).height == 2


def test_captures_that_come_between_check_and_swap_are_processed_again(rooms, archive, monkeypatch) -> None:
    from qzetl.operations import backfill

    def late(*arguments) -> None:
        archive(THIRD, growth="7.7", name="late")
        process(rooms, "city-gov", THIRD)
        swap_in(*arguments)

    monkeypatch.setattr(backfill, "swap_in", late)
    carry_out(rooms, make_plan(rooms, Wish("rebuild")), Here(rooms))

    assert rooms.store.collect("articles").filter(day=THIRD).height == 2


def test_a_swap_that_was_interrupted_is_finished_by_the_next_run(rooms) -> None:
    plan = make_plan(rooms, Wish("rebuild"))
    with pytest.raises(KeyboardInterrupt):
        carry_out(rooms, plan, Stopping(rooms, after=3))
    aside, (state,) = staged(rooms.store, plan.id), read_states(rooms.store)
    write_state(rooms.store, {**state, "state": "swapping"})
    rooms.store.replace("articles", "city-gov", FIRST, aside.collect("articles").filter(day=FIRST))

    due(rooms, [], [])

    assert len(rows(rooms)["articles"]) == 3
    carry_out(rooms, plan, Here(rooms))
    assert standings(rooms)[0].state == "done"
    assert len(rows(rooms)["coverage"]) == 3


def test_days_that_the_daily_run_looked_at_are_not_moved(rooms) -> None:
    carry_out(rooms, make_plan(rooms, Wish("rebuild")), Here(rooms))

    assert looked_until(past_runs(rooms.store)) == {}


def test_failures_of_collecting_stand_when_pages_are_read_again(rooms) -> None:
    from qzetl.collect.outcome import CollectReport, Outcome
    from qzetl.pipeline import Collected, Due, derive, tally_of
    from qzetl.report import RunRequest

    gone = Outcome("city-gov", FIRST, "http://gov.example/gone.txt", "http-404")
    visit = Collected("city-gov", None, CollectReport([gone]), 0.1)
    result = process(rooms, "city-gov", FIRST)
    derive(rooms, tally_of(RunRequest(), datetime.now(UTC), [visit], [], (Due([], [], {}), [result])))
    before = rows(rooms)["coverage"]

    carry_out(rooms, make_plan(rooms, Wish("rebuild", until=FIRST)), Here(rooms))

    assert rows(rooms)["coverage"] == before
    assert "http-404" in str(before)


def test_a_backfill_in_other_hands_is_left_alone(rooms) -> None:
    plan = make_plan(rooms, Wish("rebuild"))

    with hold(rooms.settings.home, plan.id), pytest.raises(BackfillError, match="another process"):
        carry_out(rooms, plan, Here(rooms))


def test_an_interrupted_backfill_can_be_cancelled(rooms) -> None:
    plan = make_plan(rooms, Wish("rebuild"))
    with pytest.raises(KeyboardInterrupt):
        carry_out(rooms, plan, Stopping(rooms, after=1))

    assert cancel(rooms, plan.id)

    assert standings(rooms)[0].state == "cancelled"
    assert read_ledger(staged(rooms.store, plan.id)) == {}
    assert publish(rooms) is None


def test_a_running_backfill_ends_when_it_is_cancelled(rooms) -> None:
    plan = make_plan(rooms, Wish("rebuild"))
    ended: list[bool] = []

    with pytest.raises(BackfillError, match="was cancelled; the store stands as it was"):
        carry_out(rooms, plan, Stopping(rooms, meanwhile=lambda: ended.append(cancel(rooms, plan.id))))

    assert ended == [False]
    assert standings(rooms)[0].state == "cancelled"
    assert rows(rooms)["articles"] == []


@pytest.mark.parametrize("carried_out", [True, False])
def test_there_must_be_something_to_cancel(rooms, carried_out: bool) -> None:  # noqa: FBT001
    plan = make_plan(rooms, Wish("rebuild"))
    if carried_out:
        carry_out(rooms, plan, Here(rooms))

    with pytest.raises(BackfillError, match="is done and cannot" if carried_out else "there are: none"):
        cancel(rooms, plan.id)


def test_an_unknown_publisher_in_an_edited_plan_is_refused(rooms) -> None:
    plan = make_plan(rooms, Wish("rebuild"))

    with pytest.raises(UsageError, match="nobody"):
        carry_out(rooms, replace(plan, shares=(replace(plan.shares[0], publisher="nobody"),)), Here(rooms))
