"""Settling: what depends on all that was bound: bounds, the unit of bare numbers, the lead's period for flows."""

from __future__ import annotations

import re
from typing import cast

from qzetl.extract.context import Bond, Context
from qzetl.extract.figure import COUNTED, Figure
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.mention import Bound
from qzetl.extract.periods import Period

__all__ = ["bound_of", "settle_period", "signed_values", "unit_fits", "unit_of"]

_HEDGES: tuple[tuple[str, Bound], ...] = (
    ("over", "over"),
    ("under", "under"),
    ("approx", "approx"),
    ("higher", "over"),
    ("lower", "under"),
)
_DURATIONS = frozenset({"YEAR", "MONTH", "DAY", "HOUR", "MINUTE"})
_STATES = frozenset({"YEAR_AGE", "KM2", "KM", "MU", "M2", "HA", "M", "RANK", "DAY"})
_KINDS_OF_UNIT = (
    frozenset({"CNY", "USD", "EUR", "HKD", "JPY", "CNY_PER_PERSON"}),
    frozenset({"PERSONS", "VISITS", "COUNT", "HOUSEHOLDS"}),
    frozenset({"MU", "HA", "KM2", "M2"}),
    frozenset({"T", "KG", "M3", "TCE", "TEU", "TKM", "OTHER"}),
    frozenset({"PT", "PM", "POINTS", "TIMES", "UG_M3", "OTHER"}),
    frozenset({"KM", "M"}),
    frozenset({"KWH", "KW", "W", "OTHER"}),
    frozenset({"COUNT", "TEU", "DAY", "T", "RANK"}),
)
_HUNDRED_MILLION = 1e8
_COAL = re.compile("标准?煤(?:约|近|超)?$")
_LESS = re.compile("不到|不足|不及")
_HEADS = ("人数", "人员", "者")
_FIRMS = ("MARKET_ENTITIES", "LOANS_INCLUSIVE", "ENTERPRISES")
_DISTANCES = frozenset({"KM", "M"})
_OWNED = frozenset({"COUNT", "PERSONS", "M2", None})
_OWN = re.compile(r"(?:[他她我俺咱自]们?家|[\u4e00-\u9fff]{2,3}家)里?的?$")
_BUILT = frozenset({"KM", "M", "M2", "KM2", "MU", "HA"})
_BUILDS = re.compile(r"[^，,。；;\d\n]{0,6}?(?:新改?扩?建|改建|改造|整治|治理|硬化|铺设|修建|拆除|绿化|造林|复垦|疏浚)")


def bound_of(figure: Figure) -> Bound:
    """How exact the text is: what is written before adds to what is written behind (OBSERVATION.md 2, bound)."""
    q, left = figure.q, figure.left
    if figure.is_of_another and _LESS.search(figure.before):
        return "under"  # 不足去年同期的一半
    if q.bound != "range":
        for kind, bound in _HEDGES:
            cue = left.last(kind)
            # 上百家 and 上万人 are bounds, 河上36艘 and 挣上3500元 are not
            if cue is None or (cue.text == "上" and q.form != "size"):
                continue
            if cue.entry.kind in ("higher", "lower") and cue.text.endswith("出"):
                continue  # 高出22元 is a distance
            if q.bound == "approx" and cue.text.startswith("控制"):
                return "approx"  # 控制在3%左右
            if figure.touches(cue.end) and (kind == bound or q.unit != "PP"):
                return bound
        whole, about = left.last("share", "multiple", "complete"), left.last("approx")
        if whole and about and about.end == whole.start:
            return "approx"  # 约占计划的90.6%
    if q.form == "size" and q.bound == "exact":
        return "over"
    return cast("Bound", q.bound)


def signed_values(figure: Figure, sign: int) -> tuple[float | None, float | None, float | None]:
    """Value, low and high with the statement's sign; a sign that is written stays."""
    q = figure.q
    if sign > 0 or q.signed:
        return q.value, q.low, q.high
    value, low, high = (-v if v else v for v in (q.value, q.low, q.high))
    return value, high, low


