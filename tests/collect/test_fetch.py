"""Fetching: what comes back, and every way in which it can fail, against a real server."""

import gzip
import re
import socket
import time

import pytest

from qzetl.collect.address import is_public
from qzetl.collect.capture import Validators
from qzetl.collect.http import Fetcher, Limits
from qzetl.collect.publisher import Publisher
from qzetl.errors import FetchError


def fails(fetcher, uri, publisher):
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(uri, publisher)
    return caught.value.outcome


def test_page_comes_with_its_type_and_both_heads(site, fetcher, publisher):
    site.put("/a.html", "正文".encode("gb18030"), "text/html;  charset=gb2312")

    fetched = fetcher.fetch(site.url("/a.html#top"), publisher)

    assert fetched.uri == site.url("/a.html")
    assert fetched.body.decode("gb18030") == "正文"
    assert fetched.content_type == "text/html; charset=gb2312"
    assert fetched.retrieved.microsecond == 0
    assert fetched.retrieved.utcoffset().total_seconds() == 0
    assert fetched.exchange.request_line == b"GET /a.html HTTP/1.1"
    assert fetched.exchange.status_line == b"HTTP/1.1 200 OK"


def test_server_is_told_who_asks_and_whom_to_write_to(site, fetcher, publisher):
    site.put("/a.html", "x")

    fetcher.fetch(site.url("/a.html"), publisher)

    assert re.fullmatch(
        r"Mozilla/5\.0 \(compatible; qzetl/\S+; \+https://qzetl\.example/contact\)", site.heads["/a.html"]["User-Agent"]
    )
    assert site.heads["/a.html"]["Host"] == "site.example"


def test_compressed_body_is_decompressed(site, fetcher, publisher):
    site.put("/a.html", gzip.compress(b"<p>text</p>"), Content_Encoding="gzip")

    assert fetcher.fetch(site.url("/a.html"), publisher).body == b"<p>text</p>"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_refusal_is_named_by_its_status_and_not_repeated(site, fetcher, publisher, status):
    site.put("/a.html", "no", status=status)

    assert fails(fetcher, site.url("/a.html"), publisher) == f"http-{status}"
    assert site.asked["/a.html"] == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_passing_failure_is_tried_again(site, fetcher, publisher, status):
    site.put("/a.html", "busy", status=status)

    assert fails(fetcher, site.url("/a.html"), publisher) == f"http-{status}"
    assert site.asked["/a.html"] == 3


def test_page_that_comes_back_is_taken(site, fetcher, publisher):
    def at_the_third_time(request):
        there = site.asked["/a.html"] == 3
        request.send_response(200 if there else 503)
        request.end_headers()
        request.wfile.write(b"there" if there else b"busy")

    site.answers["/a.html"] = at_the_third_time

    assert fetcher.fetch(site.url("/a.html"), publisher).body == b"there"


def test_longer_retry_after_than_a_run_waits_ends_at_once(site, fetcher, publisher):
    site.put("/a.html", "busy", status=503, Retry_After="86400")

    assert fails(fetcher, site.url("/a.html"), publisher) == "http-503"
    assert site.asked["/a.html"] == 1


def test_page_without_a_body_is_empty(site, fetcher, publisher):
    site.put("/a.html", " \n")

    assert fails(fetcher, site.url("/a.html"), publisher) == "empty"


class TestConditions:
    def test_known_body_is_not_sent_again(self, site, fetcher, publisher):
        site.put_known("/a.html", "text", ETag='"1"', Last_Modified="Mon, 19 Feb 2024 01:02:03 GMT")
        first = fetcher.fetch(site.url("/a.html"), publisher)

        again = fetcher.fetch(site.url("/a.html"), publisher, known=lambda _: first.validators)

        assert (first.unchanged, first.body) == (False, b"text")
        assert (again.unchanged, again.body) == (True, b"")
        assert site.heads["/a.html"]["If-None-Match"] == '"1"'
        assert site.heads["/a.html"]["If-Modified-Since"] == "Mon, 19 Feb 2024 01:02:03 GMT"

    def test_redirected_address_is_asked_for_by_what_is_known_of_it(self, site, fetcher, publisher):
        site.redirect("/a.html", "/b.html")
        site.put_known("/b.html", "text", ETag='"1"')
        known = {site.url("/b.html"): Validators('"1"')}

        again = fetcher.fetch(site.url("/a.html"), publisher, known=lambda uri: known.get(uri, Validators()))

        assert (again.uri, again.unchanged) == (site.url("/b.html"), True)

    def test_304_that_was_not_asked_for_is_a_failure(self, site, fetcher, publisher):
        site.put("/a.html", "", status=304)

        assert fails(fetcher, site.url("/a.html"), publisher) == "http-304"


