"""The working tables: partitions replaced, nothing written twice, and writers at once."""

import contextlib
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from deltalake import DeltaTable
from hypothesis import given, settings
from hypothesis import strategies as st

from qzetl.dataset.contract import Contract
from qzetl.dataset.rows import Reading
from qzetl.dataset.store import Store
from qzetl.errors import StoreError

DAY = date(2024, 1, 20)


def rejects(contract: Contract, publisher: str, day: date, *names: str, rule: str = "r") -> pl.DataFrame:
    rows = [
        {"reject_id": f"{publisher}{day}{name}", "publisher": publisher, "day": day, "table": "t", "rule": rule}
        | {"reason": "衢州's", "row": "{}"}
        for name in names
    ]
    return pl.DataFrame(rows, schema=contract.table("rejects").schema)


def versions(store: Store, table: str) -> int:
    return DeltaTable(str(store.root / table)).version()


def test_a_table_never_written_is_empty(store: Store, contract: Contract) -> None:
    for table in contract.tables.values():
        assert store.collect(table.name).equals(table.empty())
    assert store.partitions("articles") == []
    assert not store.root.exists()


def test_rows_come_back_as_they_were_put(
    store: Store, gdp: Callable[..., Reading], check: Callable[..., dict[str, pl.DataFrame]]
) -> None:
    frames = check([gdp(6.8, "gov", "2024-01-20T08:00:00+08:00"), gdp(6.9, "gov", "2024-01-20", uri="u")])
    for table, frame in frames.items():
        if table != "publishers":
            assert store.replace(table, "gov", DAY, frame)
            assert store.collect(table).equals(frame.sort(store.contract.table(table).primary_key))


def test_replacing_touches_one_partition(store: Store, contract: Contract) -> None:
    for publisher in ("gov", "o'brien"):
        for offset in (0, 1, 40):
            day = DAY + timedelta(offset)
            store.replace("rejects", publisher, day, rejects(contract, publisher, day, "a", "b"))

    store.replace("rejects", "o'brien", DAY, rejects(contract, "o'brien", DAY, "c"))
    store.replace("rejects", "gov", DAY, rejects(contract, "gov", DAY))

    found = store.collect("rejects").group_by("publisher", "day").len().sort("publisher", "day").rows()
    later, last = DAY + timedelta(1), DAY + timedelta(40)
    assert found == [
        *(("gov", later, 2), ("gov", last, 2)),
        *(("o'brien", DAY, 1), ("o'brien", later, 2), ("o'brien", last, 2)),
    ]
    assert store.partitions("rejects") == [key[:2] for key in found]


def test_the_same_rows_are_not_written_again(store: Store, contract: Contract) -> None:
    frame = rejects(contract, "gov", DAY, "a", "b")
    assert store.replace("rejects", "gov", DAY, frame)
    before = versions(store, "rejects")

    assert not store.replace("rejects", "gov", DAY, frame.reverse())
    assert not store.replace("rejects", "nobody", DAY, frame.clear())

    assert versions(store, "rejects") == before


def test_many_partitions_are_replaced_together(store: Store, contract: Contract) -> None:
    partitions = [(publisher, DAY + timedelta(20 * n)) for publisher in ("a", "b") for n in range(200)]
    frame = pl.concat(rejects(contract, publisher, day, "x", "y") for publisher, day in partitions)

    assert store.replace_partitions("rejects", partitions, frame)
    assert not store.replace_partitions("rejects", partitions, frame)
    assert store.replace_partitions("rejects", partitions[:300], frame.clear())

    assert store.partitions("rejects") == sorted(partitions[300:])
    assert not store.replace_partitions("rejects", [], frame.clear())


def test_rows_of_another_partition_are_refused(store: Store, contract: Contract) -> None:
    frame = rejects(contract, "gov", DAY, "a")
    with pytest.raises(StoreError, match=r"rejects: a row belongs to \(gov, 2024-01-20\)"):
        store.replace("rejects", "gov", DAY + timedelta(1), frame)
    assert store.collect("rejects").is_empty()


def test_rejects_that_know_no_partition_take_the_one_given(store: Store, contract: Contract) -> None:
    frame = rejects(contract, "gov", DAY, "a").with_columns(publisher=pl.lit(None, pl.String))
    store.replace("rejects", "gov", DAY, frame)
    assert store.partitions("rejects") == [("gov", DAY)]


