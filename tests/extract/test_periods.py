"""Periods are stretches of days with one text form each, as SDMX writes them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qzetl.extract.periods import Period, day, majority_month, months, years

YEARS = st.integers(1000, 2999)


@pytest.mark.parametrize(
    ("period", "text"),
    [
        pytest.param(years(2023), "2023", id="year"),
        pytest.param(years(2021, 2025), "2021/2025", id="years"),
        pytest.param(months(2023, 1, 12), "2023", id="twelve-months-are-the-year"),
        pytest.param(months(2023, 1, 6), "2023-S1", id="first-half"),
        pytest.param(months(2023, 7, 12), "2023-S2", id="second-half"),
        pytest.param(months(2023, 1, 3), "2023-Q1", id="first-quarter"),
        pytest.param(months(2023, 10, 12), "2023-Q4", id="last-quarter"),
        pytest.param(months(2023, 2, 4), "2023-02/2023-04", id="three-months-that-are-no-quarter"),
        pytest.param(months(2023, 4, 9), "2023-04/2023-09", id="six-months-that-are-no-half"),
        pytest.param(months(2023, 1, 9), "2023-01/2023-09", id="first-three-quarters"),
        pytest.param(months(2024, 2), "2024-02", id="month"),
        pytest.param(day(2024, 2, 29), "2024-02-29", id="day"),
        pytest.param(Period(date(2023, 9, 29), date(2023, 10, 6)), "2023-09-29/2023-10-06", id="days"),
        pytest.param(Period(date(2023, 10, 1), date(2024, 3, 31)), "2023-10/2024-03", id="months-over-the-new-year"),
        pytest.param(years(1000), "1000", id="four-digits"),
    ],
)
def test_text_form(period, text):
    assert str(period) == text


@pytest.mark.parametrize(
    "period",
    [
        pytest.param(day(2023, 2, 29), id="29-february-of-a-common-year"),
        pytest.param(day(2023, 13, 1), id="month-13"),
        pytest.param(day(2023, 0, 1), id="month-0"),
        pytest.param(day(2023, 4, 31), id="31-april"),
        pytest.param(day(2023, 4, 0), id="day-0"),
        pytest.param(day(0, 1, 1), id="year-0"),
        pytest.param(months(2023, 5, 3), id="months-out-of-order"),
        pytest.param(months(2023, 1, 13), id="thirteen-months"),
        pytest.param(months(3000, 1), id="year-3000"),
        pytest.param(years(2025, 2021), id="years-out-of-order"),
        pytest.param(years(999), id="year-999"),
    ],
)
def test_what_the_calendar_lacks_is_none(period):
    assert period is None


def test_years_before_keeps_the_stretch():
    assert str(months(2024, 1, 9).years_before(1)) == "2023-01/2023-09"
    assert str(months(2024, 2).years_before(1)) == "2023-02"
    assert str(day(2024, 2, 29).years_before(1)) == "2023-02-28"
    assert str(years(2021, 2025).years_before(5)) == "2016/2020"


def test_year_is_that_of_the_end():
    assert years(2021, 2025).year == 2025


@pytest.mark.parametrize(
    ("first", "length", "month"),
    [
        pytest.param(date(2024, 2, 10), 8, "2024-02", id="inside-a-month"),
        pytest.param(date(2023, 1, 21), 7, "2023-01", id="spring-festival"),
        pytest.param(date(2023, 9, 29), 8, "2023-10", id="most-days-in-the-second-month"),
        pytest.param(date(2023, 4, 29), 5, "2023-05", id="labour-day"),
        pytest.param(date(2023, 12, 30), 3, "2023-12", id="most-days-in-the-old-year"),
    ],
)
def test_holidays_are_the_month_that_holds_most_of_them(first, length, month):
    assert str(majority_month(first, length)) == month


@given(YEARS, st.integers(1, 12), st.integers(1, 12))
def test_whole_months_say_so(year, one, other):
    period = months(year, min(one, other), max(one, other))
    assert period.is_months()
    assert str(period).startswith(f"{year:04}")


@given(st.dates(date(1000, 1, 1), date(2999, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_two_stretches_never_share_a_text_form(first, length, other):
    one, two = Period(first, first + timedelta(length)), Period(first, first + timedelta(other))
    assert (str(one) == str(two)) == (length == other)


@pytest.mark.parametrize(
    ("period", "last"),
    [
        pytest.param(years(2021, 2025), years(2025), id="years"),
        pytest.param(years(2025), years(2025), id="year"),
        pytest.param(months(2023, 1, 9), months(2023, 1, 9), id="months"),
        pytest.param(
            Period(date(2021, 5, 1), date(2023, 12, 31)), Period(date(2021, 5, 1), date(2023, 12, 31)), id="part"
        ),
        pytest.param(day(2024, 2, 29), day(2024, 2, 29), id="day"),
    ],
)
def test_last_year_of_whole_years(period, last):
    assert period.last_year() == last
