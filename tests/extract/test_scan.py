"""Numbers in names, slogans and idioms are told from quantities (OBSERVATION.md 1)."""

import re

import pytest

DIGIT_RUNS = re.compile(r"[0-9０-９]")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("打造“五链”融合的产业生态。", id="quoted-slogan"),
        pytest.param("推进“双千计划”。", id="quoted-plan"),
        pytest.param("擦亮“三衢”品牌。", id="quoted-name"),
        pytest.param("衢州是四省边际中心城市。", id="geography"),
        pytest.param("三衢大地春潮涌动。", id="name-of-a-land"),
        pytest.param("出台民营经济32条。", id="numbered-policy"),
        pytest.param("第一、二、三产业较快增长。", id="ordinal-sectors-listed"),
        pytest.param("地处闽粤赣三省交界。", id="where-provinces-meet"),
        pytest.param("全力推进一号改革工程。", id="numbered-programme"),
        pytest.param("第三产业较快增长。", id="ordinal-sector"),
        pytest.param("一产、二产、三产协同发展。", id="short-ordinal-sectors"),
        pytest.param("PM2.5持续下降。", id="particles"),
        pytest.param("PM10持续下降。", id="coarse-particles"),
        pytest.param("创成5A级景区。", id="grade-of-a-scenic-spot"),
        pytest.param("建设5G基站。", id="generation-of-networks"),
        pytest.param("入选全国百强县。", id="list-of-honour"),
        pytest.param("一、农业", id="list-number-chinese"),
        pytest.param("（一）农业", id="list-number-in-brackets"),
        pytest.param("1.农业", id="list-number-with-dot"),
        pytest.param("1．农业", id="list-number-with-full-width-dot"),
        pytest.param("2、工业", id="list-number-with-comma"),
        pytest.param("（2）工业", id="list-number-arabic-in-brackets"),
        pytest.param("①工业", id="list-number-in-a-circle"),
        pytest.param("增速较快[1]。", id="footnote-mark"),
        pytest.param("推进山区26县高质量发展。", id="group-of-counties"),
        pytest.param("对欧盟（27国）出口较快增长。", id="group-of-states"),
        pytest.param("共建“一带一路”。", id="belt-and-road"),
        pytest.param("实施“十百千”工程。", id="quoted-programme"),
        pytest.param("坚持一张蓝图绘到底。", id="figure-of-speech"),
        pytest.param("党的二十大精神落地生根。", id="congress"),
        pytest.param("第七次全国人口普查完成。", id="numbered-census"),
        pytest.param("县第十五届人大会议召开。", id="numbered-session"),
        pytest.param("G60科创走廊建设提速。", id="road-number"),
        pytest.param("320国道改建完工。", id="national-road"),
        pytest.param("咨询电话：0570-3021234。", id="telephone"),
        pytest.param("12345热线全天服务。", id="hotline"),
        pytest.param(
            "文号为浙政发〔2023〕12号。",
            id="document-number",
        ),
        pytest.param("C919大型客机。", id="model-name"),
        pytest.param("高三学生返校。", id="school-year"),
        pytest.param("三农工作。", id="fixed-word"),
        pytest.param("一系列政策落地。", id="a-series"),
        pytest.param("一批项目落地。", id="a-batch"),
        pytest.param("提供一站式服务。", id="one-stop"),
        pytest.param("进一步优化环境。", id="further"),
        pytest.param("独一无二的风景。", id="unique"),
        pytest.param("几十年如一日。", id="decades"),
        pytest.param("这是一个好消息。", id="one-that-means-a"),
        pytest.param("这是一项重要工作。", id="one-item-that-means-a"),
        pytest.param("千方百计稳就业。", id="idiom-of-thousands"),
        pytest.param("万众一心。", id="idiom-of-ten-thousands"),
        pytest.param("四面八方的游客。", id="idiom-of-directions"),
        pytest.param("十分重要。", id="very"),
        pytest.param("一方面稳增长，另一方面调结构。", id="on-one-hand"),
        pytest.param("全市上下统一思想。", id="unite"),
        pytest.param("万一停电。", id="in-case"),
        pytest.param("一定要抓好落实。", id="certainly"),
        pytest.param("总量居全省首位。", id="first-place-in-words"),
        pytest.param("增速居首。", id="first-in-words"),
        pytest.param("增速领跑全省。", id="leading"),
        pytest.param("利润实现两位数增长。", id="two-digit-growth"),
        pytest.param("70个大中城市房价上涨。", id="cities-of-a-national-survey"),
        pytest.param("打造‘四张名片’。", id="slogan-in-single-quotes"),
        pytest.param("每5斤装一箱。", id="base-of-a-rate"),
        pytest.param("总人口性别比（以女性为100）上升。", id="base-of-the-sex-ratio"),
        pytest.param("降雨超过24小时警戒线。", id="line-of-warning"),
    ],
)
def test_name_or_idiom_is_no_quantity(read, text):
    assert [m.quote for m in read.quantities(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("出台民营经济⟦32条⟧。", id="numbered-policy"),
        pytest.param("⟦PM2.5⟧持续下降。", id="particles"),
        pytest.param("对欧盟（⟦27国⟧）出口较快增长。", id="group-of-states"),
        pytest.param("每⟦10万人⟧拥有大学文化程度的人数增加。", id="reference-population"),
    ],
)
def test_digits_inside_a_name_are_a_name(read, spans_of, text):
    plain, ((start, end),) = spans_of(text)

    names = [m for m in read(plain) if m.role == "name" and m.start < end and start < m.end]

    assert all(any(m.start <= at < m.end for m in names) for at in range(start, end) if plain[at].isdigit())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("新增⟦1家⟧上市公司。", id="one-that-is-counted"),
        pytest.param("新增⟦一家⟧上市公司。", id="one-in-chinese-that-is-counted"),
        pytest.param("“⟦3亿元⟧！”现场响起掌声。", id="spoken-quantity"),
        pytest.param("现场有人说：“⟦2.1万人⟧，比去年多。”", id="quantity-in-speech"),
        pytest.param("形成⟦六大⟧产业链。", id="counted-structure"),
        pytest.param("⟦四大⟧产业加快发展。", id="counted-industries"),
        pytest.param("辖⟦7⟧镇⟦8⟧乡。", id="towns-and-townships"),
        pytest.param("⟦36个⟧重点项目开工。", id="counted-projects"),
        pytest.param("第三产业增长⟦5%⟧。", id="sector-beside-a-quantity"),
        pytest.param("PM2.5浓度为⟦28微克/立方米⟧。", id="particles-beside-a-quantity"),
        pytest.param("5A级景区达到⟦3家⟧。", id="grade-beside-a-quantity"),
        pytest.param("每10万人中有⟦1.2万人⟧受过高等教育。", id="reference-population-beside-a-quantity"),
        pytest.param("一是完成投资⟦3亿元⟧。", id="list-word-beside-a-quantity"),
        pytest.param("1.完成投资⟦3亿元⟧。", id="list-number-beside-a-quantity"),
        pytest.param("1．完成投资⟦3亿元⟧。\n2．完成出口⟦2亿元⟧。", id="list-numbers-beside-quantities"),
        pytest.param("推进“千项万亿”工程，完成投资⟦3亿元⟧。", id="slogan-beside-a-quantity"),
        pytest.param("“十四五”期间，完成投资⟦3亿元⟧。", id="plan-beside-a-quantity"),
        pytest.param("2023年1—9月，完成投资⟦3亿元⟧。", id="time-beside-a-quantity"),
        pytest.param("5月1日9时，接待游客⟦3万人次⟧。", id="time-of-day-beside-a-quantity"),
        pytest.param("山区26县新增企业⟦300家⟧。", id="group-of-counties-beside-a-quantity"),
    ],
)
def test_quantity_beside_other_numbers(read, spans_of, text):
    plain, spans = spans_of(text)
    assert [(m.start, m.end) for m in read.quantities(plain)] == spans


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "产量5\n余下的事",
            id="more-behind",
        ),
        pytest.param(
            "共3\n家庭农场",
            id="classifier-behind",
        ),
        pytest.param(
            "增长1\n2亿元",
            id="digits-behind",
        ),
        pytest.param("2023\n年初", id="year-behind"),
        pytest.param("第\n三季度", id="ordinal-behind"),
        pytest.param("5 \n%", id="percent-behind"),
    ],
)
def test_no_mention_goes_over_a_line_break(read, text):
    assert [m.quote for m in read(text) if "\n" in m.quote] == []


