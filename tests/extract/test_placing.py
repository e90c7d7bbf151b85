"""Which area a figure takes where places are named in passing (OBSERVATION.md 2, Area)."""

import pytest


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        pytest.param("2月3日，记者来到江山市采访，收茶⟦3万斤⟧。", ["330881"], id="where-a-reporter-went"),
        pytest.param(
            "其中江山市⟦3个⟧，常山县⟦2个⟧，开化县⟦1个⟧。从规模看，超亿元的有⟦4个⟧。",
            ["330881", "330822", "330824", "330800"],
            id="behind-a-list-of-places",
        ),
        pytest.param(
            "人均可支配收入⟦4894元⟧（全国⟦5963元⟧、全省⟦4881元⟧），增长⟦16.8%⟧。",
            ["330800", "100000", "330000", "330800"],
            id="behind-a-bracket",
        ),
        pytest.param("推介会在深圳举行，签约⟦52个⟧项目。", ["330800"], id="where-a-meeting-was-held"),
        pytest.param("专区里，⟦48家⟧广东企业带来⟦1.1万个⟧岗位。", ["330800", "330800"], id="firms-from-elsewhere"),
        pytest.param("油茶面积西部地区规模最大，油茶基地⟦10万亩⟧。", ["330800"], id="where-something-is-the-largest"),
        pytest.param("获得浙江省著名商标⟦5个⟧。", ["330800"], id="a-province-in-a-title"),
        pytest.param("收入增幅在全省11个设区市排名⟦第一⟧。", ["330800"], id="among-which-it-ranks"),
        pytest.param(
            "去年，全市柑橘产量⟦42万吨⟧，其中江山市产量最大，达⟦16万吨⟧。",
            ["330800", "330881"],
            id="the-largest-of-its-parts",
        ),
        pytest.param(
            "去年，零售总额增长⟦6%⟧，全省消费促进考核⟦第三名⟧，进口⟦3亿元⟧。",
            ["330800"] * 3,
            id="among-which-a-rank-was-won",
        ),
        pytest.param("全市依托省级开发区招商，引进项目⟦35个⟧。", ["330800"], id="a-zone-that-helps"),
        pytest.param("企业地处开发区腹地，年出口⟦3亿元⟧。", ["330800"], id="a-zone-where-something-lies"),
        pytest.param("市区改造小区⟦35个⟧。", [None], id="the-city-s-own-ground"),
        pytest.param("全市创建⟦6个⟧全国休闲农业示范点，建成民宿⟦85家⟧。", ["330800"] * 2, id="the-nation-in-a-title"),
        pytest.param(
            "进出口增长⟦6%⟧，超出全省增速⟦1.9个百分点⟧，出口⟦12亿元⟧。", ["330800"] * 3, id="a-level-that-was-passed"
        ),
        pytest.param(
            "分区域看，江山市签约项目⟦7个⟧，常山县⟦2个⟧，经开区⟦5个⟧。",
            ["330881", "330822", None],
            id="a-zone-listed-behind-places",
        ),
        pytest.param(
            "开发区是我市经济发展的主战场，面积⟦171平方公里⟧。", [None], id="a-zone-that-something-is-said-of"
        ),
        pytest.param("研发投入强度连续四年领跑全省，研发经费⟦36亿元⟧。", ["330800"], id="an-area-that-is-led"),
    ],
)
def test_area(read, text, areas):
    assert read.fields(text, "area") == areas


def test_who_speaks_for_a_zone_speaks_of_it_where_the_headline_is_of_one(read):
    text = "“下一步再发力。”开发区管委会负责人表示，到2025年，规上工业企业达到⟦300家⟧。"

    assert read.fields(text, "area", title="走进衢州经济技术开发区") == [None]


