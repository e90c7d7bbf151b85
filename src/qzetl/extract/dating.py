"""Dating: puts the times of a text in force and tells which period a figure takes (OBSERVATION.md 2, Period)."""

from __future__ import annotations

import re

from qzetl.extract.asides import BASE_BEFORE, TURNED, Asides
from qzetl.extract.context import Context
from qzetl.extract.figure import Figure
from qzetl.extract.frame import ahead
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.numerals import read_number
from qzetl.extract.periods import Period, months, years
from qzetl.extract.resolving import are_days_of
from qzetl.extract.stretch import Stretch
from qzetl.extract.times import Calendar, TimeWord

__all__ = ["Dating"]

_FROM = ("由", "从", "自")
_FROM_PAST = re.compile(r"[由从](?:过去|原来|以往|以前|此前|之前|原先|当初|最初|原有)的?$")
_TO = re.compile(r"[到至为](?:了|近|约|超过?|逾)?$")
_CLOSE = re.compile(r"(?:的|末|底|同期|年末|上涨|下降|增长|为|约|亏损|盈利){0,3}")
_OF_AIM = re.compile("的?(?:预期|控制|年度|全年)*(?:目标|任务)")
_COMPARED_WITH = re.compile("相[比较]")
_BRACKETS, _CLOSING = ("（", "("), ("）", ")")
_USUAL_GAP = 3
_NET = ("净增", "新增")
_COMPARES = re.compile("(?:增加|减少|增长|下降|提高|降低|上升|多|少|高|低)了?$")
_LONGEST_BASE = 6
_LONGEST_PLAN = 20
_SEVERAL = tuple("三四五六七八九十345678")  # 五年平均递增10.4%; of two years it is the current period
_LONGEST_EVENT = 62
_CAME_ABOUT = re.compile(
    r"[正顺]?[式利]?(?:全面)?(?:并网|投产|签约|动工|开工|建成|成立|投用|开通|落户|竣工|投运|开业|封顶|试产|起步(?=[，,])|获批|升格|挂牌|设立|通车|入驻|注册)"
    r"[^，,。；;\d\n]{0,10}[，,。；;]"
)
_NEWS_REACH = 800  # days
_REACHED = re.compile("(?:达到?|为|增至|升至|增加到|提高到|降至|突破|拥有)$")
_IN_ALL = re.compile("累计|年均|平均|合计|总计")


