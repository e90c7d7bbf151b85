"""The archive's table of contents: a Delta table with one row a capture, so that nobody has to scan the WARC files.

It can always be rebuilt from the WARC files, which are what counts (`replace_entries`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError

from qzetl.collect.capture import ARTICLE, Capture, Position, Validators
from qzetl.errors import ArchiveError

__all__ = [
    "INDEX_SCHEMA",
    "Entry",
    "append_entries",
    "compact_entries",
    "entry_of",
    "read_articles",
    "read_entries",
    "read_named",
    "read_partitions",
    "replace_entries",
]

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
        "role": pl.String(),
        "etag": pl.String(),
        "last_modified": pl.String(),
    }
)

_ATTEMPTS = 5  # two processes may create the table at the same moment; appending itself never conflicts
_MOST_FILES = 64  # of one publisher, before they are made into few: each costs a read some 0.3 ms
_ORDER = ("publisher", "uri", "retrieved", "file", "offset")


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
    role: str = ARTICLE
    etag: str = ""
    last_modified: str = ""

    @property
    def position(self) -> Position:
        """Where its record begins."""
        return Position(self.file, self.offset)

    @property
    def validators(self) -> Validators:
        """What the server gave to recognise it by."""
        return Validators(self.etag, self.last_modified)


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
        role=capture.role,
        etag=capture.validators.etag,
        last_modified=capture.validators.last_modified,
    )


def append_entries(table: Path, entries: Sequence[Entry]) -> None:
    """Add rows in one commit; raises `ArchiveError` where the table cannot be written."""
    if not entries:
        return
    frame = _frame(entries)
    for attempt in range(_ATTEMPTS):
        try:
            write_deltalake(str(table), frame, mode="append", partition_by=["publisher"])
        except (DeltaError, OSError) as error:
            if attempt + 1 == _ATTEMPTS:
                msg = (
                    f"the archive's index {table} cannot be written ({error}); check space and rights, or make it "
                    "anew with qzetl archive reindex, then run again"
                )
                raise ArchiveError(msg) from error
        else:
            return


def replace_entries(table: Path, batches: Iterable[Sequence[Entry]]) -> int:
    """Put rows in place of all that the table has, in one commit; return how many there are now."""
    frame = pl.concat([_frame([]), *map(_frame, batches)])
    try:
        write_deltalake(str(table), frame, mode="overwrite", schema_mode="overwrite", partition_by=["publisher"])
    except (DeltaError, OSError) as error:
        msg = f"the archive's index {table} cannot be written ({error}); move that folder away, then run again"
        raise ArchiveError(msg) from error
    return frame.height


def read_entries(table: Path, *, publisher: str | None = None) -> list[Entry]:
    """Return the rows of a publisher (of all where None), by publisher, URI and time.

    Raises `ArchiveError` where the table cannot be read; a table that does not exist yet has no rows.
    """
    return _rows(_collected(table, *([] if publisher is None else [pl.col("publisher") == publisher])))


def read_articles(table: Path, publisher: str, day: date | None = None) -> list[Entry]:
    """Return the articles of one publisher and day (of all days where None), by URI and time; raises as `read_entries`.

    A body found twice counts once, where it was found first: such rows are left out, wherever the first one stands.
    """
    articles = [pl.col("publisher") == publisher, pl.col("role") == ARTICLE]
    if day is not None:
        own = _collected(table, *articles, pl.col("day") == day)
        if own.is_empty():
            return []
        articles.append(pl.col("uri").is_in(own["uri"].unique().implode()))
    first = _collected(table, *articles).unique(subset=["uri", "digest"], keep="first", maintain_order=True)
    return _rows(first if day is None else first.filter(pl.col("day") == day))


def read_named(table: Path, name: str) -> list[Entry]:
    """Return the rows whose URI or body's SHA-256 is `name`, by publisher, URI and time; raises as `read_entries`."""
    return _rows(_collected(table, (pl.col("uri") == name) | (pl.col("digest") == name)))


def read_partitions(table: Path) -> list[tuple[str, date]]:
    """Return every publisher and day of which there are articles, sorted; raises as `read_entries`."""
    frame = _collected(table, pl.col("role") == ARTICLE, columns=("publisher", "day"))
    return list(frame.unique().sort("publisher", "day").iter_rows())


def compact_entries(table: Path, publishers: Collection[str]) -> None:
    """Make the many small files of these publishers into few; where another process does so, leave it to that one."""
    try:
        if not DeltaTable.is_deltatable(str(table)):
            return
        found = DeltaTable(str(table))
        for publisher in publishers:
            only = [("publisher", "=", publisher)]
            if len(found.file_uris(file_pruning_predicate=only)) > _MOST_FILES:
                found.optimize.compact(only)
                found.vacuum(dry_run=False)  # files that no reader of the last week can be reading
    except CommitFailedError:
        return
    except (DeltaError, OSError) as error:
        raise _unreadable(table, error) from error


def _frame(entries: Sequence[Entry]) -> pl.DataFrame:
    rows = [[getattr(entry, name) for name in INDEX_SCHEMA] for entry in entries]
    return pl.DataFrame(rows, schema=INDEX_SCHEMA, orient="row")


def _rows(frame: pl.DataFrame) -> list[Entry]:
    return [Entry(*row) for row in frame.iter_rows()]


def _collected(table: Path, *wanted: pl.Expr, columns: Sequence[str] = tuple(INDEX_SCHEMA)) -> pl.DataFrame:
    """Return the rows that fulfil every condition, in the table's order."""
    try:
        if not DeltaTable.is_deltatable(str(table)):
            return INDEX_SCHEMA.to_frame().select(columns)
        frame = pl.scan_delta(str(table)).filter(*wanted) if wanted else pl.scan_delta(str(table))
        order = [name for name in _ORDER if name in columns]
        return frame.select(columns).sort(order).collect()
    except (DeltaError, OSError, pl.exceptions.PolarsError) as error:
        raise _unreadable(table, error) from error


def _unreadable(table: Path, error: Exception) -> ArchiveError:
    msg = f"the archive's index {table} cannot be read ({error}); make it anew with qzetl archive reindex"
    return ArchiveError(msg)
