"""Time words: recognised as one span each, and resolved to periods against the publication and what governs.

Recognition (`match_time`) knows no date; resolution (`Calendar.resolve`) knows the publication's day and the period
in force (OBSERVATION.md 2, Period). Both read a normalised text (`normalise`), so digits are half-width.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import compress

from qzetl.extract import loose
from qzetl.extract.lunar import LunarYear
from qzetl.extract.narrowing import Narrowed
from qzetl.extract.numerals import ARABIC_DIGITS, read_number
from qzetl.extract.periods import Period, day, majority_month, months, months_before, years

__all__ = ["STRETCHES", "Calendar", "Holiday", "TimeWord", "match_time", "read_time"]

_CN = "一二两三四五六七八九十"
_NUMBER = rf"(?:\d{{1,3}}|[{_CN}百几]{{1,5}})"
_TO = r"(?:-|—|–|~|～|至|到|－)"
_YEAR = (
    r"(?:(?P<year>(?:19|20)\d\d(?=[ ]?年|[上下]半年|[前第]?[一二三四]季度|(?:[、和及与](?:19|20)\d\d){1,4}年)"
    r"|[一二][九〇零○0OΟ][〇零○0OΟ一二三四五六七八九]{2}(?=[ ]?年))[ ]?(?:年度?)?"
    r"|(?P<relative>今年|本年度?|去年|前年|明年|(?<![产营成运用工立之以最])后年(?!均)|上年度?|当年|同年|[上前]一年度?|翌年|次年|(?<![年以])来年(?!均))"
    r"|(?P<short>\d\d(?=年\d{1,2}月)|0\d(?=年)|[89]\d(?=年[春夏秋冬底末初上下抗]))年"
    r"|(?P<short_read>[三四五六七八九][〇零一二三四五六七八九](?<!三四|三五|四五|五六|六七|七八|八九)|[〇零][一二三四五六七八九])年(?![来间里多期级]))"
)
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十]|(?<![美欧日港多单])元(?=月)|(?<=年)首(?=月))"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ANY_DAY = rf"(?:{_DAY}|[一二三四五六七八九十廿]{{1,3}})"
# What a length said with 内 dates: a figure in its clause, or all that follows it.
_DATES = r"[^，,。；;、\n]{0,24}?[\d一二两三四五六七八九十百千万亿]|[，,]|\s*$"
_QUARTER = r"[一二三四1-4]"
_CLOCK = r"(?:2[0-4]|[01]?\d)[：∶][0-5]\d(?!\d)"  # 14：00 where the words around it are of a time, not a proportion
_DEADLINE = r"(?P<deadline>(?<=[底末日])之?前(?![夕后]))?"
# What began at the time that 以来 counts from: 2021年结对以来, 去年11月投产以来.
_EVENTS = "结对|投运|投用|投产|投入运营|运营|开通|通车|建成|成立|挂牌|获批|实施|施行|启动|上线|开馆|开园|开业|开展|开工"
_PARTS = "|".join(
    (
        rf"(?P<months>(?<![期周拜])(?:(?<!月、)(?<!月份、)|(?=[^、]{{1,4}}{_TO}))(?P<m1>{_MONTH})月?份?(?:{_TO}|、(?!{_MONTH}月份?(?:、|和){_MONTH}月))(?P<m2>{_MONTH})月份?)(?!\d?\d?日)(?P<months_end>底|末)?",
        rf"(?P<md>(?P<dm>{_MONTH})月(?P<d1>{_ANY_DAY})(?:[日号]?{_TO}|、)(?:(?P<dm2>{_MONTH})月(?P<d2>{_ANY_DAY})(?:[日号]|(?!\d))|(?P<d2_same>{_ANY_DAY})[日号]))",
        rf"(?P<date>(?P<dm3>{_MONTH})月(?P<d3>{_ANY_DAY})(?:[日号]|(?=[上下中]午|早上|晚上|凌晨|傍晚)))",
        rf"(?P<front>(?<![提之以目此节会赛期])[前头](?P<n>{_NUMBER})个?月)(?P<front_end>末)?",
        rf"(?P<month>(?P<m>{_MONTH})月份?)(?:[当单]月)?(?:(?P<tail>上?中旬|中?下旬|上旬|初|底|末)|前(?P<first_days>{_NUMBER})天)?",
        rf"(?P<quarters>[前头](?P<q>{_QUARTER}|两)个?季度|(?P<q1>{_QUARTER})季?度?{_TO}(?P<q2>{_QUARTER})季度)(?P<quarters_end>末)?",
        rf"(?P<quarter>第?(?P<q3>{_QUARTER})(?:个?季度|(?=、第?{_QUARTER}季度))|首季度?)(?P<quarter_tail>末|初)?",
        r"(?P<half>(?P<h>[上下])半年)",
        r"(?P<whole>全年(?!(?:预期)?(?:计划|目标|任务|预算)(?!为|是|定为)|预期(?!目标))|年内(?!首次|新高|新低|最|第))",
        r"(?P<edge>年?(?:末|底|初))",
        rf"(?P<holiday>(?<!其)“?(?:HOLIDAYS)”?)(?:节(?![目能]))?(?:[双两]节)?(?P<off>(?:假期|期间|黄金周|小?长假|假日){{1,2}})?(?P<its_day>当天|当日)?(?:前夕)?(?:[三五七八3578]天(?!前))?(?P<around>之?后|前(?!{_NUMBER}[天日])后?)?(?!节目)",
    )
)
_TEMPLATE = (
    rf"{loose.PATTERN}"
    rf"|(?P<school>(?P<sa>(?:19|20)\d\d)(?:年?(?:{_TO}|/)(?P<sb>(?:19|20)?\d\d))?"
    r"(?:(?P<school_year>学年度?)|财政年度|财年|采暖季|供暖季|榨季|赛季|雪季|(?(sb)年度|(?!))))"
    rf"|(?P<span_years>(?P<ya>(?:19|20)\d\d)年?(?:{_TO}|——|[和与](?=\d{{4}}年之?间))(?P<yb>(?:19|20)\d\d)(?:年(?:之?间|期间)?|(?=\x20?[）)，,。；;、:：\n]|生产|产业|产值|地区|工业|粮食|财政|人口|城镇|农村|社会|固定|进出口|旅游)))"
    r"|(?P<census>第(?P<census_no>[三四五六七])次(?:全国)?人口普查)"
    r"|(?P<in_brackets>(?<=[（(〔\[])(?:19|20)\d\d(?=[）)〕\]]))"
    r"|(?P<iso>(?P<iy>(?:19|20)\d\d)[-./](?P<im>1[0-2]|0?[1-9])[-./](?P<id>3[01]|[12]\d|0?[1-9])(?!\d))"
    r"|(?P<plan>[“‘]?(?P<plan_no>十[一二三四五六]|[七八九])五(?![折成十百千万亿])[”’]?(?:规划|计划)?(?:时期|期间|以来|末|初|前[一二三四]年|后[一二三]年)?"
    r"|“十五”(?:规划|计划)?(?:时期|期间|末)?)"
    rf"|{_YEAR}(?:(?:的)?(?:{_PARTS}))?(?P<since>(?:{_EVENTS})?以来)?(?P<same>同期|这个?时候|此时)?{_DEADLINE}"
    rf"|(?:截至|截止|到)?(?P<now>目前|当前|现?如今|(?<![出呈体表展涌浮再发实重])现在|眼下)"
    rf"|(?P<stretch>(?P<stretch_side>最近|近(?!{_NUMBER}个?小时(?![内来里中]))|(?<![由从])过去|这|未来|今后|接下来)的?(?P<stretch_n>{_NUMBER}[多余]?)"
    rf"(?:{_TO}(?P<stretch_to>{_NUMBER}))?(?P<stretch_unit>年(?![龄级])|个月|天|个?周(?![年岁边])|个?星期|个?季度|个?小时)"
    r"(?:多?来|间|里|以来|中|之?内)?)"
    rf"|{loose.LENGTH}(?:(?P<average>(?:[两二三四五六七八九十]|\d{{1,2}})年(?:平均|年均))"
    rf"|(?P<length>(?P<stretch_n2>{_NUMBER}[多余]?)年多?(?:(?:间|里)(?!的)|来)|{_NUMBER}[多余]?(?:天|个多?月)(?:里|间|来|中(?![心央国]))"
    rf"|(?<![到至于为过内以之\d])(?P<within_n>{_NUMBER})(?P<within_unit>年|个月|天|周|个?星期)之?内(?={_DATES}))"
    rf"|(?P<ago>(?P<ago_n>{_NUMBER})(?P<ago_more>[多余])?(?P<ago_unit>年|天|个多?月|周|个?星期)多?[之以]?前"
    r"(?![后夕三\d往来去列沿瞻进景期]))"
    rf"|(?P<sum>(?<!连续)(?<![近约第超])(?:(?:[两二三四五六七八九十]|\d{{1,2}})年(?=累计|间|共|净增|新增|增长|翻|下降|提高|增加|减少|上升)"
    r"|(?:(?<![^，,。；;：:\n])|(?<=回望)|(?<=回首)|(?<=走过))(?:[三五十]年(?=[，,])|[两二三四五六七八九十]年(?=(?![期级内制前后以一二两三四五六七八九十百千万几半多])[\u4e00-\u9fff]))"
    r"|(?:[两二三四五六七八九十]|\d{1,2})天(?=累计|共|到发|接待|实现|销售|吸引|发送))))"
    rf"|(?P<first_of>(?<=[周期节月旬年])前{_NUMBER}[天日]|周末[两2]天)"
    r"|(?P<relday>昨日|昨天|今日|今天|大?前天|明天|明日|大?后天|当日|当天|同日|同一天|[次翌]日(?!达)|首日|[昨今前当明][晚夜]|[今明]早|[昨今]晨|(?<!日)前日(?![均本])|[今昨][（(]\d{1,2}日?[）)][日天]?)"
    r"|(?P<coming>新的?一年)|(?P<two_years>今明|明后|去今)[两二2]年"
    r"|(?P<recent>(?<![节生假工\d])(?:日前|近日|近期))"
    r"|(?P<break>(?:活动|展会|节会|消费节|消费季|购物节|博览会|赛事|春运)期间|(?:小长假|长假|假期|黄金周|节日|假日)期间|(?<![年寒暑产婚病休])(?:小长假|长假|假期|黄金周)(?!制|经济|旅游|安排))"
    r"|(?P<relmonth>本月份?|上一?个?月|下一?个?月|这个月|当月|单月)"
    rf"(?:(?P<relmonth_day>{_ANY_DAY})[日号]|前(?P<relmonth_days>{_NUMBER})天|(?P<relmonth_tail>上?中旬|中?下旬|上旬|初|底|末))?"
    r"|(?P<relquarter>本季度|上一?个?季度|当季)"
    r"|(?P<relweek>(?:[上下]{1,3}一?个?|本|这一?个?)(?:周(?![年期岁边围转密])|星期|礼拜)(?:(?:周|星期|礼拜)?(?P<weekday>[一二三四五六日天末](?![号均])))?)"
    rf"|(?:PARTS2)(?P<since2>(?:{_EVENTS})?以来)?{_DEADLINE.replace('<', '<b_', 1)}"
    rf"|(?P<dom>{_DAY}日(?!均|常|夜|报|内|游|产|本|元))"
    r"|(?P<clock>(?!一时(?![许\d]))(?:\d{1,2}|[一二三四五六七八九十]{1,3}|(?<=[日晨夜])零(?=[时点]))(?:点半|点钟|点(?:\d{1,2}分)|时(?:\d{1,2}分|许)?(?![间段期代光尚速刻机长])|:\d\d(?::\d\d)?)"
    r"|(?:2[0-4]|1?\d)点(?=[至到—–-](?:2[0-4]|1?\d)点)|(?<=点[至到—–-])(?:2[0-4]|1?\d)点"
    r"|(?<=[午晨晚早夜上])(?:\d{1,2}|[一二三四五六七八九十]{1,3})点(?![\d个])"
    rf"|(?<=[日午晚晨早夜至到于\-—~～]){_CLOCK}|(?<=时间[为是]){_CLOCK}|{_CLOCK}(?=[许前后起开结准]|左右|[\-—~～至到]\d))"
)
_RELATIVE = {"今": 0, "本": 0, "去": -1, "前": -2, "明": 1, "后": 2, "来": 1, "上": -1, "翌": 1, "次": 1}
_FROM_CONTEXT = "上当同翌次"  # counted from the period in force; the others from publication
_RELATIVE_DAY = {"昨": -1, "今": 0, "前": -2, "明": 1, "后": 2}
_PLAN_START = {"十六": 2031, "十五": 2026, "十四": 2021, "十三": 2016, "十二": 2011, "十一": 2006}
# What dates a word by itself, so that it takes no year from the word before it (从2014年11月到去年3月).
# fmt: off
_DATED = frozenset((
    "year", "relative", "short", "short_read", "iso", "span_years", "plan", "now", "relday", "relmonth", "relquarter",
    "relweek", "ago", "dom",
))
# fmt: on
STRETCHES = frozenset(("stretch", "length", "first_of", "recurring", "sum", "clock", "recent"))
_LENGTHS = STRETCHES | {"average"}
_PARTS_OF_YEAR = frozenset(("month", "months", "quarter", "front", "half"))
_POINTING = frozenset(("now", "recent", "coming", "relday", "relmonth", "relquarter", "relweek", "ago"))
_BY_THEMSELVES = frozenset(
    ("span_years", "in_brackets", "two_years", "school", "census", "iso", "plan", "stretch_side", "within_n")
)
_PLAN_START |= {"九": 1996, "八": 1991, "七": 1986}


_SOME_YEARS = re.compile("(?P<side>[前后])(?P<n>[一二三四])年$")
_ENDED = re.compile(r"末|年底|全年")
# The days for which the national censuses of the population counted (National Bureau of Statistics).
_CENSUSES = {"三": (1982, 7, 1), "四": (1990, 7, 1), "五": (2000, 11, 1), "六": (2010, 11, 1), "七": (2020, 11, 1)}
_EARLY = 3
_UNQUOTED = str.maketrans("", "", "“”")
_JUST_GONE = 2  # months; a deadline further back is next year's
_AHEAD_OF = frozenset(("未来", "今后", "接下来"))
_AHEAD = 120  # days; a holiday that names no year is last year's if this year's lies further off


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday, `days` long, beginning on a day that its table names in one of four ways.

    These are a day of a month, a distance in days from the lunar new year, a day of a lunar month (`lunar`), or a
    weekday of a month by its number (`nth` and `weekday`, 1 is Monday: 5月的第二个星期日).
    """

    name: str
    month: int | None
    day: int | None
    lunar_offset: int | None
    days: int
    lunar: tuple[int, int] | None = None
    nth_weekday: tuple[int, int] | None = None

    def first_day(self, year: int, lunar_year: LunarYear | None) -> date | None:
        """The first day in a year; None where the table of lunar years does not reach."""
        if self.lunar_offset is not None:
            return lunar_year.first + timedelta(self.lunar_offset) if lunar_year else None
        if self.lunar is not None:
            found = lunar_year.day(*self.lunar) if lunar_year else None
        elif self.nth_weekday is not None:
            found = loose.nth_weekday(year, self.month or 1, self.nth_weekday[0], self.nth_weekday[1] - 1)
        else:
            found = day(year, self.month or 1, self.day or 1)
        return found.first if found else None


