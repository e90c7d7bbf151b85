"""Series, vintages and happenings: what follows from articles, observations and publishers alone.

Nothing is read or written here; `assembly` puts the store's rows in.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from qzetl.dataset.contract import Contract
from qzetl.dataset.duplicates import mark_duplicates
from qzetl.dataset.happenings import make_happenings
from qzetl.dataset.series import make_series, make_vintages
from qzetl.dataset.statements import make_statements

__all__ = ["Derived", "derive", "derive_marked"]


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
    return derive_marked(observations, mark_duplicates(articles, publishers, texts), publishers, contract)


def derive_marked(
    observations: pl.DataFrame, marked: pl.DataFrame, publishers: pl.DataFrame, contract: Contract
) -> Derived:
    """Do the same with articles whose duplicates are marked."""
    statements = make_statements(observations, marked, publishers, contract.codelists["indicators"])
    return Derived(
        series=make_series(statements),
        vintages=make_vintages(statements),
        happenings=make_happenings(observations, marked, contract),
    )
