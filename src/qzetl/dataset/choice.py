"""The published rule by which one statement is chosen where several state the same key (docs/methodology.md).

In this order: a text that a later text at the same address replaced gives way; then the higher authority, the newer
statement, the more exact bound, the figure that more publishers give, and, so that there is one answer, the one that
stands earlier in its article, then the lower id.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from qzetl.dataset.statements import FIGURE

__all__ = ["REASONS", "choose", "weigh"]

REASONS = ("replaced", "lower-authority", "older", "less-exact", "outvoted", "tie")
"""Why a statement loses, in the order in which the rule asks."""

_ORDER = ["replaced", "rank", "stated", "exactness", "votes", "start", "observation_id"]
_DESCENDING = [False, False, True, False, True, False, False]


def weigh(statements: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return the statements with `replaced`, and with `votes` and `n_publishers` of their group (`by`).

    `votes` is how many publishers' newest statement gives the figure; `n_publishers` how many state the key at all.
    """
    marked = statements.with_columns(
        replaced=pl.col("text_no") < pl.col("text_no").max().over(*by, "page_no"),
    )
    newest = marked.filter(~pl.col("replaced")).filter(
        pl.col("stated") == pl.col("stated").max().over(*by, "publisher")
    )
    votes = newest.group_by(*by, *FIGURE).agg(votes=pl.col("publisher").n_unique())
    publishers = marked.group_by(*by).agg(n_publishers=pl.col("publisher").n_unique())
    return (
        marked.join(votes, on=[*by, *FIGURE], how="left", nulls_equal=True)
        .join(publishers, on=list(by), how="left")
        .with_columns(pl.col("votes").fill_null(0))
    )


def choose(weighed: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return the chosen statement of each group (`by`), in the groups' order."""
    ordered = weighed.sort([*by, *_ORDER], descending=[False] * len(by) + _DESCENDING)
    return ordered.unique(list(by), keep="first", maintain_order=True)
