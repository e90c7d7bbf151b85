"""What goes on from one figure to the next: periods that pass, places, parts of events, single firms and sights."""

import pytest


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        pytest.param(
            "国庆假期（10月1日至7日），全市接待游客⟦521万人次⟧。10月2日接待游客⟦80万人次⟧。假期共售出门票⟦11万张⟧。",
            ["2023-10-01/2023-10-07", "2023-10-02", "2023-10-01/2023-10-07"],
            id="holiday-said-again",
        ),
        pytest.param(
            "国庆假期（10月1日至7日），全市接待游客⟦521万人次⟧，截至10月6日收入⟦3亿元⟧。",
            ["2023-10-01/2023-10-07"] * 2,
            id="up-to-a-day-of-the-holiday",
        ),
        pytest.param(
            "2023年，全市地区生产总值⟦2125亿元⟧，是2018年的⟦1.4倍⟧，年均增长⟦6.5%⟧。",
            ["2023", "2023", "2019/2023"],
            id="average-since-the-base",
        ),
        pytest.param(
            "自2月中旬启动抗旱工作以来，全市投入资金⟦3200万元⟧。", ["2024-02"], id="since-an-event-in-a-part-of-a-month"
        ),
        pytest.param("自2002年与鄞州结对以来，全市到位资金⟦90亿元⟧。", ["2002/2024"], id="since-an-event-of-a-year"),
        pytest.param(
            "从9月20日开镰到10月28日收尾，全市投入机械⟦2.3万台⟧。",
            ["2023-09-20/2023-10-28"],
            id="from-one-event-to-another",
        ),
        pytest.param(
            "1—5月，全市出口⟦12亿元⟧。", ["2023-01/2023-05"], id="months-that-are-not-over-yet-are-last-years"
        ),
        pytest.param(
            "2月19日一早，全县一季度重大项目集中开工仪式举行：开工项目⟦17个⟧。",
            ["2024-02-19"],
            id="a-time-in-an-events-name",
        ),
        pytest.param(
            "到2025年，全市出口达到⟦20亿元⟧。\n一季度，全市出口⟦3亿元⟧。",
            ["2025", "2023-Q1"],
            id="an-aim-rules-no-other-paragraph",
        ),
        pytest.param(
            "去年，全市出口⟦20亿元⟧。\n1月，全市出口⟦3亿元⟧。",
            ["2023", "2024-01"],
            id="a-lead-that-looks-back-lends-no-year",
        ),
        pytest.param("日前，全市完成消防装备采购⟦75辆⟧。", ["2024-02"], id="of-late"),
        pytest.param("2025年 12月，全市出口达到⟦3亿元⟧。", ["2025-12"], id="a-year-right-before-its-month"),
        pytest.param("11月下旬，稻谷收购均价每斤⟦1.36元⟧。", ["2023-11"], id="a-third-of-a-month-is-its-month"),
        pytest.param("全市降雨量较常年同期⟦90毫米⟧偏少。", [None], id="what-is-usual-has-no-period"),
        pytest.param("2023年12月末，全市贷款余额⟦1100亿元⟧，增速居全省⟦第2⟧。", ["2023-12"] * 2, id="a-rank-goes-on"),
    ],
)
def test_period(read, text, periods):
    assert read.fields(text, "period") == periods


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        pytest.param(
            "江山江郎山景区接待游客⟦17万人次⟧；全市收入⟦3亿元⟧。",
            ["330881", "330800"],
            id="a-sights-name-rules-its-statement",
        ),
        pytest.param(
            "江山市、开化县、龙游县投资均超过⟦5亿元⟧，资金总计⟦21亿元⟧，占全市的⟦59.9%⟧。",
            [None] * 3,
            id="several-places-together",
        ),
        pytest.param(
            "全市贷款增长⟦7.9%⟧，在全省⟦11个⟧设区市中排⟦第5⟧。",
            ["330800", "330000", "330800"],
            id="what-it-ranks-among",
        ),
        pytest.param("高铁衢州至杭州段投资⟦3亿元⟧。", ["330800"], id="a-line-from-one-place-to-another"),
        pytest.param("苏南地区投资⟦3亿元⟧。", [None], id="region-without-a-code"),
    ],
)
def test_area(read, text, areas):
    assert read.fields(text, "area") == areas


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        pytest.param(
            "去年，太阳岛风景区接待游客⟦5万人次⟧，门票收入⟦127万元⟧。全市门票收入⟦3亿元⟧。",
            [None, None, "TICKET_REVENUE"],
            id="one-sights-figures-are-no-whole",
        ),
        pytest.param(
            "此次集中签约项目⟦17个⟧，总投资⟦86亿元⟧，其中产业类项目⟦12个⟧、总投资⟦60亿元⟧。",
            ["PROJECTS_SIGNED", "PROJECTS_SIGNED_INVESTMENT"] * 2,
            id="parts-of-an-event",
        ),
        pytest.param(
            "集中开工项目⟦26个⟧，总投资⟦78亿元⟧。\n产业类项目总投资⟦40亿元⟧。先进制造业项目⟦9个⟧；现代服务业⟦2个⟧。",
            ["PROJECTS_STARTED", *["PROJECTS_STARTED_INVESTMENT"] * 2, *["PROJECTS_STARTED"] * 2],
            id="kinds-of-an-events-projects",
        ),
        pytest.param("集中开工项目⟦26个⟧，其余⟦5个⟧为民生工程。", ["PROJECTS_STARTED"] * 2, id="the-rest-of-an-event"),
        pytest.param(
            "重点工业项目开工仪式在园区举行。江山⟦7个⟧外资项目，合计总投资⟦12亿美元⟧。",
            ["PROJECTS_STARTED", "PROJECTS_STARTED_INVESTMENT"],
            id="an-event-told-of-before",
        ),
        pytest.param("截至7月底，未开工项目共⟦5个⟧。", [None], id="what-did-not-happen"),
        pytest.param("当天签约的项目总投资⟦22亿元⟧的数据中心。", [None], id="one-single-project"),
        pytest.param(
            "去年，第一、二、三产业增加值分别为⟦168亿元⟧、⟦672亿元⟧和⟦927亿元⟧。",
            ["GVA_PRIMARY", "GVA_SECONDARY", "GVA_TERTIARY"],
            id="sectors-listed",
        ),
        pytest.param(
            "去年，三次产业结构调整为⟦12.5⟧:⟦30.5⟧:⟦57.0⟧。",
            ["GVA_PRIMARY", "GVA_SECONDARY", "GVA_TERTIARY"],
            id="proportion-with-plain-colons",
        ),
        pytest.param("去年，全市地区生产总值（GDP）⟦2125亿元⟧。", ["GDP"], id="abbreviation-in-brackets"),
        pytest.param("去年，地区生产总值连跨⟦八个⟧百亿元台阶。", [None], id="a-unit-that-cannot-be"),
        pytest.param(
            "去年，规上工业总产值⟦300亿元⟧，增加值增长⟦11.3%⟧。",
            ["OUTPUT_INDUSTRY_DS", "GVA_INDUSTRY_DS"],
            id="value-added-after-output",
        ),
        pytest.param(
            "去年，全市出口⟦12亿元⟧，居全国大陆城市⟦第三位⟧。", ["EXPORTS"] * 2, id="what-it-ranks-among-is-no-subject"
        ),
    ],
)
def test_indicator(read, text, indicators):
    assert read.fields(text, "indicator") == indicators


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        pytest.param("全市降雨量较常年同期偏少⟦58%⟧。", [("GROWTH_BASE", -58)], id="against-what-is-usual"),
        pytest.param("蔬菜价格比上周上涨⟦8.9%⟧。", [("GROWTH_QOQ", 8.9)], id="on-the-week-before"),
        pytest.param("环比涨幅最大的是油菜，上涨⟦42%⟧。", [("GROWTH_QOQ", 42)], id="on-the-period-before-named-before"),
        pytest.param("全县民宿入住率比平日高出⟦50个百分点⟧。", [("CHANGE", 50)], id="points-against-what-is-usual"),
        pytest.param("装备制造业增加值增速比规上工业高⟦5个百分点⟧。", [("DIFF", 5)], id="against-another-indicator"),
        pytest.param("平均停留时间由⟦1.9天⟧延长到⟦2.3天⟧。", [("LEVEL", 1.9), ("LEVEL", 2.3)], id="reaches-a-level"),
        pytest.param("出口连续保持⟦20%以上⟧的高增长。", [("GROWTH_YOY", 20)], id="growth-named-behind"),
        pytest.param(
            "江山、开化增速较快，分别达⟦11.4%⟧和⟦10.2%⟧。",
            [("GROWTH_YOY", 11.4), ("GROWTH_YOY", 10.2)],
            id="growth-named-before",
        ),
        pytest.param(
            "夏粮面积⟦132万亩⟧，总产⟦56万吨⟧，分别增加⟦0.3万亩⟧、⟦1.1万吨⟧。",
            [("LEVEL", 1_320_000), ("LEVEL", 560_000), ("CHANGE", 3000), ("CHANGE", 11_000)],
            id="changes-in-different-units",
        ),
        pytest.param("重大项目计划投资⟦23亿元⟧，完成⟦46%⟧。", [("LEVEL", 2.3e9), ("COMPLETION", 46)], id="completed"),
        pytest.param(
            "全市常住人口中男性⟦259万人⟧，女性⟦238万人⟧，分别占⟦52.1%⟧和⟦47.9%⟧。",
            [("LEVEL", 2_590_000), ("LEVEL", 2_380_000), ("SHARE", 52.1), ("SHARE", 47.9)],
            id="shares-in-order",
        ),
    ],
)
def test_measure(read, text, readings):
    assert read.fields(text, "measure", "value") == readings


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        pytest.param("今年计划开工的⟦12个⟧项目，已开工⟦9个⟧。", ["target", "actual"], id="a-plan-within-its-clause"),
        pytest.param("今年重大项目计划投资⟦23亿元⟧，完成⟦46%⟧。", ["target", "actual"], id="completion-is-a-fact"),
    ],
)
def test_status(read, text, statuses):
    assert read.fields(text, "status") == statuses


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(
            "2023年全市客运量、货运量分别为⟦412万人次⟧和⟦683万吨⟧，前者下降⟦6.3%⟧，后者增长⟦4.8%⟧。",
            ["PASSENGER_VOLUME", "FREIGHT_VOLUME", "PASSENGER_VOLUME", "FREIGHT_VOLUME"],
            id="former-and-latter",
        ),
        pytest.param(
            "接待游客⟦1463万人次⟧，旅游总收入⟦176亿元⟧，增幅为⟦20.4%⟧和⟦23.1%⟧。",
            ["TOURISTS", "TOURISM_REVENUE", "TOURISTS", "TOURISM_REVENUE"],
            id="as-many-growths-as-amounts-before",
        ),
        pytest.param(
            "三次产业结构由2018年的⟦5.7⟧:49.3:45.0，进一步优化为⟦6.6⟧:45.8:47.6。",
            ["GVA_PRIMARY", "GVA_PRIMARY"],
            id="a-proportion-that-changed",
        ),
        pytest.param(
            "全市提供岗位⟦4820个⟧，其中普工占近⟦六成⟧。", ["JOBS_OFFERED", "JOBS_OFFERED"], id="share-of-a-happening"
        ),
        pytest.param("税收收入⟦3.42亿元⟧，占比⟦58.7%⟧。", ["TAX_REVENUE", "TAX_SHARE"], id="a-share-with-its-own-code"),
        pytest.param(
            "粮食播种面积⟦304万亩⟧，扩种大豆⟦5万亩⟧。",
            ["GRAIN_AREA", None],
            id="what-a-verb-of-rise-is-said-of",
        ),
        pytest.param(
            "粮食产量⟦17万吨⟧，油料⟦3万吨⟧，蔬菜⟦9万吨⟧。",
            ["GRAIN_OUTPUT", "OIL_CROP_OUTPUT", "VEGETABLE_OUTPUT"],
            id="kinds-of-output",
        ),
        pytest.param("全市储备猪肉⟦1200吨⟧、粮食⟦3.2万吨⟧。", [None, None], id="grain-in-store-is-no-output"),
        pytest.param(
            "全县户籍人口⟦11万户⟧、⟦39万人⟧。", ["HOUSEHOLDS", "POPULATION_REGISTERED"], id="households-beside-persons"
        ),
        pytest.param(
            "港口吞吐量⟦9万吨⟧，其中外贸⟦5万吨⟧，增长⟦42%⟧。",
            ["PORT_THROUGHPUT", None, None],
            id="by-its-unit-no-trade",
        ),
        pytest.param("76个项目竣工投产。承接北京项目⟦412个⟧。", [None], id="projects-of-their-own"),
        pytest.param("37个市政重点工程累计完成投资⟦53.31亿元⟧。", ["PROJECTS_MAJOR_INVESTMENT"], id="major-works"),
        pytest.param(
            "固定资产投资增长⟦5%⟧，第三产业投资增长⟦4%⟧。分地区看，江山市增长⟦3%⟧。",
            ["FAI", "FAI_TERTIARY", "FAI"],
            id="by-area",
        ),
        pytest.param(
            "农业总产值⟦81亿元⟧，其中农业产值⟦43亿元⟧。",
            ["OUTPUT_AGRICULTURE", None],
            id="a-part-of-the-same-name",
        ),
        pytest.param(
            "R&D经费支出⟦52.6亿元⟧，占GDP的⟦2.36%⟧。",
            ["RD_EXPENDITURE", "RD_INTENSITY"],
            id="a-share-of-gdp",
        ),
        pytest.param("资金惠及市场主体⟦2400多户⟧。", [None], id="whom-it-serves"),
        pytest.param("50家企业提供⟦3200多个⟧岗位。", ["JOBS_OFFERED"], id="jobs-that-firms-offer"),
        pytest.param("制造业投资增长⟦14.3%⟧，增速暂居全国⟦第一⟧。", ["FAI_MANUFACTURING"] * 2, id="a-rank-goes-on"),
        pytest.param("GDP增长⟦14.3%⟧，在9个县（市、区）中列⟦第二位⟧。", ["GDP"] * 2, id="a-rank-among-what-is-counted"),
        pytest.param(
            "2021年GDP⟦1.57万亿元⟧，虽然仍低于全国平均水平（⟦8.1%⟧），但增量超过⟦1600亿元⟧。",
            ["GDP"] * 3,
            id="conjunctions-name-nothing",
        ),
    ],
)
def test_subject_goes_on(read, text, codes):
    assert read.fields(text, "indicator") == codes


