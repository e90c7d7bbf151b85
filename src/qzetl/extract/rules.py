"""What the names that a mention carries mean, one short sentence each: its rule's parts, confidence, bound, its cues.

`Mention.rule` is the names of what decided, joined by ``/``: how the subject was found, what told the measure and,
where something settled the period apart from that, what did; ``size`` stands alone. A rule that is added to the
binding gets its row here (tests/extract/test_explain.py fails until it has one).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

__all__ = ["BOUNDS", "CONFIDENCES", "CUES", "RULES", "SILENT", "Decides", "Rule"]

Decides = Literal["subject", "measure", "period", "kind"]
"""What a rule decides; ``kind`` is a kind of figure that has neither indicator nor period."""


class Rule(NamedTuple):
    """What a rule decides, and the sentence that explains it."""

    decides: Decides
    sentence: str


_SUBJECT: Final = {
    "named": "the words before the figure name what it measures",
    "event": "the words around the figure tell of a happening that has a code (签约, 开工, 招聘 …)",
    "counted": "the figure counts the noun that it stands before",
    "headline": "only a word of growth (增速) stands before it in a new paragraph: the headline's indicator",
    "inherited": "nothing new is named before the figure, so it goes on about the subject before it",
}
_MEASURE: Final = {
    "level": "no word of change, share, rank or comparison reaches it: it is the amount itself",
    "growth": "a word of growth or decline (增长, 下降, 增速 …) stands before a percentage",
    "growth-times": "倍 behind a word of growth or decline: growth told as a multiple",
    "same-period": "同比 stands before a percentage: growth on the same period of the year before",
    "amount-changed": "the amount stands close behind 增加, 减少, 净增 or the like: a change, not the whole",
    "newly-added": "新增 or the like stands before the amount: what came in addition",
    "lessened": "减少, 削减 or the like stands before what the amount is of: what was taken away",
    "points-changed": "points behind 提高, 回落, 收窄 or the like: a change on an earlier period",
    "against-area": "高于, 低于, 比 or the like and another area stand before it: the distance from that area",
    "against-other": "高于, 快于 or the like stands before points, with no earlier period: a distance",
    "other-area": "it touches the area just compared with (高于全省6%的增速): that area's own growth",
    "share": "占, 占比 or 比重 stands before a percentage: a share of a whole",
    "share-of": "a noun stands right behind a percentage (50%的企业): a share of it",
    "proportion": "it is one part of a proportion (10.1∶42.3∶47.6)",
    "completion": "完成…的 or 为预算的 stands before a percentage: a share of a target or budget",
    "contribution": "拉动 or 贡献 stands before it: a contribution to growth",
    "rank": "it is written as a place in an order (第5, 前三)",
    "rank-moved": "前移, 后退 or the like stands before places in an order: how far the rank moved",
    "doubled": "翻番: 翻一番 is twice, 翻两番 four times",
    "times-another": "倍 behind 是, 为 or 相当于: a multiple of another amount",
    "of-another": "为…的N%: told against another amount",
    "recovered": "恢复至: told against what it was before",
    "list": "nothing but a list mark or a cue stands between it and the figure before: it tells the same of another",
}
_PERIOD: Final = {
    "lead": "nothing near dates it; what happens over time takes the event's day, or the period of lead or headline",
    "heading": "nothing near dates it: the period that the section's heading names",
    "open-end": "a plan without a fixed end (力争3年左右, 建成后): no period could name it",
    "standing": "what somebody has or a thing is made for (占地42亩) is of no period, unless its own clause dates it",
    "outlay": "what one project costs in all (总投资) is of no period, unless its own clause dates it",
}
_KIND: Final = {
    "duration": "a length of time is the statement itself: it has no indicator and no period",
    "distance": "a distance says where something is: it has no indicator and no period",
    "size": "a size built into what is counted (百亿项目, 亿元以上企业): an amount without indicator and period",
}
_BY_PART: Final[tuple[tuple[Decides, dict[str, str]], ...]] = (
    ("subject", _SUBJECT),
    ("measure", _MEASURE),
    ("period", _PERIOD),
    ("kind", _KIND),
)
RULES: Final[Mapping[str, Rule]] = {
    name: Rule(decides, sentence) for decides, sentences in _BY_PART for name, sentence in sentences.items()
}

CONFIDENCES: Final[Mapping[str, str]] = {
    "A": "surest: an area's own statistic, named in full at the figure, of whole months that were over when published",
    "B": "has an indicator's code, taken over from before, counted, or named in brief, or of an event, a sight, an aim",
    "C": "least sure: no indicator's code, or a period that is only the lead's",
}

BOUNDS: Final[Mapping[str, str]] = {
    "exact": "as written",
    "approx": "about that (约, 近, 余, 多, 左右 …)",
    "over": "that or more (超, 突破, 以上 …, or a bare 百亿)",
    "under": "that or less (不到, 以内, 前三 …)",
    "range": "from one to the other",
}

CUES: Final[Mapping[str, str]] = {
    "up": "rises",
    "down": "falls",
    "net_up": "net rise",
    "net_down": "net fall",
    "new": "newly added",
    "growth_noun": "growth",
    "fall_noun": "decline",
    "yoy": "on the year before",
    "qoq": "on the period before",
    "average": "a year on average",
    "level": "reaches",
    "multiple": "is, equals",
    "double": "doubles",
    "recover": "back to",
    "higher": "above",
    "lower": "below",
    "than": "compared with",
    "norm": "what is usual",
    "from": "from a base",
    "share": "share of",
    "complete": "of a target",
    "contribution": "contributes",
    "rank": "ranks",
    "approx": "about",
    "over": "over",
    "under": "under",
    "aim": "aim",
    "respectively": "in that order",
    "undated": "of no single period",
    "each": "each",
    "break": "opens a part",
    "entity": "a single firm, sight or village",
}
"""What the kinds of cue (`kind` in cues.csv) mean."""

SILENT: Final = frozenset({"and", "filler", "head", "noaim", "word"})
"""Kinds of words that say nothing of a figure by themselves: joints, fillers, and nouns that only carry others."""
