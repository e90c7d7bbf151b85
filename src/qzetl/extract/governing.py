"""Governing: which period, area and status are in force, and which a figure takes (OBSERVATION.md 2, Period, Area).

A time or a place governs unless it is a base (比2019年同期), a scope (居全省第2位), another area compared with, part of
an event's or a body's name, or said of the next figure alone.
"""

from __future__ import annotations

import re
from datetime import date

from qzetl.extract.context import Context
from qzetl.extract.figure import Figure
from qzetl.extract.frame import Clause, ahead, behind
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.lists import places_listed
from qzetl.extract.numerals import read_number
from qzetl.extract.periods import Period, months, years
from qzetl.extract.places import NATION, Gazetteer, is_body
from qzetl.extract.scan import Word
from qzetl.extract.stretch import Stretch, Token
from qzetl.extract.times import Calendar, TimeWord

__all__ = ["Governing"]

_BASE_BEFORE = re.compile(
    r"(?:高于|低于|超过|好于|快于|慢于|多于|少于|优于|比|较|与|同|相比|由|从|由原来|是|为|恢复至|恢复到|相当于)$"
)
_OF_NEXT = re.compile(
    r"(?:同期|末|底|年末)?的?(?=[\d一二两三四五六七八九十百千万亿])(?!一[早晚带直起路些同并律]|\d{1,2}[时点:：∶])"
)
# 从蓬勃发展的工业，到去年火爆的文旅业
_FROM_TO = re.compile(r"从[^。；\d\n]{2,22}到$")
_FROM = re.compile(r"(?:由|从|自)$")
_AVERAGED = re.compile(r"(?:期间|时期)?[，,]?(?:年均|累计|平均)")
_UP_TO = re.compile(r"(?:截至|截止)$")
_OF_THING = re.compile(r"[^，,。；;\d\n]{1,8}的(?=\d)")  # 计划开工的12个项目，到11月底开工9个
_PLANS = re.compile(r"(?:预计|计划|拟|将|力争|争取|确保|有望)[于在到]?$")
_PLANNED = re.compile(r"[^，,。；;\d\n]{0,8}?(?:计划|拟|将(?!近)|力争|确保|有望)")
_PLANS_OF = ("预算", "计划", "目标", "任务")
_STILL = re.compile(r"(?:还|仍|则|只|仅|才)")
_AGAIN = re.compile(r"第|首[批次届场轮]|又一|新一")
_STRETCHES = frozenset({"months", "front", "quarters"})
_IN_DAYS = re.compile(r"\d{1,3}(?:天|日|个月)[里内间]")
_SINCE = re.compile(r"(?:自|从|自从)$")
_LATER = re.compile(r"[^，,。；;\d\n]{1,20}?以来")
_UNTIL = re.compile(r"[^，,。；;\d\n]{0,6}[到至]")
_CLOSE = re.compile(r"(?:的|末|底|同期|年末|上涨|下降|增长|为|约|亏损|盈利){0,3}")
_SEEN = re.compile(r"[^，,。；;\d\n]{0,8}?来?看")
_GROUND = re.compile(r"[^，,。；;\d\n]{0,8}?的?基础上")
_GOES_ON = re.compile(r"(?:持续|延续|保持|连续|改变|扭转)$")
_AWAY = re.compile(r"(?:由|至|往|到|临|距|自|对|赴|抵|连|通|与|离|向|遍布|辐射|通达|来自|含|除|包括)$")
# 衢州至杭州高铁, 自治区、市级重大项目, 鄂尔多斯市援建项目
_IS = re.compile(r"(?:是|成为|作为)$")
_BEYOND = re.compile(r"[至到]|(?:、[省市县区]{1,2})?级|援建|援疆|对口|帮扶|客商|商会|籍|方向|客源")
_MAJOR = re.compile(r"重[大点](?:建设)?(?:项目|工程)")
_STANDS_IN = re.compile(r"(?:落在|落户|落户在|选址|选址在|布局在)$")
_ONE_OF = re.compile(r"一[县市区地州家]")
_COMPARED = frozenset({"higher", "lower", "than", "share", "contribution", "recover"})
_NAMED = re.compile(r"[\u4e00-\u9fffA-Za-z·]{2}$")
_LISTED_DAYS = frozenset("和、至到-—–~")
_SCOPE_GAP = 3
_LONGEST_NAME = 8
_RECENT_YEARS = 3
_LONGEST_PLAN = 20
_ONCE_DONE = 2  # the sign of an aim without a date: 建成后, 投产后
_LONGEST_HOLIDAY = 9
_BESIDE = 1


