"""One WARC file of the archive while it is being written, and the mark that tells living writers from dead ones.

``writing/<name of the file>`` stands and is locked as long as the file's writer lives; the lock ends with its process,
so a mark without a lock was left behind by a writer that died. All marks stand in one folder, so that looking for
them costs the same however many files the archive has.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from qzetl.collect.capture import Position
from qzetl.collect.warc import volume_head
from qzetl.errors import ArchiveError

__all__ = ["SUFFIX", "Volume", "abandoned", "being_written"]

SUFFIX = ".warc.gz"
_NAME = re.compile(r"(?P<publisher>[a-z0-9-]+)-(?P<month>\d{6})\d\dT\d{6}Z-\d\d\d*" + re.escape(SUFFIX))
_MOST = 10_000  # files of one publisher and second


class Volume:
    """One WARC file being written, with its mark. `size` is in bytes."""

    def __init__(self, root: Path, path: Path, stream: BinaryIO, mark: BinaryIO) -> None:
        """Take a file and its mark, opened by `create`."""
        self._name = path.relative_to(root).as_posix()
        self._path = path
        self._stream = stream
        self._mark = mark
        self.size = 0

    @classmethod
    def create(cls, root: Path, publisher: str, begun: datetime) -> Volume:
        """Create a file that no other writer has: its mark is created exclusively and locked before it."""
        folder = root / "warc" / publisher / f"{begun:%Y%m}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for number in range(1, _MOST):
                path = folder / f"{publisher}-{begun:%Y%m%dT%H%M%SZ}-{number:02}{SUFFIX}"
                if (opened := _open_marked(root, path)) is not None:
                    volume = cls(root, path, *opened)
                    volume.append(volume_head(path.name, begun))
                    return volume
        except OSError as error:
            msg = f"no file can be created in the archive's folder {folder} ({error}); check space and rights"
            raise ArchiveError(msg) from error
        msg = (
            f"the archive's folder {folder} has {_MOST - 1:,} files of one second; look for a run that restarts itself"
        )
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


@contextmanager
def _held(mark: Path) -> Iterator[bool]:
    """Give whether the mark's writer is dead; as long as that is looked at, nobody else takes it for dead."""
    try:
        with mark.open("rb") as stream:
            yield _lock(stream) and mark.exists()
    except FileNotFoundError:
        yield False


def abandoned(root: Path) -> Iterator[Path]:
    """Yield each file whose writer died, and remove its mark when the caller has done with the file."""
    for mark in _marks(root):
        path = _path_of(root, mark.name)
        if path is None:
            continue
        with _held(mark) as dead:
            if dead:
                yield path
                mark.unlink()


def being_written(root: Path) -> set[Path]:
    """Return the files that have a mark, be their writers alive or dead."""
    return {path for mark in _marks(root) if (path := _path_of(root, mark.name)) is not None}


def _marks(root: Path) -> list[Path]:
    folder = root / "writing"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _path_of(root: Path, name: str) -> Path | None:
    """Return the file that a mark stands for, None where it is none of ours."""
    parts = _NAME.fullmatch(name)
    return None if parts is None else root / "warc" / parts["publisher"] / parts["month"] / name


def _open_marked(root: Path, path: Path) -> tuple[BinaryIO, BinaryIO] | None:
    """Open a new file for writing with its mark, locked; None where the name is taken."""
    folder = root / "writing"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        mark = (folder / path.name).open("xb")
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