def test_an_everyday_word_among_its_siblings_is_a_place(read):
    text = "去年，全省出口⟦80亿元⟧。其中，铁岭⟦12亿元⟧，朝阳产业⟦3亿元⟧，朝阳⟦9亿元⟧。"

    assert read.fields(text, "area", area="210000") == ["210000", "211200", "211200", "211300"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("人均收入仅为全省平均水平的⟦72%⟧，出口⟦9亿元⟧。", id="mean-of-a-wider-area"),
        pytest.param("有⟦12个⟧“中国淘宝镇”和⟦86个⟧“中国淘宝村”。", id="titles-that-name-the-nation"),
    ],
)
def test_wider_area_that_rules_nothing(read, text):
    assert read.fields(text, "area") == ["330800"] * 2


def test_place_behind_its_province_and_of_is_where_things_are(read):
    assert read.fields("被称为“柑都”的浙江衢州，已建成⟦6座⟧果库。", "area") == ["330800"]


def test_cities_listed_before_all_that_each_has(read):
    text = "常山、开化等重点县去年全县接待游客分别为⟦139万人次⟧、⟦103万人次⟧。"
    assert read.fields(text, "area") == ["330822", "330824"]


ZONE = "走进衢州经济技术开发区：百亿园区长成时"


@pytest.mark.parametrize(
    ("paragraph", "areas"),
    [
        pytest.param("项目是支撑。前10个月新签约项目⟦58个⟧，竣工⟦46个⟧。", [None, None], id="of-the-zone"),
        pytest.param("“产值增长⟦5%⟧。”安测仪表公司董事长说，订单有⟦3000份⟧。", ["330800"] * 2, id="of-a-firm"),
        pytest.param("总投资⟦3亿元⟧的安测仪表项目开工，占地⟦90亩⟧。", ["330800"] * 2, id="of-one-project"),
        pytest.param("今年，全区出口⟦5亿元⟧。", [None], id="of-the-whole-zone"),
        pytest.param(
            "今年，开发区新签约项目⟦34个⟧。总投资⟦15亿元⟧的家纺项目6月开工，占地⟦90亩⟧。全年招商⟦26批次⟧。",
            [None, "330800", "330800", None],
            id="of-one-project-behind-the-zone",
        ),
        pytest.param("从全市看，规上工业产值增长⟦5%⟧。", ["330800"], id="of-the-city"),
    ],
)
def test_headline_s_zone_rules_the_paragraphs_behind_the_one_that_names_it(read, paragraph, areas):
    text = f"去年，衢州经济技术开发区完成产值⟦500亿元⟧。\n{paragraph}"

    assert read.fields(text, "area", title=ZONE) == [None, *areas]


def test_zone_that_no_headline_names_rules_its_paragraph(read):
    text = "去年，衢州经济技术开发区完成产值⟦500亿元⟧。\n新签约项目⟦58个⟧。"

    assert read.fields(text, "area", title="衢州工业稳中有进") == [None, "330800"]


def test_headline_s_zone_that_bears_a_wider_area_s_name_is_the_article_s_own(read):
    text = "3月25日，衢州高新区20个项目开工，总投资⟦120亿元⟧。"

    assert read.fields(text, "area", title="衢州高新区投资120亿元", area="330803", published="2024-03-29") == ["330803"]


def test_nation_that_begins_a_name_rules_nothing(read):
    text = "中国朝鲜族民俗园累计入园⟦15.3万人次⟧；中国出口增长⟦5%⟧。"

    assert read.fields(text, "area") == ["330800", "100000"]


def test_zone_that_no_headline_names_rules_its_sentence(read):
    text = "衢州高新技术产业开发区注册企业⟦1036家⟧；新增⟦217家⟧。高新技术企业⟦168家⟧。"

    assert read.fields(text, "area") == [None, None, "330800"]


def test_inside_goes_on_with_the_zone_told_of(read):
    text = "衢州高新技术产业开发区产值⟦600亿元⟧。目前，区内集聚企业⟦620家⟧。"

    assert read.fields(text, "area") == [None, None]
    assert read.fields("目前，区内集聚企业⟦620家⟧。", "area") == ["330800"]