def test_form_is_posted_and_kept_by_a_redirect_that_asks_for_it(site, fetcher, publisher):
    site.put("/old", "", status=307, Location="/new")
    site.put("/new", "answer")

    fetched = fetcher.fetch(site.url("/old"), publisher, form={"columnid": "1"}, referer=site.url("/col"))

    assert fetched.body == b"answer"
    assert site.forms["/new"] == "columnid=1"
    assert site.heads["/new"]["Referer"] == site.url("/col")
    assert fetched.exchange.request_line == b"POST /new HTTP/1.1"


class TestRobots:
    def test_closed_path_is_not_asked_for(self, site, fetcher, publisher):
        site.put("/robots.txt", "User-agent: *\nDisallow: /closed/\n", "text/plain")
        site.put("/closed/a.html", "x")
        site.put("/open/a.html", "x")

        assert fails(fetcher, site.url("/closed/a.html"), publisher) == "robots-denied"
        assert fetcher.fetch(site.url("/open/a.html"), publisher).body == b"x"
        assert site.asked["/closed/a.html"] == 0
        assert site.asked["/robots.txt"] == 1

    def test_missing_file_allows(self, site, fetcher, publisher):
        site.put("/a.html", "x")

        assert fetcher.fetch(site.url("/a.html"), publisher).status == 200

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_failing_file_forbids(self, site, fetcher, publisher, status):
        site.put("/robots.txt", "", status=status)
        site.put("/a.html", "x")

        assert fails(fetcher, site.url("/a.html"), publisher) == "robots-unreachable"
        assert site.asked["/a.html"] == 0

    def test_silent_server_forbids(self, site, publisher):
        site.answers["/robots.txt"] = lambda _: time.sleep(1)
        site.put("/a.html", "x")

        with Fetcher(site.connect_to, limits=Limits(read=0.1, total=0.2, attempts=1)) as fetcher:
            assert fails(fetcher, site.url("/a.html"), publisher) == "robots-unreachable"

    def test_redirected_file_is_followed(self, site, fetcher, publisher):
        site.redirect("/robots.txt", "/robots2.txt")
        site.put("/robots2.txt", "User-agent: *\nDisallow: /\n")
        site.put("/a.html", "x")

        assert fails(fetcher, site.url("/a.html"), publisher) == "robots-denied"

    def test_what_it_says_is_told(self, site, fetcher, publisher):
        site.put(
            "/robots.txt", "User-agent: *\nCrawl-delay: 0.1\nDisallow: /closed\nSitemap: http://site.example/s.xml\n"
        )

        told = fetcher.robots(site.url("/"), publisher)

        assert (told.outcome, told.delay, told.sitemaps) == ("allowed", 0.1, ("http://site.example/s.xml",))
        assert fetcher.robots(site.url("/closed/"), publisher).outcome == "robots-denied"

    def test_delay_beyond_reason_means_no(self, site, fetcher, publisher):
        site.put("/robots.txt", "User-agent: *\nCrawl-delay: 86400\n")
        site.put("/a.html", "x")

        assert fails(fetcher, site.url("/a.html"), publisher) == "crawl-delay"

    def test_delay_is_kept_between_requests(self, site, fetcher, publisher):
        site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.2\n")
        site.put("/a.html", "x")
        fetcher.fetch(site.url("/a.html"), publisher)

        before = time.monotonic()
        fetcher.fetch(site.url("/a.html"), publisher)

        assert time.monotonic() - before >= 0.2


class TestRedirects:
    def test_address_at_the_end_counts(self, site, fetcher, publisher):
        site.redirect("/a.html", "/b.html")
        site.put("/b.html", "x")

        assert fetcher.fetch(site.url("/a.html"), publisher).uri == site.url("/b.html")

    def test_loop_ends(self, site, fetcher, publisher):
        site.redirect("/a.html", "/b.html")
        site.redirect("/b.html", "/a.html")

        assert fails(fetcher, site.url("/a.html"), publisher) == "too-many-redirects"

    @pytest.mark.parametrize("target", ["http://127.0.0.1/", "http://169.254.169.254/latest/", "http://other.example/"])
    def test_foreign_host_is_refused(self, site, fetcher, publisher, target):
        site.redirect("/a.html", target)

        assert fails(fetcher, site.url("/a.html"), publisher) == "host-refused"

    @pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://site.example/a"])
    def test_other_scheme_is_refused(self, site, fetcher, publisher, target):
        site.redirect("/a.html", target)

        assert fails(fetcher, site.url("/a.html"), publisher) == "bad-uri"

    def test_closed_target_is_not_asked_for(self, site, fetcher, publisher):
        site.put("/robots.txt", "User-agent: *\nDisallow: /closed\n")
        site.redirect("/a.html", "/closed.html")
        site.put("/closed.html", "x")

        assert fails(fetcher, site.url("/a.html"), publisher) == "robots-denied"
        assert site.asked["/closed.html"] == 0


