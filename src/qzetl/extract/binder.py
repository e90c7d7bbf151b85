"""The binder: attaches each quantity of a clause to subject, measure, area, period and status.

`Binder.bind` takes the clauses in the order of the text. `resolving` gives their times periods; a clause without a
quantity goes to `announcing`. Each quantity is seen with the stretch before it (`figure`); what is in force comes from
`governing`, the subject from `naming`, the measure from `measures`, lists from `lists`, and `settling` closes what
depends on all of them. A mention's `rule` names what decided: how the subject was
found, what told the measure, and `lead` where the period is the lead's.
"""

from __future__ import annotations

import re

from qzetl.extract.announcing import Announcing, pending_of
from qzetl.extract.confidence import class_of
from qzetl.extract.context import Bond, Context, are_of_places
from qzetl.extract.figure import COUNTED, Figure, figures_of
from qzetl.extract.flows import settle_period
from qzetl.extract.frame import Clause
from qzetl.extract.governing import Governing
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.lists import are_of_times, pair_up, places_listed
from qzetl.extract.measures import Reading, read_measure
from qzetl.extract.mention import Mention, Status
from qzetl.extract.naming import family_after, subject_of
from qzetl.extract.periods import Period
from qzetl.extract.places import NATION, Gazetteer
from qzetl.extract.quantities import Quantity
from qzetl.extract.resolving import Resolving
from qzetl.extract.settling import bound_of, signed_values, unit_fits, unit_of
from qzetl.extract.stretch import Stretch, Token, read_stretch
from qzetl.extract.subjects import Subject, find_happening, find_subject, find_written
from qzetl.extract.times import Calendar, TimeWord

__all__ = ["Binder"]