@pytest.mark.parametrize(
    "text",
    [
        "2024年2月29日（农历正月二十），第3次会议在5楼召开，3项议题获通过，电话0570-3021234。",
        "民营经济32条、PM2.5、5A级、G60、320国道、欧盟（27国）、1.农业",
        "编号为330800202402290001，车次G7345，型号X1-3，比分3:2，价格3.5/4.5。",
        "增速分别为6.8、6、-5.2％，１２３４５热线；结构10.1∶42.3∶47.6；2×34万千瓦；12:30开始。",
    ],
)
def test_everything_written_with_digits_is_a_mention(read, text):
    covered = {at for m in read(text) for at in range(m.start, m.end)}
    left = [text[max(0, m.start() - 4) : m.end() + 4] for m in DIGIT_RUNS.finditer(text) if m.start() not in covered]
    assert left == []


def test_ratio_s_last_letter_compares_where_a_year_follows(read):
    (both,) = read.marked("城乡居民人均可支配收入比2010年⟦翻一番⟧。")

    assert sorted(m.indicator for m in both) == ["INCOME_PER_CAPITA_RURAL", "INCOME_PER_CAPITA_URBAN"]
    assert read.fields("城乡收入比⟦1.8⟧。", "indicator") == ["INCOME_RATIO_URBAN_RURAL"]
