"""What kind of statement a figure makes, and with which sign (OBSERVATION.md 2)."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("全市出口完成⟦12亿元⟧。", ("LEVEL", 12e8), id="level-amount"),
        pytest.param("全市城镇化率为⟦60.2%⟧。", ("LEVEL", 60.2), id="named-rate-urbanisation"),
        pytest.param("全市不良贷款率⟦0.8%⟧。", ("LEVEL", 0.8), id="named-rate-bad-loans"),
        pytest.param("全市空气优良率达⟦96.2%⟧。", ("LEVEL", 96.2), id="named-rate-good-air"),
        pytest.param("酒店平均入住率达⟦90%⟧。", ("LEVEL", 90), id="named-rate-occupancy"),
        pytest.param("研发投入强度达⟦2.5%⟧。", ("LEVEL", 2.5), id="named-rate-intensity"),
        pytest.param("全市出口同比增长⟦6.8%⟧。", ("GROWTH_YOY", 6.8), id="growth-yoy"),
        pytest.param("全市出口增长⟦6.8%⟧。", ("GROWTH_YOY", 6.8), id="growth-without-a-base-is-yoy"),
        pytest.param("全市出口比上年增长⟦6.8%⟧。", ("GROWTH_YOY", 6.8), id="growth-on-last-year"),
        pytest.param("全市出口较上年同期增长⟦6.8%⟧。", ("GROWTH_YOY", 6.8), id="growth-on-same-period"),
        pytest.param("全市出口增速为⟦6.8%⟧。", ("GROWTH_YOY", 6.8), id="growth-as-a-noun"),
        pytest.param("全市出口下降⟦12.6%⟧。", ("GROWTH_YOY", -12.6), id="fall-is-negative"),
        pytest.param("全市出口同比减少⟦12.6%⟧。", ("GROWTH_YOY", -12.6), id="fewer-is-negative"),
        pytest.param("全市出口降幅为⟦12.6%⟧。", ("GROWTH_YOY", -12.6), id="fall-as-a-noun"),
        pytest.param("全市出口同比上升⟦3%⟧。", ("GROWTH_YOY", 3), id="rise"),
        pytest.param("全市出口增长⟦1.1倍⟧。", ("GROWTH_YOY", 1.1), id="growth-in-times"),
        pytest.param("全市贸易顺差收窄⟦5.6%⟧。", ("GROWTH_YOY", -5.6), id="surplus-narrows-is-negative"),
        pytest.param("9月全市出口环比增长⟦6.8%⟧。", ("GROWTH_QOQ", 6.8), id="growth-qoq"),
        pytest.param("9月全市出口比上月增长⟦6.8%⟧。", ("GROWTH_QOQ", 6.8), id="growth-on-last-month"),
        pytest.param("9月全市消费价格环比下降⟦0.2%⟧。", ("GROWTH_QOQ", -0.2), id="fall-qoq"),
        pytest.param("五年来，全市出口年均增长⟦6.8%⟧。", ("GROWTH_AVG", 6.8), id="growth-a-year-on-average"),
        pytest.param("全市出口两年平均增长⟦6.8%⟧。", ("GROWTH_AVG", 6.8), id="two-year-average"),
        pytest.param("2023年全市出口比2019年增长⟦6.8%⟧。", ("GROWTH_BASE", 6.8), id="growth-on-a-named-base"),
        pytest.param(
            "2023年1—9月全市出口比2019年同期增长⟦6.8%⟧。",
            ("GROWTH_BASE", 6.8),
            id="growth-on-a-named-bases-same-period",
        ),
        pytest.param("全市贷款余额比年初增长⟦6.8%⟧。", ("GROWTH_BASE", 6.8), id="growth-on-the-years-start"),
        pytest.param("全市贷款余额较年初增长⟦6.8%⟧。", ("GROWTH_BASE", 6.8), id="growth-on-the-years-start-jiao"),
        pytest.param(
            "十年间，全市出口增长⟦1.3倍⟧。",
            ("GROWTH_BASE", 1.3),
            id="growth-over-ten-years",
        ),
        pytest.param("单位GDP能耗五年累计下降⟦12%⟧。", ("GROWTH_BASE", -12), id="fall-over-five-years"),
        pytest.param("全市贷款余额比年初增加⟦12亿元⟧。", ("CHANGE", 12e8), id="change-on-the-years-start"),
        pytest.param("全市贷款同比多增⟦12亿元⟧。", ("CHANGE", 12e8), id="change-more-than-last-year"),
        pytest.param("全市贷款同比少增⟦12亿元⟧。", ("CHANGE", -12e8), id="change-less-than-last-year"),
        pytest.param("全市新增贷款⟦12亿元⟧。", ("CHANGE", 12e8), id="new-loans"),
        pytest.param("全市出口增加⟦12亿元⟧。", ("CHANGE", 12e8), id="amount-more"),
        pytest.param("全市出口减少⟦12亿元⟧。", ("CHANGE", -12e8), id="amount-less"),
        pytest.param("求职者中，当场签约的不足⟦三成⟧。", ("SHARE", 30), id="those-who"),
        pytest.param("林草覆盖度要从目前的⟦37%⟧提高。", ("LEVEL", 37), id="what-it-is-now"),
        pytest.param("城镇新增就业超过全年任务的⟦七成⟧。", ("COMPLETION", 70), id="more-than-a-part-of-the-task"),
        pytest.param("水库坝高⟦105米⟧。", ("LEVEL", 105), id="a-height-is-no-change"),
        pytest.param("水位比去年高⟦2米⟧。", ("CHANGE", 2), id="higher-than-it-was"),
        pytest.param("全市常住人口净增⟦1.2万人⟧。", ("CHANGE", 12_000), id="net-more"),
        pytest.param("企业亏损额减少⟦1.2亿元⟧。", ("CHANGE", -1.2e8), id="losses-less-is-negative"),
        pytest.param("企业亏损⟦0.6亿元⟧。", ("LEVEL", 0.6e8), id="losses-are-a-positive-level"),
        pytest.param("全市出口增速回落⟦0.3个百分点⟧。", ("CHANGE", -0.3), id="growth-slows"),
        pytest.param("全市出口增速提高⟦0.3个百分点⟧。", ("CHANGE", 0.3), id="growth-quickens"),
        pytest.param("全市出口降幅收窄⟦2.1个百分点⟧。", ("CHANGE", 2.1), id="fall-narrows-is-positive"),
        pytest.param("全市出口降幅扩大⟦2.1个百分点⟧。", ("CHANGE", -2.1), id="fall-widens-is-negative"),
        pytest.param("民营企业出口占比提高⟦1.2个百分点⟧。", ("CHANGE", 1.2), id="share-rises"),
        pytest.param("全市不良贷款率较年初下降⟦0.2个百分点⟧。", ("CHANGE", -0.2), id="rate-falls"),
        pytest.param("信用排名前移⟦4位⟧。", ("CHANGE", 4), id="rank-moves-up"),
        pytest.param("信用排名后移⟦4位⟧。", ("CHANGE", -4), id="rank-moves-down"),
        pytest.param("全市出口增速高于全省⟦1.2个百分点⟧。", ("DIFF", 1.2), id="above-the-province"),
        pytest.param("全市出口增速低于全国⟦1.2个百分点⟧。", ("DIFF", -1.2), id="below-the-nation"),
        pytest.param("全市出口增速快于全省⟦1.2个百分点⟧。", ("DIFF", 1.2), id="faster-than-the-province"),
        pytest.param("全市出口增速比全省高⟦1.2个百分点⟧。", ("DIFF", 1.2), id="compared-with-the-province"),
        pytest.param("全市出口增速比全国低⟦1.2个百分点⟧。", ("DIFF", -1.2), id="compared-with-the-nation"),
        pytest.param("制造业贷款增速快于各项贷款增速⟦1.2个百分点⟧。", ("DIFF", 1.2), id="against-the-areas-own-total"),
        pytest.param("全市地区生产总值增长⟦6.8%⟧，高于全省6%的增速。", ("GROWTH_YOY", 6.8), id="growth-beside-another"),
        pytest.param("全市出口增速高于全省⟦6%⟧的增速。", ("GROWTH_YOY", 6), id="growth-of-the-province-itself"),
        pytest.param("民营企业出口占全市出口总额的⟦80%⟧。", ("SHARE", 80), id="share-of"),
        pytest.param("民营企业出口占比达⟦80%⟧。", ("SHARE", 80), id="share-by-noun"),
        pytest.param("民营企业出口比重为⟦80%⟧。", ("SHARE", 80), id="share-by-bizhong"),
        pytest.param("税收收入占一般公共预算收入比重为⟦80%⟧。", ("SHARE", 80), id="tax-share-said-with-zhan"),
        pytest.param("税收收入占一般公共预算收入的比重达⟦80%⟧。", ("SHARE", 80), id="tax-share-said-with-the-share-of"),
        pytest.param("R&D经费支出占GDP比重达⟦2.5%⟧。", ("SHARE", 2.5), id="intensity-said-with-zhan"),
        pytest.param("税比⟦66.9%⟧。", ("LEVEL", 66.9), id="named-rate-tax"),
        pytest.param("全市出口完成年度目标的⟦80%⟧。", ("COMPLETION", 80), id="completion-of-a-target"),
        pytest.param("全市一般公共预算收入完成预算的⟦80%⟧。", ("COMPLETION", 80), id="completion-of-a-budget"),
        pytest.param("全市财政收入2亿元，占年预算9亿元的⟦22%⟧。", ("COMPLETION", 22), id="share-of-a-budget"),
        pytest.param("全市一般公共预算收入为预算的⟦80%⟧。", ("COMPLETION", 80), id="of-the-budget"),
        pytest.param("全市完成投资12亿元，占年度计划的⟦80%⟧。", ("COMPLETION", 80), id="share-of-a-plan"),
        pytest.param("全市支出进度⟦80%⟧。", ("COMPLETION", 80), id="progress-of-spending"),
        pytest.param("全市出口居全省⟦第5⟧。", ("RANK", 5), id="rank"),
        pytest.param("全市出口增速居全省⟦前三⟧。", ("RANK", 3), id="rank-among-the-first"),
        pytest.param("全市出口增速列全国⟦后10位⟧。", ("RANK", 10), id="rank-among-the-last"),
        pytest.param("全市出口是2019年的⟦1.2倍⟧。", ("MULTIPLE", 1.2), id="times-another"),
        pytest.param("全市出口⟦翻一番⟧。", ("MULTIPLE", 2), id="doubles"),
        pytest.param("全市接待游客恢复至2019年同期的⟦95%⟧。", ("MULTIPLE", 95), id="recovered-to"),
        pytest.param(
            "生猪存栏为正常保有量的⟦103%⟧。",
            ("MULTIPLE", 103),
            id="of-a-normal-stock",
            marks=pytest.mark.xfail(strict=True, reason="read as a level where no level of the stock stands before"),
        ),
        pytest.param("全市生猪存栏30万头，为正常保有量的⟦103%⟧。", ("MULTIPLE", 103), id="stated-of-a-normal-stock"),
        pytest.param("工业拉动全市经济增长⟦1.2个百分点⟧。", ("CONTRIBUTION", 1.2), id="pulls-points"),
        pytest.param("工业对经济增长的贡献率为⟦40%⟧。", ("CONTRIBUTION", 40), id="contribution-rate"),
        pytest.param("食品价格下拉CPI约⟦0.2个百分点⟧。", ("CONTRIBUTION", -0.2), id="pulls-down-points"),
        pytest.param("从环比看，鸡蛋价格下降⟦2.6%⟧。", ("GROWTH_QOQ", -2.6), id="fall-in-a-clause-of-qoq"),
        pytest.param("鲜菜涨价占CPI总涨幅的约⟦七成⟧。", ("SHARE", 70), id="share-of-a-growth"),
        pytest.param("多个县GDP增速低于⟦4%⟧。", ("GROWTH_YOY", 4), id="growth-below-a-threshold-is-positive"),
        pytest.param("去年，全市新增减税降费⟦16亿元⟧。", ("LEVEL", 16e8), id="taxes-cut-anew-are-each-years-own"),
        pytest.param("去年，全市减少贫困人口⟦1.2万人⟧。", ("CHANGE", -12_000), id="fewer-people"),
        pytest.param("去年，全市削减化学需氧量⟦1200吨⟧。", ("CHANGE", -1200), id="cut"),
        pytest.param("机组利用小时数同比增长⟦180小时⟧。", ("CHANGE", 180), id="hours-more"),
        pytest.param("2015年至2023年，全市出口平均增速⟦9%⟧。", ("GROWTH_AVG", 9), id="average-growth-as-a-noun"),
        pytest.param("“十三五”时期，全市旅游收入年均增速为⟦13%⟧。", ("GROWTH_AVG", 13), id="yearly-average-as-a-noun"),
        pytest.param("全市出口下降3%，比上年收窄⟦2个百分点⟧。", ("CHANGE", 2), id="narrower-than-the-fall-just-told"),
        pytest.param("全市出口下降3%，比上年扩大⟦2个百分点⟧。", ("CHANGE", -2), id="wider-than-the-fall-just-told"),
        pytest.param("全市出口增长8%，超过全国平均水平⟦1.9个百分点⟧。", ("DIFF", 1.9), id="past-the-nation-s-level"),
        pytest.param("人均收入仅为全省平均水平的⟦72%⟧。", ("MULTIPLE", 72), id="of-the-province-s-average"),
        pytest.param("固定资产投资目标为⟦7.5%⟧。", ("GROWTH_YOY", 7.5), id="an-aim-of-growth"),
        pytest.param("全市出口同比增长⟦12亿元⟧。", ("CHANGE", 12e8), id="growth-by-an-amount"),
        pytest.param("全市出口居全省第5，上升⟦3个位次⟧。", ("CHANGE", 3), id="rank-rises-by-places"),
    ],
)
def test_measure_and_sign(read, text, expected):
    assert read.fields(text, "measure", "value", published="2024-02-29") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "全市出口⟦12亿元⟧，同比增长⟦6.8%⟧，高于全省⟦1.2个百分点⟧，居全省⟦第2位⟧。",
            ["LEVEL", "GROWTH_YOY", "DIFF", "RANK"],
            id="the-plain-statement",
        ),
        pytest.param("全市出口、进口同比分别增长⟦5%⟧、⟦6%⟧。", ["GROWTH_YOY"] * 2, id="cue-runs-on-over-a-list"),
        pytest.param(
            "9月，出口、进口环比分别下降⟦5%⟧和⟦6%⟧。", ["GROWTH_QOQ"] * 2, id="another-cue-runs-on-over-a-list"
        ),
        pytest.param("增速分别高于全国、全省⟦1.2个⟧、⟦0.5个百分点⟧。", ["DIFF"] * 2, id="two-distances"),
        pytest.param(
            "⟦6项⟧指标居全省⟦前三⟧、⟦3项⟧居全省⟦第一⟧。", ["LEVEL", "RANK", "LEVEL", "RANK"], id="counts-of-ranks"
        ),
        pytest.param("城镇化率由⟦58.2%⟧提高到⟦60.2%⟧。", ["LEVEL"] * 2, id="from-to"),
        pytest.param("三次产业结构为⟦10.1⟧∶⟦42.3⟧∶⟦47.6⟧。", ["SHARE"] * 3, id="proportion"),
        pytest.param(
            "去年，新增规上工业企业⟦26家⟧、高新技术企业⟦18家⟧。", ["CHANGE"] * 2, id="newly-added-runs-on-over-a-list"
        ),
        pytest.param(
            "全市企业从⟦42家⟧增加到⟦630家⟧，增长⟦14倍⟧。", ["LEVEL", "LEVEL", "GROWTH_BASE"], id="growth-behind-from-to"
        ),
        pytest.param("去年，全市减少贫困村⟦35个⟧、贫困户⟦1200户⟧。", ["CHANGE"] * 2, id="fewer-runs-on-over-a-list"),
    ],
)
def test_measures_side_by_side(read, text, expected):
    assert read.fields(text, "measure") == expected


def test_fall_gives_its_sign_to_a_whole_list(read):
    text = "9月，出口、进口同比分别下降⟦5%⟧和⟦6%⟧。"
    assert read.fields(text, "value") == [-5, -6]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("全市力争出口增长⟦8%⟧。", ["target"], id="strive"),
        pytest.param("全市出口增长目标为⟦8%⟧。", ["target"], id="target"),
        pytest.param("今年计划完成投资⟦12亿元⟧。", ["target"], id="plan"),
        pytest.param("去年全市出口增长⟦6.8%⟧，今年目标增长⟦7%⟧。", ["actual", "target"], id="target-before-its-verb"),
        pytest.param("预计全年出口⟦12亿元⟧。", ["target"], id="expect"),
        pytest.param("打造⟦百亿⟧产业集群。", ["target"], id="build"),
        pytest.param("到2025年，全市出口达到⟦12亿元⟧。", ["target"], id="by-a-year-to-come"),
        pytest.param("今年将新建学校⟦3所⟧。", ["target"], id="will"),
        pytest.param("全市确保出口增长⟦8%⟧。", ["target"], id="ensure"),
        pytest.param("去年全市出口增长⟦8%⟧。", ["actual"], id="plain-past"),
        pytest.param("全市出口完成年度目标的⟦80%⟧。", ["actual"], id="completion-is-actual"),
        pytest.param("去年出口⟦12亿元⟧；今年力争出口⟦15亿元⟧。", ["actual", "target"], id="aim-begins-with-its-clause"),
        pytest.param("今年力争出口⟦15亿元⟧。去年出口⟦12亿元⟧。", ["target", "actual"], id="aim-ends-with-its-sentence"),
        pytest.param(
            "今年力争出口⟦15亿元⟧；去年出口⟦12亿元⟧。", ["target", "actual"], id="aim-ends-with-its-statement"
        ),
        pytest.param(
            "到2025年，全市出口由2020年的⟦48亿元⟧提高到⟦60亿元⟧。",
            ["actual", "target"],
            id="base-inside-an-aim-is-actual",
        ),
        pytest.param("价格涨幅控制在⟦5%以内⟧的目标。", ["target"], id="limit-in-an-actual-clause"),
    ],
)
def test_status(read, text, expected):
    assert read.fields(text, "status") == expected


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        pytest.param("全市出口居全国⟦第5⟧。", "scope", ["100000"], id="scope-nation"),
        pytest.param("全市出口居全省⟦第2位⟧。", "scope", ["330000"], id="scope-province"),
        pytest.param("全市出口增速高于全省⟦1.2个百分点⟧。", "reference", ["330000"], id="reference-province"),
        pytest.param(
            "增速分别高于全国、全省⟦1.2个⟧、⟦0.5个百分点⟧。",
            "reference",
            ["100000", "330000"],
            id="references-in-order",
        ),
        pytest.param("2023年全市出口比2019年增长⟦6.8%⟧。", "reference", ["2019"], id="reference-period"),
    ],
)
def test_scope_and_reference(read, text, field, expected):
    assert read.fields(text, field) == expected


def test_average_that_is_expected_is_an_average(read):
    text = "2021年至2025年，全市生产总值预计年均增长⟦6.5%⟧。"

    assert read.fields(text, "measure", "status") == [("GROWTH_AVG", "target")]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        pytest.param("新增创新平台⟦83个⟧、总数达⟦256个⟧。", [("CHANGE", 83), ("LEVEL", 256)], id="total-reached"),
        pytest.param("断面同比增加⟦6个⟧达到⟦41个⟧。", [("CHANGE", 6), ("LEVEL", 41)], id="level-reached"),
        pytest.param("规模工业增加值增速一度跌到⟦6.1%⟧。", [("GROWTH_YOY", 6.1)], id="growth-that-fell-to"),
        pytest.param(
            "接待游客⟦1.2万人次⟧，仅相当于2007年的⟦三分之二⟧。",
            [("LEVEL", 12_000), ("MULTIPLE", 66.6667)],
            id="only-as-much-as",
        ),
    ],
)
def test_level_behind_a_change(read, text, readings):
    assert read.fields(text, "measure", "value") == readings


def test_sex_ratio_of_a_census_counts_points(read):
    text = "女性人口⟦5.5万人⟧。总人口性别比（以女性为100，男性对女性的比例）由2010年的⟦106.98⟧下降为⟦101.77⟧。"

    assert read.fields(text, "unit") == ["PERSONS", "POINTS", "POINTS"]


def test_multiple_between_incomes_counts_times(read):
    assert read.fields("居民收入最高最低倍差从2013年的⟦1.76⟧缩小到⟦1.61⟧。", "unit") == ["TIMES", "TIMES"]
