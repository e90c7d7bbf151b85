"""One figure through its life: two publishers disagree, one reprints, and a year later it is revised."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
import pytest

from qzetl.dataset.assembly import assemble
from qzetl.dataset.release import build_release
from qzetl.dataset.rows import Reading
from qzetl.dataset.store import Store

Make = Callable[..., Reading]
Fill = Callable[[Store, Sequence[Reading]], None]

TEXT = "经初步核算，2023年全市生产总值增长6.8%，比上年有所加快，各项指标运行平稳。"


@pytest.fixture
def told(store: Store, output: Path, fill: Fill, gdp: Make) -> Path:
    """The second release: of the first three reports, then of the revision."""
    fill(
        store,
        [
            gdp(6.8, "gov", "2024-01-20", text=TEXT),
            gdp(6.7, "daily", "2024-01-21", text="据报道，2023年全市生产总值增长6.7%。"),
            gdp(6.8, "evening", "2024-01-22", text=TEXT),
        ],
    )
    build_release(store, output)
    fill(store, [gdp(6.9, "gov", "2024-12-20", text="经最终核实，2023年全市生产总值增长6.9%。")])
    return build_release(store, output).release.path


def test_the_series_takes_the_newest_of_the_highest_authority_and_keeps_the_losers(told: Path) -> None:
    (row,) = pl.read_parquet(told / "series.parquet").iter_rows(named=True)
    assert (row["value"], row["stage"], row["publisher"], str(row["as_of"])) == (6.9, "final", "gov", "2024-12-20")
    assert (row["n_reports"], row["n_publishers"], row["agreement"]) == (3, 2, 0.5)  # the reprint counts for nothing
    losers = [(each["publisher"], each["value"], each["reason"]) for each in json.loads(row["losers"])]
    assert losers == [("gov", 6.8, "older"), ("daily", 6.7, "lower-authority")]


def test_the_vintages_tell_what_was_known_on_which_day(told: Path) -> None:
    rows = pl.read_parquet(told / "vintages.parquet").select("as_of", "change", "value", "stage").rows()
    assert [(str(day), *rest) for day, *rest in rows] == [
        ("2024-01-20", "first", 6.8, "preliminary"),
        ("2024-12-20", "revised", 6.9, "final"),
    ]


def test_the_changes_tell_what_the_second_release_says_otherwise(told: Path) -> None:
    changes = pl.read_parquet(told / "changes.parquet").filter(pl.col("table").is_in(["series", "vintages"]))
    found = {(row["table"], row["field"], row["change"], row["old"], row["new"]) for row in changes.to_dicts()}
    assert {
        ("series", "value", "changed", "6.8", "6.9"),
        ("series", "stage", "changed", "preliminary", "final"),
        ("series", "n_reports", "changed", "2", "3"),
        ("vintages", "*", "added", None, None),
    } <= found
    assert set(changes["reason"]) == {"new-article"}
    assert "6.8 → 6.9 (new-article)" in (told / "CHANGES.md").read_text("utf-8")


def test_a_final_figure_that_stays_is_confirmed(store: Store, fill: Fill, gdp: Make) -> None:
    fill(
        store,
        [
            gdp(6.8, "gov", "2024-01-20", text=TEXT),
            gdp(6.8, "gov", "2024-12-20", text="经最终核实，2023年全市生产总值增长6.8%。"),
            gdp(6.8, "gov", "2024-12-28", text="最终核实显示，2023年全市生产总值增长6.8%。"),
        ],
    )
    rows = assemble(store).tables["vintages"].select("as_of", "change", "stage").rows()
    assert [(str(day), *rest) for day, *rest in rows] == [
        ("2024-01-20", "first", "preliminary"),
        ("2024-12-20", "confirmed", "final"),
    ]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("2023年全市生产总值增长6.8%，最终核实数将于年底公布。", None),  # said behind the figure
        ("去年初步核算为6.5%，最终核实，2023年全市生产总值增长6.8%。", "final"),
        ("2022年数据修订后，初步统计，2023年全市生产总值增长6.8%。", "preliminary"),
    ],
)
def test_the_stage_is_what_the_sentence_last_says_before_the_figure(
    store: Store, fill: Fill, gdp: Make, text: str, stage: str | None
) -> None:
    fill(store, [gdp(6.8, "gov", "2024-01-20", text=text)])
    assert assemble(store).tables["series"]["stage"].to_list() == [stage]
