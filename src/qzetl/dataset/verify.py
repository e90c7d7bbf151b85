"""Whether a release is whole and holds what it says, judged from its own files alone.

Every file has its digest; every table its rows, columns, types and key; CSV and Parquet the same rows; and whatever
refers to a row of another table finds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from qzetl.dataset.contract import DTYPES
from qzetl.dataset.files import file_digest, read_csv

__all__ = ["PACKAGE", "SUMS", "verify_files", "verify_release"]

PACKAGE = "datapackage.json"
SUMS = "SHA256SUMS"


def verify_release(folder: Path) -> list[str]:
    """Return what is wrong with the release in `folder`, each with the file's name; nothing where it is sound."""
    problems = verify_files(folder)
    if problems:
        return problems  # what the files say is of no use where they are not the files that were written
    try:
        package = json.loads((folder / PACKAGE).read_text("utf-8"))
        resources = {resource["name"]: resource for resource in package["resources"]}
        frames: dict[str, pl.DataFrame] = {}
        for resource in resources.values():
            problems += _resource_problems(folder, resource, frames)
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as error:
        return [f"{PACKAGE}: it or a file that it names cannot be read ({type(error).__name__}: {error})"]
    if problems:
        return problems
    for name in sorted(frames):
        problems += _key_problems(name, resources[name]["schema"], frames)
        csv = read_csv(folder / resources[name]["path"], frames[name].schema)
        if not csv.equals(frames[name]):
            problems.append(f"{resources[name]['path']}: its rows are not those of {name}.parquet")
    return problems


def verify_files(folder: Path) -> list[str]:
    """Return which files of the release in `folder` are missing, altered or not listed in SHA256SUMS."""
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        return [f"{SUMS}: cannot be read ({error})"]
    listed = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {SUMS}
    problems = [f"{path}: is missing" for path in sorted(listed.keys() - found)]
    problems += [f"{path}: is not listed in {SUMS}" for path in sorted(found - listed.keys())]
    altered = (path for path in sorted(found & listed.keys()) if file_digest(folder / path) != listed[path])
    return problems + [f"{path}: is not as {SUMS} has it" for path in altered]


def _resource_problems(folder: Path, resource: Mapping[str, Any], frames: dict[str, pl.DataFrame]) -> list[str]:
    """Check one file against its description; a Parquet file's rows are put into `frames` under the table's name."""
    path = folder / resource["path"]
    problems = []
    if path.stat().st_size != resource["bytes"] or f"sha256:{file_digest(path)}" != resource["hash"]:
        problems.append(f"{resource['path']}: size or digest is not as {PACKAGE} has it")
    if resource["format"] != "parquet":
        return problems
    frame = pl.read_parquet(path)
    described = pl.Schema({field["name"]: DTYPES[field["type"]] for field in resource["schema"]["fields"]})
    if frame.schema != described:
        problems.append(f"{resource['path']}: columns or types are not as {PACKAGE} has them")
    if frame.height != resource["rows"]:
        problems.append(f"{resource['path']}: has {frame.height} rows, {PACKAGE} says {resource['rows']}")
    frames[resource["name"].removesuffix("-parquet")] = frame
    return problems


def _key_problems(name: str, schema: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    frame, key = frames[name], schema["primaryKey"]
    if frame.select(pl.struct(key).is_duplicated().any()).item():
        yield f"{name}: two rows have the same {', '.join(key)}"
    if frame.select(pl.any_horizontal(pl.col(key).is_null()).any()).item():
        yield f"{name}: a row has no {', '.join(key)}"
    for foreign in schema.get("foreignKeys", []):
        (own,), other = foreign["fields"], foreign["reference"]
        if other["resource"] not in frames:
            yield f"{name}: {own} refers to {other['resource']}, which is not in the release"
            continue
        known = frames[other["resource"]][other["fields"][0]]
        lost = frame[own].drop_nulls().unique().sort()
        lost = lost.filter(~lost.is_in(known.implode()))
        if len(lost):
            yield f"{name}: {own} {lost[0]} is not in {other['resource']} ({len(lost)} such)"
