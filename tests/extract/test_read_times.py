"""Time words are recognised with their span and resolved to a period (OBSERVATION.md 1 and 2, Period).

Articles are of 29 February 2024 where nothing else is said.
"""

import pytest

REST = "，全市实现外贸进出口总额12亿元。"


def _period(read, marked, **facts):
    (readings,) = read.marked(marked, role="time", **facts)
    assert len(readings) == 1, f"no time word with this span in {marked!r}: {read(marked.translate(STRIP), **facts)}"
    return readings[0].period


STRIP = str.maketrans("", "", "⟦⟧")


@pytest.mark.parametrize(
    ("word", "period"),
    [
        pytest.param("2023年", "2023", id="year"),
        pytest.param("２０２３年", "2023", id="year-full-width"),
        pytest.param("二〇二三年", "2023", id="year-chinese"),
        pytest.param("二○二三年", "2023", id="year-chinese-circle"),
        pytest.param("2023年度", "2023", id="year-niandu"),
        pytest.param("2023年全年", "2023", id="whole-year"),
        pytest.param("2023年一季度", "2023-Q1", id="quarter"),
        pytest.param("2023年第三季度", "2023-Q3", id="quarter-ordinal"),
        pytest.param("2023年四季度", "2023-Q4", id="quarter-four"),
        pytest.param("2023年上半年", "2023-S1", id="first-half"),
        pytest.param("2023年下半年", "2023-S2", id="second-half"),
        pytest.param("2023年前三季度", "2023-01/2023-09", id="first-three-quarters"),
        pytest.param("2023年前两个季度", "2023-S1", id="first-two-quarters-are-the-half"),
        pytest.param("2023年1—9月", "2023-01/2023-09", id="months-1-9"),
        pytest.param("2023年1-9月", "2023-01/2023-09", id="months-1-9-hyphen"),
        pytest.param("2023年1至9月", "2023-01/2023-09", id="months-1-9-zhi"),
        pytest.param("2023年1～9月份", "2023-01/2023-09", id="months-1-9-wave"),
        pytest.param("2023年1—3月", "2023-Q1", id="months-1-3-are-the-quarter"),
        pytest.param("2023年1—6月", "2023-S1", id="months-1-6-are-the-half"),
        pytest.param("2023年1—12月", "2023", id="months-1-12-are-the-year"),
        pytest.param("2023年1—8月", "2023-01/2023-08", id="other-spans-of-months"),
        pytest.param("2023年前8个月", "2023-01/2023-08", id="first-n-months"),
        pytest.param("2023年前八个月", "2023-01/2023-08", id="first-n-months-chinese"),
        pytest.param("2023年10月", "2023-10", id="month"),
        pytest.param("2023年10月份", "2023-10", id="month-fen"),
        pytest.param("2023年十月", "2023-10", id="month-chinese"),
        pytest.param("2023年10月18日", "2023-10-18", id="day"),
        pytest.param("2023年十月十八日", "2023-10-18", id="day-chinese"),
        pytest.param("2023-10-18", "2023-10-18", id="day-iso"),
        pytest.param("2023年9月29日至10月6日", "2023-09-29/2023-10-06", id="days-over-two-months"),
        pytest.param("2023年10月1日至6日", "2023-10-01/2023-10-06", id="days-of-one-month"),
        pytest.param("2021—2025年", "2021/2025", id="years"),
        pytest.param("2021年至2025年", "2021/2025", id="years-said-twice"),
        pytest.param("“十四五”期间", "2021/2025", id="plan-14"),
        pytest.param("“十三五”时期", "2016/2020", id="plan-13"),
        pytest.param("“十四五”以来", "2021/2025", id="plan-since"),
        pytest.param("“十四五”末", "2025", id="plan-end"),
        pytest.param("2023年末", "2023", id="stock-at-the-years-end"),
        pytest.param("2023年底", "2023", id="stock-at-the-years-bottom"),
        pytest.param("2023年9月末", "2023-09", id="stock-at-a-months-end"),
        pytest.param("2023年9月底", "2023-09", id="stock-at-a-months-bottom"),
        pytest.param("2023年一季度末", "2023-Q1", id="stock-at-a-quarters-end"),
        pytest.param("2023年三季度末", "2023-Q3", id="stock-at-a-third-quarters-end"),
        pytest.param("2015年和2018年之间", "2015/2018", id="between-two-years"),
        pytest.param("2022—2023学年", "2022-09/2023-08", id="school-year"),
        pytest.param("2023—24学年度", "2023-09/2024-08", id="school-year-in-short"),
        pytest.param("2024年元月", "2024-01", id="january-of-a-year"),
        pytest.param("二00四年", "2004", id="year-with-arabic-noughts"),
        pytest.param("二OO四年", "2004", id="year-with-letters-for-noughts"),
        pytest.param("1993-2003", "1993/2003", id="years-without-nian"),
        pytest.param("2023年首月", "2023-01", id="first-month"),
        pytest.param("2023下半年", "2023-S2", id="half-of-a-year-without-nian"),
        pytest.param("2023年头三季度", "2023-01/2023-09", id="first-quarters-by-another-word"),
        pytest.param("2023/2024学年", "2023-09/2024-08", id="school-year-with-a-slash"),
        pytest.param("2023财年", "2023", id="fiscal-year"),
        pytest.param("2022-2023年度", "2022/2023", id="years-of-a-programme"),
        pytest.param("上世纪八九十年代", "1980/1999", id="two-decades"),
        pytest.param("上世纪60至70年代", "1960/1979", id="two-decades-in-digits"),
    ],
)
def test_word_with_a_year_needs_no_publication(read, word, period):
    assert _period(read, f"⟦{word}⟧{REST}") == period
    assert _period(read, f"⟦{word}⟧{REST}", published=None) == period


