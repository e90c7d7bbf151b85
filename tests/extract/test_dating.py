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
        pytest.param(
            "1月，全市出口⟦6亿元⟧，2021年来首次转正，进口⟦3亿元⟧。", ["2024-01"] * 2, id="the-first-time-since-a-year"
        ),
        pytest.param(
            "1月，全市出口⟦6亿元⟧，增速为2021年以来最快，进口⟦3亿元⟧。", ["2024-01"] * 2, id="the-fastest-since-a-year"
        ),
        pytest.param("1月，全市出口⟦6亿元⟧，延续去年态势，进口⟦3亿元⟧。", ["2024-01"] * 2, id="how-it-went-before"),
        pytest.param(
            "普查时点为2018年12月31日。\n一、企业\n全市共有企业⟦2.3万家⟧。", ["2018-12-31"], id="a-census-s-time"
        ),
        pytest.param(
            "本次普查的标准时点是2018年12月31日。\n全市共有企业⟦2.3万家⟧。",
            ["2018-12-31"],
            id="is-no-base-but-a-declaration",
        ),
        pytest.param(
            "去年，粮食产量⟦75万吨⟧，比前年总产⟦73万吨⟧增加⟦2万吨⟧。",
            ["2023", "2022", "2023"],
            id="a-base-with-its-noun",
        ),
        pytest.param(
            "2023年，生产总值⟦900亿元⟧，是2000年⟦90亿元⟧的⟦10倍⟧，年均增长⟦11%⟧。",
            ["2023", "2000", "2023", "2001/2023"],
            id="on-average-from-behind-a-base",
        ),
        pytest.param(
            "2020年，常住人口⟦228万人⟧。与2010年第六次全国人口普查的⟦212万人⟧相比，增加⟦16万人⟧。",
            ["2020", "2010", "2020"],
            id="a-census-by-its-year",
        ),
        pytest.param(
            "2020年，与2010年相比，生产总值由⟦106亿元⟧增加到⟦240亿元⟧。",
            ["2010", "2020"],
            id="the-year-that-a-turn-is-from",
        ),
        pytest.param(
            "2020年，生产总值⟦900亿元⟧，五年平均递增⟦7.4%⟧。", ["2020", "2016/2020"], id="an-average-of-several-years"
        ),
        pytest.param(
            "2020年，森林覆盖率⟦71%⟧，五年上升⟦2个百分点⟧。", ["2020", "2016/2020"], id="years-over-which-it-rose"
        ),
        pytest.param(
            "到2025年，生产总值由2019年的⟦1500亿元⟧提高到⟦2200亿元⟧，年均增长⟦7%⟧。",
            ["2019", "2025", "2021/2025"],
            id="a-plan-ahead-goes-before-a-base",
        ),
        pytest.param(
            "“十三五”时期，旅游兴旺。2020年旅游收入⟦50亿元⟧，年均增长⟦7%⟧，占全省的⟦4%⟧。",
            ["2020", "2016/2020", "2020"],
            id="a-share-behind-an-average",
        ),
        pytest.param("“十三五”时期，全市游客人数⟦翻一番⟧。", ["2020"], id="what-a-plan-s-last-year-is-of-the-base"),
        pytest.param(
            "2月20日，重大项目集中开工，这是全年扩投资的重头戏，本次开工项目⟦12个⟧。",
            ["2024-02-20"],
            id="an-event-s-day-rules-on",
        ),
        pytest.param(
            "去年，全市出口⟦12亿元⟧。7月登陆的台风造成损失⟦3亿元⟧。", ["2023", "2023"], id="when-a-storm-came"
        ),
        pytest.param(
            "去年四川游客⟦3万人次⟧，三亚游客⟦1万人次⟧。",
            ["2023", "2023"],
            id="a-year-before-a-name-that-begins-with-a-number",
        ),
        pytest.param(
            "2月20日，重大项目集中开工，力争一季度“开门红”。项目⟦31个⟧。",
            ["2024-02-20"],
            id="an-aim-s-time-beside-a-day",
        ),
        pytest.param(
            "2020年，旅游收入⟦50亿元⟧，近三年年均增长⟦7%⟧。", ["2020", "2018/2020"], id="an-average-of-the-last-years"
        ),
        pytest.param(
            "2月20日，茶博会开幕。目前客商陆续到达，成交⟦3亿元⟧。", ["2024-02-20"], id="now-beside-an-event-s-day"
        ),
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
        pytest.param("市里将公交线路调整为⟦12条⟧。", ["actual"], id="of-what-it-became"),
        pytest.param("去年争取国债⟦2亿元⟧、转移支付⟦12亿元⟧。", ["actual"] * 2, id="what-the-state-gave"),
        pytest.param("按照上级要求，去年建成学校⟦3所⟧。", ["actual"], id="what-was-asked-for"),
        pytest.param("全市落实“强链计划”项目⟦30个⟧。", ["actual"], id="a-plan-that-is-a-name"),
    ],
)
def test_words_that_look_like_aims(read, text, states):
    assert read.fields(text, "status") == states


