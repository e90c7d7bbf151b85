"""Governing: what is in force, clause by clause: period (`dating`), area (`placing`) and status (OBSERVATION.md 2)."""

from __future__ import annotations

import re
from datetime import date

from qzetl.extract.context import Context
from qzetl.extract.dating import Dating
from qzetl.extract.frame import Clause, ahead, behind
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.periods import Period, years
from qzetl.extract.places import Gazetteer
from qzetl.extract.placing import Placing
from qzetl.extract.scan import Word
from qzetl.extract.stretch import Stretch
from qzetl.extract.times import Calendar, TimeWord

__all__ = ["Governing"]

_OF_THING = re.compile(r"[^，,。；;\d\n]{1,8}的(?=\d)")  # 计划开工的12个项目，到11月底开工9个
_RECENT_YEARS = 3
_LONGEST_HEADING = 40
_ONE_YEAR = re.compile(r"((?:19|20)\d\d)年(?!来|[至到—-])")
_PRICE = re.compile("价格|CPI|PPI")
_MADE_INTO = re.compile(  # 将开放时间延长2个小时: what is done to a thing
    r"(?!进一步|继续|全面|持续|逐步|大力|着力|重点|分别|陆续)[\u4e00-\u9fff“”]{2,12}?"
    r"(?:延长|压缩|压减|缩短|调整[为到至]|确定为|更名为|升级为|提前至|提升至|提高到|降至|降到|纳入|列入|列为|作为|下放|赋予|交由|分为)"
)
_CAPTION = re.compile(r"[ ]*[图表][ ]*\d{1,2}[ ]*[：:、]?")  # 图1：2011—2015年地区生产总值及增长速度
_PAST = re.compile("(?:过去|这)五年")
_WITH_FIGURE = re.compile(r"[，,][^，,。；;\n\d]{1,24}\d")
_FIRST_RANK = re.compile(r"[ 　]*第?[一二三四五六七八九十]{1,3}[、部]")
_FUNDS = re.compile(
    r"(?:到|了)?[^，,。；;\d\n]{0,12}?(?:资金|债券|国债|转移支付|补助|补贴|贷款|额度|指标|项目)"
)  # 争取上级资金: to obtain
_AIMS = frozenset({"目标", "任务", "计划", "规划"})
_FULFILLED = re.compile(r"(?:超额|圆满|全面|提前|如期|顺利|胜利|已经?)完成了?[^，,。；;\n]{0,10}$")
_SPEAKER = 16  # letters behind a quotation in which its speaker is named
_ONCE_DONE = 2  # the sign of an aim without a date: 建成后, 投产后


