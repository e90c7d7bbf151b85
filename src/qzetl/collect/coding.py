"""Undoing the codings of an HTTP body, never beyond a limit: a small answer may inflate to gigabytes."""

from __future__ import annotations

import re
import zlib

from qzetl.errors import InputError

__all__ = ["ACCEPTED", "decode_body", "unchunk"]

ACCEPTED = "gzip, deflate"
"""The codings that `decode_body` undoes, as an ``Accept-Encoding`` header names them."""

_CHUNK_HEAD = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r\n")
_ANY_ZLIB = 47  # window of 32 KiB, header of gzip or zlib told apart by zlib itself
_RAW_DEFLATE = -15  # some servers send deflate without zlib's header


def decode_body(raw: bytes, content_encoding: str, limit: int) -> bytes:
    """Return `raw` without its content codings, at most `limit` bytes.

    Raises `InputError`: ``too-large`` beyond the limit, ``bad-encoding`` for an unknown coding or broken bytes.
    """
    body = raw
    for name in reversed([part.strip().lower() for part in content_encoding.split(",") if part.strip()]):
        if name in {"gzip", "x-gzip", "deflate"}:
            body = _inflate(body, limit)
        elif name not in {"identity", "none", "utf-8"}:
            raise InputError(outcome="bad-encoding", message=f"its content coding {name!r} is unknown")
    if len(body) > limit:
        raise _too_large(limit)
    return body


def unchunk(raw: bytes) -> bytes:
    """Return a body without its chunked transfer coding (RFC 9112); WARC files of some writers keep it.

    Raises `InputError` ``bad-encoding`` where the chunks are broken or end early.
    """
    parts: list[bytes] = []
    start = 0
    while True:
        head = _CHUNK_HEAD.match(raw, start)
        size = int(head[1], 16) if head else 0
        if head and not size:
            return b"".join(parts)
        start = head.end() + size if head else start
        if head is None or raw[start : start + 2] != b"\r\n":
            raise InputError(outcome="bad-encoding", message=f"its chunks are broken at byte {start}")
        parts.append(raw[start - size : start])
        start += 2


def _too_large(limit: int) -> InputError:
    return InputError(outcome="too-large", message=f"its body is larger than {limit:,} bytes")


def _inflate(raw: bytes, limit: int) -> bytes:
    if not raw:
        return raw
    try:
        return _inflate_as(_ANY_ZLIB, raw, limit)
    except zlib.error:
        pass
    try:
        return _inflate_as(_RAW_DEFLATE, raw, limit)
    except zlib.error as error:
        raise InputError(outcome="bad-encoding", message=f"its compressed body is broken ({error})") from error


def _inflate_as(window: int, raw: bytes, limit: int) -> bytes:
    inflater = zlib.decompressobj(wbits=window)
    body = inflater.decompress(raw, limit + 1)
    if len(body) > limit:
        raise _too_large(limit)
    if not inflater.eof:
        msg = "it ends early"
        raise zlib.error(msg)
    return body
