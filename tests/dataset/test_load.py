"""Loading the contract: what schemas/ must be, and what is said where it is not."""

import json
import shutil
from pathlib import Path

import pytest

from qzetl.dataset.contract import TABLES, Contract
from qzetl.dataset.validate import validate
from qzetl.errors import SchemaError
from qzetl.settings import schemas_dir


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    return shutil.copytree(schemas_dir(), tmp_path / "schemas")


def edit(path: Path, **changes: object) -> None:
    document = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(document | changes, ensure_ascii=False), "utf-8")


def test_own_contract_describes_every_table(contract: Contract) -> None:
    assert set(TABLES) <= set(contract.tables)
    assert [table.name for table in contract.public] == [
        *("articles", "observations", "series", "vintages", "happenings", "coverage", "rejects", "publishers"),
    ]
    for table in contract.tables.values():
        assert table.title
        assert table.description
        for field in table.fields:
            assert field.description.endswith("."), f"{table.name}.{field.name}"
            assert field.concept.isupper(), f"{table.name}.{field.name}"


@pytest.mark.parametrize("name", ["areas", "indicators", "measures", "units"])
def test_every_column_of_a_code_list_is_described(contract: Contract, name: str) -> None:
    assert contract.codelists[name].columns == contract.table(name).names


@pytest.mark.parametrize("name", ["areas", "indicators", "measures", "units"])
def test_code_lists_keep_their_own_rules(contract: Contract, name: str) -> None:
    assert validate(name, contract.codelists[name], contract).rejects.to_dicts() == []


def test_numbers_carry_units(contract: Contract) -> None:
    for table in contract.tables.values():
        for field in table.fields:
            assert field.unit or field.type not in {"number", "integer"}, f"{table.name}.{field.name} needs a unit"


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="nowhere does not exist"):
        Contract.load(tmp_path / "nowhere")


def test_missing_schema_is_named(schemas: Path) -> None:
    (schemas / "series.json").unlink()
    with pytest.raises(SchemaError, match=r"lacks series\.json"):
        Contract.load(schemas)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "cannot be read as JSON"), (b"\xff\xfe", "cannot be read as JSON"), (b"[]", "is no Table Schema")],
)
def test_unreadable_schema_is_named(schemas: Path, content: bytes, reason: str) -> None:
    (schemas / "observations.json").write_bytes(content)
    with pytest.raises(SchemaError, match=rf"observations\.json: {reason}"):
        Contract.load(schemas)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": "other"}, "name is 'other'"),
        ({"role": "secret"}, "role is 'secret'"),
        ({"primaryKey": ["nothing"]}, "primaryKey"),
        ({"primaryKey": []}, "primaryKey"),
        ({"fields": [{"type": "string"}]}, "a field without a name"),
        ({"fields": [{"name": "id", "type": "text"}]}, "field id: type is 'text'"),
        ({"fields": [{"name": "id", "type": "string"}]}, "field id: description is missing"),
        ({"foreignKeys": [{"fields": "area"}]}, "foreignKeys must be"),
        ({"foreignKeys": [{"fields": ["x"], "reference": {"resource": "areas", "fields": ["code"]}}]}, "names 'x'"),
        ({"foreignKeys": [{"fields": ["area"], "reference": {"resource": "a", "fields": ["b"]}}]}, r"points to a\.b"),
    ],
)
def test_contradiction_in_a_schema_is_named(schemas: Path, changes: dict[str, object], reason: str) -> None:
    edit(schemas / "publishers.json", **changes)
    with pytest.raises(SchemaError, match=rf"publishers\.json: .*{reason}"):
        Contract.load(schemas)


@pytest.mark.parametrize(
    ("constraints", "reason"),
    [
        ({"pattern": "("}, "pattern is no regular expression"),
        ({"enum": "a"}, "enum must be a list"),
        ({"minimum": "low"}, "must be numbers"),
        ({"unheard": 1}, "unheard"),
    ],
)
def test_wrong_constraint_is_named(schemas: Path, constraints: dict[str, object], reason: str) -> None:
    field = {"name": "id", "type": "string", "description": "An id.", "concept": "ID", "constraints": constraints}
    edit(schemas / "publishers.json", fields=[field], foreignKeys=[])
    with pytest.raises(SchemaError, match=rf"publishers\.json: field id: .*{reason}"):
        Contract.load(schemas)


def test_two_fields_of_one_name_are_refused(schemas: Path) -> None:
    field = {"name": "id", "type": "string", "description": "An id.", "concept": "ID"}
    edit(schemas / "publishers.json", fields=[field, field], foreignKeys=[])
    with pytest.raises(SchemaError, match="two fields of one name"):
        Contract.load(schemas)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "cannot be read as CSV"),
        (b"", "cannot be read as CSV"),
        (b"code,name_en\nCNY,\xff\xfe\n", "cannot be read as CSV"),
        (b"code,name_zh\nCNY,\n", "lacks the column name_en"),
        (b"code,name_zh,name_en,dimension,written_as\n,a,b,c,d\n", "a row has no code"),
        (b"code,name_zh,name_en,dimension,written_as\nA,,b,,\nA,,c,,\n", "A stands in two rows"),
        (b"code,name_zh,name_en,dimension,written_as\nA,,b,,\n", r"unit .*CNY.* is not in units\.csv"),
    ],
)
def test_wrong_code_list_is_named(schemas: Path, content: bytes | None, reason: str) -> None:
    path = schemas / "codelists" / "units.csv"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SchemaError, match=rf"(units|indicators|bounds)\.csv: .*{reason}"):
        Contract.load(schemas)


def test_more_columns_in_a_code_list_are_kept(schemas: Path) -> None:
    path = schemas / "codelists" / "units.csv"
    header, *lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([header + ",factor", *(line + ",1" for line in lines)]), "utf-8")
    assert Contract.load(schemas).codelists["units"]["factor"].unique().to_list() == ["1"]


def test_unknown_table_names_the_known(contract: Contract) -> None:
    with pytest.raises(SchemaError, match=r"no table 'figures'.*observations"):
        contract.table("figures")
