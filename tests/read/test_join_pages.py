"""Articles printed over several pages become one, whatever the pager; other articles are not taken for their pages."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qzetl.collect.capture import Capture
from qzetl.read.page import read_page
from qzetl.read.paging import is_further_page, join_pages
from qzetl.read.stage import further_pages, read_capture

PROSE = "全市生产总值2168.4亿元,比上年增长6.6%,增速高于全省平均。其中,第三产业增加值增长7.1%,比重继续提高。"
SITE = "http://news.example/2024/"


def _page(part: str, pager: str = "", title: str = "去年全市经济运行情况") -> str:
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        f"<div class='txt'><p>{part}部分,{PROSE}</p></div><div class='pager'>{pager}</div></body></html>"
    )


def _capture(name: str, html: str, day: int = 1) -> Capture:
    moment = datetime(2024, 3, day, 8, tzinfo=UTC)
    return Capture(SITE + name, "p", date(2024, 3, 1), moment, html.encode(), "text/html; charset=utf-8")


def _joined(*captures: Capture) -> dict[str, tuple[str, str | None]]:
    whole = join_pages((capture, read_capture(capture)) for capture in captures)
    return {capture.uri.removeprefix(SITE): (article.text, article.continues) for capture, article in whole}


@pytest.mark.parametrize(
    ("here", "pager", "further"),
    [
        ("a.html", "<a href='a_2.html'>下一页</a>", "a_2.html"),
        ("a.html", "<a href='a_1.html'>下一页</a>", "a_1.html"),
        ("a_2.html", "<a href='a.html'>上一页</a><a href='a_3.html'>下一页 &gt;</a>", "a_3.html"),
        ("a.html", "<span>1</span><a href='a-2.html'>[2]</a><a href='a-3.html'>[3]</a>", "a-2.html"),
        ("a?id=7", "<a href='?id=7&page=2'>下一頁</a>", "a?id=7&page=2"),
        ("a?page=2", "<a href='a?page=3#text'>后一页</a>", "a?page=3"),
        ("t20240219_7.html", '<script>createPageHTML(3, 0, "t20240219_7", "html");</script>', None),
        (
            "t20240219_123.html",
            '<script>createPageHTML(3, 0, "t20240219_123", "html");</script>',
            "t20240219_123_1.html",
        ),
        ("t20240219_123_2.html", '<script>createPageHTML(3, 2, "t20240219_123", "html");</script>', None),
        ("a/", "<a href='2/'>下一页</a>", "a/2/"),
        ("a.html", "<a href='a_2.html'>下一篇</a>", None),
        ("a_1001.html", "<a href='a_1002.html'>下一页</a>", None),
        ("a.html", "<a href='b_2.html'>下一页</a>", None),
        ("a.html", "<a href='http://other.example/2024/a_2.html'>下一页</a>", None),
        ("a_3.html", "<a href='a_2.html'>2</a><a href='a.html'>下一页</a>", None),
        ("a.html", "<a href='javascript:void(0)'>下一页</a><a href='http://[x/a_2.html'>下一页</a>", None),
        ("a.html", "<a href='a_9.html'>2</a>", None),
    ],
)
def test_next_page_differs_in_its_number_alone(here, pager, further):
    article = read_page(_page("第一", pager), SITE + here)

    assert article.continues == (further and SITE + further)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_collector_is_told_where_an_article_goes_on(encoding):
    html = _page("第一", "<a href='a_2.html'>下一页</a>")

    assert further_pages(replace(_capture("a.html", ""), body=html.encode(encoding), content_type="")) == [
        f"{SITE}a_2.html"
    ]
    assert further_pages(_capture("a.html", _page("第一"))) == []


def test_lists_are_not_followed():
    links = "".join(f"<li><a href='/{n}.html'>全市外贸进出口总值再创新高</a></li>" for n in range(30))

    assert further_pages(_capture("a.html", f"<ul>{links}</ul><a href='a_2.html'>下一页</a>")) == []


def test_pages_are_joined_in_any_order():
    captures = (
        _capture("a.html", _page("第一", "<a href='a_2.html'>下一页</a>")),
        _capture("a_2.html", _page("第二", "<a href='a_3.html'>下一页</a>", "去年全市经济运行情况(2)")),
        _capture("a_3.html", _page("第三", "<a href='a_2.html'>上一页</a>")),
        _capture("b.html", _page("另一", title="另一篇报道的题目")),
    )
    text = "\n".join(f"{part}部分,{PROSE}" for part in ("第一", "第二", "第三"))

    for order in permutations(captures):
        assert _joined(*order) == {"a.html": (text, None), "b.html": (f"另一部分,{PROSE}", None)}


def test_an_article_without_its_next_page_says_where_it_goes_on():
    first = _capture("a.html", _page("第一", "<a href='a_2.html'>下一页</a>"))

    assert _joined(first) == {"a.html": (f"第一部分,{PROSE}", f"{SITE}a_2.html")}


@pytest.mark.parametrize("second", [_page("第一"), _page("第二", title="另一篇报道的题目")], ids=["same", "other"])
def test_what_is_no_further_part_is_left_alone(second):
    first = _capture("a.html", _page("第一", "<a href='a_2.html'>下一页</a>"))

    joined = _joined(first, _capture("a_2.html", second))

    assert joined["a.html"] == (f"第一部分,{PROSE}", None)
    assert set(joined) == {"a.html", "a_2.html"}


def test_captures_nearest_in_time_go_together():
    pager = "<a href='a_2.html'>下一页</a>"
    captures = [
        _capture("a.html", _page("第一", pager), 1),
        _capture("a_2.html", _page("第二"), 1),
        _capture("a_2.html", _page("第二次改"), 9),
    ]

    whole = list(join_pages((capture, read_capture(capture)) for capture in captures))

    assert [article.text for capture, article in whole if capture.uri == f"{SITE}a.html"] == [
        f"第一部分,{PROSE}\n第二部分,{PROSE}"
    ]


@given(st.text(max_size=60))
def test_any_address_has_a_page_number_or_none(uri):
    assert isinstance(is_further_page(uri), bool)
    read_page(_page("第一", "<a href='a_2.html'>下一页</a>"), uri)
