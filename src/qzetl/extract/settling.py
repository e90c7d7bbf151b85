"""Settling: what depends on all that was bound: bounds, signs, and the unit of bare numbers."""

from __future__ import annotations

import re
from typing import cast

from qzetl.extract.context import Bond, Context
from qzetl.extract.figure import DURATIONS, Figure
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.mention import Bound

__all__ = ["bound_of", "signed_values", "unit_fits", "unit_of"]

_HEDGES: tuple[tuple[str, Bound], ...] = (
    ("over", "over"),
    ("under", "under"),
    ("approx", "approx"),
    ("higher", "over"),
    ("lower", "under"),
)
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
_PEOPLE = re.compile(  # 造成800多群众出行困难: counted without a classifier
    "(?:困难|贫困|受灾|返乡|广大|当地|在校)?(?:群众|村民|居民|市民|师生|学生|职工|员工|干部|党员|旅客|乘客|老人|儿童|农民|牧民|工人)"
)
_HEADS = ("人数", "人员", "者")
_FIRMS = ("MARKET_ENTITIES", "LOANS_INCLUSIVE", "ENTERPRISES")


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
    if q.written_unit == "个" and not figure.noun and last is not None and last.unit in DURATIONS and not figure.first:
        return last.unit  # 由85个工作日压减到42个
    if q.unit is not None:
        return _unit_as_said(figure) or q.unit
    if "家庭" in figure.noun:
        return "HOUSEHOLDS"
    if last is not None and last.unit and not figure.left.phrase and not figure.noun and bond.measure == last.measure:
        return last.unit  # 203.4万人次，首次迈过200万关口
    if q.form == "size" and not lexicon.patterns["people"].search(bond.subject.phrase):
        return "CNY"
    return "PERSONS" if _PEOPLE.match(figure.noun) else _unit_by_subject(bond, lexicon)


def _unit_as_said(figure: Figure) -> str | None:
    """The unit that the words around a written one make of it; None where they make it no other."""
    if figure.q.unit == "T" and _COAL.search(figure.before):
        return "TCE"  # 节约标准煤16.28万吨
    return "PERSONS" if figure.q.written_unit == "口" and figure.noun.startswith("人") else None


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
