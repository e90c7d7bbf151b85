"""The working tables: one Delta table each under the store's folder, replaced by partition (publisher, day).

A commit is atomic, so a reader never sees half a partition, and a killed writer leaves the table as it was. Writers
may run at once (in processes that were spawned, never forked: the Delta library's threads do not survive a fork);
where two commits collide, the later one is tried again on what the earlier one left. Rows that are already there are
not written again: the same input leaves the store, and its versions, as they are.

The folder may be on any S3-compatible object store, named by an URL; the usual variables (``AWS_ACCESS_KEY_ID``,
``AWS_ENDPOINT_URL``, ``AWS_REGION`` …) say how to reach it. Its commits are made by conditional writes.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from itertools import chain, groupby
from pathlib import Path

import polars as pl
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError

from qzetl.dataset.contract import Contract
from qzetl.dataset.lock import locked
from qzetl.errors import StoreError

__all__ = ["Partition", "Store"]

Partition = tuple[str, date]
"""A publisher's id, and the day under which it lists what the partition holds."""

# Files are kept together by publisher and month: a day of news is a few hundred rows, and thousands of small files
# would make every read slow. Days are still replaced one by one.
_MONTH = "month"
_BY = ["publisher", _MONTH]
_LARGEST_BATCH = 200  # terms of a predicate; thousands overflow the Delta library's stack (measured)
_ATTEMPTS = 30
_FIRST_WAIT, _LONGEST_WAIT = 0.01, 2.0  # seconds between two attempts, at most
_LOCK = ".lock"


