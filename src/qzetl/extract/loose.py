"""Dates that are pointed at rather than named: weeks, seasons, lunar days, decades, centuries, reigns, days from now.

They are recognised and resolved like all time words, but they govern no figure: statistics are not given by them, and
news dates its figures beside them (2月20日（农历正月十一）). `PATTERN` stands before the other time words in their
pattern; `loose_period` resolves its groups.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from qzetl.extract.lunar import SOLAR_TERMS, LunarYear, season_of
from qzetl.extract.numerals import read_number
from qzetl.extract.periods import Period, day, months, years

__all__ = ["LENGTH", "PATTERN", "Today", "loose_period", "moved", "nearest_day", "nth_weekday", "year_number"]

_N = r"(?:\d{1,3}|[一二两三四五六七八九十百几]{1,5})"
# Seen ahead of a numeral that counts days, weeks, months or years; spares most numerals the trial of all such forms.
LENGTH = r"(?=(?:\d{1,3}+|[一二两三四五六七八九十百几]{1,5}+)[多余]?(?:[年天个周季月]|星期))"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])"
_LUNAR_DAY = (
    r"(?:初(?:[一二三四五六七八九十]|\d)|廿[一二三四五六七八九]?|[二三]?十[一二三四五六七八九]?|[一二三]\d|\d{1,2})"
)
_YEAR = (
    r"(?:(?P<l_year>(?:19|20)\d\d|[一二][九〇零○0OΟ][〇零○0OΟ一二三四五六七八九]{2})年"
    r"|(?P<l_relative>今年|本年|去年|前年|明年|后年))的?"
)
_NOUGHTS = str.maketrans("0OΟ", "〇〇〇")
_EARLY = 3  # the last month of a winter
_WEEKDAY = "[一二三四五六日天]"
_WEEK = rf"第(?P<l_week>{_N})个?(?:周(?![年期岁])|星期|礼拜)(?P<l_weekday>{_WEEKDAY})?"
_PART = r"(?:初期?|前期|早期|中期|中叶|末期?|后期|末叶)"
_TERMS = "|".join(t for t in SOLAR_TERMS if t not in ("小雪", "大雪", "雨水", "清明"))
_ERAS = {
    "民国": 1912, "宣统": 1909, "光绪": 1875, "同治": 1862, "咸丰": 1851, "道光": 1821, "嘉庆": 1796, "乾隆": 1736,
    "雍正": 1723, "康熙": 1662, "顺治": 1644, "万历": 1573, "永乐": 1403, "洪武": 1368,
}  # fmt: skip

_AHEAD_COUNTS = 3  # a day ahead is as likely told of as one three times as long ago

PATTERN: str = "|".join(
    (
        (
            rf"{_YEAR}(?:(?:(?P<l_month>{_MONTH})月份?的?)?{_WEEK}|第(?P<l_nth_month>{_N})个月"
            rf"|(?P<l_term>{_TERMS})|(?P<l_season>[春夏秋冬])(?:季|天)?(?![节耕运晚播茶灌种收粮小熟游])"
            rf"|(?P<l_lunar>(?:农历|阴历)(?P<l_leap>闰)?(?P<l_lm>[正冬腊]|{_MONTH})月(?:(?P<l_ld>{_LUNAR_DAY})[日号]?)?"
            rf"|(?P<l_lm2>[正冬腊])月(?:(?P<l_ld2>{_LUNAR_DAY})[日号]?)?"
            r"|(?P<l_lm3>[一二三四五六七八九十]|十[一二])月(?P<l_ld3>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|十五(?![日号]))))"
        ),
        rf"(?P<l_month2>{_MONTH})月份?的?{_WEEK.replace('<l_', '<l2_')}",
        rf"(?:农历|阴历)(?P<l_leap4>闰)?(?P<l_lm4>[正冬腊]|{_MONTH})月(?:(?P<l_ld4>{_LUNAR_DAY})[日号]?)?",
        rf"(?P<l_leap5>闰)(?P<l_lm5>{_MONTH})月",
        rf"(?P<l_lm6>[正腊])月(?:(?P<l_ld6>{_LUNAR_DAY})[日号]?)?",
        (
            r"(?P<l_lm7>[一二三四五六七八九十]|十[一二])月"
            r"(?P<l_ld7>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|十五(?![日号]))"
        ),
        r"大年(?P<l_new_year>初[二三四五六七八九十])",
        rf"(?P<l_term2>{_TERMS})(?:时节|节气|当天)?(?=[，,。；、！\s到至期以前后]|$)",
        r"(?P<l_season2>[春夏秋冬])季(?=[，,。；、\s]|$)",
        (
            r"(?P<l_relative2>[今去明])(?P<l_season3>[春夏秋冬])(?![节耕运晚播茶灌种收粮小熟游威])"
            r"(?:[今明](?P<l_season_to>春))?"
        ),
        (
            r"(?P<l_cn_month>[一二三四五六七八九十]|十[一二])月(?P<l_cn_day>十[一二三四六七八九]|二十[一二三四五六七八九]?|三十一?)"
            r"(?=[，,。；、！？\s到至]|$)"
        ),
        r"(?<=[至到—-])(?P<l_ld8>初[一二三四五六七八九十])",
        r"(?<![^\n])(?P<l_spaced>(?:19|20)\d\d[ ](?:1[0-2]|0?[1-9])[ ](?:3[01]|[12]\d|0?[1-9]))(?=[ ]?(?:\n|$))",
        (
            r"(?P<l_century>\d{1,2}|[一二]?十[一二三四五六七八九]?|[上本])(?:个)?世纪"
            rf"(?:(?P<l_decade>[一二三四五六七八九]{{1,2}}十|[1-9]0(?:[、至到—-][1-9]0)?)年代)?(?P<l_part>{_PART})?"
        ),
        rf"(?P<l_decade2>[五六七八九]{{1,2}}十|[5-9]0(?:[、至到—-][6-9]0)?)年代(?P<l_part2>{_PART})?",
        rf"(?P<l_era>{'|'.join(_ERAS)})(?P<l_era_year>元|\d{{1,2}}|[一二三四五六七八九十]{{1,3}})年(?:(?P<l_era_month>{_MONTH})月)?",
        rf"(?:{LENGTH}|(?=半))(?P<l_after>(?P<l_after_n>{_N}|半)个?(?P<l_more>[多余])?(?:个)?(?P<l_unit>年(?P<l_half>半)?|月|周|星期|天|季度)(?:之|以)?后)(?![期续勤备盾者台半端方劲世代移])",
        rf"(?<![提之以目此上周期节月旬年庆旦午秋明夕学婚孕术产])前(?P<l_back>{_N})(?P<l_back_unit>个?(?:周(?![年期岁])|星期)|[天日]|年(?![级度]))",
        rf"(?<![一二两三四五六七八九十几\d])(?:周|星期|礼拜)(?P<l_on>{_WEEKDAY})(?!均)",
        rf"{LENGTH}(?P<l_since_n>{_N})(?:个?[多余]?(?=年)|(?:个[多余]?|[多余]个)(?=月))(?P<l_since>年|月)多?以来",
        r"(?P<l_dozens>[一二三四五六七八九]?十)几年(?:之|以)?前",
        r"全(?P<l_day>天)(?=[，,。；、\s共]|$)",
        r"(?<![\d.,])(?P<l_md>(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])|(?:1[0-2]|[1-9])·(?:3[01]|[12]\d|[1-9]))(?![\d.,%-])",
        r"(?<![^\n= ])(?P<l_bare_year>(?:19|20)\d\d)(?=[ ]?(?:\n|$))",
    )
)


@dataclass(frozen=True, slots=True)
class Today:
    """What such a date is counted from: the publication's day, the period in force, and the lunar table."""

    day: date
    context: Period | None
    table: Mapping[int, LunarYear]