@pytest.mark.parametrize(
    ("word", "published", "period"),
    [
        pytest.param("今年", "2024-02-29", "2024", id="this-year"),
        pytest.param("去年", "2024-02-29", "2023", id="last-year"),
        pytest.param("前年", "2024-02-29", "2022", id="year-before-last"),
        pytest.param("明年", "2024-02-29", "2025", id="next-year"),
        pytest.param("次年年末", "2024-02-29", "2025", id="the-year-after-where-no-period-rules"),
        pytest.param("今年以来", "2024-08-29", "2024", id="since-this-year-is-the-year"),
        pytest.param("今年一季度", "2024-04-29", "2024-Q1", id="this-years-quarter"),
        pytest.param("去年下半年", "2024-02-29", "2023-S2", id="last-years-half"),
        pytest.param("去年四季度", "2024-02-29", "2023-Q4", id="last-years-quarter"),
        pytest.param("今年1—7月", "2024-08-29", "2024-01/2024-07", id="this-years-months"),
        pytest.param("去年全年", "2024-02-29", "2023", id="last-years-whole"),
        pytest.param("去年末", "2024-02-29", "2023", id="last-years-end"),
        pytest.param("今年前4个月", "2024-05-19", "2024-01/2024-04", id="this-years-first-months"),
        pytest.param("昨日", "2024-03-01", "2024-02-29", id="yesterday-over-a-leap-day"),
        pytest.param("昨天", "2024-01-01", "2023-12-31", id="yesterday-over-the-new-year"),
        pytest.param("今日", "2024-02-29", "2024-02-29", id="today"),
        pytest.param("本月", "2024-02-29", "2024-02", id="this-month"),
        pytest.param("上月", "2024-01-15", "2023-12", id="last-month-over-the-new-year"),
        pytest.param("本季度", "2024-05-15", "2024-Q2", id="this-quarter"),
        pytest.param("上季度", "2024-02-15", "2023-Q4", id="last-quarter-over-the-new-year"),
        pytest.param("上半年", "2024-07-20", "2024-S1", id="half-without-a-year"),
        pytest.param("一季度", "2024-04-20", "2024-Q1", id="quarter-without-a-year"),
        pytest.param("首季", "2024-04-20", "2024-Q1", id="first-quarter-by-another-word"),
        pytest.param("前三季度", "2023-10-27", "2023-01/2023-09", id="three-quarters-without-a-year"),
        pytest.param("1—8月", "2024-09-24", "2024-01/2024-08", id="months-without-a-year"),
        pytest.param("1—11月", "2024-01-04", "2023-01/2023-11", id="months-still-to-come-are-last-years"),
        pytest.param("12月", "2024-01-04", "2023-12", id="month-still-to-come-is-last-years"),
        pytest.param("四季度", "2024-01-24", "2023-Q4", id="quarter-still-to-come-is-last-years"),
        pytest.param("1月29日", "2024-02-29", "2024-01-29", id="day-without-a-year"),
        pytest.param("12月29日", "2024-01-03", "2023-12-29", id="day-still-to-come-is-last-years"),
        pytest.param("目前", "2024-02-29", "2024-02", id="now-is-the-publications-month"),
        pytest.param("截至目前", "2024-02-29", "2024-02", id="until-now-is-the-publications-month"),
        pytest.param(
            "年末",
            "2024-02-29",
            "2023",
            id="years-end-still-to-come-is-last-years",
        ),
        pytest.param(
            "全年",
            "2024-02-29",
            "2023",
            id="whole-year-still-running-is-last-years",
        ),
        pytest.param("10月末", "2023-11-21", "2023-10", id="months-end-without-a-year"),
        pytest.param("6月底前", "2024-02-29", "2024-06", id="deadline-lies-ahead"),
        pytest.param("1月底前", "2023-12-10", "2024-01", id="deadline-in-the-new-year"),
        pytest.param("10月31日前", "2024-02-29", "2024-10-31", id="deadline-on-a-day"),
        pytest.param("年底前", "2024-02-29", "2024", id="deadline-at-the-years-end"),
        pytest.param("上个月下旬", "2024-02-29", "2024-01-21/2024-01-31", id="third-of-last-month"),
        pytest.param("本月中旬", "2024-02-29", "2024-02-11/2024-02-20", id="third-of-this-month"),
        pytest.param("上周末", "2024-02-29", "2024-02-24/2024-02-25", id="last-weekend"),
        pytest.param("周五", "2024-02-29", "2024-03-01", id="weekday-alone"),
        pytest.param("前两年", "2024-02-29", "2022/2023", id="the-two-years-before"),
        pytest.param("今明两年", "2024-02-29", "2024/2025", id="this-year-and-next"),
        pytest.param("元月份", "2024-02-29", "2024-01", id="january-by-another-word"),
        pytest.param("今（29）日", "2024-02-29", "2024-02-29", id="today-with-its-number"),
        pytest.param("昨晚", "2024-03-01", "2024-02-29", id="last-night"),
        pytest.param("上月底", "2024-02-29", "2024-01", id="last-months-end"),
        pytest.param("2月中下旬", "2024-02-29", "2024-02-11/2024-02-29", id="two-thirds-of-a-month"),
        pytest.param("2月10、11日", "2024-02-29", "2024-02-10/2024-02-11", id="two-days"),
        pytest.param("冬至", "2024-01-10", "2023-12-22", id="solar-term-nearest"),
        pytest.param("六一儿童节", "2024-06-02", "2024-06-01", id="festival-with-its-day"),
        pytest.param("七夕", "2023-08-23", "2023-08-22", id="lunar-festival"),
        pytest.param("前两天", "2024-02-29", "2024-02-27/2024-02-28", id="the-two-days-before"),
        pytest.param("前一年", "2024-02-29", "2023", id="the-year-before"),
        pytest.param("3天前", "2024-02-29", "2024-02-26", id="days-ago"),
        pytest.param("两周前", "2024-02-29", "2024-02-12/2024-02-18", id="weeks-ago"),
        pytest.param("三个月前", "2024-02-29", "2023-11", id="months-ago"),
        pytest.param("5年前", "2024-02-29", "2019", id="years-ago"),
        pytest.param("今冬明春", "2024-02-29", "2023-11-08/2024-05-04", id="this-winter-and-spring"),
        pytest.param("今秋", "2024-10-29", "2024-08-07/2024-11-06", id="this-autumn"),
        pytest.param("四月十三", "2021-06-14", "2021-04-13", id="day-in-chinese-without-ri"),
        pytest.param("正月初一到初六", "2024-02-29", "2024-02-10/2024-02-15", id="days-of-the-new-year"),
        pytest.param("农历三月初三到初六", "2024-02-29", "2024-04-11/2024-04-14", id="days-of-a-lunar-month"),
        pytest.param("近五年", "2024-03-20", "2019-03-20/2024-03-20", id="years-up-to-now"),
        pytest.param("最近一周", "2024-03-20", "2024-03-13/2024-03-20", id="week-up-to-now"),
        pytest.param("未来三天", "2024-03-20", "2024-03-20/2024-03-23", id="days-to-come"),
        pytest.param("今后五年", "2024-03-20", "2024/2028", id="years-to-come"),
        pytest.param("三年内", "2024-03-20", "2024-03-20/2027-03-20", id="within-years"),
        pytest.param("去年这时候", "2024-02-29", "2023", id="this-time-last-year"),
        pytest.param("截至现在", "2024-02-29", "2024-02", id="until-now-by-another-word"),
        pytest.param("同一天", "2024-02-29", "2024-02-29", id="that-same-day"),
        pytest.param("12月单月", "2024-02-29", "2023-12", id="a-month-by-itself"),
        pytest.param("9月当月", "2024-02-29", "2023-09", id="a-month-told-again"),
        pytest.param("去年11月投产以来", "2024-02-29", "2023-11/2024-02", id="since-it-began-to-produce"),
        pytest.param("2月5日开馆以来", "2024-02-29", "2024-02-05/2024-02-29", id="since-the-day-it-opened"),
        pytest.param("2月5日以来", "2024-02-29", "2024-02-05/2024-02-29", id="since-a-day"),
        pytest.param("2021年结对以来", "2024-02-29", "2021/2024", id="since-a-year-s-event"),
    ],
)
def test_relative_word_goes_by_the_publication(read, word, published, period):
    assert _period(read, f"⟦{word}⟧{REST}", published=published) == period


