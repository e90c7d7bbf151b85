"""WARC files from elsewhere: their pages as captures, each with the moment at which it was fetched."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from qzetl.collect.capture import BODY_LIMIT, Capture, day_of
from qzetl.collect.coding import decode_body, unchunk
from qzetl.collect.gzipped import GZIP_MAGIC, is_whole, member_ends
from qzetl.collect.outcome import Outcome
from qzetl.collect.publisher import INPUT, Publisher, publisher_of
from qzetl.collect.wanted import Wanted
from qzetl.errors import InputError

__all__ = ["Reading", "read_warc"]

_PAGES = (WarcRecordType.response, WarcRecordType.resource)
_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown"})
_OK = 200
_RECORD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Reading:
    """How WARC files are read: whose pages they are where no publisher's host says it, and which pages are wanted.

    `moment` dates what has no date of its own.
    """

    moment: datetime
    publishers: Mapping[str, Publisher] = field(default_factory=dict)
    owner: Publisher = INPUT
    wanted: Wanted = field(default_factory=Wanted)


def read_warc(path: Path, uri: str, reading: Reading) -> Iterator[Capture | Outcome]:
    """Yield a capture for each page (response or resource record of a text type), an `Outcome` for each other one.

    Pages that are not wanted are counted, and told at the end in one outcome ``skipped`` under the file's own `uri`. A
    file that breaks off or is damaged gives what stands before the damage, then the outcome ``broken-warc``.
    """
    seen = last = 0
    unwanted: Counter[str] = Counter()
    reason = None
    try:
        with path.open("rb") as again:
            for record in ArchiveIterator(str(path), parse_http=False, fsspec_args=False):
                if record.record_type in _PAGES and (found := _page(record, reading, unwanted)) is not None:
                    _refuse_damaged(again, record)
                    yield found
                seen += 1
                last = record.stream_pos
        reason = None if seen else "it has no records"
        if seen and not _ends_whole(path, last):
            reason = "its end is cut off"
    except (OSError, ValueError) as error:
        reason = str(error)
    except _CutOffError:
        reason = "the next one is cut off"
    day = day_of(reading.moment)
    if unwanted:
        told = ", ".join(f"{count:,} by {why}" for why, count in sorted(unwanted.items()))
        yield Outcome(reading.owner.id, day, uri, "skipped", f"{path}: {told} of {seen:,} records are not wanted")
    if reason is not None:
        message = f"{path} is broken after {seen} whole records ({reason}); fetch or copy it again"
        yield Outcome(reading.owner.id, day, uri, "broken-warc", message)


class _CutOffError(Exception):
    """A record has fewer bytes than it says; fastwarc hands such a record out without complaint."""


def _refuse_damaged(stream: BinaryIO, record: WarcRecord) -> None:
    """Raise `OSError` where a record's gzip member does not match its checksum, which fastwarc looks at too late.

    Asked for pages that are wanted alone, so that filtering an archive stays as fast.
    """
    if not is_whole(stream, record.stream_pos):
        msg = "a checksum is wrong or missing"
        raise OSError(msg)


def _ends_whole(path: Path, last: int) -> bool:
    """Return whether the file is complete from its `last` record on; fastwarc is silent about a tail that is not."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(last)
        if stream.read(len(GZIP_MAGIC)) != GZIP_MAGIC:
            stream.seek(-len(_RECORD_END), os.SEEK_END)
            return stream.read() == _RECORD_END
        stream.seek(last)
        return max(member_ends(stream), default=0) == size


def _page(record: WarcRecord, reading: Reading, unwanted: Counter[str]) -> Capture | Outcome | None:
    """Return the page of a record, what it is instead, or None where it is not wanted, which is counted."""
    uri = (record.headers.get("WARC-Target-URI") or "").strip(" <>")
    if reading.wanted.sites and not reading.wanted.takes_site(uri):
        unwanted["site"] += 1
        return None
    if record.is_http:
        record.parse_http()
    length = record.content_length
    raw = bytes(record.reader.read(min(length, BODY_LIMIT + 1)))
    if len(raw) < min(length, BODY_LIMIT + 1) or not uri:
        raise _CutOffError
    try:
        if reading.wanted and (why := _refused(record, raw, reading.wanted)) is not None:
            unwanted[why] += 1
            return None
        content_type, body = _content(record, raw)
        fault = None
    except InputError as error:
        content_type, body, fault = "", b"", error
    publisher = _publisher(uri, reading)
    retrieved = (record.record_date or reading.moment).astimezone(UTC).replace(microsecond=0)
    if fault is not None:
        return Outcome(publisher, day_of(retrieved), uri, fault.outcome, f"{uri}: {fault}")
    return Capture(uri, publisher, day_of(retrieved), retrieved, body, content_type)


def _publisher(uri: str, reading: Reading) -> str:
    found = publisher_of(uri, reading.publishers)
    return reading.owner.id if found is INPUT else found.id


def _refused(record: WarcRecord, raw: bytes, wanted: Wanted) -> str | None:
    """Return why a record is not wanted; one that is no page was never meant."""
    http = record.http_headers
    if http is not None and http.status_code != _OK:
        return "status"
    if not (wanted.languages or wanted.words):
        return None
    coded = raw[:2] == GZIP_MAGIC or (http is not None and "chunked" in (http.get("Transfer-Encoding") or "").lower())
    return wanted.refuses(_content(record, raw)[1] if coded else raw)


def _content(record: WarcRecord, raw: bytes) -> tuple[str, bytes]:
    """Return the content type and the decoded body; raises `InputError` where the record is no page that is read."""
    http = record.http_headers
    length = record.content_length
    if http is not None and http.status_code != _OK:
        raise InputError(outcome="skipped", message=f"it was answered with status {http.status_code}")
    if http is None and record.record_type == WarcRecordType.response:
        raise InputError(outcome="skipped", message="it is no answer over HTTP")
    given = " ".join(str((record.headers if http is None else http).get("Content-Type") or "").split())
    if given and given.split(";")[0].strip().lower() not in _TYPES:
        raise InputError(outcome="skipped", message=f"it is {given}, which is no page")
    if length > BODY_LIMIT:
        raise InputError(
            outcome="too-large", message=f"it has {length:,} bytes, more than an article can have ({BODY_LIMIT:,})"
        )
    body = raw if http is None else _decoded(raw, http.get("Transfer-Encoding"), http.get("Content-Encoding"))
    if not body.strip():
        raise InputError(outcome="empty", message="it has no body")
    return given, body


def _decoded(raw: bytes, transfer: str | None, content: str | None) -> bytes:
    """Undo what a server did to the body; writers that undid it already may have left the headers standing."""
    if transfer and "chunked" in transfer.lower():
        raw = unchunk(raw)
    compressed = raw[:2] == b"\x1f\x8b" or (content or "").strip().lower() == "deflate"
    return decode_body(raw, content or "", BODY_LIMIT) if compressed else decode_body(raw, "", BODY_LIMIT)
