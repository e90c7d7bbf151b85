"""The archive: what goes in comes out, by position, by partition, after a kill, and beside other writers."""

import gzip
import multiprocessing
import os
import signal
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import given
from hypothesis import strategies as st

from qzetl.collect.archive import Archive
from qzetl.collect.capture import Capture, Exchange, Position
from qzetl.errors import ArchiveError

DAY = date(2024, 2, 19)
MOMENT = datetime(2024, 2, 19, 1, 2, 3, tzinfo=UTC)


def page(uri="http://gov.example/a.html", body=b"<p>text</p>", **fields):
    return Capture(
        **{"uri": uri, "publisher": "gov", "day": DAY, "retrieved": MOMENT, "body": body, "content_type": "text/html"}
        | fields
    )


def test_capture_comes_back_by_its_position(tmp_path):
    with Archive(tmp_path) as archive:
        first = archive.add(page())
        second = archive.add(page("file:folder/%E6%96%87.txt", "文本".encode(), content_type="text/plain"))

    with Archive(tmp_path) as archive:
        assert archive.read(first.position) == first
        assert archive.read(second.position) == second


@given(
    body=st.binary(min_size=1, max_size=5000),
    content_type=st.sampled_from(["", "text/html", "text/html; charset=gb2312"]),
    moment=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - hypothesis wants bounds without a zone
)
def test_any_body_comes_back_byte_for_byte(tmp_path_factory, body, content_type, moment):
    given_page = page(body=body, content_type=content_type, retrieved=moment.replace(microsecond=0, tzinfo=UTC))

    with Archive(tmp_path_factory.mktemp("archive")) as archive:
        assert archive.read(archive.add(given_page).position) == replace(
            given_page, position=archive.find("gov", given_page.uri, given_page.digest).position
        )


def test_partition_holds_each_body_of_each_page_once(tmp_path):
    later = MOMENT + timedelta(hours=1)
    with Archive(tmp_path) as archive:
        archive.add(page("http://gov.example/b.html"))
        archive.add(page("http://gov.example/a.html"))
        archive.add(page("http://gov.example/a.html", b"changed", retrieved=later))
        archive.add(page("http://gov.example/a.html", retrieved=later))
        archive.add(page("http://gov.example/other-day.html", day=date(2024, 2, 20)))

    with Archive(tmp_path) as archive:
        found = [(capture.uri[-6:], capture.body, capture.retrieved) for capture in archive.captures("gov", DAY)]
        partitions = archive.partitions()

    assert found == [
        ("a.html", b"<p>text</p>", MOMENT),
        ("a.html", b"changed", later),
        ("b.html", b"<p>text</p>", MOMENT),
    ]
    assert partitions == [("gov", DAY), ("gov", date(2024, 2, 20))]


def test_known_body_is_found_under_its_first_day(tmp_path):
    with Archive(tmp_path) as archive:
        kept = archive.add(page())
    with Archive(tmp_path) as archive:
        assert archive.find("gov", kept.uri, kept.digest).day == DAY
        assert archive.find("gov", kept.uri, "0" * 64) is None
        assert archive.find("other", kept.uri, kept.digest) is None
        assert archive.latest("gov", kept.uri).digest == kept.digest


def test_file_is_a_warc_that_others_read(tmp_path):
    exchange = Exchange(
        b"GET /a.html HTTP/1.1",
        ((b"Host", b"gov.example"),),
        b"HTTP/1.1 200 OK",
        ((b"Content-Type", b"text/html"), (b"ETag", b'"1"')),
    )
    with Archive(tmp_path) as archive:
        kept = archive.add(page(), exchange)

    records = list(ArchiveIterator(str(tmp_path / kept.position.file), parse_http=True, verify_digests=True))

    assert [str(record.record_type) for record in records] == ["warcinfo", "response", "request", "metadata"]
    assert records[1].headers["WARC-Target-URI"] == kept.uri
    assert records[1].http_headers["ETag"] == '"1"'
    assert [record.headers["WARC-Concurrent-To"] for record in records[2:]] == [records[1].record_id] * 2
    assert gzip.decompress((tmp_path / kept.position.file).read_bytes()).startswith(b"WARC/1.1\r\n")


def test_nothing_is_overwritten_by_a_second_run_of_the_same_second(tmp_path):
    with Archive(tmp_path) as first, Archive(tmp_path) as second:
        one, other = first.add(page(body=b"one")), second.add(page(body=b"other"))

    assert one.position.file != other.position.file
    with Archive(tmp_path) as archive:
        assert {capture.body for capture in archive.captures("gov", DAY)} == {b"one", b"other"}


def test_missing_file_is_named(tmp_path):
    with Archive(tmp_path) as archive, pytest.raises(ArchiveError, match=r"warc/gov/x\.warc\.gz.*backup"):
        archive.read(Position("warc/gov/x.warc.gz", 0))


def test_position_without_a_record_is_named(tmp_path):
    with Archive(tmp_path) as archive:
        kept = archive.add(page())
        with pytest.raises(ArchiveError, match="byte 3"):
            archive.read(Position(kept.position.file, 3))


def test_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(ArchiveError, match="QZETL_HOME"):
        Archive(tmp_path / "file")


def _write_until_killed(root: str, ready: "multiprocessing.connection.Connection") -> None:
    archive = Archive(Path(root))
    number = 0
    while True:
        archive.add(page(f"http://gov.example/{number}.html", os.urandom(3000)))
        number += 1
        if number == 50:
            ready.send(number)


@pytest.mark.slow
def test_killed_writer_loses_nothing_that_was_whole(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    writer = spawn.Process(target=_write_until_killed, args=(str(tmp_path), there), daemon=True)
    writer.start()
    assert here.poll(60)
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    writer.close()

    with Archive(tmp_path) as archive:
        found = list(archive.captures("gov", DAY))

    assert len(found) >= 50
    assert not list((tmp_path / "writing").iterdir())
    for file in tmp_path.rglob("*.warc.gz"):
        gzip.decompress(file.read_bytes())  # the half-written record at its end is gone


def test_half_a_record_at_the_end_is_cut_off(tmp_path):
    with Archive(tmp_path) as archive:
        first = archive.add(page("http://gov.example/1.html"))
        archive.add(page("http://gov.example/2.html"))
    file = tmp_path / first.position.file
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:200])
    (tmp_path / "writing" / file.name).touch()

    with Archive(tmp_path) as archive:
        assert len(list(archive.captures("gov", DAY))) == 2

    assert file.read_bytes() == whole


def test_living_writer_is_left_alone(tmp_path):
    with Archive(tmp_path) as writer:
        kept = writer.add(page())
        with Archive(tmp_path):
            assert (tmp_path / "writing" / Path(kept.position.file).name).exists()
        writer.add(page("http://gov.example/2.html"))

    with Archive(tmp_path) as archive:
        assert len(list(archive.captures("gov", DAY))) == 2
