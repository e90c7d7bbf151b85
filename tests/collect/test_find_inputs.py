"""Files that a user hands in: pages, folders, WARC files, and what is none of them."""

import gzip
import io
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType
from hypothesis import given
from hypothesis import strategies as st

from qzetl.collect.capture import BODY_LIMIT, Capture
from qzetl.collect.files import find_inputs
from qzetl.collect.outcome import Outcome
from qzetl.collect.publisher import Publisher

NOW = datetime(2024, 2, 18, 17, 0, 0, 123456, tzinfo=UTC)  # already the 19th in Asia/Shanghai
PAGE = b"<html><body><p>text</p></body></html>"


def find(*paths, publishers=None):
    return list(find_inputs(paths, NOW, publishers))


def fates(found):
    return [(one.uri, one.outcome if isinstance(one, Outcome) else "capture") for one in found]


def record(
    uri, payload, head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html", *, kind=WarcRecordType.response, content_type=None
):
    made = WarcRecord()
    made.init_headers(kind)
    made.headers["WARC-Target-URI"] = uri
    made.headers["WARC-Date"] = "2023-12-31T23:00:00Z"
    made.headers["Content-Type"] = content_type or "application/http; msgtype=response"
    made.set_bytes_content(payload if kind == WarcRecordType.resource else head + b"\r\n\r\n" + payload)
    buffer = io.BytesIO()
    writer = GzipWriter(buffer)
    made.write(writer)
    writer.close()
    return buffer.getvalue()


class TestFiles:
    def test_file_is_a_capture_of_the_day_it_came(self, tmp_path):
        (tmp_path / "a.html").write_bytes(PAGE)

        assert find(tmp_path / "a.html") == [
            Capture(
                uri="file:a.html",
                publisher="input",
                day=date(2024, 2, 19),
                retrieved=NOW.replace(microsecond=0),
                body=PAGE,
                content_type="text/html",
            )
        ]

    def test_folder_is_walked_in_order_and_nothing_is_silent(self, tmp_path):
        for name in ("b.txt", "a/z.md", "a/照片.jpg", "a/b/页.HTM", ".git/x.html", "a/.hidden.html"):
            path = tmp_path / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(PAGE)

        assert fates(find(tmp_path / "in")) == [
            ("file:in/b.txt", "capture"),
            ("file:in/a/z.md", "capture"),
            ("file:in/a/%E7%85%A7%E7%89%87.jpg", "skipped"),
            ("file:in/a/b/%E9%A1%B5.HTM", "capture"),
        ]

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
    def test_folder_that_cannot_be_listed_is_named(self, tmp_path):
        (tmp_path / "in" / "closed").mkdir(parents=True)
        (tmp_path / "in" / "closed").chmod(0)

        assert fates(find(tmp_path / "in")) == [("file:in/closed", "unreadable")]

    def test_uri_does_not_depend_on_where_the_folder_lies(self, tmp_path, monkeypatch):
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a.html").write_bytes(PAGE)
        monkeypatch.chdir(tmp_path / "in")

        assert {
            capture.uri for path in ("a.html", "./a.html", tmp_path / "in" / "a.html") for capture in find(Path(path))
        } == {"file:a.html"}
        assert [capture.uri for capture in find(Path())] == ["file:in/a.html"]
        assert [capture.uri for capture in find(Path("../in"))] == ["file:in/a.html"]

    def test_two_files_of_one_name_are_told_apart(self, tmp_path):
        for name in ("x/a.html", "y/a.html"):
            (tmp_path / name).parent.mkdir()
            (tmp_path / name).write_bytes(name.encode())

        found = find(tmp_path / "x/a.html", tmp_path / "y/a.html", tmp_path / "x/a.html")

        assert [(capture.uri, capture.body) for capture in found[:2]] == [
            ("file:a.html", b"x/a.html"),
            ("file:y/a.html", b"y/a.html"),
        ]

    @pytest.mark.parametrize(
        ("name", "body", "outcome"),
        [
            ("a.html", b"", "empty"),
            ("a.txt", b" \n ", "empty"),
            ("a.pdf", PAGE, "unsupported"),
            ("a", PAGE, "unsupported"),
        ],
    )
    def test_bad_file_is_named(self, tmp_path, name, body, outcome):
        (tmp_path / name).write_bytes(body)
        (tmp_path / "good.html").write_bytes(PAGE)

        bad, good = find(tmp_path / name, tmp_path / "good.html")

        assert (bad.outcome, bad.ok) == (outcome, False)
        assert str(tmp_path / name) in bad.message
        assert isinstance(good, Capture)

    def test_missing_path_is_named(self, tmp_path):
        (missing,) = find(tmp_path / "nowhere")

        assert (missing.outcome, missing.uri) == ("not-found", "file:nowhere")

    def test_huge_file_is_not_even_read(self, tmp_path):
        with (tmp_path / "a.html").open("wb") as stream:
            stream.truncate(BODY_LIMIT + 1)

        assert fates(find(tmp_path / "a.html")) == [("file:a.html", "too-large")]

    def test_special_file_is_unsupported(self, tmp_path):
        os.mkfifo(tmp_path / "a.html")

        assert fates(find(tmp_path / "a.html")) == [("file:a.html", "unsupported")]


