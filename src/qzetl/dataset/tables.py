"""What a release holds: every public table and code list as a frame, taken from the store and sorted by its key."""

from __future__ import annotations

import polars as pl

from qzetl.dataset.contract import Contract, Table
from qzetl.dataset.coverage import with_never_looked
from qzetl.dataset.duplicates import mark_duplicates
from qzetl.dataset.store import Store

__all__ = ["codelist_frames", "public_frames"]


def public_frames(store: Store) -> dict[str, pl.DataFrame]:
    """Return the public tables by name; reprints are marked, and days on which nobody looked are in `coverage`."""
    frames = {table.name: store.collect(table.name) for table in store.contract.public}
    frames["articles"] = mark_duplicates(frames["articles"], frames["publishers"], store.read("texts"))
    frames["coverage"] = with_never_looked(frames["coverage"])
    return {table.name: _exact(frames[table.name], table) for table in store.contract.public}


def codelist_frames(contract: Contract) -> dict[str, pl.DataFrame]:
    """Return the code lists by name, with the columns that their schemas describe."""
    return {table.name: _exact(contract.codelists[table.name], table) for table in contract.coded}


def _exact(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    return frame.select(table.names).cast(table.schema).sort(table.primary_key)
