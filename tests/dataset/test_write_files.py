"""Files: CSV and Parquet give back what was written, whatever stands in the cells."""

import math
from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qzetl.dataset.files import file_digest, read_csv, write_csv, write_parquet

SCHEMA = pl.Schema(
    {
        "text": pl.String(),
        "number": pl.Float64(),
        "whole": pl.Int64(),
        "day": pl.Date(),
        "moment": pl.Datetime("us", "UTC"),
        "flag": pl.Boolean(),
    }
)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ROWS = st.fixed_dictionaries(
    {
        "text": st.none()
        | st.text(min_size=1)
        | st.sampled_from(['"', "a\r\nb", "\ufeff", "=1+1", " ", "null", "\x00"]),
        "number": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "whole": st.none() | st.integers(-(2**63), 2**63 - 1),
        "day": st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
        "moment": st.none() | MOMENTS.map(lambda moment: moment.replace(microsecond=0)),
        "flag": st.none() | st.booleans(),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, max_size=5))
def test_what_is_read_is_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("files")
    frame = pl.DataFrame(rows, schema=SCHEMA)

    write_csv(frame, folder / "a.csv")
    write_parquet(frame, folder / "a.parquet")

    assert read_csv(folder / "a.csv", SCHEMA).equals(frame)
    assert pl.read_parquet(folder / "a.parquet").equals(frame)


def test_the_same_rows_are_the_same_bytes(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("files")
    values = [math.sin(n) for n in range(300_000)]
    frame = pl.DataFrame({"number": values})
    write_parquet(frame, folder / "one")
    write_parquet(pl.concat([frame[:100], frame[100:]], rechunk=False), folder / "two")
    assert file_digest(folder / "one") == file_digest(folder / "two")


def test_a_cell_of_another_type_reads_as_null(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("files") / "a.csv"
    path.write_text("number,day\nmany,today\n")
    assert read_csv(path, SCHEMA).rows() == [(None, None)]