@dataclass(slots=True)
class TimeWord:
    """A recognised time word: its span, the groups that matched, and the period it was resolved to.

    `ends` are the two words of a stretch from one to the other (2014年11月到去年3月).
    """

    start: int
    end: int
    groups: dict[str, str]
    period: Period | None = None
    ends: tuple[TimeWord, TimeWord] | None = None

    def has(self, *groups: str) -> bool:
        """Tell whether one of `groups` matched."""
        return any(name in self.groups for name in groups)

    @property
    def is_average(self) -> bool:
        """Tell whether it is 两年平均 and its like, which say a measure, not a period."""
        return "average" in self.groups

    @property
    def is_stretch(self) -> bool:
        """Tell whether it governs nothing: a loose stretch (近两年来, 十年间) or a date that is only pointed at."""
        return not STRETCHES.isdisjoint(self.groups) or self.is_loose

    @property
    def is_loose(self) -> bool:
        """Tell whether it is one of the dates of `loose`."""
        return any(key.startswith(("l_", "l2_")) for key in self.groups)

    @property
    def is_plain_year(self) -> bool:
        """Tell whether it is a year and nothing more."""
        return self.ends is None and self.groups.keys() <= {"year", "relative"}

    @property
    def is_since(self) -> bool:
        """Tell whether it is an open stretch (去年以来)."""
        return self.has("since", "since2")


