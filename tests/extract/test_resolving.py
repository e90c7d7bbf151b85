"""Which periods time words get from what was told before them (OBSERVATION.md 2, Period)."""

import pytest


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        pytest.param(
            "2022年，全市产值⟦9亿元⟧。其中6月⟦1亿元⟧。", ["2022", "2022-06"], id="a-month-of-the-year-in-force"
        ),
        pytest.param("去年四季度当季，全市产值⟦9亿元⟧。", ["2023-Q4"], id="the-quarter-itself"),
        pytest.param(
            "从9月20日开镰到10月28日收尾，全市收稻谷⟦9万吨⟧。", ["2023-09-20/2023-10-28"], id="from-day-to-day"
        ),
        pytest.param(
            "春节假期（2月10日至17日），全市迎客⟦9万人次⟧。全市假期收入⟦2亿元⟧。",
            ["2024-02-10/2024-02-17", "2024-02-10/2024-02-17"],
            id="a-holiday-has-the-days-told-with-it",
        ),
        pytest.param(
            "“十三五”期间，全市改造⟦9个⟧小区。五年来，新建公园⟦3个⟧。",
            ["2016/2020", "2016/2020"],
            id="the-plan-s-five-years",
        ),
        pytest.param("去年，全市产茶⟦3万吨⟧，其中秋茶⟦0.3万吨⟧。", ["2023", "2023"], id="autumn-inside-another-word"),
        pytest.param("1月1日投产以来，全市产值⟦9亿元⟧。", ["2024-01/2024-02"], id="since-a-day-up-to-now"),
        pytest.param(
            "2月20日8时至2月21日8时，全市平均降雨⟦32毫米⟧。", ["2024-02-20/2024-02-21"], id="from-hour-to-hour"
        ),
    ],
)
def test_period(read, text, periods):
    assert read.fields(text, "period") == periods


def test_months_without_a_year_take_the_headline_s(read):
    found = read.fields("1—8月份，全市产值⟦9亿元⟧。", "period", title="2022年1—8月份工业运行情况")

    assert found == ["2022-01/2022-08"]


def test_what_lasts_since_years_to_come_raises_nothing(read):
    text = "自未来三年投产以来，产值⟦5亿元⟧。"

    assert read.fields(text, "value") == [5e8]
