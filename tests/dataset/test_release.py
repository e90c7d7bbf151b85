"""Releases: whole or not at all, the same bytes anywhere, and pointed to last."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from qzetl.dataset.contract import Contract
from qzetl.dataset.datapackage import DESCRIPTION
from qzetl.dataset.draft import Draft
from qzetl.dataset.release import build_release, latest_release, list_releases, show_release
from qzetl.dataset.rows import Reading
from qzetl.dataset.store import Store
from qzetl.dataset.verify import verify_release
from qzetl.errors import ReleaseError

Make = Callable[..., Reading]
Fill = Callable[[Store, Sequence[Reading]], None]
Contents = Callable[[Path], dict[str, bytes]]


def test_a_release_holds_every_public_table_twice(
    filled: Store, output: Path, contract: Contract, contents: Contents
) -> None:
    published = build_release(filled, output, revision="abc123")
    release = published.release

    assert published.new
    assert release.version == "2024.03.01"  # the newest day on which an article was retrieved
    assert release.revision == "abc123"
    assert release.rows["observations"] == 3
    expected = {f"{table.name}.{kind}" for table in contract.public for kind in ("csv", "parquet")}
    expected |= {f"codelists/{table.name}.{kind}" for table in contract.coded for kind in ("csv", "parquet")}
    expected |= {"changes.csv", "changes.parquet", "CHANGES.md"}
    assert set(contents(release.path)) == expected | {"README.md", "SHA256SUMS", "datapackage.json"}
    assert (output / "latest").readlink() == Path("releases/2024.03.01")
    assert sorted(path.name for path in output.iterdir()) == [".lock", "latest", "releases"]
    assert verify_release(release.path) == []


def test_csv_and_parquet_hold_the_same_rows_for_an_independent_reader(filled: Store, output: Path) -> None:
    folder = build_release(filled, output).release.path
    with duckdb.connect() as connection:
        for parquet in folder.rglob("*.parquet"):
            described = connection.execute(f"DESCRIBE SELECT * FROM '{parquet}'").fetchall()
            types = {name: kind for name, kind, *_ in described}
            csv = f"read_csv('{parquet.with_suffix('.csv')}', header=true, columns={types!r}, strict_mode=false)"
            for one, other in ((f"'{parquet}'", csv), (csv, f"'{parquet}'")):
                more = f"SELECT count(*) FROM (SELECT * FROM {one} EXCEPT ALL SELECT * FROM {other})"
                assert connection.execute(more).fetchone() == (0,), parquet.name


def test_the_article_stays_in_the_store(filled: Store, output: Path, contents: Contents) -> None:
    folder = build_release(filled, output).release.path
    assert not any("另起一行".encode() in data for data in contents(folder).values())
    assert not (folder / "texts.csv").exists()


def test_companions_write_files_that_are_sealed_with_the_release(
    filled: Store, output: Path, contents: Contents
) -> None:
    def count_rows(draft: Draft) -> None:
        lines = [f"{name} {frame.height}" for name, frame in draft.tables.items()]
        (draft.folder / "rows").mkdir()
        (draft.folder / "rows/counts.txt").write_text("\n".join([draft.version, *lines]), "utf-8")

    def copy_counts(draft: Draft) -> None:
        (draft.folder / "again.txt").write_bytes((draft.folder / "rows/counts.txt").read_bytes())

    release = build_release(filled, output, companions=[count_rows, copy_counts]).release

    files = contents(release.path)
    assert b"observations 3" in files["rows/counts.txt"].splitlines()
    assert files["again.txt"] == files["rows/counts.txt"]
    assert b"  rows/counts.txt\n" in files["SHA256SUMS"]
    assert verify_release(release.path) == []
    (release.path / "again.txt").write_text("altered")
    assert verify_release(release.path) == ["again.txt: is not as SHA256SUMS has it"]


def test_a_companion_that_fails_publishes_nothing(filled: Store, output: Path) -> None:
    def fail(_draft: Draft) -> None:
        message = "no map of the areas; restore it"
        raise ReleaseError(message)

    with pytest.raises(ReleaseError, match="no map"):
        build_release(filled, output, companions=[fail])
    assert latest_release(output) is None
    assert build_release(filled, output).new


def test_nothing_new_makes_no_release(filled: Store, output: Path, contents: Contents) -> None:
    first = build_release(filled, output, revision="one")
    before = contents(output)
    second = build_release(filled, output, revision="two", version_day=date(2030, 1, 1))
    assert not second.new
    assert second.release == first.release
    assert contents(output) == before


def test_built_elsewhere_it_has_the_same_bytes(
    filled: Store, output: Path, fill: Fill, gdp: Make, contents: Contents
) -> None:
    build_release(filled, output, revision="abc")
    fill(filled, [gdp(6.9, "gov", "2024-01-23")])
    second = build_release(filled, output, revision="abc").release

    elsewhere = build_release(filled, output.parent / "elsewhere", revision="abc")

    assert elsewhere.new
    assert second.version == elsewhere.release.version == "2024.03.01.1"
    assert contents(elsewhere.release.path) == contents(second.path)


@pytest.mark.slow
def test_threads_and_order_of_writing_leave_the_bytes_alone(
    store: Store, output: Path, fill: Fill, gdp: Make, contents: Contents
) -> None:
    # Arrange: two stores, filled in opposite orders
    readings = [gdp(6 + n / 100, ("gov", "daily")[n % 2], f"2024-01-{1 + n:02}") for n in range(6)]
    other = Store(output.parent / "other-store", store.contract)
    for reading in readings:
        fill(store, [reading])
    fill(other, readings[::-1])

    # Act
    script = """