def test_growth_on_a_day_of_a_holiday_is_of_that_day(read):
    text = (
        "2月10日，春节假期第一天，全市接待游客⟦10.8万人次⟧，同比增长⟦39%⟧。\n其中，机场进港⟦3.8万人⟧，同比增长⟦21%⟧。"
    )

    assert read.fields(text, "period", title="春节假期第一天 全市迎客10.8万人次") == ["2024-02-10"] * 4


def test_the_past_five_years_altogether_are_those_before_the_congress(read):
    text = "过去五年，全市旅游收入累计超过⟦130亿元⟧。"

    assert read.fields(text, "period", published="2022-01-18") == ["2017/2021"]


def test_a_paragraph_that_goes_on_compares_with_the_month_before_as_well(read):
    text = "1月份，全市居民消费价格环比上涨⟦0.3%⟧。\n此外，衣着价格上涨⟦0.8%⟧。\n一季度，衣着价格上涨⟦1%⟧。"

    assert read.fields(text, "measure") == ["GROWTH_QOQ", "GROWTH_QOQ", "GROWTH_YOY"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        pytest.param("到2015年，全市工业总量达到2010年的⟦2.1倍⟧。", ["2015"], id="base-of-a-multiple"),
        pytest.param("“十三五”时期，旅游收入是2015年的⟦1.5倍⟧。", ["2020"], id="multiple-told-of-a-plan"),
        pytest.param("1月，进出口⟦6亿元⟧，是2021年以来首次突破，出口⟦3亿元⟧。", ["2024-01"] * 2, id="first-time-since"),
        pytest.param(
            "第三届农博会与投资峰会19日落幕，现场签约项目⟦12个⟧。", ["2024-02-19"], id="day-behind-names-that-yu-joins"
        ),
    ],
)
def test_time_that_others_stand_beside(read, text, periods):
    assert read.fields(text, "period") == periods


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        pytest.param(
            "2020年，全市生产总值⟦1402亿元⟧，是2015年的⟦2.1倍⟧，五年年均增长⟦12.3%⟧，比“十二五”时期快⟦1.9个百分点⟧。",
            ["2020", "2020", "2016/2020", "2016/2020"],
            id="distance-of-an-average",
        ),
        pytest.param(
            "2020年，全市财政总收入⟦262亿元⟧、税收⟦73亿元⟧，五年年均分别增长⟦19.6%⟧、⟦18.2%⟧。",
            ["2020", "2020", "2016/2020", "2016/2020"],
            id="list-of-averages",
        ),
        pytest.param(
            "2020年，全市公路里程⟦2.07万公里⟧；五年新改建农村公路⟦8900公里⟧。", ["2020", "2016/2020"], id="five-years"
        ),
        pytest.param(
            "2018年，水果产量⟦9.8万吨⟧，因4月初霜冻减产⟦两成⟧。", ["2018", "2018"], id="a-cause-that-is-dated"
        ),
        pytest.param("园区2009年起步，去年产值⟦90亿元⟧。目前落户企业⟦85家⟧。", ["2020", "2021-02"], id="when-it-began"),
    ],
)
def test_years_that_others_stand_beside(read, text, periods):
    assert read.fields(text, "period", published="2021-02-20") == periods


@pytest.mark.parametrize(
    ("published", "period"),
    [pytest.param("2023-01-18", "2023/2027", id="in-a-report"), pytest.param("2022-11-11", "2023/2027", id="late")],
)
def test_years_to_come_are_aims(read, published, period):
    text = "今后五年，全市地区生产总值年均增长⟦8%以上⟧。"

    assert read.fields(text, "period", "status", published=published) == [(period, "target")]


def test_part_of_a_plan_s_years(read):
    text = "“十一五”前四年，全市生产总值年均增长⟦13.9%⟧。"

    assert read.fields(text, "period", published="2010-06-10") == ["2006/2009"]


def test_what_fell_short_of_expectations_has_come_about(read):
    text = "2012年部分指标未达预期：地区生产总值增长⟦10.5%⟧。"

    assert read.fields(text, "status", published="2013-01-18") == ["actual"]


def test_aims_fulfilled_are_none(read):
    text = "过去五年，经济总量超额完成“十三五”规划目标，生产总值年均增长⟦7.4%⟧。"

    assert read.fields(text, "status", published="2021-03-10") == ["actual"]


def test_whole_year_told_in_january_was_the_last(read):
    text = "1月16日，记者走进工厂。全年新签约项目⟦74个⟧。"

    assert read.fields(text, "period", published="2015-01-20") == ["2014"]
    assert read.fields(text.replace("1月16日", "2014年12月30日"), "period", published="2015-01-20") == ["2014"]


def test_years_behind_a_stretch_of_as_many_rule(read):
    text = "2008年至2010年3年间，全省投入资金⟦6.45亿元⟧，带动社会投入⟦29.5亿元⟧。"

    assert read.fields(text, "period", published="2011-04-02") == ["2008/2010"] * 2
