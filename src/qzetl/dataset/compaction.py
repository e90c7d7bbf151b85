"""Keeping the store small: many small files made into few, and files that nothing refers to any more removed.

Rows stay as they are. What the tables said at any moment of the last days can still be read (`Store.read` with
`as_of`); what is older than that goes.
"""

from __future__ import annotations

from dataclasses import dataclass

from deltalake.exceptions import DeltaError

from qzetl.dataset.store import Store
from qzetl.errors import StoreError

__all__ = ["KEPT_DAYS", "Compacted", "compact"]

KEPT_DAYS = 30
"""For how many days what the tables said can be read, unless asked otherwise."""


@dataclass(frozen=True, slots=True)
class Compacted:
    """What was done to one table: files made into how many, and old files removed from the disk."""

    table: str
    merged: int
    into: int
    removed: int


def compact(store: Store, keep_days: int = KEPT_DAYS) -> list[Compacted]:
    """Compact every table of `store`; runs may go on meanwhile, and what collides with them is left for next time.

    Raises `StoreError` where a table cannot be written.
    """
    done = []
    with store.exclusive():
        for table in store.contract.tables:
            delta = store.open(table)
            if delta is None:
                continue
            try:
                merged = delta.optimize.compact()
                removed = delta.vacuum(keep_days * 24, dry_run=False, enforce_retention_duration=False)
                delta.create_checkpoint()
            except (DeltaError, OSError) as error:
                msg = f"{store.root}/{table} cannot be compacted ({error}); check space and rights, then run again"
                raise StoreError(msg) from error
            done.append(Compacted(table, merged["numFilesRemoved"], merged["numFilesAdded"], len(removed)))
    return done