class Calendar:
    """Resolves time words of articles published on one day."""

    def __init__(self, published: date | None, holidays: dict[str, Holiday], lunar_years: dict[int, LunarYear]) -> None:
        """Take the publication's day (None: only words with a year resolve) and the tables of holidays and moons."""
        self.published = published
        self._holidays = holidays
        self._lunar_years = lunar_years

    def resolve(self, word: TimeWord, context: Period | None) -> Period | None:
        """The period of `word`, given the one in force; None where it cannot be told."""
        g = word.groups
        if word.ends is not None:
            return self._between(*word.ends, context)
        if word.is_loose:
            return loose.loose_period(g, self._today(context))
        if not _BY_THEMSELVES.isdisjoint(g):
            return self._by_itself(g)
        year = self._year(g, context)
        if "same" in g and context and year is not None and _PARTS_OF_YEAR.isdisjoint(g):
            return context.years_before(context.year - year)
        if "since" in g or "since2" in g:
            return self._since(g, year, context)
        if "break" in g:
            return None  # the holiday that the text told of before; whoever keeps the context knows it
        if not _POINTING.isdisjoint(g):
            return self._deictic(g, context)
        return self._part(g, year, context)

    def _by_itself(self, g: dict[str, str]) -> Period | None:
        """The period of a word that nothing in force bears upon."""
        if "span_years" in g:
            return years(int(g["ya"]), int(g["yb"]))
        if "in_brackets" in g:
            return years(int(g["in_brackets"]))
        if "census" in g:
            return day(*_CENSUSES[g["census_no"]])
        if "school" in g:
            return _school_year(g)
        if "two_years" in g:
            first = self._year({"relative": g["two_years"]}, None)
            return None if first is None else years(first, first + 1)
        if "iso" in g:
            return day(int(g["iy"]), int(g["im"]), int(g["id"]))
        return self._plan(g) if "plan" in g else self._stretch(g)

    def _today(self, context: Period | None) -> loose.Today | None:
        return loose.Today(self.published, context, self._lunar_years) if self.published else None

    def _between(self, one: TimeWord, other: TimeWord, context: Period | None) -> Period | None:
        """From one time word to the other, which takes what it leaves out (year, month) from the first."""
        first = self._end(one, context)
        if first is None:
            return None
        other = TimeWord(other.start, other.end, dict(other.groups))
        follows = _DATED.isdisjoint(other.groups) and not other.is_loose
        if follows:
            other.groups["year"] = str(first.year)
        lunar_month = [text for key, text in one.groups.items() if key.startswith("l_lm")]
        if "l_ld8" in other.groups and lunar_month:
            other.groups["l_lm8"] = lunar_month[0]  # 三月初三到初六
        last = self._end(other, first)
        if last is not None and last.last < first.first and follows:
            other.groups["year"] = str(first.year + 1)
            last = self._end(other, first)
        if last is None or last.last < first.first:
            return None
        return Period(first.first, last.last)

    def _end(self, word: TimeWord, context: Period | None) -> Period | None:
        """One end of a stretch: a holiday is its days here, not its month."""
        return self._holiday_days(word.groups) if "holiday" in word.groups else self.resolve(word, context)

    def _plan(self, g: dict[str, str]) -> Period | None:
        start = 2001 if "plan_no" not in g else _PLAN_START.get(g["plan_no"])
        if start is None:
            return None
        text = g["plan"]
        return (
            years(start + 4)
            if text.endswith("末")
            else years(start)
            if text.endswith("初")
            else _part_of_plan(start, text) or years(start, max(start + 4, self._last_year_told(text)))
        )

    def _last_year_told(self, text: str) -> int:
        """The last year that an open stretch reaches (“十二五”以来, told in 2017); 0 where it is closed."""
        return self.published.year if text.endswith("以来") and self.published else 0

    def _year(self, g: dict[str, str], context: Period | None) -> int | None:
        if "year" in g:
            return loose.year_number(g["year"])
        if "short" in g or "short_read" in g:
            short = int(read_number(g.get("short") or g["short_read"]) or 0)
            return short + (2000 if short < 50 else 1900)  # noqa: PLR2004
        if "relative" not in g:
            return None
        first = "上" if g["relative"].startswith("前一") else g["relative"][0]
        start = context if first in _FROM_CONTEXT and context else self.published
        return start.year + _RELATIVE.get(first, 0) if start else None

    def _since(self, g: dict[str, str], year: int | None, context: Period | None) -> Period | None:
        start = self._part(g, year, context)
        if start is None or not self.published or start.first > self.published:
            return start
        whole_year = start.is_months() and start.first.month == 1 and start.last.month == 12  # noqa: PLR2004
        if start.first.year == self.published.year and (whole_year or "edge" in g):
            return years(start.year)
        if whole_year:
            return years(start.year, self.published.year)
        if start.is_day():
            return Period(start.first, self.published)
        end = months(self.published.year, self.published.month)
        return Period(start.first.replace(day=1), end.last) if end else start

    def _deictic(self, g: dict[str, str], context: Period | None) -> Period | None:
        """Words that point: first those that point at what is in force, then those that point from publication."""
        pointed = self._from_context(g, context) if context else None
        return pointed or self._from_publication(g)

    def _from_context(self, g: dict[str, str], context: Period) -> Period | None:
        if g.get("relmonth") in ("当月", "单月"):
            return months(context.year, context.last.month)
        if g.get("relmonth", "").startswith("上") and context.is_months() and context.first.month == context.last.month:
            return months_before(context, 1)  # 10月份…由上月上涨4.3%转为
        if g.get("relmonth", "").startswith("本") and self._is_told_next_month(context):
            return context  # 11月…，下降趋势以本月尤为突出: told in December
        if g.get("relday") == "首日":
            return Period(context.first, context.first)
        if g.get("relday", " ")[0] in "当同次翌" and context.is_day():
            shifted = context.last + timedelta(1 if g["relday"][0] in "次翌" else 0)
            return Period(shifted, shifted)
        return None

    def _is_told_next_month(self, context: Period) -> bool:
        """Tell whether one month is in force, and the text was published in the next."""
        month = self._month_by(-1)
        return month is not None and context == month

    def _from_publication(self, g: dict[str, str]) -> Period | None:
        today = self.published
        if today is None:
            return None
        if "coming" in g:
            return years(today.year)
        if "now" in g or "recent" in g:
            return months(today.year, today.month)
        if "ago" in g:
            return _ago(g, today)
        if "relday" in g:
            return _pointed_day(g["relday"], today)
        if "relmonth" in g:
            return _days_in(self._month_by({"上": -1, "下": 1}.get(g["relmonth"][0], 0)), g)
        if "relquarter" in g:
            now = self._month_by(-3 if g["relquarter"][0] == "上" else 0)
            quarter = (now.first.month - 1) // 3 if now else 0
            return months(now.year, 3 * quarter + 1, 3 * quarter + 3) if now else None
        weeks = g["relweek"].count("下") - g["relweek"].count("上")
        monday = today - timedelta(today.weekday()) + timedelta(7 * weeks)
        if g.get("weekday") == "末":
            return Period(monday + timedelta(5), monday + timedelta(6))
        if "weekday" in g:
            when = monday + timedelta(6 if g["weekday"] in "日天" else "一二三四五六".index(g["weekday"]))
            return Period(when, when)
        return Period(monday, monday + timedelta(6))

    def _month_by(self, by: int) -> Period | None:
        if not self.published:
            return None
        return months_before(Period(self.published, self.published), -by)

    def _part(self, g: dict[str, str], year: int | None, context: Period | None) -> Period | None:
        """Resolve what stands behind (or without) a year."""
        if "dom" in g:
            return self._day_of_month(int(g["dom"].rstrip("日")), context)
        span = _months_of(g)
        if span is not None:
            first, last = span
            y = year
            if y is None:
                counted = first == 1 and ("months" in g or "front" in g)
                y = self._deadline_year(last, g, context) or self._nearest_year(
                    last, context, counted=counted, planned="planned" in g
                )
            if y is not None and first > last:
                return _over_new_year(y if year is not None else y - 1, first, last)
            return None if y is None else _days_in(months(y, first, last), g)
        if "date" in g or "md" in g:
            return self._days(g, year, context)
        if "holiday" in g:
            return self._holiday(g, year, context)
        y = year if year is not None else self._default_year(context)
        if y and year is None and _ends_a_year(g) and self._is_told_today(g, context):
            y -= self.published is not None and self.published.month <= _EARLY  # 年末 told in February was last year's
        return years(y) if y is not None and _LENGTHS.isdisjoint(g) else None

    def _is_told_today(self, g: dict[str, str], context: Period | None) -> bool:
        """Tell whether nothing but publication is in force, or for 全年 a day of its year."""
        if context is None or self.published is None:
            return context is None
        return "whole" in g and context.is_day() and context.year == self.published.year

    def _default_year(self, context: Period | None) -> int | None:
        return context.year if context else self.published.year if self.published else None

    def _nearest_year(self, month: int, context: Period | None, *, counted: bool, planned: bool) -> int | None:
        """The year of a month that names none: the one in force, else the last that had such a month by publication.

        A year in force that lies ahead (到2025年) rules aims alone; months counted from January (1—5月) are over.
        """
        if not self.published:
            return context.year if context else None
        ahead = month > self.published.month
        if planned and ahead:
            return self.published.year  # 四季度将新开工项目85个
        if (
            context
            and context.year <= self.published.year
            and not (counted and ahead and context.year == self.published.year)
        ):
            return context.year
        return self.published.year - ahead

    def _deadline_year(self, month: int, g: dict[str, str], context: Period | None) -> int | None:
        """The year of 6月底前 where none is in force: such a month lies ahead, or has just gone by."""
        if "deadline" not in g or not self.published or context:
            return None
        return self.published.year + (self.published.month - month > _JUST_GONE)

    def _stretch(self, g: dict[str, str]) -> Period | None:
        """So long up to publication (近三年), or from it on (未来三天, 30天内); None where it is not told how long."""
        n = read_number(g.get("stretch_n") or g.get("within_n") or "")
        if self.published is None or n is None or "stretch_to" in g or g.get("stretch_side") == "这":
            return None
        unit = (g.get("stretch_unit") or g["within_unit"]).removeprefix("个")
        if unit == "小时":
            return None
        ahead = "within_n" in g or g["stretch_side"] in _AHEAD_OF
        other = loose.moved(self.published, int(n) if ahead else -int(n), unit)
        return Period(*sorted((self.published, other))) if other else None

    def _days(self, g: dict[str, str], year: int | None, context: Period | None) -> Period | None:
        month = _month(g["dm"] if "md" in g else g["dm3"])
        if month is None:
            return None
        d1 = read_number(g["d3" if "date" in g else "d1"])
        if d1 is None:
            return None
        y = year if year is not None else self._year_of_day(int(month), int(d1), g, context)
        if y is None or "date" in g:
            return day(y, int(month), int(d1)) if y is not None else None
        last_month = _month(g["dm2"]) if "dm2" in g else month
        d2 = read_number(g["d2"] if "d2" in g else g["d2_same"])
        first, last = day(y, int(month), int(d1)), day(y, int(last_month or month), int(d2 or 0))
        return Period(first.first, last.last) if first and last and first.first <= last.last else None

    def _year_of_day(self, month: int, dom: int, g: dict[str, str], context: Period | None) -> int | None:
        """The year of a month and day that name none: dates are news, so the one nearest to publication."""
        if self.published:
            if (ahead := self._deadline_year(month, g, context)) is not None:
                return ahead
            nearest = loose.nearest_day(self.published, month, dom)
            if nearest and nearest.first > self.published and context and context.year < self.published.year:
                return context.year  # 2020年…到3月18日, told in January 2021
            return nearest.year if nearest else self.published.year
        return context.year if context else None

    def _day_of_month(self, dom: int, context: Period | None) -> Period | None:
        if context and context.first.month == context.last.month and context.first.year == context.last.year:
            return day(context.year, context.last.month, dom)
        if not self.published:
            return None
        month = self._month_by(-1 if dom > self.published.day else 0)
        return day(month.year, month.first.month, dom) if month else None

    def _holiday(self, g: dict[str, str], year: int | None, context: Period | None) -> Period | None:
        if year is None and self._is_of_past_year(g, context):
            year = context.year if context else None
        days = self._holiday_days(g, year if year is not None or self.published else self._default_year(context))
        if days is None or "its_day" in g:
            return days and Period(days.first, days.first)
        if days.is_day() and not g.keys() & {"around", "off"}:
            return days
        return majority_month(days.first, (days.last - days.first).days + 1)

    def _is_of_past_year(self, g: dict[str, str], context: Period | None) -> bool:
        """Tell whether a holiday without a year, still ahead at publication, is that of a past year in force."""
        if not self.published or not context or context.year >= self.published.year or g.keys() & {"year", "relative"}:
            return False
        days = self._holiday_days(g)
        return days is not None and days.first > self.published

    def _is_far_ahead(self, when: date) -> bool:
        return self.published is not None and (when - self.published).days > _AHEAD

    def _holiday_days(self, g: dict[str, str], year: int | None = None) -> Period | None:
        """The days of a holiday that `g` names, in its own year, in `year`, or in the publication's."""
        holiday = self._holidays[g["holiday"].translate(_UNQUOTED)]
        y = year if year is not None else self._year(g, None)
        if y is None and self.published:
            y = self.published.year
        if y is None:
            return None
        start = holiday.first_day(y, self._lunar_years.get(y))
        if start and year is None and "year" not in g and "relative" not in g and self._is_far_ahead(start):
            start = holiday.first_day(y - 1, self._lunar_years.get(y - 1))  # 国庆 told of in February was last year's
        return Period(start, start + timedelta(holiday.days - 1)) if start else None


