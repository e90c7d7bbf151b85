"""What collecting yields: bytes as they came, with where, when and how."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

__all__ = ["ARTICLE", "BODY_LIMIT", "LIST", "ZONE", "Capture", "Exchange", "Position", "Validators", "day_of"]

ARTICLE = "article"
"""The role of a page or file that is read for an article."""

LIST = "list"
"""The role of a page that only names articles; it is kept, so that collecting can be replayed, and not read."""

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

    The response's head describes the body as the archive keeps it, decompressed. `address` is the IP address that
    answered, `milliseconds` how long the whole answer took, `via` the address of the page that named this one; "" and
    None where they are not known.
    """

    request_line: bytes
    request_headers: tuple[tuple[bytes, bytes], ...]
    status_line: bytes
    response_headers: tuple[tuple[bytes, bytes], ...]
    address: str = ""
    milliseconds: int | None = None
    via: str = ""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise a body by when it is asked again (RFC 9110, section 8.8); "" where it did not."""

    etag: str = ""
    last_modified: str = ""

    def __bool__(self) -> bool:
        """Return whether there is anything to recognise it by."""
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True)
class Capture:
    """One page or file as it was found at one moment.

    `retrieved` is in UTC. `day` is the day under which the publisher lists it (else the day it was retrieved,
    Asia/Shanghai); publisher and day together are the partition that it belongs to. `content_type` is as the
    server gave it, "" where none was given. `role` is `ARTICLE` or `LIST`. `position` is None until it is archived.
    """

    uri: str
    publisher: str
    day: date
    retrieved: datetime
    body: bytes = field(repr=False)
    content_type: str = ""
    status: int = 200
    position: Position | None = None
    role: str = ARTICLE
    validators: Validators = field(default_factory=Validators)

    @property
    def digest(self) -> str:
        """SHA-256 of the body, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


def day_of(moment: datetime) -> date:
    """Return the day on which `moment` (with a zone) falls in Asia/Shanghai."""
    return moment.astimezone(ZONE).date()
