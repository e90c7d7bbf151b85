"""What collecting yields: bytes as they came, with where, when and how."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

__all__ = ["Capture", "Position"]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a capture's WARC record begins: file relative to the archive, and byte offset."""

    file: str
    offset: int


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