def loose_period(groups: Mapping[str, str], today: Today | None) -> Period | None:
    """The period of a word of `PATTERN`; None where it cannot be told (`today` None: only what names its year)."""
    g = {k.replace("l2_", "l_").rstrip("2345678"): v for k, v in groups.items() if k.startswith(("l_", "l2_"))}
    for key, resolve in _NAMED.items():
        if key in g:
            return resolve(g)
    if today is None:
        return None
    return next((resolve(g, today) for key, resolve in _POINTED.items() if key in g), None)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> Period | None:
    """The `nth` such weekday (0 is Monday) of a month: 5月的第二个星期日; None where there are not so many."""
    if not 1 <= month <= 12 or not 1 <= year <= 2999:  # noqa: PLR2004
        return None
    dom = 1 + (weekday - date(year, month, 1).weekday()) % 7 + 7 * (nth - 1)
    return day(year, month, dom) if 1 <= dom <= monthrange(year, month)[1] else None


def nearest_day(when: date, month: int, dom: int) -> Period | None:
    """The day of that month and number that lies nearest to `when`: news names no year where it is plain.

    It tells of what was rather than of what will be, so days ahead count as farther away.
    """
    found = [day(year, month, dom) for year in (when.year, when.year - 1, when.year + 1)]
    kept = [p for p in found if p is not None]
    return min(kept, key=lambda p: _farness((p.first - when).days), default=None)