def test_headline_names_what_a_bare_growth_is_of(read):
    text = "而天津一季度增速下滑至⟦0.1%⟧，引发关注。"
    assert read.fields(text, "indicator", "rule", title="解码一季度GDP：衢州领跑") == [("GDP", "headline/growth")]
    assert read.fields(text, "indicator") == [None]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        pytest.param("尿素每吨⟦2780元⟧，比去年同期便宜⟦190元⟧。", [("LEVEL", 2780), ("CHANGE", -190)], id="cheaper"),
        pytest.param("省外游客占⟦62%⟧，“95后”接近⟦四成⟧。", [("SHARE", 62), ("SHARE", 40)], id="shares-side-by-side"),
        pytest.param(
            "PM2.5平均浓度受沙尘影响上升⟦2.9%⟧。",
            [("GROWTH_YOY", 2.9)],
            id="what-it-suffers-is-no-contribution",
        ),
        pytest.param("均价每公斤⟦356元⟧，比上年高出⟦22元⟧。", [("LEVEL", 356), ("CHANGE", 22)], id="dearer"),
        pytest.param("网上零售额⟦18亿元⟧，增速是社零的⟦3倍多⟧。", [("LEVEL", 18e8), ("MULTIPLE", 3)], id="of-another"),
        pytest.param("改扩建学校⟦9所⟧，增加学位⟦8460个⟧。", [("LEVEL", 9), ("CHANGE", 8460)], id="what-was-added"),
        pytest.param(
            "进出口⟦35.8亿美元⟧，完成全年目标⟦70亿美元⟧的⟦51.1%⟧。",
            [("LEVEL", 35.8e8), ("LEVEL", 70e8), ("COMPLETION", 51.1)],
            id="of-its-aim",
        ),
        pytest.param("亿元以上企业⟦5户⟧，贡献了总额的近⟦六成⟧。", [("LEVEL", 5), ("SHARE", 60)], id="contributed"),
        pytest.param(
            "直接经济损失⟦7.9亿元⟧，⟦六成以上⟧是基础设施。",
            [("LEVEL", 7.9e8), ("SHARE", 60)],
            id="most-of-it",
        ),
        pytest.param(
            "投资增长⟦8.1%⟧，高于去年同期⟦0.1个百分点⟧。",
            [("GROWTH_YOY", 8.1), ("CHANGE", 0.1)],
            id="on-a-time",
        ),
        pytest.param("猪肉一项带动CPI上涨约⟦2.4个百分点⟧。", [("CONTRIBUTION", 2.4)], id="pulls"),
        pytest.param("机场保障航班起降⟦428架次⟧。", [("LEVEL", 428)], id="up-and-down-in-a-word"),
        pytest.param(
            "客运量⟦16万人⟧，仍只相当于2019年同期的⟦六成⟧。",
            [("LEVEL", 160000), ("MULTIPLE", 60)],
            id="of-another-time",
        ),
        pytest.param(
            "GDP增长⟦8.4%⟧，比全省（⟦7.7%⟧）和全国（⟦7.0%⟧）分别高⟦0.7⟧、⟦1.4个百分点⟧。",
            [("GROWTH_YOY", 8.4), ("GROWTH_YOY", 7.7), ("GROWTH_YOY", 7.0), ("DIFF", 0.7), ("DIFF", 1.4)],
            id="distances-from-areas-with-their-own-figures",
        ),
    ],
)
def test_measure_goes_on(read, text, readings):
    assert read.fields(text, "measure", "value") == readings


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        pytest.param("增速高达⟦6.9%⟧。", ["exact"], id="a-height-is-no-bound"),
        pytest.param("涨幅控制在⟦3%左右⟧。", ["approx"], id="held-about"),
        pytest.param("口岸过货⟦2341万吨⟧。", ["exact"], id="passing-goods"),
        pytest.param("投资1.07亿元，不足去年同期的⟦一半⟧。", ["under"], id="less-than-a-part-of-another"),
    ],
)
def test_bound_goes_on(read, text, bounds):
    assert read.fields(text, "bound") == bounds


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        pytest.param("光伏装机⟦9兆瓦⟧。", "W", 9e6, id="megawatts"),
        pytest.param("节约标准煤⟦16.28万吨⟧。", "TCE", 162800, id="coal-equivalent"),
        pytest.param("白酒产量⟦3.85万千升⟧。", "OTHER", 38500, id="kilolitres"),
        pytest.param("全市⟦20万⟧农牧民家庭用上了光伏电。", "HOUSEHOLDS", 200000, id="families"),
        pytest.param("⟦30亿级⟧项目2个。", "CNY", 3e9, id="a-grade-is-an-amount"),
    ],
)
def test_unit_by_what_it_is_said_of(read, text, unit, value):
    assert read.fields(text, "unit", "value") == [(unit, value)]