def _part_of_plan(start: int, text: str) -> Period | None:
    """The first or last years of a plan that begins with `start` (“十一五”前四年); None where all are told of."""
    found = _SOME_YEARS.search(text)
    if found is None:
        return None
    n = int(read_number(found["n"]) or 0)
    return years(start, start + n - 1) if found["side"] == "前" else years(start + 5 - n, start + 4)


def _ends_a_year(g: dict[str, str]) -> bool:
    """Tell whether a year's end or whole is told of, and not planned (预计年底前)."""
    return not g.keys() & {"planned", "deadline"} and _ENDED.search(g.get("edge", "") + g.get("whole", "")) is not None


def _school_year(g: dict[str, str]) -> Period | None:
    """2022—2023学年 is September to August; 2023财年 and 2022—2023采暖季 are the years that they are named after."""
    first = int(g["sa"])
    last = int(f"{first}"[: 4 - len(g["sb"])] + g["sb"]) if "sb" in g else first
    if "school_year" not in g:
        return years(first, last)
    begin, end = months(first, 9), months(first + 1, 8)
    return Period(begin.first, end.last) if begin and end else None


def _pointed_day(word: str, today: date) -> Period | None:
    """昨日, 大后天 …; 当晚 is the night of a day that was told of, and of none if there is none."""
    if word in ("当晚", "当夜"):
        return None
    by = _RELATIVE_DAY.get(word.lstrip("大")[0], 0)
    when = today + timedelta(by + (by > 0) - (by < 0) if word[0] == "大" else by)
    return Period(when, when)


