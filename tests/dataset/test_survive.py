"""Store and releases under fire: runs that are killed at any moment, and several at once."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import polars as pl
import pytest

from qzetl.dataset.contract import Contract
from qzetl.dataset.partitions import unfinished
from qzetl.dataset.release import latest_release, list_releases
from qzetl.dataset.store import Store
from qzetl.dataset.verify import verify_release

Contents = Callable[[Path], dict[str, bytes]]
Articles = Sequence[tuple[str, str, Sequence[float]]]
"""Partitions: publisher, day, and the value of the one figure of each article."""

# A run as far as the dataset goes, in a child of a server that has imported everything and used nothing of it: the
# threads of Polars and Delta do not survive a fork, so there must be none yet. A line on stdin asks for a run; the
# server answers with the child's process id, and with its exit code when it has ended.
SERVER = """
import json, os, sys, traceback
from datetime import UTC, date, datetime
from pathlib import Path
from qzetl.collect.capture import Capture
from qzetl.collect.publisher import Publisher
from qzetl.dataset.assembly import derive_tables
from qzetl.dataset.contract import Contract
from qzetl.dataset.partitions import writing_partition
from qzetl.dataset.release import build_release
from qzetl.dataset.rows import Reading, article_rows, observation_rows, publisher_rows, text_rows
from qzetl.dataset.store import Store
from qzetl.dataset.validate import validate
from qzetl.extract.mention import Mention
from qzetl.read.article import Article

def read(publisher, day, values):
    for number, value in enumerate(values):
        quote = f"{value}%"
        text = f"{day}第{number}期：2023年全市生产总值增长{quote}。"
        start = text.index(quote)
        mention = Mention(start=start, end=start + len(quote), quote=quote, role="quantity", value=value, bound="exact",
                          unit="PT", measure="GROWTH_YOY", indicator="GDP", area="330800", period="2023",
                          status="actual", sentence_start=0, sentence_end=len(text))
        uri = f"https://{publisher}.example/{day}/{number}"
        capture = Capture(uri, publisher, date.fromisoformat(day), datetime(2024, 3, 1, tzinfo=UTC), b"", "text/html")
        yield Reading(capture, Article(uri, "题", text, published=day, layout="t"), "330800", [mention])

