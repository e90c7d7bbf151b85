"""Taking turns at a host: one request at a time, and no sooner than its delay after the last one ended.

With a folder the turns hold between processes too (two runs at once, a backfill beside the daily run): each host has a
file there that is locked during a request, and whose time of change says when the last one ended. Hosts' names come
from publishers' files, never from the network.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qzetl.errors import ArchiveError

__all__ = ["Turns"]


class Turns:
    """Whose turn it is at which host; without a `folder` only between the requests of this object."""

    def __init__(self, folder: Path | None = None) -> None:
        """Take the folder of the hosts' files, which is made where it is missing."""
        self._folder = folder
        self._ended: dict[str, float] = {}
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                msg = f"the folder {folder} cannot be created ({error}); set QZETL_HOME to a folder that can be written"
                raise ArchiveError(msg) from error

    @contextmanager
    def take(self, host: str, delay: float) -> Iterator[None]:
        """Wait for the host's turn, and keep it for the length of the block; `delay` is in seconds."""
        if self._folder is None:
            _wait(self._ended.get(host), time.monotonic(), delay)
            try:
                yield
            finally:
                self._ended[host] = time.monotonic()
            return
        with (self._folder / f"{host}.turn").open("ab") as held:
            fcntl.flock(held.fileno(), fcntl.LOCK_EX)
            if held.tell():
                _wait(os.fstat(held.fileno()).st_mtime, time.time(), delay)
            else:
                held.write(b"asked\n")
                held.flush()
            try:
                yield
            finally:
                os.utime(held.fileno())


def _wait(ended: float | None, now: float, delay: float) -> None:
    """Sleep until `delay` has passed; a clock that was set back makes nobody wait longer than that."""
    if ended is not None and (left := min(ended + delay - now, delay)) > 0:
        time.sleep(left)