class Governing:
    """Keeps a context's period, area and status in step with the text; `dates` and `places` tell a figure's."""

    def __init__(self, s: str, lexicon: Lexicon, gazetteer: Gazetteer, calendar: Calendar, context: Context) -> None:
        """Take the normalised text and what its words are resolved with."""
        self._s = s
        self._patterns = lexicon.patterns
        self._calendar = calendar
        self._c = context
        self.dates = Dating(s, lexicon, calendar, context)
        self.places = Placing(s, lexicon, gazetteer, context)

    def open(self, clause: Clause) -> None:
        """Forget what ended before this clause."""
        c = self._c
        if clause.opens_paragraph:
            if c.period and self._calendar.published and c.period.first > self._calendar.published:
                c.period = None  # what lies ahead (到2025年) rules no further paragraph
            self._open_items(clause)
            c.caption = _CAPTION.match(self._s, clause.start) is not None
            monthly = c.monthly if self._patterns["moreover"].match(self._s, clause.start) else None
            c.open_paragraph(lists=self._patterns["goes_on_listing"].match(self._s, clause.start) is not None)
            c.monthly = monthly  # 此外，衣着价格上涨0.8%: on the month before, as the paragraph before
        elif clause.opens_sentence:
            c.open_sentence(goes_on=self._s.startswith("其中", clause.start))
        elif clause.opens_statement:
            c.open_statement()
        if clause.opens_sentence and c.of_zone and c.area is None and self._tells_of_project(clause):
            c.govern_area(c.home, passing=True)
        elif c.zone_opens and clause.opens_sentence and self._tells_of_firm(clause):
            c.tell_of_firm()
        self._govern_brackets(clause)
        if c.historic and self._patterns["now"].match(self._s, clause.start):
            c.leave()
        if c.target and 0 <= c.target_clause != clause.start:
            c.target = False

    def _tells_of_project(self, clause: Clause) -> bool:
        """Tell whether a sentence begins with what a project costs (总投资15亿元的家纺项目6月开工)."""
        return self._patterns["one_project"].match(self._s, clause.start) is not None

    def _tells_of_firm(self, clause: Clause) -> bool:
        """Tell whether a sentence, or who speaks it, is of one firm or project (“…。”公司董事长说)."""
        start, end = clause.sentence
        speaker = behind(self._s, end, _SPEAKER) if self._s[end - 1 : end] == "”" else ""
        return self._patterns["of_firm"].search(self._s[start:end] + speaker) is not None

    def _govern_brackets(self, clause: Clause) -> None:
        """Give back the area and the figures that a bracket interrupts (4894元（全国5963元），增长16.8%)."""
        c = self._c
        if clause.depth and c.outside is None:
            c.outside = (c.area, c.last, c.stated, len(c.stated))
        elif not clause.depth and c.outside is not None:
            (c.area, c.last, c.stated, before), c.outside = c.outside, None
            del c.stated[before:]

    def _open_items(self, clause: Clause) -> None:
        """Let the period of the paragraph before rule all the items that follow it, each behind a dash."""
        c = self._c
        if not self._s.startswith("——", clause.start):
            goes_on = c.aims_told and self._patterns["on_aims"].match(self._s, clause.start) is not None
            c.items = c.period if goes_on and c.period and c.period.is_months() else None
            c.items_aim = goes_on
        elif c.items is None and c.period and c.period.is_months():
            c.items = c.period
        c.aims_told = self._patterns["tells_aims"].search(self._s, clause.start, clause.start + 60) is not None

    def close_heading(self, clause: Clause) -> None:
        """Take a paragraph without a figure for a heading: its period and its aims rule until the next of its rank."""
        c = self._c
        ends = clause.closing == "\n" or self._s.startswith((":\n", "：\n"), clause.end)
        if c.figures or not ends or not clause.opens_paragraph:
            return
        said = self._s[clause.start : clause.end]
        if len(said) > _LONGEST_HEADING:
            return
        period = c.period if c.dated and c.period and c.period.is_months() else None
        if period and period.first.year < period.last.year and (year := _ONE_YEAR.search(said)):
            period = years(int(year[1]))  # 2020年工作和“十三五”回顾
        if period is None and _PAST.search(said):
            period = c.past
        if period is None and not _FIRST_RANK.match(said):
            return
        c.heading = period
        c.heading_aims = self._patterns["heading_of_aims"].search(said) is not None

    def is_planned(self, period: Period | None) -> bool:
        """Tell whether what is in force lies ahead, or a heading announces aims and `period` is not over."""
        if self.dates.is_ahead(self._c.period) or (period is not None and self.dates.is_ahead(period)):
            return True
        return (self._c.heading_aims or self._c.items_aim) and not self.is_over(period)

    def is_over(self, period: Period | None) -> bool:
        """Tell whether a period lies behind publication."""
        return period is not None and self._lie_behind([period])

    def govern(self, left: Stretch) -> None:
        """Put the governing time and place of a stretch in force."""
        if "qoq" in left.kinds() and self._patterns["by_month"].fullmatch(self._s, left.start, left.end):
            self._c.month_on_month = True
        self._govern_months(left)
        if "undated" in left.kinds():
            self._c.leave_undated()
        self.dates.govern(left)
        self.places.govern(left)

    def _govern_months(self, left: Stretch) -> None:
        """Take a paragraph on prices whose first growth is on the month before for one on such growths."""
        c = self._c
        if c.monthly is None and left.kinds() & {"yoy", "qoq"} and _PRICE.search(self._s, left.start, left.end):
            c.monthly = "qoq" in left.kinds()

    def govern_history(self, left: Stretch) -> None:
        """Govern by a clause without a figure: a date of history told there rules no further than its sentence."""
        c, before = self._c, self._c.period
        passing = {"whole", "now"} if left.phrase else {"whole"}
        if c.event and left.times and all(time.groups.keys() & passing for time, _ in left.times):
            self.places.govern(left)
            return  # 3月30日，…是全年扩投资的重要力量; 目前雨带南移: the event's days rule on
        self.govern(left)
        if left.times and left.times[-1][1] == "than" and not left.phrase:
            c.compared_with = left.times[-1][0].period  # 与2010年比，生产总值由106.96亿元增加到…
        published = self._calendar.published
        if c.period is before or c.period is None or published is None or c.resume is not None:
            return
        if c.period.year >= published.year - _RECENT_YEARS:
            return
        if self._patterns["census"].search(self._s, left.start, left.end):
            return  # 2010年第六次人口普查时，…: it dates the figures that follow
        if c.period.is_months() and not left.phrase and _WITH_FIGURE.match(self._s, left.end):
            return  # 2010年，全县生产总值43亿元
        c.resume, c.historic = (before,), True

    def aim(self, left: Stretch, clause: Clause) -> None:
        """Put the status `target` in force: to the statement's end, or for 打造 to the clause's."""
        c, published = self._c, self._calendar.published
        for cue in left.cues:
            if cue.entry.kind != "aim" or self._is_no_aim(cue, left):
                continue
            c.target = True
            c.target_holds = clause.closing in (":", "：") or c.target_holds
            brief = cue.entry.sign == 0 or _OF_THING.match(self._s, cue.end) is not None
            if cue.entry.sign == _ONCE_DONE:
                c.open_end = c.entity = True
            c.target_clause = clause.start if brief and not c.target_statement else -1
            c.target_statement = c.target_statement or not brief
        times = [t for t, side in left.times if not side] if published and left.times else []
        if c.aimed_before and published and any(self._is_not_over(t, published) for t in times):
            c.target = True  # 力争年内新增15亿元；全年增加值增长8%
        if times and published and any(self._lies_ahead(t, published) for t in times):
            c.target = c.aims_by_time = True
        elif c.aims_by_time and self._lie_behind(_told(left)):
            # 订单排到明年3月，1至9月产值…: what is over is no aim
            c.target = c.aims_by_time = False
        if c.target and self._patterns["got"].search(self._s, left.start, left.end):
            c.leave_aim()  # 计划招工800名，一上午就收了130多份简历

    def open_done(self, rest: Stretch) -> None:
        """Let no time rule what follows a day that is to come, told behind a clause's last figure (…、全部达产后，)."""
        done = (cue.text for cue in rest.cues if cue.entry.kind == "aim" and cue.entry.sign == _ONCE_DONE)
        if any(self._patterns["in_production"].search(text) for text in done):
            self._c.target = self._c.open_end = self._c.entity = True

    def _is_no_aim(self, cue: Word, left: Stretch) -> bool:
        """Tell whether a word of aims is part of a name, or says what is done (将168项权限赋予园区)."""
        if cue.text == "将" and (self._s[cue.end : cue.end + 1].isdigit() or _MADE_INTO.match(self._s, cue.end)):
            return True
        around = ahead(self._s, cue.start, 4) + behind(self._s, cue.start, len(cue.text) + 1)
        if self._patterns["not_aim"].search(around):
            return True
        if cue.text in _AIMS and _FULFILLED.search(ahead(self._s, cue.start, 14)):
            return True  # 超额完成“十三五”规划目标
        return cue.text == "争取" and _FUNDS.match(self._s, cue.end) is not None and self._tells_what_is_over(left)

    def _tells_what_is_over(self, left: Stretch) -> bool:
        """Tell whether all that is told here, or in the sentence before it, lies behind."""
        before = [period] if (period := self._c.period or self._c.heading or self._c.lead) else []
        return self._lie_behind(_told(left) or before)

    def _lie_behind(self, periods: list[Period]) -> bool:
        today = self._calendar.published or date.max
        return bool(periods) and all(period.last <= today for period in periods)

    def _is_not_over(self, time: TimeWord, published: date) -> bool:
        return time.period is not None and time.period.last > published and "whole" in time.groups

    def _lies_ahead(self, time: TimeWord, published: date) -> bool:
        """Tell whether a time is still to come, or is what a deadline (到今年底) names."""
        if time.period is None:
            return False
        ends = self._s[time.start : time.end].endswith(("底", "末"))
        until = ends and ahead(self._s, time.start, 1) == "到" and time.period.last > published
        return time.period.first > published or until


def _told(left: Stretch) -> list[Period]:
    """The periods of a stretch's own times, without those of the other side."""
    return [time.period for time, side in left.times if time.period and not side]