class Store:
    """The tables under `root`, which is made when first written to; `contract` says which there are.

    `root` is a folder, or an URL of an object store (``s3://bucket/prefix``).
    """

    def __init__(self, root: Path | str, contract: Contract) -> None:
        """Remember where the tables are; nothing is read or written yet."""
        self.root = root
        self.contract = contract

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keep other processes of this machine that ask for the same out; writers of partitions do not ask.

        An object store has no locks: there, one machine at a time may publish.
        """
        if isinstance(self.root, str):
            yield
            return
        with locked(self.root / _LOCK):
            yield

    def read(self, table: str, as_of: datetime | None = None) -> pl.LazyFrame:
        """Return the rows of `table` in the contract's columns, in no particular order; none where never written.

        `as_of` is a moment (with a time zone) whose rows are wanted, by default now; see `compaction` for how far back.
        Columns that the contract has gained since they were written, and does not require, are null. Raises
        `StoreError` where the table cannot be read.
        """
        schema = self.contract.table(table)
        delta = self.open(table)
        if delta is None:
            return schema.empty().lazy()
        if as_of is not None:
            self._go_back(delta, as_of)
        found = pl.scan_delta(delta)
        held = found.collect_schema()
        new = [field for field in schema.fields if field.name not in held]
        if missing := [field.name for field in new if field.required]:
            columns = ", ".join(missing)
            msg = (
                f"{self._path(table)} lacks the columns {columns}: it was written by another version; rebuild the store"
            )
            raise StoreError(msg)
        found = found.with_columns(pl.lit(None, field.dtype).alias(field.name) for field in new)
        return found.select(pl.col(name).cast(dtype) for name, dtype in schema.schema.items())

    def collect(self, table: str) -> pl.DataFrame:
        """Return the rows of `table`, sorted by its primary key; raises `StoreError` as `read` does."""
        return _collected(self.read(table), self._path(table)).sort(self.contract.table(table).primary_key)

    def newest(self, table: str, column: pl.Expr) -> object:
        """Return the greatest value of `column` in `table`, None where there is none."""
        return _collected(self.read(table).select(column.max()), self._path(table)).item()

    def partitions(self, table: str) -> list[Partition]:
        """Return the partitions that have rows in `table`, sorted."""
        rows = _collected(self.read(table).select("publisher", "day").unique(), self._path(table))
        return sorted(rows.iter_rows())

    def replace(self, table: str, publisher: str, day: date, frame: pl.DataFrame) -> bool:
        """Make `frame` the only rows of one partition; says whether anything changed. See `replace_partitions`."""
        return self.replace_partitions(table, [(publisher, day)], frame)

    def replace_partitions(self, table: str, partitions: Iterable[Partition], frame: pl.DataFrame) -> bool:
        """Make `frame` the only rows of `partitions`; says whether anything changed.

        Each partition is replaced in one commit, together with up to some hundreds of others. Rows that name no
        partition (rejects may not know theirs) take that of the single one given. Raises `StoreError` for rows of
        another partition, or where the table cannot be written.
        """
        wanted = sorted(set(partitions))
        rows = _placed(table, frame.select(self.contract.table(table).names), wanted)
        attempts = [partial(self._replace, table, batch, rows) for batch in _batches(wanted)]
        changed = [self._retried(table, attempt) for attempt in attempts]
        return any(changed)

    def overwrite(self, table: str, frame: pl.DataFrame) -> bool:
        """Make `frame` all there is in `table` (for what is derived from everything); says whether it changed."""
        schema = self.contract.table(table)
        rows = frame.select(schema.names).cast(schema.schema)

        def attempt() -> bool:
            if self._equal(table, _collected(self.read(table), self._path(table)), rows) and self.open(table):
                return False
            self._write(table, rows, [], None)
            return True

        return self._retried(table, attempt)

    def merge(self, table: str, frame: pl.DataFrame) -> bool:
        """Put the rows of `frame` in place of those with the same key and leave the others; says whether it changed."""
        schema = self.contract.table(table)
        rows = frame.select(schema.names).cast(schema.schema)
        key = list(schema.primary_key)

        def attempt() -> bool:
            held = _collected(self.read(table).join(rows.lazy(), on=key, how="semi"), self._path(table))
            if self._equal(table, held, rows):
                return False
            on = " AND ".join(f"held.{name} = new.{name}" for name in key)
            merger = self._create(table, rows, []).merge(
                rows, on, source_alias="new", target_alias="held", merge_schema=True
            )
            merger.when_matched_update_all().when_not_matched_insert_all().execute()
            return True

        return self._retried(table, attempt)

    def _replace(self, table: str, partitions: list[Partition], rows: pl.DataFrame) -> bool:
        wanted = rows.join(_frame(partitions), on=["publisher", "day"], how="semi")
        held = _collected(self._held(table, partitions), self._path(table))
        if self._equal(table, held, wanted):
            return False
        self._write(table, wanted.with_columns(_month()), _BY, _predicate(partitions))
        return True

    def _held(self, table: str, partitions: list[Partition]) -> pl.LazyFrame:
        keys = _frame(partitions)
        rough = pl.col("publisher").is_in(keys["publisher"].unique().implode()) & pl.col("day").is_between(
            keys["day"].min(), keys["day"].max()
        )
        return self.read(table).filter(rough).join(keys.lazy(), on=["publisher", "day"], how="semi")

    def _path(self, table: str) -> str:
        return f"{self.root}/{table}"

    def open(self, table: str) -> DeltaTable | None:
        """Open the Delta table, None where it was never written; raises `StoreError` where it cannot be read."""
        path = self._path(table)
        try:
            return DeltaTable(path) if DeltaTable.is_deltatable(path) else None
        except (DeltaError, OSError) as error:
            msg = f"{path} cannot be read as a Delta table ({error}); restore it from a backup or rebuild the store"
            raise StoreError(msg) from error

    def _go_back(self, delta: DeltaTable, moment: datetime) -> None:
        """Load what the table said at `moment`; raises `StoreError` where that is not known, or there was no table."""
        try:
            delta.load_as_version(moment)
            first = min(commit["timestamp"] for commit in delta.history())
            known = first <= moment.timestamp() * 1000  # for what is earlier, the library takes the first version
        except DeltaError:
            known = False
        if not known:
            msg = (
                f"{delta.table_uri}: what it said at {moment:%Y-%m-%d %H:%M %Z} is not known (any more); ask for later"
            )
            raise StoreError(msg)

    def _equal(self, table: str, held: pl.DataFrame, rows: pl.DataFrame) -> bool:
        key = list(self.contract.table(table).primary_key)
        return held.height == rows.height and held.sort(key).equals(rows.sort(key))

    def _create(self, table: str, rows: pl.DataFrame, by: list[str]) -> DeltaTable:
        """Open the table, making it first where it is not there; whoever of two makers is second finds it made."""
        if isinstance(self.root, Path):
            self.root.mkdir(parents=True, exist_ok=True)
        found = self.open(table)
        if found is None:
            arrow = rows.clear().to_arrow(compat_level=pl.CompatLevel.oldest())
            found = DeltaTable.create(self._path(table), arrow.schema, mode="ignore", partition_by=by or None)
        return found

    def _write(self, table: str, rows: pl.DataFrame, by: list[str], predicate: str | None) -> None:
        delta = self._create(table, rows, by)
        write_deltalake(
            delta, rows, mode="overwrite", predicate=predicate, partition_by=by or None, schema_mode="merge"
        )

    def _retried(self, table: str, attempt: Callable[[], bool]) -> bool:
        """Run `attempt` until no other writer's commit collides with its own; collisions are ordinary, no failures."""
        for number in range(1, _ATTEMPTS + 1):
            try:
                return attempt()
            except CommitFailedError as error:
                if number == _ATTEMPTS:
                    msg = f"{self._path(table)}: {number} writes collided with other writers'; let them end, run again"
                    raise StoreError(msg) from error
                time.sleep(random.uniform(0, min(_LONGEST_WAIT, _FIRST_WAIT * 2**number)))  # noqa: S311 (no secret)
            except (DeltaError, OSError, pl.exceptions.PolarsError) as error:
                msg = f"{self._path(table)} cannot be written ({error}); check space and rights, then run again"
                raise StoreError(msg) from error
        raise AssertionError  # the last attempt returned or raised


