"""Traditional characters become simplified ones, and every offset stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qzetl.traditional import simplified


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("前兩個月,全市規模以上工業增加值78.6億元", "前两个月,全市规模以上工业增加值78.6亿元"),
        ("乾隆年間的乾燥", "乾隆年间的干燥"),
        ("著名的乾隆通宝", "著名的乾隆通宝"),
        ("億\x00\n\r\n\u3000\ud800", "亿\x00\n\r\n\u3000?"),
        ("", ""),
    ],
)
def test_characters_are_simplified_by_their_words(text, plain):
    assert simplified(text) == plain


@given(st.text(st.characters(codec="utf-8"), max_size=200), st.text("億國會臺灣乾後里裡著麼纔噁英二", max_size=50))
def test_no_offset_moves(text, traditional):
    mixed = f"{traditional}\n{text}\n{traditional}"

    assert len(simplified(mixed)) == len(mixed)
    assert [i for i, c in enumerate(mixed) if c == "\n"] == [i for i, c in enumerate(simplified(mixed)) if c == "\n"]
