"""Numerals as Chinese texts write them, read into exact decimals.

Arabic digits with thousands separators and a magnitude behind (``1.28万亿``), Chinese numerals small and formal
(``三千四百五``, ``壹佰``), positional ones (``二〇二三``), and bare magnitudes (``百亿``, OBSERVATION.md 2). What is
read here is one numeral; units, hedges and ranges are read in `quantities`.
"""

from __future__ import annotations

import re

__all__ = [
    "ARABIC_DIGITS",
    "DIGIT_CHARACTERS",
    "MAGNITUDES",
    "NUMERAL_IN",
    "SCALES",
    "adjacent_range",
    "read_chinese",
    "read_number",
]

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}
DIGITS.update({c: n for n, c in enumerate("〇壹贰叁肆伍陆柒捌玖")})
DIGITS.update({"两": 2, "○": 0, "俩": 2, "仨": 3, "贰": 2, "弍": 2, "幺": 1})
STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
TENS = {"廿": 20, "卅": 30}
MAGNITUDES = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000, "兆": 1_000_000_000_000}
DIGIT_CHARACTERS = "".join(DIGITS)
# What tells that a text holds a numeral.
NUMERAL_IN = re.compile(r"[0-9〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾]")
SCALES = STEPS | MAGNITUDES
_ARABIC = re.compile(
    r"(?P<digits>(?:[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?)(?P<scales>[十拾百佰千仟万萬亿億兆]*)(?P<rest>.*)",
    re.DOTALL,
)
ARABIC_DIGITS = "0123456789"
_BEGINS_ARABIC = frozenset(f"{ARABIC_DIGITS}.")
_SHORT_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")  # no more digits than a float holds
_THREE_TO_FIVE = (3, 5)  # 三五百人 is said of three to five hundred, unlike other pairs that are no neighbours
_TWO_DIGITS = re.compile(f"[{DIGIT_CHARACTERS}]{{2}}")


def read_number(text: str) -> float | None:
    """Read one numeral, Arabic or Chinese or mixed (``1.28万亿``, ``3万5千``, ``两千四百五``); None if it is none."""
    if text.isascii() and _SHORT_DECIMAL.fullmatch(text):
        return float(text)
    text = text.replace(" ", "").replace("个多亿", "亿").replace("个亿", "亿")
    match = _ARABIC.fullmatch(text) if text[:1] in _BEGINS_ARABIC else None
    if not match:
        return read_chinese(text)
    value = float(match["digits"].replace(",", ""))
    step = 1.0
    for scale in match["scales"]:
        step *= SCALES[scale]
    value *= step
    rest = match["rest"].lstrip("零")
    if not match["rest"]:
        return _tidy(value)
    if rest[-1:] in MAGNITUDES and MAGNITUDES[rest[-1]] > step > 1:  # 2千零30万: the last magnitude holds for both
        tail = read_number(rest[:-1])
        return None if tail is None else _tidy((value + tail) * MAGNITUDES[rest[-1]])
    tail = read_number(rest) if rest and not rest.startswith(".") else None
    if tail is not None and len(match["rest"]) == 1 and rest.isdigit() and step > 1:
        tail *= step / 10  # 3万5 is 35000, as 三万五 is
    return None if tail is None else _tidy(value + tail)


def read_chinese(text: str) -> float | None:
    """Read a Chinese numeral with an optional 点 or decimal part; None if a character is no numeral's."""
    whole, point, decimals = text.partition("点")
    if point:
        fraction = _positional(decimals.rstrip("万亿")) if not (decimals.isascii() and decimals.isdigit()) else decimals
        if fraction is None or not decimals:
            return None
        value = _integer(whole)
        if value is None:
            return None
        value += int(fraction) / 10 ** len(fraction)
        for scale in decimals[len(fraction) :]:
            value *= MAGNITUDES[scale]
        return _tidy(value)
    return _integer(whole)


def adjacent_range(text: str) -> tuple[float, float] | None:
    """Read two neighbouring digits as a range: 五六千 → (5000, 6000), 十七八 → (17, 18); None if it is none."""
    if text.isascii() or "点" in text or not _TWO_DIGITS.search(text):
        return None
    if len(text) > 2 and all(c in DIGITS for c in text):  # noqa: PLR2004 - 二〇二三 is written digit by digit
        return None
    for at in range(len(text) - 1):
        low, high = DIGITS.get(text[at]), DIGITS.get(text[at + 1])
        if low is not None and low and (high == low + 1 or (at == 0 and (low, high) == _THREE_TO_FIVE)):
            if text[at + 2 : at + 3] and text[at + 2] in DIGITS:
                return None
            a, b = read_chinese(text[: at + 1] + text[at + 2 :]), read_chinese(text[:at] + text[at + 1 :])
            return None if a is None or b is None or a >= b else (a, b)
    return None


def _positional(text: str) -> str | None:
    digits = [DIGITS.get(c) for c in text]
    return None if None in digits or not digits else "".join(map(str, digits))


def _integer(text: str) -> float | None:
    if not text:
        return None
    digits = _positional(text)
    return _by_scales(text) if digits is None or len(text) == 1 else float(digits)


def _by_scales(text: str) -> float | None:
    """Read digits and scales from the left, a section for each 万 and 亿."""
    total, section, digit, last = 0.0, 0.0, None, 1.0
    for c in text:
        if c in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[c]
            last = 10.0 if c in "零〇" else last
        elif c in TENS:
            section, digit, last = section + TENS[c], None, 10.0
        elif c in STEPS:
            section += (1 if digit in (None, 0) else digit or 0) * STEPS[c]
            digit, last = None, float(STEPS[c])
        elif c in MAGNITUDES:
            section += digit or 0
            if section == 0 and total:
                total *= MAGNITUDES[c]
            else:
                total = _carry(total, (section or 1) * MAGNITUDES[c], MAGNITUDES[c])
            section, digit, last = 0.0, None, float(MAGNITUDES[c])
        else:
            return None
    if digit is not None:
        # 两千四百五 is 2450: a last digit takes the place just below the last step that was named
        section += digit * (last / 10 if last > 10 and text[-2:-1] in SCALES else 1)  # noqa: PLR2004
    return _tidy(total + section)


def _carry(total: float, part: float, magnitude: int) -> float:
    """Add a part; what stood before a greater magnitude is multiplied by it (三千万亿 is read from the left)."""
    return (total * magnitude + part) if 0 < total < magnitude else total + part


def _tidy(value: float) -> float:
    """Drop the dust of binary fractions: 1.28万亿 is 1280000000000, not 1280000000000.0002."""
    return float(f"{value:.15g}")