@pytest.mark.parametrize(
    "word",
    ["今年", "去年", "昨日", "本月", "一季度", "1月29日", "截至目前", "春节假期"],
)
def test_relative_word_without_a_publication_cannot_be_told(read, word):
    assert _period(read, f"⟦{word}⟧{REST}", published=None) is None


@pytest.mark.parametrize(
    ("word", "published", "period"),
    [
        pytest.param("2024年春节假期", "2024-02-29", "2024-02", id="spring-festival"),
        pytest.param("2023年春节", "2023-02-01", "2023-01", id="spring-festival-in-january"),
        pytest.param("春节期间", "2024-02-29", "2024-02", id="spring-festival-without-a-year"),
        pytest.param("国庆假期", "2024-10-11", "2024-10", id="national-day"),
        pytest.param("“五一”假期", "2023-05-04", "2023-05", id="labour-day"),
        pytest.param("“五一”黄金周", "2006-05-09", "2006-05", id="golden-week"),
        pytest.param("清明假期", "2024-04-08", "2024-04", id="tomb-sweeping"),
        pytest.param("大年初九", "2024-02-29", "2024-02-18", id="day-of-the-lunar-year"),
        pytest.param("正月初八", "2024-02-29", "2024-02-17", id="day-of-the-first-lunar-month"),
        pytest.param("除夕", "2024-02-29", "2024-02-09", id="lunar-new-years-eve"),
        pytest.param("元旦", "2024-01-05", "2024-01-01", id="new-years-day"),
        pytest.param("元旦后", "2024-01-20", "2024-01", id="days-after-a-holiday-are-the-month"),
        pytest.param("元旦假期", "2024-01-05", "2024-01", id="holiday-of-a-one-day-festival"),
        pytest.param("中秋节期间", "2023-10-08", "2023-09", id="days-around-a-one-day-festival"),
        pytest.param("端午节小长假", "2023-06-26", "2023-06", id="long-weekend"),
        pytest.param("国庆节当天", "2023-10-08", "2023-10-01", id="the-day-itself"),
        pytest.param("“十一”黄金周", "2006-10-09", "2006-10", id="national-day-in-quotes"),
        pytest.param("大年三十", "2024-02-29", "2024-02-09", id="new-years-eve-by-its-day"),
        pytest.param("“双11”期间", "2023-11-15", "2023-11", id="days-around-a-shopping-day"),
    ],
)
def test_holiday(read, word, published, period):
    assert _period(read, f"⟦{word}⟧{REST}", published=published) == period


