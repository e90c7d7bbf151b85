"""One pass over the text: every word of the lexicon and every stretch that writes a number becomes a token.

Nothing is bound here. Words come from one automaton (leftmost longest); numbers are tried, where a number may begin,
as a name (``第三产业``, ``PM2.5``), a time word, or a quantity, in that order. Offsets are the text's own: the
normalised text has as many code points as the original.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qzetl.extract.frame import ahead, behind
from qzetl.extract.lexicon import Entry, Lexicon
from qzetl.extract.numerals import ARABIC_DIGITS, NUMERAL_IN, read_number
from qzetl.extract.quantities import Quantity, read_quantity, share_units
from qzetl.extract.times import STRETCHES, TimeWord, read_time
from qzetl.traditional import simplified

__all__ = ["NumberName", "Scan", "Word", "normalise", "scan"]

_FULL_WIDTH: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
for _kept in "，；：！？（）～":  # these bound clauses and brackets: their half-width forms are read as well
    _FULL_WIDTH.pop(ord(_kept), None)
_FULL_WIDTH |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # a lone surrogate is no text
_FULL_WIDTH |= dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2005\u2009\u202f\t\r"), " ")
_FULL_WIDTH |= {ord("﹪"): "%", ord("℅"): "%", ord("︰"): ":", ord("·"): "·", ord("∶"): "∶"}
# Few letters are; to look for them costs an eighth of translating all.
_IS_FULL_WIDTH = re.compile(f"[{re.escape(''.join(map(chr, _FULL_WIDTH)))}]+")

# Where a number or a time word may begin: one set of letters (which makes the search fast), then what must follow
# those that are no numerals themselves.
_FOLLOWED = (
    (r"第前后负每双翻近过最这头\-－−±", r"[ 0-9零一二两三四五六七八九壹贰叁肆伍陆柒捌玖拾十百千万几半了\-.]"),
    (r"“", "[十九八七五国元春劳大清除双]"),
    (
        "今去明上下本当昨年全首目春夏秋冬除元清同翌次来单前后到头这",
        "[年月日天半季度末底初内个周期前至止节夕明庆旦动家的一上下星礼世宵后春夏秋冬晚晨早夜今（(]",
    ),
    ("如现眼", "[今在如下]"),
    ("截", "[至止](?:[目当]前|[现如]|眼下)"),
    ("国劳大新", "庆|动节|[年前上]|的?一|[春世]"),
    ("活展节消购博赛春", "[动会费物览事运][节季会]?期间"),
    (r"\.", "[0-9]"),
    ("小长假黄节", "[长假期金日]"),
    ("未接", "[来下]"),
    ("周星礼", "[一二三四五六日天期拜末]"),
    ("过最", "[去近]"),
    ("日近", "[前日期]"),
    ("初除", "[一二三四五六七八九十夕]"),
    ("端中重腊母父妇儿教植感正农阴闰", "[午秋阳八亲女童师树恩月历一二三四五六七八九十]"),
    ("民宣光同咸道嘉乾雍康顺万永洪", "[国统绪治丰光庆隆正熙治历乐武]"),
    ("立芒冬夏谷惊春秋霜寒处白小大", "[春夏秋冬种至雨蛰分降露暑满寒]"),
)
_NUMERALS = "0-9零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅俩仨半数几A-Z"
# １，２３４ and 1,234，567,890 and 35，000: a full-width comma that sets off thousands as others or a nought tell
_FULL_WIDTH_THOUSANDS = re.compile(
    "，(?:(?<=[０-９]，)(?=[0-9０-９]{3}(?![0-9０-９]))|(?<=,[0-9]{3}，)(?=[0-9]{3},[0-9]{3})"
    "|(?<=[0-9]，)(?=0[0-9]{2}(?![0-9.])))"
)
_RATIO_OR_THAN = re.compile(r"入比(?=(?:19|20)\d\d年|[上去前]年|同期|年初)")
_STOP = re.compile("[.．](?<=[\u4e00-\u9fff%）)”].)(?=[\u4e00-\u9fff“\\s]|$)")  # 超过300亿元.其中
_BEGIN = re.compile(
    f"[{_NUMERALS}{''.join(first for first, _ in _FOLLOWED)}]"
    f"(?:(?<=[{_NUMERALS}])|{'|'.join(f'(?<=[{first}])(?={second})' for first, second in _FOLLOWED)})"
)
_TIMES_ALONE = frozenset(
    "如现眼活展消购博赛今去明上下本当昨年全首目截春夏秋冬除元清国大劳同次来单新到头这小长假黄节过最日近端中重腊“"
)
_UNTIL = re.compile(r"起?(?:至|到|-|—{1,2}|–|~|～)")
_START_OF_TIME = re.compile(f"[{_NUMERALS}今去明上下本这前昨当同次元春国五端中重母父感大正农目初除周星礼双]")
# Digits with one of these behind them are no time word's, whose long pattern need not be tried then.
_COUNTS_THINGS = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?[%万亿元家项人吨亩户名座所公千百]")
_LONG_DIGITS = re.compile(r"\d{17,}|\d{3,4}-\d{7,8}(?!\d)|1[3-9]\d{9}(?![\d.,千万亿元吨个美])")
_ARABIC_DIGITS = frozenset(ARABIC_DIGITS)
_STEPS = frozenset("十百千万亿")  # behind one of these a numeral goes on: 四十三元 is no 三元
_CHINESE_DIGITS = frozenset("一二三四五六七八九")
_LIST_NUMBER = re.compile(
    r"(?:^|(?<=\n)|(?<=[。；;：:]))[ ]*(?P<no>[（(](?:[一二三四五六七八九十]+|\d{1,2})[）)]"
    r"|[一二三四五六七八九十]{1,3}(?:、(?![一二三四]季度)|是)|\d{1,2}(?:、(?!\d{1,2}月)|[．）)]|\.(?!\d)))"
    r"|^[ ]*\d{1,2}(?:\.\d{1,2}){1,3}\.(?!\d)|^[ ]*\d{1,2}(?:\.\d{1,2}){2,3}[ ]"
    r"|(?<![今昨])[（(]\d{1,2}[）)](?=[\u4e00-\u9fff“])(?![年月日万亿千百元吨个人家亩号])|[①-⑳]|\[\d+\]",
    re.MULTILINE,
)
_BEFORE_LIST_NUMBER = frozenset("\n。；;：:")
_LIST_NUMBER_BEGINS = re.compile(r"[\n。；;：:（(①-⑳\[]")
_SECTORS = re.compile(r"第[一二三](?:[、和及][二三])+产业")
_QUOTED = re.compile(r"“[^“”\n，。；！？]{1,16}”|‘[^‘’\n，。；！？]{1,12}’")
_SPOKEN_QUANTITY = re.compile(r"\d+(?:\.\d+)?(?:[百千万亿]*(?:元|吨|亩|人次|公里|万|亿)|%)")
_RISE_AND_FALL = re.compile(r"^“(?=[^”]*[涨增跌])(?:[一二两三四五六七八九十]+[涨增降跌减平]){2,3}”$")
_NAME_TAIL = re.compile(r"(?:工程|行动|计划|战略|模式|字经|字诀|体系|格局|改革|机制|攻坚|专项)")


@dataclass(slots=True)
class Word:
    """A word of the lexicon in the text."""

    start: int
    end: int
    entry: Entry
    text: str


@dataclass(slots=True)
class NumberName:
    """A number that states nothing: part of a name, slogan or idiom (OBSERVATION.md 1), or a `number` as it stands.

    Only a `number` has a value (or both ends of a range) and perhaps a unit.
    """

    start: int
    end: int
    role: Literal["name", "idiom", "number"]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None


@dataclass(slots=True)
class Scan:
    """The tokens of one text, each list in order and without overlaps inside itself."""

    text: str
    words: list[Word]
    quantities: list[Quantity]
    times: list[TimeWord]
    names: list[NumberName]


def normalise(text: str) -> str:
    """Half-width digits, letters and signs for full-width ones, simplified characters for traditional ones.

    Code point for code point: offsets are those of `text`. A full-width comma stays, for it bounds clauses, but between
    full-width digits in threes (１，２３４).
    """
    text = _STOP.sub("。", _FULL_WIDTH_THOUSANDS.sub(",", text))
    return simplified(_IS_FULL_WIDTH.sub(_half_width, text))


def _half_width(found: re.Match[str]) -> str:
    return found[0].translate(_FULL_WIDTH)


def scan(text: str, lexicon: Lexicon) -> Scan:
    """Find all tokens of `text` (not normalised)."""
    s = normalise(text)
    words = _words(s, lexicon)
    taken = _protected(s, words, lexicon)
    result = Scan(s, words, [], [], [_named(s, a, b) for a, b in taken])
    _numbers(s, lexicon, taken, result)
    share_units(s, result.quantities, lexicon.units)
    result.names.sort(key=lambda n: n.start)
    return result


def _named(s: str, start: int, end: int) -> NumberName:
    """A name with a number in it; quotation marks around a numeral and nothing more leave it the number that it is."""
    value = read_number(s[start + 1 : end - 1]) if s[start] == "“" else None
    return NumberName(start, end, "name") if value is None else NumberName(start, end, "number", value)


def _words(s: str, lexicon: Lexicon) -> list[Word]:
    names, entries = lexicon.words, lexicon.word_entries
    words = [Word(start, end, entries[n], names[n]) for n, start, end in lexicon.automaton.find_matches_as_indexes(s)]
    if _RATIO_OR_THAN.search(s) is not None:
        words = [part for word in words for part in _without_than(s, word, lexicon)]
    return words


def _without_than(s: str, word: Word, lexicon: Lexicon) -> list[Word]:
    """A name whose last letter compares with a year, and that letter, each by itself (人均可支配收入比2010年翻一番)."""
    at, names = word.end - 1, lexicon.words
    parts = ((word.start, at, word.text[:-1]), (at, word.end, word.text[-1:]))
    if _RATIO_OR_THAN.match(s, at - 1) is None or any(text not in names for _, _, text in parts):
        return [word]
    return [Word(start, end, lexicon.word_entries[names.index(text)], text) for start, end, text in parts]


def _protected(s: str, words: list[Word], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Stretches whose numbers are names: list numbers, short quotations, and lexicon words that hold numerals."""
    spans = _list_numbers(s)
    spans += [m.span() for m in _SECTORS.finditer(s)]
    for m in _QUOTED.finditer(s):
        body = m[0]
        if not NUMERAL_IN.search(body) or _SPOKEN_QUANTITY.search(body) or _RISE_AND_FALL.match(body):
            continue
        at = m.start()
        if (time := read_time(s, at, lexicon.time)) and time.end >= m.end():  # “十四五”, “五一”假期
            continue
        spans.append(m.span())
    numbered = lexicon.numbered
    spans.extend((w.start, w.end) for w in words if w.text in numbered and not _goes_on_numeral(s, w))
    spans.sort()
    merged: list[tuple[int, int]] = []
    for a, b in spans:
        if not merged or a >= merged[-1][1]:
            merged.append((a, b))
    return merged