def _ago(g: dict[str, str], today: date) -> Period | None:
    """Three years ago is a year, three months ago a month, three weeks ago a week, three days ago a day."""
    n, unit = read_number(g["ago_n"]), g["ago_unit"]
    if n is None or "ago_more" in g or "多" in unit or not 0 < n < today.year - 1000:
        return None
    then = loose.moved(today, -int(n), unit.removeprefix("个"))
    if then is None:
        return None
    if unit == "天":
        return Period(then, then)
    if unit == "年":
        return years(then.year)
    if unit.endswith("月"):
        return months(then.year, then.month)
    monday = then - timedelta(then.weekday())
    return Period(monday, monday + timedelta(6))


def _over_new_year(year: int, first: int, last: int) -> Period | None:
    """Months from one year's end into the next (去年12月到3月)."""
    begin, end = months(year, first), months(year + 1, last)
    return Period(begin.first, end.last) if begin and end else None


def _days_in(month: Period | None, g: dict[str, str]) -> Period | None:
    """The part of a month that `g` names: a day, its first days, a third of it (上旬); else the month."""
    if month is None:
        return None
    if "relmonth_day" in g:
        dom = read_number(g["relmonth_day"])
        return day(month.year, month.first.month, int(dom)) if dom else None
    days = g.get("first_days") or g.get("relmonth_days")
    if days:
        n = int(read_number(days) or 0)
        last = day(month.year, month.first.month, n)
        return Period(month.first, last.first) if last else None
    tail = g.get("tail") or g.get("relmonth_tail", "")
    if not tail.endswith("旬"):
        return month
    thirds = ["上中下".index(c) for c in tail[:-1]]
    until = month.last if thirds[-1] > 1 else month.first.replace(day=10 * thirds[-1] + 10)
    return Period(month.first.replace(day=10 * thirds[0] + 1), until)


