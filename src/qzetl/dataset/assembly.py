"""From the store's rows to the tables of a release: corrections, figures that jump, reprints, and what is derived.

One function of the store and of schemas/, used by whoever needs the public tables; so what `series` says always follows
from the observations beside it, also while other runs are replacing partitions.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from qzetl.dataset.casting import cast_column
from qzetl.dataset.contract import Contract, Table
from qzetl.dataset.corrections import apply_corrections, read_corrections, without_effect
from qzetl.dataset.coverage import with_never_looked
from qzetl.dataset.derive import derive_marked
from qzetl.dataset.duplicates import mark_duplicates
from qzetl.dataset.jumps import set_apart_jumps
from qzetl.dataset.partitions import reading_whole
from qzetl.dataset.store import Store
from qzetl.dataset.validate import validate
from qzetl.errors import StoreError

__all__ = ["Assembly", "assemble", "derive_tables"]

_STORED = ("articles", "observations", "coverage", "rejects", "publishers")
DERIVED = ("series", "vintages", "happenings")


@dataclass(frozen=True, slots=True)
class Assembly:
    """The public tables and the code lists by name, in the contract's columns and order.

    `idle_corrections` are the ids of corrections that name no row of the store.
    """

    tables: dict[str, pl.DataFrame]
    idle_corrections: tuple[str, ...]


def assemble(store: Store) -> Assembly:
    """Return the tables that the store's rows make.

    Raises `SchemaError` for a correction that cannot be applied, `StoreError` where the store cannot be read, or where
    a derived row breaks the contract, which happens only where stored rows no longer keep to the code lists.
    """
    contract = store.contract
    with reading_whole(store):
        held = {table: store.collect(table) for table in _STORED}
        texts = store.read("texts")  # of this moment, whenever it is collected
    idle = without_effect(held, read_corrections(contract))
    frames = apply_corrections(held, contract)
    del held
    apart = set_apart_jumps(frames["observations"], contract)
    frames["observations"] = apart.valid
    frames["rejects"] = pl.concat([frames["rejects"], apart.rejects])
    frames["articles"] = mark_duplicates(frames["articles"], frames["publishers"], texts)
    frames |= _derived(frames, contract)
    frames["coverage"] = with_never_looked(frames["coverage"])
    tables = {table.name: _exact(frames[table.name], table) for table in contract.public}
    coded = {table.name: _exact(contract.codelists[table.name], table) for table in contract.coded}
    return Assembly(tables | coded, tuple(idle))


def derive_tables(store: Store) -> dict[str, int]:
    """Make the derived tables of `store` anew and return how many rows each has; raises as `assemble` does."""
    tables = assemble(store).tables
    for table in DERIVED:
        store.overwrite(table, tables[table])
    return {table: tables[table].height for table in DERIVED}


def _derived(frames: dict[str, pl.DataFrame], contract: Contract) -> dict[str, pl.DataFrame]:
    made = derive_marked(frames["observations"], frames["articles"], frames["publishers"], contract)
    found = {"series": made.series, "vintages": made.vintages, "happenings": made.happenings}
    for table, frame in found.items():
        checked = validate(table, frame, contract)
        if checked.rejects.height:
            rules = ", ".join(checked.rejects["rule"].unique().sort().to_list())
            msg = (
                f"{table}: {checked.rejects.height} derived rows break {rules}; the stored observations were made with "
                "other code lists: extract them again (qzetl run)"
            )
            raise StoreError(msg)
    return found


def _exact(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    columns = (cast_column(name, frame.schema[name], dtype).alias(name) for name, dtype in table.schema.items())
    return frame.select(columns).sort(table.order)
