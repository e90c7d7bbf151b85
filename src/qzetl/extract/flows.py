"""Flows and states: which figures take the lead's period, and which are of none (OBSERVATION.md 2, Period)."""

from __future__ import annotations

import re

from qzetl.extract.context import Bond, Context
from qzetl.extract.figure import COUNTED, DURATIONS, Figure
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.periods import Period

__all__ = ["settle_period"]

_STATES = frozenset({"YEAR_AGE", "KM2", "KM", "MU", "M2", "HA", "M", "RANK", "DAY"})
_DISTANCES = frozenset({"KM", "M"})
_OF_YEARS = frozenset(  # what is counted for months and years alone
    {"GDP", "GDP_PER_CAPITA", "FISCAL_REVENUE", "FISCAL_EXPENDITURE", "FAI", "RETAIL_SALES", "TRADE_TOTAL"}
    | {"INCOME_PER_CAPITA", "INCOME_PER_CAPITA_URBAN", "INCOME_PER_CAPITA_RURAL", "GVA_INDUSTRY_DS", "TAX_REVENUE"}
)
_OWNED = frozenset({"COUNT", "PERSONS", "M2", None})
_OWN = re.compile(r"(?:[他她我俺咱自]们?家|[\u4e00-\u9fff]{2,3}(?<![业专作画术学国大买卖商厂独行资酒住各])家)里?的?$")
_BUILT = frozenset({"KM", "M", "M2", "KM2", "MU", "HA"})
_BUILDS = re.compile(r"(?:新改?扩?建|改建|改造|整治|治理|硬化|铺设|修建|拆除|绿化|造林|复垦|疏浚)")


def settle_period(
    figure: Figure, bond: Bond, context: Context, lexicon: Lexicon, rule: str, *, is_base: bool
) -> tuple[Bond, str]:
    """The bond with the period that its kind of figure takes, and what decided: "", `duration` or `lead`.

    `rule` tells how the figure's subject and measure were found.
    """
    if found := _timeless(figure, bond, context, lexicon):
        return found
    if bond.period is not None or is_base or context.undated:
        return bond, ""
    return _undated(figure, bond, context, lexicon, rule)


def _timeless(figure: Figure, bond: Bond, context: Context, lexicon: Lexicon) -> tuple[Bond, str] | None:
    """The bond without a period, whatever is in force, and what leaves it so; None if nothing does."""
    if bond.measure == "LEVEL" and _is_length(figure, bond, context, lexicon):
        return bond.but(indicator=None, period=None), "duration"
    if _is_distance(figure, context, lexicon):
        context.open_distances()
        return bond.but(indicator=None, period=None), "distance"
    if context.open_end and context.target and not figure.left.times:
        return bond.but(period=None), "open-end"
    if bond.indicator is None and _is_outlay(figure, bond, context, lexicon):
        return bond.but(period=None), "outlay"
    if _is_own(figure, bond) or _is_standing(figure, bond, lexicon) or _is_of_any_year(figure, bond, lexicon):
        return bond.but(period=None), "standing"
    return None


def _undated(figure: Figure, bond: Bond, context: Context, lexicon: Lexicon, rule: str) -> tuple[Bond, str]:
    """The bond of a figure that nothing dates: of what it goes on about, the section's heading, the lead, or none."""
    if context.last and context.last_period and _goes_on(figure, bond, context.last):
        return bond.but(period=context.last_period), "" if context.last.period else "lead"
    if context.last and context.last_period is None and _is_of_state(bond, context.last, rule):
        return bond, ""
    if (heading := context.heading or context.items) and not _is_of_every_year(figure, lexicon):
        return bond.but(period=heading), "heading"
    if _is_flow(figure, bond, lexicon) and not _is_part(figure, rule):
        lead = _of_event(bond, context, lexicon) or _lead(bond, context, lexicon) or context.section or context.recent
        yearly = bond.indicator in _OF_YEARS and lead is not None and lead.is_day()
        return bond.but(period=None if yearly else lead), "lead"  # a congress's day dates no gross product
    return bond, ""


def _goes_on(figure: Figure, bond: Bond, last: Bond) -> bool:
    """Tell whether a list mark alone joins it to the figure before, in another unit or of another thing.

    As in 改造老旧小区9个、41.6万平方米, or 新建养老中心15处、幸福院20处.
    """
    if not figure.before.startswith("、") or {last.measure, bond.measure} != {"LEVEL"} or bond.indicator is not None:
        return False
    counted = figure.q.unit == last.unit == "COUNT" and not figure.left.cues
    return counted or (figure.left.end - figure.left.start == 1 and last.unit != figure.q.unit)


def _is_of_state(bond: Bond, last: Bond, rule: str) -> bool:
    """Tell whether a rank or share only goes on about an undated state (拥有集群4个，数量居全国第3)."""
    state = last.measure == "LEVEL" and last.period is None and last.indicator is None
    return state and bond.measure in ("RANK", "SHARE") and rule.startswith("inherited") and bond.indicator is None


