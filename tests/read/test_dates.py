"""The day of publication is found where Chinese pages print it, and no other date is taken for it."""

import pytest

from qzetl.read.dated import completed_date, date_in_numerals, labelled_date, odd_date, stated_date
from qzetl.read.page import read_page
from qzetl.read.traces import date_in_uri, year_in_uri

PROSE = "今年上半年,全市实现地区生产总值1086.4亿元,同比增长6.3%。其中,第三产业增加值增长6.1%,比重继续提高。"
TITLE = "上半年全市生产总值增长6.3%"
URI = "http://news.example/a.html"


def _published(under: str = "", body: str = "", below: str = "", head: str = "", over: str = "", uri: str = URI) -> str:
    page = (
        f"<html><head><title>{TITLE}</title>{head}</head><body>{over}<h1>{TITLE}</h1>{under}"
        f"<div class='txt'><p>{body}{PROSE}</p><p>{PROSE}</p></div>{below}</body></html>"
    )
    article = read_page(page, uri)
    assert bool(article.published) == bool(article.dated_by)
    return (article.published or "")[:10]


@pytest.mark.parametrize(
    "under",
    [
        "<p>发布时间:2023-07-18 10:22</p>",
        "<p>发布日期:<b>2023年7月18日</b></p>",
        "<p>[ 2023-7-18 ] 字号:<a>大</a> <a>中</a> <a>小</a></p>",
        "<p>来源:示例日报 2023/07/18 点击:12</p>",
        "<p><b>2023</b>年7月18日 星期二</p>",
        "<p>2023.07.18 10:22</p>",
        "<p>时 间:2023-07-18</p>",
        "<p>发布时间:7/18/2023</p>",
        "<p>日期:7/18/2023 9:23:57 PM</p>",
        "<p>更新时间:23-7-18 10:22:36</p>",
        "<p>更新时间:2023-07-20 发布时间:2023-07-18</p>",
        "<div><span>来源:</span>\n\n  <span>示例日报</span><span>发布时间:</span><i>2023-07-18</i></div>",
        "<div><b>2023</b><span>07/18</span><span>10:22:36</span></div>",
        "<div><b>18</b><span>2023-07</span></div>",
        "<div><span>2023年7月</span><b>18</b></div>",
        "<p>July 18, 2023</p>",
        "<p>July 18th, 2023</p>",
        "<p>2023－07－18 10：22</p>",
        "<p>Posted on 18 Jul 2023</p>",
        "<p>成文日期:2023-07-14</p><p>2023-07-18</p>",
        "<p>成文日期:2023-07-18</p>",
        "<p>活动时间:2023-07-22 09:00</p><p>2023-07-18</p>",
    ],
)
def test_line_under_the_headline_dates_the_article(under):
    assert _published(under) == "2023-07-18"


@pytest.mark.parametrize(
    "below", ["<p>发布日期:2023-07-18</p>", "<p>(2023-07-18)</p>", "<div>发表于 2023-07-18 10:22 阅读 12</div>"]
)
def test_line_below_the_body_dates_the_article(below):
    assert _published(below=below) == "2023-07-18"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="publishdate" content="2023-07-18">', "2023-07-18"),
        ('<meta name="DC.date.issued" content="20230718">', "2023-07-18"),
        ('<meta property="article:published_time" content="Tue, 18 Jul 2023 23:00:00 +0000">', "2023-07-19"),
        ('<meta itemprop="datePublished" content="1689646956000">', "2023-07-18"),
        ('<script type="application/ld+json">{"datePublished":"2023-07-18"}</script>', "2023-07-18"),
        ("<script>var publishTime = 1689646956;</script>", "2023-07-18"),
        ('<script>var ct = "1689646956";</script>', "2023-07-18"),
        ("<script>var createTime = '2023-07-18 10:22';</script>", "2023-07-18"),
        ('<script>var other = {"createTime":"2023-07-18 10:22"};</script>', ""),
        ('<meta name="Maketime" content="2023-07-18 10:22:36">', ""),
        ('<meta name="revised" content="2023-07-18">', ""),
    ],
)
def test_metadata_and_scripts_date_the_article(head, published):
    assert _published(head=head) == published