def _farness(days: int) -> int:
    return days * _AHEAD_COUNTS if days > 0 else -days


def _number(text: str | None) -> int:
    if text == "半":
        return 0
    value = read_number((text or "").lstrip("初")) if text else None
    return int(value) if value is not None else 0


def year_number(text: str) -> int:
    """The number of a year in digits or read out digit by digit (二〇〇三, and 二00三 or 二OO三 as it is typed)."""
    return _number(text if text.isdecimal() and text.isascii() else text.translate(_NOUGHTS))


def _year(g: Mapping[str, str], today: Today | None) -> int | None:
    if "l_year" in g:
        return year_number(g["l_year"])
    if today is None:
        return None
    return today.day.year + {"去": -1, "前": -2, "明": 1, "后": 2}.get(g.get("l_relative", "今")[0], 0)


def _week(g: Mapping[str, str], today: Today) -> Period | None:
    """A week by its number: those of a month begin with its Mondays, those of a year are ISO 8601's."""
    year, n = _year(g, today), _number(g["l_week"])
    if year is None or not 1 <= n <= 53:  # noqa: PLR2004
        return None
    month = _number(g.get("l_month"))
    if month and "l_weekday" in g:
        return nth_weekday(year, month, n, _weekday(g["l_weekday"]))
    if month:
        monday = nth_weekday(year, month, n, 0)
    else:
        weeks = date(year, 12, 28).isocalendar().week
        monday = Period(*(date.fromisocalendar(year, n, 1),) * 2) if n <= weeks else None
    return _seven_days(monday.first) if monday else None


def _weekday(text: str) -> int:
    return 6 if text in "日天" else "一二三四五六".index(text)


def _seven_days(first: date) -> Period:
    return Period(first, first + timedelta(6))


def _nth_month(g: Mapping[str, str], today: Today) -> Period | None:
    year = _year(g, today)
    return months(year, _number(g["l_nth_month"])) if year else None


def _season(g: Mapping[str, str], today: Today) -> Period | None:
    year = _year(g, today)
    if year is None:
        return None
    if g.get("l_relative") == "今" and g["l_season"] == "冬" and today.day.month <= _EARLY:
        year -= 1  # 今冬 told in January began last year
    first = season_of(g["l_season"], year, today.table)
    last = season_of("春", year + 1, today.table) if "l_season_to" in g else first
    return Period(first.first, last.last) if first and last else None


