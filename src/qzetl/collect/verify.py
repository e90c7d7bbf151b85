"""Proving that an archive is whole: every byte of its WARC files, and the index against them.

Each file is read once from end to end: gzip checksums, block and payload digests, and that each record can be read. A
file that a living writer holds is read as far as it goes; what the index does not have of it yet is no fault.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import ArchiveIterator

from qzetl.collect.archive import Archive
from qzetl.collect.capture import Position
from qzetl.collect.gzipped import member_ends
from qzetl.collect.index import Entry, entry_of, read_entries
from qzetl.collect.volume import being_written
from qzetl.collect.warc import capture_of

__all__ = ["Fault", "Verified", "verify_archive"]

_IDENTITY = ("publisher", "uri", "day", "retrieved", "role", "digest", "length")  # of a row and its capture


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it must be.

    `name`: ``cut-off`` (a file does not end with a whole record), ``digest`` (bytes are not those that were written),
    ``not-indexed`` (a capture that the index lacks), ``no-record`` (a row of the index whose capture is not there),
    ``other-record`` (… whose capture is another one), ``twice`` (the same body of the same address once more).
    `where` is a file, with an offset where there is one.
    """

    name: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at: files, records, captures, bytes; and the faults."""

    files: int
    records: int
    captures: int
    size: int
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Whether the archive is whole. A body that is there twice costs room and harms nothing."""
        return all(fault.name == "twice" for fault in self.faults)


def verify_archive(archive: Archive, tell: Callable[[int, int], None] = lambda _done, _files: None) -> Verified:
    """Read the whole archive and compare it with its index; `tell` is told how many files of how many are done."""
    archive.flush()
    # What is begun or ended by a run meanwhile counts as being written, before or after the index is read; and that is
    # read before the files are, so that no row of it can be of a record that comes later.
    busy = being_written(archive.root)
    rows = {(entry.file, entry.offset): entry for entry in read_entries(archive.root / "index")}
    files = archive.files()
    busy |= being_written(archive.root)
    counted: Counter[str] = Counter()
    faults: list[Fault] = []
    bodies: Counter[tuple[str, str, str, str]] = Counter()
    for path in files:
        tell(counted["files"], len(files))
        name = path.relative_to(archive.root).as_posix()
        counted["files"] += 1
        counted["size"] += path.stat().st_size
        for found in _records(path, name, busy=path in busy):
            if isinstance(found, Fault):
                faults.append(found)
                continue
            counted["records"] += 1
            if isinstance(found, Entry):
                counted["captures"] += 1
                bodies[found.publisher, found.uri, found.role, found.digest] += 1
                faults += _compared(found, rows.pop((name, found.offset), None), busy=path in busy)
    faults += [
        Fault("no-record", f"{entry.file}:{entry.offset}", f"{entry.uri} is in the index, but its record is not there")
        for entry in rows.values()
    ]
    faults += [
        Fault("twice", uri, f"{publisher}'s {role} {uri} has one of its bodies {count} times")
        for (publisher, uri, role, _), count in bodies.items()
        if count > 1 and role == "article"
    ]
    return Verified(counted["files"], counted["records"], counted["captures"], counted["size"], tuple(faults))


def _records(path: Path, name: str, *, busy: bool) -> Iterator[Entry | Fault | None]:
    """Yield the row that each whole record should have in the index (None where it needs none), and each fault."""
    start = 0
    with path.open("rb") as ends, path.open("rb") as stream:
        for end in member_ends(ends):
            stream.seek(start)
            yield _record(io.BytesIO(stream.read(end - start)), Position(name, start))
            start = end
    if start < path.stat().st_size and not busy:
        yield Fault("cut-off", f"{name}:{start}", f"{path} ends in {path.stat().st_size - start:,} bytes of no record")


def _record(member: io.BytesIO, position: Position) -> Entry | Fault | None:
    where = f"{position.file}:{position.offset}"
    record = next(iter(ArchiveIterator(member, parse_http=False)), None)
    if record is None or not record.verify_block_digest(consume=False):
        return Fault("digest", where, f"the record at {where} does not have the bytes that were written")
    if record.is_http:
        record.parse_http()
        if "WARC-Payload-Digest" in record.headers and not record.verify_payload_digest(consume=False):
            return Fault("digest", where, f"the record at {where} does not have the body that was written")
    capture = capture_of(record, position)
    return None if capture is None else entry_of(capture)


def _compared(found: Entry, row: Entry | None, *, busy: bool) -> list[Fault]:
    where = f"{found.file}:{found.offset}"
    if row is None:
        return [] if busy else [Fault("not-indexed", where, f"{found.uri} is in {where}, but not in the index")]
    if any(getattr(row, name) != getattr(found, name) for name in _IDENTITY):
        return [Fault("other-record", where, f"the index has {row.uri} at {where}, where {found.uri} is")]
    return []
