"""Kinds of list: which articles each names and under which days, over real HTTP."""

import gzip
import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

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

    def test_numbered_pages_end_where_there_are_no_more(self, site, collect):
        for name, day in (("index.html", 20), ("index_1.html", 19), ("index_2.html", 18)):
            site.put(f"/tjxx/{name}", f'<li><a href="./202402/t202402{day}_1.html">x</a></li>')
            site.put(f"/tjxx/202402/t202402{day}_1.html", "text")

        report = collect("page", "/tjxx/index.html", numbered="index_{}.html", first=1)

        assert sorted(report.days.values()) == ["2024-02-18", "2024-02-19", "2024-02-20"]
        assert report.fates("new") == {"/tjxx/index.html": "listed"}
        assert site.asked["/tjxx/index_3.html"] == 1

    def test_site_that_answers_every_number_with_its_first_page_ends(self, site, collect):
        for name in ("index.html", *(f"index_{number}.html" for number in range(1, 9))):
            site.put(f"/{name}", '<li><a href="/2024/02/19/a.html">x</a></li>')
        site.put("/2024/02/19/a.html", "text")

        collect("page", "/index.html", numbered="index_{}.html", first=1)

        assert site.asked["/index_1.html"] == 1
        assert site.asked["/index_2.html"] == 0

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

    def test_groups_that_are_posted_for(self, site, collect):
        def group(first, last):
            rows = (
                record(f"/art/2024/2/{29 - n}/art_1_{n}.html", "甲", f"2024-02-{29 - n}") for n in range(first, last)
            )
            return f"<datastore><totalrecord>10</totalrecord><recordset>{''.join(rows)}</recordset></datastore>"

        script = (
            "$('#77').jpage({totalRecord:10, perPage:2, groupSize:3, proxyUrl:'/module/jpage/dataproxy.jsp',"
            "ajaxParam:{col:1,appid:'1',webid:5,path:'/',columnid:77,unitid:\"9\",webname:'某市人民政府',permissiontype:0}})"
        )
        site.put("/col/col77/index.html", f'<script type="text/xml">{group(0, 6)}</script><script>{script}</script>')
        asked = "/module/jpage/dataproxy.jsp?startrecord={}&endrecord={}&perpage=2"
        site.put(asked.format(1, 6), group(0, 6), "text/xml")
        site.put(asked.format(7, 12), group(6, 10), "text/xml")
        for number in range(10):
            site.put(f"/art/2024/2/{29 - number}/art_1_{number}.html", "text")

        report = collect("hanweb", "/col/col77/index.html")

        assert len(report.days) == 10
        assert not report.failures
        form = {"col": "1", "appid": "1", "webid": "5", "path": "/", "columnid": "77", "unitid": "9"}
        form |= {"webname": "某市人民政府", "permissiontype": "0"}
        sent = parse_qs(site.forms[asked.format(7, 12)])
        assert {name: values[0] for name, values in sent.items()} == form
        assert site.asked[asked.format(13, 18)] == 0


QUERY = (
    "{'webId':'3077','pageId':'1562308','tplSetId':'XY4','tagId':'当前栏目_list',"
    "'parseType':'bulidstatic','pageType':'column'}"
)


