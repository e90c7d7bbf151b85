"""A backfill of thirty days from the network, killed at ten random moments: the same release as one left in peace."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
from servers import write_site

pytestmark = [pytest.mark.ops, pytest.mark.e2e, pytest.mark.slow]

KILLS = 10
WHEN_AND_WHERE = ["retrieved", "warc_file", "warc_offset"]  # of a capture: they tell of the fetch, not of the article
# The files that hold those columns, and those that give the hashes of these.
TOLD_OF_FILES = {
    "SHA256SUMS", "articles.csv", "articles.parquet", "croissant.json", "datapackage.json", "dcat.jsonld",
    "excel/articles.csv", "site/index.html",
}  # fmt: skip


class Paper:
    """The command against a newspaper of thirty issues; everything is kept in one folder."""

    def __init__(self, qzetl, root: Path, site: Path) -> None:
        self.qzetl, self.folder = qzetl, qzetl.folder
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

    def call_offline(self, *arguments: str | Path) -> str:
        done = self.qzetl(*arguments, **self.unreachable)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def plan(self, source: str) -> Path:
        path = self.folder / f"{source}.toml"
        days = ["--since", "2024-02-01", "--until", "2024-03-01", "--parallel", "2"]
        self.call("backfill", "plan", "--publisher", "example-daily", "--reason", source, "--from", source, *days,
                  "--output", path)  # fmt: skip
        return path

    def start(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        environment = self.qzetl.environment | self.site
        return subprocess.Popen(
            [*self.served, *arguments], env=environment, cwd=self.folder, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip

    @property
    def latest(self) -> Path:
        return self.folder / "output/latest"


@pytest.fixture(scope="module")
def paper(root: Path, tmp_path_factory, command_in):
    site = write_site(root, tmp_path_factory.mktemp("site"), 30)
    return lambda name: Paper(command_in(tmp_path_factory.mktemp(name)), root, site)


@pytest.fixture(scope="module")
def peaceful(paper):
    undisturbed = paper("undisturbed")
    began = time.monotonic()
    undisturbed.call("backfill", "run", undisturbed.plan("network"))
    undisturbed.seconds = time.monotonic() - began
    return undisturbed


@pytest.fixture(scope="module")
def killed(paper, peaceful):
    """The same, killed ten times (whole process groups, by SIGKILL) at moments drawn from the time that it takes."""
    disturbed = paper("killed")
    plan = disturbed.plan("network")
    chance = random.Random(7)  # noqa: S311 - moments, no secrets
    disturbed.kills = 0
    while disturbed.kills < KILLS:
        running = disturbed.start("backfill", "run", plan)
        try:
            running.wait(chance.uniform(0.5, peaceful.seconds * 0.9))
        except subprocess.TimeoutExpired:
            disturbed.kills += 1
        else:
            # It came to its end before the moment that was drawn: begin anew with what is in the archive.
            plan.write_text(plan.read_text("utf-8").replace('id = "2', f'id = "{disturbed.kills}-2', 1), "utf-8")
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
            running.communicate()
    disturbed.call("backfill", "run", plan)
    return disturbed


def test_it_ends_in_the_same_release(peaceful, killed) -> None:
    ours, theirs = killed.latest, peaceful.latest
    names = {path.relative_to(theirs) for path in theirs.rglob("*") if path.is_file()}

    assert {path.relative_to(ours) for path in ours.rglob("*") if path.is_file()} == names
    different = {str(name) for name in names if (ours / name).read_bytes() != (theirs / name).read_bytes()}
    assert different <= TOLD_OF_FILES, "the bytes of every table but articles are the same"
    ours_read, theirs_read = (
        pl.read_parquet(each / "articles.parquet").drop(WHEN_AND_WHERE) for each in (ours, theirs)
    )
    assert ours_read.equals(theirs_read)
    assert ours_read.height == 60


def test_nothing_is_archived_twice(killed) -> None:
    index = pl.scan_delta(str(killed.folder / "data/archive/index")).collect()

    assert index.height == index.unique(["uri", "digest"]).height
    assert index.filter(pl.col("role") == "article").height == 60


def test_read_again_from_the_archive_with_the_network_cut_it_is_the_same(killed) -> None:
    before = killed.latest.resolve()

    said = killed.call_offline("backfill", "run", killed.plan("archive"))

    assert said.startswith(f"Nothing new since release {before.name}: ")
    assert killed.latest.resolve() == before


def test_a_store_rebuilt_from_the_archive_alone_gives_the_same_bytes(paper, killed) -> None:
    rebuilt = paper("rebuilt")
    shutil.copytree(killed.folder / "data/archive", rebuilt.folder / "data/archive")

    rebuilt.call_offline("backfill", "run", rebuilt.plan("archive"))

    release = rebuilt.latest.resolve()
    original = killed.folder / "output/releases" / release.name
    files = sorted(path.relative_to(original) for path in original.rglob("*") if path.is_file())
    assert sorted(path.relative_to(release) for path in release.rglob("*") if path.is_file()) == files
    assert [name for name in files if (original / name).read_bytes() != (release / name).read_bytes()] == []