def _month(written: str) -> float | None:
    """The number of a month; 元月 is January, 首月 the first."""
    return 1.0 if written in "元首" else read_number(written)


def _months_of(g: dict[str, str]) -> tuple[int, int] | None:
    """First and last month of a month, quarter or half that stands in `g`; None where none does."""
    if "months" in g:
        first, last = _month(g["m1"]), _month(g["m2"])
        return (int(first), int(last)) if first and last else None
    if "front" in g:
        n = read_number(g["n"])
        return (1, int(n)) if n and n <= 12 else None  # noqa: PLR2004
    if "month" in g:
        m = _month(g["m"])
        return (int(m), int(m)) if m else None
    if "quarters" in g:
        if "q" in g:
            n = read_number(g["q"])
            return (1, 3 * int(n)) if n else None
        q1, q2 = read_number(g["q1"]), read_number(g["q2"])
        return (3 * int(q1) - 2, 3 * int(q2)) if q1 and q2 else None
    if "quarter" in g:
        n = read_number(g["q3"]) if "q3" in g else 1
        return (3 * int(n) - 2, 3 * int(n) - (2 if g.get("quarter_tail") == "初" else 0)) if n else None
    if "half" in g:
        return (1, 6) if g["h"] == "上" else (7, 12)
    return None


