"""Quantities: a number with its magnitude, unit and what is written behind it, read as one value.

The pattern of `forms` finds the span by OBSERVATION.md 1 (number, magnitude, approximation inside, unit, 以上 余 多
左右 级 … behind); `read_quantity` turns it into value, bounds and unit. What stands before (近 超 约) is bound later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qzetl.extract.numerals import SCALES, adjacent_range, read_number

__all__ = ["Quantity", "read_quantity", "share_units"]

TENTH, HUNDRED = 10.0, 100.0
Units = Mapping[str, tuple[str, float]]
Groups = dict[str, str | None]
_PLAIN = ("sign", "n1", "mid1", "mag1", "unit1", "n2", "mid2", "unit2", "and_half", "of_kind", "behind")
_OF_WHOLE = re.compile(r"[约近占超过达的]\d|\d的")
_AND_PLACE = re.compile(r"[、和][\u4e00-\u9fff]{1,4}")
_LEVERAGE = re.compile(r"[^，,。；;\d\n]{0,3}比[例值]?[约近超为达到是]{0,2}")
_BARE_MAGNITUDE = re.compile("[十百千万亿]+")


@dataclass(slots=True)
class Quantity:
    """What one quantity's own letters say: span, value or range, bound, unit and how it is written.

    `form` is ``plain``, ``rank``, ``tenths`` (成), ``fraction`` (分之), ``double`` (翻番), ``ratio`` (one part of a
    proportion), ``number`` (16/5, 2^5), ``size`` (a bare magnitude such as 百亿) or ``bare`` (no unit at all).
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


def read_quantity(match: re.Match[str], units: Units) -> list[Quantity]:
    """Read a match of `quantity_pattern`: one quantity, or several for a proportion; none if it is no number."""
    if match["n1"] is not None:
        return _plain(match, units)
    g = match.groupdict()
    return next(read(match, g, units) for key, read in _READERS.items() if g[key] is not None)


def _share(part: float, whole: float) -> float:
    """A share in per cent, to four decimals or four digits."""
    share = HUNDRED * part / whole
    return round(share, 4) if share >= 0.01 else float(f"{share:.4g}")  # noqa: PLR2004


