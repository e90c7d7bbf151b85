"""WARC 1.1 records: from a capture to bytes and back. Which file they go to is the archive's business.

HTTP answers become ``response`` records (with a ``request`` record behind them where the request is known), local files
``resource`` records; each record is a gzip member of its own, so that it can be read by its offset alone. Behind a
response stand its ``request``, and a ``metadata`` record that says which page named it and how long it took; a file
begins with a ``warcinfo``. Fields of our own, allowed by the standard's section on extension fields, keep the partition
beside the bytes: ``Qzetl-Publisher``, ``Qzetl-Day``, and ``Qzetl-Role`` for lists.

fastwarc was preferred to warcio: measured on 500 records of 100 kB it writes in 0.33 s against 0.43 s, reads one by its
offset in 80 microseconds, and scans twice as fast.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

import qzetl
from qzetl.collect.capture import ARTICLE, LIST, Capture, Exchange, Position, Validators
from qzetl.collect.gzipped import member_ends
from qzetl.errors import ArchiveError

__all__ = ["capture_of", "read_capture_at", "record_bytes", "volume_head", "whole_records"]

_PUBLISHER = "Qzetl-Publisher"
_DAY = "Qzetl-Day"
_ROLE = "Qzetl-Role"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:qzetl:capture")


def volume_head(name: str, begun: datetime) -> bytes:
    """Return the ``warcinfo`` record with which the file `name` begins."""
    record = WarcRecord()
    record.init_headers(WarcRecordType.warcinfo)
    record.headers["WARC-Record-ID"] = f"<{uuid.uuid5(_SPACE, name).urn}>"
    record.headers["WARC-Date"] = _moment(begun)
    record.headers["WARC-Filename"] = name
    record.headers["Content-Type"] = "application/warc-fields"
    fields = {
        "software": f"qzetl/{qzetl.__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "obey",
    }
    record.set_bytes_content(_fields(fields))
    return _member(record)


def record_bytes(capture: Capture, exchange: Exchange | None = None) -> bytes:
    """Return the capture's records, the one with the body first, ready to be appended to a ``.warc.gz`` file."""
    identity = f"{capture.publisher} {capture.uri} {capture.retrieved.isoformat()} {capture.digest}"
    target = f"<{uuid.uuid5(_SPACE, identity).urn}>"
    if capture.uri.startswith("file:"):
        record = _record(WarcRecordType.resource, capture, target, capture.content_type or "application/octet-stream")
        record.set_bytes_content(capture.body)
        return _member(record)
    record = _record(WarcRecordType.response, capture, target, "application/http; msgtype=response")
    if exchange is not None and exchange.address:
        record.headers["WARC-IP-Address"] = exchange.address
    record.set_bytes_content(_response_head(capture, exchange) + capture.body)
    if exchange is None:
        return _member(record)
    request = _beside(WarcRecordType.request, capture, target, "application/http; msgtype=request")
    request.set_bytes_content(_head(exchange.request_line, exchange.request_headers))
    told = {"via": exchange.via, "fetchTimeMs": "" if exchange.milliseconds is None else str(exchange.milliseconds)}
    metadata = _beside(WarcRecordType.metadata, capture, target, "application/warc-fields")
    metadata.set_bytes_content(_fields({key: value for key, value in told.items() if value}))
    return _member(record) + _member(request) + _member(metadata)


def read_capture_at(stream: BinaryIO, position: Position) -> Capture:
    """Read the capture whose record begins at the stream's `position`; raises `ArchiveError` where there is none."""
    stream.seek(position.offset)
    try:
        record = next(iter(ArchiveIterator(stream, parse_http=True)), None)
        capture = None if record is None else capture_of(record, position)
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
            yield None if record is None else capture_of(record, Position(name, start)), end
            start = end


def _unreadable(position: Position, reason: str) -> ArchiveError:
    msg = f"{position.file} cannot be read at byte {position.offset} ({reason}); restore it from a backup"
    return ArchiveError(msg)


def _record(kind: WarcRecordType, capture: Capture, identity: str, content_type: str) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind)
    record.headers["WARC-Record-ID"] = identity
    record.headers["WARC-Target-URI"] = capture.uri
    record.headers["WARC-Date"] = _moment(capture.retrieved)
    record.headers["Content-Type"] = content_type
    record.headers[_PUBLISHER] = capture.publisher
    record.headers[_DAY] = capture.day.isoformat()
    if capture.role != ARTICLE:
        record.headers[_ROLE] = capture.role
    return record


def _beside(kind: WarcRecordType, capture: Capture, target: str, content_type: str) -> WarcRecord:
    """Return a record that belongs to the one whose id is `target`."""
    record = _record(kind, capture, f"<{uuid.uuid5(_SPACE, f'{kind} {target}').urn}>", content_type)
    record.headers["WARC-Concurrent-To"] = target
    return record


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _fields(fields: Mapping[str, str]) -> bytes:
    return "".join(f"{key}: {' '.join(value.split())}\r\n" for key, value in fields.items()).encode()


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
    known = capture.validators
    told = (("Content-Type", capture.content_type), ("ETag", known.etag), ("Last-Modified", known.last_modified))
    headers = tuple((name.encode(), value.encode("latin-1", "replace")) for name, value in told if value)
    return _head(b"HTTP/1.1 %d " % capture.status, headers)


def capture_of(record: WarcRecord, position: Position) -> Capture | None:
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
    validators = (
        Validators(http.get("ETag") or "", http.get("Last-Modified") or "") if http is not None else Validators()
    )
    return Capture(
        uri=str(uri),
        publisher=str(publisher),
        day=date.fromisoformat(str(day)),
        retrieved=moment.astimezone(UTC),
        body=body,
        content_type=str(given),
        status=200 if http is None else (http.status_code or 0),
        position=position,
        role=LIST if record.headers.get(_ROLE) == LIST else ARTICLE,
        validators=validators,
    )