def settle_period(figure: Figure, bond: Bond, context: Context, lexicon: Lexicon, *, is_base: bool) -> tuple[Bond, str]:
    """The bond with the period that its kind of figure takes, and what decided: "", `duration` or `lead`."""
    q = figure.q
    measured = any(lexicon.patterns["measured_time"].search(text) for text in (bond.subject.phrase, figure.before))
    if q.unit in _DURATIONS and bond.measure == "LEVEL" and figure.left.has_list_mark and not figure.left.phrase:
        measured = measured or context.measured  # 通关时间分别为38.6小时和2.1小时
    context.measured = measured
    if q.unit in _DURATIONS and not measured and bond.measure == "LEVEL":
        return bond.but(indicator=None, period=None), "duration"
    if _is_distance(figure, context, lexicon):
        context.open_distances()
        return bond.but(indicator=None, period=None), "distance"
    if context.open_end and context.target and not figure.left.times:
        return bond.but(period=None), "open-end"
    if bond.indicator is None and _is_outlay(figure, bond, context, lexicon):
        return bond.but(period=None), "outlay"
    if _is_own(figure, bond):
        return bond.but(period=None), "own"
    if _is_standing(figure, bond, lexicon):
        return bond.but(period=None), "standing"
    if bond.period is not None or is_base or context.undated:
        return bond, ""
    if (heading := context.heading or context.items) and not _is_of_every_year(figure, lexicon):
        return bond.but(period=heading), "heading"
    if _is_flow(figure, bond, lexicon):
        lead = _of_event(bond, context, lexicon) or _lead(bond, context, lexicon) or context.section or context.recent
        return bond.but(period=lead), "lead"
    return bond, ""


def _is_own(figure: Figure, bond: Bond) -> bool:
    """Tell whether it is what somebody has, which a time told before does not date (她家12间客房)."""
    stock = bond.measure == "LEVEL" and figure.q.unit in _OWNED and not figure.left.times
    return stock and _OWN.search(figure.before) is not None


def _is_standing(figure: Figure, bond: Bond, lexicon: Lexicon) -> bool:
    """Tell whether it is what a thing is made for (占地42亩, 可容纳学生1620人) and its own clause names no time."""
    if bond.indicator is not None or bond.measure != "LEVEL" or figure.left.times:
        return False
    return lexicon.patterns["built"].search(figure.before) is not None


def _is_distance(figure: Figure, context: Context, lexicon: Lexicon) -> bool:
    if figure.q.unit not in _DISTANCES:
        return False
    goes_on = context.distances and figure.left.has_list_mark
    return goes_on or figure.after.startswith("外") or lexicon.patterns["distance"].search(figure.before) is not None


def _is_outlay(figure: Figure, bond: Bond, context: Context, lexicon: Lexicon) -> bool:
    """Tell what one project costs in all: no count of projects stands before it, nor a time in its clause."""
    counted = context.last is not None and context.last.unit == "COUNT"
    if figure.q.unit not in ("CNY", "USD") or figure.left.times or counted:
        return False
    return lexicon.patterns["outlay"].search(bond.subject.phrase) is not None


def _lead(bond: Bond, context: Context, lexicon: Lexicon) -> Period | None:
    """The lead's period; for an area's statistics the section's, where the lead only tells of a day."""
    indicator = lexicon.indicators.get(bond.indicator or "")
    statistic = indicator.kind == "aggregate" if indicator else bond.measure.startswith("GROWTH")
    return context.lead_of_statistics() if statistic else context.lead


def _of_event(bond: Bond, context: Context, lexicon: Lexicon) -> Period | None:
    """The day of the event last told, for the figures of an event that is not dated anew."""
    indicator = lexicon.indicators.get(bond.indicator or "")
    return context.event if indicator is not None and indicator.kind == "happening" else None


def _is_of_every_year(figure: Figure, lexicon: Lexicon) -> bool:
    return lexicon.patterns["every_year"].search(figure.before) is not None