@pytest.mark.parametrize(
    "parts",
    [
        {"over": "<div>今天是2023年7月18日 星期二</div>"},
        {"over": "<div><p>2023年7月18日 星期二</p></div>"},
        {"under": "<p>报名时间:2023年7月18日</p>"},
        {"body": f"{PROSE}</p><p>2023年7月18日</p><p>"},
        {"body": "2023年7月18日,市统计局召开新闻发布会。"},
        {"body": "据悉,7月18日,市统计局召开新闻发布会。"},
        {"under": "<p>活动时间:详见通知</p>", "body": "会议于2023年7月18日召开,为期两天。"},
        {"under": "<p>日期:7/8/2023</p>"},
        {"below": "<ul><li><a href='/1'>一季度全市经济开局良好</a><span>2023-04-18</span></li></ul>"},
        {"below": "<ul><li><span>(2023-04-18)</span><a href='/1'>一季度全市经济开局良好</a></li></ul>"},
        {"below": "<ul><li><a href='/1'>一季度全市经济开局良好</a><span>2023-04-18 10:22</span></li></ul>"},
        {"below": "<div><p>网友</p><p>说得好,支持!</p><p>2023-07-18</p></div>".replace(",", "，")},
        {"below": "<p>版权所有 2003-2023 示例网</p>"},
        {"body": "示例市7月18日电(编辑部)"},
        {"below": "<time datetime='2023-07-18'>7月18日</time><time datetime='2023-07-01'>7月1日</time>"},
    ],
)
def test_no_other_date_is_taken(parts):
    assert _published(**parts) == ""


def test_issue_of_a_newspaper_dates_its_articles():
    links = "".join(f"<a href='{i}.html'>全市经济开局良好之{i}</a>" for i in range(9))
    over = f"<div><span>2023年7月18日 星期二</span><a href='n.html'>第02版:要闻</a></div><div>{links}</div>"

    assert _published(over=over) == "2023-07-18"


def test_dateline_dates_a_report_whose_year_is_known():
    uri = "http://news.example/2023/a.html"

    assert _published(body="示例市7月18日电(编辑部)", uri=uri) == "2023-07-18"
    assert _published(body="示例网2023年7月18日讯 ") == "2023-07-18"


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("art/2023/7/18/art_1_2.html", "2023-07-18"),
        ("n1/2023/0718/c100-1.html", "2023-07-18"),
        ("2023/07-18/1.shtml", "2023-07-18"),
        ("2023-07/18/content_1.htm", "2023-07-18"),
        ("202307/t20230718_1.html", "2023-07-18"),
        ("20230718102236.html", "2023-07-18"),
        ("050718/16/a.html", "2005-07-18"),
        ("05/07/18/a.html", "2005-07-18"),
        ("200507/a.html", None),
        ("20231345/a.html", None),
        ("20235918777.html", None),
        ("id/120230718/a.html", None),
    ],
)
def test_address_names_the_day(path, day):
    assert date_in_uri(f"http://news.example/{path}") == day


def test_hosts_and_years_are_no_days():
    assert date_in_uri("http://2023-07-18.example/a") is None
    assert year_in_uri("http://news.example/202307/a.html") == "2023"
    assert year_in_uri("http://news.example/id2023445/a.html") is None


def test_forms_without_a_full_year_need_help():
    assert completed_date("07-18 10:22 示例日报", "2023") == "2023-07-18"
    assert completed_date("07-18 10:22 示例日报", None) is None
    assert completed_date("发布时间:07-18", None, "2023-07-18T11:00:00+08:00") == "2023-07-18T11:00:00+08:00"
    assert completed_date("2022-07-18 10:22", "2023") is None


def test_odd_forms():
    assert odd_date("日期:7/8/2023") is None
    assert labelled_date("活动时间:2023-07-18") is None
    assert date_in_numerals("二○二三年十月三十一日") == "2023-10-31"
    assert stated_date("July 18, 2023") == "2023-07-18"
    assert stated_date("soon") is None
