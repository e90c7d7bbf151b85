"""Resolving: gives a clause's time words their periods, each against what is in force (OBSERVATION.md 2, Period)."""

from __future__ import annotations

import re

from qzetl.extract.asides import Asides
from qzetl.extract.context import Context
from qzetl.extract.frame import ahead
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.numerals import read_number
from qzetl.extract.periods import Period, years
from qzetl.extract.stretch import Token
from qzetl.extract.times import Calendar, TimeWord

__all__ = ["Resolving", "are_days_of"]

_PLANS = re.compile(r"(?:预计|计划|拟|将|力争|争取|确保|有望)(?:持续|延续|一直)?[于在到至]?$")
_PLANNED = re.compile(r"[^，,。；;\d\n]{0,8}?(?:计划|拟|将(?!近)|力争|确保|有望)")
_SINCE = ("自", "从")
_LATER = re.compile(r"[^，,。；;\d\n]{1,20}?以来")
_UNTIL = re.compile(r"[^，,。；;\d\n]{0,6}[到至]")
_LISTED_DAYS = frozenset("和、至到-—–~")
_TO = frozenset("至到-—~～")
_TO_COME = ("今后", "未来")
_PLAN_YEARS = 5
_REPORTS = 3  # the last month in which governments report on the year before
_LONGEST_HOLIDAY = 9
_BESIDE = 1
_CURRENT = frozenset("当")
_CUMULATIVE = ("months", "front", "quarter", "quarters", "half")
_MONTHS = (*_CUMULATIVE, "month")
_YEARS = ("year", "relative", "short", "short_read", "planned")


