"""Other people's software reads the release: frictionless, mlcroissant, DuckDB, pandas, csvkit."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.filterwarnings("default")]


def test_frictionless_finds_the_package_sound(release: Path, monkeypatch) -> None:
    import frictionless

    monkeypatch.chdir(release)
    document = json.loads(Path("datapackage.json").read_text("utf-8"))
    document["resources"] = [each for each in document["resources"] if each["format"] == "csv"]

    report = frictionless.Package.from_descriptor(document).validate()

    assert report.stats["errors"] == 0, report.flatten(["title", "message"])[:5]


def test_mlcroissant_validates_and_reads_records(release: Path) -> None:
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=release / "croissant.json")

    rows = list(dataset.records(record_set="publishers"))

    assert dataset.metadata.ctx.issues.errors == set()
    names = {row["publishers/name"] for row in rows}
    assert {name.decode() if isinstance(name, bytes) else name for name in names} >= {"虚构统计局", "虚构日报"}


def test_duckdb_joins_figures_with_sentences(release: Path, monkeypatch) -> None:
    monkeypatch.chdir(release)

    joined = "FROM 'series.parquet' JOIN 'observations.parquet' USING (observation_id)"
    (count,) = duckdb.sql(f"SELECT count(*) {joined} WHERE contains(sentence, quote)").fetchall()[0]

    assert count == pl.read_parquet("series.parquet").height


def test_duckdb_finds_statistics_and_descriptions(release: Path, monkeypatch) -> None:
    monkeypatch.chdir(release)
    metadata = duckdb.sql("SELECT * FROM parquet_metadata('observations.parquet')").pl()
    keys = duckdb.sql("SELECT key FROM parquet_kv_metadata('observations.parquet')").fetchall()

    without = metadata.filter(
        pl.col("stats_min_value").is_null(), pl.col("stats_null_count").cast(pl.Int64) < pl.col("num_values")
    )

    assert set(metadata["compression"]) == {"ZSTD"}
    assert {b"table", b"description"} <= {bytes(key) for (key,) in keys}
    assert without.is_empty()


def test_pyarrow_finds_what_it_is_sorted_by_and_the_page_index(release: Path) -> None:
    import pyarrow.parquet as pq

    group = pq.ParquetFile(release / "observations.parquet").metadata.row_group(0)

    names = [group.column(each.column_index).path_in_schema for each in group.sorting_columns]

    assert names == ["indicator", "area", "period", "measure", "observation_id"]
    assert all(
        group.column(at).has_column_index and group.column(at).has_offset_index for at in range(group.num_columns)
    )


def test_pandas_reads_both_formats_alike(release: Path) -> None:
    import pandas as pd

    parquet, csv = pd.read_parquet(release / "series.parquet"), pd.read_csv(release / "series.csv")

    assert len(parquet) == len(csv)
    assert parquet["value"].sum() == pytest.approx(csv["value"].sum())


@pytest.mark.parametrize(
    "name", ["series.csv", "observations.csv", "codelists/areas.csv", "sdmx/observations.csv", "excel/series.csv"]
)
def test_csvkit_finds_nothing_to_clean(release: Path, name: str) -> None:
    tool = Path(sys.executable).with_name("csvclean")

    done = subprocess.run([tool, "-a", release / name], capture_output=True, text=True, check=False)

    # csvclean -a also names columns that are empty throughout, which a table may have
    assert not [
        line
        for line in done.stderr.splitlines()
        if "Empty columns" not in line and not line.startswith("line_number,msg")
    ]