def _term(g: Mapping[str, str], today: Today) -> Period | None:
    named = g.keys() & {"l_year", "l_relative"}
    year = _year(g, today) or 0
    lunar = [today.table.get(y) for y in ((year,) if named else (year - 1, year, year + 1))]
    days = [one.term(g["l_term"]) for one in lunar if one]
    return min(days, key=lambda p: abs((p.first - today.day).days), default=None)


def _lunar(g: Mapping[str, str], today: Today) -> Period | None:
    """A lunar month or day: of the lunar year that is named, else the one nearest to publication."""
    if "l_lm" not in g:
        return _lunar({"l_lm": "正", "l_ld": g["l_ld"]}, today)
    number = {"正": 1, "冬": 11, "腊": 12}.get(g["l_lm"]) or _number(g["l_lm"])
    dom = _lunar_day(g.get("l_ld"))
    named = g.keys() & {"l_year", "l_relative"}
    year = _year(g, today)
    found = []
    for y in (year,) if named else (today.day.year, today.day.year - 1):
        lunar = today.table.get(y or 0)
        if lunar is not None:
            leap = "l_leap" in g
            found.append(lunar.day(number, dom, leap=leap) if dom else lunar.month(number, leap=leap))
    kept = [p for p in found if p is not None]
    return min(kept, key=lambda p: abs((p.first - today.day).days), default=None)


def _lunar_day(text: str | None) -> int:
    if text and text.startswith("廿"):
        return 20 + _number(text[1:])
    return _number(text)


def _new_year(g: Mapping[str, str], today: Today) -> Period | None:
    return _lunar({"l_lm": "正", "l_ld": g["l_new_year"]}, today)


def _century(g: Mapping[str, str]) -> Period | None:
    pointed = {"上": 20, "本": 21}
    century = pointed.get(g["l_century"]) or _number(g["l_century"])
    first = 100 * (century - 1)
    if "l_decade" in g:
        return _decades(first, g)
    return _part_of(first, 100, g.get("l_part"))


def _decade(g: Mapping[str, str]) -> Period | None:
    return _decades(1900, g)


def _decades(century: int, g: Mapping[str, str]) -> Period | None:
    """A decade of a century, or the stretch of two (八九十年代)."""
    text = g["l_decade"]
    if len(text) < 3:  # noqa: PLR2004 - two digits before 十 name two decades
        return _part_of(century + _number(text), 10, g.get("l_part"))
    last = text[-2] if text[0].isascii() else text[1]
    return years(century + 10 * _number(text[0]), century + 10 * _number(last) + 9)


