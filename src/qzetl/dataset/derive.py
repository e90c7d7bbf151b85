"""The stage between store and release: series, vintages and happenings, from all that the store holds.

What is derived follows from articles, observations and publishers alone and is made anew each time; where nothing
changed, nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from qzetl.dataset.contract import Contract
from qzetl.dataset.duplicates import mark_duplicates
from qzetl.dataset.happenings import make_happenings
from qzetl.dataset.series import make_series, make_vintages
from qzetl.dataset.statements import make_statements
from qzetl.dataset.store import Store
from qzetl.dataset.validate import validate
from qzetl.errors import StoreError

__all__ = ["Derived", "derive", "derive_tables"]


@dataclass(frozen=True, slots=True)
class Derived:
    """The derived tables, each sorted by its key."""

    series: pl.DataFrame
    vintages: pl.DataFrame
    happenings: pl.DataFrame


def derive(
    observations: pl.DataFrame,
    articles: pl.DataFrame,
    publishers: pl.DataFrame,
    contract: Contract,
    texts: pl.LazyFrame,
) -> Derived:
    """Return what follows from the rows given; a pure function, whatever their order."""
    marked = mark_duplicates(articles, publishers, texts)
    statements = make_statements(observations, marked, publishers, contract.codelists["indicators"])
    return Derived(
        series=make_series(statements),
        vintages=make_vintages(statements),
        happenings=make_happenings(observations, marked, contract),
    )


def derive_tables(store: Store) -> dict[str, int]:
    """Make the derived tables of `store` anew and return how many rows each has.

    Raises `StoreError` where a derived row breaks the contract, which happens only where stored rows no longer keep
    to the code lists.
    """
    contract = store.contract
    observations, articles, publishers = (store.collect(table) for table in ("observations", "articles", "publishers"))
    made = derive(observations, articles, publishers, contract, store.read("texts"))
    frames = {"series": made.series, "vintages": made.vintages, "happenings": made.happenings}
    for table, frame in frames.items():
        checked = validate(table, frame, contract)
        if checked.rejects.height:
            rules = ", ".join(checked.rejects["rule"].unique().sort().to_list())
            msg = (
                f"{table}: {checked.rejects.height} derived rows break {rules}; the stored observations were made with "
                "other code lists: extract them again (qzetl run)"
            )
            raise StoreError(msg)
        store.overwrite(table, checked.valid)
    return {table: frame.height for table, frame in frames.items()}