def _list_numbers(s: str) -> list[tuple[int, int]]:
    """The numbers of lists; only where one may begin is it tried, which is a fifth of trying everywhere."""
    spans: list[tuple[int, int]] = []
    at = 0
    for begin in (0, *(m.end() if m[0] in _BEFORE_LIST_NUMBER else m.start() for m in _LIST_NUMBER_BEGINS.finditer(s))):
        if begin >= at and (found := _LIST_NUMBER.match(s, begin)) is not None:
            spans.append(found.span("no") if found["no"] else found.span())
            at = found.end()
    return spans


def _goes_on_numeral(s: str, word: Word) -> bool:
    """Tell whether a word only goes on with a numeral (四十三元 is no 三元, 400万年 no 万年)."""
    before = s[word.start - 1 : word.start] if word.start else ""
    if not before or word.text[0] in _STEPS:
        return before.isdigit() or before in _STEPS
    return before in _STEPS or (before in _CHINESE_DIGITS and word.text[0] in _CHINESE_DIGITS)


def _numbers(s: str, lexicon: Lexicon, taken: list[tuple[int, int]], result: Scan) -> None:
    at, guard = 0, iter([*taken, (len(s) + 1, len(s) + 1)])
    low, high = next(guard)
    begin = _BEGIN
    while (found := begin.search(s, at)) is not None:
        at = found.start()
        while at >= high:
            low, high = next(guard)
        if low <= at:
            at = high
            continue
        at = _read_at(s, at, low, lexicon, result)


