"""A backfill is in the hands of one process at a time, which the system tells others by a lock, however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qzetl.errors import BackfillError

__all__ = ["backfill_folder", "hold", "is_held"]


def backfill_folder(home: Path) -> Path:
    """Return the folder of locks and of marks of cancellation."""
    return home / "backfills"


@contextmanager
def hold(home: Path, backfill_id: str) -> Iterator[None]:
    """Have the backfill in this process's hands; raises `BackfillError` where another process has it."""
    folder = backfill_folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{backfill_id}.lock").open("a") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            msg = f"backfill {backfill_id} is being run by another process; see qzetl backfill status"
            raise BackfillError(msg) from error
        yield


def is_held(home: Path, backfill_id: str) -> bool:
    """Tell whether a living process has the backfill in its hands."""
    try:
        with hold(home, backfill_id):
            return False
    except BackfillError:
        return True
