"""The archive: every page and file as it came, in WARC files to which things are only ever added.

Layout under the archive's root::

    warc/<publisher>/<YYYYMM>/<publisher>-<YYYYMMDDTHHMMSSZ>-<NN>.warc.gz    one writer each, in order of arrival
    writing/<name of a file>     stands and is locked while that file's writer lives
    index/                       the Delta table of contents

A record is appended in one write, the index follows in batches. After a kill the next `Archive` finds the mark left
behind, cuts off a half-written last record, adds the whole ones that the index lacks, and removes the mark. Opening is
cheap (no file is listed or read where no writer died), and so is reading one partition.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from qzetl.collect.capture import ARTICLE, Capture, Exchange, Position
from qzetl.collect.index import (
    Entry,
    append_entries,
    compact_entries,
    entry_of,
    read_articles,
    read_entries,
    read_named,
    read_partitions,
    replace_entries,
)
from qzetl.collect.volume import SUFFIX, Volume, abandoned, being_written
from qzetl.collect.warc import read_capture_at, record_bytes, whole_records
from qzetl.errors import ArchiveError

__all__ = ["Archive"]

_VOLUME_SIZE = 1 << 30  # bytes; the WARC guidelines' usual size of a file
_BATCH = 500  # captures between two commits of the index


class Archive:
    """The archive under one folder. Several processes may write at once; one object is for one thread.

    Use it as a context manager, or call `close`: what was added is readable at once through the same object, and
    through others after `flush` or `close`.
    """

    def __init__(self, root: Path) -> None:
        """Open the archive under `root`, creating it and mending what a killed writer left behind."""
        self.root = root
        self._index = root / "index"
        self._volumes: dict[str, Volume] = {}
        self._waiting: list[Entry] = []
        self._known: dict[str, dict[str, list[Entry]]] = {}
        self._written: set[str] = set()
        try:
            (root / "warc").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            msg = f"the archive {root} cannot be created ({error}); set QZETL_HOME to a folder that can be written"
            raise ArchiveError(msg) from error
        for path in abandoned(root):
            self._mend(path)

    def __enter__(self) -> Self:
        """Return the archive itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def add(self, capture: Capture, exchange: Exchange | None = None) -> Capture:
        """Append the capture (and its request, where `exchange` is given); return it with its position.

        It does not ask whether the archive has it already: see `find`. Raises `ArchiveError` where writing fails.
        """
        volume = self._volume(capture.publisher, capture.retrieved)
        placed = replace(capture, position=volume.append(record_bytes(capture, exchange)))
        entry = entry_of(placed)
        self._entries(capture.publisher).setdefault(capture.uri, []).append(entry)
        self._waiting.append(entry)
        if len(self._waiting) >= _BATCH:
            self.flush()
        return placed

    def find(self, publisher: str, uri: str, digest: str, role: str = ARTICLE) -> Entry | None:
        """Return the first capture of this URI with this body, None where the archive has none."""
        return next((entry for entry in self._of(publisher, uri, role) if entry.digest == digest), None)

    def named(self, name: str) -> list[Entry]:
        """Return all captures of a URI, or of a body by its SHA-256, whatever their role, by publisher and time."""
        self.flush()
        return read_named(self._index, name)

    def latest(self, publisher: str, uri: str, role: str = ARTICLE) -> Entry | None:
        """Return the newest capture of this URI, None where the archive has none."""
        # Of two in one second the later added is the newer.
        return max(reversed(self._of(publisher, uri, role)), key=lambda entry: entry.retrieved, default=None)

    def read(self, position: Position) -> Capture:
        """Read one capture; raises `ArchiveError` naming the file where it is gone or broken."""
        path = self.root / position.file
        try:
            with path.open("rb") as stream:
                return read_capture_at(stream, position)
        except OSError as error:
            msg = f"the archive's file {path} cannot be read ({error}); restore it from a backup"
            raise ArchiveError(msg) from error

    def entries(self, publisher: str, day: date) -> list[Entry]:
        """Return the articles of a partition by URI and time, without their bodies.

        A changed page is there with each of its bodies. The same body found twice (two runs at once) counts once, where
        it was found first, so that what was published does not move.
        """
        self.flush()
        return read_articles(self._index, publisher, day)

    def captures(self, publisher: str, day: date) -> Iterator[Capture]:
        """Yield what `entries` names, reading each body only when its turn comes."""
        for entry in self.entries(publisher, day):
            yield self.read(entry.position)

    def contents(self, publisher: str) -> dict[date, list[Entry]]:
        """Return what `entries` names of each day of a publisher's."""
        self.flush()
        days: dict[date, list[Entry]] = {}
        for entry in read_articles(self._index, publisher):
            days.setdefault(entry.day, []).append(entry)
        return days

    def partitions(self) -> list[tuple[str, date]]:
        """Return every (publisher, day) of which the archive holds articles, sorted."""
        self.flush()
        return read_partitions(self._index)

    def files(self) -> list[Path]:
        """Return all WARC files, sorted by name."""
        return sorted((self.root / "warc").rglob(f"*{SUFFIX}"))

    def reindex(self) -> int:
        """Make the index anew from the WARC files; return how many captures it has now.

        Files that are being written are left to their writers, so this waits for none: raises `ArchiveError` where one
        is.
        """
        self.close()
        if busy := being_written(self.root):
            msg = f"{min(busy)} is being written; make the index anew when no run is under way"
            raise ArchiveError(msg)
        self._known.clear()
        return replace_entries(self._index, (self._contents(path)[0] for path in self.files()))

    def flush(self) -> None:
        """Make what was added last: bytes on the disk, rows in the index."""
        if not self._waiting:
            return
        for volume in self._volumes.values():
            volume.sync()
        append_entries(self._index, self._waiting)
        self._written |= {entry.publisher for entry in self._waiting}
        self._waiting.clear()

    def close(self) -> None:
        """Flush, and give up the files that are being written."""
        self.flush()
        for volume in self._volumes.values():
            volume.close()
        self._volumes.clear()
        compact_entries(self._index, self._written)
        self._written.clear()

    def _of(self, publisher: str, uri: str, role: str) -> list[Entry]:
        return [entry for entry in self._entries(publisher).get(uri, []) if entry.role == role]

    def _entries(self, publisher: str) -> dict[str, list[Entry]]:
        """Return the publisher's captures by URI, each URI's in order of time."""
        if publisher not in self._known:
            by_uri: dict[str, list[Entry]] = {}
            for entry in read_entries(self._index, publisher=publisher):
                by_uri.setdefault(entry.uri, []).append(entry)
            self._known[publisher] = by_uri
        return self._known[publisher]

    def _volume(self, publisher: str, retrieved: datetime) -> Volume:
        volume = self._volumes.get(publisher)
        if volume is not None and volume.size >= _VOLUME_SIZE:
            self.flush()
            volume.close()
            volume = None
        if volume is None:
            volume = self._volumes[publisher] = Volume.create(self.root, publisher, retrieved)
        return volume

    def _mend(self, path: Path) -> None:
        """Bring into order what a writer that died left behind."""
        if not path.exists():
            return
        found, end = self._contents(path)
        name = path.relative_to(self.root).as_posix()
        indexed = {
            entry.offset for entry in read_entries(self._index, publisher=path.parent.parent.name) if entry.file == name
        }
        append_entries(self._index, [entry for entry in found if entry.offset not in indexed])
        if end < path.stat().st_size:
            os.truncate(path, end)

    def _contents(self, path: Path) -> tuple[Sequence[Entry], int]:
        """Return the captures that a file holds, and where its readable part ends."""
        end = 0
        found = []
        for capture, after in whole_records(path, path.relative_to(self.root).as_posix()):
            end = after
            if capture is not None:
                found.append(entry_of(capture))
        return found, end
