"""The class of confidence of a bond, by how it came about; what each class is worth is measured in every release."""

from __future__ import annotations

from qzetl.extract.context import Bond, Context
from qzetl.extract.lexicon import Lexicon, canonical

__all__ = ["class_of"]

_PLAINEST = frozenset({"named/level", "named/growth", "named/same-period"})
_SHORTEST = 4  # letters; 出口 and 不良率 are said of firms and of kinds of loans too
_BEFORE = 3  # letters that may stand before a full name: 全市, 全社会


def class_of(bond: Bond, rule: str, context: Context, lexicon: Lexicon, *, actual: bool) -> str:
    """A for the plainest statements alone, B for what is bound with a code otherwise, C for the rest.

    A is an amount or a growth that its area has had in whole months of one year, named in full at the figure: no
    aims, no figures of single events or sights, none of a park. `actual` tells that it has come about, in a period that
    was over when the text was published.
    """
    indicator = lexicon.indicators.get(bond.indicator or "")
    if indicator is None or rule.endswith("lead"):
        return "C"
    plain = rule in _PLAINEST and actual and indicator.kind == "aggregate" and indicator.theme != "tourism"
    if not plain or bond.area is None or bond.area != context.home or context.of_zone:
        return "B"
    return "A" if bond.period and bond.period.is_within_a_year() and _is_named_in_full(bond, lexicon) else "B"


def _is_named_in_full(bond: Bond, lexicon: Lexicon) -> bool:
    """Tell whether the words before the figure are the indicator's name or an alias of indicators.csv."""
    name = canonical(bond.subject.words or bond.subject.phrase)
    if len(name) < _SHORTEST and not name.isascii():
        return False
    full = lexicon.full_names.get(bond.indicator or "", frozenset())
    return any(name[n:] in full for n in range(min(_BEFORE, len(name) - 1) + 1))
