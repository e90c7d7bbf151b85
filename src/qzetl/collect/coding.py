"""Undoing the codings of an HTTP body, never beyond a limit: a small answer may inflate to gigabytes."""

from __future__ import annotations

import io
import zlib

from fastwarc.stream_io import ChunkedReader

from qzetl.errors import InputError

__all__ = ["ACCEPTED", "decode_body", "unchunk"]

ACCEPTED = "gzip, deflate"
"""The codings that `decode_body` undoes, as an ``Accept-Encoding`` header names them."""

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
    """Return a body without its chunked transfer coding; WARC files of some writers keep it."""
    try:
        return bytes(ChunkedReader(io.BytesIO(raw)).read())
    except (OSError, ValueError) as error:
        raise InputError(outcome="bad-encoding", message=f"its chunks are broken ({error})") from error


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