def _collected(rows: pl.LazyFrame, path: str) -> pl.DataFrame:
    try:
        return rows.collect()
    except (DeltaError, OSError, pl.exceptions.PolarsError) as error:
        msg = f"{path} cannot be read ({error}); restore it from a backup or rebuild the store"
        raise StoreError(msg) from error


def _placed(table: str, rows: pl.DataFrame, partitions: list[Partition]) -> pl.DataFrame:
    """Return the rows with their partition filled in where there is only one; refuse rows of any other."""
    if len(partitions) == 1:
        publisher, day = partitions[0]
        rows = rows.with_columns(pl.col("publisher").fill_null(publisher), pl.col("day").fill_null(day))
    strange = rows.join(_frame(partitions), on=["publisher", "day"], how="anti")
    if strange.height:
        publisher, day = strange.select("publisher", "day").row(0)
        msg = f"{table}: a row belongs to ({publisher}, {day}), which is none of the partitions to replace"
        raise StoreError(msg)
    return rows


def _frame(partitions: list[Partition]) -> pl.DataFrame:
    return pl.DataFrame(partitions, schema={"publisher": pl.String(), "day": pl.Date()}, orient="row")


def _batches(partitions: list[Partition]) -> list[list[Partition]]:
    """Return the partitions (which are sorted) in lists of no more publishers and months than one predicate bears."""
    months = [list(group) for _, group in groupby(partitions, key=lambda each: (each[0], f"{each[1]:%Y-%m}"))]
    return [list(chain(*months[at : at + _LARGEST_BATCH])) for at in range(0, len(months), _LARGEST_BATCH)]


def _months(partitions: list[Partition]) -> list[tuple[str, str, list[str]]]:
    """Return publisher, month and days, for each publisher and month among the partitions (which are sorted)."""
    groups = groupby(partitions, key=lambda partition: (partition[0], f"{partition[1]:%Y-%m}"))
    return [(publisher, month, [day.isoformat() for _, day in group]) for (publisher, month), group in groups]


def _predicate(partitions: list[Partition]) -> str:
    """Return the partitions in the Delta library's SQL; months are named so that others' files are not opened."""
    return " OR ".join(
        f"(publisher = '{_quoted(publisher)}' AND {_MONTH} = '{month}' AND day IN ({', '.join(map(repr, days))}))"
        for publisher, month, days in _months(partitions)
    )


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _month() -> pl.Expr:
    return pl.col("day").dt.strftime("%Y-%m").alias(_MONTH)
