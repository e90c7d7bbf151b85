"""A lock between processes of one machine, let go by the system when its holder ends, however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["locked"]


@contextmanager
def locked(path: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold the lock file `path`, which is made and stays; whoever comes second waits, unless both ask to share it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as opened:
        fcntl.flock(opened, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
