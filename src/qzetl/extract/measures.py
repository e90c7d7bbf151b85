"""Measures: what kind of statement a figure makes, and with which sign (OBSERVATION.md 2, measures.csv)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qzetl.extract.context import Context
from qzetl.extract.figure import COUNTED, Figure
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.periods import Period
from qzetl.extract.quantities import Quantity
from qzetl.extract.scan import Word
from qzetl.extract.stretch import Stretch
from qzetl.extract.subjects import Subject
from qzetl.extract.times import TimeWord

__all__ = ["Reading", "read_measure"]

_THOSE = re.compile(r"[\u4e00-\u9fff]{2}(?<![前时年月期来均初末底度])的(?:不足|不到|超过|超|逾|近|约|仅|只有|接近)?$")
_REACHED = re.compile("(?:达|达到|达到了)(?:近|约|超过?|逾)?$")
_LENGTHS = frozenset(("M", "KM"))
_DISTANCES = frozenset(("高", "低", "多", "少"))  # 比规上工业增速高5.0个百分点
_HIGHER_BY = re.compile("^(?:高|低|多|少)出$")  # 高于全国单产平均值，高出13.7公斤
_NOUN = re.compile(r"的?((?!的)[\u4e00-\u9fff]{2})")
_PART_IS = re.compile("(?:是|为|来自|流向|用于|集中在|靠|属于|投向)(?!了)")
# 高于全省（6%）, 高于全省平均水平的6%, 高于全省6%的增速
_OF_OTHER = re.compile(r"(?:同期)?(?:平均)?(?:水平|均值)?.?")
# Between a cue of change and its number only hedges may stand: 增加127.5亿元, not 增加投资5亿元.
_CHANGE_GAP = 1
_MORE = re.compile("(?:同比|同期)(多|少)[\u4e00-\u9fff]{2}$")
_AIM_OF = re.compile(r" ?(?:目标|任务|计划|预算){0,2}的 ?")
_CUT = frozenset({"削减", "减排"})
_LESSENED = frozenset({"减少", "压减", "削减", "净减少"})
_OF_WHOLE = re.compile("的[近约超逾]?$")
_FLOW_ADDED = re.compile("减税|退税|缓税|降费")  # 新增减税降费: each year's are new


@dataclass(slots=True)
class Reading:
    """A measure, the sign to apply, and the rule that told it."""

    measure: str
    sign: int = 1
    rule: str = ""


def read_measure(
    figure: Figure, period: Period | None, context: Context, subject: Subject, lexicon: Lexicon
) -> Reading:
    """The measure of a figure: another area's growth, what a cue says, what a list goes on with, or a level."""
    return (
        _other_area(figure, context)
        or _completion(figure, context, lexicon)
        or _growth_behind(figure, lexicon)
        or _by_cue(figure, period, context)
        or _newly_listed(figure, context)
        or _going_on(figure, context)
        or _by_form(figure, context, subject, lexicon)
    )


def _other_area(figure: Figure, context: Context) -> Reading | None:
    """Read 高于全省6%的增速 and 比全省（7.7%）和全国（7.0%）: the figure is the other area's own growth."""
    q, left = figure.q, figure.left
    goes_on = left.has_list_mark or figure.first
    if q.unit == "PT" and context.comparing and goes_on and left.places and not left.phrase:
        return Reading("GROWTH_YOY", 1, "other-area")
    cue = left.last("higher", "lower", "than")
    if q.unit != "PT" or cue is None or not left.places or left.places[-1][0].start < cue.end:
        return None
    if not _OF_OTHER.fullmatch(figure.before[left.places[-1][0].end - left.start :]) or left.last("up", "down"):
        return None
    return Reading("GROWTH_YOY", 1, "other-area")


def _completion(figure: Figure, context: Context, lexicon: Lexicon) -> Reading | None:
    """Read 完成省下达任务的103.8% and 完成全年目标70亿美元的51.1%: a share of a target or budget."""
    of_aim = context.aimed and _AIM_OF.fullmatch(figure.before) is not None
    if figure.q.unit != "PT" or not (of_aim or lexicon.patterns["completion"].search(figure.before)):
        return None
    return Reading("COMPLETION", 1, "completion")


