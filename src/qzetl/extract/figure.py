"""A figure: a quantity with the text around it that may bind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from qzetl.extract.frame import Clause
from qzetl.extract.lexicon import Entry, Lexicon
from qzetl.extract.quantities import Quantity
from qzetl.extract.scan import Word
from qzetl.extract.stretch import Stretch, Token, read_stretch
from qzetl.extract.times import TimeWord

__all__ = ["COUNTED", "DURATIONS", "Figure", "figures_of", "is_size"]

COUNTED = frozenset({"COUNT", "PERSONS", "VISITS", "HOUSEHOLDS"})
DURATIONS = frozenset({"YEAR", "MONTH", "DAY", "HOUR", "MINUTE"})
_SET = re.compile(
    r"的(?!目标|任务|要求|增|水平|高)[\u4e00-\u9fff]{0,4}?(?:共?有(?![力望效所])|共计?|达到?(?=\d)|增加到)(?!的)"
)
_AND_OR = frozenset({"和", "或", "及"})
_SIZED_UNITS = frozenset({"CNY", "YEAR_AGE", "MU", "T", "KW", "USD", "M2", "KG", None})
_RATED = frozenset({"大卡", "千伏", "伏", "万伏", "千伏安", "英寸", "纳米", "毫升", "克"})
_THING = re.compile(r"[\u4e00-\u9fff](?<![的左以及和])")
_CAPACITIES = frozenset({"T", "KW", "W", "M3", "TEU"})
# A clause without marks (a table's row, a list of names) is not searched further back than this.
_LONGEST_STRETCH = 200
_LONGEST_SCOPE = 8
# 为正常保有量的102.7%, 仍只相当于2019年同期的六成: a multiple of another amount.
_OF_ANOTHER = re.compile(
    r"^(?:增速|增幅|均价|单价)?(?:约|已|仍|只|仅|才|也|还|均|大约|大致)*"
    r"(?:为|是|相当于|达到?|只有|仅有|仅为|不到|不足|不及)[^，。；、]{2,12}的$"
    r"|(?:相当于|仅为|只有|仅是|为)(?:全[国省市县区州]|本?省)[^，。；、占]{0,8}(?<!比重)的$"
)
# What a number passes is not counted, nor what it is compared with or turns to (由1521人上升为4246人).
_NO_NOUN = re.compile(
    r"大关|关口|台阶|门槛|相比|相较|(?:增|升|降|减|提高|提升|上升|增加|增长|下降|减少|回落)(?:[为至到]|了?$)"
)
_JOINTS = frozenset({"和", "与", "及", "以及"})
_NOUN = re.compile(r"[^，,。；;、：:（）()！？\d]{1,16}")


@dataclass(slots=True)
class Figure:
    """A quantity in its clause: what stands before it (`left`, `before`) and behind it (`after`).

    `size` tells a built-in size, `first` the clause's first figure, `compared` a sentence that looks a year back,
    `followed` one with another behind it, `ranked_in` a count of what something ranks among (在全省14个市州中排第5),
    `planned` the time for which what stands behind it plans it (14个预计年底前交付), `counts` what is counted right
    behind an amount that it costs (总投资93亿元的27个项目集中签约),
    `aimed` one that is called a target (64.6亿元、增长12%的目标任务), `of_aim` what was to be reached
    (完成目标44.4亿元), `of_year` what a year's plan puts into projects (年度计划投资9亿元), `tail` what its clause
    says behind it, or behind other counts that alone follow it (7个乡镇1.1万人受灾).
    """

    q: Quantity
    clause: Clause
    left: Stretch
    before: str
    after: str
    size: bool
    first: bool
    compared: bool
    ranked_in: bool = False
    followed: bool = False
    planned: TimeWord | None = None
    counts: str = ""
    aimed: bool = False
    noun: str = ""
    tail: str = ""
    is_of_another: bool = False
    of_aim: bool = False
    of_year: bool = False

    @property
    def counts_ranked(self) -> bool:
        """Tell whether the figure counts what something ranks among (居全省59个县（市）第3位)."""
        return _counts_ranked(self.q, self.left) or self.ranked_in

    @property
    def is_last(self) -> bool:
        """Tell whether no other figure of the clause follows."""
        return self.q.end + len(self.after) >= self.clause.end

    def touches(self, end: int) -> bool:
        """Tell whether at most one character stands between `end` and the quantity."""
        return self.q.start - end <= 1


_COUNTED_PLACES = re.compile("(?:县|市|区|旗|州|盟|县区|县市|区县|县市区)(?=分别|依次)")


def figures_of(
    s: str, clause: Clause, tokens: list[Token], quantities: list[Quantity], lexicon: Lexicon, *, compared: bool
) -> list[Figure]:
    """The figures of one clause; a built-in size is transparent: what stands before it goes on behind it."""
    figures: list[Figure] = []
    begin, first, at = clause.start, 0, 0
    sizes: list[Token] = []
    for n, q in enumerate(quantities):
        while at < len(tokens) and tokens[at].start < q.start:
            at += 1
        size = is_size(s, q, clause, lexicon) or _is_joined_size(s, quantities[n : n + 2], clause, lexicon)
        between = sorted([*sizes, *tokens[first:at]], key=attrgetter("start")) if sizes else tokens[first:at]
        if n and quantities[n - 1].unit == "COUNT" and not sizes:
            between = _without_counted_zone(s, quantities[n - 1].end, between)
        left = read_stretch(s, begin, q.start, between)
        ranked_in = q.unit in COUNTED and lexicon.patterns["ranked_in"].match(s, q.end, clause.end) is not None
        figures.append(Figure(q, clause, left, s[begin : q.start], "", size, n == 0, compared, ranked_in))
        ranks = ranked_in or _counts_ranked(q, left)
        through = size or (ranks and n + 1 < len(quantities) and quantities[n + 1].unit == "RANK")
        if through and q.start - begin <= _LONGEST_STRETCH:
            sizes.append(Word(q.start, q.end, Entry("size", 0, ()), ""))
        else:
            counted = _COUNTED_PLACES.match(s, q.end, clause.end) if q.unit == "COUNT" else None
            begin, first, sizes = counted.end() if counted else q.end, at, []
    _look_ahead(s, clause, figures, lexicon)
    if lexicon.patterns["planned"].match(figures[-1].after):
        figures[-1].planned = next((t for t in tokens[at:] if isinstance(t, TimeWord)), None)
    return figures


def _look_ahead(s: str, clause: Clause, figures: list[Figure], lexicon: Lexicon) -> None:
    """Set what each figure of a clause takes from what stands behind it."""
    end = clause.end
    for figure in reversed(figures):
        figure.after, figure.followed = s[figure.q.end : end], end < clause.end
        figure.noun, figure.is_of_another = _noun(figure.after), _OF_ANOTHER.search(figure.before) is not None
        figure.of_aim = lexicon.patterns["aimed_at"].search(figure.before) is not None
        figure.of_year = lexicon.patterns["yearly_plan"].search(figure.before) is not None
        end = end if figure.size else figure.q.start
    aimed = False
    for figure in reversed(figures):
        figure.aimed = lexicon.patterns["of_target"].match(figure.after) is not None or aimed
        aimed = figure.aimed and figure.left.has_list_mark
    tail = ""
    for figure in reversed(figures):
        figure.tail = figure.after if figure.is_last else tail
        tail = figure.tail if figure.q.unit in COUNTED else ""
    for figure, counted in pairwise(figures):
        if figure.q.unit == "CNY" and figure.after == "的" and counted.q.unit == "COUNT":
            figure.counts = counted.after


def _noun(after: str) -> str:
    """The noun at the beginning of `after`: up to the first mark, digit or connective; "" if none."""
    match = None if _NO_NOUN.match(after) else _NOUN.match(after)
    noun = match[0].strip() if match else ""
    return "" if noun in _JOINTS else noun


def _without_counted_zone(s: str, end: int, tokens: list[Token]) -> list[Token]:
    """The tokens without a zone that the count ending at `end` is of (1个省级经济开发区、…)."""
    noun = _NOUN.match(s, end)
    upto = noun.end() if noun else end
    return [t for t in tokens if isinstance(t, TimeWord) or t.entry.kind != "zone" or t.end > upto]


def _counts_ranked(q: Quantity, left: Stretch) -> bool:
    cue = left.last("rank")
    return cue is not None and cue.entry.sign == 1 and q.unit in COUNTED and q.start - cue.end <= _LONGEST_SCOPE


def is_size(s: str, q: Quantity, clause: Clause, lexicon: Lexicon) -> bool:
    """Tell whether a quantity is a size built into what is counted (百亿项目, 亿元以上项目, 3岁以下婴幼儿)."""
    if lexicon.patterns["capacity"].search(s, max(clause.start, q.start - 8), q.start):
        return True
    if q.unit in _CAPACITIES and lexicon.patterns["capacity_of"].match(s, q.end, clause.end):
        return s[max(0, q.start - 1) : q.start] not in ("达", "为", "到", "成", "超")
    if q.bound in ("over", "under") and _SET.match(s, q.end, clause.end) and "以" in s[q.end - 2 : q.end]:
        return True  # 接待游客在8万人次以上的景区有…29家
    return _is_rating(s, q, clause, lexicon) or _is_threshold(s, q, clause, lexicon)


def _is_joined_size(s: str, pair: list[Quantity], clause: Clause, lexicon: Lexicon) -> bool:
    """Tell whether the first of two amounts is a size as the second is (5亿元和10亿元以上项目), and mark it as such."""
    if len(pair) == 1 or s[pair[0].end : pair[1].start] not in _AND_OR:
        return False
    one, other = pair
    if one.bound != "exact" or other.bound != "over" or not one.unit or not is_size(s, other, clause, lexicon):
        return False
    one.bound = other.bound
    return True


def _is_rating(s: str, q: Quantity, clause: Clause, lexicon: Lexicon) -> bool:
    """Tell whether it only says of which kind a thing is (5斤装, ±800千伏通道, 总投资22亿元的中心)."""
    reached = s[max(0, q.start - 1) : q.start] in ("到", "达", "至")  # 人均预期寿命达到82岁以上
    if s.startswith("装", q.end) or (q.unit == "YEAR_AGE" and q.bound in ("over", "under") and not reached):
        return True
    if q.unit != "CNY":
        return q.written_unit in _RATED and _THING.match(s, q.end) is not None
    if s[q.end - 1] == "级" or (s[q.start - 1 : q.start] == "个" and s.startswith("台阶", q.end)):
        return True
    return s.endswith("投资", 0, q.start) and lexicon.patterns["single_project"].match(s, q.end, clause.end) is not None


def _is_threshold(s: str, q: Quantity, clause: Clause, lexicon: Lexicon) -> bool:
    if q.unit not in _SIZED_UNITS and q.form != "size":
        return False
    hedged = q.form == "size" or q.bound in ("over", "under", "range") or q.unit == "YEAR_AGE" or s[q.end - 1] == "级"
    if not hedged and not s[max(0, q.start - 2) : q.start].endswith(("超", "过")):
        return False
    return lexicon.patterns["sized"].match(s, q.end, clause.end + 1) is not None
