"""Staged rows: a backfill's partitions are made aside, in a store of its own, and then take the old ones' place.

The swap is a handful of commits under the store's locks, so no release is built from half of it. A swap that was
interrupted is finished by whoever comes next.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from qzetl.dataset.partitions import reading_whole
from qzetl.dataset.store import Partition, Store
from qzetl.errors import BackfillError
from qzetl.ledger import read_ledger
from qzetl.operations.hold import hold

__all__ = ["SWAPPED", "State", "discard", "finish_swaps", "read_states", "staged", "swap_in", "write_state"]

SWAPPED: Final = ("articles", "texts", "observations", "rejects", "partitions")
State = dict[str, Any]
"""A row of `backfills`; `plan` and `progress` are objects."""


def staged(store: Store, backfill_id: str) -> Store:
    """Return the store in which the rows of a backfill are made."""
    folder = ("backfills", backfill_id)
    root = "/".join([store.root, *folder]) if isinstance(store.root, str) else store.root.joinpath(*folder)
    return Store(root, store.contract)


def swap_in(store: Store, aside: Store, partitions: Collection[Partition]) -> None:
    """Put the staged rows of `partitions` in place of those of `store`; done twice, it changes nothing more."""
    if not partitions:
        return
    keys = pl.DataFrame(sorted(partitions), schema={"publisher": pl.String(), "day": pl.Date()}, orient="row")
    with store.exclusive(), reading_whole(store):
        for table in SWAPPED:
            rows = aside.read(table).join(keys.lazy(), on=["publisher", "day"], how="semi").collect()
            store.replace_partitions(table, partitions, rows)


def discard(aside: Store) -> None:
    """Remove staged rows."""
    if isinstance(aside.root, Path):
        shutil.rmtree(aside.root, ignore_errors=True)
        return
    from obstore.store import from_url

    bucket = from_url(aside.root)
    for found in bucket.list():
        bucket.delete([each["path"] for each in found])


def finish_swaps(store: Store, home: Path) -> None:
    """Finish the swaps that were interrupted; those that a living process is at are left to it."""
    for state in read_states(store):
        if state["state"] != "swapping":
            continue
        try:
            with hold(home, state["backfill_id"]):
                aside = staged(store, state["backfill_id"])
                swap_in(store, aside, read_ledger(aside).keys())
        except BackfillError:
            continue


def read_states(store: Store) -> list[State]:
    """Return every backfill ever begun, the newest first."""
    rows = store.collect("backfills").sort("started", descending=True).rows(named=True)
    return [{**row, "plan": json.loads(row["plan"]), "progress": json.loads(row["progress"])} for row in rows]


def write_state(store: Store, state: State) -> None:
    """Write how a backfill stands."""
    row = {
        **state,
        "updated": datetime.now(UTC),
        "plan": json.dumps(state["plan"], ensure_ascii=False),
        "progress": json.dumps(state["progress"], ensure_ascii=False),
    }
    store.merge("backfills", pl.DataFrame([row], schema=store.contract.table("backfills").schema))
