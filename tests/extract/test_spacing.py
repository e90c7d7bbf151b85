"""Texts that set numbers off with spaces are read as if they did not; few spaces, or such between numbers, stay."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qzetl.extract.spacing import close_up

READING = ("value", "bound", "unit", "measure", "indicator", "area", "period", "status", "rule", "subject")
PLAIN = "2023 年 1—8 月，全市出口 12 亿元，增长 10.3% ；进口 3 亿元 ，下降 2.5% 。"
WORDS = """全市 出口 增长 下降 其中 年 月 日 个 万 亿元 % ‰ ， 。 、 （ ） — - 2023 1 8 12 10.3 31 江山市 去年"""
SPACES = ["\n", " ", "  ", "\u00a0", "\u2002", "\u2009", "\u202f", "\u3000"]
PIECES = st.sampled_from([*WORDS.split(), *SPACES])
SET_OFF = st.lists(PIECES, max_size=30).map("".join)


@pytest.mark.parametrize(
    ("spaced", "closed"),
    [
        pytest.param(PLAIN, PLAIN.replace(" ", ""), id="plain-spaces"),
        pytest.param(PLAIN.replace(" ", "\u00a0"), PLAIN.replace(" ", ""), id="no-break-spaces"),
        pytest.param(PLAIN.replace(" ", "\u2009"), PLAIN.replace(" ", ""), id="thin-spaces"),
        pytest.param(
            "2023 年 5 月，江山市、常山县出口分别为 3 亿元 、2 亿元，分别增长 5% 和 6% 。",
            "2023年5月，江山市、常山县出口分别为3亿元、2亿元，分别增长5%和6%。",
            id="before-marks-of-a-list",
        ),
        pytest.param(
            "去年，全市出口 12 亿元（进口 3 亿元），居全省第 3 位；游客 36 万人次。",
            "去年，全市出口12亿元（进口3亿元），居全省第3位；游客36万人次。",
            id="brackets-and-ranks",
        ),
    ],
)
def test_set_off_numbers_read_as_those_that_are_not(read, spaced, closed):
    one, other = read(spaced), read(closed)

    assert [tuple(getattr(m, name) for name in READING) for m in one] == [
        tuple(getattr(m, name) for name in READING) for m in other
    ]
    assert [m.quote for m in other if m.role == "quantity"]


def test_spans_are_those_of_the_text_as_it_was(read):
    text = "去年，全市出口 12 亿元 ，增长 10.3% 。\n2023 年 5 月，进口 3 亿元。"

    found = read.quantities(text)

    assert [m.quote for m in found] == ["12 亿元", "10.3%", "3 亿元"]
    assert all(m.quote == text[m.start : m.end] for m in found)
    assert [text[m.sentence_start : m.sentence_end].strip() for m in found] == [
        "去年，全市出口 12 亿元 ，增长 10.3% 。",
        "去年，全市出口 12 亿元 ，增长 10.3% 。",
        "2023 年 5 月，进口 3 亿元。",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("去年，全市出口12亿元，增长10.3%。", id="no-space"),
        pytest.param("去年 5 月，全市出口 12 亿元，增长 10.3% 。", id="two-units-apart"),
        pytest.param("出口 12 3 45\n进口 3 8 20\n游客 36 9 12", id="columns"),
        pytest.param("2023\n年 5\n月 12\n亿元 3\n个", id="line-breaks"),
    ],
)
def test_where_it_is_no_habit_the_text_is_left_alone(text):
    assert close_up(text) is None


def test_spaces_between_numbers_stay():
    closed = close_up("2023 年 5 月 3 日，出口 12 3 45，进口 7  8。")

    assert closed is not None
    assert closed.text == "2023年5月3日，出口12 3 45，进口7  8。"


@given(SET_OFF)
@example("1 年2 月3 日")
@example(" 1 年 1 年 1 年 ")
def test_closed_text_tells_where_its_letters_stood(text):
    closed = close_up(text)

    if closed is not None:
        assert len(closed.places) == len(closed.text)
        assert closed.places == sorted(set(closed.places))
        assert "".join(text[at] for at in closed.places) == closed.text


@given(SET_OFF)
@example("1 年 1 年 1 年 ")
@example("出口 12 亿元 ，增长 3 亿元 ，5 个 ")
def test_spans_match_quotes_for_texts_with_spaces(read, text):
    for m in read(text):
        assert 0 <= m.start < m.end <= len(text)
        assert m.quote == text[m.start : m.end]
        if m.role == "quantity":
            assert m.sentence_start <= m.start
            assert m.end <= m.sentence_end <= len(text)
