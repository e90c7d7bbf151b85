"""Bytes become text in the encoding that they are in, whatever is declared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qzetl.errors import InputError
from qzetl.read.decode import decode

TEXT = "衢州镕基鉄路,去年生产总值增长6.8%。龙游县全年接待游客三百万人次,比上年增长两成。"


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", "x-gbk-unknown", "iso-8859-1", "utf-8"])
def test_gb18030_is_read_whatever_is_declared(declared):
    page = f'<meta charset="{declared}"><p>{TEXT}</p>'

    assert TEXT in decode(page.encode("gb18030"))


def test_header_is_heard():
    assert decode(TEXT.encode("gb18030"), "text/html; charset=GB2312") == TEXT


def test_utf8_is_utf8_also_where_gb2312_is_declared():
    assert TEXT in decode(f'<meta charset="gb2312">{TEXT}'.encode(), "text/html; charset=gbk")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_mark_decides(encoding):
    assert decode(TEXT.encode(encoding), "text/html; charset=gb2312") == TEXT


def test_big5_is_read():
    text = "臺北市去年經濟成長百分之三點二,較前年為高。"

    assert decode(f"<meta charset=big5>{text}".encode("big5hkscs")).endswith(text)


def test_undeclared_gbk_is_detected():
    assert decode(TEXT.encode("gbk", "ignore")).endswith("增长两成。")


def test_one_broken_character_does_not_spoil_a_page():
    page = (f"<meta charset=gb2312>{TEXT}" * 20).encode("gb18030") + b"\xff"

    assert TEXT in decode(page)


def test_line_ends_and_nul_characters_are_evened():
    assert decode("一\r\n二\r三\x00".encode()) == "一\n二\n三"


@pytest.mark.parametrize("body", [b"\xff\x81" * 3000, ("锟斤拷" * 300).encode()])
def test_what_cannot_be_read_is_said_to_be_so(body):
    with pytest.raises(InputError) as caught:
        decode(body)

    assert caught.value.outcome == "undecodable"


@given(
    st.binary(max_size=2000),
    st.sampled_from(["", "text/html; charset=gb2312", "charset=", "charset=idna", "charset=utf-16"]),
)
def test_any_bytes_give_text_or_an_input_error(body, content_type):
    try:
        text = decode(body, content_type)
    except InputError as error:
        assert error.outcome == "undecodable"  # noqa: PT017  # both are right
        return
    assert "\x00" not in text
    assert "\r" not in text