def _is_flow(figure: Figure, bond: Bond, lexicon: Lexicon) -> bool:
    """Tell a figure of a stretch of time from an undated state (OBSERVATION.md 2, Period)."""
    if bond.measure.startswith(("GROWTH", "COMPLETION", "CONTRIBUTION")):
        return True
    if _is_of_every_year(figure, lexicon) or lexicon.patterns["entitled"].search(figure.before):
        return False
    if bond.measure == "LEVEL" and lexicon.patterns["price"].search(figure.before):
        return False
    indicator = lexicon.indicators.get(bond.indicator or "")
    if figure.compared and bond.measure in ("LEVEL", "SHARE", "CHANGE"):
        return True  # a stock whose sentence compares it with the year before takes the lead's year
    if indicator is not None:
        return not indicator.stock or bond.measure in ("CHANGE", "DIFF")
    if lexicon.patterns["flow_rate"].search(bond.subject.phrase):
        return True
    rate = lexicon.patterns["rate"].search(bond.subject.phrase)
    if bond.measure == "LEVEL" and figure.q.unit in _BUILT and _BUILDS.match(bond.subject.words or figure.before):
        return True  # 新建农村公路150.7公里
    if (bond.measure == "LEVEL" and figure.q.unit in _STATES) or (bond.measure in ("LEVEL", "DIFF") and rate):
        return False
    if lexicon.patterns["standing"].search(figure.before):
        return False
    if figure.q.unit in COUNTED and figure.q.unit != "VISITS":
        # 全市1200家民宿平均入住率78.5%: what others do behind a count says nothing of when there were as many
        said = figure.before + (figure.after if figure.is_last else "")
        return lexicon.patterns["doing"].search(said) is not None
    return True


def unit_fits(figure: Figure, bond: Bond, lexicon: Lexicon) -> bool:
    """Tell whether a level's unit can be its indicator's: 八个 is no gross domestic product (EXTRACTION.md, Check)."""
    indicator, unit = lexicon.indicators.get(bond.indicator or ""), figure.q.unit
    if indicator is None or unit is None or bond.measure != "LEVEL" or unit == indicator.unit:
        return True
    return any(unit in kind and indicator.unit in kind for kind in _KINDS_OF_UNIT)


def unit_of(figure: Figure, bond: Bond, context: Context, lexicon: Lexicon) -> str:
    """The unit's code; a bare number takes its subject's, 户 counts firms or families by what it is said of."""
    q, last = figure.q, context.last
    if q.unit == "HOUSEHOLDS":
        around = (bond.subject.phrase + figure.before + figure.after[:12]).replace("农户", "")
        firms = (context.family or "").startswith(_FIRMS) or lexicon.patterns["firm"].search(around)
        context.firms = bool(firms) or (context.firms and not lexicon.patterns["household"].search(around))
        return "COUNT" if context.firms else "HOUSEHOLDS"
    if q.written_unit == "块" and last is not None and last.unit == "CNY":
        return "CNY"
    if figure.size and q.unit is None and q.value and q.value >= _HUNDRED_MILLION:
        return "CNY"  # 30亿级项目
    if q.written_unit == "个" and not figure.noun and last is not None and last.unit in _DURATIONS and not figure.first:
        return last.unit  # 由85个工作日压减到42个
    if q.unit == "T" and _COAL.search(figure.before):
        return "TCE"  # 节约标准煤16.28万吨
    if q.unit is not None:
        return q.unit
    if "家庭" in figure.noun:
        return "HOUSEHOLDS"
    if last is not None and last.unit and not figure.left.phrase and not figure.noun and bond.measure == last.measure:
        return last.unit  # 203.4万人次，首次迈过200万关口
    if q.form == "size" and not lexicon.patterns["people"].search(bond.subject.phrase):
        return "CNY"
    return _unit_by_subject(bond, lexicon)


def _unit_by_subject(bond: Bond, lexicon: Lexicon) -> str:
    """The unit of a bare number: its indicator's, else what its words are counted in."""
    phrase, patterns = bond.subject.phrase, lexicon.patterns
    indicator = lexicon.indicators.get(bond.indicator or "")
    if patterns["index"].search(phrase):
        return "POINTS"
    if indicator is not None:
        heads = indicator.unit == "VISITS" and phrase.endswith(_HEADS)
        return "POINTS" if indicator.code in ("CPI", "PPI") else "PERSONS" if heads else indicator.unit
    if phrase.endswith("人次"):
        return "VISITS"
    if patterns["rate"].search(phrase):
        return "TIMES"
    if patterns["money"].search(phrase):
        return "CNY"
    return "PERSONS" if patterns["people"].search(phrase) else "COUNT"