class TestAddresses:
    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "169.254.169.254", "10.0.0.1", "[::1]"])
    def test_private_address_is_never_connected_to(self, host):
        publisher = Publisher(id="bad", name="bad", hosts=(host.strip("[]"),), delay=0.0)

        with Fetcher(limits=Limits(attempts=1)) as fetcher:
            assert fails(fetcher, f"http://{host}:9/a.html", publisher) == "address-refused"

    def test_server_on_loopback_is_not_asked_without_leave(self, site):
        publisher = Publisher(id="bad", name="bad", hosts=("localhost",), delay=0.0)

        with Fetcher() as fetcher:
            assert fails(fetcher, f"http://localhost:{site.port}/a.html", publisher) == "address-refused"

        assert not site.asked

    @pytest.mark.parametrize(
        ("address", "public"),
        [
            ("8.8.8.8", True),
            ("2001:4860:4860::8888", True),
            ("192.168.1.1", False),
            ("100.64.0.1", False),
            ("0.0.0.0", False),  # noqa: S104 - an address to refuse
            ("224.0.0.1", False),
            ("::ffff:127.0.0.1", False),
            ("64:ff9b::7f00:1", False),
            ("64:ff9b::808:808", True),
            ("2002:7f00:1::", False),
            ("fe80::1%eth0", False),
            ("fd00::1", False),
        ],
    )
    def test_only_global_unicast_is_public(self, address, public):
        assert is_public(address) is public

    @pytest.mark.parametrize(
        "uri",
        ["http://", "file:///etc/passwd", "http://[::1", "gopher://site.example/", "http://user:pw@site.example/"],
    )
    def test_what_is_no_address_of_the_web_is_refused(self, fetcher, publisher, uri):
        assert fails(fetcher, uri, publisher) == "bad-uri"


class TestLimits:
    def test_body_beyond_the_limit_is_cut_off(self, site, fetcher, publisher):
        site.put("/a.html", b"x" * 1_200_000)

        assert fails(fetcher, site.url("/a.html"), publisher) == "too-large"

    def test_endless_body_is_cut_off(self, site, fetcher, publisher):
        def endless(request):
            request.send_response(200)
            request.end_headers()
            while True:
                request.wfile.write(b"x" * 65536)

        site.answers["/a.html"] = endless

        assert fails(fetcher, site.url("/a.html"), publisher) == "too-large"

    def test_small_body_that_inflates_beyond_the_limit_is_refused(self, site, fetcher, publisher):
        site.put("/a.html", gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip")

        assert fails(fetcher, site.url("/a.html"), publisher) == "too-large"

    def test_unknown_coding_is_named(self, site, fetcher, publisher):
        site.put("/a.html", b"x", Content_Encoding="pack200")

        assert fails(fetcher, site.url("/a.html"), publisher) == "bad-encoding"

    def test_body_shorter_than_said_is_broken(self, site, fetcher, publisher):
        site.put("/a.html", b"short", Content_Length="5000")

        assert fails(fetcher, site.url("/a.html"), publisher) == "broken-response"

    def test_dripping_body_ends_at_the_total_limit(self, site, publisher):
        def drip(request):
            request.send_response(200)
            request.end_headers()
            for _ in range(100):
                request.wfile.write(b"x")
                request.wfile.flush()
                time.sleep(0.05)

        site.answers["/a.html"] = drip
        before = time.monotonic()

        with Fetcher(site.connect_to, limits=Limits(read=1.0, total=0.4, attempts=1)) as fetcher:
            assert fails(fetcher, site.url("/a.html"), publisher) == "timeout"

        assert time.monotonic() - before < 2

    def test_closed_port_is_unreachable(self, publisher):
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            closed = {"site.example": f"127.0.0.1:{held.getsockname()[1]}"}

            with Fetcher(closed, limits=Limits(attempts=1)) as fetcher:
                assert fails(fetcher, "http://site.example/a.html", publisher) == "robots-unreachable"
