"""Areas: what a place's word means in an article, and what it governs (OBSERVATION.md 2, Area)."""

import pytest

from qzetl.extract import home_area


@pytest.mark.parametrize(
    ("text", "home", "area"),
    [
        pytest.param("衢州市地区生产总值增长⟦6.8%⟧。", "330800", "330800", id="full-name"),
        pytest.param("衢州地区生产总值增长⟦6.8%⟧。", "330800", "330800", id="short-name"),
        pytest.param("浙江省地区生产总值增长⟦6.8%⟧。", "330800", "330000", id="province"),
        pytest.param("浙江地区生产总值增长⟦6.8%⟧。", "330800", "330000", id="province-short"),
        pytest.param("全国社会消费品零售总额增长⟦6.8%⟧。", "330800", "100000", id="nation"),
        pytest.param("全省社会消费品零售总额增长⟦6.8%⟧。", "330800", "330000", id="whole-province-of-a-city"),
        pytest.param("全省社会消费品零售总额增长⟦6.8%⟧。", "330824", "330000", id="whole-province-of-a-county"),
        pytest.param("全省社会消费品零售总额增长⟦6.8%⟧。", "440000", "440000", id="whole-province-of-a-province"),
        pytest.param("全市社会消费品零售总额增长⟦6.8%⟧。", "330800", "330800", id="whole-city"),
        pytest.param("我市社会消费品零售总额增长⟦6.8%⟧。", "330800", "330800", id="our-city"),
        pytest.param("全县社会消费品零售总额增长⟦6.8%⟧。", "330824", "330824", id="whole-county"),
        pytest.param("我县社会消费品零售总额增长⟦6.8%⟧。", "330824", "330824", id="our-county"),
        pytest.param("全市社会消费品零售总额增长⟦6.8%⟧。", "330881", "330881", id="county-that-is-a-city"),
        pytest.param("全市社会消费品零售总额增长⟦6.8%⟧。", "110000", "110000", id="municipality"),
        pytest.param("全区社会消费品零售总额增长⟦6.8%⟧。", "330803", "330803", id="whole-district"),
        pytest.param("全区社会消费品零售总额增长⟦6.8%⟧。", "450100", "450000", id="autonomous-region"),
        pytest.param("全区社会消费品零售总额增长⟦6.8%⟧。", "150000", "150000", id="autonomous-region-itself"),
        pytest.param("全州社会消费品零售总额增长⟦6.8%⟧。", "652300", "652300", id="autonomous-prefecture"),
        pytest.param("全盟社会消费品零售总额增长⟦6.8%⟧。", "152500", "152500", id="league"),
        pytest.param("全旗社会消费品零售总额增长⟦6.8%⟧。", "150622", "150622", id="banner"),
        pytest.param("全疆社会消费品零售总额增长⟦6.8%⟧。", "652300", "650000", id="region-by-its-letter"),
        pytest.param("社会消费品零售总额增长⟦6.8%⟧。", "330800", "330800", id="no-place-is-the-articles-own"),
        pytest.param("社会消费品零售总额增长⟦6.8%⟧。", None, None, id="no-place-and-no-article-area"),
        pytest.param("江山市社会消费品零售总额增长⟦6.8%⟧。", "330800", "330881", id="county-of-the-city"),
        pytest.param("开化县社会消费品零售总额增长⟦6.8%⟧。", "330800", "330824", id="county-full-name"),
        pytest.param("龙游社会消费品零售总额增长⟦6.8%⟧。", "330800", "330825", id="county-short-name"),
        pytest.param("衢江区社会消费品零售总额增长⟦6.8%⟧。", "330800", "330803", id="district-of-the-city"),
        pytest.param("靖西县社会消费品零售总额增长⟦6.8%⟧。", "451000", "451081", id="old-name-is-todays-code"),
        pytest.param("鼓楼区社会消费品零售总额增长⟦6.8%⟧。", "320100", "320106", id="same-name-by-the-articles-city"),
        pytest.param("鼓楼区社会消费品零售总额增长⟦6.8%⟧。", "350100", "350102", id="same-name-elsewhere"),
        pytest.param("朝阳区社会消费品零售总额增长⟦6.8%⟧。", "110000", "110105", id="same-name-in-a-municipality"),
    ],
)
def test_area_of_a_figure(read, text, home, area):
    assert read.fields(text, "area", area=home) == [area]


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        pytest.param(
            "全市出口⟦12亿元⟧，高于全省⟦1.2个百分点⟧，进口⟦3亿元⟧。",
            ["330800"] * 3,
            id="area-compared-with-does-not-govern",
        ),
        pytest.param(
            "全市地区生产总值增长⟦6.8%⟧，高于全省⟦6%⟧的增速，总量居全省第二梯队。",
            ["330800", "330000"],
            id="growth-of-the-area-compared-with-is-its-own",
        ),
        pytest.param("全市出口⟦12亿元⟧，增速居全省⟦第2位⟧。", ["330800"] * 2, id="scope-of-a-rank-does-not-govern"),
        pytest.param("江山市出口⟦12亿元⟧，进口⟦3亿元⟧。", ["330881"] * 2, id="runs-on-over-clauses"),
        pytest.param(
            "柯城区出口⟦12亿元⟧；衢江区出口⟦3亿元⟧；龙游县出口⟦2亿元⟧。",
            ["330802", "330803", "330825"],
            id="each-statement-its-own",
        ),
        pytest.param("江山市出口⟦12亿元⟧。进口⟦3亿元⟧。", ["330881"] * 2, id="runs-on-over-sentences"),
        pytest.param("江山市出口⟦12亿元⟧。\n全市出口⟦30亿元⟧。", ["330881", "330800"], id="whole-city-again"),
        pytest.param("江山市出口⟦12亿元⟧。\n出口⟦30亿元⟧。", ["330881", "330800"], id="ends-with-its-paragraph"),
        pytest.param(
            "全国出口增长⟦5%⟧，全省增长⟦6%⟧，全市增长⟦7%⟧。",
            ["100000", "330000", "330800"],
            id="each-clause-its-own",
        ),
    ],
)
def test_area_in_force(read, text, areas):
    rows = read.fields(text, "area")
    assert rows == areas


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("双方深化合作，出口⟦12亿元⟧。", id="hezuo-cooperation"),
        pytest.param("农民更加富裕，出口⟦12亿元⟧。", id="fuyu-prosperity"),
        pytest.param("大家同心协力，出口⟦12亿元⟧。", id="tongxin-one-heart"),
        pytest.param(
            "江山如画，出口⟦12亿元⟧。",
            id="jiangshan-landscape",
        ),
        pytest.param("红旗飘扬，出口⟦12亿元⟧。", id="hongqi-red-flag"),
        pytest.param("秩序安定，出口⟦12亿元⟧。", id="anding-stable"),
        pytest.param("来到工厂门口，出口⟦12亿元⟧。", id="no-place-at-all"),
    ],
)
def test_word_that_is_also_a_place_is_none(read, text):
    assert read.fields(text, "area") == ["330800"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("衢州高新技术产业开发区规上工业增加值增长⟦6.8%⟧。", (None, "GVA_INDUSTRY_DS"), id="zone"),
        pytest.param("市区商品房销售面积⟦3万平方米⟧。", (None, "HOUSING_SALES_AREA"), id="urban-area"),
        pytest.param(
            "山区26县规上工业增加值增长⟦6.8%⟧。",
            (None, "GVA_INDUSTRY_DS"),
            id="group-of-counties",
            marks=pytest.mark.xfail(
                strict=True, reason="the counties' name becomes part of the subject, the area stays the article's"
            ),
        ),
    ],
)
def test_place_without_a_code_keeps_its_indicator(read, text, codes):
    assert read.fields(text, "area", "indicator") == [codes]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        pytest.param("互助自治县出口⟦2亿元⟧。", "630223", id="autonomous-county"),
        pytest.param("阿坝自治州出口⟦2亿元⟧。", "513200", id="autonomous-prefecture"),
    ],
)
def test_name_without_its_peoples_is_the_places(read, text, area):
    assert read.fields(text, "area", "subject", area=area[:2] + "0000") == [(area, "出口")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("柯城区、衢江区规上工业增加值均增长⟦6.8%⟧。", id="both"),
        pytest.param("各县规上工业增加值都增长⟦6.8%⟧。", id="all-counties"),
        pytest.param("各县（市、区）规上工业增加值均增长⟦6.8%⟧。", id="all-counties-cities-districts"),
    ],
)
def test_one_figure_for_several_places_has_no_area(read, text):
    assert read.fields(text, "area", "indicator", "value") == [(None, "GVA_INDUSTRY_DS", 6.8)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("龙游县的一家企业实现产值⟦12亿元⟧。", id="firm-of-a-county"),
        pytest.param("位于龙游的一家公司产值增长⟦12%⟧。", id="firm-that-lies-in-a-county"),
        pytest.param("在龙游县的景区，接待游客⟦3万人次⟧。", id="scenic-spot-in-a-county"),
    ],
)
def test_firm_or_spot_takes_the_place_that_the_text_ties_it_to(read, text):
    assert read.fields(text, "area") == ["330825"]


@pytest.mark.parametrize(
    ("title", "text", "area"),
    [
        pytest.param("衢州：经济开局平稳", "全市出口12亿元。", "330800", id="headline"),
        pytest.param("开化县春茶开采", "衢州市内，春茶开采。", "330824", id="headline-before-text"),
        pytest.param("经济开局平稳", "龙游县一季度出口12亿元。", "330825", id="lead"),
        pytest.param(None, "天长市财政收入12亿元。", "341181", id="no-headline"),
        pytest.param("经济开局平稳", "大家都很高兴。", None, id="nothing-says-so"),
        pytest.param(None, "", None, id="empty"),
        pytest.param("全国经济回升向好", "宁波出口12亿元，宁波进口3亿元。", "330200", id="nation-is-no-home"),
    ],
)
def test_home_area(lexicon, title, text, area):
    assert home_area(title, text, lexicon) == area
