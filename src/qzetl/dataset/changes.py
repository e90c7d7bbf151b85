"""What changed between two releases, row by row and column by column, and why.

Rows are matched by primary key. The reason follows from what both releases hold: articles that came or went,
corrections made or taken back, and, where neither touches a row, that the same article is now read, bound or judged
otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from qzetl.dataset.contract import Contract, Table

__all__ = ["Comparison", "Frames", "compare"]

Frames = Mapping[str, pl.DataFrame]

_BEFORE = " before"  # suffix of working columns; no column of a table has a blank in its name
_WHOLE_ROW = "*"
_SAME_FIGURE = ["indicator", "measure", "area", "period", "status", "unit"]
_MADE_BY_LOOKING = ("coverage", "publishers")


@dataclass(frozen=True, slots=True)
class _Causes:
    """Ids that explain a change: articles new, gone, corrected; observations corrected; and what all these state."""

    new: pl.Series
    gone: pl.Series
    corrected: pl.Series
    corrected_rows: pl.Series
    stated: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Comparison:
    """A release beside the one before.

    `base` holds the tables of the one before, `changes` is the table of that name, `columns` says in words which tables
    and columns came, went or changed their type, `lost` for each table of `base` how many rows went (those taken down
    apart) and how many it had.
    """

    base: Frames
    changes: pl.DataFrame
    columns: list[str]
    lost: dict[str, tuple[int, int]]


def compare(base: Frames, tables: Frames, contract: Contract) -> Comparison:
    """Compare the tables of two releases; of tables that only one of them has, no rows are told."""
    causes = _causes(base, tables)
    schema = contract.table("changes")
    found = [
        frame
        for name, new in tables.items()
        if name in base and set(contract.table(name).primary_key) <= set(base[name].columns)
        for frame in _of_table(contract.table(name), base[name], new, causes)
    ]
    changes = pl.concat([schema.empty(), *found]).sort(schema.primary_key)
    return Comparison(base, changes, _columns(base, tables), _lost(changes, base))


def _lost(changes: pl.DataFrame, base: Frames) -> dict[str, tuple[int, int]]:
    went = changes.filter((pl.col("change") == "removed") & (pl.col("reason") != "correction"))
    counts = dict(went.group_by("table").len().iter_rows())
    return {name: (counts.get(name, 0), frame.height) for name, frame in base.items()}


def _columns(base: Frames, tables: Frames) -> list[str]:
    found = [f"table `{name}` is new" for name in tables if name not in base]
    found += [f"table `{name}` is gone" for name in base if name not in tables]
    for name in (name for name in tables if name in base):
        old, new = base[name].schema, tables[name].schema
        found += [f"column `{name}.{column}` is new" for column in new if column not in old]
        found += [f"column `{name}.{column}` is gone" for column in old if column not in new]
        kept = (column for column in new if column in old and new[column] != old[column])
        found += [f"column `{name}.{column}` is {new[column]}, it was {old[column]}" for column in kept]
    return found


def _causes(base: Frames, tables: Frames) -> _Causes:
    old, new = base["articles"]["article_id"], tables["articles"]["article_id"]
    corrections = _corrections(base, tables)
    of = {name: corrections.filter(pl.col("table") == name)["id"].unique() for name in ("articles", "observations")}
    came, went = new.filter(~new.is_in(old.implode())), old.filter(~old.is_in(new.implode()))
    articles = pl.concat([came, went, of["articles"]]).implode()
    touched = pl.col("article_id").is_in(articles) | pl.col("observation_id").is_in(of["observations"].implode())
    stated = [
        held["observations"].filter(touched).select("observation_id", "article_id", *_SAME_FIGURE)
        for held in (base, tables)
    ]
    return _Causes(came, went, of["articles"], of["observations"], pl.concat(stated).unique())


def _corrections(base: Frames, tables: Frames) -> pl.DataFrame:
    """Return the corrections that stand in one of both releases only."""
    new = tables["corrections"]
    old = base.get("corrections", new.clear())
    on = ["table", "id", "field", "value"]
    once = [one.join(other, on=on, how="anti", nulls_equal=True) for one, other in ((new, old), (old, new))]
    return pl.concat(each.select("table", "id") for each in once)


def _of_table(table: Table, old: pl.DataFrame, new: pl.DataFrame, causes: _Causes) -> Iterator[pl.DataFrame]:
    key = list(table.primary_key)
    for one, other, change in ((new, old, "added"), (old, new, "removed")):
        rows = one.join(other, on=key, how="anti")
        if rows.height:
            yield _written(table, rows.with_columns(_reason(table, rows, causes)), _WHOLE_ROW, change)
    shared = [name for name, dtype in new.schema.items() if name not in key and old.schema.get(name) == dtype]
    if not shared:
        return
    differs = {name: pl.col(name).ne_missing(pl.col(name + _BEFORE)) for name in shared}
    both = _beside(old, new, key, shared)
    if both.is_empty():
        return
    both = both.with_columns(_reason(table, both, causes))
    for name in shared:
        rows = both.filter(differs[name])
        if rows.height:
            yield _written(table, rows, name, "changed")


def _beside(old: pl.DataFrame, new: pl.DataFrame, key: list[str], shared: list[str]) -> pl.DataFrame:
    """Return the rows of `new` that say otherwise in `old`, with what they said there.

    Rows are told apart by hashes of 64 bits: whole rows beside each other would take the memory of both releases again.
    """
    marked = [
        frame.select(key).with_columns(frame.select(*key, *shared).hash_rows().alias(" row")) for frame in (new, old)
    ]
    kept = marked[0].join(marked[1], on=key, suffix=_BEFORE).filter(pl.col(" row") != pl.col(f" row{_BEFORE}"))
    changed = [frame.join(kept.select(key), on=key, how="semi") for frame in (new, old.select(*key, *shared))]
    return changed[0].join(changed[1], on=key, suffix=_BEFORE)


def _written(table: Table, rows: pl.DataFrame, field: str, change: str) -> pl.DataFrame:
    none = pl.lit(None, pl.String)
    whole = field == _WHOLE_ROW
    return rows.select(
        table=pl.lit(table.name),
        key=pl.concat_str(pl.col(table.primary_key).cast(pl.String), separator="|"),
        field=pl.lit(field),
        change=pl.lit(change),
        old=none if whole else pl.col(field + _BEFORE).cast(pl.String),
        new=none if whole else pl.col(field).cast(pl.String),
        reason=pl.col(" reason"),
    )


def _reason(table: Table, rows: pl.DataFrame, causes: _Causes) -> pl.Series:
    """Return why each row changed, as a series " reason"."""
    if table.name == "corrections" or table.role == "codelist" or table.name in _MADE_BY_LOOKING:
        known = {"corrections": "correction"} | dict.fromkeys(_MADE_BY_LOOKING, "new-look")
        return pl.repeat(known.get(table.name, "code-list"), rows.height, dtype=pl.String, eager=True).alias(" reason")
    article, observation, original = _ids(rows)
    related = _related(rows, causes) if "n_reports" in rows.columns or "as_of" in rows.columns else {}
    nothing = pl.repeat(None, rows.height, dtype=pl.String, eager=True)

    def touched(ids: pl.Series, cause: str) -> pl.Series:
        own = article.is_in(ids.implode()) | original.is_in(ids.implode())
        return own.fill_null(value=False) | related.get(cause, nothing.is_not_null())

    corrected = touched(causes.corrected, "correction") | observation.is_in(causes.corrected_rows.implode()).fill_null(
        value=False
    )
    return (
        pl.DataFrame(
            {
                "correction": corrected,
                "article-gone": touched(causes.gone, "article-gone"),
                "new-article": touched(causes.new, "new-article"),
            }
        )
        .select(
            pl.coalesce(
                *(pl.when(pl.col(name)).then(pl.lit(name)) for name in ("correction", "article-gone", "new-article")),
                pl.lit("new-rule"),
            ).alias(" reason")
        )
        .to_series()
    )


def _ids(rows: pl.DataFrame) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Return, for each row, its article, its observation, and the article that it is a reprint of; null for none."""
    nothing = pl.repeat(None, rows.height, dtype=pl.String, eager=True)
    if "row" in rows.columns:  # of rejects
        said = rows.select(
            article=pl.col("row").str.json_path_match("$.article_id"),
            observation=pl.col("row").str.json_path_match("$.observation_id"),
        )
        return said["article"], said["observation"], nothing
    return tuple(  # type: ignore[return-value]  # three names make three series
        rows[name] if name in rows.columns else nothing for name in ("article_id", "observation_id", "duplicate_of")
    )


def _related(rows: pl.DataFrame, causes: _Causes) -> dict[str, pl.Series]:
    """Return, for rows of series and vintages, whether a statement of their figure came, went or was corrected."""
    numbered = rows.select(_SAME_FIGURE).with_row_index("row")
    found = {}
    for cause, ids in (("correction", causes.corrected), ("article-gone", causes.gone), ("new-article", causes.new)):
        of_article = causes.stated.filter(pl.col("article_id").is_in(ids.implode()))
        if cause == "correction":
            of_row = causes.stated.filter(pl.col("observation_id").is_in(causes.corrected_rows.implode()))
            of_article = pl.concat([of_article, of_row])
        hit = numbered.join(of_article.select(_SAME_FIGURE).unique(), on=_SAME_FIGURE, how="semi")["row"]
        found[cause] = numbered["row"].is_in(hit.implode())
    return found
