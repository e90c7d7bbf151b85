"""The site's files: small, the same each time, and true to the tables."""

import gzip
import json
from pathlib import Path

import polars as pl
import pytest


def chunk(release: Path, name: str) -> object:
    text = (release / f"site/data/{name}.js").read_text("utf-8")
    head = f"qz.take({json.dumps(name)},"
    assert text.startswith(head)
    return json.loads(text.removeprefix(head).removesuffix(");\n"))


def test_every_observation_is_evidence_once(release: Path) -> None:
    files = sorted((release / "site/data/evidence").glob("*.js"), key=lambda path: int(path.stem))
    chunks = [chunk(release, f"evidence/{path.stem}") for path in files]

    ids = [each for held in chunks for each in held["rows"]["id"]]
    observations = pl.read_parquet(release / "observations.parquet")

    assert sorted(ids) == sorted(observations["observation_id"])
    assert [held["first"] for held in chunks] == [1000 * at for at in range(len(chunks))]
    for held in chunks:
        rows = held["rows"]
        for sentence, at, length, id_ in zip(rows["sentence"], rows["at"], rows["length"], rows["id"], strict=True):
            quote = observations.row(by_predicate=pl.col("observation_id") == id_, named=True)["quote"]
            assert held["sentences"][sentence][at : at + length] == quote


def test_every_series_value_is_in_its_chunk(release: Path) -> None:
    series = pl.read_parquet(release / "series.parquet")

    for (indicator,), rows in series.partition_by("indicator", as_dict=True).items():
        held = chunk(release, f"series/{indicator}")
        assert sorted(map(str, held["value"])) == sorted(str(int(v) if v == int(v) else v) for v in rows["value"])


def test_the_first_view_is_small(release: Path) -> None:
    files = ("index.html", "site.css", "site.js", "data/overview.js", "icon.svg")

    assert sum(len(gzip.compress((release / "site" / name).read_bytes())) for name in files) < 300_000


def test_the_bytes_are_the_same_each_time(made, release: Path, tmp_path: Path) -> None:
    again = made.make_release(tmp_path, [*made.make_readings(1200), made.hostile_reading()])

    def held(folder: Path) -> dict[str, bytes]:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert held(again) == held(release)


def test_the_head_describes_the_dataset_and_no_text_ends_it(release: Path) -> None:
    page = (release / "site/index.html").read_text("utf-8")
    written = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]

    told = json.loads(written)

    assert told["@type"] == "Dataset"
    assert told["version"] == release.name
    assert "<" not in written


def test_scripts_take_nothing_for_markup(root: Path) -> None:
    code = "".join(path.read_text("utf-8") for path in (root / "src/qzetl/site/web").glob("*.js"))

    assert not [
        word for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(") if word in code
    ]


def test_every_word_is_in_both_languages(root: Path) -> None:
    words = json.loads((root / "src/qzetl/site/web/strings.json").read_text("utf-8"))

    assert [key for key, (zh, en) in words.items() if not zh or not en] == []


def test_charts_stand_beside_their_specifications(release: Path) -> None:
    drawn = sorted((release / "charts").glob("*.svg"))

    assert drawn
    for path in drawn:
        specified = json.loads(path.with_suffix(".vl.json").read_text("utf-8"))
        assert path.read_text("utf-8").startswith("<svg")
        assert specified["$schema"].endswith("vega-lite/v5.json")
        assert "http" not in json.dumps({key: value for key, value in specified.items() if key != "$schema"})


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_an_indicator_is_a_file_of_its_own(release: Path, ending: str) -> None:
    path = release / f"site/files/GDP.{ending}"
    held = pl.read_csv(path, infer_schema=False) if ending == "csv" else pl.read_parquet(path)

    assert held.height == pl.read_parquet(release / "series.parquet").filter(indicator="GDP").height
    assert {"area_name", "sentence", "uri"} <= set(held.columns)