# What may stand behind the numeral with which a time word begins; `match_time` looks for it first, for most numerals
# begin none, and this tells so at a fraction of the cost of trying all forms.
_NUMERALS = "零〇○一二两三四五六七八九十百几廿"
_BEHIND_NUMERAL = r"[年月份日天周星季度多余世点时:：∶·\-—–~～至到－、 ]|个[多余个年月周星天季世]"
_BEGINS_NONE = r"“\dA-Z数翻负每双±.\-－−千万亿壹贰叁肆伍陆柒捌玖拾佰仟卅俩仨"


def _beginning(holidays: Iterable[str]) -> str:
    """A look-ahead that is true wherever one of the forms could match, and false at most other numbers."""
    numbered = "|".join(re.escape(name) for name in holidays if name[0] in f"{_NUMERALS}双")
    quoted = "|".join(["十[一二三四五六]", "[七八九]五", *sorted({re.escape(name[:2]) for name in holidays})])
    return (
        rf"(?=\d{{1,4}}+(?:{_BEHIND_NUMERAL})|\d{{4}}(?:[./\n学财采供榨赛雪上下前第一二三四、和及与）)〕\]]|\Z)"
        rf"|[{_NUMERALS}0OΟ]{{1,6}}+(?:{_BEHIND_NUMERAL})|(?:十[一二三四五六]|[七八九])五|{numbered}|“(?:{quoted})"
        rf"|[^{_BEGINS_NONE}{_NUMERALS}])"
    )


