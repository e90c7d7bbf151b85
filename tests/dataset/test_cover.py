"""Coverage: looked and read, looked and empty, failed, never looked."""

import json
from datetime import date, timedelta

import polars as pl
import pytest

from qzetl.dataset.contract import Contract
from qzetl.dataset.coverage import Covered, coverage_rows, with_never_looked
from qzetl.dataset.validate import validate

DAY = date(2024, 2, 28)


def cover(contract: Contract, *covered: Covered) -> pl.DataFrame:
    checked = validate("coverage", coverage_rows(covered, contract), contract)
    assert checked.rejects.is_empty()
    return checked.valid


@pytest.mark.parametrize(
    ("fates", "state", "inputs", "failed"),
    [
        ({"read": 3}, "read", 3, 0),
        ({"new": 1, "unchanged": 2}, "read", 3, 0),
        ({"read": 1, "http-404": 2}, "partial", 3, 2),
        ({"no-article": 1, "timeout": 1}, "failed", 2, 2),
        ({"empty-list": 1}, "empty", 0, 0),
        ({"listed": 1, "skipped": 4}, "empty", 0, 0),
        ({}, "empty", 0, 0),
    ],
)
def test_states(contract: Contract, fates: dict[str, int], state: str, inputs: int, failed: int) -> None:
    (row,) = cover(contract, Covered("gov", DAY, fates, 1, 2, 3)).to_dicts()
    assert (row["state"], row["n_inputs"], row["n_failed"]) == (state, inputs, failed)
    assert (row["n_articles"], row["n_observations"], row["n_rejects"]) == (1, 2, 3)


def test_failures_are_named_and_counted(contract: Contract) -> None:
    frame = cover(contract, Covered("gov", DAY, {"timeout": 1, "read": 5, "http-404": 2, "skipped": 1}, 5, 0, 0))
    assert json.loads(frame["failures"][0]) == {"http-404": 2, "timeout": 1}


def test_looking_again_and_finding_the_same_changes_nothing(contract: Contract) -> None:
    first = cover(contract, Covered("gov", DAY, {"new": 2, "http-404": 1}, 2, 5, 0))
    again = cover(contract, Covered("gov", DAY, {"unchanged": 2, "http-404": 1}, 2, 5, 0))
    assert first.equals(again)


def test_days_between_on_which_nobody_looked_are_said(contract: Contract) -> None:
    frame = cover(
        contract,
        Covered("gov", DAY + timedelta(4), {"read": 1}, 1, 1, 0),
        Covered("gov", DAY, {"read": 1}, 1, 1, 0),
        Covered("daily", DAY, {"read": 1}, 1, 1, 0),
        Covered("input", DAY, {"read": 1}, 1, 1, 0),
        Covered("input", DAY + timedelta(9), {"read": 1}, 1, 1, 0),
    )
    filled = with_never_looked(frame)
    assert filled.filter(pl.col("publisher") == "gov").select("day", "state").rows() == [
        (DAY, "read"),
        *((DAY + timedelta(n), "never") for n in (1, 2, 3)),
        (DAY + timedelta(4), "read"),
    ]
    assert filled.filter(pl.col("publisher") != "gov")["state"].to_list() == ["read"] * 3
    assert validate("coverage", filled, contract).rejects.is_empty()


def test_no_coverage_stays_none(contract: Contract) -> None:
    empty = contract.table("coverage").empty()
    assert coverage_rows([], contract).equals(empty)
    assert with_never_looked(empty).equals(empty)
