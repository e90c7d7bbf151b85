"""The cards of a release: every format says the same of every column, and validators of others read them."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qzetl.dataset.cards.described import release_day, tables_of
from qzetl.dataset.cards.excel import write_excel_csv
from qzetl.dataset.cards.written import write_cards
from qzetl.dataset.release import build_release


@pytest.fixture
def released(filled, output) -> Path:
    return build_release(filled, output, companions=(write_cards,)).release.path


def document(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_every_column_is_described_alike_in_every_format(released: Path, contract) -> None:
    told = {
        (table.name, column.name): (column.description, column.unit, column.concept)
        for table in contract.tables.values()
        if table.role != "internal"
        for column in table.fields
    }

    found = {
        "datapackage": of_datapackage(released),
        "croissant": of_croissant(released),
        "dcat": of_dcat(released),
        "schema.org": of_schemaorg(released),
        "kaggle": of_kaggle(released),
        "parquet": of_parquet(released),
    }

    sentences = {key: sentence(*value) for key, value in told.items()}
    assert found["datapackage"] == found["dcat"] == found["schema.org"] == found["parquet"] == told
    assert found["croissant"] == found["kaggle"] == sentences
    for language in ("DICTIONARY.md", "DICTIONARY.zh.md"):
        shown = {key: (unit or "–", concept) for key, (_, unit, concept) in told.items()}
        assert of_dictionary(released / language) == shown


def sentence(description: str, unit: str | None, concept: str) -> str:
    return f"{description}{f' Unit: {unit}.' if unit else ''} SDMX concept: {concept}."


def of_datapackage(folder: Path) -> dict[tuple[str, str], Any]:
    return {
        (resource["name"], field["name"]): (field["description"], field.get("unit"), field["concept"])
        for resource in document(folder / "datapackage.json")["resources"]
        if resource["format"] == "csv"
        for field in resource["schema"]["fields"]
    }


def of_croissant(folder: Path) -> dict[tuple[str, str], Any]:
    return {
        (records["name"], field["name"]): field["description"]
        for records in document(folder / "croissant.json")["recordSet"]
        for field in records["field"]
    }


def of_dcat(folder: Path) -> dict[tuple[str, str], Any]:
    return {
        (Path(file["dcat:downloadURL"]["@id"]).stem, column["csvw:name"]): (
            column["dct:description"][0]["@value"],
            column.get("schema:unitText"),
            column["dct:identifier"],
        )
        for file in document(folder / "dcat.jsonld")["dcat:distribution"]
        for column in file["csvw:tableSchema"]["csvw:column"]
    }


def of_schemaorg(folder: Path) -> dict[tuple[str, str], Any]:
    from qzetl.dataset.cards.schemaorg import schemaorg

    return {
        tuple(each["name"].split(".")): (each["description"], each.get("unitText"), each["propertyID"])
        for each in schemaorg(document(folder / "datapackage.json"))["variableMeasured"]
    }


def of_kaggle(folder: Path) -> dict[tuple[str, str], Any]:
    return {
        (Path(resource["path"]).stem, field["name"]): field["description"]
        for resource in document(folder / "dataset-metadata.json")["resources"]
        for field in resource["schema"]["fields"]
    }


def of_parquet(folder: Path) -> dict[tuple[str, str], Any]:
    import pyarrow.parquet as pq

    found = {}
    for path in [*folder.glob("*.parquet"), *folder.glob("codelists/*.parquet")]:
        for field in pq.read_schema(path):
            told = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
            found[path.stem, field.name] = (told.get("description"), told.get("unit"), told.get("concept"))
    return found


def of_dictionary(path: Path) -> dict[tuple[str, str], Any]:
    found, table = {}, ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("## "):
            table = line.split()[1]
        elif line.startswith("| `"):
            name, _, unit, concept, _ = (part.strip() for part in line.strip("|").split(" | ", 4))
            found[table, name.strip("`")] = (unit, concept)
    return found


def test_every_table_and_column_is_described_in_chinese(released: Path) -> None:
    wanting = [
        (table.name, column.name)
        for table in tables_of(document(released / "datapackage.json"))
        for column in table.columns
        if not (table.description_zh and column.description_zh and column.title)
    ]

    assert wanting == []


class TestSdmx:
    @pytest.fixture
    def frame(self, released: Path) -> pl.DataFrame:
        return pl.read_csv(released / "sdmx/observations.csv", infer_schema=False)

    def test_columns_are_those_of_the_structure(self, released: Path, frame: pl.DataFrame) -> None:
        components = document(released / "sdmx/structure.json")["data"]["dataStructures"][0]["dataStructureComponents"]

        dimensions = components["dimensionList"]["dimensions"] + components["dimensionList"]["timeDimensions"]
        others = components["measureList"]["measures"] + components["attributeList"]["attributes"]

        assert frame.columns == ["STRUCTURE", "STRUCTURE_ID", "ACTION", *(each["id"] for each in dimensions + others)]

    def test_codes_stand_in_their_lists(self, released: Path, frame: pl.DataFrame) -> None:
        lists = document(released / "sdmx/structure.json")["data"]["codelists"]

        for each in lists:
            codes = {code["id"] for code in each["codes"]}
            assert set(frame[each["id"].removeprefix("CL_")]) <= codes

    def test_each_observation_is_a_key_of_its_own(self, frame: pl.DataFrame) -> None:
        dimensions = ["INDICATOR", "MEASURE", "REF_AREA", "OBS_STATUS", "UNIT_MEASURE", "OBS_ID", "TIME_PERIOD"]

        assert frame.height == 3
        assert frame.select(pl.all_horizontal(pl.col(dimensions).is_not_null()).all()).item()
        assert not frame.select(dimensions).is_duplicated().any()

    def test_a_span_is_its_first_day_and_length(self, store, fill, gdp, output) -> None:
        fill(store, [gdp(5.1, "gov", "2024-03-20", fields={"period": "2024-01/2024-02"})])

        path = build_release(store, output, companions=(write_cards,)).release.path

        assert pl.read_csv(path / "sdmx/observations.csv")["TIME_PERIOD"].to_list() == ["2024-01-01/P2M"]


class TestExcel:
    def test_opens_as_utf8_with_lines_as_windows_ends_them(self, released: Path) -> None:
        held = (released / "excel/observations.csv").read_bytes()

        assert held.startswith(b"\xef\xbb\xbf")
        assert held.count(b"\r\n") >= 4

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "＝1"])
    def test_a_formula_is_text(self, tmp_path: Path, text: str) -> None:
        write_excel_csv(pl.DataFrame({"a": [text]}), tmp_path / "a.csv")

        assert pl.read_csv(tmp_path / "a.csv")["a"].to_list() == [f"'{text}"]

    @pytest.mark.parametrize("text", ["1234567890123456", "12e4", "2024-02"])
    def test_what_excel_would_turn_into_a_number_or_a_day_stays(self, tmp_path: Path, text: str) -> None:
        write_excel_csv(pl.DataFrame({"a": [text]}), tmp_path / "a.csv")

        assert pl.read_csv(tmp_path / "a.csv")["a"].to_list() == [f"\t{text}"]

    def test_numbers_stay_numbers(self, tmp_path: Path) -> None:
        write_excel_csv(pl.DataFrame({"a": [-1.5]}), tmp_path / "a.csv")

        assert pl.read_csv(tmp_path / "a.csv")["a"].to_list() == [-1.5]


def test_a_version_bears_its_day() -> None:
    assert (release_day("2024.2.9"), release_day("2024.02.09.3")) == ("2024-02-09", "2024-02-09")


def test_the_readme_is_a_dataset_card(released: Path) -> None:
    head = (released / "README.md").read_text("utf-8").split("---\n")[1]

    assert "config_name: series\n" in head
    assert "path: series.parquet" in head
    assert "license: cc-by-4.0" in head


def test_publishers_are_named_with_their_terms(released: Path) -> None:
    told = (released / "LICENCES.md").read_text("utf-8")

    assert "统计局 (`stats`) | https://stats.example/ | 0 | none stated" in told
    assert "晚报 (`evening`) | – | 1 | none stated" in told


def test_the_methodology_has_this_release_s_accuracy(released: Path) -> None:
    told = (released / "METHODOLOGY.md").read_text("utf-8")

    assert "## Accuracy of this release" in told
    assert "| with indicator | 3 | 100.0% |" in told
