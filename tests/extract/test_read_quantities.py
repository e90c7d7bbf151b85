"""A quantity's span, value, bound and unit are read by OBSERVATION.md 1 and 2 (Numbers and bounds)."""

import pytest


def exact(value, unit):
    return (value, None, None, "exact", unit)


def approx(value, unit):
    return (value, None, None, "approx", unit)


def over(value, unit):
    return (value, None, None, "over", unit)


def under(value, unit):
    return (value, None, None, "under", unit)


def between(low, high, unit):
    return (None, low, high, "range", unit)


READ = ("value", "value_low", "value_high", "bound", "unit")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("全市完成投资⟦333.9亿元⟧。", exact(33_390_000_000, "CNY"), id="yi-yuan"),
        pytest.param("全市完成投资⟦3万亿元⟧。", exact(3e12, "CNY"), id="magnitudes-multiply"),
        pytest.param("人均收入⟦54,390元⟧。", exact(54_390, "CNY"), id="thousands-separator"),
        pytest.param("人均收入⟦５４３９０元⟧。", exact(54_390, "CNY"), id="full-width-digits"),
        pytest.param("投资⟦３．５亿元⟧。", exact(350_000_000, "CNY"), id="full-width-point"),
        pytest.param("投资⟦三千五百万元⟧。", exact(35_000_000, "CNY"), id="chinese-numeral"),
        pytest.param("投资⟦一亿三千万元⟧。", exact(130_000_000, "CNY"), id="chinese-numeral-with-yi"),
        pytest.param("投资⟦2亿5000万元⟧。", exact(250_000_000, "CNY"), id="two-parts"),
        pytest.param("利用外资⟦1.2亿美元⟧。", exact(120_000_000, "USD"), id="dollars"),
        pytest.param("增长⟦6.8%⟧。", exact(6.8, "PT"), id="percent"),
        pytest.param("增长⟦6.8％⟧。", exact(6.8, "PT"), id="percent-full-width"),
        pytest.param("增长⟦百分之五⟧。", exact(5, "PT"), id="percent-in-chinese"),
        pytest.param("增长⟦百分之六点八⟧。", exact(6.8, "PT"), id="percent-in-chinese-decimal"),
        pytest.param("增速提高⟦1.3个百分点⟧。", exact(1.3, "PP"), id="points"),
        pytest.param(
            "增速提高⟦1.3百分点⟧。",
            exact(1.3, "PP"),
            id="points-without-classifier",
        ),
        pytest.param("出生率为⟦5.63‰⟧。", exact(5.63, "PM"), id="per-mille"),
        pytest.param("出生率为⟦千分之五⟧。", exact(5, "PM"), id="per-mille-in-chinese"),
        pytest.param("出生率下降⟦0.5个千分点⟧。", (-0.5, None, None, "exact", "PM"), id="per-mille-points"),
        pytest.param("让利⟦两成⟧。", exact(20, "PT"), id="tenths"),
        pytest.param("让利⟦三成五⟧。", exact(35, "PT"), id="tenths-and-hundredths"),
        pytest.param("让利⟦两成半⟧。", exact(25, "PT"), id="tenths-and-a-half"),
        pytest.param("占全国⟦三分之一⟧。", exact(33.3333, "PT"), id="fraction"),
        pytest.param("占全国⟦四分之三⟧。", exact(75, "PT"), id="fraction-three-quarters"),
        pytest.param("增长⟦1.2倍⟧。", exact(1.2, "TIMES"), id="times"),
        pytest.param("产值比2020年⟦翻一番⟧。", exact(2, "TIMES"), id="doubled"),
        pytest.param("产值比2020年⟦翻两番⟧。", exact(4, "TIMES"), id="doubled-twice"),
        pytest.param("收入比为⟦2.87∶1⟧。", exact(2.87, "TIMES"), id="ratio-to-one-is-one-mention"),
        pytest.param("收入比为⟦2.87:1⟧。", exact(2.87, "TIMES"), id="ratio-with-half-width-colon"),
        pytest.param("猪肉⟦5斤⟧。", exact(2.5, "KG"), id="jin-is-half-a-kilogram"),
        pytest.param("粮食产量⟦236.8亿斤⟧。", exact(11_840_000_000, "KG"), id="jin-with-magnitude"),
        pytest.param("粮食产量⟦12.6万吨⟧。", exact(126_000, "T"), id="tonnes"),
        pytest.param("播种面积⟦60.5万亩⟧。", exact(605_000, "MU"), id="mu"),
        pytest.param("区域面积⟦8844.6平方公里⟧。", exact(8_844.6, "KM2"), id="square-kilometres"),
        pytest.param("销售面积⟦300万平方米⟧。", exact(3_000_000, "M2"), id="square-metres"),
        pytest.param("造林⟦12公顷⟧。", exact(12, "HA"), id="hectares"),
        pytest.param("用电量⟦12.6亿千瓦时⟧。", exact(1_260_000_000, "KWH"), id="kilowatt-hours"),
        pytest.param("装机容量⟦34万千瓦⟧。", exact(340_000, "KW"), id="ten-thousand-kilowatts"),
        pytest.param("建设⟦2×34万千瓦⟧机组。", exact(680_000, "KW"), id="product-is-one-mention"),
        pytest.param("节约⟦3万吨标准煤⟧。", exact(30_000, "TCE"), id="standard-coal-not-tonnes"),
        pytest.param("吞吐量⟦12.6万标箱⟧。", exact(126_000, "TEU"), id="containers"),
        pytest.param("接待游客⟦36.5万人次⟧。", exact(365_000, "VISITS"), id="visits"),
        pytest.param("新增就业⟦3.2万人⟧。", exact(32_000, "PERSONS"), id="persons"),
        pytest.param("服务⟦1.2万户⟧家庭。", exact(12_000, "HOUSEHOLDS"), id="households"),
        pytest.param("PM2.5平均浓度⟦28微克/立方米⟧。", exact(28, "UG_M3"), id="concentration"),
        pytest.param("降水量⟦120毫米⟧。", exact(120, "OTHER"), id="millimetres-are-other"),
        pytest.param("二氧化氮浓度⟦2毫克/立方米⟧。", exact(2, "OTHER"), id="milligrams-are-other"),
        pytest.param("建成⟦500千伏⟧变电站。", exact(500, "OTHER"), id="kilovolts-are-other"),
        pytest.param("钢材均价⟦3800元/吨⟧。", exact(3_800, "OTHER"), id="price-per-tonne-is-other"),
        pytest.param("贷款利率下降⟦20个基点⟧。", (-20, None, None, "exact", "OTHER"), id="basis-points-are-other"),
        pytest.param("收购价每斤⟦1.36元⟧。", exact(1.36, "CNY"), id="price-with-its-unit-before-stays-yuan"),
        pytest.param("亩均税收⟦30万元/亩⟧。", exact(300_000, "CNY"), id="yuan-per-mu-stays-yuan"),
        pytest.param("上线事项⟦252项⟧。", exact(252, "COUNT"), id="classifier-xiang"),
        pytest.param("新增⟦1家⟧上市公司。", exact(1, "COUNT"), id="one-that-is-counted"),
        pytest.param("建成基站⟦5800座⟧。", exact(5_800, "COUNT"), id="classifier-zuo"),
        pytest.param("受理案件⟦326件⟧。", exact(326, "COUNT"), id="classifier-jian"),
        pytest.param("生猪出栏⟦32万头⟧。", exact(320_000, "COUNT"), id="classifier-tou"),
        pytest.param("经营主体⟦15.6万户⟧。", exact(156_000, "COUNT"), id="hu-of-firms-is-a-count"),
        pytest.param("打造⟦六大⟧产业链。", exact(6, "COUNT"), id="da-belongs-to-the-number"),
        pytest.param("连续⟦3年⟧盈利。", exact(3, "YEAR"), id="years"),
        pytest.param("提前⟦两个月⟧完工。", exact(2, "MONTH"), id="months"),
        pytest.param("提前⟦一个月⟧完工。", exact(1, "MONTH"), id="one-month-ahead"),
        pytest.param("占全省的⟦1/4⟧,份额最多。", exact(25, "PT"), id="slash-behind-of-and-before-a-comma"),
        pytest.param("带动⟦25万⟧种植户。", exact(250_000, "COUNT"), id="zhong-of-growers-is-no-classifier"),
        pytest.param("时间压缩到⟦31.5小时⟧。", exact(31.5, "HOUR"), id="hours"),
        pytest.param("办理时间缩短至⟦15分钟⟧。", exact(15, "MINUTE"), id="minutes"),
        pytest.param("优良天数⟦325天⟧。", exact(325, "DAY"), id="days"),
        pytest.param("消费价格指数为⟦100.7⟧。", exact(100.7, "POINTS"), id="index-is-points"),
        pytest.param("总人口性别比为⟦102.95⟧。", exact(102.95, "POINTS"), id="sex-ratio-is-points"),
        pytest.param("满意度⟦98.6分⟧。", exact(98.6, "POINTS"), id="score"),
        pytest.param(
            "全市GDP⟦1500亿元⟧。",
            exact(150_000_000_000, "CNY"),
            id="number-right-behind-letters",
        ),
        pytest.param(
            "全市GDP⟦6.8%⟧的增速较快。",
            exact(6.8, "PT"),
            id="percent-right-behind-letters",
        ),
        pytest.param(
            "影响CPI⟦0.2个百分点⟧。",
            exact(0.2, "PP"),
            id="points-right-behind-letters",
        ),
        pytest.param("产量⟦0.5万吨⟧。", exact(5_000, "T"), id="below-one"),
        pytest.param(
            "平均气温⟦-3℃⟧。",
            exact(-3, "OTHER"),
            id="below-zero",
        ),
        pytest.param("产业基金撬动比达⟦1∶6⟧。", exact(6, "TIMES"), id="ratio-of-one-to-what-it-draws"),
        pytest.param("报送线索⟦2400条次⟧。", exact(2_400, "COUNT"), id="classifier-tiaoci"),
        pytest.param("白菜每斤才卖⟦3块⟧。", exact(3, "CNY"), id="kuai-of-a-price-is-yuan"),
        pytest.param("⟦两个⟧人口大县粮食增产。", exact(2, "COUNT"), id="ge-before-population"),
        pytest.param("用电量⟦12亿千瓦小时⟧。", exact(1_200_000_000, "KWH"), id="kilowatt-hours-in-another-form"),
        pytest.param("补助⟦84元/人·年⟧。", exact(84, "CNY_PER_PERSON"), id="yuan-a-person-and-year"),
        pytest.param("最大风力⟦12级⟧。", exact(12, "OTHER"), id="force-of-wind-is-other"),
        pytest.param("收入比为⟦2.1︰1⟧。", exact(2.1, "TIMES"), id="ratio-with-a-vertical-colon"),
        pytest.param("帮助⟦1200⟧贫困群众脱贫。", exact(1_200, "PERSONS"), id="people-without-a-classifier"),
        pytest.param("服务养殖户⟦3000户⟧。", exact(3_000, "HOUSEHOLDS"), id="households-that-keep-animals"),
    ],
)
def test_value_and_unit(read, text, expected):
    assert read.fields(text, *READ) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("服务企业近⟦300家⟧。", approx(300, "COUNT"), id="jin-before"),
        pytest.param("服务企业约⟦300家⟧。", approx(300, "COUNT"), id="yue-before"),
        pytest.param("服务企业接近⟦300家⟧。", approx(300, "COUNT"), id="jiejin-before"),
        pytest.param("投资逼近⟦300亿元⟧。", approx(30_000_000_000, "CNY"), id="bijin-before"),
        pytest.param("服务企业⟦300余家⟧。", approx(300, "COUNT"), id="yu-inside"),
        pytest.param("服务企业⟦300多家⟧。", approx(300, "COUNT"), id="duo-inside"),
        pytest.param("服务⟦1.7万余个⟧家庭。", approx(17_000, "COUNT"), id="yu-behind-the-magnitude"),
        pytest.param("接待游客⟦4万余人次⟧。", approx(40_000, "VISITS"), id="yu-before-visits"),
        pytest.param("投资⟦30多亿元⟧。", approx(3_000_000_000, "CNY"), id="duo-before-the-magnitude"),
        pytest.param("惠及⟦三千多人⟧。", approx(3_000, "PERSONS"), id="chinese-duo"),
        pytest.param("投资⟦300亿元左右⟧。", approx(30_000_000_000, "CNY"), id="zuoyou-behind"),
        pytest.param("投资⟦300亿元上下⟧。", approx(30_000_000_000, "CNY"), id="shangxia-behind"),
        pytest.param("期限⟦3年左右⟧。", approx(3, "YEAR"), id="zuoyou-behind-years"),
        pytest.param("形成⟦千亿级⟧产业集群。", approx(100_000_000_000, "CNY"), id="ji-behind-a-bare-magnitude"),
        pytest.param("投资超⟦300亿元⟧。", over(30_000_000_000, "CNY"), id="chao-before"),
        pytest.param("投资超过⟦300亿元⟧。", over(30_000_000_000, "CNY"), id="chaoguo-before"),
        pytest.param("投资逾⟦300亿元⟧。", over(30_000_000_000, "CNY"), id="yu-before"),
        pytest.param("产值突破⟦300亿元⟧。", over(30_000_000_000, "CNY"), id="tupo-before"),
        pytest.param("产值站上⟦300亿元⟧台阶。", over(30_000_000_000, "CNY"), id="zhanshang-before"),
        pytest.param("产值迈上⟦300亿元⟧台阶。", over(30_000_000_000, "CNY"), id="maishang-before"),
        pytest.param("企业不少于⟦300家⟧。", over(300, "COUNT"), id="bushaoyu-before"),
        pytest.param("企业至少⟦300家⟧。", over(300, "COUNT"), id="zhishao-before"),
        pytest.param("惠及⟦300人以上⟧。", over(300, "PERSONS"), id="yishang-behind"),
        pytest.param("⟦1亿元以上⟧项目。", over(100_000_000, "CNY"), id="yishang-behind-yuan"),
        pytest.param("惠及上⟦千人⟧。", over(1_000, "PERSONS"), id="shang-n-is-over"),
        pytest.param("引进⟦百亿⟧项目。", over(10_000_000_000, "CNY"), id="bare-size-is-over"),
        pytest.param("降幅达⟦三成以上⟧。", (-30, None, None, "over", "PT"), id="bound-of-a-negative-by-magnitude"),
        pytest.param("产量下降⟦三成以上⟧。", (-30, None, None, "over", "PT"), id="bound-of-a-fall-by-magnitude"),
        pytest.param("企业不到⟦300家⟧。", under(300, "COUNT"), id="budao-before"),
        pytest.param("企业不足⟦300家⟧。", under(300, "COUNT"), id="buzu-before"),
        pytest.param("价格跌破⟦300元⟧。", under(300, "CNY"), id="diepo-before"),
        pytest.param("补助最高⟦300万元⟧。", under(3_000_000, "CNY"), id="zuigao-before"),
        pytest.param("误差在⟦3%以内⟧。", under(3, "PT"), id="yinei-behind"),
        pytest.param("⟦300人以下⟧企业免费。", under(300, "PERSONS"), id="yixia-behind"),
        pytest.param("有近⟦半数⟧企业开工。", approx(50, "PT"), id="half-is-fifty-percent"),
        pytest.param("鲜叶收购价⟦160元出头⟧。", approx(160, "CNY"), id="chutou-behind"),
        pytest.param("造成⟦800多⟧群众出行困难。", approx(800, "PERSONS"), id="duo-before-people"),
        pytest.param("⟦5亿元⟧和10亿元以上项目共26个。", over(500_000_000, "CNY"), id="yishang-behind-the-other-size"),
    ],
)
def test_bound(read, text, expected):
    assert read.fields(text, *READ) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("补贴⟦50%至80%⟧。", between(50, 80, "PT"), id="zhi"),
        pytest.param("补贴⟦50%—80%⟧。", between(50, 80, "PT"), id="dash"),
        pytest.param("补贴⟦50%-80%⟧。", between(50, 80, "PT"), id="hyphen"),
        pytest.param("补贴⟦50%～80%⟧。", between(50, 80, "PT"), id="wave"),
        pytest.param("补贴⟦50～80元⟧。", between(50, 80, "CNY"), id="unit-said-once"),
        pytest.param("补贴⟦3—5万元⟧。", between(30_000, 50_000, "CNY"), id="magnitude-said-once"),
        pytest.param("补贴⟦3万—5万元⟧。", between(30_000, 50_000, "CNY"), id="magnitude-said-twice"),
        pytest.param("补贴⟦3万元至5万元⟧。", between(30_000, 50_000, "CNY"), id="unit-said-twice"),
        pytest.param("补贴⟦8000元—1万元⟧。", between(8_000, 10_000, "CNY"), id="each-its-own-magnitude"),
        pytest.param("月薪⟦五六千元⟧。", between(5_000, 6_000, "CNY"), id="neighbouring-digits"),
        pytest.param("来了⟦七八百人⟧。", between(700, 800, "PERSONS"), id="neighbouring-digits-hundreds"),
        pytest.param("让利⟦两成至三成⟧。", between(20, 30, "PT"), id="tenths"),
        pytest.param(
            "降水⟦-3℃至5℃⟧。",
            between(-3, 5, "OTHER"),
            id="from-below-zero",
        ),
        pytest.param("目标任务提前⟦2—3年⟧完成。", between(2, 3, "YEAR"), id="years-ahead-are-no-rank"),
    ],
)
def test_range_is_one_mention_without_a_value(read, text, expected):
    assert read.fields(text, *READ) == [expected]


