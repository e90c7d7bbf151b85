"""What a figure is of, where its words leave things out (OBSERVATION.md 2, Indicator)."""

import pytest


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("据国网公司统计，去年全社会用电量⟦214亿千瓦时⟧。", ["ELECTRICITY_CONSUMPTION"], id="who-counted"),
        pytest.param("合作社员工说，公司去年出口⟦620万美元⟧。", [None], id="a-firm-of-itself"),
        pytest.param("“去年不错。”负责人说，企业今年出口⟦620万美元⟧。", [None], id="a-firm-that-was-asked"),
        pytest.param("新增备案基地⟦3个⟧，全年进出口⟦300亿元⟧。", [None, "TRADE_TOTAL"], id="what-no-base-has"),
        pytest.param(
            "全市⟦2个⟧县的常住人口分别为：江山市⟦49万人⟧，常山县⟦26万人⟧。",
            [None, "POPULATION_RESIDENT", "POPULATION_RESIDENT"],
            id="announced-before-a-colon",
        ),
        pytest.param(
            "总投资⟦93亿元⟧的⟦27个⟧项目集中签约。",
            ["PROJECTS_SIGNED_INVESTMENT", "PROJECTS_SIGNED"],
            id="what-they-cost",
        ),
        pytest.param(
            "第一产业投资持平，二、三产业投资分别增长⟦7.9%⟧、⟦0.3%⟧。",
            ["FAI_SECONDARY", "FAI_TERTIARY"],
            id="sectors-cut-short",
        ),
        pytest.param(
            "全市肉类总产量⟦45万吨⟧，总产量居全省⟦第三⟧。", ["MEAT_OUTPUT", "MEAT_OUTPUT"], id="told-again-by-its-end"
        ),
        pytest.param("市本级一般公共预算收入⟦11亿元⟧。", [None], id="the-city-without-its-counties"),
        pytest.param(
            "新增市场主体⟦2万户⟧，总量突破⟦16万户⟧。", ["MARKET_ENTITIES_NEW", "MARKET_ENTITIES"], id="new-and-all"
        ),
        pytest.param("小麦、玉米等粮食作物种植面积⟦37万亩⟧。", ["GRAIN_AREA"], id="such-as"),
        pytest.param("粮食总产量在大旱之年达到⟦31万吨⟧。", ["GRAIN_OUTPUT"], id="in-the-midst-of"),
        pytest.param(
            "税收收入⟦10亿元⟧，占财政收入的比重为⟦78%⟧。", ["TAX_REVENUE", "TAX_SHARE"], id="a-share-with-a-name"
        ),
        pytest.param("养老机构⟦44家⟧、床位⟦1224张⟧。", [None, None], id="beds-of-no-hospital"),
        pytest.param("卫生机构⟦38个⟧，床位⟦620张⟧。", ["HEALTH_INSTITUTIONS", "HOSPITAL_BEDS"], id="beds-of-hospitals"),
        pytest.param("每千人口床位⟦5.8张⟧、执业（助理）医师⟦2.9人⟧。", [None, None], id="averages"),
        pytest.param("灯具、船舶出口增势强劲，分别出口⟦97亿元⟧、⟦87亿元⟧。", [None, None], id="products-listed-before"),
        pytest.param(
            "禽蛋产量、水果产量和蔬菜产量增长较快，增速分别达⟦9%⟧、⟦7%⟧、⟦5%⟧。",
            ["EGG_OUTPUT", "FRUIT_OUTPUT", "VEGETABLE_OUTPUT"],
            id="indicators-listed-before",
        ),
        pytest.param("电力业占比⟦63%⟧的园区增长快。", [None], id="a-share-of-what-follows"),
        pytest.param("生产总值要达到⟦300亿元⟧。", ["GDP"], id="must"),
        pytest.param("帮助企业解决用工难题⟦312件⟧。", [None], id="troubles-are-no-employers"),
    ],
)
def test_indicator(read, text, codes):
    assert read.fields(text, "indicator") == codes


def test_places_told_of_go_on_about_what_the_text_is_of(read):
    text = (
        "去年，全市一般公共预算收入⟦168亿元⟧。\n各县冷热不均。江山市以⟦58亿元⟧领跑，常山县、开化县分别增长⟦5%⟧和⟦3%⟧。"
    )

    assert read.fields(text, "indicator") == ["FISCAL_REVENUE"] * 4


def test_parts_of_an_event_are_listed(read):
    text = "2月1日，167个项目集中开工。其中，现代农业、基础设施、民生项目分别为⟦19个⟧、⟦24个⟧、⟦21个⟧。"

    assert read.fields(text, "indicator") == ["PROJECTS_STARTED"] * 3