def _read_at(s: str, at: int, limit: int, lexicon: Lexicon, result: Scan) -> int:
    """Read one number at `at`, not beyond `limit`; return where to go on."""
    digits = s[at] in _ARABIC_DIGITS
    counts = digits and _COUNTS_THINGS.match(s, at) is not None
    names = None if counts else lexicon.names.get(s[at])
    if names and (m := names.match(s, at)) is not None and m.end() <= limit and m.lastgroup:
        role = lexicon.name_roles[m.lastgroup]
        result.names.append(NumberName(at, m.end(), "name" if role == "name" else "idiom"))
        return m.end()
    if not counts and (time := read_time(s, at, lexicon.time)) is not None and time.end <= limit:
        word = _time(s, time, limit, lexicon)
        result.times.append(word)
        return word.end
    if s[at] in _TIMES_ALONE:
        return at + 1
    if digits and (m := _LONG_DIGITS.match(s, at)) is not None:  # a code or a serial number; no statistic has 17 digits
        result.names.append(NumberName(at, m.end(), "name"))
        return m.end()
    m = _match_quantity(s, at, limit, lexicon)
    if m is None:
        return at + 1
    found = read_quantity(m, lexicon.units)
    _settle_units(s, found)
    for q in found:
        q.end -= s[q.end - 1] == " "  # a space before a unit that does not follow is none of the number's
    kept = [q for q in found if _is_quantity(s, q)]
    result.quantities.extend(kept)
    if not kept:
        result.names.extend(_numbers_in(at, m.end(), found))
    return m.end()