def test_range_of_a_fall_is_negative_and_in_order(read):
    assert read.fields("能耗下降⟦5%—10%⟧。", *READ) == [between(-10, -5, "PT")]
    assert read.fields("全市压减能耗⟦5%—10%⟧。", *READ) == [between(-10, -5, "PT")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("出口、进口分别为⟦612.4⟧、⟦2108.7亿元⟧。", [612.4e8, 2108.7e8], id="magnitude-of-the-last"),
        pytest.param(
            "一月、二月分别用电⟦3⟧和⟦5万千瓦时⟧。",
            [3e4, 5e4],
            id="joined-by-he",
        ),
        pytest.param("分别增长⟦1.2⟧、⟦0.5个百分点⟧。", [1.2, 0.5], id="points"),
        pytest.param("依次为⟦42.6⟧、⟦38.1⟧、⟦35.7亿元⟧。", [42.6e8, 38.1e8, 35.7e8], id="magnitude-over-the-list"),
        pytest.param("分别增长⟦6.8⟧、⟦6⟧和⟦5.2%⟧。", [6.8, 6, 5.2], id="three-share-a-percent"),
        pytest.param("分别有⟦3万⟧、⟦5万人⟧。", [3e4, 5e4], id="own-magnitude-stays"),
        pytest.param(
            "道路分别长⟦3⟧、⟦5千米⟧。",
            [3, 5],
            id="kilometres-hold-no-magnitude",
        ),
        pytest.param(
            "猪肉分别重⟦3⟧、⟦5千克⟧。",
            [3, 5],
            id="kilograms-hold-no-magnitude",
        ),
        pytest.param(
            "装机分别为⟦30⟧、⟦50万千瓦⟧。",
            [3e5, 5e5],
            id="kilowatts-hold-no-magnitude",
        ),
        pytest.param("高于全国⟦1.5个⟧、全省⟦0.9个百分点⟧。", [1.5, 0.9], id="points-with-a-place-between"),
    ],
)
def test_list_shares_the_last_unit(read, text, expected):
    values = read.fields(text, "value", "unit")

    assert [value for value, _ in values] == expected
    assert len({unit for _, unit in values}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("居全国⟦第5⟧。", exact(5, "RANK"), id="ordinal"),
        pytest.param("居全国⟦第5位⟧。", exact(5, "RANK"), id="ordinal-with-wei"),
        pytest.param("居全国⟦第五⟧。", exact(5, "RANK"), id="ordinal-chinese"),
        pytest.param("居全国⟦第十二⟧。", exact(12, "RANK"), id="ordinal-chinese-teens"),
        pytest.param("居全国⟦前三⟧。", under(3, "RANK"), id="top-three"),
        pytest.param("居全国⟦前10⟧。", under(10, "RANK"), id="top-ten"),
        pytest.param("居全国⟦前10位⟧。", under(10, "RANK"), id="top-ten-wei"),
        pytest.param("列全国⟦后10位⟧。", exact(10, "RANK"), id="last-ten"),
        pytest.param("是全市⟦第一大⟧贸易伙伴。", exact(1, "RANK"), id="first-largest"),
    ],
)
def test_rank(read, text, expected):
    assert read.fields(text, *READ) == [expected]


