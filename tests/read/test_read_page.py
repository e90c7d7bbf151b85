"""Pages are read into articles: saved pages of each layout, awkward pages, hostile pages."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qzetl.errors import InputError
from qzetl.read.decode import decode
from qzetl.read.layouts import known_layouts
from qzetl.read.page import read_page

PAGES = Path(__file__).resolve().parent.parent / "pages"
PROSE = "2023年,全市生产总值2168.4亿元,比上年增长6.6%,增速高于全省平均。其中,第三产业增加值增长7.1%,比重继续提高。"
URI = "http://news.example/a.html"


def _page(body: str, title: str = "去年全市生产总值增长6.6%") -> str:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"


@pytest.mark.parametrize("name", sorted(path.stem for path in PAGES.glob("*.html")))
def test_saved_page_gives_the_expected_article(name):
    # Arrange
    expected = json.loads((PAGES / f"{name}.json").read_text("utf-8"))

    # Act
    article = read_page(decode((PAGES / f"{name}.html").read_bytes()), f"http://site.example/{name}.html")

    # Assert
    found = {key: getattr(article, key) for key in ("layout", "title", "byline", "source", "published")}
    assert found | {"text": article.text.split("\n"), "captions": list(article.captions)} == expected


def test_every_layout_has_a_saved_page():
    assert {layout.name for layout in known_layouts()} <= {path.stem for path in PAGES.glob("*.html")}


@pytest.mark.parametrize("name", sorted(path.stem for path in PAGES.glob("*.html")))
def test_generic_rule_alone_finds_the_same_prose(name):
    expected = json.loads((PAGES / f"{name}.json").read_text("utf-8"))

    article = read_page(decode((PAGES / f"{name}.html").read_bytes()), f"http://site.example/{name}.html", layouts=())

    prose = [line for line in expected["text"] if len(line) > 40]
    assert [line for line in article.text.split("\n") if line in prose] == prose


def test_maketime_is_no_publication_date():
    page = _page(f"<p>{PROSE}</p>").replace("<head>", '<head><meta name="Maketime" content="2024-02-19 10:00:00">')

    assert read_page(page, URI).published is None


def test_date_of_a_sidebar_is_not_the_articles():
    side = "".join(f"<li><a href='/{i}'>全市外贸进出口再创新高</a><span>2021-05-0{i}</span></li>" for i in range(1, 6))

    article = read_page(_page(f"<div id='zoom'><p>{PROSE}</p><p>{PROSE}</p></div><ul>{side}</ul>"), URI)

    assert article.published is None


def test_date_of_the_address_stands_in_where_the_page_is_silent():
    article = read_page(_page(f"<p>{PROSE}</p>"), "http://gov.example/art/2024/2/19/art_1001_1.html")

    assert article.published == "2024-02-19"


def test_time_in_another_zone_is_given_in_shanghais():
    head = '<head><meta property="article:published_time" content="2024-02-18T18:30:00Z">'

    article = read_page(_page(f"<p>{PROSE}</p>").replace("<head>", head), URI)

    assert article.published == "2024-02-19T02:30:00+08:00"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("去年全市生产总值增长6.6%_示例新闻网", "去年全市生产总值增长6.6%"),
        ("示例网 - 去年全市生产总值增长6.6%", "去年全市生产总值增长6.6%"),
        ("去年全市生产总值增长6.6% 居民收入增长5.8%-要闻-示例日报", "去年全市生产总值增长6.6% 居民收入增长5.8%"),
        ("数说示例—去年全市生产总值增长6.6%(图)", "数说示例—去年全市生产总值增长6.6%(图)"),
    ],
)
def test_title_loses_the_sites_name(title, expected):
    page = f"<html><head><title>{title}</title></head><body><div class='c'><p>{expected}</p><p>{PROSE}</p></div></body>"

    assert read_page(page, URI).title == expected


def test_body_inside_a_form_is_read():
    assert read_page(_page(f"<form id='Form1'><div>{PROSE}</div></form>"), URI).text == PROSE


def test_longer_comments_do_not_displace_a_short_article():
    comments = "".join(
        f"<li class='comment-item'><div class='comment-content'>说得好,{PROSE}</div><span>{i}小时前</span></li>"
        for i in range(1, 20)
    )

    article = read_page(_page(f"<div class='txt'><p>{PROSE}</p></div><ul class='comments'>{comments}</ul>"), URI)

    assert article.text == PROSE


def test_table_of_figures_keeps_its_heads():
    table = (
        "<table><tr><th rowspan=2>地区</th><th colspan=2>生产总值</th></tr><tr><th>总量</th><th>增长</th></tr>"
        "<tr><td>柯城区</td><td>612.3</td><td>6.8%</td></tr></table>"
    )

    article = read_page(_page(f"<div id='zoom'><p>{PROSE}</p>{table}<p>{PROSE}</p></div>"), URI)

    rows = ["地区\t生产总值\t生产总值", "地区\t总量\t增长", "柯城区\t612.3\t6.8%"]
    assert article.text.split("\n") == [PROSE, *rows, PROSE]


def test_line_ends_inside_chinese_prose_are_no_spaces():
    assert read_page(_page("<p>" + PROSE.replace("增长", "\n  增长") + "</p>"), URI).text == PROSE


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("", "no-article"),
        ("<script>var a='没有正文,只有脚本。'</script>", "no-article"),
        ("<frameset><frame src='a.html'></frameset>", "no-article"),
        ("<div><p>示例县融媒体中心发布</p><p>,</p><p>向上滑动看下一条</p><p>示例县融媒体中心</p></div>", "no-article"),
        ("<p>404 您访问的页面不存在,请返回首页重新查找。</p>", "no-article"),
        ("<ul>" + "<li><a href='/1'>全市外贸进出口总值再创新高</a></li>" * 30 + "</ul>", "list-page"),
        ("<div>" * 100_000 + PROSE, "too-deep"),
        ("<div>" * 50_000 + PROSE + "</div>" * 50_000, "too-deep"),
        ("".join(f"<font a{i}>" for i in range(5000)) + "<p>" * 5000, "too-deep"),
        ("<p " + " ".join(f"a{i}=1" for i in range(50_000)) + ">" + PROSE, "too-large"),
    ],
)
def test_what_is_no_article_has_a_named_outcome(body, outcome):
    with pytest.raises(InputError) as caught:
        read_page(_page(body), URI)

    assert caught.value.outcome == outcome
    assert URI in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        "<p>" + "第2023年" * 200_000,
        "<" * 500_000 + PROSE,
        "<!--" * 100_000,
        "<p>" + " \n" * 500_000 + PROSE,
        "<title>" + "_a-b" * 100_000 + "</title><p>" + PROSE,
        "<table>" + ("<tr>" + "<td colspan=999 rowspan=999>x" * 30) * 400 + "</table>" + PROSE,
        "<!-- enpproperty " * 20_000 + PROSE,
        "<script ld+json>" * 2000 + PROSE,
        f"<p>{PROSE}</p>" * 3000 + f"<p>相关阅读</p><p><a href=x>{PROSE}</a></p><p>{PROSE}</p>" * 3000,
        f"<table><tr><td>1.5</td><td>{PROSE}</td></tr></table>" * 4000,
        "<p>" + "<span>增长</span>" * 100_000 + "。",
        "<div>" * 300 + "<table><tr><td>1.5<td>2.5<td>3.5<td>4.5</table>" * 4000 + "</div>" * 300,
    ],
)
def test_hostile_pages_are_read_or_refused_in_bounded_time(body):
    start = time.process_time()
    try:
        read_page(_page(body), URI)
    except InputError as error:
        assert error.outcome  # noqa: PT017  # either outcome will do; what counts is the time
    assert time.process_time() - start < 5


_PIECES = st.sampled_from(
    [
        *(
            "<div>",
            "</div>",
            "<p>",
            "</p>",
            "<table>",
            "<tr>",
            "<td colspan=3>",
            "</table>",
            "<a href=x>",
            "</a>",
            "<b>",
        ),
        *(
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<title>",
            "</title>",
            "<h1>",
            "<form>",
            "<div id=zoom>",
            "<img alt=图>",
        ),
        *("<meta name=PubDate content='2024-13-45'>", "<div class=comment>", "&nbsp;", "&#0;", "\x00", "2024年2月30日"),
        *("来源:", "12时59分", "发布时间:19-02-30", "var pubtime=9999999999999", PROSE),
    ]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=20)), max_size=60).map("".join))
def test_any_markup_gives_an_article_or_an_input_error(html):
    try:
        article = read_page(html, URI)
    except InputError as error:
        assert error.outcome in {"no-article", "list-page"}  # noqa: PT017  # both are right
        return
    assert article.text.strip()
    assert all(line and line == line.strip() for line in article.text.split("\n"))


@pytest.mark.slow
def test_real_pages_are_read_as_well_as_before(shared):
    """Floors may only rise; they are measured by ../shared/pages/score.py."""
    score = _scored(shared)

    assert score["pages"] == 71
    assert score["empty"] == 0
    assert score["f1"] >= 0.98
    assert score["title"] >= 0.96
    assert score["date"] >= 0.96
    assert score["wrong_dates"] <= 1


def _scored(shared: Path) -> dict:
    import importlib.util

    spec = importlib.util.spec_from_file_location("score", shared / "pages" / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    texts, titles, dates, wrong, empty = [], [], [], 0, 0
    for file in sorted((shared / "pages" / "zh").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        article = read_page(decode(file.with_suffix(".html").read_bytes()), gold["uri"])
        texts.append(score.prf(gold["text"], article.text)[2])
        empty += not article.text
        if gold.get("title"):
            titles.append(score.title_key(gold["title"]) == score.title_key(article.title))
        if score.date_key(gold.get("published")):
            found = score.date_key(article.published)
            dates.append(found == score.date_key(gold["published"]))
            wrong += found is not None and not dates[-1]
    return {
        "pages": len(texts),
        "empty": empty,
        "f1": sum(texts) / len(texts),
        "title": sum(titles) / len(titles),
        "date": sum(dates) / len(dates),
        "wrong_dates": wrong,
    }
