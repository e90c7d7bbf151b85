"""What a change of the contract is to its readers."""

import copy
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qzetl.dataset.compat import Change, compare_contracts, kind_of, load_descriptions
from qzetl.dataset.release import build_release
from qzetl.dataset.store import Store
from qzetl.errors import SchemaError
from qzetl.settings import schemas_dir

Tables = dict[str, Any]


@pytest.fixture
def tables() -> Tables:
    return copy.deepcopy(dict(load_descriptions(schemas_dir())))


def field(tables: Tables, table: str, name: str) -> dict[str, Any]:
    found = next(each for each in tables[table]["fields"] if each["name"] == name)
    found.setdefault("constraints", {})
    return found


def drop(tables: Tables) -> None:
    tables["series"]["fields"] = [each for each in tables["series"]["fields"] if each["name"] != "agreement"]


def swap(tables: Tables) -> None:
    tables["series"]["fields"][:2] = tables["series"]["fields"][1::-1]


def new_column() -> dict[str, Any]:
    return {"name": "extra", "type": "string", "description": "x", "concept": "X"}


CASES: list[tuple[str, Callable[[Tables], object], str, str]] = [
    ("table-gone", lambda t: t.pop("vintages"), "major", "vintages"),
    ("table-new", lambda t: t.update(more=t["vintages"]), "minor", "more"),
    ("column-gone", drop, "major", "series.agreement"),
    ("column-behind", lambda t: t["series"]["fields"].append(new_column()), "minor", "series.extra"),
    ("column-between", lambda t: t["series"]["fields"].insert(3, new_column()), "major", "series.extra"),
    ("order", swap, "major", "series"),
    ("type", lambda t: field(t, "series", "n_reports").update(type="number"), "major", "series.n_reports"),
    ("unit", lambda t: field(t, "series", "period_start").update(unit="week"), "major", "series.period_start"),
    ("key", lambda t: t["series"].update(primaryKey=["indicator"]), "major", "series"),
    ("more-codes", lambda t: field(t, "series", "bound")["constraints"]["enum"].append("odd"), "major", "series.bound"),
    ("fewer-codes", lambda t: field(t, "series", "bound")["constraints"]["enum"].pop(), "minor", "series.bound"),
    ("nulls", lambda t: field(t, "series", "unit")["constraints"].pop("required"), "major", "series.unit"),
    ("no-nulls", lambda t: field(t, "series", "value")["constraints"].update(required=True), "minor", "series.value"),
    ("words", lambda t: field(t, "series", "value").update(description="other"), "patch", "series.value"),
]


@pytest.mark.parametrize(("change", "kind", "where"), [each[1:] for each in CASES], ids=[each[0] for each in CASES])
def test_a_change_is_told_by_its_kind(
    tables: Tables, change: Callable[[Tables], object], kind: str, where: str
) -> None:
    before = copy.deepcopy(tables)
    field(before, "series", "value")
    field(before, "series", "period_start")
    field(before, "series", "n_reports")
    change(tables)

    changes = compare_contracts(before, tables)

    assert (kind, where) in {(each.kind, each.where) for each in changes}
    assert kind_of(changes) == kind


def test_the_same_contract_has_no_changes(tables: Tables) -> None:
    assert compare_contracts(tables, tables) == []
    assert kind_of([]) is None
    assert kind_of([Change("patch", "a", "x"), Change("minor", "a", "x")]) == "minor"


def test_a_release_has_the_contract_that_it_was_made_by(filled: Store, output: Path) -> None:
    release = build_release(filled, output).release
    assert compare_contracts(load_descriptions(release.path), load_descriptions(schemas_dir())) == []


def test_what_is_no_contract_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="holds no schemas"):
        load_descriptions(tmp_path)
    (tmp_path / "datapackage.json").write_text("{}")
    with pytest.raises(SchemaError, match="cannot be read as schemas"):
        load_descriptions(tmp_path)


def test_a_breaking_change_has_a_new_major_version(root: Path, tables: Tables) -> None:
    """Readers hold us to schemas/VERSION: what breaks them since it was last changed needs another one."""
    if not (root / ".git").exists():
        pytest.skip("the history is not here: this is no clone")

    def git(*arguments: str) -> str:
        return subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True, check=True).stdout

    if git("status", "--porcelain", "schemas/VERSION").strip():
        pytest.skip("schemas/VERSION is being changed")
    since = git("log", "-1", "--format=%H", "--", "schemas/VERSION").strip()
    names = [name for name in git("ls-tree", "--name-only", since, "schemas/").split() if name.endswith(".json")]
    before = {Path(name).stem: json.loads(git("show", f"{since}:{name}")) for name in names}
    public = {name: table for name, table in before.items() if table["role"] != "internal"}

    breaking = [change for change in compare_contracts(public, tables) if change.kind == "major"]

    version = (root / "schemas/VERSION").read_text("utf-8").strip()
    assert not breaking, f"readers of contract {version} break: write a new major version, and why into CHANGELOG.md"
