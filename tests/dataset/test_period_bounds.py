"""First and last day of periods in every form that the contract allows."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qzetl.dataset.contract import Contract
from qzetl.dataset.period import period_bounds


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-S1", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023-S2", date(2023, 7, 1), date(2023, 12, 31)),
        ("2023-Q1", date(2023, 1, 1), date(2023, 3, 31)),
        ("2023-Q4", date(2023, 10, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-18", date(2024, 2, 18), date(2024, 2, 18)),
        ("2023-01/2023-09", date(2023, 1, 1), date(2023, 9, 30)),
        ("2021/2025", date(2021, 1, 1), date(2025, 12, 31)),
        ("2023-09-29/2023-10-06", date(2023, 9, 29), date(2023, 10, 6)),
    ],
)
def test_bounds(period: str, first: date, last: date) -> None:
    assert period_bounds(period) == (first, last)


@pytest.mark.parametrize(
    "period",
    [
        "",
        "/",
        "2023/",
        "23",
        "2023-13",
        "2023-00",
        "2023-Q5",
        "2023-S3",
        "2023-02-30",
        "0000",
        "2025/2021",
        "\uff12\uff10\uff12\uff13",
    ],
)
def test_what_is_no_period_has_none(period: str) -> None:
    assert period_bounds(period) is None


@given(st.text() | st.from_regex(r"[0-9/SQ-]{1,21}", fullmatch=True))
def test_whatever_has_bounds_is_written_as_the_contract_says(contract: Contract, text: str) -> None:
    pattern = next(field.pattern for field in contract.table("observations").fields if field.name == "period")
    bounds = period_bounds(text)
    if bounds is not None:
        assert bounds[0] <= bounds[1]
        assert re.fullmatch(pattern or "", text)