def _is_length(figure: Figure, bond: Bond, context: Context, lexicon: Lexicon) -> bool:
    """Tell a length of time that is the statement itself from a time that was measured."""
    if figure.q.unit not in DURATIONS:
        context.measured = False
        return False
    measured = any(lexicon.patterns["measured_time"].search(text) for text in (bond.subject.phrase, figure.before))
    if figure.left.has_list_mark and not figure.left.phrase:
        measured = measured or context.measured  # 通关时间分别为38.6小时和2.1小时
    context.measured = measured
    return not measured


def _is_own(figure: Figure, bond: Bond) -> bool:
    """Tell whether it is what somebody has, which a time told before does not date (她家12间客房)."""
    stock = bond.measure == "LEVEL" and figure.q.unit in _OWNED and not figure.left.times
    return stock and _OWN.search(figure.before) is not None


def _is_standing(figure: Figure, bond: Bond, lexicon: Lexicon) -> bool:
    """Tell whether it is what a thing is made for (占地42亩, 可容纳学生1620人) and its own clause names no time."""
    if bond.indicator is not None or bond.measure != "LEVEL" or figure.left.times:
        return False
    return lexicon.patterns["built"].search(figure.before) is not None


def _is_of_any_year(figure: Figure, bond: Bond, lexicon: Lexicon) -> bool:
    """Tell whether it is what something yields a year, and its own clause names none (年产值4亿元)."""
    undated = bond.indicator is None and bond.measure == "LEVEL" and not figure.left.times and not figure.left.sized
    return undated and lexicon.patterns["a_year"].search(figure.before) is not None


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


def _is_part(figure: Figure, rule: str) -> bool:
    """Tell whether it says how many of some things are of a kind (九成以上种咖啡): a state, if no year is compared."""
    return rule.endswith("/share-of") and not figure.compared


def _is_of_every_year(figure: Figure, lexicon: Lexicon) -> bool:
    return lexicon.patterns["every_year"].search(figure.before) is not None


def _holds_for_the_time_being(figure: Figure, bond: Bond, lexicon: Lexicon) -> bool:
    """Tell whether it is of every year, what one is entitled to, or the price of one."""
    if _is_of_every_year(figure, lexicon) or lexicon.patterns["entitled"].search(figure.before):
        return True
    return bond.measure == "LEVEL" and lexicon.patterns["price"].search(figure.before) is not None


def _is_flow(figure: Figure, bond: Bond, lexicon: Lexicon) -> bool:
    """Tell a figure of a stretch of time from an undated state (OBSERVATION.md 2, Period)."""
    if bond.measure.startswith(("GROWTH", "COMPLETION", "CONTRIBUTION", "CHANGE")):
        return True
    if lexicon.patterns["damage"].search(figure.before):
        return True
    if _holds_for_the_time_being(figure, bond, lexicon) or _is_structure(figure, bond, lexicon):
        return False
    indicator = lexicon.indicators.get(bond.indicator or "")
    if figure.compared and bond.measure in ("LEVEL", "SHARE", "CHANGE"):
        return True  # a stock whose sentence compares it with the year before takes the lead's year
    if indicator is not None:
        return not indicator.stock or bond.measure in ("CHANGE", "DIFF")
    if figure.q.unit not in COUNTED and lexicon.patterns["flow_rate"].search(bond.subject.phrase):
        return True
    return _happens(figure, bond, lexicon)


def _happens(figure: Figure, bond: Bond, lexicon: Lexicon) -> bool:
    """Tell an uncoded flow from a state by its unit and the words around it."""
    rate = lexicon.patterns["rate"].search(bond.subject.phrase)
    if bond.measure == "LEVEL" and figure.q.unit in _BUILT and _BUILDS.search(figure.before):
        return True  # 新建农村公路150.7公里
    if (bond.measure == "LEVEL" and figure.q.unit in _STATES) or (bond.measure in ("LEVEL", "DIFF") and rate):
        return False
    if lexicon.patterns["standing"].search(figure.before):
        return False
    if figure.q.unit in COUNTED and figure.q.unit != "VISITS":
        # 全市1200家民宿平均入住率78.5%: what others do behind a count says nothing of when there were as many
        said = figure.before + (figure.after if figure.is_last else "")
        suffers = lexicon.patterns["suffers"].search(figure.tail) is not None  # 7个乡镇1.1万人受灾
        return suffers or lexicon.patterns["doing"].search(said) is not None
    return True


def _is_structure(figure: Figure, bond: Bond, lexicon: Lexicon) -> bool:
    """Tell a count of what there is to tell of from one of what came about (35个行业大类中, 监测的36家企业)."""
    if figure.q.unit != "COUNT" or bond.indicator is not None:
        return False
    patterns = lexicon.patterns
    if patterns["structure"].fullmatch(figure.noun) or patterns["surveyed"].search(figure.before):
        return True
    return figure.q.written_unit.startswith("大")
