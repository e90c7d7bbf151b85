"""Where the members of a gzip file end: a WARC file is one member a record, and a cut-off tail is no member."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

__all__ = ["GZIP_MAGIC", "is_whole", "member_ends"]

GZIP_MAGIC = b"\x1f\x8b"

_GZIP_ONLY = 31  # zlib's window bits for a gzip header and nothing else
_CHUNK = 1 << 16


def is_whole(stream: BinaryIO, start: int) -> bool:
    """Tell whether the gzip member at `start` is complete and matches its checksum; True where none begins."""
    stream.seek(start)
    if stream.read(len(GZIP_MAGIC)) != GZIP_MAGIC:
        return True
    stream.seek(start)
    return next(member_ends(stream), None) is not None


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