def _growth_behind(figure: Figure, lexicon: Lexicon) -> Reading | None:
    """Read 保持20%以上的高增长: the word of growth stands behind its figure."""
    if figure.q.unit != "PT" or not lexicon.patterns["growth_behind"].match(figure.after):
        return None
    if figure.left.kinds() & {"up", "down", "share", "higher", "lower"}:
        return None
    average = "average" in figure.left.kinds() or any(t.is_average for t, _ in figure.left.times)
    return Reading("GROWTH_AVG" if average else "GROWTH_YOY", 1, "growth")


def _by_cue(figure: Figure, period: Period | None, context: Context) -> Reading | None:
    """What the cues before a figure say; None where no cue stands there."""
    q, left = figure.q, figure.left
    kinds = left.kinds()
    if q.unit == "RANK":
        return _rank(q, left)
    if q.unit == "PP" or (q.unit == "PM" and q.written_unit.endswith("点")):
        return _points(figure, context)
    if q.form == "double":
        return Reading("MULTIPLE", 1, "doubled")
    if q.form == "bare" and q.end - q.start == 1:
        return Reading("LEVEL", 1, "level")  # 五涨三降, 九夺“大禹鼎”
    if q.unit == "TIMES":
        return _times(figure, period, context)
    if q.unit in ("PT", "PM"):
        return _percent(figure, period, context)
    return _amount(figure, kinds, context)


def _newly_listed(figure: Figure, context: Context) -> Reading | None:
    """Read 新增规上企业20户以上、高新技术企业12户: the word reaches over the list."""
    left, last = figure.left, context.last
    if last is None or last.measure != "CHANGE" or figure.first or not context.newly:
        return None
    if not left.has_list_mark or not left.phrase or left.kinds() - {"approx", "over", "under"}:
        return None
    return Reading("CHANGE", last.sign, "newly-added")


def _going_on(figure: Figure, context: Context) -> Reading | None:
    """What the figure before says, where only a list mark or nothing new stands between."""
    left, last = figure.left, context.last
    if last is None or left.phrase:
        return None
    if context.changed and figure.q.unit == "PT" and "level" in left.kinds():
        return Reading(context.changed, context.noun_sign, "list")  # 占比提高3.02个百分点，达到80.32%
    if figure.first and figure.after.startswith("的") and not left.kinds():
        return None  # 农机具检修率达100%，98.5%的地块实现机械化收获
    if (
        left.places
        and last.measure == "GROWTH_YOY"
        and last.unit == figure.q.unit == "PT"
        and left.kinds() == {"multiple"}
    ):
        return Reading(last.measure, 1, "list")  # 增长4.4%，全省为4.7%
    if last.unit != figure.q.unit:
        if last.measure in ("CHANGE", "DIFF") and left.has_list_mark and left.kinds() <= {"approx", "over", "under"}:
            return Reading(last.measure, last.sign, "list")  # 分别增加0.3万亩、1.1万吨
        both = {last.unit, figure.q.unit} <= {"PT", "TIMES"} and last.measure.startswith("GROWTH")
        return Reading(last.measure, last.sign, "list") if both and left.has_list_mark else None
    if "level" in left.kinds() and last.measure in ("SHARE", "GROWTH_YOY") and not figure.first:
        return Reading(last.measure, 1, "list")  # 占比由54.7%升至58.2%, 增速由11.6%降到7.4%
    if last.measure == "CHANGE" and _REACHED.search(figure.before):
        return None  # 新增平台83个、总数达256个
    if left.kinds() & {"level", "multiple"} or (figure.first and last.unit not in ("PT", "PP")):
        return None
    return Reading(last.measure, last.sign, "list")


def _by_form(figure: Figure, context: Context, subject: Subject, lexicon: Lexicon) -> Reading:
    """What a figure's own form and the noun behind it say, where no cue does."""
    q, patterns = figure.q, lexicon.patterns
    if q.form == "ratio":
        return Reading("SHARE", 1, "proportion")
    if q.unit == "TIMES" and q.written_unit and not patterns["rate"].search(subject.phrase):
        return Reading("MULTIPLE", 1, "times-another")
    if q.unit != "PT":
        return Reading("LEVEL", 1, "level")
    return _of_percentage(figure, context, subject, lexicon)