def _mixed(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    """三又四分之一 is 3.25."""
    whole, den, num = (read_number(g[k] or "") for k in ("whole", "den2", "frac2"))
    if whole is None or num is None or not den:
        return []
    return [Quantity(*match.span(), float(f"{whole + num / den:.12g}"), None, None, "exact", None, "bare")]


def _slash(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    """1/3 of something is a share (1/3的村庄, 约1/3); 16/5 and 1 3/5 are numbers."""
    n, of = float(g["slash_n"] or 0), float(g["slash_of"] or 0)
    if not of:
        return []
    start, end = match.span()
    shared = g["slash_behind"] or _OF_WHOLE.search(match.string, max(start - 1, 0), end + 1)
    if g["slash_whole"] is None and n < of and shared:
        return [Quantity(start, end, _share(n, of), None, None, _bound(None, g["slash_behind"]), "PT", "fraction")]
    value = float(f"{float(g['slash_whole'] or 0) + n / of:.12g}")
    return [Quantity(start, end, value, None, None, "exact", None, "number")]


def _power(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    """2^5 is 32; a sign before it is the whole's."""
    base, sign = (g["power_n"] or "").lstrip("-"), -1 if (g["power_n"] or "").startswith("-") else 1
    try:
        value = sign * float(base) ** float(g["power_of"] or 0)
    except (ZeroDivisionError, OverflowError):
        return []
    return [Quantity(*match.span(), float(f"{value:.15g}"), None, None, "exact", None, "number")]


def _prefixed(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    """1.04M is 1,040,000 of something that is not told."""
    value = float(g["si"] or 0) * {"K": 1e3, "M": 1e6, "G": 1e9}[g["si_scale"] or "K"]
    return [Quantity(*match.span(), float(f"{value:.15g}"), None, None, "exact", None, "number")]


def _metres(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    """三米九 is 3.9 metres, 1米75 is 1.75."""
    whole, part = read_number(g["metres"] or ""), "".join(str(int(read_number(c) or 0)) for c in g["metre_part"] or "")
    if whole is None:
        return []
    value = float(f"{whole + int(part) / TENTH ** len(part):.15g}")
    return [Quantity(*match.span(), value, None, None, _bound(None, g["metre_behind"]), "M", "plain", "米")]


def _off(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    """八折 is 80 per cent of the price, 八五折 is 85."""
    tenths = read_number((g["off"] or "").replace(" ", "")) or 0.0
    return [Quantity(*match.span(), tenths * (1 if tenths > TENTH else TENTH), None, None, "exact", "PT", "bare")]


def _money(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    """五十元六角三分, 一块八."""
    return _yuan(match, g["money"], g["jiao"], g["cents"])


def _dimes(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    """两毛五."""
    return _yuan(match, "零", g["dimes"], g["cents2"])


def _yuan(match: re.Match[str], *written: str | None) -> list[Quantity]:
    yuan, jiao, fen = (read_number(n or "零") for n in written)
    if yuan is None or jiao is None or fen is None:
        return []
    value = float(f"{yuan + jiao / TENTH + fen / HUNDRED:.15g}")
    return [Quantity(*match.span(), value, None, None, "exact", "CNY", "plain", "元")]


def _halves(match: re.Match[str], g: Groups, units: Units) -> list[Quantity]:
    """一个半小时 is 1.5 hours, 半天 is 0.5 days."""
    more = "多" in (g["half_of"] or "")  # 半个多月
    written = (g["half_of"] or g["hunit"] or "").replace("多", "")
    code, factor = units.get(written) or units.get("个" + written) or (None, 1.0)
    whole = read_number(g["hn"]) if g["hn"] else 0.0
    if whole is None:
        return []
    bound = _bound("多" if more else None, g["h_behind"])
    return [Quantity(*match.span(), (whole + 0.5) * factor, None, None, bound, code, "plain", written)]


def _rank(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    start, end = match.span()
    a, b = read_number(g["rank"] or ""), read_number(g["rank2"]) if g["rank2"] else None
    if b is not None:
        return [Quantity(start, end, None, a, b, "range", "RANK", "rank")]
    return [Quantity(start, end, a, None, None, "exact", "RANK", "rank", g["rank_unit"] or "")]


def _top(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    bound = "under" if g["side"] == "前" else "exact"
    return [Quantity(*match.span(), read_number(g["top"] or ""), None, None, bound, "RANK", "rank")]


def _ratio(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    parts = [(m.start(), m.end(), float(m[0])) for m in re.finditer(r"\d+(?:\.\d+)?", match[0])]
    at = match.start()
    if len(parts) == 2:  # noqa: PLR2004
        if parts[0][2] == 1 and _LEVERAGE.search(match.string, max(at - 6, 0), at):  # 撬动比达1∶8
            return [Quantity(at, match.end(), parts[1][2], None, None, "exact", "TIMES", "plain")]
        if parts[1][2] != 1:
            return [Quantity(at + a, at + b, v, None, None, "exact", "PT", "ratio") for a, b, v in parts]
        return [Quantity(at, match.end(), parts[0][2], None, None, _bound(None, g["ratio_behind"]), "TIMES", "plain")]
    return [Quantity(at + a, at + b, v, None, None, "exact", "PT", "ratio") for a, b, v in parts]


def _per_hundred(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    start, end = match.span()
    n1, n2, behind = g["per_n"] or "", g["per_n2"], g["per_behind"]
    unit = {"百": "PT", "千": "PM", "万": "OTHER"}[(g["per"] or "百")[0]]
    a, b = read_number(n1), read_number(n2) if n2 else None
    if g["per_sign"] and a is not None:
        a = -a
    if b is not None:
        return [Quantity(start, end, None, a, b, "range", unit, "plain")]
    return [] if a is None else [Quantity(start, end, a, None, None, _bound(None, behind), unit, "plain")]


def _fraction(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    den, num = read_number(g["den"] or ""), read_number(g["frac"] or "")
    share = _share(num, den) if den and num is not None else None
    if g["den_sign"] and share is not None:
        share = -share
    return [Quantity(*match.span(), share, None, None, _bound(None, g["frac_behind"]), "PT", "fraction")]


def _half(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    return [Quantity(*match.span(), 50.0, None, None, _bound(None, g["half_behind"]), "PT", "fraction")]


def _doubled(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    n = 0.5 if g["times"] == "半" else read_number(g["times"] or "")
    bound = _bound(None, g["times_behind"])
    return [Quantity(*match.span(), 2.0**n if n else None, None, None, bound, "TIMES", "double")]


def _product(match: re.Match[str], g: Groups, units: Units) -> list[Quantity]:
    """2×34万千瓦 is one mention with the product."""
    written = g["f_unit"] or ""
    code, factor = units[written]
    other = read_number(g["f2"] or "")
    if other is None:
        return []
    value = float(g["f1"] or 0) * other * factor
    return [Quantity(*match.span(), value, None, None, "exact", code, "plain", written)]


def _tenths(match: re.Match[str], g: Groups, _: Units) -> list[Quantity]:
    start, end = match.span()
    value = float(f"{TENTH * (read_number(g['tenths'] or '') or 0):.12g}")
    if tail := g["tenths_tail"] or g["tenths_apart"]:
        value += 5 if tail == "半" else read_number(tail) or 0
    if g["tenths0"]:
        low = TENTH * (read_number(g["tenths0"]) or 0)
        if low >= value:
            return []
        return [Quantity(start, end, None, low, value, "range", "PT", "tenths")]
    if g["tenths2"]:
        return [Quantity(start, end, None, value, TENTH * (read_number(g["tenths2"]) or 0), "range", "PT", "tenths")]
    return [Quantity(start, end, value, None, None, _bound(None, g["tenths_behind"]), "PT", "tenths")]


def _plain(match: re.Match[str], units: Units) -> list[Quantity]:
    sign, n1, mid1, mag1, unit1, n2, mid2, unit2, and_half, of_kind, behind = match.group(*_PLAIN)
    start, end = match.span()
    written = unit2 or unit1 or ""
    code, factor = units.get(written, (None, 1.0))
    signed, negative = bool(sign), bool(sign) and sign != "±"
    if n2:
        both = sign == "零下" and not unit1  # 零下5至8度
        ends = _ends(match, -factor if negative else factor, -factor if both else factor)
        return [Quantity(start, end, None, *ends, "range", code, "plain", written, signed)] if ends else []
    pair = adjacent_range(n1)
    if pair and (unit1 or n1 != "一二") and not n1.startswith("一二三"):
        low, high = (_scaled_by(x, mag1) * factor for x in pair)
        return [Quantity(start, end, None, low, high, "range", code, "plain", written)]
    value = _scaled(n1, mag1, factor)
    if value is None:
        return []
    if and_half:
        value += 0.5 * factor
    form = "plain" if code else "bare"
    if not (mag1 or signed or n1.isascii() or n1 in ("十", "百十")) and _BARE_MAGNITUDE.fullmatch(n1):
        form = "size"
    if not code and of_kind is not None:
        code, form = "COUNT", "plain"
    value = -value if negative else value
    inside = mid1 or mid2 or ("多" if "多" in n1 or "多" in written else None)  # 1个多亿, 三个多小时
    return [Quantity(start, end, value, None, None, _bound(inside, behind), code, form, written, signed)]


def _ends(match: re.Match[str], factor: float, second: float) -> tuple[float, float] | None:
    """Both ends of a range, in order; the first may lack the second's magnitude (5-8万元)."""
    n1, mag1, unit1, sign2, n2, mag2 = match.group("n1", "mag1", "unit1", "sign2", "n2", "mag2")
    a, b = _scaled(n1, mag1, 1.0), _scaled(n2, mag2, 1.0)
    if a is None or b is None:
        return None
    if not unit1 and not (mag1 or n1[-1:] in "万亿"):  # 5-8万元, 2000—3000万, 七千到九千亿
        a *= _magnitude_behind(n1, n2, mag2)
    low, high = sorted((a * factor, -b * second if sign2 else b * second))
    return low, high


def _magnitude_behind(first: str, number: str, magnitude: str | None) -> float:
    """The magnitude that the second number of a range lends to the first (万, 亿 alone if it has steps)."""
    plain = number[:1].isdigit() or not re.search("[十百千仟佰拾]", first)
    scales = "[百千仟万亿]+$" if plain else "[万亿]+$"
    if number[:1].isdigit():
        scales = "[十百千万亿]+$"
    tail = re.search(scales, number)
    return _scaled_by(1.0, (tail[0] if tail and tail[0] != number else "") + (magnitude or ""))


def _scaled(number: str, magnitude: str | None, factor: float) -> float | None:
    value = read_number(number)
    if value is None:
        return None
    value = _scaled_by(value, magnitude)
    return value if factor == 1.0 else float(f"{value * factor:.15g}")


def _scaled_by(value: float, magnitude: str | None) -> float:
    if not magnitude:
        return value
    for c in magnitude:
        value *= SCALES.get(c, 1)
    return float(f"{value:.15g}")


def _bound(inside: str | None, behind: str | None) -> str:
    behind = (behind or "").removeprefix("及")
    if behind in ("以上", "之多"):
        return "over"
    if behind in ("以下", "以内", "之内"):
        return "under"
    return "approx" if inside or behind in ("左右", "上下", "出头", "多", "余", "级") else "exact"


def share_units(s: str, quantities: list[Quantity], units: Units) -> None:
    """Give the bare figures of a list (`612.4、2108.7亿元`) the magnitude and unit of its last (OBSERVATION.md 1)."""
    lender: Quantity | None = None  # the last of the list, whose magnitude is written
    for n in range(len(quantities) - 2, -1, -1):
        one, after = quantities[n], quantities[n + 1]
        lent, lender = lender, None
        points = after.unit in ("PP", "PM") and after.written_unit.startswith("个")
        if points and one.written_unit == "个" and _AND_PLACE.fullmatch(s, one.end, after.start):
            one.unit = after.unit  # 高于全国1.5个、全区1.1个百分点
            continue
        if s[one.end : after.start].strip() not in ("、", "和", "与", "及", "或", "，", ","):
            continue
        bare_number = s[one.start : one.end]
        if one.form == "bare" and after.unit and after.form == "plain" and one.value is not None:
            code, factor = units.get(after.written_unit, (after.unit, 1.0))
            own = bare_number[-1:] in "百千万亿"
            lender = lent or after
            one.value = float(f"{one.value * factor * (1.0 if own else _written_magnitude(s, lender)):.15g}")
            one.unit, one.form, one.written_unit = code, "plain", after.written_unit
        elif one.written_unit == "个" and points:
            one.unit = after.unit


def _written_magnitude(s: str, q: Quantity) -> float:
    """The magnitude between a figure's digits and its unit (the 万 of 50万千瓦)."""
    text = s[q.start : q.end]
    at = text.rfind(q.written_unit)
    match = re.search(r"[百千万亿]*$", text[:at] if at > 0 else text)
    return _scaled_by(1.0, match[0] if match else "")


_READERS: dict[str, Callable[[re.Match[str], Groups, Units], list[Quantity]]] = {
    "rank": _rank,
    "top": _top,
    "ratio": _ratio,
    "per": _per_hundred,
    "whole": _mixed,
    "slash": _slash,
    "power": _power,
    "si": _prefixed,
    "metres": _metres,
    "money": _money,
    "dimes": _dimes,
    "hn": _halves,
    "half_of": _halves,
    "den": _fraction,
    "times": _doubled,
    "tenths": _tenths,
    "off": _off,
    "half": _half,
    "f1": _product,
}
