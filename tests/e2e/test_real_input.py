"""Real articles and pages, from file to release."""

import json
from pathlib import Path

import polars as pl
import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture(scope="module")
def released(shared: Path, tmp_path_factory, command_in) -> Path:
    """The latest release after a run on the article that the project began with."""
    qzetl = command_in(tmp_path_factory.mktemp("real"))
    done = qzetl("run", "--input", shared / "real/quzhou-2024-vanguard.txt")
    assert done.returncode == 0, done.stderr
    return qzetl.folder / "output/latest"


@pytest.mark.parametrize(
    ("indicator", "measure", "area", "period", "value"),
    [
        ("GDP", "GROWTH_YOY", "330800", "2023", 6.8),
        ("GDP", "GROWTH_YOY", "330000", "2023", 6.0),
        ("PROJECTS_STARTED", "LEVEL", None, None, 33_390_000_000.0),
    ],
)
def test_the_article_s_figures_are_released(released: Path, indicator, measure, area, period, value) -> None:
    figures = pl.read_parquet(released / "observations.parquet").filter(value=value)

    found = figures.select("indicator", "measure", "area", "period").rows(named=True)

    assert any(
        row["indicator"].startswith(indicator) and row["measure"] == measure
        for row in found
        if row["indicator"] and (area is None or (row["area"], row["period"]) == (area, period))
    ), found


def test_an_article_reads_as_its_annotators_had_it(shared: Path, qzetl) -> None:
    gold = json.loads((shared / "gold/quzhou-2024-vanguard.text.json").read_text("utf-8"))

    article = json.loads(qzetl("read", shared / "real/quzhou-2024-vanguard.txt").stdout)

    assert {key: article[key] for key in ("title", "byline", "text")} == {
        key: gold[key] for key in ("title", "byline", "text")
    }


def test_seventy_one_real_pages_run_through_to_a_release(shared: Path, qzetl) -> None:
    done = qzetl("run", "--json", "--input", shared / "pages/pages.warc.gz")

    report = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert report["collected"] == {"new": 71}
    assert sum(report["read"].values()) == 71
    assert report["published"]["release"]["rows"]["articles"] >= 70
