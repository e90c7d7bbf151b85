"""What the last releases of a store held, kept by the store itself, so that a rebuild anywhere tells the same changes.

Two are kept: the last release and the one that its changes are told against. They are Parquet files under
``published/<version>/``, written before the store remembers the version; a snapshot without its version is a leftover
and is written over.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

import obstore
import obstore.store
import polars as pl

from qzetl.dataset.files import sync_folder
from qzetl.dataset.store import Store

__all__ = ["drop_snapshots", "keep_snapshot", "read_snapshot"]

_FOLDER = "published"


def keep_snapshot(store: Store, version: str, files: Mapping[str, Path]) -> None:
    """Keep the Parquet files (by table) of the release `version`."""
    if not isinstance(store.root, Path):
        for name, path in files.items():
            pl.read_parquet(path).write_parquet(f"{store.root}/{_FOLDER}/{version}/{name}.parquet")
        return
    folder = store.root / _FOLDER / version
    aside = folder.with_name(f".{version}")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name, path in files.items():
        shutil.copyfile(path, aside / f"{name}.parquet")
    sync_folder(aside)
    shutil.rmtree(folder, ignore_errors=True)
    aside.rename(folder)


def read_snapshot(store: Store, version: str) -> dict[str, pl.DataFrame] | None:
    """Return the tables of the release `version`, None where the store no longer has them."""
    if not isinstance(store.root, Path):
        names = (path for path in _objects(store) if path.startswith(f"{version}/"))
        found = {Path(path).stem: pl.read_parquet(f"{store.root}/{_FOLDER}/{path}") for path in names}
    else:
        paths = sorted((store.root / _FOLDER / version).glob("*.parquet"))
        found = {path.stem: pl.read_parquet(path) for path in paths}
    return found or None


def drop_snapshots(store: Store, keep: Collection[str | None]) -> None:
    """Remove all snapshots but those of the versions in `keep`."""
    if not isinstance(store.root, Path):
        bucket = obstore.store.from_url(f"{store.root}/{_FOLDER}")
        if old := [path for path in _objects(store) if path.partition("/")[0] not in keep]:
            obstore.delete(bucket, old)
        return
    folder = store.root / _FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def _objects(store: Store) -> list[str]:
    """Return the paths of all snapshots' files in an object store, from the snapshots' folder."""
    bucket = obstore.store.from_url(f"{store.root}/{_FOLDER}")
    return sorted(each["path"] for page in obstore.list(bucket) for each in page)