def _of_percentage(figure: Figure, context: Context, subject: Subject, lexicon: Lexicon) -> Reading:
    """What a percentage without a cue says: growth where it is negative, a share of the noun behind it, or a rate."""
    q, patterns = figure.q, lexicon.patterns
    if q.signed and q.value is not None and q.value < 0 and not patterns["rate"].search(subject.phrase):
        return Reading("GROWTH_YOY", 1, "growth")  # 负增长，分别为-85.9%和-97.8%
    if "占" in subject.phrase and figure.left.phrase:
        return Reading("SHARE", 1, "share")
    if figure.is_of_another:
        return Reading("MULTIPLE", 1, "of-another")
    if context.last and context.last.measure == "SHARE" and not patterns["rate"].search(subject.phrase):
        return Reading("SHARE", 1, "share")  # 省外游客占62.4%，“95后”接近四成
    rate = figure.left.phrase and patterns["rate"].search(subject.phrase)
    if _PART_IS.match(figure.after) and not rate:
        return Reading("SHARE", 1, "share-of")  # 六成以上是基础设施
    if q.form != "fraction" and _THOSE.search(figure.before) and not rate:
        return Reading("SHARE", 1, "share-of")  # 当场签约的不足三成
    behind = _NOUN.match(figure.after)
    if behind and not patterns["not_share"].match(behind[1]) and not patterns["rate"].search(subject.phrase):
        return Reading("SHARE", 1, "share-of")
    return Reading("LEVEL", 1, "level")


def _rank(q: Quantity, left: Stretch) -> Reading:
    moved = left.last("up", "down")
    if q.form != "rank" and moved:
        return Reading("CHANGE", moved.entry.sign, "rank-moved")
    return Reading("RANK", 1, "rank")


def _sign(left: Stretch) -> int:
    """The product of the direction of the noun (降幅) and of the verb (收窄)."""
    noun, verb = left.last("growth_noun", "fall_noun"), left.last("up", "down", "higher", "lower", "net_up", "net_down")
    if (
        noun
        and verb
        and verb.text.endswith("低于")
        and not any(side == "lower" for _, side in [*left.places, *left.times])
    ):
        verb = None  # 4个县区增速低于5%
    sign = noun.entry.sign if noun else 1
    if verb and (noun is None or verb.start > noun.start):
        sign *= verb.entry.sign
    return sign


def _points(figure: Figure, context: Context) -> Reading | None:
    left = figure.left
    kinds = left.kinds()
    if "带动" in figure.before:
        return Reading("CONTRIBUTION", _sign(left), "contribution")  # 带动CPI上涨约2.4个百分点
    if context.comparing and not left.phrase and (verb := left.last("higher", "lower", "up", "down")):
        return Reading("DIFF", verb.entry.sign, "against-area")  # 比全省（7.7%）和全国（7.0%）分别高0.7、1.4个百分点
    if "contribution" in kinds:
        cue, turn = left.last("contribution"), left.last("up", "down")
        sign = turn.entry.sign if turn else 1
        return Reading("CONTRIBUTION", sign * (cue.entry.sign if cue else 1), "contribution")
    if _against_area(left):
        verb = left.last("higher", "lower", "up", "down")
        return Reading("DIFF", verb.entry.sign if verb else 1, "against-area")
    if "norm" in kinds:
        verb = left.last("higher", "lower", "up", "down")
        return Reading("CHANGE", verb.entry.sign if verb else 1, "points-changed")
    timed = any(side in ("than", "base", "higher", "lower") for _, side in left.times)
    compares = "than" in kinds and (turn := left.last("up", "down")) is not None and turn.text in _DISTANCES
    if (kinds & {"higher", "lower"} or compares) and not timed:
        verb = left.last("higher", "lower", "up", "down")
        return Reading("DIFF", verb.entry.sign if verb else 1, "against-other")
    if kinds & {"up", "down", "growth_noun", "fall_noun", "higher", "lower"}:
        goes_on = not left.phrase and not kinds & {"growth_noun", "fall_noun"}
        if goes_on and context.noun_sign > 0 and _is_of_fall(left, context):
            return Reading("CHANGE", -_sign(left), "points-changed")
        return Reading("CHANGE", _sign(left) * (context.noun_sign if goes_on else 1), "points-changed")
    return None