def test_overwriting_leaves_only_the_new_rows(store: Store, publishers: pl.DataFrame) -> None:
    assert store.overwrite("publishers", publishers)
    assert not store.overwrite("publishers", publishers.reverse())
    assert store.overwrite("publishers", publishers.head(1))
    assert store.collect("publishers").equals(publishers.head(1))


def test_merging_replaces_by_key_and_keeps_the_rest(store: Store, publishers: pl.DataFrame) -> None:
    assert store.merge("publishers", publishers)
    assert not store.merge("publishers", publishers.head(2))
    assert store.merge("publishers", publishers.head(1).with_columns(name=pl.lit("改名")))
    found = store.collect("publishers")
    assert found.height == publishers.height
    assert found.filter(name="改名")["id"].to_list() == [publishers["id"][0]]


def test_what_is_no_table_is_named(store: Store) -> None:
    log = store.root / "rejects" / "_delta_log"
    log.mkdir(parents=True)
    (log / "00000000000000000000.json").write_text("no JSON")
    with pytest.raises(StoreError, match="rejects cannot be read"):
        store.collect("rejects")


def test_a_table_of_another_version_is_named(store: Store, publishers: pl.DataFrame) -> None:
    publishers.drop("rank").write_delta(store.root / "publishers")
    with pytest.raises(StoreError, match="lacks the columns rank"):
        store.read("publishers")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, contract: Contract, publishers: pl.DataFrame) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="publishers cannot be written"):
        Store(tmp_path / "file", contract).merge("publishers", publishers)


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(0, 40), st.sets(st.sampled_from("xyz"))), min_size=1, max_size=6
    )
)
def test_the_last_replacement_of_each_partition_stands(
    tmp_path_factory: pytest.TempPathFactory, contract: Contract, steps: list[tuple[str, int, set[str]]]
) -> None:
    store = Store(tmp_path_factory.mktemp("store"), contract)
    expected: dict[tuple[str, date], set[str]] = {}
    for publisher, offset, names in steps:
        day = DAY + timedelta(offset)
        store.replace("rejects", publisher, day, rejects(contract, publisher, day, *sorted(names)))
        expected[publisher, day] = {f"{publisher}{day}{name}" for name in names}
    assert set(store.collect("rejects")["reject_id"]) == set().union(*expected.values())


WRITER = """
import sys
from datetime import date
from pathlib import Path
import polars as pl
from qzetl.dataset.contract import Contract
from qzetl.dataset.store import Store

root, number = Path(sys.argv[1]), int(sys.argv[2])
contract = Contract.load()
store = Store(root, contract)
for step in range(8):
    # Days 1 to 8 are written by all, the later ones by one writer each; all share one month, so commits collide.
    for day in (date(2024, 1, 1 + step), date(2024, 1, 10 + 5 * number + step % 5)):
        row = {"publisher": "p", "day": day, "table": "t", "rule": f"r{number}", "reason": "y", "row": "{}"}
        rows = [row | {"reject_id": f"{day}{n}"} for n in range(3)]
        store.replace("rejects", "p", day, pl.DataFrame(rows, schema=contract.table("rejects").schema))
    publisher = {"id": f"w{number}-{step}", "name": "n", "rank": 1}
    store.merge("publishers", pl.DataFrame([publisher], schema=contract.table("publishers").schema))
"""


@pytest.mark.slow
def test_writers_at_once_lose_nothing(store: Store) -> None:
    # Act: processes of their own, which also make the tables at the same moment
    command = [sys.executable, "-c", WRITER, str(store.root)]
    writers = [subprocess.Popen([*command, str(number)]) for number in range(4)]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0, 0]

    # Assert: each partition is whole and of one writer; everybody's own days and publishers are there
    days = store.read("rejects").group_by("day").agg(rows=pl.len(), writers=pl.col("rule").n_unique()).collect()
    assert days.height == 8 + 4 * 5
    assert days["rows"].unique().to_list() == [3]
    assert days["writers"].unique().to_list() == [1]
    assert store.collect("publishers").height == 4 * 8


@pytest.mark.slow
def test_a_killed_writer_leaves_whole_partitions(store: Store) -> None:
    for number in range(4):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(store.root), str(number)])
        with contextlib.suppress(subprocess.TimeoutExpired):
            writer.wait(0.7 + 0.1 * number)
        writer.kill()
        assert writer.wait() in {0, -signal.SIGKILL}
    subprocess.run([sys.executable, "-c", WRITER, str(store.root), "0"], check=True)
    rows = store.read("rejects").group_by("day").len().collect()["len"]
    assert rows.unique().to_list() == [3]
