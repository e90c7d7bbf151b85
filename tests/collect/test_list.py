"""Kinds of list: which articles each names and under which days, over real HTTP."""

from datetime import date

import pytest


class TestPage:
    def test_selector_dates_and_next_page(self, site, collect):
        site.put(
            "/1.html",
            '<ul><li><a class="t" href="a.html">甲</a><i>2024-02-19</i></li>'
            '<li><a class="t" href="b.html">乙</a><b>2024/2/8</b></li></ul>'
            '<a href="menu.html">menu</a><a id="next" href="2.html">下一页</a>',
        )
        site.put(
            "/2.html",
            '<ul><li><a class="t" href="/system/2024/02/07/1.shtml">丙</a>[02-07]</li></ul>'
            '<a id="next" href="1.html">首页</a>',
        )
        for path in ("/a.html", "/b.html", "/system/2024/02/07/1.shtml"):
            site.put(path, "text")

        report = collect("page", "/1.html", select="a.t", next="#next")

        assert report.days == {
            "/a.html": "2024-02-19",
            "/b.html": "2024-02-08",
            "/system/2024/02/07/1.shtml": "2024-02-07",
        }

    def test_days_are_inclusive_and_older_pages_are_not_asked_for(self, site, collect):
        for number in range(1, 5):
            site.put(
                f"/{number}.html",
                f'<li><a class="t" href="/2024/02/{29 - number}/a.html">x</a></li>'
                f'<a id="next" href="{number + 1}.html">x</a>',
            )
            site.put(f"/2024/02/{29 - number}/a.html", "text")

        one_day = {"since": date(2024, 2, 27), "until": date(2024, 2, 27)}

        report = collect("page", "/1.html", select="a.t", next="#next", **one_day)

        assert report.days == {"/2024/02/27/a.html": "2024-02-27"}
        assert site.asked["/4.html"] == 0

    def test_page_without_links_says_so(self, site, collect):
        site.put("/", "<p>维护中</p>")

        assert collect("page", "/").fates() == {"/": "list-unrecognised"}

    def test_list_of_ten_thousand_links_is_read(self, site, collect):
        site.put("/", "".join(f'<li><a href="/2023/01/01/{n}.html">x</a></li>' for n in range(10_000)))

        report = collect("page", "/", since=date(2024, 1, 1))

        assert report.fates() == {"/": "empty-list"}


def record(href, title, day):
    return f'<record><![CDATA[<li><a href="{href}" title="{title}">短…</a><span>{day}</span></li>]]></record>'


def column(records, group="/module/web/jpage/dataproxy.jsp?page=1&columnid=1"):
    inline = f'<nextgroup><![CDATA[<a href="{group}"></a>]]></nextgroup>' if group else ""
    store = f"<datastore>{inline}<recordset>{''.join(records)}</recordset></datastore>"
    return f'<ul></ul><script type="text/xml">{store}</script>'


class TestHanweb:
    def test_inline_records_and_groups(self, site, collect):
        first = [record("/art/2024/2/19/art_1_1.html", "甲", "2024-02-19")]
        second = [record("/art/2024/2/8/art_1_2.html", "乙", "")]
        site.put("/col/col1/index.html", column(first))
        site.put(
            "/module/web/jpage/dataproxy.jsp?page=1&columnid=1",
            f"<datastore><totalpage>2</totalpage>{''.join(first)}</datastore>",
            "text/xml",
        )
        site.put(
            "/module/web/jpage/dataproxy.jsp?page=2&columnid=1",
            f"<datastore><totalpage>2</totalpage>{''.join(second)}</datastore>",
            "text/xml",
        )
        site.put("/art/2024/2/19/art_1_1.html", "text")
        site.put("/art/2024/2/8/art_1_2.html", "text")

        report = collect("hanweb", "/col/col1/index.html")

        assert report.days == {"/art/2024/2/19/art_1_1.html": "2024-02-19", "/art/2024/2/8/art_1_2.html": "2024-02-08"}
        assert not report.failures

    def test_groups_are_not_asked_for_where_the_page_reaches_back_far_enough(self, site, collect):
        site.put("/col/col1/index.html", column([record("/art/2024/2/19/art_1_1.html", "甲", "2024-02-19")]))

        report = collect("hanweb", "/col/col1/index.html", since=date(2024, 2, 20))

        assert report.fates() == {"/col/col1/index.html": "empty-list"}

    def test_group_that_repeats_itself_ends(self, site, collect):
        records = [record("/art/2024/2/19/art_1_1.html", "甲", "2024-02-19")]
        site.put("/col/col1/index.html", column(records))
        for page in range(1, 30):
            site.put(
                f"/module/web/jpage/dataproxy.jsp?page={page}&columnid=1",
                f"<datastore>{records[0]}</datastore>",
                "text/xml",
            )
        site.put("/art/2024/2/19/art_1_1.html", "text")

        collect("hanweb", "/col/col1/index.html")

        assert sum(count for path, count in site.asked.items() if "dataproxy" in path) <= 2

    def test_group_that_fails_loses_nothing_that_was_listed(self, site, collect):
        site.put("/col/col1/index.html", column([record("/art/2024/2/19/art_1_1.html", "甲", "2024-02-19")]))
        site.put("/art/2024/2/19/art_1_1.html", "text")

        report = collect("hanweb", "/col/col1/index.html")

        assert report.fates() == {"/art/2024/2/19/art_1_1.html": "new", "/col/col1/index.html": "http-404"}

    def test_page_of_another_kind_says_so(self, site, collect):
        site.put("/col/col1/index.html", "<ul><li>no datastore</li></ul>")

        report = collect("hanweb", "/col/col1/index.html")

        assert report.fates() == {"/col/col1/index.html": "list-unrecognised"}


