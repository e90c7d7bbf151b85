"""Series, vintages and happenings: which statement is chosen, why the others lose, and what was known when."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qzetl.dataset.assembly import derive_tables
from qzetl.dataset.contract import Contract
from qzetl.dataset.derive import Derived, derive
from qzetl.dataset.duplicates import mark_duplicates
from qzetl.dataset.rows import Reading
from qzetl.dataset.statements import KEY
from qzetl.dataset.store import Store
from qzetl.dataset.validate import validate
from qzetl.errors import StoreError

Make = Callable[..., Reading]
Check = Callable[..., dict[str, pl.DataFrame]]


@pytest.fixture
def derived(check: Check, contract: Contract) -> Callable[..., Derived]:
    def make(*readings: Reading) -> Derived:
        frames = check(readings)
        made = derive(
            frames["observations"], frames["articles"], frames["publishers"], contract, frames["texts"].lazy()
        )
        for table in ("series", "vintages", "happenings"):
            assert validate(table, getattr(made, table), contract, frames).rejects.is_empty()
        return made

    return make


def only(frame: pl.DataFrame) -> dict[str, Any]:
    (row,) = frame.to_dicts()
    return row


def test_one_statement_is_the_value(gdp: Make, derived: Callable[..., Derived]) -> None:
    made = derived(gdp(6.8, "gov", "2024-01-20"))
    row = only(made.series)
    assert [row[name] for name in KEY] == ["GDP", "GROWTH_YOY", "330800", "2023", "actual", "PT", "_Z"]
    assert (row["value"], row["publisher"], row["as_of"]) == (6.8, "gov", date(2024, 1, 20))
    assert (row["n_reports"], row["n_publishers"], row["agreement"], row["losers"]) == (1, 1, 1.0, "[]")
    assert only(made.vintages)["change"] == "first"


@pytest.mark.parametrize(
    ("statements", "chosen", "reason"),
    [
        pytest.param(
            [(6.7, "stats", "2024-01-20"), (6.8, "gov", "2024-01-25")], 6.7, "lower-authority", id="authority"
        ),
        pytest.param([(6.7, "gov", "2024-01-20"), (6.8, "gov", "2024-01-25")], 6.8, "older", id="newer"),
        pytest.param(
            [(6.0, "daily", "2024-01-20", "over"), (6.8, "evening", "2024-01-20")], 6.8, "less-exact", id="more exact"
        ),
        pytest.param(
            [(6.9, "daily", "2024-01-20"), (6.8, "daily", "2024-01-20"), (6.8, "evening", "2024-01-20")],
            6.8,
            "outvoted",
            id="agreement",
        ),
    ],
)
def test_the_rule_asks_in_order(
    gdp: Make, derived: Callable[..., Derived], statements: list[tuple[Any, ...]], chosen: float, reason: str
) -> None:
    readings = [
        gdp(value, publisher, day, fields={"bound": bound[0] if bound else "exact"}, uri=f"https://{publisher}/{n}")
        for n, (value, publisher, day, *bound) in enumerate(statements)
    ]
    for order in (readings, readings[::-1]):
        row = only(derived(*order).series)
        (loser,) = json.loads(row["losers"])
        assert row["value"] == chosen
        assert loser["reason"] == reason
        assert loser["value"] == statements[0 if chosen == statements[1][0] else 1][0]


def test_where_nothing_tells_them_apart_there_is_still_one_answer(gdp: Make, derived: Callable[..., Derived]) -> None:
    readings = [gdp(6.7, "daily", "2024-01-20"), gdp(6.8, "evening", "2024-01-20")]
    one, other = only(derived(*readings).series), only(derived(*readings[::-1]).series)
    assert one == other
    assert one["agreement"] == 0.5
    assert json.loads(one["losers"])[0]["reason"] == "tie"


def test_of_two_figures_in_one_article_the_earlier_stands(read: Make, derived: Callable[..., Derived]) -> None:
    for first, second in ((6.8, 6.4), (6.4, 6.8)):
        text = f"全年增长{first}%,其中一季度增长{second}%。"
        reading = read(text, *((f"{value}%", {"value": value}) for value in (second, first)))
        assert only(derived(reading).series)["value"] == first


def test_those_who_agree_are_counted_and_do_not_lose(gdp: Make, derived: Callable[..., Derived]) -> None:
    made = derived(gdp(6.8, "gov", "2024-01-20"), gdp(6.8, "daily", "2024-01-21"), gdp(6.7, "evening", "2024-01-22"))
    row = only(made.series)
    assert (row["n_reports"], row["n_publishers"]) == (3, 3)
    assert row["agreement"] == pytest.approx(2 / 3)
    assert [loser["publisher"] for loser in json.loads(row["losers"])] == ["evening"]


def test_a_reprint_counts_once_and_points_to_the_first(
    gdp: Make, derived: Callable[..., Derived], check: Check
) -> None:
    # Arrange: the paper reprints the government's article a day later, word for word
    text = "2023年全市生产总值增长6.8%。"
    original, reprint = gdp(6.8, "gov", "2024-01-20", text=text), gdp(6.8, "daily", "2024-01-21", text=text)

    # Act
    frames = check([reprint, original])
    marked = mark_duplicates(frames["articles"], frames["publishers"], frames["texts"].lazy()).sort("published")
    row = only(derived(reprint, original).series)

    # Assert
    assert marked["duplicate_of"].to_list() == [None, original.article_id]
    assert (row["publisher"], row["n_reports"], row["n_publishers"]) == ("gov", 1, 1)


def test_of_reprints_on_one_day_the_higher_authority_is_first(gdp: Make, check: Check) -> None:
    text = "2023年全市生产总值增长6.8%。"
    frames = check([gdp(6.8, publisher, "2024-01-20", text=text) for publisher in ("daily", "stats", "gov")])
    marked = mark_duplicates(frames["articles"], frames["publishers"], frames["texts"].lazy())
    assert marked.filter(pl.col("duplicate_of").is_null())["publisher"].to_list() == ["stats"]


def test_a_revision_makes_a_vintage(gdp: Make, derived: Callable[..., Derived]) -> None:
    made = derived(
        gdp(6.8, "stats", "2024-01-20"),
        gdp(6.8, "gov", "2024-02-01"),
        gdp(6.9, "daily", "2024-03-01"),
        gdp(6.7, "stats", "2024-12-20"),
    )
    rows = [(row["as_of"], row["change"], row["value"]) for row in made.vintages.to_dicts()]
    assert rows == [(date(2024, 1, 20), "first", 6.8), (date(2024, 12, 20), "revised", 6.7)]
    assert only(made.series)["value"] == 6.7


def test_a_higher_authority_that_comes_later_revises(gdp: Make, derived: Callable[..., Derived]) -> None:
    made = derived(gdp(6.9, "daily", "2024-01-20"), gdp(6.8, "stats", "2024-01-25"))
    assert made.vintages["value"].to_list() == [6.9, 6.8]


def test_a_page_whose_text_was_replaced_gives_way_to_the_later_text(gdp: Make, derived: Callable[..., Derived]) -> None:
    # Arrange: the same address, first 6.9, then corrected without a new date, found so on 5 March
    uri = "https://gov.example/1.html"
    first = gdp(6.9, "gov", "2024-01-20", uri=uri)
    corrected = gdp(6.8, "gov", "2024-01-20", uri=uri, retrieved=datetime(2024, 3, 4, 20, tzinfo=UTC))

    # Act
    made = derived(first, corrected)
    row = only(made.series)

    # Assert
    assert (row["value"], row["as_of"], row["n_reports"]) == (6.8, date(2024, 3, 5), 1)
    assert json.loads(row["losers"])[0]["reason"] == "replaced"
    assert made.vintages.select("as_of", "value").rows() == [(date(2024, 1, 20), 6.9), (date(2024, 3, 5), 6.8)]


def test_an_undated_article_states_on_the_day_that_lists_it(read: Make, derived: Callable[..., Derived]) -> None:
    reading = read("2023年增长6.8%。", ("6.8%", {"value": 6.8}), published=None)
    assert only(derived(reading).series)["as_of"] == reading.capture.day


def test_distances_from_different_areas_do_not_compete(read: Make, derived: Callable[..., Derived]) -> None:
    fields = {"measure": "DIFF", "unit": "PP"}
    reading = read(
        "增速高于全国1.2个、全省0.5个百分点,居全省第3位、全国第9位,某项为0.1个百分点。",
        ("1.2个", fields | {"value": 1.2, "reference": "100000"}),
        ("0.5个百分点", fields | {"value": 0.5, "reference": "330000"}),
        ("0.1个百分点", fields | {"value": 0.1}),
        ("第3位", {"measure": "RANK", "unit": "RANK", "value": 3.0, "scope": "330000"}),
        ("第9位", {"measure": "RANK", "unit": "RANK", "value": 9.0, "scope": "100000"}),
    )
    made = derived(reading)
    assert dict(made.series.select("basis", "value").filter(pl.col("value") < 2).rows()) == {
        "100000": 1.2,
        "330000": 0.5,
        "_X": 0.1,
    }
    assert made.series.height == 5
    assert set(made.series["losers"]) == {"[]"}


@pytest.mark.parametrize("missing", ["indicator", "area", "period"])
def test_what_lacks_a_key_is_no_statement(gdp: Make, derived: Callable[..., Derived], missing: str) -> None:
    made = derived(gdp(6.8, "gov", "2024-01-20", fields={missing: None}))
    assert made.series.is_empty()
    assert made.vintages.is_empty()


def test_happenings_are_grouped_by_event_and_never_merged(read: Make, derived: Callable[..., Derived]) -> None:
    # Arrange: two events in one article, each with a number of projects; a reprint of it
    fields = {"indicator": "PROJECTS_STARTED", "measure": "LEVEL", "unit": "COUNT", "period": "2024-01"}
    text = "柯城开工12个项目,其中产业类7个。衢江开工9个项目。"
    figures = [("12个", fields | {"value": 12.0}), ("7个", fields | {"value": 7.0}), ("9个", fields | {"value": 9.0})]

    # Act
    made = derived(read(text, *figures), read(text, *figures, publisher="daily", published="2024-01-21"))

    # Assert
    assert made.series.is_empty()
    events = made.happenings.group_by("event_id").agg(pl.col("value").sort()).sort(pl.col("value").list.first())
    assert events["value"].to_list() == [[7.0, 12.0], [9.0]]
    assert set(made.happenings["publisher"]) == {"gov"}


def test_nothing_derives_from_nothing(derived: Callable[..., Derived]) -> None:
    made = derived()
    assert made.series.is_empty()
    assert made.vintages.is_empty()
    assert made.happenings.is_empty()


def test_deriving_again_writes_nothing(store: Store, fill: Callable[..., None], gdp: Make) -> None:
    fill(store, [gdp(6.8, "gov", "2024-01-20")])
    before = {path: path.stat().st_mtime_ns for path in store.root.rglob("*") if path.is_file()}
    assert derive_tables(store) == {"series": 1, "vintages": 1, "happenings": 0}
    assert {path: path.stat().st_mtime_ns for path in store.root.rglob("*") if path.is_file()} == before


def test_stored_rows_that_no_longer_keep_the_contract_are_named(
    store: Store, fill: Callable[..., None], gdp: Make
) -> None:
    fill(store, [gdp(6.8, "gov", "2024-01-20")])
    moved = store.collect("observations").with_columns(area=pl.lit("999999"))
    store.replace("observations", "gov", date(2024, 1, 20), moved)
    with pytest.raises(StoreError, match="series: 1 derived rows break area-unknown"):
        derive_tables(store)


@settings(max_examples=40, deadline=None)
@given(
    statements=st.lists(
        st.tuples(
            st.sampled_from([6.7, 6.8, 6.9]),
            st.sampled_from(["stats", "gov", "daily", "evening"]),
            st.integers(1, 5),
            st.sampled_from(["exact", "approx", "over"]),
            st.sampled_from(["2022", "2023"]),
        ),
        max_size=12,
    ),
    seed=st.integers(0, 99),
)
def test_series_and_vintages_hold_together(
    gdp: Make, check: Check, contract: Contract, statements: list[tuple[Any, ...]], seed: int
) -> None:
    # Arrange
    readings = [
        gdp(
            value,
            publisher,
            f"2024-01-0{day}",
            text=f"第{n}篇:增长{value}%。",
            fields={"bound": bound, "period": period},
            uri=f"https://{n}.example/",
        )
        for n, (value, publisher, day, bound, period) in enumerate(statements)
    ]
    frames = check(readings)
    inputs = (frames["observations"], frames["articles"], frames["publishers"])

    # Act
    texts = frames["texts"].lazy()
    made = derive(*inputs, contract, texts)
    shuffled = [frame.sample(fraction=1, shuffle=True, seed=seed) for frame in inputs]

    # Assert: order does not matter; a key has one value, that of its newest vintage; consecutive vintages differ
    again = derive(*shuffled, contract, texts)
    assert all(getattr(again, name).equals(getattr(made, name)) for name in ("series", "vintages", "happenings"))
    assert set(made.series["period"]) == {statement[4] for statement in statements}
    assert made.series.select(KEY).is_unique().all()
    newest = made.vintages.group_by("period", maintain_order=True).last().select("period", "value", "bound")
    assert newest.sort("period").equals(made.series.select("period", "value", "bound").sort("period"))
    for _, history in made.vintages.group_by("period", maintain_order=True):
        assert history["as_of"].is_sorted()
        assert history["change"].to_list() == ["first"] + ["revised"] * (history.height - 1)
        figures = history.select("value", "bound").rows()
        assert all(one != following for one, following in pairwise(figures))
    for row in made.series.to_dicts():
        losers = json.loads(row["losers"])
        assert all(loser["value"] != row["value"] for loser in losers)
        assert 0 < row["agreement"] <= 1
