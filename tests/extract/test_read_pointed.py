"""Dates that are pointed at (weeks, seasons, lunar days, decades, so long from now) and stretches between two."""

from datetime import date
from itertools import pairwise

import pytest

from qzetl.extract.lunar import season_of


def period(read, text, published):
    ((mention,),) = read.marked(text, role="time", published=published)
    return mention.period


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("⟦上上周⟧召开。", "2021-05-31/2021-06-06", id="week-before-last"),
        pytest.param("⟦下周周六⟧召开。", "2021-06-26", id="weekday"),
        pytest.param("⟦上周星期三到这周二⟧召开。", "2021-06-09/2021-06-15", id="weekdays"),
        pytest.param("⟦上一周⟧召开。", "2021-06-07/2021-06-13", id="last-week"),
        pytest.param("⟦3月第三周⟧召开。", "2021-03-15/2021-03-21", id="week-of-a-month"),
        pytest.param("⟦八月份的第一个周二⟧召开。", "2021-08-03", id="weekday-of-a-month"),
        pytest.param("⟦今年第三十七个星期⟧召开。", "2021-09-13/2021-09-19", id="week-of-a-year"),
        pytest.param("⟦4周后⟧召开。", "2021-07-12/2021-07-18", id="weeks-from-now"),
        pytest.param("⟦20天后⟧召开。", "2021-07-04", id="days-from-now"),
        pytest.param("⟦一年半后⟧召开。", "2022-12", id="year-and-a-half-from-now"),
        pytest.param("⟦本月十日⟧召开。", "2021-06-10", id="day-of-this-month"),
        pytest.param("⟦后天⟧召开。", "2021-06-16", id="in-two-days"),
        pytest.param("⟦大前天⟧召开。", "2021-06-11", id="three-days-ago"),
        pytest.param("⟦这个月前两天⟧召开。", "2021-06-01/2021-06-02", id="first-days"),
        pytest.param("⟦6月中旬⟧召开。", "2021-06-11/2021-06-20", id="third-of-a-month"),
        pytest.param("⟦2020年第三个月⟧召开。", "2020-03", id="nth-month"),
        pytest.param("⟦去年四季度初⟧召开。", "2020-10", id="beginning-of-a-quarter"),
        pytest.param("⟦7月1日⟧召开。", "2021-07-01", id="nearest-day-lies-ahead"),
        pytest.param("⟦12月20日⟧召开。", "2020-12-20", id="nearest-day-lies-behind"),
        pytest.param("⟦2017年8月15日至2018年3月29日⟧召开。", "2017-08-15/2018-03-29", id="day-to-day"),
        pytest.param("⟦2014年11月到去年3月⟧召开。", "2014-11/2020-03", id="month-to-month"),
        pytest.param("⟦去年12月到3月⟧召开。", "2020-12/2021-03", id="year-taken-over-and-passed"),
        pytest.param("⟦去年春节到元宵节⟧召开。", "2020-01-25/2020-02-08", id="holiday-to-holiday"),
        pytest.param("⟦2018年12月九号到十五号⟧召开。", "2018-12-09/2018-12-15", id="days-in-chinese"),
        pytest.param("⟦上世纪80年代⟧建成。", "1980/1989", id="decade"),
        pytest.param("⟦十九世纪七十年代⟧建成。", "1870/1879", id="decade-in-chinese"),
        pytest.param("⟦20世纪90年代末⟧建成。", "1997/1999", id="end-of-a-decade"),
        pytest.param("⟦18世纪⟧建成。", "1700/1799", id="century"),
        pytest.param("⟦民国20年⟧建成。", "1931", id="republic"),
        pytest.param("⟦光绪元年⟧建成。", "1875", id="reign"),
        pytest.param("⟦2021年春⟧建成。", "2021-02-03/2021-05-04", id="season"),
        pytest.param("⟦芒种⟧，农忙。", "2021-06-05", id="solar-term"),
        pytest.param("⟦2024年冬至⟧，农闲。", "2024-12-21", id="solar-term-of-a-year"),
        pytest.param("⟦农历正月十一⟧开市。", "2021-02-22", id="lunar-day"),
        pytest.param("⟦大年初十⟧开市。", "2021-02-21", id="day-of-the-new-year"),
        pytest.param("⟦明年腊月⟧开市。", "2022-12-23/2023-01-21", id="lunar-month"),
        pytest.param("⟦闰六月⟧开市。", None, id="leap-month-that-is-not"),
        pytest.param("⟦明年母亲节⟧开市。", "2022-05-08", id="weekday-festival"),
        pytest.param("⟦去年中秋⟧开市。", "2020-10-01", id="lunar-festival"),
    ],
)
def test_pointed_date(read, text, expected):
    assert period(read, text, "2021-06-14") == expected


@pytest.mark.parametrize("text", ["⟦上世纪80年代⟧建成。", "⟦民国20年⟧建成。"])
def test_what_names_its_year_needs_no_publication(read, text):
    assert period(read, text, None) is not None


@pytest.mark.parametrize(
    "text",
    ["2月20日（农历正月十一），全市开工项目⟦36个⟧。", "2月20日，全市开工项目⟦36个⟧，力争半年后建成。"],
)
def test_pointed_date_governs_no_figure(read, text):
    assert read.fields(text, "period", published="2024-02-29") == ["2024-02-20"]


def test_every_lunar_year_of_the_table_joins_the_next(lexicon):
    table = lexicon.lunar_years
    for year in range(min(table), max(table)):
        this = table[year]
        end = this.first.toordinal() + sum(this.lengths)
        assert date.fromordinal(end) == table[year + 1].first


def test_leap_month_stands_behind_its_month(lexicon):
    year = lexicon.lunar_years[2020]
    assert str(year.month(4, leap=True)) == "2020-05-23/2020-06-20"
    assert str(year.month(5)) == "2020-06-21/2020-07-20"
    assert year.month(6, leap=True) is None
    assert year.day(4, 31) is None


def test_seasons_of_a_year_join(lexicon):
    table = lexicon.lunar_years
    seasons = [season_of(name, 2021, table) for name in "春夏秋冬"]
    assert all((b.first - a.last).days == 1 for a, b in pairwise(seasons))
    assert season_of("冬", max(table), table) is None