def _match_quantity(s: str, at: int, limit: int, lexicon: Lexicon) -> re.Match[str] | None:
    """What writes a quantity at `at`, not beyond `limit`, a range only where it is none of two ends of a growth."""
    m = lexicon.quantity.match(s, at)
    if m is not None and m.end() > limit:
        m = lexicon.quantity.match(s, at, limit)
    if m is None or m.end() == at:
        return None
    if m["n2"] and m["unit1"] and _grows_to(s, m):
        return lexicon.quantity.match(s, at, m.end("unit1")) or m
    return m


def _grows_to(s: str, found: re.Match[str]) -> bool:
    """Tell a growth (面积从60万亩到494万亩) from a range (从3000元到5000元不等)."""
    said = s[found.end("unit1") : found.start("n2")].strip() in ("到", "至")
    between = _BETWEEN.match(behind(s, found.end(), 3)) is not None
    return said and not between and _FROM.search(ahead(s, found.start(), 6)) is not None


_FROM = re.compile(r"[从由][^，,。；;、\n]{0,4}$")
_BETWEEN = re.compile("不等|之间|的?价|的?不同|均有|都有|区间")


def _time(s: str, begun: TimeWord, limit: int, lexicon: Lexicon) -> TimeWord:
    word = _extended(s, begun, limit, lexicon)
    if s[max(word.start - 2, 0) : word.start].endswith(_EVERY):
        return TimeWord(word.start, word.end, {"recurring": s[word.start : word.end]})
    return word


def _extended(s: str, word: TimeWord, limit: int, lexicon: Lexicon) -> TimeWord:
    """The stretch from a time word to another that follows it behind 至, 到 or a dash; else the word alone."""
    to = _UNTIL.match(s, word.end)
    if to is None or word.end >= limit or not _START_OF_TIME.match(s, to.end()):
        return word
    other = read_time(s, to.end(), lexicon.time)
    if other is None or other.end > limit:
        return word
    if word.has(*_LENGTHS) or other.has(*_LENGTHS):
        return word
    return TimeWord(word.start, other.end, {"between": s[word.start : other.end]}, ends=(word, other))


_EVERY = ("每", "每年", "每季", "每月", "每周", "每天", "每日")  # 每年3月12日 is a day of no year
_LENGTHS = STRETCHES - {"recent"} | {"average", "plan", "since", "since2", "ago", "whole", "coming"}


def _numbers_in(start: int, end: int, found: list[Quantity]) -> list[NumberName]:
    """The numbers that were read where no quantity is stated; an idiom where none could be read."""
    valued = (q for q in found if q.value is not None or q.low is not None)
    read = [NumberName(q.start, q.end, "number", q.value, q.low, q.high, q.unit) for q in valued]
    return read or [NumberName(start, end, "idiom")]


def _settle_units(s: str, found: list[Quantity]) -> None:
    """Give units of two meanings the one that the words around them tell.

    度 is a kilowatt-hour where the text is of electricity, else a degree (of heat, of sugar), which has no code, or
    a time (两度超过); 分 is a minute between hours and seconds, else a point.
    """
    for q in found:
        if s.startswith("度", q.start + 1) and _TWICE.match(s, q.start):
            q.unit = "COUNT"
        elif q.written_unit == "分" and _OF_CLOCK.search(s, max(q.start - 2, 0), q.end + 3):
            q.unit = "MINUTE"
        elif q.written_unit == "块" and _PRICED.search(ahead(s, q.start, 8)) and _PRICE_ENDS.match(behind(s, q.end, 2)):
            q.unit = "CNY"
        elif _is_of_no_code(s, q):
            q.unit = "OTHER"


