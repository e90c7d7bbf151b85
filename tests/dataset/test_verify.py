"""Verifying a release from its own files: whatever was altered is found, and named."""

import json
import subprocess
from pathlib import Path

import polars as pl
import pytest

from qzetl.dataset.release import build_release
from qzetl.dataset.store import Store
from qzetl.dataset.verify import verify_release


@pytest.mark.parametrize("folder", ["", "codelists"])
def test_every_change_to_a_file_is_found(filled: Store, output: Path, folder: str) -> None:
    release = build_release(filled, output).release.path
    (release / folder / "more.txt").write_text("more")
    assert verify_release(release) == [f"{folder + '/' if folder else ''}more.txt: is not listed in SHA256SUMS"]
    (release / folder / "more.txt").unlink()
    (release / "articles.parquet").unlink()
    assert verify_release(release) == ["articles.parquet: is missing"]
    (release / "SHA256SUMS").unlink()
    assert verify_release(release)[0].startswith("SHA256SUMS: cannot be read")


def resign(folder: Path) -> None:
    """Write new sums over altered files, as somebody would who tampers with more care."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    names = sorted(path.relative_to(folder).as_posix() for path in files)
    sums = subprocess.run(["sha256sum", *names], cwd=folder, check=True, capture_output=True, text=True).stdout
    (folder / "SHA256SUMS").write_text(sums)


def rewrite(folder: Path, name: str, frame: pl.DataFrame, *, csv: bool = True) -> None:
    """Put `frame` in place of a table, with a datapackage that fits the files."""
    frame.write_parquet(folder / f"{name}.parquet")
    if csv:
        frame.write_csv(folder / f"{name}.csv", datetime_format="%Y-%m-%dT%H:%M:%SZ")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        path = folder / resource["path"]
        digest = subprocess.run(["sha256sum", str(path)], check=True, capture_output=True, text=True).stdout[:64]
        resource |= {"bytes": path.stat().st_size, "hash": f"sha256:{digest}"}
        if path.stem == name:
            resource["rows"] = frame.height
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    resign(folder)


def test_what_files_say_of_each_other_is_checked(filled: Store, output: Path) -> None:
    release = build_release(filled, output).release.path
    articles = pl.read_parquet(release / "articles.parquet")
    for frame, csv, problem in (
        (articles, True, []),
        (articles.head(2), True, ["observations: article_id"]),
        (pl.concat([articles, articles.head(1)]), True, ["articles: two rows have the same article_id"]),
        (articles.reverse(), False, ["articles.csv: its rows are not those of articles.parquet"]),
        (articles.drop("title"), True, ["articles.parquet: columns or types"]),
    ):
        rewrite(release, "articles", articles)
        rewrite(release, "articles", frame, csv=csv)
        found = verify_release(release)
        assert len(found) == len(problem)
        assert all(one.startswith(start) for one, start in zip(found, problem, strict=True)), found


def test_a_datapackage_that_lies_is_found(filled: Store, output: Path) -> None:
    release = build_release(filled, output).release.path
    path = release / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    package["resources"][1] |= {"rows": 17, "bytes": 1}
    path.write_text(json.dumps(package), "utf-8")
    resign(release)
    assert verify_release(release) == [
        "articles.parquet: size or digest is not as datapackage.json has it",
        "articles.parquet: has 3 rows, datapackage.json says 17",
    ]
    path.write_text("[]", "utf-8")
    resign(release)
    assert verify_release(release)[0].startswith("datapackage.json: it or a file that it names cannot be read")