@pytest.mark.parametrize("word", ["十年间", "10余年来", "近十余年", "未来3至5年", "近几年", "20多年前", "5天里"])
def test_loose_stretch_is_a_time_without_a_period(read, word):
    assert _period(read, f"⟦{word}⟧，全市新建道路12公里。") is None


@pytest.mark.parametrize(
    ("marked", "period"),
    [
        pytest.param("2023年，全市出口12亿元；⟦一季度⟧出口3亿元。", "2023-Q1", id="quarter-of-the-year-in-force"),
        pytest.param("2023年1—9月，全市出口12亿元，其中⟦9月⟧出口3亿元。", "2023-09", id="month-of-the-year-in-force"),
        pytest.param("2023年9月，全市出口12亿元，⟦当月⟧进口3亿元。", "2023-09", id="that-month"),
        pytest.param("2022年，全市出口12亿元，⟦当年⟧进口3亿元。", "2022", id="that-year"),
        pytest.param("2023年出口12亿元，比⟦上年⟧增长3%。", "2022", id="the-year-before-the-one-in-force"),
        pytest.param("2023年1—9月出口12亿元，比⟦上年同期⟧增长3%。", "2022-01/2022-09", id="same-stretch-a-year-before"),
        pytest.param("2023年1—9月出口12亿元，比⟦2019年同期⟧增长3%。", "2019-01/2019-09", id="same-stretch-of-a-year"),
        pytest.param("2月18日出口12亿元，⟦次日⟧出口3亿元。", "2024-02-19", id="the-day-after"),
        pytest.param("2022年，全市出口12亿元，⟦次年⟧出口13亿元。", "2023", id="the-year-after"),
        pytest.param("今年和⟦明年⟧计划出口12亿元。", "2025", id="next-year-beside-this-year"),
    ],
)
def test_word_that_goes_by_the_period_in_force(read, marked, period):
    assert _period(read, marked) == period


