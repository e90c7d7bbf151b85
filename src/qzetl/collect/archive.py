"""The archive: every page and file as it came, in WARC files to which things are only ever added.

Layout under the archive's root::

    warc/<publisher>/<YYYYMM>/<publisher>-<YYYYMMDDTHHMMSSZ>-<NN>.warc.gz    one writer each, in order of arrival
    warc/…/….warc.gz.writing     stands and is locked while its writer lives; one left behind marks a writer that died
    index/                       the Delta table of contents

A record is appended in one write, the index follows in batches. After a kill the next `Archive` finds the mark left
behind, cuts off a half-written last record, adds the whole ones that the index lacks, and removes the mark.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from qzetl.collect.capture import Capture, Exchange, Position
from qzetl.collect.index import Entry, append_entries, entry_of, read_entries
from qzetl.collect.warc import read_capture_at, record_bytes, whole_records
from qzetl.errors import ArchiveError

__all__ = ["Archive"]

_VOLUME_SIZE = 1 << 30  # bytes; the WARC guidelines' usual size of a file
_BATCH = 500  # captures between two commits of the index
_MARK = ".writing"


class Archive:
    """The archive under one folder. Several processes may write at once; one object is for one thread.

    Use it as a context manager, or call `close`: what was added is readable at once through the same object, and
    through others after `flush` or `close`.
    """

    def __init__(self, root: Path) -> None:
        """Open the archive under `root`, creating it and mending what a killed writer left behind."""
        self.root = root
        self._index = root / "index"
        self._volumes: dict[str, _Volume] = {}
        self._waiting: list[Entry] = []
        self._known: dict[str, dict[str, list[Entry]]] = {}
        try:
            (root / "warc").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            msg = f"the archive {root} cannot be created ({error}); set QZETL_HOME to a folder that can be written"
            raise ArchiveError(msg) from error
        self._recover()

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

    def find(self, publisher: str, uri: str, digest: str) -> Entry | None:
        """Return the first capture of this URI with this body, None where the archive has none."""
        return next((entry for entry in self._entries(publisher).get(uri, []) if entry.digest == digest), None)

    def latest(self, publisher: str, uri: str) -> Entry | None:
        """Return the newest capture of this URI, None where the archive has none."""
        return max(self._entries(publisher).get(uri, []), key=lambda entry: entry.retrieved, default=None)

    def read(self, position: Position) -> Capture:
        """Read one capture; raises `ArchiveError` naming the file where it is gone or broken."""
        path = self.root / position.file
        try:
            with path.open("rb") as stream:
                return read_capture_at(stream, position)
        except OSError as error:
            msg = f"the archive's file {path} cannot be read ({error}); restore it from a backup"
            raise ArchiveError(msg) from error

    def captures(self, publisher: str, day: date) -> Iterator[Capture]:
        """Yield the captures of a partition by URI and time, reading each body only when its turn comes.

        A changed page is there with each of its bodies. The same body found twice (two runs at once) counts once, where
        it was found first, so that what was published does not move.
        """
        for entry in self.contents(publisher).get(day, []):
            yield self.read(entry.position)

    def contents(self, publisher: str) -> dict[date, list[Entry]]:
        """Return what `captures` yields of each day of a publisher's, without its bodies."""
        days: dict[date, list[Entry]] = {}
        for _, versions in sorted(self._entries(publisher).items()):
            first: dict[str, Entry] = {}
            for entry in versions:
                first.setdefault(entry.digest, entry)
            for entry in first.values():
                days.setdefault(entry.day, []).append(entry)
        return days

    def partitions(self) -> list[tuple[str, date]]:
        """Return every (publisher, day) of which the archive holds captures, sorted."""
        self.flush()
        return sorted({(entry.publisher, entry.day) for entry in read_entries(self._index)})

    def flush(self) -> None:
        """Make what was added last: bytes on the disk, rows in the index."""
        for volume in self._volumes.values():
            volume.sync()
        append_entries(self._index, self._waiting)
        self._waiting.clear()

    def close(self) -> None:
        """Flush, and give up the files that are being written."""
        self.flush()
        for volume in self._volumes.values():
            volume.close()
        self._volumes.clear()

    def _entries(self, publisher: str) -> dict[str, list[Entry]]:
        """Return the publisher's captures by URI, each URI's in order of time."""
        if publisher not in self._known:
            by_uri: dict[str, list[Entry]] = {}
            for entry in read_entries(self._index, publisher=publisher):
                by_uri.setdefault(entry.uri, []).append(entry)
            self._known[publisher] = by_uri
        return self._known[publisher]

    def _volume(self, publisher: str, retrieved: datetime) -> _Volume:
        volume = self._volumes.get(publisher)
        if volume is not None and volume.size >= _VOLUME_SIZE:
            self.flush()
            volume.close()
            volume = None
        if volume is None:
            volume = self._volumes[publisher] = _Volume.create(self.root, publisher, retrieved)
        return volume

    def _recover(self) -> None:
        """Bring into order what writers that died left behind; writers that live are left alone."""
        for mark in sorted((self.root / "warc").rglob(f"*{_MARK}")):
            with mark.open("rb") as held:
                if not _lock(held) or not mark.exists():
                    continue
                self._mend(mark.with_name(mark.name.removesuffix(_MARK)))
                mark.unlink()

    def _mend(self, path: Path) -> None:
        if not path.exists():
            return
        name = path.relative_to(self.root).as_posix()
        indexed = {entry.offset for entry in read_entries(self._index) if entry.file == name}
        end = 0
        lacking: list[Entry] = []
        for capture, after in whole_records(path, name):
            end = after
            if capture is not None and entry_of(capture).offset not in indexed:
                lacking.append(entry_of(capture))
        append_entries(self._index, lacking)
        if end < path.stat().st_size:
            os.truncate(path, end)


