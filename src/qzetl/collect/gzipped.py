"""Where the members of a gzip file end: a WARC file is one member a record, and a cut-off tail is no member."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

__all__ = ["GZIP_MAGIC", "member_ends"]

GZIP_MAGIC = b"\x1f\x8b"

_GZIP_ONLY = 31  # zlib's window bits for a gzip header and nothing else
_CHUNK = 1 << 16


def member_ends(stream: BinaryIO) -> Iterator[int]:
    """Yield the offset at which each whole member from the stream's position on ends, checksums verified.

    Stops before the first member that is cut off or broken, so the last offset is the end of what can be read.
    """
    end = stream.tell()
    waiting = b""
    while True:
        inflater = zlib.decompressobj(wbits=_GZIP_ONLY)
        try:
            while not inflater.eof:
                waiting = waiting or stream.read(_CHUNK)
                if not waiting:
                    return
                inflater.decompress(waiting)
                end += len(waiting) - len(inflater.unused_data)
                waiting = inflater.unused_data
        except zlib.error:
            return
        yield end
