"""What a change of the contract means for its readers: which part of its version must grow.

The parts are those of the Data Package recipe for versions: MAJOR where readers break (a table or column is gone,
renamed, moved, of another type, or held to less), MINOR where they find more than before, PATCH where only words
changed. In one point it is told more finely: a column appended behind the others is MINOR, for readers find columns by
name, or by a position that stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from qzetl.errors import SchemaError

__all__ = ["KINDS", "Change", "compare_contracts", "kind_of", "load_descriptions"]

Kind = Literal["major", "minor", "patch"]
KINDS: tuple[Kind, ...] = ("major", "minor", "patch")
"""The kinds of change, the gravest first."""

Descriptions = Mapping[str, Mapping[str, Any]]
"""Table Schemas by table."""

_WORDS = ("title", "description", "description_zh", "concept", "order")
# Bounds by name: whether a greater number holds values to more.
_BOUNDS = {"minimum": True, "minLength": True, "maximum": False, "maxLength": False}


@dataclass(frozen=True, slots=True)
class Change:
    """One change, what it is to readers, where it is (``table`` or ``table.column``), and in words what it is."""

    kind: Kind
    where: str
    what: str


def load_descriptions(path: Path) -> Descriptions:
    """Return the Table Schemas of a folder of schemas, a release's folder or a datapackage.json.

    Raises `SchemaError` where there are none.
    """
    package = path / "datapackage.json" if path.is_dir() else path
    try:
        if package.is_file():
            resources = json.loads(package.read_text("utf-8"))["resources"]
            return {each["name"]: each["schema"] | _words(each) for each in resources if each["format"] == "csv"}
        found = {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(path.glob("*.json"))}
    except (OSError, ValueError, KeyError, TypeError) as error:
        msg = f"{path} cannot be read as schemas ({type(error).__name__}: {error})"
        raise SchemaError(msg) from error
    if not found:
        msg = f"{path} holds no schemas; name a folder of *.json, a release's folder, or a release's version"
        raise SchemaError(msg)
    return {name: schema for name, schema in found.items() if schema.get("role") != "internal"}


def compare_contracts(old: Descriptions, new: Descriptions) -> list[Change]:
    """Return every change from `old` to `new`, the gravest first, then by place."""
    found = [Change("major", name, "the table is gone") for name in old if name not in new]
    found += [Change("minor", name, "the table is new") for name in new if name not in old]
    for name in old.keys() & new.keys():
        found += _of_table(name, old[name], new[name])
    return sorted(found, key=lambda change: (KINDS.index(change.kind), change.where, change.what))


def kind_of(changes: list[Change]) -> Kind | None:
    """Return the gravest kind among `changes`, None where there are none."""
    return min((change.kind for change in changes), key=KINDS.index, default=None)


def _of_table(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before = {field["name"]: field for field in old["fields"]}
    after = {field["name"]: field for field in new["fields"]}
    kept = [name for name in after if name in before]
    yield from (Change("major", f"{table}.{name}", "the column is gone") for name in before if name not in after)
    if kept != [name for name in before if name in after]:
        yield Change("major", table, "columns stand in another order")
    for place, name in enumerate(after):
        if name not in before:
            behind = place >= len(kept)
            yield Change(
                "minor" if behind else "major",
                f"{table}.{name}",
                "the column is new" + ("" if behind else " and moves others to another place"),
            )
    if _listed(old.get("primaryKey")) != _listed(new.get("primaryKey")):
        yield Change("major", table, "its primary key is another")
    yield from _of_references(table, old, new)
    yield from _of_words(table, old, new)
    for name in kept:
        yield from _of_field(f"{table}.{name}", before[name], after[name])


def _of_references(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = (
        {json.dumps(key, sort_keys=True): key for key in each.get("foreignKeys", [])} for each in (old, new)
    )
    for said, key in before.items():
        if said not in after:
            yield Change("major", table, f"{key['fields']} no longer refers to {key['reference']['resource']}")
    for said, key in after.items():
        if said not in before:
            yield Change("minor", table, f"{key['fields']} now refers to {key['reference']['resource']}")


def _of_field(where: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for key in ("type", "format", "unit"):
        if old.get(key) != new.get(key):
            yield Change("major", where, f"{key} is {new.get(key)}, it was {old.get(key)}")
    before, after = old.get("constraints", {}), new.get("constraints", {})
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            what = f"{key} is {after.get(key)}, it was {before.get(key)}"
            yield Change("minor" if _promises_more(key, before.get(key), after.get(key)) else "major", where, what)
    yield from _of_words(where, old, new)


def _promises_more(key: str, old: Any, new: Any) -> bool:  # noqa: ANN401 - whatever a constraint may hold
    """Tell whether every value that the new constraint allows was allowed before: readers of data then lose nothing.

    The recipe thinks of writers, whom a stricter rule breaks; those who read are broken by a looser one, such as null
    where there was always a value, or a code that they have never met.
    """
    if key == "required":
        return bool(new)
    if key == "enum":
        return old is None or (new is not None and set(new) <= set(old))
    if key in _BOUNDS:
        return old is None or (new is not None and (new >= old if _BOUNDS[key] else new <= old))
    return old is None


def _of_words(where: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for key in _WORDS:
        if old.get(key) != new.get(key):
            yield Change("patch", where, f"{key} is worded otherwise")


def _words(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {key: resource[key] for key in _WORDS if key in resource}


def _listed(key: Any) -> list[str]:  # noqa: ANN401 - a name or a list of names
    return [key] if isinstance(key, str) else list(key or ())
