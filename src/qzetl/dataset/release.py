"""Releases: made aside, verified, renamed into place, and pointed to last.

At every moment ``latest`` names a whole, verified release: a run that is killed leaves at most a ``.building``
folder, which the next one clears. A release is a function of the store (and of the code's revision, which it names);
where its data files would be those of the latest release, none is made.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from qzetl.dataset.assembly import assemble
from qzetl.dataset.catalogue import LATEST, RELEASES, Release, latest_release, list_releases, show_release
from qzetl.dataset.changelog import changes_page
from qzetl.dataset.changes import Comparison, compare
from qzetl.dataset.checks import check_release, refuse_failed
from qzetl.dataset.contract import Contract, Table
from qzetl.dataset.datapackage import Written, describe, write_json
from qzetl.dataset.draft import Companion, Draft
from qzetl.dataset.files import file_digest, sync_folder, sync_path, write_csv, write_parquet
from qzetl.dataset.lock import locked
from qzetl.dataset.loss import refuse_loss
from qzetl.dataset.pointers import clear_pointers, point
from qzetl.dataset.readme import release_readme
from qzetl.dataset.snapshots import drop_snapshots, keep_snapshot, read_snapshot
from qzetl.dataset.store import Store
from qzetl.dataset.verify import PACKAGE, SUMS, verify_files, verify_release
from qzetl.dataset.versions import Remembered, last_remembered, newest_day, propose_version, remember_release
from qzetl.errors import ReleaseError

__all__ = ["Publication", "Release", "build_release", "latest_release", "list_releases", "show_release"]

CHANGES = "CHANGES.md"

_BUILDING = ".building"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Publication:
    """The release that stands now; `new` is False where nothing had changed since it was made."""

    release: Release
    new: bool


def build_release(
    store: Store,
    output: Path,
    revision: str | None = None,
    companions: Sequence[Companion] = (),
    *,
    version_day: date | None = None,
    accept_loss: str | None = None,
) -> Publication:
    """Make a release of `store` under `output`, unless its latest release holds the same.

    `revision` is the git commit of the code. `companions` write further files (see `draft`). `version_day` is the day
    that a new version bears, by default the newest on which the store's articles were retrieved. `accept_loss` says
    why more rows than usual may go (see `loss`). Raises `ReleaseError` where the store is empty, where the release
    would lose rows or fail a check, where what was built does not verify, or where a release that is there is damaged;
    then nothing was published.
    """
    try:
        with locked(output / _LOCK), store.exclusive():
            return _build(store, output, _Wishes(revision, companions, version_day, accept_loss))
    except OSError as error:
        msg = f"{output} cannot be written ({error}); check space and rights, then run qzetl release again"
        raise ReleaseError(msg) from error


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What a release is made with, as `build_release` describes it."""

    revision: str | None
    companions: Sequence[Companion]
    version_day: date | None
    accept_loss: str | None


def _build(store: Store, output: Path, wishes: _Wishes) -> Publication:
    building = output / _BUILDING
    _clear(output)
    assembly = assemble(store)
    written = _write_data(assembly.tables, store.contract, building)
    content = _content(written)
    latest = latest_release(output)
    if latest is not None and latest.content == content:
        _refuse_damaged(latest.path)
        _clear(output)
        return Publication(latest, new=False)
    checks = check_release(assembly)
    refuse_failed(checks)
    release = _named(store, output, content, wishes)
    version = release.version
    comparison = _compared(store, release, assembly.tables)
    tables, files = _with_changes(building, store.contract, assembly.tables, written, comparison)
    (building / CHANGES).write_text(changes_page(release, comparison, tables), "utf-8")
    del comparison  # with it go the tables of the release before
    package = _describe(building, store.contract, release, tables["publishers"], files, wishes)
    draft = Draft(building, version, wishes.revision, store.contract, tables, files, package, tuple(checks))
    for companion in wishes.companions:
        companion(draft)
    _write_sums(building)
    if problems := verify_release(building):
        msg = f"the release {version} would be wrong, so nothing was published: {'; '.join(problems[:5])}"
        raise ReleaseError(msg)
    keep_snapshot(store, version, {each.table.name: building / each.path for each in written if each.parquet})
    remember_release(store, release)
    _place(building, output / RELEASES / version)
    point(output, LATEST, version)
    drop_snapshots(store, {version, release.base})
    return Publication(show_release(output, version), new=True)