def test_proportion_is_one_mention_a_part(read):
    assert read.fields("三次产业结构为⟦10.1⟧∶⟦42.3⟧∶⟦47.6⟧。", "value", "unit") == [
        (10.1, "PT"),
        (42.3, "PT"),
        (47.6, "PT"),
    ]


def test_number_before_a_kind_of_place_is_its_count(read):
    assert read.fields("全县辖⟦7⟧镇⟦8⟧乡。", "value", "unit") == [(7, "COUNT"), (8, "COUNT")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("签约⟦17个⟧⟦百亿⟧项目。", id="size-inside-what-is-counted"),
        pytest.param("⟦6项⟧指标居全省⟦前三⟧、⟦3项⟧居全省⟦第一⟧。", id="counts-and-ranks"),
        pytest.param("由⟦2.6万元⟧提高到⟦3万元⟧。", id="from-to-is-two"),
        pytest.param("当地干部⟦九⟧夺“大禹鼎”。", id="number-before-a-verb-of-winning"),
        pytest.param("⟦八类⟧商品价格“⟦五⟧涨⟦三⟧降”。", id="rises-and-falls"),
        pytest.param("⟦六⟧县（市、区）增速加快。", id="places-counted"),
        pytest.param("⟦3.2万名⟧职工返岗。", id="classifier-of-persons"),
        pytest.param("每年⟦5000人次以上⟧。", id="yishang-belongs-to-it"),
        pytest.param("最高⟦500万元⟧补助。", id="hedges-before-do-not"),
        pytest.param("⟦八大类⟧商品价格“⟦五⟧涨⟦一⟧平⟦两⟧降”。", id="rises-and-falls-with-the-level"),
    ],
)
def test_spans(read, spans_of, text):
    plain, spans = spans_of(text)
    assert [(m.start, m.end) for m in read.quantities(plain)] == spans


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("接待游客在⟦3万人次以上⟧的景区有12家。", "size", id="of-things-that-are-counted"),
        pytest.param("亩产在⟦600公斤以上⟧的品种有12个。", "size", id="of-kinds-that-are-counted"),
        pytest.param("⟦5亿元⟧和10亿元以上项目共26个。", "size", id="joined-with-another"),
        pytest.param("人均预期寿命达到⟦81岁以上⟧。", "named/level", id="a-length-of-life-reached"),
        pytest.param("为⟦81岁以上⟧老人体检。", "size", id="a-band-of-ages"),
    ],
)
def test_size_that_is_built_in(read, text, rule):
    assert read.fields(text, "rule") == [rule]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("煤矿达到二级以上安全生产标准。", id="class-of-a-standard"),
        pytest.param("实行四级通办。", id="levels-of-government"),
        pytest.param("规划实施两年多来的评估。", id="years-that-a-plan-has-run"),
        pytest.param("执行人大六次代表大会的决议。", id="congress"),
    ],
)
def test_number_that_counts_nothing(read, text):
    assert read.quantities(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("面积从⟦60万亩⟧到⟦494万亩⟧。", [6e5, 4.94e6], id="growth-has-two-ends"),
        pytest.param("月薪从⟦3000元到5000元⟧不等。", [None], id="range-is-one"),
    ],
)
def test_from_one_amount_to_another(read, text, values):
    assert read.fields(text, "value") == values


def test_year_behind_qian_is_no_rank(read):
    assert read.fields("此前2023年出口⟦12亿元⟧。", "period", "value") == [("2023", 12e8)]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        pytest.param("⟦4大⟧项目同天开工。", True, id="of-projects"),
        pytest.param("其中⟦百万⟧年薪岗位17个。", True, id="of-a-salary"),
        pytest.param("硕士不少于⟦一半⟧。", True, id="no-less-than-half"),
        pytest.param("⟦五年⟧新改建农村公路90公里。", False, id="years-that-begin-a-clause"),
        pytest.param("回望⟦五年⟧，成绩喜人。", False, id="years-looked-back-on"),
        pytest.param("项目历时⟦五年⟧建成。", True, id="years-that-it-took"),
    ],
)
def test_spans_that_other_words_adjoin(read, text, marked):
    assert bool(read.marked(text)[0]) is marked


def test_tenths_before_a_verb_are_tenths(read):
    assert read.fields("其中近⟦七成⟧为返乡农民工。", "value") == [70]


def test_mouths_are_persons(read):
    assert read.fields("西村共有⟦480口⟧人。", "unit") == ["PERSONS"]
