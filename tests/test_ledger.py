"""Partitions are processed when their captures or the code are other ones, and only then."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from qzetl import pipeline
from qzetl.collect.archive import Archive
from qzetl.collect.capture import Capture
from qzetl.ledger import Done, read_ledger, remember
from qzetl.pipeline import Rooms, due, process
from qzetl.settings import Settings

DAY, LATER = date(2024, 3, 1), date(2024, 3, 2)
TEXT = "# 全市经济运行情况\n\n编辑部\n\n去年,全市地区生产总值增长6.8%,规模以上工业增加值增长9.1%。\n"
PUBLISHER = """id = "city-gov"
name = "City government"
kind = "government"
area = "330881"
home = "http://gov.example/"
"""


@pytest.fixture
def rooms(tmp_path: Path) -> Rooms:
    (tmp_path / "publishers").mkdir()
    (tmp_path / "publishers/city-gov.toml").write_text(PUBLISHER, "utf-8")
    return Rooms.open(Settings(home=tmp_path / "data", output=tmp_path / "output", publishers=tmp_path / "publishers"))


def archive(rooms: Rooms, day: date = DAY, text: str = TEXT, name: str = "a") -> None:
    retrieved = datetime(2024, 3, 5, 9, tzinfo=UTC)
    with Archive(rooms.settings.archive) as opened:
        opened.add(Capture(f"http://gov.example/{name}.txt", "city-gov", day, retrieved, text.encode(), "text/plain"))


def test_a_partition_is_due_until_it_was_processed(rooms: Rooms) -> None:
    archive(rooms)

    before = due(rooms, [("city-gov", DAY)], ["city-gov"])
    done = process(rooms, "city-gov", DAY)
    after = due(rooms, [("city-gov", DAY)], ["city-gov"])

    assert (before.partitions, before.standing) == ([("city-gov", DAY)], [])
    assert after.partitions == []
    assert after.standing == [replace(done, seconds=0.0)]


def test_a_partition_that_a_killed_run_archived_is_due_though_nothing_lists_it_now(rooms: Rooms) -> None:
    archive(rooms)
    process(rooms, "city-gov", DAY)
    archive(rooms, LATER, name="b")

    assert due(rooms, [], ["city-gov"]).partitions == [("city-gov", LATER)]
    assert due(rooms, [], []).partitions == []


def test_a_further_capture_makes_a_partition_due_again(rooms: Rooms) -> None:
    archive(rooms)
    process(rooms, "city-gov", DAY)
    archive(rooms, text=TEXT.replace("6.8", "6.9"), name="c")

    assert due(rooms, [], ["city-gov"]).partitions == [("city-gov", DAY)]


def test_other_code_makes_only_what_is_looked_at_due(rooms: Rooms) -> None:
    archive(rooms)
    process(rooms, "city-gov", DAY)
    known = read_ledger(rooms.store)["city-gov", DAY]
    remember(rooms.store, Done(known.inputs, "another digest", known.result))

    assert due(rooms, [("city-gov", DAY)], ["city-gov"]).partitions == [("city-gov", DAY)]
    assert due(rooms, [], ["city-gov"]).partitions == [], "old rows are made anew by a backfill, not by the daily run"


def test_an_edited_publisher_makes_its_partitions_due(rooms: Rooms, tmp_path: Path) -> None:
    archive(rooms)
    process(rooms, "city-gov", DAY)
    (tmp_path / "publishers/city-gov.toml").write_text(PUBLISHER.replace("330881", "330800"), "utf-8")

    edited = Rooms.open(rooms.settings)

    assert due(edited, [], ["city-gov"]).partitions == [("city-gov", DAY)]


def test_what_is_archived_while_a_partition_is_processed_is_in_its_rows(rooms: Rooms, monkeypatch) -> None:
    """The store is left by a slower run as if it had come last with all that there is."""
    archive(rooms)
    store = pipeline.validate_and_store

    def slow(*arguments):
        if len(list((tmp := rooms.settings.archive / "warc").rglob("*.warc.gz"))) == 1:
            archive(rooms, text=TEXT.replace("6.8", "7.7"), name="z")
            assert len(list(tmp.rglob("*.warc.gz"))) == 2
        return store(*arguments)

    monkeypatch.setattr(pipeline, "validate_and_store", slow)

    assert process(rooms, "city-gov", DAY).articles == 2


def test_a_damaged_archive_fails_the_partition_and_leaves_its_rows(rooms: Rooms) -> None:
    archive(rooms)
    process(rooms, "city-gov", DAY)
    for path in (rooms.settings.archive / "warc").rglob("*.warc.gz"):
        path.write_bytes(b"no WARC")

    (problem,) = process(rooms, "city-gov", DAY).problems

    assert (problem.outcome, problem.asked) == ("not-processed", True)
    assert rooms.store.collect("articles").height == 1
