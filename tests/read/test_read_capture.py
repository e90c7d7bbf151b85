"""A capture becomes an article or a named outcome, whatever its bytes."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qzetl.collect.capture import Capture
from qzetl.errors import InputError
from qzetl.read.stage import read_capture

PROSE = "2023年,全市生产总值2168.4亿元,比上年增长6.6%,增速高于全省平均。其中,第三产业增加值增长7.1%。"
OUTCOMES = {"empty", "binary", "too-large", "too-deep", "undecodable", "mojibake", "no-article", "list-page"}


def _capture(body: bytes, uri: str = "http://news.example/a.html", content_type: str = "") -> Capture:
    moment = datetime(2024, 2, 29, 8, tzinfo=UTC)
    return Capture(uri, "input", date(2024, 2, 29), moment, body, content_type)


@pytest.mark.parametrize(
    ("uri", "content_type", "body", "layout"),
    [
        ("http://a.example/x.shtml", "", f"<h1>标题一则</h1><p>{PROSE}</p>", "generic"),
        ("http://a.example/x?id=1", "text/html; charset=utf-8", f"<h1>标题一则</h1><p>{PROSE}</p>", "generic"),
        ("file:x", "", f"<!DOCTYPE html><h1>标题一则</h1><p>{PROSE}</p>", "generic"),
        ("file:x.md", "text/html", f"# 标题一则\n\n{PROSE}", "plain"),
        ("http://a.example/x.TXT?v=1", "", f"标题一则\n\n{PROSE}", "plain"),
        ("http://[a.example/x", "text/plain", f"标题一则\n\n{PROSE}", "plain"),
    ],
)
def test_kind_is_told_by_address_header_and_looks(uri, content_type, body, layout):
    article = read_capture(_capture(body.encode(), uri, content_type))

    assert (article.uri, article.title, article.text, article.layout) == (uri, "标题一则", PROSE, layout)


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b"", "empty"),
        (b" \r\n\t\x00", "empty"),
        (b"%PDF-1.7 \xe2\xe3", "binary"),
        (b"PK\x03\x04" + b"a" * 100, "binary"),
        (bytes(range(32)) * 100, "binary"),
        (b"<p>" + b"a" * 10_000_001, "too-large"),
        (b"\xff\x81" * 3000, "undecodable"),
        (b"<rss><channel><title>x</title></channel></rss>", "no-article"),
        (b"<html><body></body></html>", "no-article"),
    ],
)
def test_bad_input_has_a_named_outcome_and_names_the_file(body, outcome):
    with pytest.raises(InputError) as caught:
        read_capture(_capture(body))

    assert caught.value.outcome == outcome
    assert "http://news.example/a.html" in str(caught.value)


@given(
    st.binary(max_size=3000), st.sampled_from(["a.html", "a.txt", "a"]), st.sampled_from(["", "text/html; charset=gbk"])
)
def test_any_bytes_give_an_article_or_an_input_error(body, name, content_type):
    try:
        article = read_capture(_capture(body, f"file:{name}", content_type))
    except InputError as error:
        assert error.outcome in OUTCOMES  # noqa: PT017  # both are right
        return
    assert article.text


def test_same_bytes_give_the_same_article():
    capture = _capture(f"<h1>标题一则</h1><p>{PROSE}</p>".encode())

    assert read_capture(capture) == read_capture(capture)
