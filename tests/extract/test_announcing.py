"""What clauses without a figure put in force for the figures to come."""

import pytest


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("去年，固定资产投资起势良好，1—2月增长⟦8.9%⟧。", ["FAI"], id="a-subject-and-how-it-does"),
        pytest.param("去年，猪肉价格领涨，上涨⟦9%⟧。", [None], id="a-kind-of-thing"),
        pytest.param(
            "去年，重点项目建设按期推进，累计完成投资⟦440亿元⟧。", ["PROJECTS_MAJOR_INVESTMENT"], id="major-projects"
        ),
        pytest.param(
            "2月1日，重点项目开工仪式在园区举行，共⟦27个⟧项目。", ["PROJECTS_STARTED"], id="an-event-that-is-held"
        ),
        pytest.param(
            "去年，全市地区生产总值：江山市⟦300亿元⟧，常山县⟦200亿元⟧。", ["GDP", "GDP"], id="a-list-behind-a-colon"
        ),
        pytest.param(
            "去年，全市居民消费价格上涨⟦0.2%⟧，其中鲜果价格唱主角，上涨⟦15%⟧。",
            ["CPI", None],
            id="a-part-and-how-it-does",
        ),
        pytest.param(
            "去年，全市固定资产投资增长⟦5%⟧。进出口前列，增长⟦9%⟧。",
            ["FAI", "TRADE_TOTAL"],
            id="a-subject-and-where-it-stands",
        ),
        pytest.param(
            "去年，全市地方财政收入⟦80亿元⟧。收入增幅回升，增长⟦7%⟧。",
            ["FISCAL_REVENUE"] * 2,
            id="the-end-of-the-name-in-force",
        ),
    ],
)
def test_a_clause_without_a_figure_names_the_subject(read, text, codes):
    assert read.fields(text, "indicator") == codes


def test_a_growth_named_before_its_figures(read):
    text = "去年，江山市、常山县社会消费品零售总额增速较快，分别达⟦11.4%⟧和⟦10.2%⟧。"

    assert read.fields(text, "measure", "area") == [("GROWTH_YOY", "330881"), ("GROWTH_YOY", "330822")]


def test_words_that_name_nothing_leave_the_subject(read):
    text = "去年，全市社会消费品零售总额⟦12亿元⟧，形势喜人，增长⟦6%⟧。"

    assert read.fields(text, "indicator") == ["RETAIL_SALES", "RETAIL_SALES"]


@pytest.mark.parametrize("opening", [pytest.param("依次为：", id="with-a-colon"), pytest.param("依次为", id="without")])
def test_a_list_in_order_goes_on_with_what_was_named_behind_its_count(read, opening):
    text = f"去年，⟦3个⟧县城镇居民人均可支配收入呈两位数增长，{opening}江山市⟦11%⟧、常山县⟦10.6%⟧、开化县⟦10.2%⟧。"

    found = read.fields(text, "indicator", "measure", "area")

    assert found[1:] == [("INCOME_PER_CAPITA_URBAN", "GROWTH_YOY", area) for area in ("330881", "330822", "330824")]


def test_projects_signed_told_of_ahead_name_their_event(read):
    text = "2月19日，代表团签订的项目涉及多个领域。其中，引进外资项目⟦15个⟧，投资总额⟦6.2亿元⟧。"
    assert read.fields(text, "indicator") == ["PROJECTS_SIGNED", "PROJECTS_SIGNED_INVESTMENT"]


def test_event_named_with_its_quarter_is_of_its_day(read):
    text = "2月19日，2024年全市一季度重点项目集中开工现场会召开。本次集中开工项目⟦90个⟧。"
    assert read.fields(text, "indicator", "period") == [("PROJECTS_STARTED", "2024-02-19")]


def test_part_of_major_projects_told_of_first(read):
    text = "去年，省重点项目完成投资⟦131亿元⟧。\n其中，⟦157个⟧产业项目累计完成投资⟦81亿元⟧。"
    assert read.fields(text, "indicator")[-1] == "PROJECTS_MAJOR_INVESTMENT"


def test_employers_before_whom_they_serve_are_counted(read):
    assert read.fields("招聘会上，⟦130户⟧用工企业为求职者提供岗位⟦1480个⟧。", "indicator") == [
        "EMPLOYERS_RECRUITING",
        "JOBS_OFFERED",
    ]
