"""The flows as they really run: Prefect's embedded server, the example site over HTTP, a release at the end."""

import sys
from pathlib import Path

import polars as pl
import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

PUBLISHERS = {"example-daily", "example-gov", "example-news", "example-stats"}


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory, command_in):
    """Run a command of this project against the example site, everything kept in one folder."""
    surroundings = command_in(tmp_path_factory.mktemp("flows"))

    def call(*command: str | Path, **more: str):
        return surroundings.call(sys.executable, root / "examples/run.py", *command, **more)

    call.folder = surroundings.folder
    return call


@pytest.fixture(scope="module")
def daily(root: Path, site):
    """The daily flow on the example site, run once; what it said."""
    return site(sys.executable, root / "flows/daily.py")


def test_the_daily_flow_publishes_the_example_site(daily, site) -> None:
    latest = site.folder / "output/latest"

    assert daily.returncode == 0, daily.stderr
    assert daily.stdout.startswith(f"Published release {latest.resolve().name}: ")
    assert "http-404" in daily.stdout, "what was not delivered is said"
    assert set(pl.read_parquet(latest / "articles.parquet")["publisher"]) == PUBLISHERS
    assert pl.read_parquet(latest / "series.parquet").height > 50
    assert set(pl.read_parquet(latest / "coverage.parquet")["state"]) >= {"read", "failed"}


def test_what_prefect_keeps_lies_with_the_runs_data(daily, site) -> None:
    assert daily.returncode == 0
    assert (site.folder / "data/prefect/prefect.db").exists()


def test_the_second_run_publishes_nothing_new(daily, root: Path, site) -> None:
    before = sorted((site.folder / "output").rglob("*"))

    again = site(sys.executable, root / "flows/daily.py")

    assert daily.returncode == again.returncode == 0
    assert again.stdout.startswith("Nothing new since release ")
    assert sorted((site.folder / "output").rglob("*")) == before


def test_the_command_finds_what_the_flow_stored(daily, site) -> None:
    done = site(Path(sys.executable).with_name("qzetl"), "run")

    assert daily.returncode == done.returncode == 0
    assert done.stdout.startswith("Nothing new since release ")


def test_the_command_alone_yields_the_same_observations(daily, site, tmp_path: Path) -> None:
    own = {"QZETL_HOME": str(tmp_path / "data"), "QZETL_OUTPUT": str(tmp_path / "output")}

    done = site(Path(sys.executable).with_name("qzetl"), "run", **own)

    flow, command = (
        pl.read_parquet(folder / "latest/observations.parquet")
        for folder in (site.folder / "output", tmp_path / "output")
    )
    assert daily.returncode == done.returncode == 0
    assert command.equals(flow)


def test_a_range_takes_only_its_days(site, tmp_path: Path) -> None:
    own = {"QZETL_HOME": str(tmp_path / "data"), "QZETL_OUTPUT": str(tmp_path / "output")}
    days = ["--since", "2024-02-26", "--until", "2024-03-01"]

    done = site(Path(sys.executable).with_name("qzetl"), "run", *days, **own)

    coverage = pl.read_parquet(tmp_path / "output/latest/coverage.parquet")
    assert done.returncode == 0, done.stderr
    assert {str(day) for day in coverage["day"]} == {f"2024-02-{day}" for day in range(26, 30)} | {"2024-03-01"}
    assert "never" not in set(coverage["state"]), "every publisher was asked about every day"


def test_a_file_that_is_not_there_fails_the_flow_with_its_name(root: Path, qzetl) -> None:
    done = qzetl.call(sys.executable, root / "flows/daily.py", "--input", "nowhere.txt")

    assert done.returncode == 1
    assert "not-found: nowhere.txt does not exist" in done.stdout
