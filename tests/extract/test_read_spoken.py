"""Numbers as they are spoken and set: money, halves, mixed numerals, spaces; and numbers that state no statistic."""

import pytest

from qzetl.extract.numerals import read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("1千零1", 1_001, id="zero-between"),
        pytest.param("3万4000", 34_000, id="digits-behind-a-magnitude"),
        pytest.param("2千零30万", 20_300_000, id="last-magnitude-holds-for-both"),
        pytest.param("12.5 亿", 1_250_000_000, id="space-before-a-magnitude"),
        pytest.param("一百 五 十 二", 152, id="letters-set-apart"),
        pytest.param("一百点123", 100.123, id="arabic-decimals"),
        pytest.param("零点四三二一", 0.4321, id="chinese-decimals"),
        pytest.param("壹点贰", 1.2, id="formal-decimals"),
        pytest.param("1.2e3", 1_200, id="scientific"),
        pytest.param(".25", 0.25, id="point-first"),
        pytest.param("六 点 五", 6.5, id="point-set-apart"),
        pytest.param("12 345.6", 12_345.6, id="thousands-set-apart"),
        pytest.param("1.5个亿", 150_000_000, id="yi-as-spoken"),
        pytest.param("3万5", 35_000, id="last-digit-below-wan"),
    ],
)
def test_mixed_numeral_is_read(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["三点a", "三点²", "1e", "零", "1.2.3", "2千零a万"])
def test_any_text_is_read_or_refused(text):
    value = read_number(text)
    assert value is None or value == 0


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        pytest.param("蜜桔每斤卖⟦一块八⟧。", 1.8, "CNY", id="kuai-and-a-digit"),
        pytest.param("每斤贵了⟦三毛⟧。", 0.3, "CNY", id="mao"),
        pytest.param("每张票⟦50元6角三分⟧。", 50.63, "CNY", id="yuan-jiao-fen"),
        pytest.param("每斤便宜⟦两毛五⟧。", -0.25, "CNY", id="mao-and-a-digit"),
        pytest.param("用时⟦一个半小时⟧。", 1.5, "HOUR", id="one-and-a-half-with-classifier"),
        pytest.param("时效提前⟦半天⟧。", 0.5, "DAY", id="half-that-is-measured"),
        pytest.param("产量⟦三吨半⟧。", 3.5, "T", id="and-a-half"),
        pytest.param("完成投资⟦12.5 亿元⟧。", 1_250_000_000, "CNY", id="spaces-around"),
        pytest.param("共⟦１，２３４户⟧家庭。", 1_234, "HOUSEHOLDS", id="full-width-thousands"),
        pytest.param("共⟦１，２３４，567户⟧家庭。", 1_234_567, "HOUSEHOLDS", id="widths-of-thousands-mixed"),
        pytest.param("完成⟦233,333，333,434.34元⟧。", 233_333_333_434.34, "CNY", id="commas-of-thousands-mixed"),
        pytest.param("新增就业⟦12 345人⟧。", 12_345, "PERSONS", id="thousands-set-apart"),
        pytest.param("生产总值⟦1 470.6亿元⟧。", 147_060_000_000, "CNY", id="thousands-set-apart-with-decimals"),
        pytest.param("完成投资⟦1.5个亿⟧。", 150_000_000, "CNY", id="yi-as-spoken"),
        pytest.param("新开工⟦3个⟧亿元项目。", 3, "COUNT", id="projects-above-a-size"),
        pytest.param("身高⟦一米九⟧。", 1.9, "M", id="metres-and-a-digit"),
        pytest.param("水深⟦3米5⟧。", 3.5, "M", id="metres-and-a-digit-arabic"),
        pytest.param("身高⟦1米75⟧，体健。", 1.75, "M", id="metres-and-two-digits"),
        pytest.param("绕场⟦100米⟧5圈。", 100, "M", id="metres-and-what-is-counted"),
        pytest.param("面积占⟦七成 六⟧。", 76, "PT", id="tenths-set-apart"),
        pytest.param("面积占⟦六 点 五 成⟧。", 65, "PT", id="tenths-with-a-point-set-apart"),
        pytest.param("占⟦百 分 之 一 百二 十点 五⟧。", 120.5, "PT", id="per-cent-set-apart"),
        pytest.param("约⟦1/3⟧的村庄通车。", 33.3333, "PT", id="slash"),
        pytest.param("占比⟦1/4以上⟧。", 25, "PT", id="slash-and-above"),
        pytest.param("节约用电⟦2000度⟧。", 2_000, "KWH", id="degrees-of-electricity"),
        pytest.param("每斤贵了⟦8分钱⟧。", 0.08, "CNY", id="fen"),
        pytest.param("每斤卖⟦十块零五毛⟧。", 10.5, "CNY", id="kuai-and-mao-over-a-zero"),
        pytest.param("增速为⟦负百分之五⟧。", -5, "PT", id="minus-before-per-cent"),
        pytest.param("距今⟦400万年⟧。", 4_000_000, "YEAR", id="numeral-that-looks-like-a-place"),
        pytest.param("投入⟦35，000元⟧。", 35_000, "CNY", id="nought-behind-a-wide-comma"),
        pytest.param("土石方⟦3万方⟧。", 30_000, "M3", id="cubic-metres"),
        pytest.param("连续⟦12个季度⟧增长。", 12, "OTHER", id="quarters"),
        pytest.param("接种⟦456.8万剂次⟧。", 4_568_000, "COUNT", id="doses"),
        pytest.param("涨幅扩大⟦0.3个百分点⟧至2.1%。", 0.3, "PP", id="change-and-the-level-it-reaches"),
        pytest.param("产值突破⟦千亿⟧大关。", 100_000_000_000, "CNY", id="mark-that-is-passed"),
        pytest.param("用时⟦三个多小时⟧。", 3, "HOUR", id="hours-and-more"),
        pytest.param("用时2小时⟦12分⟧35秒。", 12, "MINUTE", id="minutes-between-hours-and-seconds"),
        pytest.param("平均高考分比去年高⟦12分⟧。", 12, "POINTS", id="points"),
        pytest.param("最大风速⟦52米/秒⟧。", 52, "OTHER", id="speed"),
        pytest.param("92号汽油涨至⟦7.86元/升⟧。", 7.86, "OTHER", id="price-by-the-litre"),
        pytest.param("气温升至⟦18度⟧。", 18, "OTHER", id="degrees-of-heat"),
        pytest.param("气温降至⟦零下5度⟧。", -5, "OTHER", id="degrees-of-frost"),
        pytest.param("增速由⟦-3.5%⟧回升。", -3.5, "PT", id="minus-behind-from"),
        pytest.param("全市出口同比⟦-2.3%⟧。", -2.3, "PT", id="minus-behind-a-cue"),
        pytest.param("装机⟦500MW⟧。", 500_000_000, "W", id="unit-in-letters"),
        pytest.param("吞吐量⟦5万TEU⟧。", 50_000, "TEU", id="containers-in-letters"),
    ],
)
def test_spoken_quantity(read, text, value, unit):
    assert read.fields(text, "value", "unit") == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        pytest.param("产值⟦七千到九千亿元⟧。", (700_000_000_000, 900_000_000_000), id="magnitude-lent"),
        pytest.param("每户⟦两到三千元⟧。", (2_000, 3_000), id="step-lent-to-a-digit"),
        pytest.param("气温⟦零下5至8度⟧。", (-8, -5), id="frost-to-frost"),
        pytest.param("提高⟦0.5个至1.2个百分点⟧。", (0.5, 1.2), id="points-with-a-classifier-before"),
        pytest.param("⟦八九成⟧订单来自海外。", (80, 90), id="neighbouring-tenths"),
        pytest.param("每场有⟦三五百人⟧。", (300, 500), id="three-to-five-hundred"),
        pytest.param("每村有⟦一二十户⟧人家。", (10, 20), id="ten-or-twenty"),
    ],
)
def test_range_lends_its_magnitude(read, text, bounds):
    assert read.fields(text, "value_low", "value_high") == [bounds]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("⟦二百零一⟧", 201, id="bare-numeral"),
        pytest.param("这是⟦一个⟧好消息。", 1, id="a"),
        pytest.param("全场打⟦八五折⟧。", 85, id="discount"),
        pytest.param("⟦三又四分之一⟧", 3.25, id="mixed-number"),
        pytest.param("⟦五百卅四⟧", 534, id="sa"),
        pytest.param("⟦一又十分一⟧", 1.1, id="mixed-number-without-zhi"),
        pytest.param("⟦1 3/5⟧", 1.6, id="mixed-number-with-a-slash"),
        pytest.param("⟦16/5⟧", 3.2, id="improper-fraction"),
        pytest.param("⟦2^-1⟧", 0.5, id="power"),
        pytest.param("⟦-2.5^2⟧", -6.25, id="power-with-a-sign-before-it"),
        pytest.param("⟦1.04M⟧", 1_040_000, id="prefix-for-a-million"),
        pytest.param("⟦“五”⟧", 5, id="numeral-in-quotes"),
        pytest.param("打⟦九 九 折⟧。", 99, id="discount-set-apart"),
        pytest.param("⟦半天⟧就收到简历。", 0.5, id="half-a-day-said-loosely"),
    ],
)
def test_number_that_states_nothing_is_read(read, text, value):
    ((mention,),) = read.marked(text, role="number")
    assert (mention.value, mention.measure, mention.indicator) == (value, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "这一点很重要。",
        "分为两部分。",
        "四方会谈。",
        "图3。",
        "一二三产业。",
        "3.1. 概述",
        "取决于(1)规模和（2）结构。",
        "邮编100027",
    ],
)
def test_number_that_numbers_or_phrases_is_no_quantity(read, text):
    assert not read.quantities(text)


def test_phrase_with_numerals_counts_nothing(read):
    assert not read.quantities("货物五花八门，百里挑一，收入三七开，手机13957012345，证号330802199001011234。")


def test_number_that_has_no_value_is_none(read):
    assert [m.role for m in read("零分之三")] == ["idiom"]


def test_number_with_a_place_inside_stays_whole(read):
    assert [m.value for m in read("四十三元。") if m.role == "quantity"] == [43]


NAMES = (
    *("4K电视", "5G基站", "90后", "六普", "第七年", "五年期", "二本线", "每50公斤"),
    *("92号汽油", "万元GDP能耗", "拨打120", "5.5G", "2024版", "COVID-19", "3号航站楼", "九年义务教育"),
)


@pytest.mark.parametrize("text", NAMES)
def test_model_in_letters_stays_a_name(read, text):
    assert [m.role for m in read(text)] == ["name"]
