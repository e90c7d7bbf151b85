"""What a figure measures: an indicator's code, or none (OBSERVATION.md 2, Indicator)."""

import pytest


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("全市地区生产总值⟦2108.7亿元⟧。", "GDP", id="full-name"),
        pytest.param("全市GDP增长⟦6.8%⟧。", "GDP", id="alias"),
        pytest.param("全市实现地区生产总值⟦2108.7亿元⟧。", "GDP", id="verb-before-the-name"),
        pytest.param("全市规模以上工业增加值增长⟦6.8%⟧。", "GVA_INDUSTRY_DS", id="above-size-in-full"),
        pytest.param("全市规上工业增加值增长⟦6.8%⟧。", "GVA_INDUSTRY_DS", id="above-size-in-short"),
        pytest.param("第一产业增加值⟦12亿元⟧。", "GVA_PRIMARY", id="number-in-the-name"),
        pytest.param("固定资产投资增长⟦6.8%⟧。", "FAI", id="investment"),
        pytest.param("民间投资增长⟦6.8%⟧。", "FAI_PRIVATE", id="part-with-a-code-of-its-own"),
        pytest.param("社会消费品零售总额⟦12亿元⟧。", "RETAIL_SALES", id="retail"),
        pytest.param("一般公共预算收入⟦12亿元⟧。", "FISCAL_REVENUE", id="revenue"),
        pytest.param("城镇居民人均可支配收入⟦54390元⟧。", "INCOME_PER_CAPITA_URBAN", id="urban-income"),
        pytest.param("农村居民人均可支配收入⟦32000元⟧。", "INCOME_PER_CAPITA_RURAL", id="rural-income"),
        pytest.param("年末常住人口⟦229.6万人⟧。", "POPULATION_RESIDENT", id="population"),
        pytest.param("居民消费价格同比上涨⟦0.3%⟧。", "CPI", id="prices"),
        pytest.param("粮食总产量⟦75万吨⟧。", "GRAIN_OUTPUT", id="grain"),
        pytest.param("粮食播种面积⟦120万亩⟧。", "GRAIN_AREA", id="grain-area"),
        pytest.param("全社会用电量⟦212亿千瓦时⟧。", "ELECTRICITY_CONSUMPTION", id="electricity"),
        pytest.param("PM2.5平均浓度⟦26微克/立方米⟧。", "PM25", id="particles"),
        pytest.param("森林覆盖率⟦71%⟧。", "FOREST_COVERAGE", id="rate"),
        pytest.param("接待游客⟦36万人次⟧。", "TOURISTS", id="verb-is-the-name"),
        pytest.param("城镇新增就业⟦3.2万人⟧。", "EMPLOYMENT_NEW_URBAN", id="new-in-the-name"),
        pytest.param("新增城镇就业⟦3.2万人⟧。", "EMPLOYMENT_NEW_URBAN", id="new-before-the-name"),
        pytest.param("本外币存款余额⟦3200亿元⟧。", "DEPOSITS", id="stock"),
        pytest.param("不良贷款率⟦0.8%⟧。", "NPL_RATIO", id="bad-loans"),
        pytest.param("新增⟦3家⟧上市公司。", "LISTED_COMPANIES_NEW", id="name-behind-the-figure"),
        pytest.param("城乡居民收入比为⟦1.71⟧。", "INCOME_RATIO_URBAN_RURAL", id="ratio-without-a-unit"),
        pytest.param("年末全市常住人口⟦229.6万人⟧。", "POPULATION_RESIDENT", id="place-between-time-and-name"),
        pytest.param("全市签约⟦36个⟧项目。", "PROJECTS_SIGNED", id="happening-signed"),
        pytest.param("全市集中开工⟦36个⟧项目。", "PROJECTS_STARTED", id="happening-started"),
        pytest.param("招聘会提供岗位⟦1.2万个⟧。", "JOBS_OFFERED", id="happening-jobs"),
        pytest.param("春节期间，⟦420家⟧企业不停产。", "ENTERPRISES_NO_SHUTDOWN", id="happening-no-shutdown"),
        pytest.param("规模以上服务业企业实现营业收入⟦120亿元⟧。", "REVENUE_SERVICES_DS", id="verb-inside-the-name"),
        pytest.param("全市规模工业利润总额⟦86亿元⟧。", "PROFIT_INDUSTRY_DS", id="above-size-in-another-short-form"),
        pytest.param("东部园区实现规上工业产值⟦120亿元⟧。", "OUTPUT_INDUSTRY_DS", id="who-fulfils-it-before-the-name"),
        pytest.param("市内发电量⟦12亿千瓦时⟧。", "ELECTRICITY_GENERATION", id="within-before-the-name"),
        pytest.param("培育规上工业企业⟦120家⟧。", "ENTERPRISES_INDUSTRY_DS", id="raised"),
        pytest.param("今年，要完成固定资产投资⟦12亿元⟧。", "FAI", id="must-before-the-name"),
        pytest.param("环境空气中细颗粒物浓度为⟦28微克/立方米⟧。", "PM25", id="in-the-air"),
    ],
)
def test_name_is_its_code(read, text, code):
    assert read.fields(text, "indicator") == [code]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("对东盟出口⟦12亿元⟧。", id="by-partner"),
        pytest.param("锂电池出口增长⟦12%⟧。", id="by-product"),
        pytest.param("外资企业出口⟦12亿元⟧。", id="by-ownership"),
        pytest.param("汽车类零售额增长⟦12%⟧。", id="by-kind-of-goods"),
        pytest.param("化工行业增加值增长⟦12%⟧。", id="by-industry"),
        pytest.param("猪肉价格上涨⟦12%⟧。", id="by-price"),
        pytest.param("涉及商品⟦5大类⟧。", id="count-of-categories"),
        pytest.param("⟦12项⟧指标增速居前。", id="count-of-unnamed-indicators"),
        pytest.param("形成⟦四大⟧产业。", id="count-of-structure"),
        pytest.param("该项目总投资⟦12亿元⟧。", id="single-projects-investment"),
        pytest.param("这家公司实现营业收入⟦12亿元⟧。", id="one-firms-revenue"),
        pytest.param("这家公司出口⟦12亿元⟧。", id="one-firms-exports"),
        pytest.param("景区接待游客⟦3万人次⟧。", id="one-scenic-spots-visits"),
        pytest.param("全村接待游客⟦3万人次⟧。", id="one-villages-visits"),
        pytest.param("全市日均接待游客⟦3万人次⟧。", id="daily-average"),
        pytest.param("全市单日最高接待游客⟦3万人次⟧。", id="daily-peak"),
        pytest.param("企业连续⟦3年⟧盈利。", id="duration"),
        pytest.param("为⟦60岁以上⟧老人体检。", id="age-band"),
        pytest.param("引进⟦百亿⟧项目。", id="built-in-size"),
        pytest.param("⟦1亿元以上⟧项目增多。", id="threshold"),
        pytest.param("年产⟦40万件⟧项目开工。", id="capacity"),
        pytest.param("距市区⟦12公里⟧。", id="distance"),
        pytest.param("是全市⟦第一大⟧贸易伙伴。", id="largest-partner"),
        pytest.param("今年计划投资⟦16亿元⟧，实施改造项目。", id="what-somebody-plans-to-spend"),
    ],
)
def test_part_or_thing_without_a_code_is_none(read, text):
    assert read.fields(text, "indicator") == [None]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("全市出口⟦12亿元⟧，同比增长⟦6.8%⟧。", ["EXPORTS"] * 2, id="growth-leaves-its-subject-out"),
        pytest.param("全市出口⟦12亿元⟧，居全省⟦第2位⟧。", ["EXPORTS"] * 2, id="rank-leaves-its-subject-out"),
        pytest.param("全市出口⟦12亿元⟧，占全省的⟦2%⟧。", ["EXPORTS"] * 2, id="share-leaves-its-subject-out"),
        pytest.param("全市出口增长⟦6.8%⟧，增速比上年提高⟦2个百分点⟧。", ["EXPORTS"] * 2, id="change-of-the-growth"),
        pytest.param(
            "全市进出口⟦15亿元⟧，增长⟦5%⟧。其中，出口⟦12亿元⟧，增长⟦6%⟧；进口⟦3亿元⟧，增长⟦2%⟧。",
            ["TRADE_TOTAL"] * 2 + ["EXPORTS"] * 2 + ["IMPORTS"] * 2,
            id="parts-follow-the-whole",
        ),
        pytest.param(
            "固定资产投资增长⟦5%⟧。其中，制造业投资增长⟦6%⟧，民间投资增长⟦7%⟧。",
            ["FAI", "FAI_MANUFACTURING", "FAI_PRIVATE"],
            id="each-clause-its-subject",
        ),
        pytest.param(
            "固定资产投资增长⟦5%⟧。分产业看，第一产业投资增长⟦6%⟧，第二产业投资下降⟦2%⟧，第三产业投资增长⟦7%⟧。",
            ["FAI", "FAI_PRIMARY", "FAI_SECONDARY", "FAI_TERTIARY"],
            id="breakdown-by-sector",
        ),
        pytest.param("去年全市出口增长⟦6.8%⟧，今年目标增长⟦7%⟧。", ["EXPORTS"] * 2, id="aim-leaves-its-subject-out"),
        pytest.param(
            "全市GDP⟦1500亿元⟧，同比增长⟦6.5%⟧。",
            ["GDP"] * 2,
            id="name-in-letters",
        ),
        pytest.param(
            "集中开工⟦36个⟧项目，总投资⟦120亿元⟧。",
            ["PROJECTS_STARTED", "PROJECTS_STARTED_INVESTMENT"],
            id="investment-of-an-event",
        ),
        pytest.param("全市出口⟦12亿元⟧，其中锂电池⟦3亿元⟧。", ["EXPORTS", None], id="part-without-a-code-of-its-own"),
        pytest.param(
            "蔬菜面积⟦31万亩⟧，总产量⟦62万吨⟧。", ["VEGETABLE_AREA", "VEGETABLE_OUTPUT"], id="output-of-the-crop-before"
        ),
        pytest.param("餐饮收入受台风影响下降⟦6%⟧。", ["RETAIL_SALES_CATERING"], id="cause-is-none-of-the-subject"),
        pytest.param(
            "全市⟦620家⟧规上工业企业已有⟦590家⟧复工。", ["ENTERPRISES_INDUSTRY_DS"] * 2, id="among-those-counted"
        ),
    ],
)
def test_subject_goes_on(read, text, codes):
    assert read.fields(text, "indicator") == codes


def test_one_figure_for_two_indicators_is_two_observations(read):
    (both,) = read.marked("PM2.5、PM10平均浓度均上升⟦14.7%⟧。")

    assert sorted(m.indicator for m in both) == ["PM10", "PM25"]
    assert {(m.value, m.measure) for m in both} == {(14.7, "GROWTH_YOY")}


def test_one_figure_for_two_amounts_before_is_two_observations(read):
    *_, both = read.marked("全市接待游客⟦360万人次⟧，旅游收入⟦42亿元⟧，均增长⟦15%⟧。")

    assert sorted(m.indicator for m in both) == ["TOURISM_REVENUE", "TOURISTS"]
    assert {(m.value, m.measure) for m in both} == {(15, "GROWTH_YOY")}


def test_subject_keeps_the_words(read):
    assert read.fields("锂电池出口增长⟦12%⟧。", "subject") == ["锂电池出口"]


def test_comma_inside_a_quotation_cuts_no_subject(read):
    assert read.fields("建成“水清岸绿，鱼翔浅底”河道⟦120公里⟧。", "subject") == ["建成“水清岸绿，鱼翔浅底”河道"]