@pytest.mark.parametrize("text", ["达产后年产值20亿元。", "近年来年均增长5%。"])
def test_year_inside_other_words_is_no_time(read, text):
    assert [m.role for m in read(text)] == ["quantity"]


@pytest.mark.parametrize("marked", ["每年⟦3月12日⟧植树。", "每月⟦5日⟧发放。", "每⟦周一⟧发车。"])
def test_what_recurs_has_no_period(read, marked):
    assert _period(read, marked) is None


@pytest.mark.parametrize(
    ("marked", "period"),
    [
        ("⟦08年⟧建成。", "2008"),
        ("⟦九八年⟧建成。", "1998"),
        ("⟦98年⟧夏建成。", "1998"),
        ("⟦五八年前七个月⟧", "1958-01/1958-07"),
    ],
)
def test_year_in_short(read, marked, period):
    assert _period(read, marked) == period


def test_years_that_share_their_word_are_listed(read):
    assert read.fields("2021、2022年出口分别为⟦1亿元⟧、⟦2亿元⟧。", "period") == ["2021", "2022"]


def test_year_in_brackets_is_a_time(read):
    assert _period(read, "（⟦1989⟧）京字文") == "1989"


def test_day_with_its_hours_governs(read):
    assert read.fields("2月1日0时至24时，新增病例⟦5例⟧。", "period") == ["2024-02-01"]


def test_plan_in_single_quotes_ends_with_its_word(read):
    assert _period(read, "‘⟦十三五’时期⟧，新增高速公路31公里。") == "2016/2020"


def test_stretch_up_to_now_dates_no_figure(read):
    assert read.fields("近五年，全市新建道路⟦12公里⟧。", "period") == [None]


