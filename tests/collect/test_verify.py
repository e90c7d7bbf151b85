"""Verifying the archive: whole ones are told whole, every damage has a name, and the index can be made anew."""

import gzip
import shutil
from datetime import UTC, date, datetime

import polars as pl
import pytest
from deltalake import write_deltalake

from qzetl.collect.archive import Archive
from qzetl.collect.capture import Capture, Exchange
from qzetl.collect.verify import verify_archive
from qzetl.errors import ArchiveError

MOMENT = datetime(2024, 2, 19, 1, 2, 3, tzinfo=UTC)
EXCHANGE = Exchange(b"GET / HTTP/1.1", ((b"Host", b"gov.example"),), b"HTTP/1.1 200 OK", ((b"ETag", b'"1"'),), via="x")


def page(number, body=None):
    uri = f"http://gov.example/{number}.html"
    return Capture(uri, "gov", date(2024, 2, 19), MOMENT, body or b"<p>%d</p>" % number, "text/html")


@pytest.fixture
def root(tmp_path):
    with Archive(tmp_path / "archive") as archive:
        for number in range(5):
            archive.add(page(number), EXCHANGE)
        archive.add(Capture("file:a.txt", "input", date(2024, 2, 19), MOMENT, b"text", "text/plain"))
    return tmp_path / "archive"


def verify(root):
    with Archive(root) as archive:
        return verify_archive(archive)


def volume(root):
    return next((root / "warc" / "gov").rglob("*.warc.gz"))


def test_whole_archive_is_told_whole(root):
    found = verify(root)

    assert (found.ok, found.faults) == (True, ())
    assert (found.files, found.records, found.captures) == (2, 2 + 15 + 1, 6)


def test_bytes_behind_the_last_record_are_told(root):
    with volume(root).open("ab") as stream:
        stream.write(b"\x1f\x8b\x08\x00half a record")

    found = verify(root)

    assert ([fault.name for fault in found.faults], found.ok) == (["cut-off"], False)


def test_bytes_that_changed_are_told(root):
    path = volume(root)
    records = [b"WARC/1.1\r\n" + one for one in gzip.decompress(path.read_bytes()).split(b"WARC/1.1\r\n")[1:]]
    path.write_bytes(b"".join(gzip.compress(one.replace(b"<p>0</p>", b"<p>9</p>")) for one in records))

    assert "digest" in [fault.name for fault in verify(root).faults]


def test_flipped_bits_are_told_or_change_nothing(root):
    path = volume(root)
    whole = path.read_bytes()
    with Archive(root) as archive:
        for at in range(0, len(whole), 61):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])

            # A gzip header has bytes that say nothing of the content, such as its time.
            assert not verify_archive(archive).ok or gzip.decompress(path.read_bytes()) == gzip.decompress(whole)


def test_capture_without_a_row_and_row_without_a_capture_are_told_and_mended(root):
    shutil.rmtree(root / "index")
    lost = verify(root)
    with Archive(root) as archive:
        kept = archive.reindex()
    whole = verify(root)
    volume(root).unlink()
    gone = verify(root)

    assert {fault.name for fault in lost.faults} == {"not-indexed"}
    assert (kept, whole.faults) == (6, ())
    assert [fault.name for fault in gone.faults] == ["no-record"] * 5


def test_row_of_another_capture_is_told(root):
    shutil.rmtree(root / "warc" / "gov")
    with Archive(root) as archive:
        for number in range(5, 10):
            archive.add(page(number), EXCHANGE)

    names = {fault.name for fault in verify(root).faults}

    assert names & {"other-record", "no-record"}


def test_body_that_is_there_twice_is_told_and_is_no_fault(root):
    with Archive(root) as archive:
        archive.add(page(0))

    found = verify(root)

    assert ([fault.name for fault in found.faults], found.ok) == (["twice"], True)


def test_archive_that_is_being_written_is_verified_meanwhile(root):
    with Archive(root) as writer:
        writer.add(page(7))

        assert verify(root).faults == ()
        with Archive(root) as other, pytest.raises(ArchiveError, match="is being written"):
            other.reindex()


def test_index_of_an_older_kind_says_how_to_mend_it(root):
    table = str(root / "index")
    write_deltalake(table, pl.read_delta(table).drop("role"), mode="overwrite", schema_mode="overwrite")

    with Archive(root) as archive, pytest.raises(ArchiveError, match="qzetl archive reindex"):
        archive.partitions()
    with Archive(root) as archive:
        archive.reindex()

    assert verify(root).ok
