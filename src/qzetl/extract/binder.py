"""The binder: attaches each quantity of a clause to subject, measure, area, period and status.

`Binder.bind` takes the clauses in the order of the text. Within a clause it first sees what governs (times, places,
aims), then goes from quantity to quantity, each with the stretch before it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qzetl.extract.context import Bond, Context
from qzetl.extract.frame import Clause
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.lists import pair_up
from qzetl.extract.measures import Reading, read_measure
from qzetl.extract.mention import Mention
from qzetl.extract.periods import Period
from qzetl.extract.places import Gazetteer, is_body
from qzetl.extract.quantities import Quantity
from qzetl.extract.scan import Word
from qzetl.extract.stretch import Stretch, Token, read_stretch
from qzetl.extract.subjects import Subject, find_happening, find_subject
from qzetl.extract.times import Calendar, TimeWord

__all__ = ["Binder"]

_THRESHOLD = re.compile(
    r"(?:的)?[^，,。；、\d]{0,8}?(?:项目|企业|产业|集群|园|平台|工程|老人|老年|婴幼儿|儿童|人口|人群|群体|品牌|县|镇|村|农户|人员|单位|大县|大户)|的?(?=\d+[个家项])"
)
_DURATIONS = frozenset({"YEAR", "MONTH", "DAY", "HOUR", "MINUTE"})
_MEASURED_TIME = re.compile(r"(?:时间|天数|时长|时限|周期|寿命|年龄|工期|日数|时数)$")
_COUNTED = frozenset({"COUNT", "PERSONS", "VISITS", "HOUSEHOLDS"})
_FIRM_HOUSEHOLDS = re.compile(r"主体|企业|个体|商户|小微|贷款|工商|养殖|公司|厂|店|法人|工业|单位|纳税|经营")
_DOING = re.compile(
    r"新|建成|完成|开展|举办|实施|引进|签约|发放|培训|改造|加装|推进|落实|实现|开工|竣工|投产|培育|接待|吸引|帮助|吸纳|惠及|"
    r"受益|组织|发布|提供|办理|处理|受理|查处|整治|投入|安排|争取|获|开通|销售|生产|种植|收获|出动|发生|送|扶持|拿出|达成|推出|开行|"
    r"招引|集成|归集|下达|减免|兑现|转移|化解|创建|认定|通过|举行|检查|服务|覆盖|参加|参与|输送|救助|资助|发出|交付|运输|发送|检测|筛查"
)
_STANDING = re.compile(r"余额|存量|库存|资产|保有|拥有|现有|共有|规模|面积|总人口|床位|在册|存栏|里程|装机|储量")
_HEDGE_GAP = 3
_OF_WHOLE = re.compile(r"^(?:约|已)?(?:为|是|相当于|达到?)[^，。；、]{2,12}的$")
_LONGEST_STRETCH = 200
_HEADS_ONLY = re.compile(r"(?:数量|总量|规模|总数|个数|数|货值|总额|人数|绝对额|余额|额)")
_SHARE_OF = re.compile(r"(?:的)?(?!水平|增速|增长|目标|任务|的|领跑|位居|居于|排名|领先|列|左右)[\u4e00-\u9fff]{2}")
_RATE_NOUN = re.compile(r"(?:率|度|比例|面|比|指数)$")
_RECENT = 3
_BASE_BEFORE = re.compile(r"(?:比|较|与|同|相比|由|从|由原来|是|为|恢复至|恢复到|相当于)$")
_OF_NEXT = re.compile(r"(?:同期|末|底|年末)?的?(?=[\d一二两三四五六七八九十百千万亿])")
_COMPARED = frozenset({"higher", "lower", "than", "share", "contribution", "recover"})
_TOWARDS = re.compile(r"(?:至|往|到|临|距|自|对|赴|抵|连|通|与|离|向)$")
_NO_AIM = re.compile(r"(?:年度|全年|完成|占|为|年|行动|双千|调整)(?:计划|目标|任务)|(?:计划|目标|任务|规划)的")
_EVENT = re.compile(
    r"[^，,。；;、\d]{2,24}(?:活动|大会|仪式|交流会|招聘会|博览会|论坛|推介会|签约会|比赛|大赛|联赛|马拉松)"
)
_DAILY = re.compile(r"日均|平均每天|最高日|单日")
_OF_TARGET = re.compile(r"的?(?:年度|全年|预期|既定)?(?:目标|任务)")
_FROM = re.compile(r"(?:由|从|自)$")
_CLOSE = re.compile(r"(?:的|末|底|同期|年末|上涨|下降|增长|为|约|亏损|盈利){0,3}")
_GOES_ON = re.compile(r"(?:持续|延续|保持|连续|改变|扭转)$")


class Binder:
    """Binds the quantities of one text, clause after clause."""

    def __init__(self, s: str, lexicon: Lexicon, gazetteer: Gazetteer, calendar: Calendar, context: Context) -> None:
        """Take the normalised text and what its words are resolved with."""
        self._s = s
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._calendar = calendar
        self._c = context

    def bind(self, clause: Clause, tokens: list[Token], quantities: list[Quantity]) -> list[Mention]:
        """Bind the clause's quantities; without any, only what it puts in force is kept."""
        self._open(clause)
        if self._c.target and 0 <= self._c.target_clause != clause.start:
            self._c.target = False
        self._resolve_times(tokens)
        self._c.base = None
        if clause.opens_sentence:
            self._c.anchor = self._c.area
        mentions: list[Mention] = []
        lefts = self._stretches(clause, tokens, quantities)
        start = quantities[-1].end if quantities else clause.start
        pairs = pair_up(quantities, lefts, self._c, self._lexicon, self._gazetteer) if quantities else {}
        ends = self._right_ends(clause, quantities)
        for i, (q, left, right_end) in enumerate(zip(quantities, lefts, ends, strict=True)):
            mentions += self._bind_one(clause, q, left, right_end, pairs.get(i), first=i == 0)
        if not quantities:
            self._pass_over(clause, tokens)
        else:
            self._govern(read_stretch(self._s, start, clause.end, [t for t in tokens if t.start >= start]))
        if clause.opens_sentence:
            self._c.anchor = self._c.area
        return mentions

    def _right_ends(self, clause: Clause, quantities: list[Quantity]) -> list[int]:
        """How far each quantity may look ahead: to the next that is no built-in size, or the clause's end."""
        ends, end = [], clause.end
        for q in reversed(quantities):
            ends.append(end)
            if not self._is_threshold(q, clause):
                end = q.start
        return ends[::-1]

    def _stretches(self, clause: Clause, tokens: list[Token], quantities: list[Quantity]) -> list[Stretch]:
        """What stands before each quantity; a built-in size is transparent, what stands before it goes on behind it."""
        lefts, begin, first, at = [], clause.start, 0, 0
        for q in quantities:
            while at < len(tokens) and tokens[at].start < q.start:
                at += 1
            lefts.append(read_stretch(self._s, begin, q.start, tokens[first:at]))
            if not self._is_threshold(q, clause) or q.start - begin > _LONGEST_STRETCH:
                begin, first = q.end, at
        return lefts

    # What is put in force

    def _open(self, clause: Clause) -> None:
        if clause.opens_paragraph:
            self._c.open_paragraph()
        elif clause.opens_sentence:
            self._c.open_sentence()
        elif clause.opens_statement:
            self._c.open_statement()

    def _resolve_times(self, tokens: list[Token]) -> None:
        """Resolve the clause's time words in order, each against the one in force before it."""
        context = self._c.period or self._c.lead or self._c.section
        before: TimeWord | None = None
        for token in tokens:
            if not isinstance(token, TimeWord):
                continue
            token.period = self._calendar.resolve(token, self._base_of(token, before, context))
            if before and self._is_joined(before, token):
                token.period = before.period = _joined(before.period, token.period)
            before = token
            if token.period and token.period.is_months() and not self._is_aside(token):
                context = token.period

    def _base_of(self, token: TimeWord, before: TimeWord | None, context: Period | None) -> Period | None:
        """What a time word is resolved against: 同期 of the year before goes by the period in force itself."""
        if "whole" in token.groups and self._c.lead:
            return self._c.lead
        if "dom" in token.groups and before and before.period:
            return before.period
        return context

    def _is_joined(self, before: TimeWord, token: TimeWord) -> bool:
        return "dom" in token.groups and self._s[before.end : token.start].strip() in (
            "和",
            "、",
            "至",
            "到",
            "-",
            "—",
            "—",
        )

    def _is_aside(self, time: TimeWord) -> bool:
        """Tell whether a time word governs nothing: a base (比2019年同期), or said of the next figure alone."""
        if time.is_stretch or time.is_average or time.period is None:
            return True
        before, after = self._s[max(0, time.start - 4) : time.start], self._s[time.end : time.end + 4]
        if _BASE_BEFORE.search(before) and not ("same" in time.groups and before[-1:] in "是为"):
            return True
        if _OF_NEXT.match(after) or (time.is_plain_year and _EVENT.match(self._s, time.end)):
            return True
        return ("since" in time.groups or "since2" in time.groups) and _GOES_ON.search(before) is not None

    def _pass_over(self, clause: Clause, tokens: list[Token]) -> None:
        """Read a clause without a quantity for what it puts in force, a new subject included."""
        left = read_stretch(self._s, clause.start, clause.end, tokens)
        before = self._c.period
        self._govern(left)
        published = self._calendar.published
        now = self._c.period
        if now is not before and now and published and now.year < published.year - _RECENT and self._c.resume is None:
            self._c.resume = (before,)  # a date of history, told without a figure, rules no further than its sentence
        self._aim(left, clause)
        if left.phrase and not left.kinds() & {"share"}:
            subject = find_subject(left.phrase, self._c.family, self._lexicon)
            if subject.codes or clause.closing in ":：":
                self._c.subject = subject
                self._c.family = subject.codes[0] if subject.codes else self._c.family

    def _govern(self, left: Stretch) -> None:
        """Put the governing time and place of a stretch in force."""
        for time, side in left.times:
            if side in ("than", "base"):
                self._c.base = time
            if time.period is None or side in ("than", "base", "recover") or self._is_aside(time):
                continue
            passing = self._s[max(0, time.start - 3) : time.start].rstrip(",，:：").endswith("其中")
            self._c.govern(time.period, passing=passing)
        if self._goes_on_comparing(left) or sum(not side for _, side in left.places) > 1 and left.has_list_mark:
            return
        for word, side in left.places:
            if (
                side in _COMPARED
                or self._is_scope(word, left)
                or _TOWARDS.search(self._s[max(0, word.start - 2) : word.start])
            ):
                continue
            if word.entry.kind == "zone":
                self._c.area, self._c.area_named = None, True
            elif not is_body(self._s, word):
                code = self._gazetteer.resolve(word.entry, self._c.area)
                if code:
                    self._c.area, self._c.area_named = code, True

    def _goes_on_comparing(self, left: Stretch) -> bool:
        """Tell whether a list of distances goes on (快于全国5.1个百分点、全区2.3个百分点)."""
        last = self._c.last
        return last is not None and last.measure in ("DIFF", "RANK", "SHARE") and not left.phrase and left.has_list_mark

    def _is_scope(self, word: Word, left: Stretch) -> bool:
        """Tell whether a place is where something ranks (居全省第2位), not where it is."""
        if any(c.entry.kind == "rank" and 0 <= word.start - c.end <= _HEDGE_GAP for c in left.cues):
            return True
        return left.end - word.end <= 1 and self._s[left.end : left.end + 1] in ("第", "前", "后")

    def _aim(self, left: Stretch, clause: Clause) -> None:
        for cue in left.cues:
            if cue.entry.kind == "aim" and not _NO_AIM.search(self._s[max(0, cue.start - 4) : cue.end + 1]):
                self._c.target = True
                self._c.target_holds = clause.closing in (":", "：") or self._c.target_holds
                self._c.target_clause = clause.start if cue.entry.sign == 0 and not self._c.target_statement else -1
                self._c.target_statement = self._c.target_statement or cue.entry.sign == 1
        future = any(
            t.period and self._calendar.published and t.period.first > self._calendar.published for t, _ in left.times
        )
        if future:
            self._c.target = True

    # One quantity

    def _is_threshold(self, q: Quantity, clause: Clause) -> bool:
        """Tell whether a quantity is a size built into what is counted (百亿项目, 亿元以上项目, 3岁以下婴幼儿)."""
        if q.unit not in ("CNY", "YEAR_AGE", "MU", "T", "KW", "USD", None, "M2") and q.form != "size":
            return False
        if q.form == "size" or q.bound in ("over", "under") or q.unit == "YEAR_AGE":
            return _THRESHOLD.match(self._s, q.end, clause.end + 1) is not None
        before = self._s[max(0, q.start - 2) : q.start]
        return before.endswith(("超", "过")) and _THRESHOLD.match(self._s, q.end, clause.end + 1) is not None

    def _bind_one(
        self, clause: Clause, q: Quantity, left: Stretch, right_end: int, pair: Bond | None, *, first: bool
    ) -> list[Mention]:
        c = self._c
        self._govern(left)
        self._aim(left, clause)
        if q.written_unit == "位" and (moved := left.last("up", "down")) and q.start - moved.end <= 1:
            q.unit = "RANK"
        c.settle_lead()
        c.figures += 1
        bound = self._bound(q, left)
        if self._is_threshold(q, clause):
            return [self._mention(clause, q, Bond(Subject(left.phrase), None, c.area, None), bound, "threshold")]
        continued = not left.phrase and not left.cues and c.last is not None and not first
        subject, rule = self._subject(q, left, right_end)
        period, is_base = self._governing(q, left)
        if q.form == "ratio" and left.end - left.start == 1 and c.last:
            period = c.last.period
        reading = self._other_area(q, left, right_end) or read_measure(q, left, period or c.lead, c.base)
        if reading is None:
            reading = self._continued(q, left, subject, continued=continued)
        area = self._area(q, left, reading)
        codes: tuple[str | None, ...] = subject.codes or (None,)
        if len(codes) > 1 and pair is None:
            codes = (codes[0],) if reading.measure == "SHARE" else codes
        bond = Bond(subject, codes[0], area, period, reading.measure, reading.sign, q.unit)
        if pair is not None:
            bond = replace(
                bond, subject=pair.subject, indicator=pair.indicator, area=pair.area, period=pair.period or period
            )
            codes = (bond.indicator,)
            if pair.measure != "LEVEL":
                bond.measure = pair.measure
        if _DAILY.search(self._s[left.start : q.start]):
            codes = (None,)
        mentions = [
            self._finish(clause, q, left, replace(bond, indicator=code), bound, f"{rule}/{reading.rule or 'level'}")
            for code in codes
        ]
        for mention in mentions:
            if is_base:
                mention.status = "actual"
            if _OF_TARGET.match(self._s, q.end):
                mention.status = "target"
        self._remember(left, bond, subject if pair is None else pair.subject, q)
        return mentions

    def _subject(self, q: Quantity, left: Stretch, right_end: int) -> tuple[Subject, str]:
        """The subject of `q`: named before it, counted behind it, or going on from before."""
        c = self._c
        after = self._s[q.end : right_end]
        if (_HEADS_ONLY.fullmatch(left.phrase) and not (q.unit in _COUNTED and _noun_after(after))) or _OF_WHOLE.search(
            self._s[left.start : q.start]
        ):
            return c.subject, "inherited"
        if (
            left.phrase
            and "respectively" not in left.kinds()
            and (known := find_subject(left.phrase, c.family, self._lexicon)).code
        ):
            if "new" not in left.kinds():
                return known, "named"
        if q.unit in _COUNTED or q.unit is None:
            noun = _noun_after(after)
            begin = max(left.start, self._s.rfind("、", left.start, q.start) + 1 if noun else left.start)
            window = self._s[begin : q.start] + noun + after[len(noun) :]
            code = find_happening(window, q.unit, self._lexicon)
            if code and (noun or re.search(r"项目|岗|求职|企业|单位|团队|公司|事项", self._s[begin : q.start])):
                if not (code == "SERVICE_ITEMS_ONLINE" and "类" in self._s[q.start : q.end]):
                    return Subject(noun or left.phrase, (code,)), "event"
            if noun and not left.phrase.endswith(noun):
                words = noun if not left.kinds() & {"new"} else noun
                subject = (
                    find_subject(words, c.family, self._lexicon)
                    if "new" in left.kinds() or not left.phrase
                    else Subject(left.phrase + noun)
                )
                if left.kinds() & {"new"}:
                    fresh = find_subject("新增" + noun, c.family, self._lexicon)
                    subject = fresh if fresh.codes else subject
                return subject, "counted"
        if left.phrase:
            name = (
                left.phrase.split("、")[-1]
                if left.has_list_mark and "respectively" not in left.kinds()
                else left.phrase
            )
            subject = find_subject(left.phrase, c.family, self._lexicon)
            if not subject.codes and name != left.phrase:
                subject = find_subject(name, c.family, self._lexicon)
            if "new" in left.kinds():
                fresh = find_subject("新增" + name, c.family, self._lexicon)
                subject = fresh if fresh.codes else subject
            return subject, "named"
        return c.subject, "inherited"

    def _continued(self, q: Quantity, left: Stretch, subject: Subject, *, continued: bool) -> Reading:
        last = self._c.last
        if (
            last is not None
            and (continued or (not left.phrase and not left.kinds() & {"level", "multiple"}))
            and last.unit == q.unit
        ):
            return Reading(last.measure, last.sign, "list")
        if q.form == "ratio":
            return Reading("SHARE", 1, "proportion")
        if left.last("fall_noun") and q.unit == "PT":
            return Reading("GROWTH_YOY", -1, "growth")
        if q.unit == "PT" and _OF_WHOLE.search(self._s[left.start : q.start]):
            return Reading("MULTIPLE", 1, "of-another")
        if q.unit == "PT" and _SHARE_OF.match(self._s, q.end) and not _RATE_NOUN.search(subject.phrase):
            return Reading("SHARE", 1, "share-of")
        return Reading("LEVEL", 1, "level")

    def _governing(self, q: Quantity, left: Stretch) -> tuple[Period | None, bool]:
        """The period of the figure, and whether it is a base that others are compared with (由2020年的4805亿元)."""
        if left.times:
            time, _ = left.times[-1]
            before, gap = self._s[max(0, time.start - 2) : time.start], self._s[time.end : left.end]
            if time.period and _FROM.search(before) and _CLOSE.fullmatch(gap):
                return time.period, True
            if time.period and gap in ("的", "") and q.unit not in ("PT", "PP", "TIMES") and not time.is_stretch:
                return time.period, _BASE_BEFORE.search(self._s[max(0, time.start - 4) : time.start]) is not None
        return self._c.period, _FROM.search(self._s[max(0, q.start - 2) : q.start]) is not None

    def _other_area(self, q: Quantity, left: Stretch, right_end: int) -> Reading | None:
        """Read 高于全省6%的增速 and 低于全国（49.5%）: the figure is the other area's own growth."""
        cue = left.last("higher", "lower", "than")
        if q.unit != "PT" or cue is None or not left.places or left.places[-1][0].start < cue.end:
            return None
        if q.start - left.places[-1][0].end > 1 or left.last("up", "down"):
            return None
        return Reading("GROWTH_YOY", 1, "other-area")

    def _area(self, q: Quantity, left: Stretch, reading: Reading) -> str | None:
        """The area in force, but for the figure of an area compared with; what ranks lies within where it ranks."""
        c = self._c
        if reading.rule == "other-area":
            word = left.places[-1][0]
            return self._gazetteer.resolve(word.entry, c.area) if word.entry.kind == "place" else None
        if q.unit == "RANK" and c.area in self._gazetteer.lineage:
            return c.home
        return c.area

    def _bound(self, q: Quantity, left: Stretch) -> str:
        """What is written before adds to what is written behind (OBSERVATION.md 2, bound)."""
        for kind in ("over", "under", "approx", "higher", "lower"):
            cue = left.last(kind)
            if cue is None or q.start - cue.end > 1 or q.bound == "range":
                continue
            if kind in ("higher", "lower"):
                return "over" if kind == "higher" and q.unit != "PP" else "under" if q.unit != "PP" else q.bound
            return kind
        if q.form == "size" and q.bound == "exact" and not q.written_unit:
            return "over"
        return q.bound

    def _finish(self, clause: Clause, q: Quantity, left: Stretch, bond: Bond, bound: str, rule: str) -> Mention:
        """Settle what depends on all the rest: the unit of bare numbers, durations, the lead's period."""
        phrase = bond.subject.phrase
        if q.unit in _DURATIONS and not _MEASURED_TIME.search(phrase) and bond.measure == "LEVEL":
            return self._mention(clause, q, replace(bond, indicator=None, period=None), bound, "duration")
        unit = self._unit(q, bond, left)
        if bond.period is None and self._is_flow(q, bond, left):
            bond = replace(bond, period=self._of_event(bond) or self._c.lead or self._c.section)
            rule += "/lead"
        if q.unit in ("KM", "M") and self._s[q.end : q.end + 1] == "外":
            bond = replace(bond, indicator=None, period=None)
        return self._mention(clause, q, bond, bound, rule, unit)

    def _of_event(self, bond: Bond) -> Period | None:
        """The day of the event last told, for the figures of an event that is not dated anew."""
        indicator = self._lexicon.indicators.get(bond.indicator or "")
        return self._c.event if indicator is not None and indicator.kind == "happening" else None

    def _is_flow(self, q: Quantity, bond: Bond, left: Stretch) -> bool:
        if bond.measure.startswith(("GROWTH", "COMPLETION", "CONTRIBUTION")):
            return True
        indicator = self._lexicon.indicators.get(bond.indicator or "")
        if indicator is not None:
            return not indicator.stock or bond.measure in ("CHANGE", "DIFF")
        text = self._s[left.start : q.start]
        if _STANDING.search(text):
            return False
        if q.unit in _COUNTED and q.unit != "VISITS":
            return _DOING.search(text) is not None or "new" in left.kinds()
        return q.unit not in ("YEAR_AGE", "KM2", "MU", "M2", "HA", "M", "RANK")

    def _unit(self, q: Quantity, bond: Bond, left: Stretch) -> str | None:
        phrase = bond.subject.phrase
        if q.unit == "HOUSEHOLDS" and _FIRM_HOUSEHOLDS.search(
            (phrase + self._s[left.start : q.end + 12]).replace("农户", "")
        ):
            return "COUNT"
        if q.unit is not None:
            return q.unit
        if q.form == "size":
            return "CNY"
        indicator = self._lexicon.indicators.get(bond.indicator or "")
        if indicator is not None and indicator.unit in ("TIMES", "PT"):
            return "POINTS" if indicator.code in ("CPI", "PPI") else indicator.unit
        if bond.subject.phrase.endswith(("指数", "性别比", "指数为")):
            return "POINTS"
        return "TIMES" if bond.subject.phrase.endswith(("比", "倍差", "系数")) else "COUNT"

    def _remember(self, left: Stretch, bond: Bond, subject: Subject, q: Quantity) -> None:
        c = self._c
        c.last = bond
        if left.phrase or subject is not c.subject:
            c.subject = subject
            c.subject_bond = bond
        if bond.indicator:
            c.family = bond.indicator
        elif left.phrase:
            c.family = _family(subject.phrase, c.family)
        if bond.measure == "LEVEL":
            c.stated.append(bond)

    def _mention(
        self, clause: Clause, q: Quantity, bond: Bond, bound: str, rule: str, unit: str | None = None
    ) -> Mention:
        sign = 1 if q.signed else bond.sign
        value, low, high = (None if v is None else _signed(v, sign) for v in (q.value, q.low, q.high))
        if sign < 0 and low is not None and high is not None:
            low, high = high, low
        start, end = clause.sentence
        return Mention(
            q.start, q.end, "", "quantity", value, low, high, bound, unit or q.unit or "CNY", bond.measure,
            bond.indicator, bond.subject.phrase or None, bond.area, str(bond.period) if bond.period else None,
            "target" if self._c.target else "actual", None, None, "B", rule, start, end,
        )  # fmt: skip


def _joined(first: Period | None, last: Period | None) -> Period | None:
    """One period from two days named together (2月18日和19日)."""
    if first is None or last is None:
        return first or last
    return Period(first.first, last.last) if first.first <= last.last else last


def _signed(value: float, sign: int) -> float:
    return -value if sign < 0 and value else value


def _noun_after(text: str) -> str:
    """The noun that a counted figure stands before: up to the first mark, digit or connective."""
    match = re.match(r"[^，,。；;、：:（）()！？\d]{1,16}", text)
    return match[0].strip() if match else ""


def _family(phrase: str, before: str | None) -> str | None:
    """What is in force after a subject that has no code: its kind of thing, so that sector names are not misread."""
    for tail in ("利润", "进出口", "投资", "用电量", "收入", "贷款", "存款", "产量", "价格"):
        if tail in phrase:
            return f"?{tail}"
    return before if phrase.endswith("业") or before is None or not before.endswith(("STOCK", "SLAUGHTER")) else None
