"""A plan says what is to be done, is a file that people edit, and refuses what makes no sense."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qzetl.errors import UsageError
from qzetl.ledger import Done, read_ledger, remember
from qzetl.operations.plan import Plan, Wish, make_plan, read_plan, write_plan
from qzetl.pipeline import process

FIRST, SECOND, THIRD = (date(2024, 3, day) for day in (1, 2, 3))


@pytest.mark.usefixtures("three_days")
def test_what_the_archive_holds_is_read_again_by_default(rooms) -> None:
    process(rooms, "city-gov", FIRST)

    (share,) = make_plan(rooms, Wish("new rules")).shares

    assert (share.publisher, share.source, share.days, share.fetch, share.reread) == ("city-gov", "archive", 3, 0, 3)
    assert (share.articles, share.observations) == (1, 2), "what stands now and will be replaced"
    assert share.seconds >= 1


def test_what_it_does_not_hold_is_fetched(rooms) -> None:
    (share,) = make_plan(rooms, Wish("gap", since=FIRST, until=THIRD)).shares

    assert (share.source, share.days, share.reread) == ("network", 3, 0)
    assert share.fetch > 0
    assert share.seconds >= share.fetch * rooms.publishers["city-gov"].delay


def test_excluded_days_are_left_out(rooms, three_days) -> None:
    plan = make_plan(rooms, Wish("new rules", exclude=(SECOND,)))

    assert [day in plan for day in three_days] == [True, False, True]
    assert list(plan.stretches()) == [(FIRST, FIRST), (THIRD, THIRD)]
    assert plan.shares[0].reread == 2


def test_outdated_leaves_out_what_the_present_code_made(rooms, three_days) -> None:
    for day in three_days:
        process(rooms, "city-gov", day)
    known = read_ledger(rooms.store)["city-gov", SECOND]
    remember(rooms.store, Done(known.inputs, "older code", known.result))

    assert make_plan(rooms, Wish("upgrade", outdated=True)).shares[0].days == 1


@pytest.mark.usefixtures("three_days")
@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish(" "), "needs a reason"),
        (Wish("r", publishers=("nobody",)), "no publisher is called nobody; known are city-gov, input"),
        (Wish("r", since=THIRD, until=FIRST), "since 2024-03-03 is after until 2024-03-01"),
        (Wish("r", since=FIRST, until=date(2999, 1, 1)), "in the future"),
        (Wish("r", since=FIRST, until=SECOND, exclude=(THIRD,)), "2024-03-03 is excluded, but not between"),
        (Wish("r", source="tape"), "archive or network, not from 'tape'"),
        (Wish("r", source="network"), "needs both --since and --until"),
        (Wish("r", publishers=("input",), source="network", since=FIRST, until=FIRST), "your own files"),
        (Wish("r", parallel=0), "from 1 to 64"),
        (Wish("r", since=date(2020, 1, 1), until=date(2020, 1, 2), source="archive"), "nothing to do"),
    ],
)
def test_what_makes_no_sense_is_refused(rooms, wish: Wish, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        make_plan(rooms, wish)


def test_an_empty_archive_needs_days(rooms) -> None:
    with pytest.raises(UsageError, match="give --since and --until"):
        make_plan(rooms, Wish("r"))


@pytest.mark.usefixtures("three_days")
def test_the_same_request_is_the_same_backfill(rooms) -> None:
    wish = Wish("new rules")

    assert make_plan(rooms, wish).id == make_plan(rooms, replace(wish, parallel=2)).id
    assert make_plan(rooms, wish).id != make_plan(rooms, replace(wish, reason="others")).id


@given(reason=st.text(min_size=1).filter(str.strip), days=st.sets(st.dates(date(2024, 1, 1), date(2024, 1, 9))))
def test_a_plan_is_read_as_it_was_written(tmp_path_factory, reason: str, days: set[date]) -> None:
    from datetime import UTC, datetime

    if any("\ud800" <= character <= "\udfff" for character in reason):
        return
    path = tmp_path_factory.mktemp("plan") / "plan.toml"
    created = datetime(2024, 3, 1, tzinfo=UTC)
    plan = Plan("id", reason, created, date(2024, 1, 1), date(2024, 1, 9), tuple(sorted(days)), True, 2, 0.05, ())  # noqa: FBT003

    write_plan(plan, path)
    path.write_text(path.read_text("utf-8") + "publisher = []\n", "utf-8")

    assert read_plan(path) == plan


@pytest.mark.usefixtures("three_days")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("parallel = 1", "parallel = 0", "parallel is 0"),
        ("until = 2024-03-03", "until = 2024-02-01", "is after until"),
        ("accept_loss = 0.05", "accept_loss = 5", "accept_loss is 5"),
        ('source = "archive"', 'source = "tape"', "source is 'tape'"),
        ('reason = "new rules"', 'reason = ""', "reason is empty"),
        ("since = 2024-03-01", 'since = "soon"', "lacks keys or has others|must be days"),
        ("days = 3", "", "lacks keys"),
        ("parallel = 1", "parallel = ", "cannot be read"),
    ],
)
def test_an_edit_that_is_wrong_is_named(rooms, tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "plan.toml"
    write_plan(make_plan(rooms, Wish("new rules")), path)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(UsageError, match=said):
        read_plan(path)