def _is_of_no_code(s: str, q: Quantity) -> bool:
    """Tell degrees of heat or sugar (度 where electricity is not told of) and forces of wind or earthquakes (级)."""
    around = ahead(s, q.start, _DEGREE) + behind(s, q.end, _DEGREE)
    return (q.written_unit == "度" and "电" not in around) or (
        q.written_unit == "级" and _OF_WIND.search(around) is not None
    )


_DEGREE = 24
_OF_WIND = re.compile("[台狂阵大]风|风力|风速|地震|震级|烈度")
_PRICED = re.compile(r"[价卖每才挣花要元块涨][^，,。；;\n]{0,5}$")  # 去年这时候才5块出头
_PRICE_ENDS = re.compile(r"[，,。；;、！？”’\n]|一[斤公亩]|$")
_OF_CLOCK = re.compile(r"[时钟]\d+分|\d分\d+秒")  # 2小时12分35秒
_TWICE = re.compile(r"[两三四]度(?=[\u4e00-\u9fff])(?![以左上下的多])")  # 单日客流两度超过10万人次
_COUNTED_ONE = re.compile(r"(?:前进|后退|前移|后移|提升|上升|下降|增加|减少|增长|下滑|新增|仅有?|只有|共)了?$")
_COUNTED_HALF = re.compile(r"(?:提前|提早|推迟|延长|缩短|压缩|减少|仅需|只需|用时|耗时|[约近足])了?$")
_COUNTS = frozenset({None, "COUNT", "OTHER", "PERSONS", "YEAR"})


def _is_quantity(s: str, q: Quantity) -> bool:
    """Tell a quantity from a number word that counts nothing (OBSERVATION.md 1)."""
    written = s[q.start : q.end]
    before, after = ahead(s, q.start, 6), behind(s, q.end, 4)
    if q.form in ("rank", "tenths", "fraction", "double", "ratio"):
        return q.value is not None or q.low is not None
    if q.form == "number" or (not q.unit and _is_letter(after[:1])):
        return False
    if _is_letter(before[-1:]) and written[0].isdigit() and q.unit in _COUNTS and written[-1] not in "万亿":
        return False  # C919大型客机; but GDP1500亿元, CPI0.2个百分点
    if written[0].isdigit() or q.signed:
        return _NAME_TAIL.match(after) is None or q.form == "plain"
    return _chinese_is_quantity(written, before, after, q)


def _is_letter(c: str) -> bool:
    return c.isascii() and c.isalpha()


def _chinese_is_quantity(written: str, before: str, after: str, q: Quantity) -> bool:
    if before[-1:] in ("几", "数", "整", "好", "若"):
        return False
    if "半" in written:  # 一个半小时 is counted, 半天 where it is measured
        return written[0] != "半" or _COUNTED_HALF.search(before) is not None
    if q.written_unit == "级" and len(written.removesuffix("以上").removesuffix("以下")) == 2:  # noqa: PLR2004
        return q.unit == "OTHER"  # 二级以上标准, 四级通办: classes, unless of winds
    if q.form == "size":
        return (
            written[0] in "百千万亿十"
            and (len(written) > 1)
            and not (q.unit is None and after[:1] in "年里" and not after.startswith("年薪"))
        )
    if q.form == "bare":
        if len(written) == 1 and after[:1] in ("夺", "获", "捧", "摘", "度", "涨", "升", "降", "跌", "增", "减", "平"):
            return (written != "一" or before[-1:] in "涨升增平") and after[:1] != "度"
        bare = written.removesuffix("以上").removesuffix("以下")
        return written[-1] in "余多" or (len(bare) > 2 and bare[-1] in "万亿")  # noqa: PLR2004
    one = written[0] == "一" and (len(written) == 1 or written == "一点" or written[1] not in "十百千万亿成点倍")
    return not one or _one_is_counted(written, before, q)


def _one_is_counted(written: str, before: str, q: Quantity) -> bool:
    """Tell 一块八 and 增加一家 from 一个, which only names."""
    if q.unit in ("CNY", "M") and len(written) > 2:  # noqa: PLR2004 (一块八 is a price, 一米九 a height)
        return True
    if q.bound == "range" and len(written) > 3:  # noqa: PLR2004 (一二十户 is counted, 一两个 is not)
        return True
    if q.unit == "MONTH" and _COUNTED_HALF.search(before):  # 提前一个月完成
        return True
    return q.unit in ("PT", "PP", "TIMES", "RANK") or _COUNTED_ONE.search(before) is not None
