"""README.md of a release: what is in it and how to open it, for people who found only this folder."""

from __future__ import annotations

from collections.abc import Iterable

from qzetl.dataset.datapackage import DESCRIPTION, LICENCE, TITLE, Written

__all__ = ["release_readme"]

_BODY = """\
# {title}

{description}

Release {version}. A release is never changed; a later one has a later number. Data: {licence}.

## What is in it

| table | rows | a row is | files |
|---|---:|---|---|
{tables}

`datapackage.json` describes every column: meaning, unit, SDMX concept and what its values must satisfy. Each table is
there twice with the same rows: Parquet for programs, CSV for everything else. `sha256sum -c SHA256SUMS` checks the
files.

## How to open it

Run these in this folder. With DuckDB (`pip install duckdb`), each figure with the sentence that states it:

```python
import duckdb

duckdb.sql(\"\"\"
    SELECT areas.name, series.period, series.value, series.unit, observations.sentence, observations.uri
    FROM 'series.parquet' AS series
    JOIN 'observations.parquet' AS observations USING (observation_id)
    JOIN 'codelists/areas.parquet' AS areas ON areas.code = series.area
    WHERE series.indicator = 'GDP' AND series.measure = 'GROWTH_YOY'
    ORDER BY series.period, series.area
\"\"\").show()
```

With Polars (`pip install polars`), where publishers disagree:

```python
import polars as pl

disputed = (
    pl.scan_parquet("series.parquet")
    .filter(pl.col("agreement") < 1)
    .select("indicator", "measure", "area", "period", "value", "publisher", "agreement", "losers")
    .sort("agreement")
    .collect()
)
print(disputed)
```
"""


def release_readme(files: Iterable[Written], version: str) -> str:
    """Return the README of the release `version` that holds `files`."""
    paths: dict[str, list[str]] = {}
    facts: dict[str, tuple[int, str]] = {}
    for written in files:
        paths.setdefault(written.table.name, []).append(f"[{written.format}]({written.path})")
        facts[written.table.name] = (written.rows, written.table.description)
    rows = [f"| `{name}` | {n} | {what} | {' '.join(paths[name])} |" for name, (n, what) in facts.items()]
    licence = f"[{LICENCE['title']}]({LICENCE['path']})"
    return _BODY.format(title=TITLE, description=DESCRIPTION, version=version, licence=licence, tables="\n".join(rows))