class TestJpaas:
    @pytest.fixture
    def pages(self, site):
        """Serve a column of 60 articles whose list comes as JSON, 50 at a time; return the queries that came."""
        queries = []

        def unit(request):
            query = {name: values[0] for name, values in parse_qs(urlsplit(request.path).query).items()}
            page = json.loads(query["paramJson"])["pageNo"]
            queries.append(query | {"referer": request.headers.get("Referer")})
            rows = "".join(
                f'<li><a href="/col/col1562308/art/2024/art_{n:032x}.html" title="标题{n}">标…</a>'
                f"<span>2024-{2 if n < 50 else 1:02}-{28 - n % 28:02}</span></li>"
                for n in range((page - 1) * 50, min(page * 50, 60))
            )
            pager = "<div class='pagination' data-x='{pageNo:1,count:60}'><ul><li><a href='?p=2'>2</a></li></ul></div>"
            body = json.dumps({"success": True, "data": {"html": f"<ul>{rows}</ul>{pager}"}}).encode()
            request.send_response(200)
            request.send_header("Content-Type", "application/json")
            request.end_headers()
            request.wfile.write(body)

        class Any(dict):
            def get(self, path, default=None):
                if "/build/unit?" in path:
                    return unit
                if "/art/" in path:
                    return super().get("/article")
                return super().get(path, default)

        site.answers = Any(site.answers)
        site.put("/article", "text")
        return queries

    @pytest.mark.parametrize(
        "page",
        [
            f"<script>var queryData = {QUERY};</script>",
            f'<div class="page" queryData="{QUERY}"></div>',
            "<div queryData='{}'></div>".format(QUERY.replace("'", "&quot;")),
            f"<script>show({{'webId':'3077','tplSetId':'XY4','tagId':'头图','pageId':'1'}}); show({QUERY})</script>",
        ],
    )
    def test_list_comes_by_the_parameters_of_the_page(self, site, collect, pages, page):
        site.put("/col/col1562308/index.html", page)

        report = collect("hanweb", "/col/col1562308/index.html")

        assert len(report.days) == 60
        assert report.days[f"/col/col1562308/art/2024/art_{59:032x}.html"] == "2024-01-25"
        assert not report.failures
        assert [json.loads(query["paramJson"])["pageNo"] for query in pages] == [1, 2]
        asked = {"webId": "3077", "pageId": "1562308", "tplSetId": "XY4", "tagId": "当前栏目_list"}
        asked |= {"parseType": "bulidstatic", "pageType": "column", "editType": "null"}
        assert asked.items() <= pages[0].items()
        assert pages[0]["referer"] == site.url("/col/col1562308/index.html")

    def test_older_pages_are_not_asked_for(self, site, collect, pages):
        site.put("/col/col1562308/index.html", f"<script>{QUERY}</script>")

        report = collect("hanweb", "/col/col1562308/index.html", since=date(2024, 3, 1))

        assert report.fates() == {"/col/col1562308/index.html": "empty-list"}
        assert len(pages) == 1

    def test_tag_of_the_publishers_file_counts(self, site, collect, pages):
        site.put("/col/col1562308/index.html", f"<script>{QUERY}</script>")

        collect("hanweb", "/col/col1562308/index.html", tag="分页列表", pages=1)

        assert [query["tagId"] for query in pages] == ["分页列表"]

    @pytest.mark.parametrize("answer", ["<html>403</html>", '{"data": null}', '{"data": {"html": ""}}', "[" * 100_000])
    def test_answer_without_a_list_says_so(self, site, collect, answer):
        site.put("/col/col1/index.html", f"<script>{QUERY}</script>")
        quoted = "parseType=bulidstatic&webId=3077&tplSetId=XY4&pageType=column"
        quoted += "&tagId=%E5%BD%93%E5%89%8D%E6%A0%8F%E7%9B%AE_list"
        page = "&editType=null&pageId=1562308&paramJson=%7B%22pageNo%22%3A1%2C%22pageSize%22%3A50%7D"
        site.put(f"/api-gateway/jpaas-publish-server/front/page/build/unit?{quoted}{page}", answer, "application/json")

        assert collect("hanweb", "/col/col1/index.html").fates() == {"/col/col1/index.html": "list-unrecognised"}


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


@pytest.mark.parametrize(
    ("issue", "node", "content"),
    [
        ("pc/layout/%Y%m/%d/node_01.html", "pc/layout/202403/01/node_01.html", "../../../con/202403/01/content_7.html"),
        (
            "%Y/%m/%d/page_detail_1_%Y%m%dA01.html",
            "2024/03/01/page_detail_1_20240301A01.html",
            "article_detail_1_20240301A011.html",
        ),
        ("html/%Y-%m/%d/node_18.htm", "html/2024-03/01/node_18.htm", "content_3396_7062153.htm"),
    ],
    ids=["newer", "hangzhou", "first node 18"],
)
def test_other_issues_of_papers(site, collect, issue, node, content):
    site.put(f"/p/{node}", f'<map name="map1"><area href="{content}"></map><a href="{content}">甲</a>')
    folder = f"/p/{node.rpartition('/')[0]}/{content}"
    path = "/p/pc/con/202403/01/content_7.html" if "../" in content else folder
    site.put(path, "text")

    report = collect("epaper", "/p/paperindex.htm", since=date(2024, 3, 1), until=date(2024, 3, 1), issue=issue)

    assert report.days == {path: "2024-03-01"}


