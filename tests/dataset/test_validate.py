"""Frames against the contract: each rule by its name, nothing lost, and neighbours untouched."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qzetl.dataset.contract import Contract
from qzetl.dataset.rows import Reading, observation_rows
from qzetl.dataset.validate import validate
from qzetl.errors import SchemaError

TEXT = "2023年全市生产总值增长6.8%。"


@pytest.fixture(scope="session")
def row(read: Callable[..., Reading], contract: Contract) -> dict[str, Any]:
    """One observation that keeps every rule."""
    rows = observation_rows([read(TEXT, ("6.8%", {"value": 6.8, "confidence": "A"}))], contract)
    (found,) = validate("observations", rows, contract).valid.to_dicts()
    return found


def broken(contract: Contract, *rows: dict[str, Any], table: str = "observations") -> list[str]:
    frame = pl.DataFrame(list(rows), infer_schema_length=None, strict=False)
    frame = frame.with_columns(pl.col(pl.Null).cast(pl.String))
    checked = validate(table, frame, contract)
    assert checked.valid.height + checked.rejects.height == len(rows)
    assert checked.valid.schema == contract.table(table).schema
    assert checked.rejects.schema == contract.table("rejects").schema
    return checked.rejects["rule"].to_list()


def test_a_sound_row_stands(contract: Contract, row: dict[str, Any]) -> None:
    assert broken(contract, row) == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"indicator": "HAPPINESS"}, "indicator-unknown"),
        ({"unit": "FURLONG"}, "unit-unknown"),
        ({"measure": "MOOD"}, "measure-unknown"),
        ({"area": "999999"}, "area-unknown"),
        ({"area": "衢州"}, "area-malformed"),
        ({"scope": "999999"}, "scope-unknown"),
        ({"status": "hoped"}, "status-unknown"),
        ({"bound": "about"}, "bound-unknown"),
        ({"confidence": "D"}, "confidence-unknown"),
        ({"reference": "999999"}, "reference-unknown"),
        ({"reference": "去年"}, "reference-malformed"),
        ({"unit": None}, "unit-missing"),
        ({"measure": ""}, "measure-missing"),
        ({"quote": None}, "quote-missing"),
        ({"quote": "6.9%"}, "quote-missing"),
        ({"start": 3, "end": 7}, "quote-missing"),
        ({"sentence_start": 14}, "quote-missing"),
        ({"sentence": ""}, "sentence-missing"),
        ({"end": 2}, "end-order"),
        ({"start": -1}, "start-range"),
        ({"value": None}, "value-missing"),
        ({"value": None, "value_low": 5.0}, "value-missing"),
        ({"value_low": 5.0}, "value-conflict"),
        ({"value": None, "value_low": 8.0, "value_high": 5.0}, "value-order"),
        ({"value": float("nan")}, "value-not-finite"),
        ({"value": float("inf")}, "value-not-finite"),
        ({"value": "many"}, "value-type"),
        ({"start": 14.5}, "start-type"),
        ({"published": "2024-02-30"}, "published-type"),
        ({"period": "last year"}, "period-malformed"),
        ({"period": "2023-02-30", "period_start": None, "period_end": None}, "period-malformed"),
        ({"article_id": "xyz"}, "article_id-malformed"),
        ({"publisher": None}, "publisher-missing"),
    ],
)
def test_a_broken_rule_is_named(contract: Contract, row: dict[str, Any], changes: dict[str, Any], rule: str) -> None:
    assert broken(contract, row | changes) == [rule]


def test_a_range_needs_both_ends_and_no_value(contract: Contract, row: dict[str, Any]) -> None:
    ends = {"value": None, "value_low": 5.0, "value_high": 8.0, "bound": "range"}
    assert broken(contract, row | ends) == []


def test_text_is_read_as_the_type_that_the_contract_says(contract: Contract, row: dict[str, Any]) -> None:
    written = {name: None if value is None else str(value) for name, value in row.items()}
    checked = validate("observations", pl.DataFrame([written], schema=dict.fromkeys(row, pl.String)), contract)
    assert checked.valid["value"].to_list() == [6.8]
    assert checked.valid["day"].to_list() == [date(2024, 1, 20)]


def test_neighbours_of_a_broken_row_stand_in_order(contract: Contract, row: dict[str, Any]) -> None:
    rows = [row | {"observation_id": f"{n:016x}", "area": "330800" if n % 2 else "999999"} for n in range(6)]
    checked = validate("observations", pl.DataFrame(rows, schema=contract.table("observations").schema), contract)
    assert checked.valid["observation_id"].to_list() == [f"{n:016x}" for n in (1, 3, 5)]


def test_of_rows_with_one_key_the_first_sound_one_stands(contract: Contract, row: dict[str, Any]) -> None:
    rows = [row | {"unit": "FURLONG"}, row, row | {"subject": "again"}]
    checked = validate("observations", pl.DataFrame(rows, schema=contract.table("observations").schema), contract)
    assert checked.valid["subject"].to_list() == [None]
    assert checked.rejects["rule"].to_list() == ["unit-unknown", "key-duplicate"]


def test_a_reject_keeps_the_row_and_says_everything_that_is_wrong(contract: Contract, row: dict[str, Any]) -> None:
    wrong = row | {"unit": "FURLONG", "area": "999999", "value": None}
    checked = validate("observations", pl.DataFrame([wrong], schema=contract.table("observations").schema), contract)
    (reject,) = checked.rejects.to_dicts()
    assert reject["table"] == "observations"
    assert (reject["publisher"], reject["day"]) == ("gov", date(2024, 1, 20))
    assert json.loads(reject["row"])["unit"] == "FURLONG"
    assert json.loads(reject["row"])["sentence"] == TEXT
    assert {part.partition(":")[0] for part in reject["reason"].split("; ")} == {
        *("unit-unknown", "area-unknown", "value-missing"),
    }


def test_rejects_of_wholly_equal_rows_have_ids_of_their_own(contract: Contract, row: dict[str, Any]) -> None:
    schema = contract.table("observations").schema
    checked = validate("observations", pl.DataFrame([row | {"unit": "FURLONG"}] * 3, schema=schema), contract)
    assert checked.rejects["reject_id"].n_unique() == 3
    assert validate("rejects", checked.rejects, contract).rejects.is_empty()


def test_other_tables_are_referred_to_where_they_are_given(contract: Contract, row: dict[str, Any]) -> None:
    frame = pl.DataFrame([row], schema=contract.table("observations").schema)
    none = {"articles": contract.table("articles").empty()}
    assert validate("observations", frame, contract).rejects.is_empty()
    assert validate("observations", frame, contract, none).rejects["rule"].to_list() == ["article_id-unknown"]


@pytest.mark.parametrize("text", ["另一篇文章。", "", "x" + TEXT])
def test_a_sentence_must_stand_in_the_article(contract: Contract, row: dict[str, Any], text: str) -> None:
    frame = pl.DataFrame([row], schema=contract.table("observations").schema)
    texts = pl.DataFrame({"article_id": [row["article_id"]], "text": [text]})
    rejects = validate("observations", frame, contract, {"texts": texts}).rejects
    assert rejects["rule"].to_list() == ["sentence-missing"]
    assert validate("observations", frame, contract, {"texts": texts.clear()}).rejects.height == 1


def test_empty_frames_are_sound(contract: Contract) -> None:
    for table in contract.tables.values():
        checked = validate(table.name, table.empty(), contract)
        assert checked.valid.equals(table.empty())
        assert checked.rejects.is_empty()


def test_columns_that_nobody_described_are_refused(contract: Contract) -> None:
    with pytest.raises(SchemaError, match="observations: the frame has the columns mood"):
        validate("observations", pl.DataFrame({"mood": ["good"]}), contract)


def test_a_frame_without_required_columns_is_rejected_whole(contract: Contract) -> None:
    checked = validate("publishers", pl.DataFrame({"name": ["无名"]}), contract)
    assert checked.rejects["rule"].to_list() == ["id-missing"]


@settings(max_examples=50, deadline=None)
@given(
    text=st.text(min_size=1, max_size=40),
    spans=st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45), st.integers(-2, 45)), min_size=1, max_size=8),
    values=st.lists(st.none() | st.floats(), min_size=8, max_size=8),
)
def test_what_stands_always_has_its_evidence(
    contract: Contract, row: dict[str, Any], text: str, spans: list[tuple[int, int, int]], values: list[float | None]
) -> None:
    rows = [
        row
        | {"observation_id": f"{n:016x}", "quote": text[max(start, 0) : max(end, 0)], "value": values[n]}
        | {"start": start, "end": end, "sentence": text[max(first, 0) :], "sentence_start": first}
        for n, (start, end, first) in enumerate(spans)
    ]
    frame = pl.DataFrame(rows, schema=contract.table("observations").schema)
    texts = pl.DataFrame({"article_id": [row["article_id"]], "text": [text]})

    checked = validate("observations", frame, contract, {"texts": texts})

    assert checked.valid.height + checked.rejects.height == len(rows)
    for found in checked.valid.iter_rows(named=True):
        assert text[found["start"] : found["end"]] == found["quote"] != ""
        assert text[found["sentence_start"] :].startswith(found["sentence"])
        assert found["value"] is not None


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"value": 33.3, "unit": "CNY", "measure": "LEVEL"}, "value-implausible"),  # a lost 亿
        ({"value": 333.0}, "growth-implausible"),
        ({"value": 130.0, "indicator": None, "measure": "SHARE"}, "value-implausible"),
        ({"value": None, "value_low": 60.0, "value_high": 130.0, "measure": "SHARE"}, "value-implausible"),
        ({"period": "2025"}, "period-horizon"),
        ({"period": "2095", "status": "target"}, "period-horizon"),
        ({"period": "1023"}, "period-horizon"),
    ],
)
def test_what_is_not_plausible_is_rejected(
    read: Callable[..., Reading], contract: Contract, fields: dict[str, Any], rule: str
) -> None:
    rows = observation_rows([read("总值增长6.8%。", ("6.8%", {"value": 6.8} | fields))], contract)
    assert validate("observations", rows, contract).rejects["rule"].to_list() == [rule]


@pytest.mark.parametrize(
    "fields",
    [
        {"value": 333.9e8, "unit": "CNY", "measure": "LEVEL"},
        {"value": -40.5},
        {"value": 5000.0, "indicator": "EXPORTS"},
        {"period": "2024"},  # of the year that has begun
        {"period": "2060", "status": "target"},
        {"value": 1e30, "indicator": None, "measure": "LEVEL", "unit": "OTHER"},  # nothing is known of it
    ],
)
def test_what_is_plausible_stands(read: Callable[..., Reading], contract: Contract, fields: dict[str, Any]) -> None:
    rows = observation_rows([read("总值增长6.8%。", ("6.8%", {"value": 6.8} | fields))], contract)
    assert validate("observations", rows, contract).rejects.is_empty()


def test_bounds_and_additive_parts_name_indicators(contract: Contract) -> None:
    known = {"*", "AREAS", *contract.codelists["indicators"]["code"]}
    assert set(contract.codelists["bounds"]["indicator"]) <= known
    assert set(contract.codelists["additive"]["part"]) <= known
