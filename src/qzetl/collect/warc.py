"""WARC 1.1 records: from a capture to bytes and back. Which file they go to is the archive's business.

HTTP answers become ``response`` records (with a ``request`` record behind them where the request is known), local files
``resource`` records; each record is a gzip member of its own, so that it can be read by its offset alone. Two fields
of our own, allowed by the standard's section on extension fields, keep the partition beside the bytes:
``Qzetl-Publisher`` and ``Qzetl-Day``. fastwarc was preferred to warcio: measured on 500 records of 100 kB it writes in
0.33 s against 0.43 s, reads one by its offset in 80 microseconds, and scans twice as fast.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from qzetl.collect.capture import Capture, Exchange, Position
from qzetl.collect.gzipped import member_ends
from qzetl.errors import ArchiveError

__all__ = ["read_capture_at", "record_bytes", "whole_records"]

_PUBLISHER = "Qzetl-Publisher"
_DAY = "Qzetl-Day"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:qzetl:capture")


def record_bytes(capture: Capture, exchange: Exchange | None = None) -> bytes:
    """Return the capture's records, the one with the body first, ready to be appended to a ``.warc.gz`` file."""
    identity = f"{capture.publisher} {capture.uri} {capture.retrieved.isoformat()} {capture.digest}"
    target = f"<{uuid.uuid5(_SPACE, identity).urn}>"
    if capture.uri.startswith("file:"):
        record = _record(WarcRecordType.resource, capture, target, capture.content_type or "application/octet-stream")
        record.set_bytes_content(capture.body)
        return _member(record)
    record = _record(WarcRecordType.response, capture, target, "application/http; msgtype=response")
    record.set_bytes_content(_response_head(capture, exchange) + capture.body)
    written = _member(record)
    if exchange is not None:
        beside = f"<{uuid.uuid5(_SPACE, 'request ' + identity).urn}>"
        request = _record(WarcRecordType.request, capture, beside, "application/http; msgtype=request")
        request.headers["WARC-Concurrent-To"] = target
        request.set_bytes_content(_head(exchange.request_line, exchange.request_headers))
        written += _member(request)
    return written


def read_capture_at(stream: BinaryIO, position: Position) -> Capture:
    """Read the capture whose record begins at the stream's `position`; raises `ArchiveError` where there is none."""
    stream.seek(position.offset)
    try:
        record = next(iter(ArchiveIterator(stream, parse_http=True)), None)
        capture = None if record is None else _capture(record, position)
    except (OSError, ValueError) as error:
        raise _unreadable(position, str(error)) from error
    if capture is None:
        raise _unreadable(position, "no whole record of this archive begins there")
    return capture


def whole_records(path: Path, name: str) -> Iterator[tuple[Capture | None, int]]:
    """Yield what each whole gzip member of `path` holds, and the offset where the member ends.

    A capture for the records that have a body of ours, None for the others (requests). Stops before the first member
    that is cut off or broken, so the last offset is where the readable part of a file ends. `name` is the file's name
    relative to the archive.
    """
    start = 0
    with path.open("rb") as ends, path.open("rb") as stream:
        for end in member_ends(ends):
            stream.seek(start)
            record = next(iter(ArchiveIterator(io.BytesIO(stream.read(end - start)), parse_http=True)), None)
            yield None if record is None else _capture(record, Position(name, start)), end
            start = end


def _unreadable(position: Position, reason: str) -> ArchiveError:
    msg = f"{position.file} cannot be read at byte {position.offset} ({reason}); restore it from a backup"
    return ArchiveError(msg)


def _record(kind: WarcRecordType, capture: Capture, identity: str, content_type: str) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind)
    record.headers["WARC-Record-ID"] = identity
    record.headers["WARC-Target-URI"] = capture.uri
    record.headers["WARC-Date"] = capture.retrieved.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    record.headers["Content-Type"] = content_type
    record.headers[_PUBLISHER] = capture.publisher
    record.headers[_DAY] = capture.day.isoformat()
    return record


def _member(record: WarcRecord) -> bytes:
    buffer = io.BytesIO()
    writer = GzipWriter(buffer)
    record.write(writer, checksum_data=True)
    writer.close()
    return buffer.getvalue()


def _head(first: bytes, headers: tuple[tuple[bytes, bytes], ...]) -> bytes:
    return b"\r\n".join([first, *(name + b": " + value for name, value in headers), b"", b""])


def _response_head(capture: Capture, exchange: Exchange | None) -> bytes:
    if exchange is not None:
        return _head(exchange.status_line, exchange.response_headers)
    headers = ((b"Content-Type", capture.content_type.encode("latin-1", "replace")),) if capture.content_type else ()
    return _head(b"HTTP/1.1 %d " % capture.status, headers)


def _capture(record: WarcRecord, position: Position) -> Capture | None:
    """Return the record as the capture that it was, None where it is another's record or cut off."""
    publisher, day, moment = record.headers.get(_PUBLISHER), record.headers.get(_DAY), record.record_date
    uri = record.headers.get("WARC-Target-URI")
    http = record.http_headers if record.record_type == WarcRecordType.response else None
    known = record.record_type == WarcRecordType.resource or http is not None
    if not (known and publisher and day and uri and isinstance(moment, datetime)):
        return None
    length = record.content_length
    body = bytes(record.reader.read())
    if len(body) != length:
        return None
    given = (http.get("Content-Type") or "") if http is not None else record.headers.get("Content-Type")
    return Capture(
        uri=str(uri),
        publisher=str(publisher),
        day=date.fromisoformat(str(day)),
        retrieved=moment.astimezone(UTC),
        body=body,
        content_type=str(given),
        status=200 if http is None else (http.status_code or 0),
        position=position,
    )