class Dating:
    """Keeps a context's period in step with the text."""

    def __init__(self, s: str, lexicon: Lexicon, calendar: Calendar, context: Context) -> None:
        """Take the normalised text and what its time words are resolved with."""
        self._s = s
        self._patterns = lexicon.patterns
        self._calendar = calendar
        self._c = context
        self._asides = Asides(s, lexicon, context)

    def _are_holidays_days(self, period: Period) -> bool:
        """Tell whether days named in the text are those of the holiday in force (国庆假期成绩单：10月1日至8日)."""
        holiday = self._c.holiday
        return holiday is not None and are_days_of(period, holiday)

    def govern(self, left: Stretch) -> None:
        """Put the governing time of a stretch in force."""
        c = self._c
        if c.caption:
            return
        c.norm = c.norm or "norm" in left.kinds()
        for time, side in left.times:
            if time.period and self._are_holidays_days(time.period):
                c.days = c.holiday = time.period
            if side in ("than", "base") or "stretch_n2" in time.groups:
                c.base, c.norm = time, False
            if time.period and (side in ("than", "base") or BASE_BEFORE.search(ahead(self._s, time.start, 4))):
                c.from_year = time.period.year
            if time.period is None or side in ("than", "base", "recover") or not self._rules(time, time.period):
                continue
            if c.lead and c.lead.is_day() and _spans_days(time.period, c.lead):
                c.lead = time.period
            c.govern(
                _in_force(time, time.period),
                passing=self._asides.passes(time, time.period),
                ahead=self._is_to_come(time.period) or self._is_aimed_at(time.period, left),
                word=time,
            )
            if self._asides.is_declared(time):
                c.declared = c.period
            if c.is_on_a_day() and self._asides.is_visit(time):
                c.visit = c.period

    def _rules(self, time: TimeWord, period: Period) -> bool:
        """Tell whether a time word puts its period in force; 目前 does not where the text declares a time for all."""
        if self._asides.is_aside(time) or self._dates_making(time, period):
            return False
        return not (self._c.declared and "now" in time.groups)

    def _dates_making(self, time: TimeWord, period: Period) -> bool:
        """Tell whether it only says when a thing came about or will: in an earlier year (去年底并网), or ahead."""
        published = self._calendar.published
        elsewhere = published is not None and (period.year < published.year or period.first > published)
        return elsewhere and _CAME_ABOUT.match(self._s, time.end) is not None

    def _is_to_come(self, period: Period) -> bool:
        """Tell whether a period lies ahead, while one that does not is in force: it rules its own sentence."""
        published, now = self._calendar.published, self._c.period
        return published is not None and now is not None and now.first <= published < period.first

    def _is_aimed_at(self, period: Period, left: Stretch) -> bool:
        """Tell whether an aim names a time that is not over, while a day is in force (力争一季度“开门红”)."""
        published = self._calendar.published
        return published is not None and period.last > published and "aim" in left.kinds() and self._c.is_on_a_day()

    def period_of(self, figure: Figure) -> tuple[Period | None, bool]:
        """The period of a figure, and whether it is a base that others are compared with (由2020年的4805亿元)."""
        q, left = figure.q, figure.left
        if planned := self._planned_for(figure):
            return planned, False
        if self._c.last and ((q.form == "ratio" and left.end - left.start == 1) or self._goes_on_base(figure)):
            return self._c.last.period, self._c.last_is_base
        if own := self._own_time(figure):
            if own[1]:
                self._c.from_year = own[0].year  # 是1978年1.3亿元的143倍，年均增长12.3%
            elif self._ends_span(own[0]):
                self._c.reached = own[0]
            return own
        if self._patterns["every_year"].search(figure.before):
            return None, False
        if "average" in left.kinds() and (span := self._of_years()):
            return span, False
        if _is_usual(figure):
            return None, True  # 较常年同期90.2毫米偏少58%
        if (
            self._c.past
            and "累计" in figure.before
            and any(map(_looks_back, [t for t, _ in left.times] + self._c.told_times))
        ):
            return self._c.past, False  # 过去五年，累计旅游收入超过1300亿元
        return self._of_turn(figure) or (self._over_years(left) or self._c.period, False)

    def _of_turn(self, figure: Figure) -> tuple[Period | None, bool] | None:
        """The period of what something was before or reached, and whether it is the former; None of neither."""
        c, left = self._c, figure.left
        if figure.before.endswith(_FROM) or _FROM_PAST.search(figure.before[-6:]):
            # 由20万元提高至: what it was before, which only a stretch of years dates (从2012年到2021年)
            return c.ends[0] if c.ends else c.compared_with, True
        if c.ends and c.last_is_base and _TO.search(figure.before):
            return c.ends[1], False
        if c.reached and not left.times and _REACHED.search(figure.before) and not _IN_ALL.search(figure.before):
            return c.reached, False  # “十三五”期间，…提高到2020年的3508亿元；零售总额达到1742亿元
        return None

    def _goes_on_base(self, figure: Figure) -> bool:
        """Tell whether a list mark alone stands between a figure and a base (由2015年的18920元、10876元提高到)."""
        left = figure.left
        return self._c.last_is_base and not figure.first and left.has_list_mark and left.end - left.start == 1

    def _ends_span(self, period: Period) -> bool:
        """Tell whether it is the last year of the plan told of."""
        plan = self._c.plan
        return plan is not None and plan.first.year < period.first.year and period.last == plan.last

    def _own_time(self, figure: Figure) -> tuple[Period, bool] | None:
        """The period of a time word right before a figure, said of it alone, and whether that makes it a base."""
        q, left = figure.q, figure.left
        if not left.times:
            return None
        time, side = left.times[-1]
        before, gap = ahead(self._s, time.start, 4), self._s[time.end : left.end]
        if time.period is None:
            return None
        if before.endswith(_FROM) and _CLOSE.fullmatch(gap):
            return time.period, True
        if gap == "的" and q.unit == "PT" and side in ("higher", "lower") and not left.last("up", "down"):
            return time.period, True  # 增速高于今年第一季度的2%
        if base := self._compared(figure, time, side, gap):
            return base, True
        if side and not left.phrase and _OF_AIM.match(figure.after):
            return time.period, False  # 好于全年下降3.2%的目标
        plain = q.unit not in ("PT", "PP", "TIMES") and not figure.is_of_another
        if gap in ("的", "") and plain and not time.is_stretch:
            return time.period, BASE_BEFORE.search(before) is not None
        return None

    def _compared(self, figure: Figure, time: TimeWord, side: str, gap: str) -> Period | None:
        """The period of a figure that others are compared with, told by what stands around it; None of no such."""
        if time.period is None or TURNED.match(self._s, time.end):
            return time.period
        if "census" in time.groups and ahead(self._s, time.start, 1) == "年" and gap in ("的", "", "时的"):
            self._c.base = time
            return years(time.period.year)  # 与2010年第六次全国人口普查的90290人相比
        if _COMPARED_WITH.match(figure.after):
            self._c.base = time
            return time.period  # 同2000年11月1日的353518人相比
        bracketed = side and gap in _BRACKETS and figure.after.startswith(_CLOSING)  # 较1-2月（-0.6%）提高18个百分点
        exceeded = side == "than" and _COMPARES.match(figure.after) and len(gap) <= _LONGEST_BASE
        return time.period if bracketed or exceeded else None  # 比去年总产104.1万吨增加6.5万吨

    def _planned_for(self, figure: Figure) -> Period | None:
        """The time for which words behind a figure plan it, or the year in force for what its plan puts in."""
        if figure.planned:
            return figure.planned.period
        if not figure.of_year:
            return None
        now, published = self._c.period or self._c.lead, self._calendar.published
        return years(now.year) if now else years(published.year) if published else None

    def _of_plan(self) -> Period | None:
        """The plan told of, for an average in one of its years (“十三五”时期…预计2020年实现144亿元、年均增长8.7%)."""
        now, plan = self._c.period or self._c.heading, self._c.plan
        if now and plan and plan.first <= now.first and now.last <= plan.last:
            return plan
        if now and self.is_ahead(now) and now.year % 5 == 0 and now.first.year == now.year:
            return years(now.year - 4, now.year)  # 到2025年，…年均增长6.5%: a five-year plan's years
        return None

    def _of_years(self) -> Period | None:
        """The years that an average is of: a plan's that lies ahead, those from behind a base, a plan's."""
        planned = self._of_plan()
        return planned if planned and self.is_ahead(planned) else self._since_base() or planned

    def _since_base(self) -> Period | None:
        """The years from behind the base to the one in force, for an average (2020年是2015年的1.7倍，年均增长7.8%)."""
        now, base = self._c.period or self._c.lead, self._c.from_year
        if now is None or base is None or now.first.year != now.last.year or now.year - base <= 1:
            return None
        return years(base + 1, now.year)

    def _over_years(self, left: Stretch) -> Period | None:
        """五年累计, 四年年均: the years up to the one in force."""
        times = [t for t, _ in left.times if not self._s.startswith(_NET, t.end)]
        spans = [t.groups.get("sum") or t.groups.get("average", "") for t in times]
        if "average" in left.kinds():
            spans += [t.groups["stretch_n2"] + "年" for t in times if "stretch_n2" in t.groups]
            spans += [t.groups["stretch_n"] + "年" for t in times if t.groups.get("stretch_unit") == "年"]  # 近三年
        spans += [
            t.groups["average"].removesuffix("平均") for t in times if t.groups.get("average", "")[:1] in _SEVERAL
        ]
        spans = [text.removesuffix("年均").rstrip("年") for text in spans if text.endswith("年均") or text[1:] == "年"]
        count = read_number(spans[-1]) if spans else None
        now = self._c.period or self._c.lead
        if now is None or count is None or not 1 < count <= _LONGEST_PLAN or now.first.year != now.last.year:
            return None
        return years(now.year - int(count) + 1, now.year)

    def is_ahead(self, period: Period | None) -> bool:
        """Tell whether a period in force lies ahead of publication: a later one, or a plan's years not yet over."""
        published = self._calendar.published
        if period is None or published is None or (self._c.so_far and period is self._c.period):
            return False
        return period.first > published or (period.year > published.year > period.first.year - 2)

    def _is_long_past(self, period: Period | None) -> bool:
        """Tell whether a period ended too long before publication to be what the text is of, unless headed so."""
        published = self._calendar.published
        if period is None or published is None or self._c.headline_period is not None:
            return False
        return (published - period.last).days > _NEWS_REACH

    def settle_lead(self) -> None:
        """Keep what is in force at the first figure, or was last before it, as the lead's period, if it lies behind."""
        c = self._c
        if c.lead is None and (c.period is None or c.period != c.visit):
            if self._is_long_past(c.period):
                return
            c.lead = c.section if c.historic or self.is_ahead(c.period) else c.period or c.section
            c.lead_is_relative = c.is_relative
            c.lead_is_now = c.is_now