def _named(store: Store, output: Path, content: str, wishes: _Wishes) -> Remembered:
    """Return what the store remembers of this content, or a new version with the last one as its base."""
    last = last_remembered(store)
    if last is not None and last.content == content:
        return last
    version = propose_version(store, output, content, wishes.version_day or newest_day(store))
    return Remembered(version, content, last.version if last else None, wishes.accept_loss)


def _compared(store: Store, release: Remembered, tables: Mapping[str, pl.DataFrame]) -> Comparison | None:
    """Compare with the release before, as far as the store knows it; a loss that nobody accepted is refused."""
    base = read_snapshot(store, release.base) if release.base else None
    if base is None:
        return None
    comparison = compare(base, tables, store.contract)
    if release.accepted_loss is None:
        refuse_loss(comparison.lost, str(release.base))
    return comparison


def _with_changes(
    folder: Path,
    contract: Contract,
    tables: Mapping[str, pl.DataFrame],
    written: Sequence[Written],
    comparison: Comparison | None,
) -> tuple[dict[str, pl.DataFrame], tuple[Written, ...]]:
    """Write the table of changes; return all tables and all files, it among them."""
    table = contract.table("changes")
    changes = comparison.changes if comparison else table.empty()
    return {**tables, table.name: changes}, (*written, *_write_table(changes, table, folder, table.name))


def _describe(
    folder: Path,
    contract: Contract,
    release: Remembered,
    publishers: pl.DataFrame,
    files: Sequence[Written],
    wishes: _Wishes,
) -> dict[str, Any]:
    """Write datapackage.json, which is returned, and README.md."""
    package = describe(
        files,
        publishers,
        contract.version,
        version=release.version,
        content=release.content,
        revision=wishes.revision,
    )
    write_json(package, folder / PACKAGE)
    (folder / "README.md").write_text(release_readme(files, release.version), "utf-8")
    return package


def _write_data(tables: Mapping[str, pl.DataFrame], contract: Contract, folder: Path) -> list[Written]:
    """Write every table and code list; return the files."""
    (folder / "codelists").mkdir(parents=True)
    written = []
    for name, frame in tables.items():
        table = contract.table(name)
        written += _write_table(frame, table, folder, f"codelists/{name}" if table.role == "codelist" else name)
    return written


def _write_table(frame: pl.DataFrame, table: Table, folder: Path, stem: str) -> list[Written]:
    write_csv(frame, folder / f"{stem}.csv")
    write_parquet(frame, folder / f"{stem}.parquet", table)
    return [Written.of(table, folder, f"{stem}.{kind}", frame.height) for kind in ("csv", "parquet")]


def _content(written: Iterable[Written]) -> str:
    """Return SHA-256 over the data files' digests and paths, as `sha256sum` would print them."""
    lines = sorted(f"{each.digest}  {each.path}\n" for each in written)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _write_sums(folder: Path) -> None:
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    (folder / SUMS).write_text("".join(f"{file_digest(folder / path)}  {path}\n" for path in paths), "utf-8")


def _refuse_damaged(path: Path) -> None:
    if problems := verify_files(path):
        msg = f"the release {path} is damaged ({'; '.join(problems[:5])}); remove that folder and release again"
        raise ReleaseError(msg)


def _place(building: Path, target: Path) -> None:
    """Give the finished folder its name; one of that name holds the same content (see `versions`) and stays."""
    if target.exists():
        _refuse_damaged(target)
        shutil.rmtree(building)
        return
    sync_folder(building)
    target.parent.mkdir(exist_ok=True)
    building.rename(target)
    sync_path(target.parent)


def _clear(output: Path) -> None:
    """Remove what a killed run left; the lock is held, so nobody else is building here."""
    shutil.rmtree(output / _BUILDING, ignore_errors=True)
    clear_pointers(output)