class Resolving:
    """Resolves the time words of one text."""

    def __init__(self, s: str, lexicon: Lexicon, calendar: Calendar, context: Context) -> None:
        """Take the normalised text and what its time words are resolved with."""
        self._s = s
        self._calendar = calendar
        self._c = context
        self._asides = Asides(s, lexicon, context)

    def resolve(self, tokens: list[Token]) -> None:
        """Resolve the clause's time words in order, each against the one in force before it."""
        # A month without a year is the lead's, but not that of a lead which only looks back (去年…).
        context = self._c.period or self._c.heading or (None if self._c.lead_is_relative else self._c.lead)
        if context is None and self._c.lead is None:
            context = self._c.headline_period  # 2020年统计公报: 全年 of its first sentence is that year
        today = self._calendar.published
        is_long_ago = today is not None and context is not None and context.year < today.year - 1
        before: TimeWord | None = None
        told_to = 0
        for token in tokens:
            if not isinstance(token, TimeWord):
                continue
            if before and before.period and before.period.is_months() and not self._asides.is_aside(before):
                context = before.period
            if "clock" in token.groups and token.start == told_to:
                told_to = token.end  # 7月25日8时至26日8时 is from day to day
                continue
            if _PLANS.search(ahead(self._s, token.start, 6)) or _PLANNED.match(self._s, token.end):
                token.groups["planned"] = ""
            if before is None and self._is_news(token, is_long_ago=is_long_ago):
                context = None
            token.period = self._calendar.resolve(token, self._base_of(token, before, context))
            if before and token.start == told_to and _CURRENT & {text[:1] for text in token.groups.values()}:
                token.period = before.period  # 三季度当季, 4月当月
            self._keep_headline(token)
            self._keep_plan(token)
            self._keep_past(token)
            self._keep_future(token)
            self._keep_holiday(token, before if before and token.start - told_to <= _BESIDE else None)
            if self._begins_since(token):
                token.groups["since"] = ""
                token.period = self._calendar.resolve(token, context)
            self._join(before, told_to, token)
            before, told_to = token, token.end

    def _is_news(self, token: TimeWord, *, is_long_ago: bool) -> bool:
        """Tell whether months without a year, behind a sentence of years ago, are those before publication."""
        until = ahead(self._s, token.start, 2) == "截至"
        if until and self._c.is_relative and not self._c.dated:
            return True  # …去年销售1.1万吨。截至9月底，全县已建成
        if not is_long_ago:
            return False
        if until or ahead(self._s, token.start, 1) in ("到", "至"):
            return True
        return not self._c.dated and token.has("months", "front") and not token.has(*_YEARS)

    def _keep_headline(self, token: TimeWord) -> None:
        """Give months without a year the headline's, where it names the same months (1—8月份)."""
        named, period = self._c.headline_period, token.period
        if named is None or period is None or not token.has(*_MONTHS) or token.has(*_YEARS):
            return
        same = (named.first.month, named.last.month) == (period.first.month, period.last.month)
        if same and named.is_within_a_year():
            token.period = named

    def _keep_past(self, token: TimeWord) -> None:
        """Keep the five years that a report looks back on (过去五年, told in January 2022: 2017 to 2021)."""
        today, g = self._calendar.published, token.groups
        looks_back = g.get("stretch_side") in ("过去", "这") and g.get("stretch_unit") == "年"
        if not looks_back or today is None:
            return
        if read_number(g["stretch_n"]) == 1 and today.month <= _REPORTS:
            token.groups, token.period = {"relative": "去年"}, years(today.year - 1)  # 过去的一年, told in January
        if read_number(g["stretch_n"]) == _PLAN_YEARS:
            self._c.plan = self._c.past = years(today.year - _PLAN_YEARS, today.year - 1)

    def _keep_future(self, token: TimeWord) -> None:
        """Give 今后五年 and 未来三年 their years: from this one on where a report tells of them, else from the next."""
        today, g = self._calendar.published, token.groups
        n = read_number(g.get("stretch_n", "")) if g.get("stretch_side") in _TO_COME else None
        if today is None or n is None or g.get("stretch_unit") != "年" or "stretch_to" in g:
            return
        first = today.year + (today.month > _REPORTS)
        token.groups, token.period = {"plan_again": ""}, years(first, first + int(n) - 1)

    def _keep_plan(self, token: TimeWord) -> None:
        """Give 五年来 the years of the plan told of, where it has as many."""
        plan, n = self._c.plan, read_number(token.groups.get("stretch_n2", ""))
        if plan and n and n == plan.year - plan.first.year + 1:
            token.period, token.groups["plan_again"] = plan, ""

    def _keep_holiday(self, token: TimeWord, beside: TimeWord | None) -> None:
        """Give a holiday its days, and 假期 those of the holiday told of before; keep 日前 for what nothing dates.

        `beside` is the time word right before it, which may be its days (10月1日至7日国庆长假).
        """
        c = self._c
        if "recent" in token.groups:
            c.recent = token.period
        if "holiday" in token.groups and token.period:
            if beside and beside.period and are_days_of(beside.period, token.period):
                c.days = beside.period
            token.period = c.days_within(token.period)
            base = self._asides.is_base(token, ahead(self._s, token.start, 4))
            later = c.holiday is None or token.period.first.year >= c.holiday.first.year
            if not base and later and not self._asides.is_in_holiday(token):
                c.holiday = token.period
        elif "break" in token.groups and c.holiday:
            token.period = c.days_within(c.holiday)
        elif "break" in token.groups:
            token.period = c.span

    def _join(self, before: TimeWord | None, told_to: int, token: TimeWord) -> None:
        """Make one stretch of two time words that name its ends, or two days side by side."""
        if before is None or before.period is None:
            return
        days = token.has("date") and before.has("date")
        to = told_to > before.end and self._s[told_to : token.start] in _TO  # 6月17日8时至6月18日8时
        if token.period and ((days and to) or self._is_from_to(before, token)):
            token.period = _joined(before.period, token.period)
        if "dom" in token.groups and self._s[told_to : token.start].strip() in _LISTED_DAYS:
            token.period = before.period = _joined(before.period, token.period)

    def _begins_since(self, token: TimeWord) -> bool:
        """Tell whether an open stretch begins with it, its event between (自4月中旬启动抗旱工作以来)."""
        return ahead(self._s, token.start, 1) in _SINCE and (
            _LATER.match(self._s, token.end) is not None and not token.is_since and not token.is_stretch
        )

    def _is_from_to(self, first: TimeWord, last: TimeWord) -> bool:
        """Tell whether two days begin and end one stretch (从9月20日开镰到10月28日收尾)."""
        between = self._s[first.end : last.start]
        return ahead(self._s, first.start, 1) in _SINCE and _UNTIL.fullmatch(between) is not None

    def _base_of(self, token: TimeWord, before: TimeWord | None, context: Period | None) -> Period | None:
        """What a time word is resolved against: a bare day by the day before it, 全年 by the lead."""
        if token.groups.get("relday", " ")[0] in "当同" and before and before.period and before.period.is_day():
            return before.period
        if token.groups.get("relday", " ")[0] in "当同" and not (context and context.is_day()):
            return self._c.day or context
        today = self._calendar.published
        aims = self._c.heading_aims or self._c.items_aim
        if "whole" in token.groups and context and today and today < context.last and not self._c.dated and not aims:
            return self._c.lead or context
        if before is None or before.period is None:
            return None if self._is_of_this_year(token) else context
        if before.is_plain_year and token.start - before.end <= 1 and "relative" not in token.groups:
            token.groups.setdefault("year", str(before.period.year))  # 2018年 12月
        if "dom" in token.groups:
            return before.period
        return context

    def _is_of_this_year(self, token: TimeWord) -> bool:
        """Tell whether a bare 上半年 opens a paragraph of a text whose lead is a year that was over before."""
        lead, today = self._c.lead, self._calendar.published
        opens = self._c.period is None and token.has(*_CUMULATIVE)
        return opens and today is not None and lead in (years(today.year - 1), years(today.year - 2))


def are_days_of(period: Period, holiday: Period) -> bool:
    """Tell whether a few days may be those of a holiday that is known by its month alone."""
    if not holiday.is_months():
        return False
    return period.overlaps(holiday) and 1 < (period.last - period.first).days + 1 <= _LONGEST_HOLIDAY


def _joined(first: Period | None, last: Period | None) -> Period | None:
    """One period from two days named together (2月18日和19日)."""
    if first is None or last is None:
        return first or last
    return Period(first.first, last.last) if first.first <= last.last else last