def _is_of_fall(left: Stretch, context: Context) -> bool:
    """Tell whether points say how a fall just told grew or shrank (下降0.4%，较上半年收窄9.3个百分点)."""
    verb, last = left.last("up", "down"), context.last
    fell = last is not None and last.measure.startswith("GROWTH") and last.sign < 0
    return fell and verb is not None and verb.text.startswith(("收窄", "扩大", "缩小"))


def _against_area(left: Stretch) -> bool:
    return any(side in ("higher", "lower", "than") for _, side in left.places) and not any(
        side == "than" for _, side in left.times
    )


def _times(figure: Figure, period: Period | None, context: Context) -> Reading | None:
    q, left, base = figure.q, figure.left, context.base
    kinds = left.kinds()
    risen = (
        context.risen and context.last is not None and context.last.measure == "LEVEL"
    )  # 从37家增到1214家，增长近32倍
    if figure.is_of_another:
        return Reading("MULTIPLE", 1, "times-another")  # 增速是社零总额的3倍多
    if kinds & {"up", "down", "growth_noun"}:
        measure = "GROWTH_BASE" if risen and "yoy" not in kinds else _growth(left, period, base)
        return Reading(measure, _sign(left), "growth-times")
    if q.written_unit == "":
        return None
    if kinds & {"multiple", "recover", "level", "than"}:
        return Reading("MULTIPLE", 1, "times-another")
    return None


def _percent(figure: Figure, period: Period | None, context: Context) -> Reading | None:
    left, base = figure.left, context.base
    kinds = left.kinds()
    if "complete" in kinds:
        return Reading("COMPLETION", 1, "completion")
    if "recover" in kinds:
        return Reading("MULTIPLE", 1, "recovered")
    last = left.last("share", "contribution", "up", "down", "growth_noun", "fall_noun")
    if last is None:
        if (average := left.last("average")) and average.text.endswith("增速"):
            return Reading("GROWTH_AVG", 1, "growth")  # 年均增速为13%
        if context.pending and not left.phrase:
            return Reading(context.pending.measure, context.pending.sign, "growth")  # 增速较快，分别达11.4%和10.2%
        return Reading("GROWTH_YOY", 1, "same-period") if "yoy" in kinds else None
    if part := _part_of_whole(figure, last):
        return part
    if "年平均增速" in figure.before:
        return Reading("GROWTH_AVG", _sign(left), "growth")  # 2015年至2023年平均增速71.4%
    if _is_month_on_month(left, context):
        return Reading("GROWTH_QOQ", _sign(left), "growth")
    if context.norm and base is None and not kinds & {"yoy", "qoq", "average"}:
        return Reading("GROWTH_BASE", _sign(left), "growth")
    aside = context.last is not None and context.last.unit == "PP"
    return Reading(_growth(left, period, base, aside=aside), _sign(left), "growth")


def _part_of_whole(figure: Figure, last: Word) -> Reading | None:
    """What a share or contribution says, where one stands before a percentage; `last` is the last cue."""
    left, kind = figure.left, last.entry.kind
    whole = left.last("share")
    if kind == "growth_noun" and whole and whole.end <= last.start and _OF_WHOLE.search(figure.before):
        return Reading("SHARE", 1, "share")  # 占CPI同比总涨幅的近六成
    if kind == "share" and "contribution" not in left.kinds():
        return Reading("SHARE", 1, "share")
    if kind == "contribution" and last.text in ("贡献", "贡献了"):
        return Reading("SHARE", 1, "share")  # 贡献了总额的近六成
    return Reading("CONTRIBUTION", 1, "contribution") if "contribution" in left.kinds() else None


def _is_month_on_month(left: Stretch, context: Context) -> bool:
    """Tell whether a clause before makes a growth one on the month before (环比看，猪肉价格上涨2.7%)."""
    if left.kinds() & {"yoy", "average"}:
        return False
    if context.month_on_month or context.monthly:
        return True  # 食品价格环比上涨2.8%。水产品价格下降1.1%
    pending = context.pending  # 环比涨幅最大的是油菜，上涨42%
    return pending is not None and pending.measure == "GROWTH_QOQ" and not left.phrase


