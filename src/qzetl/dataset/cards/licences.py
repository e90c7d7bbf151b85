"""LICENCES.md: under which terms the data and the quoted sentences stand, and whom to name, publisher by publisher."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

__all__ = ["licences"]

_BODY = """\
# Licence and attribution

The data (every table, chart and page of this release) are under [{title}]({path}). Name "{name}, release {version}".

The sentences quoted as evidence (columns `sentence` and `quote`) and the headlines remain their publishers'. They are
quoted one sentence at a time, with the address of the article that they come from; the articles' texts are not part
of the release. Whoever uses a single figure should name its publisher as well.

| publisher | home | articles | terms of the publisher |
|---|---|---:|---|
{rows}
"""


def licences(package: Mapping[str, Any], publishers: pl.DataFrame, articles: pl.DataFrame) -> str:
    """Return LICENCES.md for the publishers of a release."""
    counted = articles.group_by("publisher").len()
    held = publishers.join(counted, left_on="id", right_on="publisher", how="left").sort("rank", "id")
    rows = [
        f"| {_plain(name)} (`{id_}`) | {home or '–'} | {n or 0:,} | {_plain(licence) or 'none stated'} |"
        for id_, name, home, licence, n in held.select("id", "name", "home", "licence", "len").iter_rows()
    ]
    licence = package["licenses"][0]
    return _BODY.format(
        title=licence["title"],
        path=licence["path"],
        name=package["title"],
        version=package["version"],
        rows="\n".join(rows),
    )


def _plain(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("\n", " ")