class Binder:
    """Binds the quantities of one text, clause after clause."""

    def __init__(self, s: str, lexicon: Lexicon, gazetteer: Gazetteer, calendar: Calendar, context: Context) -> None:
        """Take the normalised text and what its words are resolved with."""
        self._s = s
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._c = context
        self._sentence: tuple[tuple[int, int], bool] | None = None
        self._governing = Governing(s, lexicon, gazetteer, calendar, context)
        self._announcing = Announcing(s, lexicon, gazetteer, context, self._governing)
        self._resolving = Resolving(s, lexicon, calendar, context)

    def bind(self, clause: Clause, tokens: list[Token], quantities: list[Quantity]) -> list[Mention]:
        """Bind the clause's quantities; without any, only what it puts in force is kept."""
        self._governing.open(clause)
        self._resolving.resolve(tokens)
        mentions: list[Mention] = []
        if quantities:
            figures = figures_of(self._s, clause, tokens, quantities, self._lexicon, compared=self._compares(clause))
            pairs = pair_up(figures, self._c, self._lexicon, self._gazetteer)
            for n, figure in enumerate(figures):
                mentions += self._bind(figure, pairs.get(n))
            end = quantities[-1].end
            counted = end + len(figures[-1].noun)
            if behind := [t for t in tokens if t.start >= end and not self._rules_nothing(t, counted)]:
                rest = read_stretch(self._s, end, clause.end, behind)
                self._governing.govern(rest)
                self._governing.open_done(rest)
                self._c.places = places_listed(rest, self._c, self._gazetteer) or self._c.places
                if clause.closing in (":", "：") or _IN_ORDER.match(self._s, clause.end):
                    self._announcing.announce(rest)
        else:
            self._announcing.pass_over(clause, tokens)
            self._governing.close_heading(clause)
        return mentions

    def _rules_nothing(self, token: Token, counted: int) -> bool:
        """Tell whether a word behind a figure rules nothing that follows.

        Such are a time that says by when (3个泊位6月底前投用), and in what is counted, which ends at `counted`,
        a zone or the nation (10个全国乡村旅游示范县).
        """
        if isinstance(token, TimeWord):
            return "前" in self._s[token.end - 1 : token.end + 1]
        return (token.entry.kind == "zone" or token.entry.codes[:1] == (NATION,)) and token.end <= counted

    def _compares(self, clause: Clause) -> bool:
        """Tell whether the clause's sentence compares with the year before; each sentence is searched once."""
        if self._sentence is None or self._sentence[0] != clause.sentence:
            found = self._lexicon.patterns["compared"].search(self._s, *clause.sentence) is not None
            self._sentence = (clause.sentence, found)
        return self._sentence[1]

    def _bind(self, figure: Figure, pair: Bond | None) -> list[Mention]:
        c, q, left = self._c, figure.q, figure.left
        self._governing.govern(left)
        self._governing.aim(left, figure.clause)
        if q.written_unit == "位" and (_is_rank(figure) or (c.last is not None and c.last.unit == "RANK")):
            q.unit = "RANK"
        self._governing.dates.settle_lead()
        c.figures += 1
        if figure.size:
            return [self._mention(figure, Bond(Subject(left.phrase), None, c.area, None), "size")]
        self._recall_event(figure)
        subject, rule = subject_of(figure, c, self._lexicon)
        period, is_base = self._governing.dates.period_of(figure)
        reading = read_measure(figure, period or c.lead, c, subject, self._lexicon)
        if reading.measure == "LEVEL" and figure.q.unit == "PT" and subject.code in _GROWS_BY:
            reading = Reading("GROWTH_YOY", 1, "growth")  # 经济增长目标确定为9.5%左右: its unit tells
        subject = self._as_measured(figure, subject, rule, reading)
        area = self._governing.places.area_of(figure, reading.rule, inherited=rule == "inherited")
        years = all(time.is_plain_year for time, _ in figure.left.times)
        if reading.measure in ("MULTIPLE", "GROWTH_BASE") and period is not None and period == c.period and years:
            period = period.last_year()  # 总量是2010年的2.2倍, told of a plan: what its last year is of the base
        bond = Bond(
            subject, subject.codes[0] if subject.codes else None, area, period, reading.measure, reading.sign, q.unit
        )
        bonds = self._of_list(figure, bond, pair) if pair else self._of_all(figure, bond)
        bonds = [_uncoded(each) if self._is_other_thing(figure, each) else each for each in bonds]
        if rule == "inherited" and not is_base and not (pair and are_of_times(c.listed)):
            bonds = [each.but(period=self._carried(figure, each)) for each in bonds]
        mentions = [self._settled(figure, each, f"{rule}/{reading.rule}", is_base=is_base) for each in bonds]
        if status := self._own_status(figure, reading.measure, is_base=is_base):
            for mention in mentions:
                mention.status = status
                if status == "target" and mention.confidence == "A":
                    mention.confidence = "B"
        self._remember(figure, bonds[0])
        if not figure.counts_ranked:
            self._keep_last(figure, bonds[0], reading, is_base=is_base)
        return mentions

    def _share_of_event(self, figure: Figure, subject: Subject) -> str | None:
        """The code of an event's figure that a share is of (占到参会单位的两成, 来自外地的项目占七成)."""
        event = self._c.happening
        if event and event.startswith("PROJECTS") and subject.phrase.endswith("项目"):
            return event
        whole = "".join(figure.left.others)
        return find_happening(whole, "COUNT", self._lexicon) if whole else None

    def _named_behind(self, figure: Figure) -> Subject | None:
        """The indicator that a share is of, where its name alone stands behind it (6.4%的GDP)."""
        known = find_subject(figure.noun.removeprefix("的"), None, self._lexicon)
        return known if known.codes else None

    def _as_measured(self, figure: Figure, subject: Subject, rule: str, reading: Reading) -> Subject:
        """The subject with what only its measure or its words as written tell of it."""
        measure, told = reading.measure, reading.rule
        if figure.counts_ranked:
            return Subject(subject.phrase)  # 增速在全省11个地市中居首位
        subject = self._share_of_last(figure, subject, measure) or subject
        if measure == "SHARE" and not subject.codes and (code := self._share_of_event(figure, subject)):
            return Subject(subject.phrase, (code,))
        if measure == "SHARE" and told.startswith("share") and figure.after.startswith("的"):
            subject = self._named_behind(figure) or subject
        if measure == "SHARE" and rule == "named" and subject.phrase.endswith(_GUESTS) and "过夜" not in subject.phrase:
            return Subject(subject.phrase)  # 省外游客占62.4%: by where they come from
        if measure == "SHARE" and rule == "inherited" and figure.first and figure.after.startswith("的"):
            return Subject(figure.noun)  # 占比63.3%的电力供应业
        if rule == "named":
            words = self._s[slice(*figure.left.span)]
            if not subject.codes:
                subject = find_written(words, self._c.family, self._lexicon) or subject
            subject.words = words
        return subject

    def _own_status(self, figure: Figure, measure: str, *, is_base: bool) -> Status | None:
        """The status that a figure has whatever is in force; None where it takes that."""
        if is_base or (measure == "COMPLETION" and "aim" not in figure.left.kinds()):
            return "actual"
        return "target" if figure.planned or figure.aimed or figure.of_aim or figure.of_year else None

    def _keep_last(self, figure: Figure, bond: Bond, reading: Reading, *, is_base: bool) -> None:
        """Keep what the figures that follow may go on from."""
        c = self._c
        c.last = bond.but(area=c.area if reading.rule == "other-area" else bond.area)
        c.risen = c.last_is_base and not is_base
        c.last_is_base, c.last_in_force, c.last_area = is_base, c.period, c.area
        c.pending = pending_of(figure.left) if reading.measure == "RANK" else None
        c.comparing = reading.rule == "other-area"
        c.newly = reading.rule in ("newly-added", "lessened")
        c.changed = _changed(figure.left) if figure.q.unit == "PP" and reading.measure == "CHANGE" else None
        plan = figure.q.unit != "PT" and "complete" in figure.left.kinds()  # 占年预算96540万元的22.04%
        c.aimed = plan or figure.of_aim or self._lexicon.patterns["aims"].search(figure.before) is not None

    def _recall_event(self, figure: Figure) -> None:
        """Put an event back in force, with its time, where its number is told again (签约的27个项目)."""
        q, c = figure.q, self._c
        told = c.told_counts.get(q.value or 0) if q.unit == "COUNT" and figure.noun.startswith("项目") else None
        if told and told.period and not figure.left.times and _TOLD_AGAIN.search(figure.before):
            c.happening = c.family = told.indicator
            c.period, c.event = None, told.period

    def _of_all(self, figure: Figure, bond: Bond) -> list[Bond]:
        """One bond for each indicator that the figure serves; none is coded for a daily average (OBSERVATION.md)."""
        if (
            bond.indicator == "FAI"
            and bond.measure == "LEVEL"
            and figure.left.phrase in _SPENT
            and "完成" not in figure.before
        ):
            return [_uncoded(bond)]  # 计划投资48亿元推进12个项目: what somebody spends
        if self._c.entity and self._is_aggregate(bond.indicator) and not self._is_of_areas_alone(bond.indicator):
            return [bond.but(indicator=None)]
        if self._lexicon.patterns["daily"].search(figure.before) or _is_average(figure.q, bond.subject):
            return [bond.but(indicator=None)]
        if "each" in figure.left.kinds() and bond.subject is self._c.subject and bond.measure != "LEVEL":
            stated = {each.indicator: each.subject for each in self._c.stated}
            if len(stated) > 1 and all(stated):  # 面积88.3万亩，总产量412.6万吨，均居全省第一
                return [bond.but(subject=subject, indicator=code) for code, subject in stated.items()]
        if bond.measure == "LEVEL" and bond.subject.codes == _BOTH_INCOMES and bond.period is not None:
            whole = Subject(bond.subject.phrase, ("INCOME_PER_CAPITA",), bond.subject.words)
            return [bond.but(subject=whole, indicator="INCOME_PER_CAPITA")]  # 城乡居民人均可支配收入2.33万元
        codes = bond.subject.codes if bond.measure != "SHARE" else bond.subject.codes[:1]
        return [bond.but(indicator=code) for code in codes] or [bond]

    def _share_of_last(self, figure: Figure, subject: Subject, measure: str) -> Subject | None:
        """What a share of the figure before is: of a name of its own (占GDP的2.36%), or a part of its happening."""
        last = self._c.last
        points = measure == "CHANGE" and figure.q.unit == "PP" and "share" in figure.left.kinds()
        if measure == "SHARE" and (last is None or last.indicator is None):
            return None
        if not points and measure != "SHARE":
            return None
        if points or subject is self._c.subject:
            shares = [w.text for w in figure.left.cues if w.entry.kind == "share" and w.text[0] == "占"]
            named = shares[-1].removeprefix("占") if shares and shares[-1] not in ("占比", "占到") else ""
            whole = named + "".join(figure.left.others).strip("的、")
            said = f"{subject.phrase}占{whole}比重" if whole else f"{subject.phrase}占比"
            own = find_subject(said, None, self._lexicon)
            if own.codes:
                return own  # 税收收入3.42亿元，占比58.7%
        if (
            last is None
            or last.indicator is None
            or subject.codes
            or self._is_aggregate(last.indicator)
            or last.indicator.endswith(_INVESTMENT)
        ):
            return None
        return Subject(subject.phrase, (last.indicator,))  # 岗位4820个，其中普工占六成

    def _is_other_thing(self, figure: Figure, bond: Bond) -> bool:
        """Tell whether an amount cannot be its indicator's by its unit, so that nothing that goes on from it is either.

        Counts and lengths only stand beside the subject in force (地区生产总值连跨八个台阶), which goes on behind them.
        """
        amount = figure.q.unit in _AMOUNTS and not unit_fits(figure, bond, self._lexicon)
        return amount and figure.left.phrase != ""

    def _carried(self, figure: Figure, bond: Bond) -> Period | None:
        """The period of a figure that only goes on about the one before it is that one's, if none was named since."""
        c, left = self._c, figure.left
        averaged = c.last is not None and c.last.measure == "GROWTH_AVG"
        goes_on = c.period == c.last_in_force and (figure.q.unit == "PP" or bond.measure == "GROWTH_AVG")
        if c.last is not None and averaged and goes_on and all(side for _, side in left.times):
            return c.last.period  # 五年年均增长12.3%，比“十五”时期快1.9个百分点
        if (
            c.last is None
            or c.last_is_base
            or figure.q.form == "ratio"
            or (left.times and not figure.is_of_another)
            or c.period != c.last_in_force
        ):
            return bond.period
        if averaged and bond.measure in ("RANK", "SHARE"):
            return bond.period  # 年均增长7.6%，总量稳居全市第1位，占全市的34%
        return c.last.period if bond.measure in _GOING_ON else bond.period or c.last.period

    def _is_aggregate(self, code: str | None) -> bool:
        """Tell whether a code means a whole area, which one firm's or sight's figure never is (OBSERVATION.md 2)."""
        indicator = self._lexicon.indicators.get(code or "")
        return indicator is not None and indicator.kind == "aggregate"

    def _is_of_areas_alone(self, code: str | None) -> bool:
        """Tell whether no single firm, sight or village has such a figure, whatever was told of before."""
        indicator = self._lexicon.indicators.get(code or "")
        return indicator is not None and (indicator.theme in _OF_AREAS or indicator.code in _AREAS_ALONE)

    def _of_list(self, figure: Figure, bond: Bond, pair: Bond) -> list[Bond]:
        """The bond with what the figure's place in a list says."""
        if figure.q.form == "ratio":
            period = bond.period
        elif are_of_times(self._c.listed):
            period = pair.period or bond.period
        else:
            period = bond.period or pair.period
        area = pair.area if are_of_places(self._c.listed) else bond.area  # 全省接待游客和旅游收入分别增长
        return [bond.but(subject=pair.subject, indicator=pair.indicator, area=area, period=period)]

    def _settled(self, figure: Figure, bond: Bond, rule: str, *, is_base: bool) -> Mention:
        lasts = figure.q.unit == "YEAR" and self._c.target
        if lasts and not self._lexicon.patterns["measured_time"].search(bond.subject.phrase):
            self._c.open_end = True  # 力争3年左右实现…: no end that a period could name
        if figure.q.unit == "HOUSEHOLDS" and (bond.indicator or "").startswith("POPULATION"):
            bond = bond.but(indicator="HOUSEHOLDS")
        if not unit_fits(figure, bond, self._lexicon):
            bond = bond.but(indicator=None)
        bond, decided = settle_period(figure, bond, self._c, self._lexicon, rule, is_base=is_base)
        if decided == "lead" and self._c.target and self._governing.is_over(bond.period):
            bond, decided = bond.but(period=None), ""  # 下一步将推出16条措施: no aim is of a time that is over
        self._c.last_period = bond.period
        return self._mention(figure, bond, f"{rule}/{decided}" if decided else rule)

    def _counts_places(self, figure: Figure) -> bool:
        """Tell whether a figure counts the places among which others follow (9个县（市、区）中，麒麟区以81.36%领跑)."""
        return figure.q.unit == "COUNT" and self._lexicon.patterns["places_among"].fullmatch(figure.noun) is not None

    def _remember(self, figure: Figure, bond: Bond) -> None:
        c = self._c
        if figure.counts_ranked:
            return
        if self._counts_places(figure):
            c.among = True
            return
        if noun := figure.left.last("growth_noun", "fall_noun"):
            c.noun_sign = noun.entry.sign
        elif figure.left.phrase:
            c.noun_sign = 1
        if figure.left.phrase or bond.subject is not c.subject:
            c.subject = bond.subject
        self._keep_family(figure, bond)
        if bond.measure == "LEVEL":
            c.stated.append(bond)
            if figure.q.unit == "COUNT" and (bond.indicator or "").startswith("PROJECTS") and figure.q.value:
                c.told_counts.setdefault(figure.q.value, bond)
        if bond.measure == "GROWTH_YOY":
            c.grown.append(bond)

    def _keep_family(self, figure: Figure, bond: Bond) -> None:
        c = self._c
        if bond.indicator:
            c.main = c.main or bond.subject if bond.subject.codes else c.main
            c.first = c.first or c.main
            c.family = bond.indicator
            event = _event_of(bond.indicator)
            counted = event in self._lexicon.indicators and not self._is_aggregate(bond.indicator)
            if not c.happening or not bond.indicator.endswith(_INVESTMENT):  # what its projects cost opens no other
                c.happening = event if counted else None
        elif figure.left.sized and figure.left.phrase.endswith("项目"):
            c.family = "PROJECTS_MAJOR"  # 5000万元以上项目160个，总投资1280亿元
        elif "项目" in figure.left.phrase and (told := find_happening(figure.left.phrase, "COUNT", self._lexicon)):
            c.happening = c.family = told  # 新签约项目平均单体投资规模达14.9亿元。5亿元以上项目56个
        elif figure.left.phrase:
            c.family = family_after(bond.subject, c.family, self._lexicon)

    def _mention(self, figure: Figure, bond: Bond, rule: str) -> Mention:
        q = figure.q
        value, low, high = signed_values(figure, bond.sign)
        start, end = figure.clause.sentence
        planned = self._c.target or self._governing.is_planned(bond.period)
        status: Status = "target" if planned else "actual"
        come_about = not planned and self._governing.is_over(bond.period)
        return Mention(
            q.start,
            q.end,
            "",
            "quantity",
            value=value,
            value_low=low,
            value_high=high,
            bound=bound_of(figure),
            unit=unit_of(figure, bond, self._c, self._lexicon),
            measure=bond.measure,
            indicator=bond.indicator,
            subject=bond.subject.words or bond.subject.phrase or None,
            area=bond.area,
            period=str(bond.period) if bond.period else None,
            status=status,
            scope=self._governing.places.scope_of(figure, bond.measure),
            reference=self._governing.places.reference_of(figure, bond.measure),
            confidence=class_of(bond, rule, self._c, self._lexicon, actual=come_about),
            rule=rule,
            sentence_start=start,
            sentence_end=end,
        )


