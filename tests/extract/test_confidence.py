"""Class A is an area's own statistic, named in full, of whole months of one year; nothing else is."""

import pytest


def test_confidence_is_highest_for_plain_statements_alone(read):
    text = "去年，全市社会消费品零售总额⟦12亿元⟧，增长⟦6%⟧，居全省⟦第三位⟧，其中粮油类⟦5亿元⟧。"

    assert read.fields(text, "confidence") == ["A", "B", "B", "C"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("今年，全市地区生产总值力争达到⟦500亿元⟧。", id="an-aim"),
        pytest.param("去年，全市出口⟦12亿元⟧。", id="a-name-of-two-letters"),
        pytest.param("去年，江山市社会消费品零售总额⟦12亿元⟧。", id="another-area"),
        pytest.param("2016—2020年，全市固定资产投资⟦500亿元⟧。", id="years"),
        pytest.param("今年，全市固定资产投资⟦500亿元⟧。", id="a-year-that-is-not-over"),
        pytest.param("2月19日，全市签约项目⟦12个⟧。", id="an-event"),
        pytest.param("去年，全市接待游客⟦120万人次⟧。", id="sights"),
    ],
)
def test_what_may_be_of_something_else_is_not_of_the_first_class(read, text):
    assert read.fields(text, "confidence") == ["B"]


def test_figures_of_a_park_are_not_of_the_first_class(read):
    found = read("去年，全市固定资产投资12亿元。", title="开发区投资快增长")

    assert [m.confidence for m in found if m.role == "quantity"] == ["B"]
