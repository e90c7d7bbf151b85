"""Versions: which calendar version the contents of a store have, wherever the release is built.

A version belongs to contents, and the store remembers it: built again elsewhere from the same store, a release has
the same version and so the same bytes. Versions only grow, whatever the days say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import polars as pl

from qzetl.dataset.catalogue import Release, list_releases, version_order
from qzetl.dataset.store import Store
from qzetl.errors import ReleaseError

__all__ = ["newest_day", "propose_version", "remember_version"]


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


def propose_version(store: Store, output: Path, content: str, day: date) -> str:
    """Return the version for `content`.

    It is what the store last gave to the same content, else the first of ``YYYY.MM.DD``, ``YYYY.MM.DD.1``, … for
    `day` (or the day of the last version, if later) that neither the store nor `output` has for other content.
    """
    known = store.collect("releases").sort("ordinal")
    if known.height and known["content"][-1] == content:
        return str(known["version"][-1])
    there = {release.version: release for release in list_releases(output)}
    given = set(known["version"].to_list())
    newest = max([*given, *there], key=version_order, default="")
    return next(v for v in _candidates(day, newest) if v not in given and _free(there.get(v), content))


def remember_version(store: Store, version: str, content: str) -> None:
    """Have the store remember that `content` is published as `version`, before it is."""
    known = store.collect("releases")
    if version not in known["version"]:
        row = {"version": [version], "ordinal": [known.height + 1], "content": [content]}
        store.merge("releases", pl.DataFrame(row, schema=store.contract.table("releases").schema))


def _free(release: Release | None, content: str) -> bool:
    return release is None or release.content == content


def _candidates(day: date, newest: str) -> Iterator[str]:
    """Return versions in order, from the day's own or from the newest one's day, whichever is later."""
    own = f"{day:%Y.%m.%d}"
    base = max(own, ".".join(newest.split(".")[:3]), key=version_order)
    yield base
    for number in count(1):
        yield f"{base}.{number}"