_IN_ORDER = re.compile("[，,](?:依次|分别)(?:为|是)[：:]?")  # 7个县收入呈两位数增长，依次为：…
_GROWS_BY = frozenset({"GDP", "FAI", "RETAIL_SALES", "FISCAL_REVENUE", "TRADE_TOTAL", "GVA_INDUSTRY_DS"})
_BOTH_INCOMES = ("INCOME_PER_CAPITA_URBAN", "INCOME_PER_CAPITA_RURAL")
_GUESTS = ("游客", "旅客", "客源")
_GOING_ON = frozenset({"GROWTH_YOY", "DIFF", "RANK", "SHARE"})
_AMOUNTS = frozenset({"T", "CNY", "USD", "MU", "HA", "KM2", "M2", "KWH", "KW", "M3", "TEU"})
_RANKED = re.compile(r"(?:分列|分居|位列|位居|名列)[^，,。；;\d\n]{0,6}$")
_SPENT = frozenset({"投资", "计划投资", "总投资", "投资额"})
_TOLD_AGAIN = re.compile(r"(?:签约|开工|投产|竣工|动工|此次|本次|这次|这|上述|当天|当日)的?$")
_OF_AREAS = frozenset({"national_accounts", "prices"})
_AREAS_ALONE = frozenset({"FISCAL_REVENUE", "FISCAL_EXPENDITURE", "TRADE_TOTAL", "RETAIL_SALES"})
_INVESTMENT = "_INVESTMENT"


def _changed(left: Stretch) -> str | None:
    """The measure that points of change are of (比重比上年提高3.02个百分点，达到80.32%)."""
    kinds = left.kinds()
    return "SHARE" if "share" in kinds else "GROWTH_YOY" if kinds & {"growth_noun", "fall_noun"} else None


def _uncoded(bond: Bond) -> Bond:
    """The bond without the code that its unit cannot have, for what goes on from it as well."""
    return bond.but(subject=Subject(bond.subject.phrase, (), bond.subject.words), indicator=None)


def _is_rank(figure: Figure) -> bool:
    """Tell whether 位 counts places in a ranking, not persons: 前进一位, 分列全省3-5位."""
    moved = figure.left.last("up", "down")
    return (moved is not None and figure.touches(moved.end)) or _RANKED.search(figure.before) is not None


def _is_average(q: Quantity, subject: Subject) -> bool:
    """Tell whether it counts no whole persons or things, by a name that is of no average (执业医师2.86人)."""
    return q.unit in COUNTED and q.value is not None and q.value % 1 != 0 and "每" not in subject.phrase


def _event_of(code: str) -> str:
    """The code that counts an event's projects, for its money too."""
    return code.removesuffix(_INVESTMENT)