class _Volume:
    """One WARC file being written, with its mark."""

    def __init__(self, root: Path, path: Path, stream: BinaryIO, mark: BinaryIO) -> None:
        self._name = path.relative_to(root).as_posix()
        self._path = path
        self._stream = stream
        self._mark = mark
        self.size = 0

    @classmethod
    def create(cls, root: Path, publisher: str, retrieved: datetime) -> _Volume:
        """Create a file that no other writer has: its mark is created exclusively and locked before it."""
        folder = root / "warc" / publisher / f"{retrieved:%Y%m}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for number in range(1, 10_000):
                path = folder / f"{publisher}-{retrieved:%Y%m%dT%H%M%SZ}-{number:02}.warc.gz"
                if (opened := _open_marked(path)) is not None:
                    return cls(root, path, *opened)
        except OSError as error:
            msg = f"no file can be created in the archive's folder {folder} ({error}); check space and rights"
            raise ArchiveError(msg) from error
        msg = f"the archive's folder {folder} has 9,999 files of one second; look for a run that restarts itself"
        raise ArchiveError(msg)

    def append(self, written: bytes) -> Position:
        """Append whole records; return where the first begins."""
        position = Position(self._name, self.size)
        try:
            self._stream.write(written)
            self._stream.flush()
        except OSError as error:
            msg = f"the archive's file {self._path} cannot be written ({error}); check space and rights"
            raise ArchiveError(msg) from error
        self.size += len(written)
        return position

    def sync(self) -> None:
        """Have the bytes written to the disk itself."""
        os.fsync(self._stream.fileno())

    def close(self) -> None:
        """Close the file and remove its mark."""
        self._stream.close()
        Path(self._mark.name).unlink(missing_ok=True)
        self._mark.close()


def _open_marked(path: Path) -> tuple[BinaryIO, BinaryIO] | None:
    """Open a new file for writing with its mark, locked; None where the name is taken."""
    try:
        mark = path.with_name(path.name + _MARK).open("xb")
    except FileExistsError:
        return None
    # A reader that mends may have found the mark between its creation and the lock, and have removed it.
    if not _lock(mark) or os.fstat(mark.fileno()).st_nlink == 0:
        mark.close()
        return None
    try:
        return path.open("xb"), mark
    except FileExistsError:
        Path(mark.name).unlink()
        mark.close()
        return None


def _lock(stream: BinaryIO) -> bool:
    """Take the lock on an open file for as long as it stays open; False where another process has it."""
    try:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