import sys
from pathlib import Path
from qzetl.dataset.contract import Contract
from qzetl.dataset.draft import Draft
from qzetl.dataset.release import build_release
from qzetl.dataset.store import Store
print(build_release(Store(Path(sys.argv[1]), Contract.load()), Path(sys.argv[2]), "abc").release.path)
"""
    folders = []
    for number, root in enumerate((store.root, other.root)):
        environment = os.environ | {"POLARS_MAX_THREADS": str(number + 1)}
        command = [sys.executable, "-c", script, str(root), str(output / f"{number}")]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        folders.append(Path(done.stdout.strip()))

    # Assert
    assert contents(folders[0]) == contents(folders[1])


def test_versions_grow_and_earlier_releases_stay(
    filled: Store, output: Path, fill: Fill, gdp: Make, contents: Contents
) -> None:
    first = build_release(filled, output)
    before = contents(first.release.path)
    fill(filled, [gdp(6.9, "gov", "2024-01-23")])
    build_release(filled, output)
    fill(filled, [gdp(6.9, "gov", "2024-01-24", retrieved=datetime(2024, 3, 1, 17, tzinfo=UTC))])
    third = build_release(filled, output)
    filled.replace("observations", "gov", date(2024, 1, 24), filled.collect("observations").clear())
    for table in ("texts", "articles"):
        filled.replace(table, "gov", date(2024, 1, 24), filled.collect(table).clear())
    fill(filled, [gdp(6.5, "gov", "2024-01-23")])
    build_release(filled, output)

    versions = [release.version for release in list_releases(output)]
    assert versions == ["2024.03.01", "2024.03.01.1", "2024.03.02", "2024.03.02.1"]
    assert third.release.version == "2024.03.02"  # 17:00 UTC is the next day in Shanghai
    assert contents(first.release.path) == before
    latest = latest_release(output)
    assert latest is not None
    assert latest.version == versions[-1]


def test_another_store_with_the_same_output_never_overwrites(
    filled: Store, output: Path, fill: Fill, gdp: Make, contents: Contents
) -> None:
    first = build_release(filled, output).release
    before = contents(first.path)
    other = Store(output.parent / "other", filled.contract)
    fill(other, [gdp(1.5, "gov", "2024-01-20")])
    assert build_release(other, output).release.version == "2024.03.01.1"
    assert contents(first.path) == before


def test_an_empty_store_is_no_release(store: Store, output: Path) -> None:
    with pytest.raises(ReleaseError, match="holds nothing to release"):
        build_release(store, output)
    assert latest_release(output) is None
    assert list_releases(output) == []


def test_a_store_that_contradicts_itself_is_not_published(filled: Store, output: Path) -> None:
    before = build_release(filled, output).release
    filled.replace("articles", "daily", date(2024, 1, 21), filled.collect("articles").clear())
    with pytest.raises(ReleaseError, match=r"nothing was published: .*article_id .* is not in articles"):
        build_release(filled, output)
    assert [release.version for release in list_releases(output)] == [before.version]
    assert latest_release(output) == before


def test_what_a_killed_run_left_is_cleared(filled: Store, output: Path) -> None:
    (output / ".building").mkdir(parents=True)
    (output / ".building" / "series.csv").write_text("half a")
    (output / ".latest-next").symlink_to("releases/nowhere")
    release = build_release(filled, output).release
    assert verify_release(release.path) == []
    assert sorted(path.name for path in output.iterdir()) == [".lock", "latest", "releases"]


def test_a_release_that_was_placed_but_not_pointed_to_is_finished(
    filled: Store, output: Path, contents: Contents
) -> None:
    release = build_release(filled, output).release
    before = contents(release.path)
    (output / "latest").unlink()
    again = build_release(filled, output)
    assert again.release == release
    assert (output / "latest").resolve() == release.path.resolve()
    assert contents(release.path) == before


def test_a_removed_release_is_built_again(filled: Store, output: Path, contents: Contents) -> None:
    release = build_release(filled, output, "abc").release
    before = contents(release.path)
    shutil.rmtree(release.path)
    assert build_release(filled, output, "abc").new
    assert contents(release.path) == before


def test_a_damaged_latest_release_is_named(filled: Store, output: Path) -> None:
    release = build_release(filled, output).release
    (release.path / "series.csv").write_text("tampered")
    with pytest.raises(ReleaseError, match=r"is damaged \(series\.csv: is not as SHA256SUMS has it\)"):
        build_release(filled, output)


def test_an_output_in_the_way_is_named(filled: Store, output: Path) -> None:
    (output / "latest" / "in the way").mkdir(parents=True)
    with pytest.raises(ReleaseError, match="cannot be written"):
        build_release(filled, output)


def test_releases_are_found_by_version(filled: Store, output: Path) -> None:
    release = build_release(filled, output).release
    assert show_release(output) == show_release(output, "latest") == show_release(output, release.version)
    with pytest.raises(ReleaseError, match=r"no release '1999\.01\.01'.*there are 2024\.03\.01"):
        show_release(output, "1999.01.01")
    with pytest.raises(ReleaseError, match="there is none yet"):
        show_release(output / "elsewhere")
    (release.path / "datapackage.json").write_text("{}")
    with pytest.raises(ReleaseError, match="is no readable release"):
        list_releases(output)


def test_the_datapackage_describes_every_file_and_column(
    filled: Store, output: Path, contract: Contract, contents: Contents
) -> None:
    folder = build_release(filled, output, revision="abc").release.path
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert package["version"] == "2024.03.01"
    assert package["revision"] == "abc"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert {"title": "统计局", "path": "https://stats.example/"} in package["sources"]
    for resource in package["resources"]:
        path = folder / resource["path"]
        table = contract.table(path.stem)
        assert resource["bytes"] == path.stat().st_size
        assert resource["rows"] == pl.read_parquet(path.with_suffix(".parquet")).height
        assert [field["name"] for field in resource["schema"]["fields"]] == table.names
        assert all(field["description"] and field["concept"] for field in resource["schema"]["fields"])
    assert {resource["path"] for resource in package["resources"]} | {
        *("README.md", "CHANGES.md", "datapackage.json", "SHA256SUMS"),
    } == set(contents(folder))


def test_the_sums_are_what_sha256sum_reads(filled: Store, output: Path) -> None:
    folder = build_release(filled, output).release.path
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, check=True)


@pytest.mark.slow
def test_the_readme_s_snippets_run(filled: Store, output: Path) -> None:
    folder = build_release(filled, output).release.path
    readme = (folder / "README.md").read_text("utf-8")
    snippets = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert ["duckdb" in snippet for snippet in snippets] == [True, False]
    shown = []
    for snippet in snippets:
        command = [sys.executable, "-W", "error", "-c", snippet]
        shown.append(subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout)
    assert "衢州市" in shown[0]
    assert "shape: (1, 8)" in shown[1]
    assert DESCRIPTION in readme
    assert "| `observations` | 3 |" in readme
