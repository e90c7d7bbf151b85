"""Keeping releases and the store: pointers, what may go, fewer files, and looking back."""

import shutil
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from qzetl.dataset.catalogue import pointed, show_release
from qzetl.dataset.compaction import compact
from qzetl.dataset.pointers import promote
from qzetl.dataset.release import build_release, list_releases
from qzetl.dataset.retention import expired, prune
from qzetl.dataset.rows import Reading
from qzetl.dataset.store import Store
from qzetl.errors import ReleaseError, StoreError

Make = Callable[..., Reading]
Fill = Callable[[Store, Sequence[Reading]], None]


@pytest.fixture
def released(filled: Store, output: Path) -> Path:
    """An output with one release, and copies of it under other versions."""
    release = build_release(filled, output).release
    for version in ("2024.01.30", "2024.01.31", "2024.02.01", "2024.02.02", "2024.02.03.1"):
        shutil.copytree(release.path, output / "releases" / version)
        package = output / "releases" / version / "datapackage.json"
        package.write_text(
            package.read_text("utf-8").replace(f'"version": "{release.version}"', f'"version": "{version}"')
        )
    return output


def test_stable_moves_only_when_it_is_told_to(filled: Store, output: Path, fill: Fill, gdp: Make) -> None:
    first = build_release(filled, output).release
    assert pointed(output, "stable") is None

    promote(output, "latest")
    fill(filled, [gdp(6.9, "gov", "2024-01-23")])
    second = build_release(filled, output).release

    assert show_release(output, "stable").version == first.version
    assert show_release(output, "latest").version == second.version
    assert (output / "stable").readlink() == Path("releases") / first.version
    assert promote(output, second.version) == second


def test_a_damaged_release_is_not_promoted(filled: Store, output: Path) -> None:
    release = build_release(filled, output).release
    (release.path / "series.csv").write_text("tampered")
    with pytest.raises(ReleaseError, match=r"is not sound \(series\.csv: .*stable stays"):
        promote(output, "latest")
    with pytest.raises(ReleaseError, match="there is no release"):
        promote(output, "2000.01.01")
    assert pointed(output, "stable") is None


def test_the_newest_the_last_of_a_month_and_what_is_pointed_to_stay(released: Path) -> None:
    (released / "stable").symlink_to("releases/2024.02.01")

    assert expired(released, keep=1) == ["2024.01.30", "2024.02.02"]
    assert expired(released) == []
    assert prune(released, keep=1) == ["2024.01.30", "2024.02.02"]

    kept = [release.version for release in list_releases(released)]
    assert kept == ["2024.01.31", "2024.02.01", "2024.02.03.1", "2024.03.01"]
    assert prune(released, keep=1) == []


def test_compacting_leaves_the_rows_and_the_release(filled: Store, output: Path, fill: Fill, gdp: Make) -> None:
    fill(filled, [gdp(7 + n / 10, "gov", f"2024-01-{n + 1:02}") for n in range(3)])
    first = build_release(filled, output).release
    before = {table: filled.collect(table) for table in filled.contract.tables}
    files = len(list((filled.root / "observations").glob("publisher=*/**/*.parquet")))

    done = {each.table: each for each in compact(filled, keep_days=0)}

    assert all(filled.collect(table).equals(frame) for table, frame in before.items())
    assert done["observations"].removed > 0
    assert len(list((filled.root / "observations").glob("publisher=*/**/*.parquet"))) < files
    assert build_release(filled, output).release == first


def test_what_a_table_said_can_be_read_until_its_files_go(filled: Store) -> None:
    before = filled.collect("observations")
    time.sleep(0.01)
    moment = datetime.now(UTC)
    time.sleep(0.01)
    filled.replace("observations", "gov", date(2024, 1, 20), before.clear())

    then = filled.read("observations", as_of=moment).collect()

    assert then.sort("observation_id").equals(before)
    assert filled.collect("observations").height == before.height - 1
    assert filled.read("observations", as_of=datetime.now(UTC)).collect().height == before.height - 1
    with pytest.raises(StoreError, match="is not known"):
        filled.read("observations", as_of=moment - timedelta(days=400)).collect()