@pytest.mark.parametrize("text", ["⟦一⟧、⟦二季度⟧产值较高。", "第⟦三⟧、四季度产值较高。"])
def test_quarters_that_share_their_word_are_read_singly(read, text):
    marked = text.replace("第⟦三⟧", "⟦第三⟧")
    assert all(len(readings) == 1 and "-Q" in readings[0].period for readings in read.marked(marked, role="time"))


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("全市⟦两年平均⟧增长5.1%。", id="average"),
        pytest.param("⟦五年⟧累计投入3亿元。", id="sum-of-years"),
        pytest.param("大会上午⟦9时⟧开始。", id="time-of-day"),
        pytest.param("⟦5天里⟧接待游客3万人次。", id="days-that-date-a-figure"),
        pytest.param("大会⟦9点半⟧开始。", id="half-past"),
        pytest.param("大会于⟦13∶30⟧开始。", id="ratio-sign-in-a-time-of-day"),
        pytest.param("2月5日⟦13：00⟧，大会开始。", id="full-width-colon-in-a-time-of-day"),
        pytest.param("每天⟦8：30⟧—17：30开放。", id="hours-of-opening"),
        pytest.param("4月1日⟦零时⟧起实行。", id="midnight"),
        pytest.param("大会上午⟦9点⟧开始。", id="oclock-behind-a-part-of-the-day"),
        pytest.param("展厅9点到⟦17点⟧开放。", id="oclock-behind-another"),
        pytest.param("⟦周末两天⟧接待游客9万人次。", id="weekend"),
        pytest.param("本周⟦前三天⟧发送旅客9万人次。", id="first-days-of-a-week"),
        pytest.param("⟦三年内⟧建成园区9个。", id="years-within-which"),
    ],
)
def test_word_that_dates_but_is_no_quantity(read, marked):
    _period(read, marked)
    assert "3" not in {m.quote for m in read.quantities(marked.translate(STRIP))}


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("企业连续⟦3年⟧盈利。", id="length-in-a-row"),
        pytest.param("工程提前⟦两个月⟧完工。", id="length-ahead"),
        pytest.param("通关时间压缩至⟦31.5小时⟧。", id="measured-time"),
        pytest.param("合作期限为⟦3年左右⟧。", id="open-end"),
        pytest.param("优良天数⟦325天⟧。", id="counted-days"),
        pytest.param("材料齐全的，⟦17天⟧内办结。", id="length-within-which"),
        pytest.param("时限压减到⟦28天以内⟧，提速明显。", id="limit"),
        pytest.param("为⟦60岁以上⟧老人体检。", id="ages"),
    ],
)
def test_length_that_is_the_statement_is_a_quantity(read, marked):
    (readings,) = read.marked(marked)
    assert [m.role for m in readings] == ["quantity"]


@pytest.mark.parametrize("text", ["2023年2月30日", "2023年13月", "0年0月0日", "9999年", "32月45日", "2023年0季度"])
def test_dates_that_no_calendar_has_raise_nothing(read, text):
    for mention in read(f"{text}，全市出口12亿元。"):
        assert mention.quote


@pytest.mark.parametrize("text", ["全市产茶，其中秋茶3万吨。", "全市揽收快件，次日达3万件。"])
def test_day_inside_other_words_is_no_time(read, text):
    assert [m.role for m in read(text)] == ["quantity"]


@pytest.mark.parametrize(
    "marked", ["⟦7月⟧、8月、9月出口较多。", "7月、⟦8月⟧、9月出口较多。", "7月、8月和⟦9月⟧出口较多。"]
)
def test_months_of_a_longer_list_are_read_singly(read, marked):
    assert _period(read, marked) in {"2023-07", "2023-08", "2023-09"}


def test_two_months_are_one_stretch(read):
    assert _period(read, "⟦7月、8月⟧出口较多。") == "2023-07/2023-08"


def test_since_a_plan_reaches_the_publication(read):
    assert _period(read, f"⟦“十二五”以来⟧{REST}", published="2017-03-01") == "2011/2017"
    assert _period(read, f"⟦“十二五”期间⟧{REST}", published="2017-03-01") == "2011/2015"
