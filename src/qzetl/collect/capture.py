"""What collecting yields: bytes as they came, with where, when and how."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

__all__ = ["BODY_LIMIT", "ZONE", "Capture", "Exchange", "Position", "day_of"]

ZONE = ZoneInfo("Asia/Shanghai")
"""The publishers' zone: what a day is, and what a date without a zone means."""

BODY_LIMIT = 20 * 1024 * 1024
"""Bytes of one page or file, decompressed; what is larger is no article and is refused as ``too-large``."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a capture's WARC record begins: file relative to the archive, and byte offset."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """The heads of one HTTP request and its response, as they went over the wire; bodies are elsewhere.

    The response's head describes the body as the archive keeps it, decompressed.
    """

    request_line: bytes
    request_headers: tuple[tuple[bytes, bytes], ...]
    status_line: bytes
    response_headers: tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Capture:
    """One page or file as it was found at one moment.

    `retrieved` is in UTC. `day` is the day under which the publisher lists it (else the day it was retrieved,
    Asia/Shanghai); publisher and day together are the partition that it belongs to. `content_type` is as the
    server gave it, "" where none was given. `position` is None until it is archived.
    """

    uri: str
    publisher: str
    day: date
    retrieved: datetime
    body: bytes = field(repr=False)
    content_type: str = ""
    status: int = 200
    position: Position | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the body, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


def day_of(moment: datetime) -> date:
    """Return the day on which `moment` (with a zone) falls in Asia/Shanghai."""
    return moment.astimezone(ZONE).date()
