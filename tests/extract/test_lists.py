"""分别 and its like pair figures with what was listed before, in order (OBSERVATION.md 2; EXTRACTION.md)."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "全市出口、进口分别为⟦12亿元⟧、⟦3亿元⟧。",
            [("EXPORTS", "LEVEL", 12e8), ("IMPORTS", "LEVEL", 3e8)],
            id="subjects-with-levels",
        ),
        pytest.param(
            "全市出口和进口分别增长⟦5%⟧和⟦6%⟧。",
            [("EXPORTS", "GROWTH_YOY", 5), ("IMPORTS", "GROWTH_YOY", 6)],
            id="subjects-with-growth",
        ),
        pytest.param(
            "第一、第二、第三产业增加值分别增长⟦3%⟧、⟦5%⟧和⟦7%⟧。",
            [("GVA_PRIMARY", "GROWTH_YOY", 3), ("GVA_SECONDARY", "GROWTH_YOY", 5), ("GVA_TERTIARY", "GROWTH_YOY", 7)],
            id="head-of-the-last-is-shared",
        ),
        pytest.param(
            "城镇、农村居民人均可支配收入分别为⟦54390元⟧和⟦32000元⟧。",
            [("INCOME_PER_CAPITA_URBAN", "LEVEL", 54_390), ("INCOME_PER_CAPITA_RURAL", "LEVEL", 32_000)],
            id="tail-of-the-last-is-shared",
        ),
        pytest.param(
            "规上工业营业收入、利润总额分别增长⟦5%⟧、⟦6%⟧。",
            [("REVENUE_INDUSTRY_DS", "GROWTH_YOY", 5), ("PROFIT_INDUSTRY_DS", "GROWTH_YOY", 6)],
            id="modifier-of-the-first-is-shared",
        ),
        pytest.param(
            "全市出口、进口分别为⟦12亿元⟧、⟦3亿元⟧，分别增长⟦5%⟧、⟦6%⟧。",
            [
                ("EXPORTS", "LEVEL", 12e8),
                ("IMPORTS", "LEVEL", 3e8),
                ("EXPORTS", "GROWTH_YOY", 5),
                ("IMPORTS", "GROWTH_YOY", 6),
            ],
            id="two-rounds-over-one-list",
        ),
        pytest.param(
            "全市出口⟦12亿元⟧、进口⟦3亿元⟧，分别增长⟦5%⟧、⟦6%⟧。",
            [
                ("EXPORTS", "LEVEL", 12e8),
                ("IMPORTS", "LEVEL", 3e8),
                ("EXPORTS", "GROWTH_YOY", 5),
                ("IMPORTS", "GROWTH_YOY", 6),
            ],
            id="list-that-was-stated",
        ),
        pytest.param(
            "全市出口增长⟦5%⟧，进口增长⟦6%⟧，贷款余额⟦12亿元⟧。",
            [("EXPORTS", "GROWTH_YOY", 5), ("IMPORTS", "GROWTH_YOY", 6), ("LOANS", "LEVEL", 12e8)],
            id="no-list-at-all",
        ),
        pytest.param(
            "全市存款、贷款余额⟦4200亿元⟧和⟦3900亿元⟧。",
            [("DEPOSITS", "LEVEL", 4200e8), ("LOANS", "LEVEL", 3900e8)],
            id="without-respectively",
        ),
        pytest.param(
            "生猪、肉牛出栏分别为⟦62万头⟧和⟦1.8万头⟧。",
            [("PIG_SLAUGHTER", "LEVEL", 620_000), ("CATTLE_SLAUGHTER", "LEVEL", 18_000)],
            id="head-of-the-last-before-a-name-of-its-own",
        ),
        pytest.param(
            "锂电池产量、水果产量和蔬菜产量增速较快，分别增长⟦5%⟧、⟦6%⟧、⟦7%⟧。",
            [(None, "GROWTH_YOY", 5), ("FRUIT_OUTPUT", "GROWTH_YOY", 6), ("VEGETABLE_OUTPUT", "GROWTH_YOY", 7)],
            id="one-without-a-code",
        ),
        pytest.param(
            "全市出口⟦12亿元⟧、进口⟦3亿元⟧（其中机电产品和农产品进口合计1亿元），分别增长⟦5%⟧、⟦6%⟧。",
            [
                ("EXPORTS", "LEVEL", 12e8),
                ("IMPORTS", "LEVEL", 3e8),
                ("EXPORTS", "GROWTH_YOY", 5),
                ("IMPORTS", "GROWTH_YOY", 6),
            ],
            id="list-that-a-bracket-interrupts",
        ),
    ],
)
def test_subjects_pair_in_order(read, text, expected):
    assert read.fields(text, "indicator", "measure", "value") == expected


def test_places_pair_in_order(read):
    text = "柯城区、衢江区、龙游县出口分别增长⟦5%⟧、⟦6%⟧和⟦7%⟧。"
    assert read.fields(text, "area", "value") == [("330802", 5), ("330803", 6), ("330825", 7)]


def test_years_pair_in_order(read):
    text = "2021年、2022年和2023年，全市出口分别为⟦12亿元⟧、⟦13亿元⟧和⟦15亿元⟧。"
    assert read.fields(text, "period", "value") == [("2021", 12e8), ("2022", 13e8), ("2023", 15e8)]


@pytest.mark.parametrize(
    "text",
    [
        "一季度、上半年、前三季度，全市GDP分别增长⟦5.0%⟧、⟦5.5%⟧和⟦5.8%⟧。",
        "一季度、上半年和前三季度分别增长⟦5.0%⟧、⟦5.5%⟧和⟦5.8%⟧。",
    ],
)
def test_growth_of_listed_times_pairs_in_order(read, text):
    assert read.fields(text, "period", "value") == [("2023-Q1", 5.0), ("2023-S1", 5.5), ("2023-01/2023-09", 5.8)]


def test_places_behind_their_rank_pair_in_order(read):
    text = (
        "GDP居⟦前2位⟧的是开化、龙游，分别为⟦12亿元⟧、⟦11亿元⟧；"
        "GDP增长幅度居⟦前2位⟧的是：江山、常山，分别为⟦8.1%⟧、⟦7.4%⟧；"
        "出口居⟦前2位⟧的是龙游、开化，分别为⟦3亿元⟧、⟦2亿元⟧。"
    )
    listed = [each for each in read.fields(text, "area", "measure", "value") if each[1] != "RANK"]
    assert listed == [
        ("330824", "LEVEL", 12e8),
        ("330825", "LEVEL", 11e8),
        ("330881", "GROWTH_YOY", 8.1),
        ("330822", "GROWTH_YOY", 7.4),
        ("330825", "LEVEL", 3e8),
        ("330824", "LEVEL", 2e8),
    ]


def test_places_of_a_rank_pair_in_order(read):
    text = "龙游、江山增速居⟦前两位⟧，分别增长⟦9.2%⟧、⟦8.8%⟧；开化增速最低，仅为⟦3.2%⟧。"
    assert read.fields(text, "area") == [None, "330825", "330881", "330824"]


def test_places_counted_behind_their_names_pair_in_order(read):
    text = "开化、常山、龙游⟦3个⟧县出口分别增长⟦5%⟧、⟦6%⟧、⟦7%⟧。"
    assert read.fields(text, "area") == ["330800", "330824", "330822", "330825"]


def test_places_go_on_with_the_next_figures(read):
    text = "开化、常山、龙游分别签约项目⟦5个⟧、⟦6个⟧、⟦7个⟧，总投资⟦8亿元⟧、⟦9亿元⟧、⟦10亿元⟧。"
    assert read.fields(text, "area") == ["330824", "330822", "330825"] * 2


def test_places_inside_the_names_of_a_list_pair_in_order(read):
    text = "江山水稻、开化茶叶、龙游莲子产量分别增长⟦2%⟧、⟦3%⟧、⟦4%⟧。"
    assert read.fields(text, "area") == ["330881", "330824", "330825"]


def test_zone_in_a_list_of_places_has_no_code(read):
    text = "常山、龙游、经开区出口增速较快，分别增长⟦5%⟧、⟦6%⟧和⟦7%⟧。"
    assert read.fields(text, "area", "value") == [("330822", 5), ("330825", 6), (None, 7)]


@pytest.mark.parametrize(
    ("text", "home", "areas"),
    [
        pytest.param(
            "同心、盐池、红寺堡出口分别增长⟦5%⟧、⟦6%⟧、⟦7%⟧。", "640300", ["640324", "640323", "640303"], id="one-heart"
        ),
        pytest.param(
            "安定、陇西、通渭出口分别增长⟦5%⟧、⟦6%⟧、⟦7%⟧。", "621100", ["621102", "621122", "621121"], id="stable"
        ),
    ],
)
def test_everyday_word_in_a_list_of_places_is_a_county(read, text, home, areas):
    assert read.fields(text, "area", area=home) == areas


def test_distances_of_a_list_put_no_place_in_force(read):
    text = "县城距杭州⟦230公里⟧、黄山市⟦90公里⟧，全县出口⟦3亿元⟧。"
    assert read.fields(text, "area", "period", area="330824") == [("330824", None)] * 3


def test_animals_go_on_with_the_verb_before(read):
    text = "出栏生猪⟦66.1万头⟧，年末存栏⟦41.9万头⟧；出栏牛⟦1.9万头⟧、羊⟦3.3万只⟧、家禽⟦187万羽⟧。"
    codes = ["PIG_SLAUGHTER", "PIG_STOCK", "CATTLE_SLAUGHTER", "SHEEP_SLAUGHTER", "POULTRY_SLAUGHTER"]
    assert read.fields(text, "indicator") == codes


def test_references_are_listed_not_the_subjects(read):
    text = "全市出口增长⟦6.8%⟧，分别高于全国、全省⟦1.2个⟧、⟦0.5个百分点⟧。"
    assert read.fields(text, "indicator", "area", "measure") == [
        ("EXPORTS", "330800", "GROWTH_YOY"),
        ("EXPORTS", "330800", "DIFF"),
        ("EXPORTS", "330800", "DIFF"),
    ]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        pytest.param("2023年，全市出口⟦12亿元⟧，增长⟦5%⟧。", ["2023"] * 2, id="opens-the-sentence"),
        pytest.param("2023年，全市出口⟦12亿元⟧。进口⟦3亿元⟧。", ["2023"] * 2, id="runs-on-over-sentences"),
        pytest.param("2023年，全市出口⟦12亿元⟧；2022年，全市出口⟦11亿元⟧。", ["2023", "2022"], id="until-the-next"),
        pytest.param("1—9月，全市出口⟦12亿元⟧，其中9月出口⟦2亿元⟧。", ["2023-01/2023-09", "2023-09"], id="part-of-it"),
        pytest.param("2023年，全市出口⟦12亿元⟧，比2019年增长⟦5%⟧。", ["2023"] * 2, id="base-does-not-govern"),
        pytest.param("2023年，全市出口⟦12亿元⟧，上年同期为⟦11亿元⟧。", ["2023", "2022"], id="base-has-its-own"),
        pytest.param(
            "2023年，全市出口由2020年的⟦9亿元⟧提高到⟦12亿元⟧。",
            ["2020", "2023"],
            id="attributive-rules-its-figure-alone",
        ),
        pytest.param("2023年，全市出口⟦12亿元⟧。\n进口⟦3亿元⟧。", ["2023"] * 2, id="lead-dates-flows"),
        pytest.param("2023年，全市出口⟦12亿元⟧。\n拥有企业⟦35家⟧。", ["2023", None], id="lead-dates-no-stocks"),
        pytest.param("拥有企业⟦35家⟧。", [None], id="undated-stock"),
        pytest.param("每年培训⟦300人⟧。", [None], id="every-year"),
        pytest.param("2023年，企业连续⟦3年⟧盈利。", [None], id="duration"),
        pytest.param("2023年，⟦17个⟧⟦百亿⟧项目开工。", ["2023", None], id="built-in-size"),
        pytest.param("2023年，企业距市区⟦12公里⟧。", [None], id="distance"),
        pytest.param("9月末，全市贷款余额⟦12亿元⟧。", ["2023-09"], id="stock-at-a-months-end"),
        pytest.param("2023年末，全市常住人口⟦229.6万人⟧。", ["2023"], id="stock-at-the-years-end"),
        pytest.param(
            "2019年衢州马拉松在10月22日举行，吸引选手⟦1.2万人⟧。", ["2023-10-22"], id="year-in-an-events-name"
        ),
        pytest.param("截至目前，全市拥有企业⟦35家⟧。", ["2023-10"], id="until-now"),
        pytest.param("“十四五”期间，全市出口年均增长⟦8%⟧。", ["2021/2025"], id="average-covers-its-span"),
        pytest.param("前三季度，全市出口增长⟦8%⟧，两年平均增长⟦5%⟧。", ["2023-01/2023-09"] * 2, id="two-years-average"),
        pytest.param("今年以来，全市出口⟦12亿元⟧。", ["2023"], id="since-this-year"),
        pytest.param("到2025年，全市出口达到⟦12亿元⟧。", ["2025"], id="end-of-a-plan"),
        pytest.param("2022年全国文明城市测评中，2023年全市出口⟦12亿元⟧。", ["2023"], id="nearest-governs"),
    ],
)
def test_period_in_force(read, text, periods):
    assert read.fields(text, "period", published="2023-10-27") == periods


@pytest.mark.parametrize(
    ("title", "text", "periods"),
    [
        pytest.param("2023年衢州外贸增长8%", "全市出口⟦12亿元⟧。", ["2023"], id="headline-dates-flows"),
        pytest.param("2023年衢州外贸增长8%", "拥有企业⟦35家⟧。", [None], id="headline-dates-no-stocks"),
        pytest.param("2023年衢州外贸增长8%", "2022年，全市出口⟦12亿元⟧。", ["2022"], id="text-beats-the-headline"),
    ],
)
def test_headline_dates_flows_until_the_text_does(read, title, text, periods):
    assert read.fields(text, "period", title=title) == periods


def test_list_of_subjects_is_of_the_place_before_it(read):
    text = "全省接待游客和旅游收入分别增长⟦12%⟧和⟦16%⟧，全市接待游客⟦35万人次⟧。"
    assert read.fields(text, "area") == ["330000", "330000", "330800"]


def test_places_inside_some_names_of_a_list_are_theirs_alone(read):
    text = "江郎山、开化根宫佛国、龙游石窟接待游客分别增长⟦8%⟧、⟦9%⟧、⟦10%⟧。"
    assert read.fields(text, "area") == ["330800", "330824", "330825"]


def test_months_that_are_listed_pair_in_order(read):
    text = "去年7月、8月和9月，全市出口分别为⟦1亿元⟧、⟦2亿元⟧、⟦3亿元⟧。"
    assert read.fields(text, "period") == ["2023-07", "2023-08", "2023-09"]


def test_years_of_a_stretch_pair_in_order(read):
    text = "2021—2023年，全市出口分别为⟦12亿元⟧、⟦13亿元⟧和⟦15亿元⟧。"
    assert read.fields(text, "period", "value") == [("2021", 12e8), ("2022", 13e8), ("2023", 15e8)]


def test_a_list_told_again_is_of_the_year_told_with_it(read):
    text = "2010年三次产业占比分别为⟦40.2%⟧、⟦41.6%⟧和⟦18.2%⟧；2020年三次产业占比分别为⟦15%⟧、⟦40.1%⟧和⟦44.9%⟧。"
    assert read.fields(text, "period") == ["2010"] * 3 + ["2020"] * 3


def test_amounts_grown_to_pair_with_the_growths(read):
    text = "2023年，固定资产投资增长⟦12%⟧，社会消费品零售总额增长⟦7%⟧，分别达到⟦218亿元⟧、⟦176亿元⟧。"
    assert read.fields(text, "indicator") == ["FAI", "RETAIL_SALES", "FAI", "RETAIL_SALES"]


def test_count_of_places_behind_their_names_is_no_subject(read):
    text = "全市粮食产量⟦75万吨⟧，常山、开化、龙游⟦3⟧县分别为⟦3.2万吨⟧、⟦4万吨⟧、⟦5万吨⟧。"
    assert read.fields(text, "indicator")[2:] == ["GRAIN_OUTPUT"] * 3


def test_list_of_places_goes_on_behind_a_semicolon(read):
    text = "江山、龙游、常山分别接待游客⟦3万人次⟧、⟦2万人次⟧和⟦1万人次⟧；旅游收入分别达到⟦3亿元⟧、⟦2亿元⟧和⟦1亿元⟧。"

    assert read.fields(text, "area") == ["330881", "330825", "330822"] * 2


def test_list_of_subjects_ends_at_a_semicolon(read):
    text = "全市出口、进口分别增长⟦5%⟧、⟦6%⟧；县区公路、铁路里程分别增长⟦7%⟧、⟦8%⟧。"

    assert read.fields(text, "indicator")[2:] == [None, None]


def test_places_share_out_what_a_verb_alone_counts(read):
    text = "全市新开工项目⟦86个⟧。江山、龙游、常山分别开工⟦14个⟧、⟦11个⟧和⟦10个⟧。"

    assert read.fields(text, "area", "indicator")[1:] == [
        (area, "PROJECTS_STARTED") for area in ("330881", "330825", "330822")
    ]


def test_ranks_in_order_of_what_was_stated(read):
    text = "水产品产量⟦102万吨⟧，水果产量⟦158万吨⟧，分别居全省⟦第一⟧和⟦第二位⟧。"

    assert read.fields(text, "indicator") == ["AQUATIC_OUTPUT", "FRUIT_OUTPUT"] * 2


def test_of_two_subjects_one_may_have_no_code(read):
    text = "加工贸易和保税物流进出口⟦102亿元⟧和⟦35亿元⟧。"

    assert read.fields(text, "indicator") == ["TRADE_PROCESSING", None]
