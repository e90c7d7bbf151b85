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
        pytest.param("改造提升老旧小区9个、⟦35万平方米⟧。", "2023", id="another-unit-of-what-was-told"),
        pytest.param("村里⟦九成以上⟧种茶。", None, id="how-many-are-of-a-kind"),
        pytest.param("房屋倒塌⟦12间⟧。", "2023", id="damage"),
        pytest.param("监测的⟦36家⟧企业销售增长。", None, id="what-was-looked-at"),
        pytest.param("完成投资的⟦33个⟧领域中，制造业领先。", None, id="what-there-is-to-tell-of"),
        pytest.param("⟦五大⟧行业增长。", None, id="kinds-of-industries"),
        pytest.param("机组利用小时数同比增长⟦180小时⟧。", "2023", id="a-length-that-grew"),
        pytest.param("每次补助⟦300元⟧。", None, id="what-one-gets-each-time"),
        pytest.param("下一步，全市将举办招聘会⟦16场⟧。", None, id="an-aim-is-of-no-time-that-is-over"),
        pytest.param("暴雨造成7个乡镇⟦1.1万人⟧受灾。", "2023", id="those-who-suffered"),
        pytest.param("暴雨造成⟦7个⟧乡镇1.1万人受灾。", "2023", id="what-suffered-with-others-behind-it"),
        pytest.param("⟦300家⟧企业参展。", "2023", id="those-who-came-to-a-fair"),
        pytest.param("茶厂年产值⟦4亿元⟧。", None, id="what-one-yields-a-year"),
        pytest.param("新建养老中心15处、幸福院⟦20处⟧。", "2023", id="another-thing-behind-a-list-mark"),
        pytest.param("拥有产业集群4个，数量居全省⟦第3⟧。", None, id="a-rank-of-an-undated-state"),
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


def test_a_congress_s_day_dates_no_gross_product(read):
    text = "2月26日，县人民代表大会开幕，⟦300名⟧代表参加。\n生产总值⟦300亿元⟧，增长⟦6%⟧。用电量⟦2亿千瓦时⟧。"

    assert read.fields(text, "period") == ["2024-02-26", None, None, "2024-02-26"]


def test_what_follows_a_day_to_come_behind_a_figure_is_open(read):
    text = "去年，投产项目⟦86个⟧，总投资⟦66亿元⟧、全部达产达效后，年可实现税收⟦2亿元⟧。"
    assert read.fields(text, "period", "status")[-1] == (None, "target")


def test_what_one_is_given_at_most_is_of_no_period(read):
    text = "2月27日，招聘会举行，⟦120家⟧企业参会。\n引进的博士可领补贴，购房补贴最高⟦20万元⟧。"

    assert read.fields(text, "period") == ["2024-02-27", None]


def test_entrepreneurs_are_no_family(read):
    text = "9月16日，恳谈会举行，邵商代表和企业家⟦400余人⟧参会。"

    assert read.fields(text, "period", published="2023-09-18") == ["2023-09-16"]