def _part_of(first: int, length: int, part: str | None) -> Period | None:
    """A century or decade, or its beginning (a fifth, three years), middle or end."""
    edge = 3 if length == 10 else length // 5  # noqa: PLR2004
    match (part or " ")[0]:
        case "初" | "前" | "早":
            return years(first, first + edge - 1)
        case "中":
            return years(first + length * 2 // 5, first + length * 3 // 5 - 1)
        case "末" | "后":
            return years(first + length - edge, first + length - 1)
    return years(first, first + length - 1)


def _era(g: Mapping[str, str]) -> Period | None:
    n = 1 if g["l_era_year"] == "元" else _number(g["l_era_year"])
    year = _ERAS[g["l_era"]] + n - 1
    return months(year, _number(g["l_era_month"])) if "l_era_month" in g else years(year)


def _bare_year(g: Mapping[str, str]) -> Period | None:
    return years(int(g["l_bare_year"]))


def _after(g: Mapping[str, str], today: Today) -> Period | None:
    """So many days, weeks, months or years after publication, as exact as the unit in which they are counted."""
    n, unit = _number(g["l_after_n"]), g["l_unit"]
    half = g["l_after_n"] == "半" or "l_half" in g
    if unit == "天":
        when = _shifted(today.day, n)
        return Period(when, when) if when else None
    if unit in ("周", "星期"):
        when = _shifted(today.day, 7 * n - today.day.weekday())
        return _seven_days(when) if when else None
    if unit.startswith("年") and not half:
        return years(today.day.year + n)
    count = {"年": 12 * n + (6 if half else 0), "月": n, "季": 3 * n}[unit[0]]
    return _month_after(today.day, count)


def _shifted(when: date, by: int) -> date | None:
    return when + timedelta(by) if abs(by) < 100_000 else None  # noqa: PLR2004


def moved(when: date, by: int, unit: str) -> date | None:
    """The day so many days (天), weeks (周, 星期), months (月), quarters (季度) or years (年) from `when`."""
    if unit in ("天", "周", "星期"):
        return _shifted(when, by * (1 if unit == "天" else 7))
    at = when.year * 12 + when.month - 1 + by * {"年": 12, "月": 1, "季度": 3}.get(unit, 0)
    month = months(at // 12, at % 12 + 1)
    return month.first.replace(day=min(when.day, month.last.day)) if month else None


def _month_after(when: date, count: int) -> Period | None:
    at = when.year * 12 + when.month - 1 + count
    return months(at // 12, at % 12 + 1)


def _back(g: Mapping[str, str], today: Today) -> Period | None:
    n, unit = _number(g["l_back"]), g["l_back_unit"]
    if unit == "年":
        return years(today.day.year - n, today.day.year - 1) if 0 < n < 100 else None  # noqa: PLR2004
    first = _shifted(today.day, -n if unit in "天日" else -7 * n)
    return Period(first, today.day - timedelta(1)) if first and first < today.day else None


def _weekday_of_week(g: Mapping[str, str], today: Today) -> Period | None:
    """周五 is that of the week of publication."""
    when = today.day + timedelta(_weekday(g["l_on"]) - today.day.weekday())
    return Period(when, when)


def _chinese_day(g: Mapping[str, str], today: Today) -> Period | None:
    """四月十三 is a day of the common calendar, unlike 四月初三 and 八月十五."""
    return nearest_day(today.day, _number(g["l_cn_month"]), _number(g["l_cn_day"]))


def _spaced(g: Mapping[str, str]) -> Period | None:
    return day(*map(int, g["l_spaced"].split()))


def _since(g: Mapping[str, str], today: Today) -> Period | None:
    """So long up to publication, from the beginning of the year or month in which it began."""
    n = _number(g["l_since_n"])
    if not 0 < n < 1000:  # noqa: PLR2004
        return None
    first = years(today.day.year - n) if g["l_since"] == "年" else _month_after(today.day, -n)
    return Period(first.first, today.day) if first else None


def _dozens(g: Mapping[str, str], today: Today) -> Period | None:
    n = _number(g["l_dozens"])
    return years(today.day.year - n - 10, today.day.year - n)


def _day(_: Mapping[str, str], today: Today) -> Period | None:
    context = today.context
    return context if context and context.is_day() else Period(today.day, today.day)


def _month_and_day(g: Mapping[str, str], today: Today) -> Period | None:
    month, dom = (int(n) for n in g["l_md"].replace("·", "-").split("-"))
    return nearest_day(today.day, month, dom)


_NAMED: dict[str, Callable[[Mapping[str, str]], Period | None]] = {
    "l_century": _century,
    "l_decade": _decade,
    "l_era": _era,
    "l_bare_year": _bare_year,
    "l_spaced": _spaced,
}
_POINTED: dict[str, Callable[[Mapping[str, str], Today], Period | None]] = {
    "l_week": _week,
    "l_nth_month": _nth_month,
    "l_season": _season,
    "l_term": _term,
    "l_lm": _lunar,
    "l_ld": _lunar,
    "l_new_year": _new_year,
    "l_after": _after,
    "l_back": _back,
    "l_on": _weekday_of_week,
    "l_cn_month": _chinese_day,
    "l_since": _since,
    "l_dozens": _dozens,
    "l_day": _day,
    "l_md": _month_and_day,
}
