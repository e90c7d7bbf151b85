"""Flows take the lead's period, states and what a thing is made for do not (OBSERVATION.md 2, Period)."""

import pytest

LEAD = "去年，全市生产总值⟦2000亿元⟧。\n"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        pytest.param("新建农村公路⟦150公里⟧。", "2023", id="what-is-built"),
        pytest.param("农作物播种面积⟦170万亩⟧。", "2023", id="what-is-sown"),
        pytest.param("全市⟦1200家⟧民宿平均入住率78%。", None, id="a-count-of-what-is-there"),
        pytest.param("普工月薪⟦5000元⟧。", None, id="pay"),
        pytest.param("机器一天能采⟦200斤⟧芽茶。", None, id="what-one-can-do-in-a-day"),
        pytest.param("每小时可分选苹果⟦10吨⟧。", None, id="a-capacity"),
        pytest.param("对企业按每人给予⟦500元⟧补贴。", None, id="what-one-is-entitled-to"),
    ],
)
def test_the_lead_s_period(read, text, period):
    assert read.fields(LEAD + text, "period")[1] == period


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2月1日，新校区启用，占地⟦42亩⟧。", id="ground"),
        pytest.param("2月1日，新校区启用，可容纳学生⟦1620人⟧。", id="room"),
        pytest.param("2月1日，全长⟦18公里⟧的旅游公路通车。", id="length"),
        pytest.param("2月1日，老板娘说，她家⟦12间⟧客房都订满了。", id="what-somebody-has"),
    ],
)
def test_what_a_thing_is_made_for_is_of_no_period(read, text):
    assert read.fields(text, "period") == [None]


def test_a_size_from_one_amount_to_another_is_built_in(read):
    text = "2月1日集中开工，其中10亿元以上项目3个、⟦5亿元至10亿元⟧项目⟦8个⟧。"

    assert read.fields(text, "rule", "period")[0] == ("size", None)