def urlset(*entries: str) -> str:
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0"?><urlset {names}>{"".join(f"<url>{entry}</url>" for entry in entries)}</urlset>'


class TestSitemap:
    @pytest.fixture(autouse=True)
    def _articles(self, site):
        for path in ("/a.html", "/b.html", "/art/2024/2/7/c.html"):
            site.put(path, "text")

    def test_dates_of_news_come_before_dates_of_change(self, site, collect):
        dated = "<news:publication_date>2024-02-18T23:30:00Z</news:publication_date>"
        news = f"<news:news>{dated}<news:title>甲</news:title></news:news>"
        site.put(
            "/sitemap.xml",
            urlset(
                f"<loc>http://site.example/a.html</loc><lastmod>2024-03-01</lastmod>{news}",
                "<loc>http://site.example/b.html</loc><lastmod>2024-02-20</lastmod>",
                "<loc>http://site.example/art/2024/2/7/c.html</loc>",
            ),
            "text/xml",
        )

        assert collect("sitemap", "/sitemap.xml").days == {
            "/a.html": "2024-02-19",
            "/b.html": "2024-02-20",
            "/art/2024/2/7/c.html": "2024-02-07",
        }

    def test_index_names_gzipped_sitemaps_and_old_ones_are_not_asked_for(self, site, collect):
        entries = "".join(
            f"<sitemap><loc>http://site.example/{name}</loc><lastmod>{day}</lastmod></sitemap>"
            for name, day in (("new.xml.gz", "2024-02-21"), ("old.xml", "2023-01-01"), ("gone.xml", "2024-02-22"))
        )
        site.put("/sitemap.xml", f"<sitemapindex>{entries}</sitemapindex>", "text/xml")
        packed = gzip.compress(urlset("<loc>/b.html</loc><lastmod>2024-02-20</lastmod>").encode())
        site.put("/new.xml.gz", packed, "application/gzip")

        report = collect("sitemap", "/sitemap.xml", since=date(2024, 2, 1))

        assert report.days == {"/b.html": "2024-02-20"}
        assert report.fates("new") == {"/gone.xml": "http-404", "/sitemap.xml": "listed"}
        assert site.asked["/old.xml"] == 0

    def test_only_addresses_that_match_are_taken(self, site, collect):
        site.put("/sitemap.xml", urlset("<loc>/b.html</loc>", "<loc>/art/2024/2/7/c.html</loc>"))

        assert set(collect("sitemap", "/sitemap.xml", match="/art/").days) == {"/art/2024/2/7/c.html"}

    def test_robots_names_the_sitemaps(self, site, collect):
        site.put("/robots.txt", "User-agent: *\nDisallow:\nSitemap: http://site.example/s.xml\n", "text/plain")
        site.put("/s.xml", urlset("<loc>/b.html</loc>"))

        assert set(collect("sitemap", "/robots.txt").days) == {"/b.html"}

    @pytest.mark.parametrize(
        "body", ["<html><body>404</body></html>", "nothing", "<urlset><url>", "<!DOCTYPE x><urlset/>"]
    )
    def test_what_is_no_sitemap_says_so(self, site, collect, body):
        site.put("/sitemap.xml", body, "text/xml")

        assert collect("sitemap", "/sitemap.xml").fates() == {"/sitemap.xml": "list-unrecognised"}


class TestUrls:
    def test_addresses_and_their_days(self, site, collect):
        site.put("/urls.txt", "# 2024\n\nhttp://site.example/a.html\t2024-02-19\n/art/2024/2/7/c.html\n", "text/plain")
        site.put("/a.html", "text")
        site.put("/art/2024/2/7/c.html", "text")

        assert collect("urls", "/urls.txt").days == {"/a.html": "2024-02-19", "/art/2024/2/7/c.html": "2024-02-07"}

    def test_line_that_is_none_is_named(self, site, collect):
        site.put("/urls.txt", "http://site.example/a.html 2024-02-19\nmailto:x@example.org\n", "text/plain")
        site.put("/a.html", "text")

        report = collect("urls", "/urls.txt")

        assert report.fates() == {"/a.html": "new", "/urls.txt": "list-unrecognised"}
        assert "line 2" in report.outcomes[-1].message


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
