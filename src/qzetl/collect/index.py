"""The archive's table of contents: a Delta table with one row a capture, so that nobody has to scan the WARC files.

It can always be rebuilt from the WARC files, which are what counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from qzetl.collect.capture import Capture, Position
from qzetl.errors import ArchiveError

__all__ = ["INDEX_SCHEMA", "Entry", "append_entries", "entry_of", "read_entries"]

INDEX_SCHEMA = pl.Schema(
    {
        "publisher": pl.String(),
        "uri": pl.String(),
        "day": pl.Date(),
        "retrieved": pl.Datetime("us", "UTC"),
        "status": pl.Int32(),
        "digest": pl.String(),
        "content_type": pl.String(),
        "length": pl.Int64(),
        "file": pl.String(),
        "offset": pl.Int64(),
    }
)

_ATTEMPTS = 5  # two processes may create the table at the same moment; appending itself never conflicts


@dataclass(frozen=True, slots=True)
class Entry:
    """A capture without its body: where it stands and how to recognise it. `length` is the body's, in bytes."""

    publisher: str
    uri: str
    day: date
    retrieved: datetime
    status: int
    digest: str
    content_type: str
    length: int
    file: str
    offset: int

    @property
    def position(self) -> Position:
        """Where its record begins."""
        return Position(self.file, self.offset)


def entry_of(capture: Capture) -> Entry:
    """Return the row of an archived capture."""
    if capture.position is None:
        msg = f"{capture.uri} is not in the archive yet; add it first"
        raise ArchiveError(msg)
    return Entry(
        publisher=capture.publisher,
        uri=capture.uri,
        day=capture.day,
        retrieved=capture.retrieved,
        status=capture.status,
        digest=capture.digest,
        content_type=capture.content_type,
        length=len(capture.body),
        file=capture.position.file,
        offset=capture.position.offset,
    )


def append_entries(table: Path, entries: Sequence[Entry]) -> None:
    """Add rows in one commit; raises `ArchiveError` where the table cannot be written."""
    if not entries:
        return
    rows = [[getattr(entry, name) for name in INDEX_SCHEMA] for entry in entries]
    frame = pl.DataFrame(rows, schema=INDEX_SCHEMA, orient="row")
    for attempt in range(_ATTEMPTS):
        try:
            write_deltalake(str(table), frame, mode="append", partition_by=["publisher"])
        except (DeltaError, OSError) as error:
            if attempt + 1 == _ATTEMPTS:
                msg = f"the archive's index {table} cannot be written ({error}); check space and rights, then run again"
                raise ArchiveError(msg) from error
        else:
            return


def read_entries(table: Path, *, publisher: str | None = None, day: date | None = None) -> list[Entry]:
    """Return the rows of a publisher and day (all where None), by publisher, URI and time.

    Raises `ArchiveError` where the table cannot be read; a table that does not exist yet has no rows.
    """
    if not DeltaTable.is_deltatable(str(table)):
        return []
    try:
        frame = pl.scan_delta(str(table))
        if publisher is not None:
            frame = frame.filter(pl.col("publisher") == publisher)
        if day is not None:
            frame = frame.filter(pl.col("day") == day)
        rows = frame.select(INDEX_SCHEMA.names()).sort("publisher", "uri", "retrieved", "file", "offset").collect()
    except (DeltaError, OSError, pl.exceptions.PolarsError) as error:
        msg = f"the archive's index {table} cannot be read ({error}); restore it from a backup"
        raise ArchiveError(msg) from error
    return [Entry(*row) for row in rows.iter_rows()]