class Governing:
    """Keeps a context's period, area and status in step with the text."""

    def __init__(self, s: str, lexicon: Lexicon, gazetteer: Gazetteer, calendar: Calendar, context: Context) -> None:
        """Take the normalised text and what its words are resolved with."""
        self._s = s
        self._patterns = lexicon.patterns
        self._gazetteer = gazetteer
        self._calendar = calendar
        self._c = context

    def open(self, clause: Clause) -> None:
        """Forget what ended before this clause."""
        c = self._c
        if clause.opens_paragraph:
            if c.period and self._calendar.published and c.period.first > self._calendar.published:
                c.period = None  # what lies ahead (到2025年) rules no further paragraph
            c.open_paragraph()
        elif clause.opens_sentence:
            c.open_sentence(goes_on=self._s.startswith("其中", clause.start))
        elif clause.opens_statement:
            c.open_statement()
        if c.historic and self._patterns["now"].match(self._s, clause.start):
            c.leave()
        if c.target and 0 <= c.target_clause != clause.start:
            c.target = False

    def resolve_times(self, tokens: list[Token]) -> None:
        """Resolve the clause's time words in order, each against the one in force before it."""
        # A month without a year is the lead's, but not that of a lead which only looks back (去年…).
        context = self._c.period or (None if self._c.lead_is_relative else self._c.lead)
        before: TimeWord | None = None
        told_to = 0
        for token in tokens:
            if not isinstance(token, TimeWord):
                continue
            if "clock" in token.groups and token.start == told_to:
                told_to = token.end  # 7月25日8时至26日8时 is from day to day
                continue
            if _PLANS.search(ahead(self._s, token.start, 4)) or _PLANNED.match(self._s, token.end):
                token.groups["planned"] = ""
            token.period = self._calendar.resolve(token, self._base_of(token, before, context))
            self._keep_plan(token)
            self._keep_holiday(token, before if before and token.start - told_to <= _BESIDE else None)
            if self._begins_since(token):
                token.groups["since"] = ""
                token.period = self._calendar.resolve(token, context)
            self._join(before, told_to, token)
            before, told_to = token, token.end
            if token.period and token.period.is_months() and not self._is_aside(token):
                context = token.period

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
            if beside and beside.period and _are_days_of(beside.period, token.period):
                c.days = beside.period
            token.period = c.days_within(token.period)
            if not self._is_base(token, ahead(self._s, token.start, 4)) and not self._is_in_holiday(token):
                c.holiday = token.period
        elif "break" in token.groups and c.holiday:
            token.period = c.days_within(c.holiday)

    def _join(self, before: TimeWord | None, told_to: int, token: TimeWord) -> None:
        """Make one stretch of two time words that name its ends, or two days side by side."""
        if before is None or before.period is None:
            return
        if token.period and self._is_from_to(before, token):
            token.period = _joined(before.period, token.period)
        if "dom" in token.groups and self._s[told_to : token.start].strip() in _LISTED_DAYS:
            token.period = before.period = _joined(before.period, token.period)

    def _begins_since(self, token: TimeWord) -> bool:
        """Tell whether an open stretch begins with it, its event between (自4月中旬启动抗旱工作以来)."""
        return _SINCE.search(ahead(self._s, token.start, 2)) is not None and (
            _LATER.match(self._s, token.end) is not None and not token.is_since and not token.is_stretch
        )

    def _is_from_to(self, first: TimeWord, last: TimeWord) -> bool:
        """Tell whether two days begin and end one stretch (从9月20日开镰到10月28日收尾)."""
        between = self._s[first.end : last.start]
        return _SINCE.search(ahead(self._s, first.start, 2)) is not None and _UNTIL.fullmatch(between) is not None

    def _base_of(self, token: TimeWord, before: TimeWord | None, context: Period | None) -> Period | None:
        """What a time word is resolved against: a bare day by the day before it, 全年 by the lead."""
        if token.groups.get("relday", " ")[0] in "当同" and not (context and context.first == context.last):
            return self._c.day or context
        today = self._calendar.published
        if "whole" in token.groups and context and today and today < context.last and not self._c.dated:
            return self._c.lead or context
        if before is None or before.period is None:
            return context
        if before.is_plain_year and token.start - before.end <= 1 and "relative" not in token.groups:
            token.groups.setdefault("year", str(before.period.year))  # 2018年 12月
        if "dom" in token.groups:
            return before.period
        return context

    def _is_aside(self, time: TimeWord) -> bool:
        """Tell whether a time word governs nothing: a base, an event's own year, or said of the next figure alone."""
        if "plan_again" in time.groups:
            return False
        if time.is_stretch or time.is_average or time.period is None:
            return True
        if "since" in time.groups and _GOES_ON.search(ahead(self._s, time.start, 4)) is None:
            return False
        before = ahead(self._s, time.start, 4)
        if before.endswith("从") and _SEEN.match(self._s, time.end):
            return False  # 从前三季度看
        if self._is_base(time, before) or self._announces(time):
            return True
        plans = _PLANS_OF if self._s.endswith("初", 0, time.end) else _PLANS_OF[:1]
        if self._s.startswith(plans, time.end) or self._patterns["made"].match(self._s, time.end):
            return True  # 年初预算, 2008年7月纳入园区管辖范围的工业城占地…
        if _UP_TO.search(before) and self._is_holidays_day(time.period):
            return True
        if "holiday" in time.groups and self._is_in_holiday(time):
            return True
        return self._is_of_next(time, before) or (time.is_since and _GOES_ON.search(before) is not None)

    def _is_base(self, time: TimeWord, before: str) -> bool:
        """Tell whether others are compared with it (比2019年同期, 在上年高位增长的基础上, 从去年到今年)."""
        spans = time.ends is not None or bool(time.groups.keys() & {"md", "span_years", *_STRETCHES})
        if spans and before.endswith(("从", "自")):
            return False  # 从2月22日到3月5日
        if _BASE_BEFORE.search(before) and not ("same" in time.groups and before[-1:] in "是为"):
            return True
        return _FROM_TO.search(ahead(self._s, time.start, 24)) is not None or bool(_GROUND.match(self._s, time.end))

    def _is_of_next(self, time: TimeWord, before: str) -> bool:
        """Tell whether it is said of what follows alone: the next figure, or an event's name."""
        if _IN_DAYS.match(self._s, time.end):
            return False  # 11月份20天里
        # 国庆节期间三个景区…, 1—8月85个项目…
        lasts = self._s.endswith("期间", time.start, time.end) or bool(time.groups.keys() & _STRETCHES)
        if self._tells_year_again(time):
            return True
        if not lasts and _OF_NEXT.match(behind(self._s, time.end, 4)) and not before.endswith(("至", "到")):
            return True
        names = time.is_plain_year or self._c.is_on_a_day()
        return names and self._patterns["event"].match(self._s, time.end) is not None

    def _tells_year_again(self, time: TimeWord) -> bool:
        """Tell whether a year only says again when a day in its sentence is (9月27日，今年第三批项目集中开工)."""
        c, now = self._c, self._c.period
        again = time.is_plain_year and c.dated and c.is_on_a_day() and _AGAIN.match(self._s, time.end)
        if not again or now is None or time.period is None:
            return False
        return time.period.first <= now.first <= time.period.last

    def _announces(self, time: TimeWord) -> bool:
        """Tell whether a day only dates the announcement (5月8日，记者从省旅游局获悉)."""
        one_day = time.period is not None and time.period.first == time.period.last
        return one_day and self._patterns["announced"].match(self._s, time.end) is not None

    def govern(self, left: Stretch) -> None:
        """Put the governing time and place of a stretch in force."""
        c = self._c
        c.norm = c.norm or "norm" in left.kinds()
        for time, side in left.times:
            if time.period and self._are_holidays_days(time.period):
                c.days = c.holiday = time.period
            if side in ("than", "base") or "stretch_n2" in time.groups:
                c.base, c.norm = time, False
            if time.period and (side in ("than", "base") or _BASE_BEFORE.search(ahead(self._s, time.start, 4))):
                c.from_year = time.period.year
            if time.period is None or side in ("than", "base", "recover") or self._is_aside(time):
                continue
            c.govern(
                _in_force(time, time.period),
                passing=self._passes(time, time.period),
                word=time,
            )
        if self._goes_on_comparing(left) or self._lists_places(left) or (c.comparing and not left.phrase):
            return
        self._name_entity(left)
        if left.places:
            self._govern_places(left)

    def _lists_places(self, left: Stretch) -> bool:
        """Tell whether it names several places, none of which rules alone; a sight (恒山、悬空寺) is no place."""
        if not left.has_list_mark:
            return False
        named = [w for w, side in left.places if not side]
        known = [w for w in named if w.entry.kind == "zone" or self._gazetteer.may_mean(w.entry, self._c.area)]
        return len(known) > 1

    def _govern_places(self, left: Stretch) -> None:
        among = "其中" in ahead(self._s, left.start, 3) + behind(self._s, left.start, 2)
        away = -1
        for word, side in left.places:
            if word.start == away or self._is_away(word) or self._is_object(word, left) or self._is_of_rank(word):
                away = word.end
            elif side in _COMPARED or self._is_scope(word, left) or _is_counted_zone(word, left):
                continue
            elif not self._is_source(word, left):
                one = _ONE_OF.match(self._s, word.end) is not None  # 和静一县的羊就有118万只
                self._govern_area(word, passing=among or one or self._names_entity(word, left))

    def _is_source(self, word: Word, left: Stretch) -> bool:
        """Tell whether a place elsewhere only says whence a share comes (省外游客中京津冀占四成)."""
        makes = (c for c in left.cues if c.entry.kind in ("share", "contribution"))
        if not any(0 <= c.start - word.end <= _SCOPE_GAP for c in makes):
            return False
        code = None if word.entry.kind == "zone" else self._gazetteer.resolve(word.entry, self._c.area)
        return not (self._c.home and code and code.startswith(self._c.home.rstrip("0")))

    def _passes(self, time: TimeWord, period: Period) -> bool:
        """Tell whether a period gives way to the one before it when its sentence ends.

        So does one behind 其中 or 由于, a day inside the holiday in force, a plan's years said of an average alone.
        """
        before = ahead(self._s, time.start, 3).rstrip(",，:：")
        if before.endswith(("其中", "由于", "因", "受")):
            return True
        if before.endswith(("至", "到")) and self._s[time.end : time.end + 1] == "的":
            return True
        if period.first.year < period.last.year and self._c.period and _AVERAGED.match(self._s, time.end):
            return True
        now = self._c.period
        earlier = now is not None and period.first < now.first
        if earlier and ("same" in time.groups or ("relative" in time.groups and _STILL.match(self._s, time.end))):
            return True  # 开行12列，去年同期仅5列; 上年还是下降5.3%
        if period.first == period.last and before.endswith(("（", "(")):
            return True  # 人最多的一天（10月4日）
        return self._is_holidays_day(period)

    def _is_in_holiday(self, token: TimeWord) -> bool:
        """Tell whether a holiday of one day is named with the longer one in force (国庆中秋假期)."""
        longer, period = self._c.holiday, token.period
        if longer is None or period is None or period.first != period.last:
            return False
        return longer.first != longer.last and longer.first <= period.first <= longer.last

    def _are_holidays_days(self, period: Period) -> bool:
        """Tell whether days named in the text are those of the holiday in force (国庆假期成绩单：10月1日至8日)."""
        holiday = self._c.holiday
        return holiday is not None and _are_days_of(period, holiday)

    def _is_holidays_day(self, period: Period) -> bool:
        holiday, now = self._c.holiday, self._c.period
        if holiday is None or now is None or period.first != period.last:
            return False
        return holiday.first <= period.first <= holiday.last and holiday.first <= now.first <= holiday.last

    def _name_entity(self, left: Stretch) -> None:
        """Tell whether what follows is of one firm, sight or village: the last thing named is one, not a place."""
        place = max((w.start for w, side in left.places if not side), default=-1)
        entity = next((w for w in reversed(left.entities) if self._is_single(w)), None)
        if entity is not None and entity.start > place:
            self._c.entity = True
        elif place >= 0:
            self._c.entity = False

    def _is_single(self, word: Word) -> bool:
        """Tell a proper name (太阳岛风景区) from a kind of things (全市重点景区, 3个景区, 上市公司)."""
        before = ahead(self._s, word.start, 4)
        return _NAMED.search(before) is not None and self._patterns["kind_of_entity"].search(before) is None

    def _names_entity(self, word: Word, left: Stretch) -> bool:
        """Tell whether a place's name begins that of a sight or firm (哈尔滨游乐园), which rules its statement only."""
        return any(0 <= e.start - word.end <= _LONGEST_NAME and self._is_single(e) for e in left.entities)

    def govern_history(self, left: Stretch) -> None:
        """Govern by a clause without a figure: a date of history told there rules no further than its sentence."""
        c, before = self._c, self._c.period
        self.govern(left)
        published = self._calendar.published
        if c.period is before or c.period is None or published is None or c.resume is not None:
            return
        if c.period.year < published.year - _RECENT_YEARS:
            c.resume, c.historic = (before,), True

    def _govern_area(self, word: Word, *, passing: bool) -> None:
        if word.entry.kind == "zone":
            self._c.govern_area(None, passing=passing)
        elif not is_body(self._s, word) and (code := self._gazetteer.resolve(word.entry, self._c.area)):
            self._c.govern_area(code, passing=passing)

    def _is_away(self, word: Word) -> bool:
        if _AWAY.search(ahead(self._s, word.start, 2)) is not None:
            return True
        own = word.entry.kind == "place" and not word.entry.codes[0].isdigit()
        if own and _MAJOR.match(self._s, word.end):
            return True  # 9个自治区重点项目
        return _BEYOND.match(self._s, word.end) is not None

    def _is_object(self, word: Word, left: Stretch) -> bool:
        """Tell whether a place is what a verb before it is about (引进鄞州产业合作项目), not where things are."""
        if word.start not in left.inner or (word.entry.sign == 1 and not word.entry.codes[0].isdigit()):
            return False
        if _STANDS_IN.search(ahead(self._s, word.start, 3)):
            return False
        return self._s[word.start - 1] not in "的中，,家个名位" and not any(
            c.start == word.end and c.text != "项目" for c in left.named
        )

    def _is_of_rank(self, word: Word) -> bool:
        """Tell whether a larger area only says among what something counts (梨树县是全国粮食生产先进县)."""
        if _IS.search(ahead(self._s, word.start, 2)) is None or word.entry.kind != "place":
            return False
        return self._gazetteer.resolve(word.entry, self._c.area) in self._gazetteer.lineage[1:]

    def _goes_on_comparing(self, left: Stretch) -> bool:
        """Tell whether a list of distances goes on (快于全国5.1个百分点、全区2.3个百分点)."""
        last = self._c.last
        return last is not None and last.measure in ("DIFF", "RANK", "SHARE") and not left.phrase and left.has_list_mark

    def _is_scope(self, word: Word, left: Stretch) -> bool:
        """Tell whether a place is where something ranks (居全省第2位), not where it is."""
        if any(c.entry.kind == "rank" and 0 <= word.start - c.end <= _SCOPE_GAP for c in left.cues):
            return True
        if any(c.start == word.end and c.text in ("排名", "位次", "排位") for c in left.cues):
            return True  # GDP全省排名上升4位
        if self._patterns["ranked_in"].match(self._s, word.end):
            return True
        return left.end - word.end <= 1 and self._s[left.end : left.end + 1] in ("第", "前", "后")

    def aim(self, left: Stretch, clause: Clause) -> None:
        """Put the status `target` in force: to the statement's end, or for 打造 to the clause's."""
        c, published = self._c, self._calendar.published
        for cue in left.cues:
            if cue.entry.kind != "aim":
                continue
            if self._patterns["not_aim"].search(
                ahead(self._s, cue.start, 4) + behind(self._s, cue.start, len(cue.text) + 1)
            ):
                continue
            c.target = True
            c.target_holds = clause.closing in (":", "：") or c.target_holds
            brief = cue.entry.sign == 0 or _OF_THING.match(self._s, cue.end) is not None
            if cue.entry.sign == _ONCE_DONE:
                c.open_end = c.entity = True
            c.target_clause = clause.start if brief and not c.target_statement else -1
            c.target_statement = c.target_statement or not brief
        told = [t.period for t, side in left.times if t.period and not side]
        if published and any(self._lies_ahead(t, published) for t, side in left.times if not side):
            c.target = c.aims_by_time = True
        elif c.aims_by_time and told and all(p.last <= self._today() for p in told):
            # 订单排到明年3月，1至9月产值…: what is over is no aim
            c.target = c.aims_by_time = False

    def _today(self) -> date:
        return self._calendar.published or date.max

    def _lies_ahead(self, time: TimeWord, published: date) -> bool:
        """Tell whether a time is still to come, or is what a deadline (到今年底) names."""
        if time.period is None:
            return False
        ends = self._s[time.start : time.end].endswith(("底", "末"))
        until = ends and ahead(self._s, time.start, 1) == "到" and time.period.last > published
        return time.period.first > published or until

    def period_of(self, figure: Figure) -> tuple[Period | None, bool]:
        """The period of a figure, and whether it is a base that others are compared with (由2020年的4805亿元)."""
        q, left = figure.q, figure.left
        if planned := self._planned_for(figure):
            return planned, False
        if q.form == "ratio" and left.end - left.start == 1 and self._c.last:
            return self._c.last.period, False
        if left.times:
            time, _ = left.times[-1]
            before, gap = ahead(self._s, time.start, 4), self._s[time.end : left.end]
            if time.period and _FROM.search(before) and _CLOSE.fullmatch(gap):
                return time.period, True
            plain = q.unit not in ("PT", "PP", "TIMES") and not figure.is_of_another
            if time.period and gap in ("的", "") and plain and not time.is_stretch:
                return time.period, _BASE_BEFORE.search(before) is not None
        if self._patterns["every_year"].search(figure.before):
            return None, False
        if "average" in left.kinds() and (span := self._since_base() or self._of_plan()):
            return span, False
        if (usual := left.last("norm", "than")) and usual.entry.kind == "norm" and q.start - usual.end <= _SCOPE_GAP:
            return None, True  # 较常年同期90.2毫米偏少58%
        if _FROM.search(figure.before[-2:]):
            return None, True  # 由20万元提高至: what it was before, the text does not say when
        return self._over_years(left) or self._c.period, False

    def _planned_for(self, figure: Figure) -> Period | None:
        """The time for which words behind a figure plan it, or the year in force for what its plan puts in."""
        if figure.planned:
            return figure.planned.period
        if not self._patterns["yearly_plan"].search(figure.before):
            return None
        now, published = self._c.period or self._c.lead, self._calendar.published
        return years(now.year) if now else years(published.year) if published else None

    def _of_plan(self) -> Period | None:
        """The plan told of, for an average in one of its years (“十三五”时期…预计2020年实现144亿元、年均增长8.7%)."""
        now, plan = self._c.period, self._c.plan
        return plan if now and plan and plan.first <= now.first and now.last <= plan.last else None

    def _since_base(self) -> Period | None:
        """The years from behind the base to the one in force, for an average (2020年是2015年的1.7倍，年均增长7.8%)."""
        now, base = self._c.period or self._c.lead, self._c.from_year
        if now is None or base is None or now.first.year != now.last.year or not 1 < now.year - base <= _LONGEST_PLAN:
            return None
        return years(base + 1, now.year)

    def _over_years(self, left: Stretch) -> Period | None:
        """五年累计, 四年年均: the years up to the one in force."""
        spans = [t.groups.get("sum") or t.groups.get("average", "") for t, _ in left.times]
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

    def settle_lead(self) -> None:
        """Keep what is in force at the first figure, or was last before it, as the lead's period, if it lies behind."""
        c = self._c
        if c.lead is None:
            c.lead = c.section if c.historic or self.is_ahead(c.period) else c.period or c.section
            c.lead_is_relative = c.is_relative

    def area_of(self, figure: Figure, rule: str, *, inherited: bool) -> str | None:
        """The area in force, but for another area's own figure; what ranks lies within where it ranks."""
        c, last = self._c, self._c.last
        if rule == "other-area":
            return self._place(figure.left)
        if self._is_of_listed(figure):
            return None
        if figure.q.unit == "RANK":
            return c.home if c.area == NATION else c.area
        if figure.counts_ranked:
            return self._place(figure.left) or self._gazetteer.whole_of(c.area or c.home, figure.noun)
        if self._is_of_several(figure):
            return None
        if last is not None and inherited and all(side for _, side in figure.left.places):
            return last.area
        return c.area

    def _is_of_listed(self, figure: Figure) -> bool:
        """Tell whether one figure is said of several places, which have no code together (三台县、涪城区均突破百亿)."""
        c = self._c
        places = places_listed(figure.left, c, self._gazetteer)
        if places and ("each" in figure.left.kinds() or self._patterns["and_others"].search(figure.before)):
            c.places = places
            return True
        return False

    def _is_of_several(self, figure: Figure) -> bool:
        """Tell whether a figure is said of every place, or of those listed before together."""
        c, patterns = self._c, self._patterns
        if patterns["each_place"].search(figure.before):
            return True
        listed = {bond.area for bond in c.listed} | set(c.places)
        return len(listed) > 1 and patterns["altogether"].search(figure.before) is not None

    def scope_of(self, figure: Figure, measure: str) -> str | None:
        """For a rank, the area within which it ranks."""
        return self._place(figure.left) if measure == "RANK" else None

    def reference_of(self, figure: Figure, measure: str) -> str | None:
        """For a distance the area compared with; for a change or a multiple the period compared with."""
        if measure == "DIFF":
            return self._listed_reference(figure.left)
        if measure in ("CHANGE", "GROWTH_BASE", "MULTIPLE") and self._c.base and self._c.base.period:
            return str(self._c.base.period)
        return None

    def _listed_reference(self, left: Stretch) -> str | None:
        """The area compared with; of several (分别高于全国、全省) each figure takes its own in order."""
        places = [self._gazetteer.resolve(w.entry, self._c.area) for w, _ in left.places if w.entry.kind == "place"]
        if len(places) > 1 and "respectively" in left.kinds():
            self._c.references = places[1:]
            return places[0]
        if not places and self._c.references:
            return self._c.references.pop(0)
        return places[-1] if places else None

    def _place(self, left: Stretch) -> str | None:
        """The code of the last place of a stretch."""
        words = [w for w, _ in left.places if w.entry.kind == "place"]
        return self._gazetteer.resolve(words[-1].entry, self._c.area) if words else None


def _are_days_of(period: Period, holiday: Period) -> bool:
    """Tell whether a few days may be those of a holiday that is known by its month alone."""
    if not holiday.is_months():
        return False
    overlaps = period.first <= holiday.last and holiday.first <= period.last
    return overlaps and 1 < (period.last - period.first).days + 1 <= _LONGEST_HOLIDAY


def _is_counted_zone(word: Word, left: Stretch) -> bool:
    """Tell whether a kind of zone is what the figure behind it counts (现代农业示范区125个), no place."""
    return word.entry.kind == "zone" and word.end == left.end


def _in_force(time: TimeWord, period: Period) -> Period:
    """The period that a time word puts in force: a third of a month (11月下旬) is told of as its month."""
    third = time.groups.get("tail") or time.groups.get("relmonth_tail", "")
    if not third.endswith("旬") or period.first.month != period.last.month:
        return period
    return months(period.year, period.last.month) or period


def _joined(first: Period | None, last: Period | None) -> Period | None:
    """One period from two days named together (2月18日和19日)."""
    if first is None or last is None:
        return first or last
    return Period(first.first, last.last) if first.first <= last.last else last
