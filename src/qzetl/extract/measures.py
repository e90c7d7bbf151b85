"""Measures: what kind of statement a figure makes, and with which sign (OBSERVATION.md 2, measures.csv)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qzetl.extract.periods import Period
from qzetl.extract.quantities import Quantity
from qzetl.extract.stretch import Stretch
from qzetl.extract.times import TimeWord

__all__ = ["Reading", "read_measure"]

_RATE = re.compile(r"(?:率|度|比例|比重|占比|比|面|系数|程度|指数|利率|税负|水平)$")
_PLAN = re.compile(r"(?:目标|任务|计划|预算|进度)$")
_GROWTH_TARGET = re.compile(r"(?:增长|增速|增幅|涨幅)$")


@dataclass(slots=True)
class Reading:
    """A measure, the sign to apply, and the rule that told it."""

    measure: str
    sign: int = 1
    rule: str = ""


def read_measure(q: Quantity, left: Stretch, period: Period | None, base: TimeWord | None) -> Reading | None:
    """The measure of `q` by the cues before it; None where no cue stands there (a list goes on, or a bare level)."""
    kinds = left.kinds()
    if q.unit == "RANK":
        moved = left.last("up", "down")
        named = q.form != "rank"
        return (
            Reading("CHANGE", moved.entry.sign if moved else 1, "rank-moved")
            if named and moved
            else Reading("RANK", 1, "rank")
        )
    if q.unit == "PP":
        return _points(left)
    if q.form == "double":
        return Reading("MULTIPLE", 1, "doubled")
    if q.unit == "TIMES":
        return _times(q, left, period, kinds, base)
    if q.unit in ("PT", "PM"):
        return _percent(left, period, kinds, base)
    return _amount(q, left, kinds)


def _sign(left: Stretch) -> int:
    """The product of the direction of the noun (降幅) and of the verb (收窄)."""
    noun, verb = left.last("growth_noun", "fall_noun"), left.last("up", "down", "higher", "lower", "net_up", "net_down")
    sign = noun.entry.sign if noun else 1
    if verb and (noun is None or verb.start > noun.start):
        sign *= verb.entry.sign
    return sign


def _points(left: Stretch) -> Reading | None:
    kinds = left.kinds()
    if "contribution" in kinds:
        cue, turn = left.last("contribution"), left.last("up", "down")
        sign = turn.entry.sign if turn else 1
        return Reading("CONTRIBUTION", sign * (cue.entry.sign if cue else 1), "contribution")
    if _against_area(left):
        verb = left.last("higher", "lower", "up", "down")
        return Reading("DIFF", verb.entry.sign if verb else 1, "against-area")
    if kinds & {"higher", "lower"} and not any(side in ("than", "base") for _, side in left.times):
        verb = left.last("higher", "lower")
        return Reading("DIFF", verb.entry.sign if verb else 1, "against-other")
    if kinds & {"up", "down", "growth_noun", "fall_noun", "higher", "lower"}:
        return Reading("CHANGE", _sign(left), "points-changed")
    return None


def _against_area(left: Stretch) -> bool:
    return any(side in ("higher", "lower", "than") for _, side in left.places) and not any(
        side in ("than",) for _, side in left.times
    )


def _times(q: Quantity, left: Stretch, period: Period | None, kinds: set[str], base: TimeWord | None) -> Reading | None:
    if kinds & {"up", "down", "growth_noun"}:
        return Reading(_growth(left, period, base), _sign(left), "growth-times")
    if q.written_unit == "":
        return None
    if kinds & {"multiple", "recover", "level", "than"}:
        return Reading("MULTIPLE", 1, "times-another")
    return None


def _percent(left: Stretch, period: Period | None, kinds: set[str], base: TimeWord | None) -> Reading | None:
    if "complete" in kinds or ("share" in kinds and _PLAN.search("".join(left.others))):
        return Reading("COMPLETION", 1, "completion")
    if "recover" in kinds:
        return Reading("MULTIPLE", 1, "recovered")
    last = left.last("share", "contribution", "up", "down", "growth_noun", "fall_noun")
    if last is None:
        return None
    kind = last.entry.kind
    if kind == "contribution" or "contribution" in kinds:
        return Reading("CONTRIBUTION", 1, "contribution")
    if "share" in kinds and kind == "share":
        return Reading("SHARE", 1, "share")
    if kind in ("up", "down", "growth_noun", "fall_noun"):
        return Reading(_growth(left, period, base), _sign(left), "growth")
    return None


def _growth(left: Stretch, period: Period | None, base: TimeWord | None) -> str:
    kinds = left.kinds()
    if "average" in kinds or any(t.is_average for t, _ in left.times):
        return "GROWTH_AVG"
    if "qoq" in kinds:
        return "GROWTH_QOQ"
    if "yoy" in kinds:
        return "GROWTH_YOY"
    base = next((t for t, side in left.times if side in ("than", "base")), base)
    if base is None:
        return "GROWTH_YOY"
    return _growth_on(base, period)


def _growth_on(base: TimeWord, period: Period | None) -> str:
    groups = base.groups
    if groups.get("relmonth", "").startswith("上") or groups.get("relquarter", "").startswith("上"):
        return "GROWTH_QOQ"
    if "edge" in groups:
        return "GROWTH_BASE"
    if base.period and period and base.period.year < period.year - 1:
        return "GROWTH_BASE"
    return "GROWTH_YOY"


def _amount(q: Quantity, left: Stretch, kinds: set[str]) -> Reading | None:
    if _against_area(left) and (verb := left.last("higher", "lower", "up", "down")):
        return Reading("DIFF", verb.entry.sign, "against-area")
    last = left.last("up", "down", "net_up", "net_down", "new", "level", "multiple")
    if last is not None and last.entry.kind in ("up", "down", "net_up", "net_down") and _touches(last, q, left):
        return Reading("CHANGE", last.entry.sign * (-1 if _falls(left, last.start) else 1), "amount-changed")
    if "new" in kinds:
        return Reading("CHANGE", 1, "newly-added")
    return None


def _touches(cue: object, q: Quantity, left: Stretch) -> bool:
    """Tell whether nothing but hedges stands between a cue and the number: 增加127.5亿元, not 增加投资5亿元."""
    words = {w.start for w in left.cues if w.start > cue.start}  # type: ignore[attr-defined]
    behind = "".join(left.others)
    del behind
    gap = q.start - cue.end  # type: ignore[attr-defined]
    return gap <= 2 or bool(words) and gap <= 4  # noqa: PLR2004


def _falls(left: Stretch, before: int) -> bool:
    return any(w.entry.kind == "fall_noun" and w.start < before for w in left.cues)