def _growth(left: Stretch, period: Period | None, base: TimeWord | None, *, aside: bool = False) -> str:
    """The measure of a growth; `aside` tells that what stands on `base` was points alone (涨幅比上月回落0.3点)."""
    kinds = left.kinds()
    if "average" in kinds or any(t.is_average for t, _ in left.times):
        return "GROWTH_AVG"
    if "yoy" not in kinds and any(t.has("sum", "stretch_n2") for t, _ in left.times):
        return "GROWTH_BASE"
    if "qoq" in kinds:
        return "GROWTH_QOQ"
    if "yoy" in kinds:
        return "GROWTH_YOY"
    told = next((t for t, side in left.times if side in ("than", "base")), None)
    noun = left.last("growth_noun")
    base = told or (None if aside or (noun and noun.text[-1] in "速幅") else base)  # 较年初新增130亿元，余额增速22.9%
    if base is None:
        return "GROWTH_YOY"
    return _growth_on(base, period)


def _growth_on(base: TimeWord, period: Period | None) -> str:
    groups = base.groups
    if any(groups.get(kind, "").startswith("上") for kind in ("relmonth", "relweek")) or groups.get(
        "relquarter", ""
    ).startswith("上"):
        return "GROWTH_QOQ"
    if groups.keys() & {"edge", "stretch_n2"}:
        return "GROWTH_YOY" if _are_years_in_turn(base.period, period) else "GROWTH_BASE"
    if base.period and period and base.period.year < period.year - 1:
        return "GROWTH_BASE"
    return "GROWTH_YOY"


def _are_years_in_turn(one: Period | None, other: Period | None) -> bool:
    """Tell whether one year's end is compared with that of the year before (2021年末…比上年末增长3.4%)."""
    return one is not None and other is not None and other.years_before(1) == one


def _amount(figure: Figure, kinds: set[str], context: Context) -> Reading | None:
    q, left = figure.q, figure.left
    if _against_area(left) and (verb := left.last("higher", "lower", "up", "down")):
        return Reading("DIFF", verb.entry.sign, "against-area")
    if context.last is not None and not left.phrase and _HIGHER_BY.search(figure.before):
        return Reading("DIFF", -1 if "低" in figure.before or "少" in figure.before else 1, "against-other")
    last = left.last("up", "down", "net_up", "net_down", "new", "level", "multiple", "higher", "lower")
    timed = any(side in ("than", "base") for _, side in left.times)
    if last is not None and last.entry.kind in ("higher", "lower") and timed and _reaches(last, q, left):
        return Reading("CHANGE", last.entry.sign, "amount-changed")  # 比上年高出22元
    if last is not None and last.text == "高" and q.unit in _LENGTHS and not timed and "than" not in kinds:
        return None  # 坝高105米
    if last is not None and last.entry.kind in ("up", "down", "net_up", "net_down") and _reaches(last, q, left):
        return Reading("CHANGE", last.entry.sign * (-1 if _falls(left, last.start) else 1), "amount-changed")
    grown = left.last("growth_noun")
    if grown and grown.text == "增长" and _reaches(grown, q, left):
        return Reading("CHANGE", 1, "amount-changed")  # 利用小时数同比增长266小时
    if more := _MORE.search(figure.before):
        return Reading("CHANGE", 1 if more[1] == "多" else -1, "amount-changed")  # 同比多处置8.9亿元
    return _added(q, left, last, kinds)


def _added(q: Quantity, left: Stretch, last: Word | None, kinds: set[str]) -> Reading | None:
    """What a verb says that adds to what stands behind it, or takes away from it."""
    if "new" in kinds:
        return None if _FLOW_ADDED.search(left.phrase) else Reading("CHANGE", 1, "newly-added")
    if last is None or not left.objects:
        return None
    if q.unit == "COUNT" and last.text == "增加":
        return Reading("CHANGE", 1, "newly-added")  # 增加学位8460个
    lessened = last.text in (_LESSENED if q.unit in COUNTED else _CUT)
    return Reading("CHANGE", -1, "lessened") if lessened else None  # 减少贫困人口1.98万人


def _reaches(cue: Word, q: Quantity, left: Stretch) -> bool:
    hedges = sum(w.end - w.start for w in left.cues if w.start >= cue.end)
    return q.start - cue.end - hedges <= _CHANGE_GAP


def _falls(left: Stretch, before: int) -> bool:
    return any(w.entry.kind == "fall_noun" and w.start < before for w in left.cues)
