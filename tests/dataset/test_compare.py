"""What a release says of the one before: rows that came, went and changed, why, and when it stops and asks."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qzetl.dataset.changes import compare
from qzetl.dataset.contract import Contract
from qzetl.dataset.release import build_release, list_releases
from qzetl.dataset.rows import Reading
from qzetl.dataset.store import Store
from qzetl.dataset.verify import verify_release
from qzetl.errors import ReleaseError, SchemaError

Make = Callable[..., Reading]
Fill = Callable[[Store, Sequence[Reading]], None]
Contents = Callable[[Path], dict[str, bytes]]


def corrected(store: Store, *rows: tuple[str, str, str, str | None, str]) -> Store:
    """The same store under a contract with these corrections: table, id, field, value, reason."""
    columns = ["table", "id", "field", "value", "reason", "date"]
    listed = pl.DataFrame(
        [(*row, "2024-06-01") for row in rows], schema=dict.fromkeys(columns, pl.String), orient="row"
    )
    contract = store.contract
    codelists = MappingProxyType({**contract.codelists, "corrections": listed})
    return Store(store.root, dataclasses.replace(contract, codelists=codelists))


def changes(release_folder: Path) -> list[tuple[object, ...]]:
    rows = pl.read_parquet(release_folder / "changes.parquet")
    return rows.filter(~pl.col("table").is_in(["publishers", "coverage"])).rows()


def told(folder: Path) -> set[tuple[object, ...]]:
    return {(table, change, field, old, new, reason) for table, _, field, change, old, new, reason in changes(folder)}


def observation(store: Store, publisher: str) -> str:
    return store.collect("observations").filter(pl.col("publisher") == publisher)["observation_id"].item()


def article(store: Store, publisher: str) -> str:
    return store.collect("articles").filter(pl.col("publisher") == publisher)["article_id"].item()


def test_the_first_release_has_nothing_to_compare_with(filled: Store, output: Path) -> None:
    folder = build_release(filled, output).release.path
    assert changes(folder) == []
    assert "first release" in (folder / "CHANGES.md").read_text("utf-8")


def test_a_new_article_revises_a_series(filled: Store, output: Path, fill: Fill, gdp: Make) -> None:
    first = build_release(filled, output).release
    fill(filled, [gdp(6.9, "gov", "2024-01-23")])

    folder = build_release(filled, output).release.path

    rows = told(folder)
    assert ("articles", "added", "*", None, None, "new-article") in rows
    assert ("series", "changed", "value", "6.8", "6.9", "new-article") in rows
    assert ("series", "changed", "as_of", "2024-01-20", "2024-01-23", "new-article") in rows
    assert {reason for *_, reason in rows} == {"new-article"}
    page = (folder / "CHANGES.md").read_text("utf-8")
    assert f"Against release {first.version}" in page
    assert "| `observations` | new-article | 1 | 0 | 0 |" in page
    assert "GDP GROWTH_YOY 330800 2023 actual PT _Z: 6.8 → 6.9 (new-article)" in page


def test_the_same_article_read_otherwise_is_a_new_rule(filled: Store, output: Path) -> None:
    build_release(filled, output)
    observations = filled.collect("observations").filter(pl.col("publisher") == "gov")
    filled.replace("observations", "gov", date(2024, 1, 20), observations.with_columns(subject=pl.lit("总值")))

    rows = told(build_release(filled, output).release.path)

    assert rows == {("observations", "changed", "subject", "=1+1", "总值", "new-rule")}


def test_an_article_that_the_store_no_longer_has_is_gone(filled: Store, output: Path) -> None:
    build_release(filled, output)
    for table in ("articles", "texts", "observations"):
        filled.replace(table, "gov", date(2024, 1, 20), filled.collect(table).clear())

    rows = told(build_release(filled, output).release.path)

    assert ("articles", "removed", "*", None, None, "article-gone") in rows
    assert ("series", "changed", "value", "6.8", "6.7", "article-gone") in rows


def test_a_corrected_row_says_so_everywhere_and_survives_a_rebuild(
    filled: Store, output: Path, contents: Contents
) -> None:
    build_release(filled, output, "abc")
    ours = corrected(filled, ("observations", observation(filled, "gov"), "value", "6.5", "misprint in the paper"))

    folder = build_release(ours, output, "abc").release.path

    rows = told(folder)
    assert ("observations", "changed", "value", "6.8", "6.5", "correction") in rows
    assert ("series", "changed", "value", "6.8", "6.5", "correction") in rows
    assert {reason for *_, reason in rows} == {"correction"}
    assert "is 6.5: misprint in the paper (2024-06-01)" in (folder / "CHANGES.md").read_text("utf-8")
    elsewhere = build_release(ours, output.parent / "elsewhere", "abc").release.path
    assert contents(elsewhere) == contents(folder)

    back = build_release(filled, output).release.path
    assert ("series", "changed", "value", "6.5", "6.8", "correction") in told(back)
    assert "taken back" in (back / "CHANGES.md").read_text("utf-8")


def test_an_article_that_is_taken_down_leaves_no_trace_of_its_words(
    filled: Store, output: Path, contents: Contents
) -> None:
    build_release(filled, output)
    ours = corrected(filled, ("articles", article(filled, "gov"), "*", None, "the publisher asked for it"))

    folder = build_release(ours, output).release.path

    rows = told(folder)
    assert ("articles", "removed", "*", None, None, "correction") in rows
    assert ("series", "changed", "value", "6.8", "6.7", "correction") in rows
    files = contents(folder)
    assert not any('生产总值",'.encode() in data for data in files.values())
    assert b"the publisher asked for it" in files["CHANGES.md"]
    assert b"the publisher asked for it" in files["codelists/corrections.csv"]


def test_a_corrected_period_has_its_own_days(filled: Store, output: Path) -> None:
    ours = corrected(filled, ("observations", observation(filled, "daily"), "period", "2022-Q4", "wrong year"))
    folder = build_release(ours, output).release.path
    row = pl.read_parquet(folder / "series.parquet").filter(pl.col("period") == "2022-Q4").row(0, named=True)
    assert (row["period_start"], row["period_end"], row["value"]) == (date(2022, 10, 1), date(2022, 12, 31), 6.7)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("day", "2024-01-01", "day is no column of observations that can be corrected"),
        ("nothing", "1", "nothing is no column of observations"),
        ("value", "many", "'many' is no value"),
        ("unit", "MILES", "breaks unit-unknown"),
        ("value", None, "breaks value-missing"),
    ],
)
def test_a_correction_that_cannot_be_is_named(
    filled: Store, output: Path, field: str, value: str | None, reason: str
) -> None:
    ours = corrected(filled, ("observations", observation(filled, "gov"), field, value, "because"))
    with pytest.raises(SchemaError, match=rf"corrections\.csv: .*{reason}"):
        build_release(ours, output)
    assert list_releases(output) == []


@pytest.fixture
def much(store: Store, fill: Fill, gdp: Make) -> Store:
    fill(store, [gdp(5 + n / 100, "gov", f"2024-01-{1 + n % 28:02}", uri=f"u{n}") for n in range(60)])
    return store


def lose(store: Store, days: int) -> None:
    for day in range(1, days + 1):
        for table in ("articles", "texts", "observations"):
            store.replace(table, "gov", date(2024, 1, day), store.collect(table).clear())


def test_a_release_that_would_lose_many_rows_stops_and_asks(much: Store, output: Path, contents: Contents) -> None:
    first = build_release(much, output, "abc").release
    lose(much, 12)

    with pytest.raises(ReleaseError, match=r"would lose 28 of 60 articles \(46\.7%\) .*--accept-loss REASON"):
        build_release(much, output, "abc")
    assert [release.version for release in list_releases(output)] == [first.version]

    second = build_release(much, output, "abc", accept_loss="a publisher withdrew January").release
    assert "a publisher withdrew January" in (second.path / "CHANGES.md").read_text("utf-8")
    elsewhere = build_release(much, output.parent / "elsewhere", "abc").release  # is not asked again
    assert contents(elsewhere.path) == contents(second.path)


def test_few_rows_may_go(much: Store, output: Path) -> None:
    build_release(much, output)
    lose(much, 6)
    assert build_release(much, output).new


def test_takedowns_are_no_loss(much: Store, output: Path) -> None:
    build_release(much, output)
    ids = much.collect("articles")["article_id"].head(40)
    ours = corrected(much, *(("articles", each, "*", None, "asked for") for each in ids))
    assert build_release(ours, output).release.rows["articles"] == 20


def test_a_store_that_forgot_the_release_before_says_so(filled: Store, output: Path, fill: Fill, gdp: Make) -> None:
    first = build_release(filled, output).release
    for path in (filled.root / "published" / first.version).iterdir():
        path.unlink()
    fill(filled, [gdp(6.9, "gov", "2024-01-23")])
    folder = build_release(filled, output).release.path
    assert "no longer holds what it said" in (folder / "CHANGES.md").read_text("utf-8")
    assert verify_release(folder) == []


def test_columns_that_came_are_told(filled: Store, output: Path, fill: Fill, gdp: Make) -> None:
    first = build_release(filled, output).release
    kept = filled.root / "published" / first.version / "series.parquet"
    pl.read_parquet(kept).drop("agreement").write_parquet(kept)
    fill(filled, [gdp(6.9, "gov", "2024-01-23")])
    page = (build_release(filled, output).release.path / "CHANGES.md").read_text("utf-8")
    assert "column `series.agreement` is new" in page


def test_only_two_releases_are_remembered_whole(filled: Store, output: Path, fill: Fill, gdp: Make) -> None:
    for n in range(4):
        fill(filled, [gdp(6.9 + n / 10, "gov", f"2024-01-2{3 + n}")])
        build_release(filled, output)
    assert len(list((filled.root / "published").iterdir())) == 2


@given(
    st.dictionaries(
        st.integers(0, 8), st.tuples(st.text("abc", max_size=2), st.none() | st.integers(0, 3)), max_size=8
    ),
    st.dictionaries(
        st.integers(0, 8), st.tuples(st.text("abc", max_size=2), st.none() | st.integers(0, 3)), max_size=8
    ),
)
@settings(max_examples=60, deadline=None)
def test_the_changes_lead_from_one_release_to_the_other(
    contract: Contract, old: dict[int, tuple[str, int | None]], new: dict[int, tuple[str, int | None]]
) -> None:
    def tables(rows: dict[int, tuple[str, int | None]]) -> dict[str, pl.DataFrame]:
        made = [
            {"id": f"p{key}", "name": f"n{name}", "kind": "press", "rank": rank} for key, (name, rank) in rows.items()
        ]
        frames = {name: contract.table(name).empty() for name in ("articles", "observations", "corrections")}
        return frames | {"publishers": pl.DataFrame(made, schema=contract.table("publishers").schema)}

    changes = compare(tables(old), tables(new), contract).changes

    rows = {row["id"]: row for row in tables(old)["publishers"].to_dicts()}
    after = {row["id"]: row for row in tables(new)["publishers"].to_dicts()}
    for change in changes.iter_rows(named=True):
        if change["change"] == "removed":
            del rows[change["key"]]
        elif change["change"] == "added":
            rows[change["key"]] = after[change["key"]]
        else:
            before = rows[change["key"]][change["field"]]
            assert (None if before is None else str(before)) == change["old"]
            rows[change["key"]][change["field"]] = after[change["key"]][change["field"]]
            assert change["new"] == (None if (now := after[change["key"]][change["field"]]) is None else str(now))
    assert rows == after
    assert changes.select("table", "key", "field").is_unique().all()
