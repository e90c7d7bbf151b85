"""Partitions written whole: the tables of one (publisher, day) change together, for readers and after a crash.

A Delta commit is atomic for one table; a partition lies in four. Whoever writes one holds a lock that other writers
share and readers of the whole store do not, and leaves a mark that is removed when all four tables stand. A mark that
is still there belongs to a writer that was killed: its partition is to be processed again. An object store has neither
locks nor marks; there one machine at a time writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from qzetl.dataset.lock import locked
from qzetl.dataset.store import Partition, Store

__all__ = ["reading_whole", "unfinished", "writing_partition"]

_LOCK = ".partitions"
_MARKS = ".unfinished"


@contextmanager
def writing_partition(store: Store, publisher: str, day: date) -> Iterator[None]:
    """Replace the tables of one partition within this; several writers may be at work at once."""
    if not isinstance(store.root, Path):
        yield
        return
    mark = store.root / _MARKS / f"{publisher}@{day}"
    with locked(store.root / _LOCK, shared=True):
        mark.parent.mkdir(exist_ok=True)
        mark.touch()
        yield
        mark.unlink(missing_ok=True)


@contextmanager
def reading_whole(store: Store) -> Iterator[None]:
    """Read several tables within this; no partition is half written meanwhile, but for those of killed writers."""
    if not isinstance(store.root, Path):
        yield
        return
    with locked(store.root / _LOCK):
        yield


def unfinished(store: Store) -> list[Partition]:
    """Return the partitions whose writer was killed (or is still at work), sorted; they are to be processed again."""
    if not isinstance(store.root, Path):
        return []
    names = (mark.name.rpartition("@") for mark in (store.root / _MARKS).glob("*@*"))
    return sorted((publisher, date.fromisoformat(day)) for publisher, _, day in names)
