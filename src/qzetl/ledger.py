"""What has been done with each partition: from which captures, by which code, with what result.

The table `partitions` is what makes a run cheap and a killed one harmless: a partition whose captures and code are
those of its row need not be processed again, and one that lacks its row, or has other captures now, must be.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from qzetl.collect.index import Entry
from qzetl.collect.publisher import Publisher
from qzetl.dataset.store import Partition, Store
from qzetl.report import Problem, Processed
from qzetl.settings import schemas_dir

__all__ = ["Done", "code_digest", "inputs_digest", "read_ledger", "remember"]

_PACKAGE = Path(__file__).resolve().parent
_MAKERS = ("read", "extract", "dataset", "pipeline.py")  # code that decides which rows there are
_DATA = frozenset({".json", ".csv", ".toml"})


@dataclass(frozen=True, slots=True)
class Done:
    """One partition as it was last processed."""

    inputs: str
    code: str
    result: Processed


def inputs_digest(entries: Iterable[Entry], publisher: Publisher) -> str:
    """Return SHA-256 over a partition's captures, wherever they lie, and over what its publisher's file says."""
    lines = [repr(publisher)]
    lines += [f"{each.uri} {each.digest} {each.retrieved.isoformat()}" for each in entries]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def code_digest() -> str:
    """Return SHA-256 over everything but the captures that decides which rows a partition has."""
    digest = hashlib.sha256()
    schemas = schemas_dir()
    paths = [path for name in _MAKERS for path in _sources(_PACKAGE / name)]
    paths += [path for path in schemas.rglob("*") if path.suffix in _DATA and path.parent.name != "publishers"]
    for path in sorted(paths):
        root = schemas if path.is_relative_to(schemas) else _PACKAGE
        digest.update(f"{path.relative_to(root).as_posix()} {path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_ledger(store: Store) -> dict[Partition, Done]:
    """Return what `store` remembers of its partitions."""
    rows = store.collect("partitions").iter_rows()
    return {(publisher, day): Done(inputs, code, _processed(result)) for publisher, day, inputs, code, result in rows}


def remember(store: Store, done: Done) -> None:
    """Have the store remember one partition, after its rows are in place."""
    result = done.result
    row = {
        "publisher": [result.publisher],
        "day": [result.day],
        "inputs": [done.inputs],
        "code": [done.code],
        "result": [json.dumps(asdict(result), ensure_ascii=False, default=str)],
    }
    frame = pl.DataFrame(row, schema=store.contract.table("partitions").schema)
    store.replace("partitions", result.publisher, result.day, frame)


def _sources(path: Path) -> list[Path]:
    return [path] if path.is_file() else [p for p in path.rglob("*") if p.suffix == ".py" or p.suffix in _DATA]


def _processed(text: str) -> Processed:
    said = json.loads(text)
    problems = tuple(Problem(**problem) for problem in said.pop("problems"))
    return Processed(**{**said, "day": date.fromisoformat(said["day"]), "problems": problems})
