"""WARC files from elsewhere: their pages as captures, each with the moment at which it was fetched."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from qzetl.collect.capture import BODY_LIMIT, Capture, day_of
from qzetl.collect.coding import decode_body, unchunk
from qzetl.collect.gzipped import GZIP_MAGIC, member_ends
from qzetl.collect.outcome import Outcome
from qzetl.collect.publisher import INPUT, Publisher, publisher_of
from qzetl.errors import InputError

__all__ = ["read_warc"]

_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown"})
_OK = 200
_RECORD_END = b"\r\n\r\n"


def read_warc(
    path: Path, uri: str, moment: datetime, publishers: Mapping[str, Publisher]
) -> Iterator[Capture | Outcome]:
    """Yield a capture for each page (response or resource record of a text type), an `Outcome` for each other one.

    A file that breaks off or is damaged gives what stands before the damage, then the outcome ``broken-warc`` under
    the file's own `uri`. `moment` dates such an outcome, and records without a date.
    """
    seen = last = 0
    try:
        for record in ArchiveIterator(str(path), parse_http=True, fsspec_args=False):
            if record.record_type in (WarcRecordType.response, WarcRecordType.resource):
                yield _page(record, moment, publishers)
            seen += 1
            last = record.stream_pos
        reason = None if seen else "it has no records"
        if seen and not _ends_whole(path, last):
            reason = "its end is cut off"
    except (OSError, ValueError) as error:
        reason = str(error)
    except _CutOffError:
        reason = "the next one is cut off"
    if reason is not None:
        message = f"{path} is broken after {seen} whole records ({reason}); fetch or copy it again"
        yield Outcome(publisher=INPUT.id, day=day_of(moment), uri=uri, outcome="broken-warc", message=message)


class _CutOffError(Exception):
    """A record has fewer bytes than it says; fastwarc hands such a record out without complaint."""


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


def _page(record: WarcRecord, moment: datetime, publishers: Mapping[str, Publisher]) -> Capture | Outcome:
    uri = str(record.headers.get("WARC-Target-URI") or "").strip(" <>")
    retrieved = (record.record_date or moment).astimezone(UTC).replace(microsecond=0)
    publisher = publisher_of(uri, publishers).id
    try:
        content_type, body = _content(record)
    except InputError as error:
        return Outcome(publisher, day_of(retrieved), uri, error.outcome, f"{uri}: {error}")
    return Capture(uri, publisher, day_of(retrieved), retrieved, body, content_type)


def _content(record: WarcRecord) -> tuple[str, bytes]:
    """Return the content type and the decoded body; raises `InputError` where the record is no page that is read."""
    http = record.http_headers
    length = record.content_length
    raw = bytes(record.reader.read(min(length, BODY_LIMIT + 1)))
    if len(raw) < min(length, BODY_LIMIT + 1) or not record.headers.get("WARC-Target-URI"):
        raise _CutOffError
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