class TestEpaper:
    @pytest.fixture(autouse=True)
    def _paper(self, site):
        site.put("/p/paperindex.htm", '<META HTTP-EQUIV="REFRESH" CONTENT="0; URL=html/2024-03/02/node_1.htm">')
        for day in ("01", "02"):
            site.put(
                f"/p/html/2024-03/{day}/node_1.htm",
                '<a id="pageLink" href="node_1.htm">1</a><a id=pageLink href="./node_2.htm">2</a>'
                '<map name="PagePicMap"><area href="content_1.htm"></map>'
                '<ul class="main-ed-articlenav-list"><a href="content_1.htm">甲</a></ul>',
            )
            site.put(
                f"/p/html/2024-03/{day}/node_2.htm",
                '<ul class="main-ed-articlenav-list"><a href="content_2.htm?div=-1">乙</a></ul>',
            )
            site.put(f"/p/html/2024-03/{day}/content_1.htm", f"text {day}")
            site.put(f"/p/html/2024-03/{day}/content_2.htm?div=-1", f"text {day}")

    def test_without_a_range_it_is_todays_issue(self, collect):
        report = collect("epaper", "/p/paperindex.htm")

        assert report.days == {
            "/p/html/2024-03/02/content_1.htm": "2024-03-02",
            "/p/html/2024-03/02/content_2.htm?div=-1": "2024-03-02",
        }

    def test_range_walks_the_days(self, collect):
        report = collect("epaper", "/p/paperindex.htm", since=date(2024, 2, 29), until=date(2024, 3, 1))

        assert set(report.days.values()) == {"2024-03-01"}
        assert ("2024-02-29", "/p/html/2024-02/29/node_1.htm", "empty-list") in report.short
        assert not report.failures

    def test_open_range_ends_with_todays_issue(self, collect):
        report = collect("epaper", "/p/paperindex.htm", since=date(2024, 3, 1))

        assert set(report.days.values()) == {"2024-03-01", "2024-03-02"}

    def test_missing_page_of_an_issue_is_told(self, site, collect):
        del site.answers["/p/html/2024-03/02/node_2.htm"]

        report = collect("epaper", "/p/paperindex.htm")

        assert report.fates("new", "listed") == {"/p/html/2024-03/02/node_2.htm": "http-404"}


class TestFeed:
    @pytest.mark.parametrize(
        ("written", "day"),
        [
            ("<pubDate>Sun, 18 Feb 2024 16:30:00 GMT</pubDate>", "2024-02-19"),
            ("<pubDate>Mon, 19 Feb 2024 00:30:00</pubDate>", "2024-02-19"),  # no zone: Asia/Shanghai
            ("<pubDate>2024-02-19 00:30:00</pubDate>", "2024-02-19"),
            ("<pubDate>2024年2月19日</pubDate>", "2024-02-19"),
            ("", "2024-02-17"),  # from the address
        ],
    )
    def test_date_is_the_publishers_own(self, site, collect, written, day):
        site.put(
            "/rss.xml",
            f'<rss version="2.0"><channel><item><title>甲</title>'
            f"<link>/t20240217_1.html</link>{written}</item></channel></rss>",
            "text/xml",
        )
        site.put("/t20240217_1.html", "text")

        assert collect("feed", "/rss.xml").days == {"/t20240217_1.html": day}

    def test_atom_is_read(self, site, collect):
        site.put(
            "/atom.xml",
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>甲</title>'
            '<link href="/a.html"/><updated>2024-02-18T23:00:00Z</updated></entry></feed>',
            "application/atom+xml",
        )
        site.put("/a.html", "text")

        assert collect("feed", "/atom.xml").days == {"/a.html": "2024-02-19"}

    @pytest.mark.parametrize(
        "body",
        [
            "<html><body>404</body></html>",
            "not XML <<<",
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        ],
    )
    def test_what_is_no_feed_says_so(self, site, collect, body):
        site.put("/rss.xml", body, "text/xml")

        assert collect("feed", "/rss.xml").fates() == {"/rss.xml": "list-unrecognised"}