def run(root, output, articles):
    contract = Contract.load()
    store = Store(Path(root), contract)
    known = [Publisher("a", "甲", area="330800", rank=1), Publisher("b", "乙", area="330800", rank=2)]
    publishers = publisher_rows(known, contract)
    store.merge("publishers", publishers)
    for publisher, written, values in articles:
        day = date.fromisoformat(written)
        readings, valid = list(read(publisher, written, values)), {"publishers": publishers}
        for table, rows in (("articles", article_rows), ("texts", text_rows), ("observations", observation_rows)):
            valid[table] = validate(table, rows(readings, contract), contract, valid).valid
        with writing_partition(store, publisher, day):
            for table in ("articles", "texts", "observations"):
                store.replace(table, publisher, day, valid[table])
    if output:
        derive_tables(store)
        build_release(store, Path(output), "abc", accept_loss="test")

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        try:
            run(*json.loads(line))
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Runner:
    """A server of runs, one at a time."""

    def __init__(self, **environment: str) -> None:
        self.server = subprocess.Popen(
            [sys.executable, "-c", SERVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | environment,
            text=True,
        )

    def start(self, store: Path, output: Path | None, articles: Articles) -> int:
        """Start a run and return its process id."""
        self.server.stdin.write(json.dumps([str(store), output and str(output), articles]) + "\n")
        self.server.stdin.flush()
        return int(self.server.stdout.readline())

    def end(self) -> int:
        """Wait for the run's end and return its exit code."""
        return int(self.server.stdout.readline())

    def whole(self, store: Path, output: Path | None, articles: Articles) -> float:
        """Let a run go to its end; return its seconds."""
        began = time.perf_counter()
        self.start(store, output, articles)
        assert self.end() == 0
        return time.perf_counter() - began

    def stop(self) -> None:
        self.server.stdin.close()
        self.server.wait(60)
        self.server.stdout.close()


@pytest.fixture
def runner() -> Iterator[Runner]:
    started = Runner()
    yield started
    started.stop()


BEFORE: Articles = [("a", "2024-01-02", [6.1]), ("b", "2024-01-03", [6.2])]
AFTER: Articles = [("a", "2024-01-02", [6.1, 6.3]), ("b", "2024-01-03", []), ("b", "2024-01-05", [6.4, 6.5])]


@pytest.mark.slow
def test_200_killed_runs_leave_a_whole_release_and_the_bytes_of_an_undisturbed_one(
    runner: Runner, tmp_path: Path, contents: Contents
) -> None:
    # Arrange: a release, and what an undisturbed run makes of the same store with other articles
    chance = random.Random(7)  # noqa: S311 - no secret
    runner.whole(tmp_path / "before/store", tmp_path / "before/output", BEFORE)
    shutil.copytree(tmp_path / "before", tmp_path / "calm", symlinks=True)
    longest = runner.whole(tmp_path / "calm/store", tmp_path / "calm/output", AFTER)
    calm = contents(tmp_path / "calm/output/latest")
    killed = 0

    while killed < 200:
        here = tmp_path / "here"
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(tmp_path / "before", here, symlinks=True)

        # Act: kill it anywhere, again and again, until it gets through
        code = -signal.SIGKILL
        while code != 0:
            run = runner.start(here / "store", here / "output", AFTER)
            time.sleep(chance.uniform(0, longest))
            with contextlib.suppress(ProcessLookupError):
                os.kill(run, signal.SIGKILL)
            code = runner.end()
            killed += code == -signal.SIGKILL

            # Assert
            assert code in {0, -signal.SIGKILL}
            latest = latest_release(here / "output")
            assert latest is not None
            assert verify_release(latest.path) == []
        assert contents(here / "output/latest") == calm
        assert unfinished(Store(here / "store", Contract.load())) == []


@pytest.mark.slow
def test_one_thread_and_two_make_the_same_bytes(tmp_path: Path, contents: Contents) -> None:
    made = []
    for threads in ("1", "2"):
        runner = Runner(POLARS_MAX_THREADS=threads)
        runner.whole(tmp_path / f"store{threads}", tmp_path / f"output{threads}", BEFORE)
        runner.whole(tmp_path / f"store{threads}", tmp_path / f"output{threads}", AFTER)
        runner.whole(tmp_path / "store1", tmp_path / f"again{threads}", AFTER)  # the same store, built elsewhere
        runner.stop()
        made += [contents(tmp_path / f"{name}{threads}/latest") for name in ("output", "again")]
    assert all(each == made[0] for each in made)


@pytest.mark.slow
def test_daily_and_backfill_at_once_equal_one_after_the_other(tmp_path: Path) -> None:
    # Arrange: 20 rounds, each with a day of its own for either, and a day that both write
    rounds = range(20)
    both = ("b", "2024-01-31", [5.5])
    daily: list[Articles] = [[("a", f"2024-02-{1 + n:02}", [6 + n / 100]), both] for n in rounds]
    backfill: list[Articles] = [[both, ("a", f"2023-12-{1 + n:02}", [4 + n / 100])] for n in rounds]
    one, other = Runner(), Runner()
    at_once, serial = tmp_path / "at-once", tmp_path / "serial"

    # Act: each round ends in a release by whoever comes first
    for number, (new, old) in enumerate(zip(daily, backfill, strict=True)):
        output = at_once / "output" if number % 5 == 4 else None
        one.start(at_once / "store", output, new)
        other.start(at_once / "store", output, old)
        assert (one.end(), other.end()) == (0, 0)
    one.whole(serial / "store", None, [article for articles in [*daily, *backfill] for article in articles])
    one.whole(at_once / "store", at_once / "output", [])
    one.whole(serial / "store", serial / "output", [])
    one.stop()
    other.stop()

    # Assert: the same rows; all releases on the way were whole
    contract = Contract.load()
    stores = [Store(folder / "store", contract) for folder in (at_once, serial)]
    for table in ("articles", "texts", "observations", "series", "vintages", "publishers"):
        assert stores[0].collect(table).equals(stores[1].collect(table)), table
    assert stores[0].collect("articles").height == 41
    latest = [latest_release(folder / "output") for folder in (at_once, serial)]
    assert latest[0] is not None
    assert latest[1] is not None
    assert latest[0].content == latest[1].content
    assert [verify_release(release.path) for release in list_releases(at_once / "output")].count([]) >= 4
    assert pl.read_parquet(latest[0].path / "observations.parquet").height == 41


@pytest.mark.slow
def test_builders_at_once_make_one_release(runner: Runner, tmp_path: Path) -> None:
    runners = [runner, Runner(), Runner()]
    for each in runners:
        each.start(tmp_path / "store", tmp_path / "output", BEFORE)
    assert [each.end() for each in runners] == [0, 0, 0]
    for each in runners[1:]:
        each.stop()
    releases = list_releases(tmp_path / "output")
    assert releases
    assert [verify_release(release.path) for release in releases] == [[]] * len(releases)
    assert releases[-1].rows["articles"] == 2
