"""datapackage.json: the release described for machines (Data Package v2), made from the contract and the files.

No clock is read: the same files and revision give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from qzetl.dataset.contract import Table
from qzetl.dataset.files import file_digest

__all__ = ["DESCRIPTION", "LICENCE", "TITLE", "Written", "describe", "write_json"]

TITLE = "qzetl: figures from Chinese regional news"
DESCRIPTION = "Every number that the articles state, bound to what it measures, where and when, with its sentence."
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_MEDIATYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_OUTSIDE_SCHEMA = ("name", "title", "description", "description_zh", "role", "sortedBy")


@dataclass(frozen=True, slots=True)
class Written:
    """A data file of a release: the table that it holds, its path within the release, size, digest and rows."""

    table: Table
    path: str
    bytes: int
    digest: str
    rows: int

    @property
    def format(self) -> str:
        """``csv`` or ``parquet``."""
        return self.path.rpartition(".")[2]

    @property
    def parquet(self) -> bool:
        """Whether it is the table's Parquet file."""
        return self.format == "parquet"

    @classmethod
    def of(cls, table: Table, folder: Path, path: str, rows: int) -> Written:
        """Measure the file at `path` within `folder`."""
        return cls(table, path, (folder / path).stat().st_size, file_digest(folder / path), rows)


def describe(
    files: Iterable[Written],
    publishers: pl.DataFrame,
    contract: str,
    *,
    version: str,
    content: str,
    revision: str | None,
) -> dict[str, Any]:
    """Return the datapackage.

    `contract` is the contract's version, `revision` the git commit of the code, None where it is not known.
    """
    return {
        "$schema": _PROFILE,
        "name": "qzetl",
        "title": TITLE,
        "description": DESCRIPTION,
        "version": version,
        "content": f"sha256:{content}",
        "revision": revision,
        "contract": contract,
        "licenses": [LICENCE],
        "contributors": [{"title": "The qzetl maintainers", "roles": ["creator"]}],
        "sources": [_source(*row) for row in publishers.sort("id").select("name", "home").iter_rows()],
        "resources": [_resource(written) for written in files],
    }


def write_json(document: Mapping[str, Any], path: Path) -> None:
    """Write JSON with two spaces of indent, Chinese as it is, and a line feed at the end."""
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _source(title: str, home: str | None) -> dict[str, str]:
    return {"title": title} | ({"path": home} if home else {})


def _resource(written: Written) -> dict[str, Any]:
    """Describe one file; the CSV bears the table's own name, so that foreign keys find it."""
    table = written.table
    return {
        "name": table.name if written.format == "csv" else f"{table.name}-{written.format}",
        "type": "table",
        "title": table.title,
        "description": table.description,
        "description_zh": table.document.get("description_zh", ""),
        "path": written.path,
        "format": written.format,
        "mediatype": _MEDIATYPES[written.format],
        "encoding": "utf-8",
        "bytes": written.bytes,
        "hash": f"sha256:{written.digest}",
        "rows": written.rows,
        "schema": {key: value for key, value in table.document.items() if key not in _OUTSIDE_SCHEMA},
    }
