"""Numerals, Arabic, Chinese and mixed, are read into their exact value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qzetl.extract.numerals import adjacent_range, read_chinese, read_number

DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("7", 7, id="arabic"),
        pytest.param("6.8", 6.8, id="arabic-decimal"),
        pytest.param("0.05", 0.05, id="arabic-below-one"),
        pytest.param("1,234,567.89", 1_234_567.89, id="thousands-separators"),
        pytest.param("3万", 30_000, id="magnitude-wan"),
        pytest.param("333.9亿", 33_390_000_000, id="magnitude-yi"),
        pytest.param("1.28万亿", 1_280_000_000_000, id="magnitudes-multiply"),
        pytest.param("5千", 5_000, id="magnitude-thousand"),
        pytest.param("3千万", 30_000_000, id="thousand-of-wan"),
        pytest.param("3万5千", 35_000, id="arabic-parts-add"),
        pytest.param("1亿3000万", 130_000_000, id="arabic-parts-add-yi"),
        pytest.param("0.1万", 1_000, id="no-dust-of-binary-fractions"),
        pytest.param("十", 10, id="ten-alone"),
        pytest.param("十二", 12, id="ten-without-one"),
        pytest.param("二十", 20, id="tens"),
        pytest.param("两百", 200, id="liang"),
        pytest.param("一百零五", 105, id="zero-fills-a-place"),
        pytest.param("一百〇五", 105, id="round-zero-fills-a-place"),
        pytest.param("一千零五十", 1_050, id="zero-before-tens"),
        pytest.param("一百一十五", 115, id="hundreds-tens-ones"),
        pytest.param("一百一", 110, id="last-digit-below-hundred"),
        pytest.param("两千四百五", 2_450, id="last-digit-below-step"),
        pytest.param("三万二", 32_000, id="last-digit-below-wan"),
        pytest.param("一亿三千万", 130_000_000, id="yi-and-wan"),
        pytest.param("十二亿三千四百五十六万七千八百九十", 1_234_567_890, id="long"),
        pytest.param("三万亿", 3_000_000_000_000, id="chinese-magnitudes-multiply"),
        pytest.param("百亿", 10_000_000_000, id="bare-magnitude"),
        pytest.param("千万", 10_000_000, id="bare-thousand-wan"),
        pytest.param("二〇二三", 2_023, id="positional"),
        pytest.param("一九四九", 1_949, id="positional-without-zero"),
        pytest.param("廿五", 25, id="nian-is-twenty"),
        pytest.param("卅", 30, id="sa-is-thirty"),
        pytest.param("壹佰贰拾", 120, id="formal"),
        pytest.param("零点五", 0.5, id="chinese-decimal"),
        pytest.param("三点一四", 3.14, id="chinese-decimals"),
        pytest.param("一点二八万亿", 1_280_000_000_000, id="chinese-decimal-magnitude"),
        pytest.param("零", 0, id="zero"),
    ],
)
def test_numeral_is_read(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["", "甲", "三点", "点五", "一点甲", "1.2.3", "五六百", "6.8%", "万元"])
def test_what_is_no_single_numeral_is_none(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        pytest.param("五六千", (5_000, 6_000), id="thousands"),
        pytest.param("七八百", (700, 800), id="hundreds"),
        pytest.param("三四十", (30, 40), id="tens"),
        pytest.param("十七八", (17, 18), id="ones-behind-ten"),
        pytest.param("二十三四", (23, 24), id="ones-behind-tens"),
        pytest.param("两三", (2, 3), id="bare-digits"),
        pytest.param("两三万", (20_000, 30_000), id="wan"),
        pytest.param("一两百", (100, 200), id="liang-follows-one"),
    ],
)
def test_neighbouring_digits_are_a_range(text, bounds):
    assert adjacent_range(text) == bounds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "五",
        "五十",
        "五四",
        "一二三",
        pytest.param(
            "二〇二三",
        ),
        "一百",
    ],
)
def test_other_digits_are_no_range(text):
    assert adjacent_range(text) is None


def in_chinese(n: int) -> str:
    """Write `n` below 10¹⁶ as it is read aloud."""
    if n == 0:
        return "零"
    text = ""
    for magnitude, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        part, n = divmod(n, magnitude)
        if not part:
            continue
        if text and part < 1000:  # a place left empty is said once
            text += "零"
        text += _below_ten_thousand(part) + name
    return text


def _below_ten_thousand(n: int) -> str:
    text, gap = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, step)
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
        gap = not digit
    return text


@given(st.one_of(st.integers(0, 99_999), st.integers(0, 10**12 - 1)))
def test_every_integer_written_in_chinese_is_read_back(n):
    assert read_chinese(in_chinese(n)) == n
    assert read_chinese(in_chinese(n).translate(FORMAL)) == n


@given(st.integers(0, 10**12 - 1))
def test_separators_change_nothing(n):
    assert read_number(f"{n:,}") == read_number(str(n)) == n


@given(st.decimals(0, 9_999, places=2), st.sampled_from([("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]))
def test_magnitudes_are_exact(number, magnitude):
    assert read_number(f"{number}{magnitude[0]}") == float(number * magnitude[1])


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿点廿1230.,", max_size=12))
def test_any_run_of_numeral_letters_gives_a_number_or_none(text):
    value = read_number(text)
    assert value is None or value >= 0
    bounds = adjacent_range(text)
    assert bounds is None or bounds[0] < bounds[1]
