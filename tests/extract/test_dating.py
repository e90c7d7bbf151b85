"""Which period a figure takes from the words around it (OBSERVATION.md 2, Period)."""

import pytest


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        pytest.param(
            "本次人口普查以2020年11月1日零时为标准时点。现将数据公布如下：\n一、人口\n全市常住人口⟦228万人⟧。",
            ["2020-11-01"],
            id="a-time-declared-for-all-figures",
        ),
        pytest.param(
            "第七次全国人口普查数据显示，全市常住人口⟦228万人⟧，比第六次全国人口普查的⟦212万人⟧增加⟦16万人⟧。",
            ["2020-11-01", "2010-11-01", "2020-11-01"],
            id="censuses-are-days",
        ),
        pytest.param(
            "“十三五”时期，生产总值由2015年的⟦1100亿元⟧提高到2020年的⟦1600亿元⟧，年均增长⟦7%⟧；零售总额达到⟦800亿元⟧。",
            ["2015", "2020", "2016/2020", "2020"],
            id="the-year-that-a-plan-reached",
        ),
        pytest.param(
            "今年以来，经济平稳，“十四五”规划主要指标进度符合预期。\n年末全市总户数⟦72万户⟧。",
            ["2024"],
            id="a-plan-named-for-what-it-sets",
        ),
        pytest.param(
            "1月份，财政支出⟦66亿元⟧，完成全年支出的⟦8.5%⟧，比上年同期提高⟦0.2个百分点⟧。",
            ["2024-01", "2024-01", "2024-01"],
            id="a-share-of-the-year-s",
        ),
        pytest.param(
            "去年，全市出口⟦128亿元⟧，主要原因是四季度手机出口增长⟦140%⟧。",
            ["2023", "2023-Q4"],
            id="a-reason-is-no-base",
        ),
        pytest.param(
            "1月份，鲜果价格由上月上涨⟦2%⟧转为下降⟦1%⟧。", ["2023-12", "2024-01"], id="the-month-before-one-in-force"
        ),
        pytest.param(
            "今年1月，价格上涨⟦1%⟧。回落之势以本月为甚，蛋价下降⟦5%⟧。",
            ["2024-01", "2024-01"],
            id="this-month-told-in-the-next",
        ),
        pytest.param(
            "前两个月，单位能耗下降⟦3.4%⟧，好于全年下降⟦3.2%⟧的目标。",
            ["2024-01/2024-02", "2024"],
            id="an-aim-of-its-own-time",
        ),
        pytest.param(
            "园区的光伏项目去年底并网。截至1月底，全市装机⟦300万千瓦⟧。",
            ["2024-01"],
            id="when-a-thing-came-about-rules-nothing",
        ),
        pytest.param("二期项目5月投产，已招聘⟦150人⟧。", [None], id="when-a-thing-will-come-about-rules-nothing"),
        pytest.param(
            "近年来，种植结构不断优化，今年全市播种面积⟦220万亩⟧。其中，棉花种植面积⟦166万亩⟧。",
            ["2024", "2024"],
            id="a-year-behind-recent-years-rules-on",
        ),
        pytest.param("今年是“十四五”规划的关键一年，全市生产总值增长⟦6%⟧。", ["2024"], id="a-year-of-a-plan"),
        pytest.param(
            "1月份，粮食产量⟦3万吨⟧，完成“十四五”规划目标任务；水果产量⟦2万吨⟧。",
            ["2024-01", "2024-01"],
            id="a-plan-fulfilled",
        ),
        pytest.param(
            "图1：2019-2023年全市生产总值\n2023年三次产业结构为⟦4.1⟧∶⟦42.3⟧∶⟦53.6⟧。",
            ["2023"] * 3,
            id="a-caption-dates-nothing",
        ),
        pytest.param(
            "去年9月到12月，城镇新增就业分别为⟦0.4万人⟧、⟦0.6万人⟧、⟦0.8万人⟧、⟦0.9万人⟧。",
            ["2023-09", "2023-10", "2023-11", "2023-12"],
            id="months-of-a-stretch-listed",
        ),
        pytest.param(
            "去年，合作社销售⟦30吨⟧。截至1月底，全市建成冷库⟦20座⟧。",
            ["2023", "2024-01"],
            id="until-a-month-of-this-year",
        ),
        pytest.param("活动将持续到3月底，全市计划举办招聘会⟦65场⟧。", ["2024-03"], id="a-month-ahead"),
        pytest.param("发布日期：2024年2月29日\n全市共有景区⟦12个⟧。", [None], id="a-stamp-dates-nothing"),
    ],
)
def test_period(read, text, periods):
    assert read.fields(text, "period") == periods


def test_a_period_of_headline_and_section_goes_before_the_lead_s(read):
    text = "上半年，全市经济平稳。\n二季度，全市生产总值⟦900亿元⟧。\n上半年，工业增长⟦5%⟧。\n生猪出栏⟦50万头⟧。"

    found = read.fields(text, "period", title="2023年上半年全市经济运行情况", published="2023-07-20")

    assert found == ["2023-Q2", "2023-S1", "2023-S1"]


def test_a_heading_with_a_colon_dates_its_lines_and_makes_aims_of_them(read):
    text = "“十三五”成就：\n生产总值年均增长⟦6.3%⟧\n2024年目标：\n生产总值增长⟦6.5%⟧\n城镇新增就业⟦4万人⟧"

    found = read.fields(text, "period", "status")

    assert found == [("2016/2020", "actual"), ("2024", "target"), ("2024", "target")]


def test_an_event_s_number_told_again_puts_its_time_back(read):
    text = (
        "2月26日，⟦27个⟧项目集中签约。\n去年7月，全市成立⟦14个⟧专班。"
        "签约的⟦27个⟧项目来自各专班。其中，物流专班⟦9个⟧项目。"
    )

    found = read.fields(text, "indicator", "period")

    assert found[0] == found[2] == found[3] == ("PROJECTS_SIGNED", "2024-02-26")


@pytest.mark.parametrize(
    ("text", "states"),
    [
        pytest.param("市里将⟦168项⟧权限赋予园区。", ["actual"], id="of-a-number"),
        pytest.param("景区将开放时间延长⟦2个小时⟧。", ["actual"], id="of-a-thing"),
        pytest.param("企业全力保供，1月份原煤日均产量⟦33万吨⟧。", ["actual"], id="full-force-is-no-aim"),
        pytest.param(
            "为完成接待游客⟦900万人次⟧、旅游收入⟦60亿元⟧的目标打基础。", ["target", "target"], id="a-list-of-aims"
        ),
        pytest.param(
            "今年计划新增公交线⟦16条⟧，到目前实际新增⟦17条⟧。", ["target", "actual"], id="what-has-come-about"
        ),
        pytest.param("去年争取上级资金⟦2亿元⟧。", ["actual"], id="what-was-obtained"),
    ],
)
def test_words_that_look_like_aims(read, text, states):
    assert read.fields(text, "status") == states


def test_growth_on_a_day_of_a_holiday_is_of_that_day(read):
    text = (
        "2月10日，春节假期第一天，全市接待游客⟦10.8万人次⟧，同比增长⟦39%⟧。\n其中，机场进港⟦3.8万人⟧，同比增长⟦21%⟧。"
    )

    assert read.fields(text, "period", title="春节假期第一天 全市迎客10.8万人次") == ["2024-02-10"] * 4