class TestWarc:
    def test_pages_keep_their_address_moment_and_publisher(self, tmp_path):
        (tmp_path / "a.warc.gz").write_bytes(
            record("http://gov.example/a.html", PAGE) + record("http://else.example/b.html", PAGE)
        )
        gov = Publisher(id="gov", name="gov", hosts=("gov.example",))

        first, second = find(tmp_path / "a.warc.gz", publishers={"gov": gov})

        assert (first.uri, first.publisher, first.body) == ("http://gov.example/a.html", "gov", PAGE)
        assert first.retrieved == datetime(2023, 12, 31, 23, tzinfo=UTC)
        assert first.day == date(2024, 1, 1)
        assert second.publisher == "input"

    def test_resource_records_and_uncompressed_files_are_read(self, tmp_path):
        raw = record("urn:x:1", b"text", kind=WarcRecordType.resource, content_type="text/plain")
        (tmp_path / "a.warc").write_bytes(gzip.decompress(raw))

        (capture,) = find(tmp_path / "a.warc")

        assert (capture.uri, capture.body, capture.content_type) == ("urn:x:1", b"text", "text/plain")

    def test_codings_left_in_the_file_are_undone(self, tmp_path):
        packed = gzip.compress(PAGE)
        chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked"
        (tmp_path / "a.warc.gz").write_bytes(record("http://a.example/", chunked, head))

        assert [capture.body for capture in find(tmp_path / "a.warc.gz")] == [PAGE]

    def test_what_is_no_page_is_told(self, tmp_path):
        (tmp_path / "a.warc.gz").write_bytes(
            record("http://a.example/1", b"no", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html")
            + record("http://a.example/2", b"\xff\xd8", b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg")
            + record("http://a.example/3", b"")
            + record("http://a.example/4", PAGE)
        )

        assert [outcome for _, outcome in fates(find(tmp_path / "a.warc.gz"))] == [
            "skipped",
            "skipped",
            "empty",
            "capture",
        ]

    @pytest.mark.parametrize("kept", [3, 40, -60])
    def test_cut_off_file_gives_what_is_whole_and_says_so(self, tmp_path, kept):
        whole, cut = record("http://a.example/1", PAGE), record("http://a.example/2", os.urandom(500))
        (tmp_path / "a.warc.gz").write_bytes(whole + cut[:kept])

        assert fates(find(tmp_path / "a.warc.gz")) == [
            ("http://a.example/1", "capture"),
            ("file:a.warc.gz", "broken-warc"),
        ]

    def test_file_without_its_last_checksum_is_broken(self, tmp_path):
        (tmp_path / "a.warc.gz").write_bytes(record("http://a.example/1", PAGE)[:-3])

        assert fates(find(tmp_path / "a.warc.gz")) == [("file:a.warc.gz", "broken-warc")]

    def test_uncompressed_file_that_breaks_off_is_broken(self, tmp_path):
        raw = gzip.decompress(record("http://a.example/1", PAGE))
        (tmp_path / "a.warc").write_bytes(raw + raw[:20])

        assert fates(find(tmp_path / "a.warc"))[-1] == ("file:a.warc", "broken-warc")

    @pytest.mark.parametrize(
        "body", [b"", b"not a WARC at all", gzip.compress(b"nor is this", mtime=0), b"\x1f\x8b\x08\x00garbage"]
    )
    def test_what_is_no_warc_is_broken(self, tmp_path, body):
        (tmp_path / "a.warc.gz").write_bytes(body)

        assert fates(find(tmp_path / "a.warc.gz")) == [("file:a.warc.gz", "broken-warc")]

    @given(cut=st.integers(0, 2000), noise=st.binary(min_size=1, max_size=40))
    def test_damage_never_raises_and_is_never_taken_for_a_page(self, tmp_path_factory, cut, noise):
        pages = {f"http://a.example/{number}": bytes([65 + number]) * 300 for number in range(4)}
        raw = bytearray(b"".join(record(uri, body) for uri, body in pages.items()))
        raw[cut % len(raw) : cut % len(raw) + len(noise)] = noise
        path = tmp_path_factory.mktemp("warc") / "a.warc.gz"
        path.write_bytes(raw)

        for one in find(path):
            assert isinstance(one, Outcome) or one.body == pages.get(one.uri)
