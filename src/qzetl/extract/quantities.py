"""Quantities: a number with its magnitude, unit and what is written behind it, read as one value.

The pattern finds the span by OBSERVATION.md 1 (number, magnitude, approximation inside, unit, 以上 余 多 左右 级 …
behind); `read_quantity` turns it into value, bounds and unit. What stands before (近 超 约) is bound later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qzetl.extract.numerals import adjacent_range, read_number

__all__ = ["Quantity", "quantity_pattern", "read_quantity", "share_units"]

_ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,6}(?!\d)(?:\.\d{1,12})?|\d{1,18}+(?:\.\d{1,12})?)"
_THOUSAND = r"千(?![瓦克米伏卡赫])"  # 万千瓦 is ten thousand kilowatts
_CHINESE = (
    rf"(?:[零〇一二两三四五六七八九十百万亿壹贰叁肆伍陆柒捌玖拾佰仟]|{_THOUSAND}){{1,24}}+"
    r"(?:点[〇零一二三四五六七八九]{1,12}[万亿]{0,2})?"
)
_NUMBER = rf"(?:{_ARABIC}(?:[十百万亿]|{_THOUSAND}){{0,4}}(?:{_ARABIC}[百千万])?|{_CHINESE})"
_TO = r"(?:-|—|–|~|～|至|到|－|―)"
_BEHIND = r"(?:以上|以下|以内|之内|左右|上下|之多|多|余|级(?!以上?|以下|以内)|不等)"
_NOUNS = r"(?=[镇乡村县省国市](?![政区]))"

# A classifier that begins another word (项目), or 级 behind a bare magnitude (千亿级), is no unit.
_UNIT_LIMITS = {
    "项": "项(?!目)",
    "级": "(?<![百千万亿])级",
    "人": "(?:人(?!均|工|民|才|口|力|大|居))",
    "位": "位(?!数|于|居)",
    "点": "点(?!多|半|钟)",
    "家": "家(?!庭|电|居|禽|门|长)",
    "场": "场(?!外|馆|地|景)",
    "条": "条(?!件|例)",
    "次": "次(?!产业|会议|全会)",
    "年": "年(?![级度])",
    "面": "面(?!积|向|对|临)",
    "元": "元(?!旦|素|宵|件)",
    "台": "台(?!商|资|阶|企|风)",
    "件": "件(?!均)",
    "户": "户(?!均|籍|外)",
    "天": "天(?!然|津|空)",
    "分": "分(?!别|之|期|类|布|公|校|产)",
    "方": "方(?!面|法|式|案|向|形)",
    "间": "间(?!接)",
    "段": "段(?!时)",
    "期": "期(?!间)",
    "门": "门(?!槛|票|诊)",
    "节": "节(?!能|约|日)",
    "本": "本(?!土|地|市|科|省|县|金)",
    "份": "份(?!额)",
    "班": "班(?!列|组|子)",
    "站": "站(?!式|点)",
    "口": "口(?!岸|径)",
    "道": "道(?![路沟])",
    "头": "头(?!部|条)",
    "类": "类(?!似)",
    "株": "株(?!洲)",
    "名": "名(?!义|录|牌|城|副|优|品)",
    "层": "层(?!次|面|级)",
    "米": "米(?!面|粉)",
    "里": "(?<=[\\d百千万几])里(?!面|程)",
    "斤": "斤",
    "起": "起(?!步|来|到|点)",
    "度": "度(?!假)",
}
TENTH, HUNDRED = 10.0, 100.0


@dataclass(slots=True)
class Quantity:
    """What one quantity's own letters say: span, value or range, bound, unit and how it is written.

    `form` is ``plain``, ``rank``, ``tenths`` (成), ``fraction`` (分之), ``double`` (翻番), ``ratio`` (one part of a
    proportion), ``size`` (a bare magnitude such as 百亿) or ``bare`` (no unit at all).
    """

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    bound: str
    unit: str | None
    form: str
    written_unit: str = ""
    signed: bool = False


def quantity_pattern(units: Mapping[str, tuple[str, float]]) -> re.Pattern[str]:
    """Compile the pattern of quantities for the forms of `units`; match it at a position of a normalised text."""
    unit = "|".join(_UNIT_LIMITS.get(u, re.escape(u)) for u in sorted(units, key=len, reverse=True))
    return re.compile(
        rf"第(?P<rank>[一二三四五六七八九十百]{{1,6}}|\d{{1,6}})(?P<rank_unit>大(?!道|厦|桥|街|会|学|队|省|市|县|国)|位|名|强)?(?:[到至]第(?P<rank2>\d{{1,6}})(?:位|名)?)?"
        rf"|(?P<side>前|后(?=(?:[一二三四五六七八九十百]{{1,6}}|\d{{1,6}})[位名]))(?P<top>[一二三四五六七八九十百]{{1,6}}|\d{{1,6}})(?P<top_unit>强|位|名)?(?!个?[月年季天周日轮期批届者次]|%)"
        rf"|(?P<ratio>\d{{1,9}}(?:\.\d{{1,6}})?(?:\s?[∶:：]\s?\d{{1,9}}(?:\.\d{{1,6}})?){{1,9}})(?!\d)"
        rf"|(?P<per>百分之|千分之|万分之)(?P<per_n>{_NUMBER})(?:{_TO}(?:百分之|千分之)?(?P<per_n2>{_NUMBER}))?(?P<per_behind>{_BEHIND})?"
        rf"|(?P<den>{_CHINESE}|\d{{1,9}})分之(?P<frac>{_CHINESE}|\d{{1,9}})(?P<frac_behind>{_BEHIND})?"
        rf"|翻了?(?P<times>[一两二三四五\d]|半)番(?P<times_behind>{_BEHIND})?"
        rf"|(?P<tenths>[一二两三四五六七八九]|\d(?:\.\d{{1,3}})?)成(?!为|立|果|功|长|效|员|都|本|套|品|熟|绩|交|了|色|因|渝|型|人|份|千|就|群|片|分|语|材)"
        rf"(?:(?P<tenths_tail>[一二三四五六七八九半])(?![个家项成季]))?(?:{_TO}(?P<tenths2>[一二三四五六七八九])成)?(?P<tenths_behind>{_BEHIND})?"
        rf"|(?P<half>半数|(?<=[近超过占的])一半|(?<=[近超过])半(?=[的数以]))(?P<half_behind>以上|左右)?"
        rf"|(?P<f1>\d{{1,6}})\s?[×xX]\s?(?P<f2>{_NUMBER})(?P<f_unit>{unit})"
        rf"|(?P<sign>(?<![\d\w%）)])[-－−]|(?<=[和、为及达是与至])-|负|±)?(?P<n1>{_NUMBER})(?:(?P<mid1>[多余几])(?P<mag1>(?:[百万亿]|{_THOUSAND}){{1,2}})?)?\s?(?P<unit1>{unit})?"
        rf"(?:\s?{_TO}\s?(?P<sign2>-)?(?P<n2>{_NUMBER})(?:(?P<mid2>[多余几])(?P<mag2>(?:[百万亿]|{_THOUSAND}){{1,2}})?)?\s?(?P<unit2>{unit}))?"
        rf"(?P<of_kind>{_NOUNS})?(?P<behind>{_BEHIND})?"
    )


def read_quantity(match: re.Match[str], units: Mapping[str, tuple[str, float]]) -> list[Quantity]:
    """Read a match of `quantity_pattern`: one quantity, or several for a proportion; none if it is no number."""
    g = match.groupdict()
    start, end = match.span()
    if g["rank"] is not None:
        return _rank(start, end, g["rank"], g["rank2"])
    if g["top"] is not None:
        return [
            Quantity(
                start, end, read_number(g["top"]), None, None, "under" if g["side"] == "前" else "exact", "RANK", "rank"
            )
        ]
    if g["ratio"] is not None:
        return _ratio(match)
    if g["per"] is not None:
        unit = {"百": "PT", "千": "PM", "万": "OTHER"}[g["per"][0]]
        return _simple(start, end, g["per_n"], g["per_n2"], g["per_behind"], unit)
    if g["den"] is not None:
        den, num = read_number(g["den"]), read_number(g["frac"])
        share = round(HUNDRED * num / den, 4) if den and num is not None else None
        return [Quantity(start, end, share, None, None, _bound(None, g["frac_behind"]), "PT", "fraction")]
    if g["times"] is not None:
        n = 0.5 if g["times"] == "半" else read_number(g["times"])
        return [
            Quantity(start, end, 2.0**n if n else None, None, None, _bound(None, g["times_behind"]), "TIMES", "double")
        ]
    if g["tenths"] is not None:
        return _tenths(start, end, g)
    if g["half"] is not None:
        return [Quantity(start, end, 50.0, None, None, _bound(None, g["half_behind"]), "PT", "fraction")]
    if g["f1"] is not None:
        code, factor = units[g["f_unit"]]
        one, other = float(g["f1"]), read_number(g["f2"])
        return (
            []
            if other is None
            else [Quantity(start, end, one * other * factor, None, None, "exact", code, "plain", g["f_unit"])]
        )
    return _plain(match, g, units)


def _rank(start: int, end: int, first: str, last: str | None) -> list[Quantity]:
    a, b = read_number(first), read_number(last) if last else None
    if b is not None:
        return [Quantity(start, end, None, a, b, "range", "RANK", "rank")]
    return [Quantity(start, end, a, None, None, "exact", "RANK", "rank")]


def _ratio(match: re.Match[str]) -> list[Quantity]:
    parts = [(m.start(), m.end(), float(m[0])) for m in re.finditer(r"\d+(?:\.\d+)?", match[0])]
    at = match.start()
    if len(parts) == 2:  # noqa: PLR2004
        if parts[1][2] != 1:
            return [Quantity(at + a, at + b, v, None, None, "exact", "PT", "ratio") for a, b, v in parts]
        return [Quantity(at, match.end(), parts[0][2], None, None, "exact", "TIMES", "plain")]
    return [Quantity(at + a, at + b, v, None, None, "exact", "PT", "ratio") for a, b, v in parts]


def _simple(start: int, end: int, n1: str, n2: str | None, behind: str | None, unit: str) -> list[Quantity]:
    a, b = read_number(n1), read_number(n2) if n2 else None
    if b is not None:
        return [Quantity(start, end, None, a, b, "range", unit, "plain")]
    return [] if a is None else [Quantity(start, end, a, None, None, _bound(None, behind), unit, "plain")]


def _tenths(start: int, end: int, g: dict[str, str | None]) -> list[Quantity]:
    value = TENTH * (read_number(g["tenths"] or "") or 0)
    if g["tenths_tail"]:
        value += 5 if g["tenths_tail"] == "半" else read_number(g["tenths_tail"]) or 0
    if g["tenths2"]:
        return [Quantity(start, end, None, value, TENTH * (read_number(g["tenths2"]) or 0), "range", "PT", "tenths")]
    return [Quantity(start, end, value, None, None, _bound(None, g["tenths_behind"]), "PT", "tenths")]


def _plain(match: re.Match[str], g: dict[str, str | None], units: Mapping[str, tuple[str, float]]) -> list[Quantity]:
    start, end = match.span()
    written = g["unit2"] or g["unit1"] or ""
    code, factor = units.get(written, (None, 1.0))
    sign = -1.0 if g["sign"] and g["sign"] != "±" else 1.0
    n1 = g["n1"] or ""
    bound = _bound(g["mid1"] or g["mid2"], g["behind"])
    size = not g["sign"] and re.fullmatch("[十百千万亿]+", n1) is not None and n1 not in ("十", "百十")
    if g["n2"]:
        a, b = _scaled(n1, g["mag1"], 1.0), _scaled(g["n2"], g["mag2"], 1.0)
        if a is None or b is None:
            return []
        if not g["unit1"] and not (g["mag1"] or n1[-1:] in "万亿"):  # 5-8万元, 2000—3000万
            a *= _magnitude_behind(g["n2"], g["mag2"])
        second = -1.0 if g["sign2"] else sign
        low, high = sorted((sign * a * factor, second * b * factor))
        return [Quantity(start, end, None, low, high, "range", code, "plain", written, signed=bool(g["sign"]))]
    pair = adjacent_range(n1)
    if pair and not n1.startswith("一二"):
        low, high = (_scaled_by(x, g["mag1"]) * factor for x in pair)
        return [Quantity(start, end, None, low, high, "range", code, "plain", written)]
    value = _scaled(n1, g["mag1"], factor)
    if value is None:
        return []
    form = "size" if size and not g["mag1"] else "plain" if code else "bare"
    if not code and g["of_kind"] is not None:
        code, form = "COUNT", "plain"
    return [Quantity(start, end, sign * value, None, None, bound, code, form, written, signed=bool(g["sign"]))]


def _magnitude_behind(number: str, magnitude: str | None) -> float:
    tail = re.search("[十百千万亿]+$", number) if number[:1].isdigit() else None
    return _scaled_by(1.0, (tail[0] if tail else "") + (magnitude or ""))


def _scaled(number: str, magnitude: str | None, factor: float) -> float | None:
    value = read_number(number)
    return None if value is None else float(f"{_scaled_by(value, magnitude) * factor:.15g}")


def _scaled_by(value: float, magnitude: str | None) -> float:
    for c in magnitude or "":
        value *= read_number(c) or 1.0
    return float(f"{value:.15g}")


def _bound(inside: str | None, behind: str | None) -> str:
    if behind in ("以上", "之多"):
        return "over"
    if behind in ("以下", "以内", "之内"):
        return "under"
    return "approx" if inside or behind in ("左右", "上下", "多", "余", "级") else "exact"


def share_units(s: str, quantities: list[Quantity], units: Mapping[str, tuple[str, float]]) -> None:
    """Give the bare figures of a list (`612.4、2108.7亿元`) the magnitude and unit of its last (OBSERVATION.md 1)."""
    for n in range(len(quantities) - 2, -1, -1):
        one, after = quantities[n], quantities[n + 1]
        if s[one.end : after.start].strip() not in ("、", "和", "与", "及", "或", "，", ","):
            continue
        bare_number = s[one.start : one.end]
        if one.form == "bare" and after.unit and after.form == "plain" and one.value is not None:
            code, factor = units.get(after.written_unit, (after.unit, 1.0))
            own = bare_number[-1:] in "百千万亿"
            one.value = float(f"{one.value * factor * (1.0 if own else _written_magnitude(s, after)):.15g}")
            one.unit, one.form, one.written_unit = code, "plain", after.written_unit
        elif one.written_unit == "个" and after.unit in ("PP", "PM") and after.written_unit.startswith("个"):
            one.unit = after.unit


def _written_magnitude(s: str, q: Quantity) -> float:
    match = re.match(r"[\d,.]+([百千万亿]*)", s[q.start : q.end])
    text = match[1] if match else ""
    return _scaled_by(1.0, text.removesuffix("千") if q.written_unit.startswith(("瓦", "克")) else text)