def _looks_back(time: TimeWord) -> bool:
    """Tell whether a stretch of years up to now is named (过去五年)."""
    return time.groups.get("stretch_side") == "过去" and time.groups.get("stretch_unit") == "年"


def _is_usual(figure: Figure) -> bool:
    """Tell whether a figure is what is usual (较常年同期90.2毫米), and no distance from it (比常年少四成)."""
    usual = figure.left.last("norm", "than")
    if (
        figure.q.form == "double"
        or figure.is_of_another
        or usual is None
        or usual.entry.kind != "norm"
        or figure.q.start - usual.end > _USUAL_GAP
    ):
        return False
    return not any(c.start >= usual.end for c in figure.left.cues if c.entry.kind in ("up", "down"))


def _spans_days(period: Period, day: Period) -> bool:
    """Tell whether days told together hold `day` or end right before it (3月12日春运落幕: 2月1日至3月12日)."""
    length = (period.last - period.first).days
    return (
        not period.is_months() and 0 < length <= _LONGEST_EVENT and 0 <= (day.first - period.first).days <= length + 1
    )


def _in_force(time: TimeWord, period: Period) -> Period:
    """The period that a time word puts in force: a third of a month (11月下旬) is told of as its month."""
    if time.ends and all(end.groups.get("tail", "").endswith("旬") for end in time.ends):
        return _whole_months(period)  # 7月中旬到8月中旬
    third = time.groups.get("tail") or time.groups.get("relmonth_tail", "")
    if not third.endswith("旬") or period.first.month != period.last.month:
        return period
    return months(period.year, period.last.month) or period


def _whole_months(period: Period) -> Period:
    """The months that a stretch of days begins and ends in."""
    last = months(period.year, period.last.month)
    return Period(period.first.replace(day=1), last.last) if last else period
