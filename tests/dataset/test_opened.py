"""Releases opened for use: what the examples in the docstrings promise, and how it fails."""

import doctest
import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import qzetl
import qzetl.dataset.opened
from qzetl.dataset.release import build_release
from qzetl.errors import ReleaseError, UsageError


@pytest.fixture
def release(filled, output) -> Path:
    return build_release(filled, output).release.path


@pytest.mark.parametrize("module", [qzetl, qzetl.dataset.opened], ids=lambda module: module.__name__)
@pytest.mark.usefixtures("release")
def test_the_examples_run(output: Path, monkeypatch, module) -> None:
    monkeypatch.chdir(output.parent)

    done = doctest.testmod(module)

    assert done.attempted >= 3
    assert done.failed == 0


@pytest.fixture
def web(output: Path) -> Iterator[str]:
    """The output folder on a web server that does not serve parts of files."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=output))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class TestSources:
    def test_a_release_and_what_points_to_it_are_the_same(self, release: Path, output: Path, web: str) -> None:
        sources = (release, str(release), output, output / "latest", web, f"{web}/latest")

        found = [qzetl.open(source).series(indicator="GDP").collect() for source in sources]

        assert all(frame.equals(found[0]) for frame in found)
        assert found[0].height == 2

    def test_no_release(self, tmp_path: Path) -> None:
        with pytest.raises(ReleaseError, match="is no release: it has neither"):
            qzetl.open(tmp_path)

    def test_no_host(self) -> None:
        with pytest.raises(ReleaseError, match="names no object store"):
            qzetl.open("nonsense://somewhere")


class TestVerify:
    @pytest.mark.parametrize("source", ["folder", "web"])
    def test_a_sound_release_passes(self, release: Path, web: str, source: str) -> None:
        qzetl.open(release if source == "folder" else f"{web}/latest", verify=True)

    def test_an_altered_and_a_missing_file_are_named(self, release: Path) -> None:
        with (release / "series.csv").open("a") as opened:
            opened.write("x")
        (release / "coverage.parquet").unlink()

        with pytest.raises(ReleaseError, match=r"coverage\.parquet, series\.csv missing or altered"):
            qzetl.open(release).verify()


class TestFilters:
    def test_several_codes(self, release: Path) -> None:
        found = qzetl.open(release).observations(publisher=["daily", "evening"]).collect()

        assert sorted(found["publisher"]) == ["daily", "evening"]

    @pytest.mark.parametrize(
        ("wanted", "hint"),
        [
            ({"area": "衢州市"}, "there is no area '衢州市'; perhaps 330800"),
            ({"indicator": "GPD"}, "there is no indicator 'GPD'; perhaps GDP"),
            ({"measure": "nothing like it"}, "codes stand in the table measures"),
        ],
    )
    def test_an_unknown_code_is_refused_with_what_was_meant(self, release: Path, wanted, hint: str) -> None:
        with pytest.raises(UsageError, match=hint):
            qzetl.open(release).series(**wanted)

    def test_a_day_that_is_none(self, release: Path) -> None:
        with pytest.raises(UsageError, match="must be a day"):
            qzetl.open(release).series(as_of="last week")

    def test_observations_of_a_day(self, release: Path) -> None:
        ds = qzetl.open(release)

        assert [ds.observations(as_of=f"2024-01-{day}").collect().height for day in (19, 20, 21, 22)] == [0, 1, 2, 3]

    def test_filters_reach_the_file(self, release: Path) -> None:
        plan = qzetl.open(release).series(indicator="GDP").explain()

        assert "SELECTION" in plan

    def test_an_unknown_table(self, release: Path) -> None:
        with pytest.raises(UsageError, match="has no table 'prices'; there are articles"):
            qzetl.open(release).table("prices")


class TestExplain:
    def test_the_chosen_figure(self, release: Path) -> None:
        ds = qzetl.open(release)
        chosen = ds.series(measure="GROWTH_YOY").collect()["observation_id"][0]

        found = ds.explain(chosen)

        assert found.marked == '全市"生产总值",\r增长[6.8%]。'
        assert found.fate == "chosen for its series, among 2 publishers"

    def test_an_unknown_observation(self, release: Path) -> None:
        with pytest.raises(UsageError, match="has no observation"):
            qzetl.open(release).explain("0" * 16)


def test_as_of_before_and_after_a_revision(store, fill, gdp, output) -> None:
    fill(store, [gdp(6.8, "gov", "2024-01-20"), gdp(6.6, "stats", "2024-02-20")])
    ds = qzetl.open(build_release(store, output).release.path)

    known = {day: ds.series(as_of=day).collect()["value"].to_list() for day in ("2024-02-19", "2024-02-20")}

    assert known == {"2024-02-19": [6.8], "2024-02-20": [6.6]}
    assert ds.series().select(pl.col("value")).collect()["value"].to_list() == [6.6]