def match_time(holidays: dict[str, Holiday]) -> Narrowed:
    """The pattern of all time words; match it at a position of a normalised text."""
    longest_first = sorted(map(re.escape, holidays), key=len, reverse=True)
    names = "|".join(re.sub("^十一", "十一”?", name) for name in longest_first)  # “十一”黄金周
    parts = _PARTS.replace("HOLIDAYS", names)
    bare = re.sub(r"\(\?P<(\w+)>", r"(?P<b_\1>", parts).replace("(?P<b_edge>年?", "(?P<b_edge>年")
    forms = _TEMPLATE.replace(_PARTS, parts).replace("PARTS2", bare)
    return Narrowed(f"{_beginning(holidays)}(?:{forms})", ARABIC_DIGITS, _NUMERALS)


def read_time(s: str, at: int, forms: Narrowed) -> TimeWord | None:
    """The time word that begins at `at` by the pattern of `match_time`; None if none does."""
    pattern, names = forms.at(s[at : at + 1])
    match = pattern.match(s, at)
    if match is None or match.end() == at:
        return None
    written = match.groups()  # of a hundred groups a few are set, and none is set to nothing
    named = zip(compress(names, written), filter(None, written), strict=True)
    return TimeWord(at, match.end(), {name.removeprefix("b_"): text for name, text in named})
