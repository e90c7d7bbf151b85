"""Collecting: the fate of every page and file, what a second run knows, and under which day things are kept."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from qzetl.collect.capture import LIST, day_of
from qzetl.collect.publisher import Listing, Publisher
from qzetl.collect.stage import collect_inputs, collect_publisher
from qzetl.read.stage import further_pages

HOST = "site.example"


class TestStage:
    def test_every_fate_is_told(self, site, collect):
        site.put("/robots.txt", "User-agent: *\nDisallow: /closed\n")
        site.put(
            "/",
            "".join(
                f'<li><a href="{href}">x</a> 2024-02-19</li>'
                for href in (
                    "/a.html",
                    "/gone.html",
                    "/closed.html",
                    "/large.html",
                    "/empty.html",
                    "/away.html",
                    "http://else.example/",
                    "/a.html#again",
                    "javascript:void(0)",
                )
            ),
        )
        site.put("/a.html", "text")
        site.put("/large.html", b"x" * 1_200_000)
        site.put("/empty.html", b"")
        site.redirect("/away.html", "http://127.0.0.1/")

        report = collect("page", "/")

        assert report.fates() == {
            "/a.html": "new",
            "/gone.html": "http-404",
            "/closed.html": "robots-denied",
            "/large.html": "too-large",
            "/empty.html": "empty",
            "/away.html": "host-refused",
            "http://else.example/": "host-refused",
            "/": "listed",
        }
        assert report.partitions == [("site", date(2024, 2, 19))]
        assert len(report.failures) == 6
        assert site.asked["/a.html"] == 1

    def test_second_run_knows_what_it_has_and_keeps_its_day(self, site, collect, archive):
        site.put("/", '<li><a href="/a.html">x</a> 2024-02-19</li><li><a href="/b.html">x</a> 2024-02-19</li>')
        site.put("/a.html", "text")
        site.put("/b.html", "first")
        collect("page", "/")
        site.put("/", '<li><a href="/a.html">x</a> 2024-02-25</li><li><a href="/b.html">x</a> 2024-02-19</li>')
        site.put("/b.html", "second")

        report = collect("page", "/")

        assert report.short[:2] == [("2024-02-19", "/a.html", "unchanged"), ("2024-02-19", "/b.html", "changed")]
        assert [capture.body for capture in archive.captures("site", date(2024, 2, 19))] == [
            b"text",
            b"first",
            b"second",
        ]

    def test_failing_list_stops_no_other(self, site, fetcher, archive):
        site.put("/list", '<a href="/2024/02/19/a.html">x</a>')
        site.put("/2024/02/19/a.html", "text")
        both = Publisher(
            id="site",
            name="示例站",
            hosts=(HOST,),
            delay=0.0,
            listings=(Listing("page", f"http://{HOST}/gone"), Listing("page", f"http://{HOST}/list")),
        )

        report = collect_publisher(both, archive, fetcher, until=date(2024, 2, 20))

        assert [(str(one.day), one.uri.removeprefix(f"http://{HOST}"), one.outcome) for one in report.outcomes] == [
            ("2024-02-20", "/gone", "http-404"),
            ("2024-02-19", "/2024/02/19/a.html", "new"),
            ("2024-02-20", "/list", "listed"),
        ]

    def test_outcomes_are_told_as_they_come(self, site, collect):
        site.put("/", '<a href="/a.html">x</a>')
        site.put("/a.html", "text")
        told = []

        report = collect("page", "/", tell=told.append)

        assert told == list(report.outcomes)

    def test_page_without_a_date_gets_the_day_it_came(self, site, collect):
        site.put("/", '<a href="/a.html">x</a>')
        site.put("/a.html", "text")

        assert collect("page", "/").partitions == [("site", day_of(datetime.now(UTC)))]

    def test_request_and_response_are_archived(self, site, collect, archive):
        site.put("/", '<a href="/a.html">x</a>')
        site.put("/a.html", "正文".encode("gb18030"), "text/html; charset=gb2312")

        ((_, day),) = collect("page", "/").partitions

        (capture,) = archive.captures("site", day)
        assert (capture.body.decode("gb18030"), capture.content_type) == ("正文", "text/html; charset=gb2312")


class TestSecondRun:
    @pytest.fixture(autouse=True)
    def _site(self, site):
        rows = "".join(f'<li><a href="/{number}.html">x</a> 2024-02-19</li>' for number in range(5))
        site.put_known("/", rows, ETag='"list"')
        for number in range(5):
            site.put_known(f"/{number}.html", f"text {number}", Last_Modified="Mon, 19 Feb 2024 01:02:03 GMT")

    def test_no_body_is_sent_again_not_even_of_the_list(self, site, collect):
        first = collect("page", "/")
        for path in ("/", *(f"/{number}.html" for number in range(5))):
            known = site.answers[path]
            site.answers[path] = lambda request, known=known: self._unless_whole(request, known)

        again = collect("page", "/")

        assert first.report.counts == {"new": 5, "listed": 1}
        assert again.report.counts == {"unchanged": 5, "listed": 1}
        assert again.days == first.days

    @staticmethod
    def _unless_whole(request, known):
        assert "If-None-Match" in request.headers or "If-Modified-Since" in request.headers
        known(request)

    def test_fresh_pages_are_not_asked_for(self, site, collect):
        collect("page", "/")

        again = collect("page", "/", own={"fresh": 1.0})

        assert again.report.counts == {"unchanged": 5, "listed": 1}
        assert (site.asked["/0.html"], site.asked["/"]) == (1, 2)

    def test_settled_pages_are_not_asked_for(self, site, collect):
        collect("page", "/")
        collect("page", "/", own={"settled": 30})

        assert site.asked["/0.html"] == 1

    def test_changed_list_is_kept_beside_the_old_one(self, site, collect, archive):
        collect("page", "/")
        site.put("/", '<li><a href="/0.html">x</a> 2024-02-19</li>')

        collect("page", "/")

        newest = archive.latest("site", site.url("/"), LIST)
        assert archive.read(newest.position).body.count(b"<li>") == 1
        assert archive.partitions() == [("site", date(2024, 2, 19))]
        assert len(list(archive.captures("site", date(2024, 2, 19)))) == 5


def test_pages_that_are_known_are_followed_too(site, collect):
    site.put("/", '<li><a href="/2024/02/19/a.html">x</a></li>')
    for name, following in (("a", "a_2"), ("a_2", "a_3"), ("a_3", "a")):
        site.put(f"/2024/02/19/{name}.html", f'<a href="{following}.html">下一页</a>')

    def follow(capture):
        (found,) = re.findall(rb'href="(.*?)"', capture.body)
        return [site.url(f"/2024/02/19/{found.decode()}")]

    report = collect("page", "/", follow=follow)
    again = collect("page", "/", follow=follow)

    assert report.days == dict.fromkeys((f"/2024/02/19/{name}.html" for name in ("a", "a_2", "a_3")), "2024-02-19")
    assert again.report.counts == {"unchanged": 3, "listed": 1}


def test_redirected_and_named_article_is_kept_once(site, collect):
    site.put("/", '<a href="/old/2024/02/19/a.html">x</a><a href="/2024/02/19/a.html">x</a>')
    site.redirect("/old/2024/02/19/a.html", "/2024/02/19/a.html")
    site.put_known("/2024/02/19/a.html", "text", ETag='"1"')

    assert collect("page", "/").report.counts == {"listed": 1, "new": 1, "unchanged": 1}


def test_archived_page_says_where_it_came_from(site, collect, archive):
    site.put("/", '<a href="/2024/02/19/a.html">x</a>')
    site.put("/2024/02/19/a.html", "text")

    collect("page", "/")

    entry = archive.latest("site", site.url("/2024/02/19/a.html"))
    archive.close()
    records = list(ArchiveIterator(str(archive.root / entry.file)))
    (response,) = [
        one for one in records if one.headers.get("WARC-Target-URI") == entry.uri and "WARC-IP-Address" in one.headers
    ]
    told = [
        one.reader.read()
        for one in ArchiveIterator(str(archive.root / entry.file), record_types=WarcRecordType.metadata)
    ]
    assert response.headers["WARC-IP-Address"] == "127.0.0.1"
    assert told[-1].startswith(b"via: http://site.example/\r\nfetchTimeMs: ")


class TestLocal:
    def test_folder_and_warc_are_lists_of_a_publisher(self, tmp_path, archive, fetcher):
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "2024-02-19-a.txt").write_text("text", "utf-8")
        (folder / "2024-02-25-b.txt").write_text("text", "utf-8")
        owner = Publisher("own", "own", listings=(Listing("folder", path=folder),))

        report = collect_publisher(owner, archive, fetcher, until=date(2024, 2, 20))

        assert report.partitions == [("own", date(2024, 2, 19))]
        assert report.counts == {"listed": 1, "new": 1}

    def test_missing_path_is_named(self, tmp_path, archive, fetcher):
        owner = Publisher("own", "own", listings=(Listing("warc", path=tmp_path / "nowhere.warc.gz"),))

        assert collect_publisher(owner, archive, fetcher).counts == {"empty-list": 1, "not-found": 1}


def test_inputs_are_archived_once_and_changes_are_kept(tmp_path, archive):
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text("first", "utf-8")
    first, later = datetime(2024, 2, 19, tzinfo=UTC), datetime(2024, 2, 25, tzinfo=UTC)

    reports = [collect_inputs([path], archive, {}, first), collect_inputs([path, Path("nowhere")], archive, {}, later)]
    path.write_text("second", "utf-8")
    reports.append(collect_inputs([path], archive, {}, later))

    assert [report.counts for report in reports] == [{"new": 1}, {"not-found": 1, "unchanged": 1}, {"changed": 1}]
    assert [report.partitions for report in reports] == [
        [("input", date(2024, 2, 19))],
        [("input", date(2024, 2, 19))],
        [("input", date(2024, 2, 25))],
    ]


def test_further_pages_of_an_article_are_archived_under_its_day(site, fetcher, archive, publisher):
    # Arrange: the reading room tells where an article goes on; the last page names none
    prose = "全市生产总值2168.4亿元,比上年增长6.6%,增速高于全省平均。其中,第三产业增加值增长7.1%,比重继续提高。"
    page = "<html><head><meta charset='utf-8'><title>去年经济</title></head><body><h1>去年全市经济</h1><p>{}{}</p>{}"
    site.put("/", '<li><a href="/a.html">x</a> 2024-02-19</li>')
    site.put("/a.html", page.format("第一部分,", prose, "<a href='a_2.html'>下一页</a>"))
    site.put("/a_2.html", page.format("第二部分,", prose, "<a href='a_3.html'>下一页</a>"))
    site.put("/a_3.html", page.format("第三部分,", prose, "<a href='a_2.html'>上一页</a>"))
    publisher = replace(publisher, listings=(Listing("page", f"http://{HOST}/"),))

    # Act
    report = collect_publisher(publisher, archive, fetcher, follow=further_pages)

    # Assert
    pages = {outcome.uri: (outcome.outcome, outcome.day) for outcome in report.outcomes if outcome.kept}
    assert pages == {f"http://{HOST}/a{n}.html": ("new", date(2024, 2, 19)) for n in ("", "_2", "_3")}
