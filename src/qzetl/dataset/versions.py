"""Versions: which calendar version the contents of a store have, wherever the release is built.

A version belongs to contents, and the store remembers it: built again elsewhere from the same store, a release has
the same version and so the same bytes. Versions only grow, whatever the days say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import count
from pathlib import Path

import polars as pl

from qzetl.dataset.catalogue import Release, list_releases, version_order
from qzetl.dataset.store import Store
from qzetl.errors import ReleaseError

__all__ = ["Remembered", "last_remembered", "newest_day", "propose_version", "remember_release"]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A release as the store remembers it, so that it is the same wherever it is built again.

    `content` is SHA-256 over its data files, `base` the version that its changes are told against, `accepted_loss`
    why more rows than usual were let go.
    """

    version: str
    content: str
    base: str | None
    accepted_loss: str | None


def newest_day(store: Store) -> date:
    """Return the newest day (Asia/Shanghai) on which an article was retrieved, else the newest day looked at.

    Raises `ReleaseError` where the store is empty.
    """
    retrieved = pl.col("retrieved").dt.convert_time_zone("Asia/Shanghai").dt.date()
    day = store.newest("articles", retrieved) or store.newest("coverage", pl.col("day"))
    if not isinstance(day, date):
        msg = f"{store.root} holds nothing to release; collect something first (qzetl run)"
        raise ReleaseError(msg)
    return day


def last_remembered(store: Store) -> Remembered | None:
    """Return what the store remembers of the last release that was made of it, None where there was none."""
    known = store.collect("releases").sort("ordinal").tail(1)
    return next((Remembered(**row) for row in known.drop("ordinal").iter_rows(named=True)), None)


def propose_version(store: Store, output: Path, content: str, day: date) -> str:
    """Return the version for `content`, which is not that of the last release.

    It is the first of ``YYYY.MM.DD``, ``YYYY.MM.DD.1``, … for `day` (or the day of the last version, if later) that
    neither the store nor `output` has for other content.
    """
    there = {release.version: release for release in list_releases(output)}
    given = set(store.collect("releases")["version"].to_list())
    newest = max([*given, *there], key=version_order, default="")
    return next(v for v in _candidates(day, newest) if v not in given and _free(there.get(v), content))


def remember_release(store: Store, release: Remembered) -> None:
    """Have the store remember a release before it is published."""
    known = store.collect("releases")
    if release.version not in known["version"]:
        row = {**asdict(release), "ordinal": known.height + 1}
        store.merge("releases", pl.DataFrame([row], schema=store.contract.table("releases").schema))


def _free(release: Release | None, content: str) -> bool:
    return release is None or release.content == content


def _candidates(day: date, newest: str) -> Iterator[str]:
    """Return versions in order, from the day's own or from the newest one's day, whichever is later."""
    own = f"{day:%Y.%m.%d}"
    base = max(own, ".".join(newest.split(".")[:3]), key=version_order)
    yield base
    for number in count(1):
        yield f"{base}.{number}"
