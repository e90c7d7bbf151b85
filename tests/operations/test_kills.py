"""A backfill of thirty days from the network, killed at ten random moments: the same release as one left in peace.

A release says of each article when it was retrieved, and in this alone two fetches differ. So the commands run under a
clock that stands still (libfaketime), and whole releases are compared byte by byte; one backfill runs under a clock
that goes, and shows what this makes of it.
"""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest
from servers import process, write_site

pytestmark = [pytest.mark.ops, pytest.mark.e2e, pytest.mark.slow]

KILLS = 10
CLOCK = "2024-03-05 09:00:00"  # when the held clock says that everything happens


class Paper:
    """The command against a newspaper of thirty issues; everything is kept in one folder."""

    def __init__(self, qzetl, root: Path, site: Path, clock: dict[str, str]) -> None:
        self.qzetl, self.folder = qzetl, qzetl.folder
        qzetl.environment |= clock
        self.served = [sys.executable, root / "examples/run.py", Path(sys.executable).with_name("qzetl")]
        self.site = {"EXAMPLE_SITE": str(site)}
        self.unreachable = {
            "QZETL_PUBLISHERS": str(root / "examples/publishers"),
            "QZETL_CONNECT_TO": "epaper.example=127.0.0.1:9",
        }

    def call(self, *arguments: str | Path) -> str:
        done = self.qzetl.call(*self.served, *arguments, **self.site)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def call_offline(self, *arguments: str | Path, **more: str) -> str:
        done = self.qzetl(*arguments, **self.unreachable, **more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def plan(self, source: str) -> Path:
        path = self.folder / f"{source}.toml"
        days = ["--since", "2024-02-01", "--until", "2024-03-01", "--parallel", "2"]
        self.call("backfill", "plan", "--publisher", "example-daily", "--reason", source, "--from", source, *days,
                  "--output", path)  # fmt: skip
        return path

    @contextmanager
    def running(self, *arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
        environment = self.qzetl.environment | self.site
        with process([*self.served, *arguments], self.folder / "run.log", env=environment, cwd=self.folder) as begun:
            yield begun

    @property
    def volumes(self) -> list[Path]:
        return sorted((self.folder / "data/archive/warc").rglob("*.warc.gz"))

    @property
    def archived(self) -> int:
        """Bytes in the archive."""
        return sum(path.stat().st_size for path in self.volumes)

    @property
    def latest(self) -> Path:
        return self.folder / "output/latest"


@pytest.fixture(scope="module")
def paper(root: Path, tmp_path_factory, command_in):
    site = write_site(root, tmp_path_factory.mktemp("site"), 30)

    def make(name: str, clock: str = CLOCK) -> Paper:
        return Paper(command_in(tmp_path_factory.mktemp(name)), root, site, surroundings(clock))

    return make


def surroundings(clock: str) -> dict[str, str]:
    """Return the variables under which a process's clock stands still, or begins to go where an @ leads it.

    How long something takes is measured as ever.
    """
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    assert found, "libfaketime is not installed; on Debian: apt-get install faketime"
    return {
        "LD_PRELOAD": str(found[0]),
        "FAKETIME": clock,
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DISABLE_SHM": "1",  # nothing is left behind by a process that is killed
        "NO_FAKE_STAT": "1",
        "TZ": "UTC",
    }


def files(release: Path) -> dict[str, bytes]:
    return {str(path.relative_to(release)): path.read_bytes() for path in release.rglob("*") if path.is_file()}


def different(ours: Path, theirs: Path) -> set[str]:
    """Return the names of the files that two releases do not share, byte by byte."""
    one, other = files(ours), files(theirs)
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


@pytest.fixture(scope="module")
def peaceful(paper):
    undisturbed = paper("undisturbed")
    began = time.monotonic()
    undisturbed.call("backfill", "run", undisturbed.plan("network"))
    undisturbed.seconds = time.monotonic() - began
    return undisturbed


@pytest.fixture(scope="module")
def killed(paper, peaceful):
    """The same, killed ten times: whole process groups, by SIGKILL."""
    disturbed = paper("killed")
    plan = disturbed.plan("network")
    chance = random.Random(7)  # noqa: S311 - moments, no secrets
    kills = 0
    while kills < KILLS:
        with disturbed.running("backfill", "run", plan) as running:
            wait_for_a_moment(running, chance, disturbed, peaceful)
            if running.poll() is None:
                kills += 1
                continue
        # It came to its end before the moment that was drawn: begin anew with what is in the archive.
        plan.write_text(plan.read_text("utf-8").replace('id = "2', f'id = "{kills}-2', 1), "utf-8")
    disturbed.call("backfill", "run", plan)
    return disturbed


def wait_for_a_moment(
    running: subprocess.Popen[bytes], chance: random.Random, disturbed: Paper, peaceful: Paper
) -> None:
    """Wait for a moment drawn from the time that it takes, or from what is to be archived, whichever comes first.

    Collecting is a short part of it; of moments drawn by time alone, none may meet it.
    """
    until = time.monotonic() + chance.uniform(0.5, peaceful.seconds * 0.9)
    enough = disturbed.archived + chance.uniform(0, peaceful.archived / 4)
    while running.poll() is None and time.monotonic() < until and disturbed.archived <= enough:
        time.sleep(0.01)


def test_it_ends_in_the_same_release_byte_by_byte(peaceful, killed) -> None:
    ours, theirs = killed.latest.resolve(), peaceful.latest.resolve()

    assert ours.name == theirs.name
    assert different(ours, theirs) == set()
    assert (len(peaceful.volumes), len(killed.volumes) > 2) == (1, True), "it was fetched in pieces"
    read = pl.read_parquet(ours / "articles.parquet")
    assert read.height == 60
    assert {str(moment) for moment in read["retrieved"]} == {f"{CLOCK}+00:00"}


def test_of_two_fetches_only_the_time_differs(paper, peaceful) -> None:
    """In the files that hold the column `retrieved`, and in those that give their hashes."""
    later = paper("later", f"@{CLOCK}")
    later.call("backfill", "run", later.plan("network"))

    assert different(later.latest, peaceful.latest) == {
        "articles.csv", "articles.parquet", "excel/articles.csv",
        "SHA256SUMS", "croissant.json", "datapackage.json", "dcat.jsonld", "site/index.html",
    }  # fmt: skip
    ours, theirs = (pl.read_parquet(each.latest / "articles.parquet") for each in (later, peaceful))
    assert ours.drop("retrieved").equals(theirs.drop("retrieved"))


def test_nothing_is_archived_twice(killed) -> None:
    index = pl.scan_delta(str(killed.folder / "data/archive/index")).collect()

    assert index.height == index.unique(["uri", "digest"]).height
    assert index.filter(pl.col("role") == "article").height == 60


def test_read_again_from_the_archive_with_the_network_cut_it_is_the_same(killed) -> None:
    before = killed.latest.resolve()

    said = killed.call_offline("backfill", "run", killed.plan("archive"))
    killed.call_offline("release", QZETL_OUTPUT=str(killed.folder / "again"))

    assert said.startswith(f"Nothing new since release {before.name}: ")
    assert "60 articles" in said
    assert killed.latest.resolve() == before
    assert different((killed.folder / "again/latest").resolve(), before) == set()


def test_a_store_rebuilt_from_the_archive_alone_gives_the_same_bytes(paper, killed) -> None:
    rebuilt = paper("rebuilt")
    shutil.copytree(killed.folder / "data/archive", rebuilt.folder / "data/archive")

    rebuilt.call_offline("backfill", "run", rebuilt.plan("archive"))

    release = rebuilt.latest.resolve()
    assert different(release, killed.folder / "output/releases" / release.name) == set()
