"""From readings to rows: ids, what is counted, and what the article's page says of its date."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qzetl.dataset.contract import Contract
from qzetl.dataset.ids import content_id
from qzetl.dataset.rows import Reading, article_rows, observation_rows, publisher_rows, text_rows
from qzetl.dataset.validate import validate

TEXT = "2023年全市生产总值2125.2亿元,增长6.8%。\n全省增长6%。"
FIGURES = (
    ("2125.2亿元", {"value": 2.1252e11, "unit": "CNY", "measure": "LEVEL"}),
    ("6.8%", {"value": 6.8}),
    ("6%", {"value": 6.0, "area": "330000"}),
)


def test_rows_say_what_was_read(read: Callable[..., Reading], contract: Contract) -> None:
    # Arrange
    reading = read(TEXT, *FIGURES, published="2024-01-20T09:53:00+08:00")

    # Act
    (article,) = article_rows([reading], contract).to_dicts()
    level, growth, province = observation_rows([reading], contract).to_dicts()

    # Assert
    assert article["published"] == "2024-01-20"
    assert article["published_at"] == "2024-01-20T01:53:00+00:00"
    assert article["text_length"] == len(TEXT)
    assert article["digest"] == reading.capture.digest
    assert [level["value"], growth["value"], province["value"]] == [2.1252e11, 6.8, 6.0]
    assert level["sentence"] == growth["sentence"] == "2023年全市生产总值2125.2亿元,增长6.8%。"
    assert TEXT[province["start"] : province["end"]] == province["quote"] == "6%"
    assert (level["period_start"], level["period_end"]) == (date(2023, 1, 1), date(2023, 12, 31))
    assert {row["article_id"] for row in (level, growth, province)} == {article["article_id"]}


def test_only_quantities_become_observations(read: Callable[..., Reading], contract: Contract) -> None:
    reading = read(TEXT, ("2023年", {"role": "time"}), *FIGURES)
    assert observation_rows([reading], contract)["quote"].to_list() == ["2125.2亿元", "6.8%", "6%"]


def test_two_readings_of_one_span_have_ids_of_their_own(read: Callable[..., Reading], contract: Contract) -> None:
    both = read(TEXT, ("6.8%", {"value": 6.8}), ("6.8%", {"value": 6.8, "indicator": "GDP_PER_CAPITA"}))
    one = read(TEXT, ("6.8%", {"value": 6.8}))

    first, second = observation_rows([both], contract)["observation_id"].to_list()

    assert first != second
    assert observation_rows([one], contract)["observation_id"].to_list() == [first]


def test_ids_do_not_depend_on_when_or_how_it_was_retrieved(read: Callable[..., Reading], contract: Contract) -> None:
    now = read(TEXT, *FIGURES)
    later = read(TEXT, *FIGURES, retrieved=datetime(2025, 1, 1, tzinfo=UTC), body=b"other bytes")
    assert observation_rows([now], contract).equals(observation_rows([later], contract))
    assert now.article_id == later.article_id != read(TEXT, publisher="daily", uri=now.capture.uri).article_id


def test_a_page_captured_twice_with_one_text_is_one_article(read: Callable[..., Reading], contract: Contract) -> None:
    first = read(TEXT, *FIGURES)
    again = read(TEXT, *FIGURES, retrieved=datetime(2025, 1, 1, tzinfo=UTC), body=b"other furniture")

    for order in ([first, again], [again, first]):
        (article,) = article_rows(order, contract).to_dicts()
        assert article["digest"] == first.capture.digest
        assert text_rows(order, contract).height == 1
        assert observation_rows(order, contract).height == len(FIGURES)


@pytest.mark.parametrize(
    ("given_text", "day", "moment"),
    [
        (None, None, None),
        ("2024-02-29", date(2024, 2, 29), None),
        ("2024-02-29T23:30:00+00:00", date(2024, 3, 1), datetime(2024, 2, 29, 23, 30, tzinfo=UTC)),
        ("2024-02-29T09:53:00", date(2024, 2, 29), datetime(2024, 2, 29, 1, 53, tzinfo=UTC)),
        ("2024-02-29T09:53:00.25+08:00", date(2024, 2, 29), datetime(2024, 2, 29, 1, 53, tzinfo=UTC)),
    ],
)
def test_dates_are_days_in_shanghai(
    read: Callable[..., Reading], contract: Contract, given_text: str | None, day: date | None, moment: datetime | None
) -> None:
    checked = validate("articles", article_rows([read(published=given_text)], contract), contract)
    (article,) = checked.valid.to_dicts()
    assert (article["published"], article["published_at"]) == (day, moment)


def test_a_date_that_is_none_is_rejected_by_name(read: Callable[..., Reading], contract: Contract) -> None:
    reading = read()
    reading = Reading(reading.capture, type(reading.article)("u", "t", "文", published="昨天"), None, [])
    checked = validate("articles", article_rows([reading], contract), contract)
    assert checked.rejects["rule"].to_list() == ["published-type"]


def test_half_a_surrogate_pair_is_stored_as_a_question_mark(read: Callable[..., Reading], contract: Contract) -> None:
    reading = read("增长\ud8006.8%。", ("6.8%", {"value": 6.8}))
    texts = validate("texts", text_rows([reading], contract), contract).valid
    checked = validate("observations", observation_rows([reading], contract), contract, {"texts": texts})
    assert checked.valid["sentence"].to_list() == ["增长?6.8%。"]


def test_no_readings_make_no_rows(contract: Contract) -> None:
    assert article_rows([], contract).is_empty()
    assert observation_rows([], contract).is_empty()
    assert publisher_rows([], contract).equals(contract.table("publishers").empty())


@given(st.lists(st.text() | st.integers() | st.none()), st.lists(st.text() | st.integers() | st.none()))
def test_ids_tell_parts_apart(one: list[str | int | None], other: list[str | int | None]) -> None:
    same = [part.encode("utf-8", "replace") if isinstance(part, str) else part for part in one] == [
        part.encode("utf-8", "replace") if isinstance(part, str) else part for part in other
    ]
    assert (content_id(*one) == content_id(*other)) == same
