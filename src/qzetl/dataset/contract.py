"""The public contract, read from schemas/: tables with their fields and keys, and the code lists.

The JSON files are Frictionless Table Schemas (Data Package v2) with properties of our own beside the standard ones: a
table's `role` (``public``: in every release; ``internal``: in the store only; ``codelist``: a CSV under codelists/;
``release``: made for each release, about it) and `sortedBy` (columns that a release's rows are sorted by before their
key), a field's `unit` and `concept` (SDMX concept id), and of both `description_zh`, the description in Chinese.
Nothing here looks at rows; that is `validate`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from qzetl.dataset.codelists import load_codelist
from qzetl.errors import SchemaError
from qzetl.settings import schemas_dir

__all__ = ["DTYPES", "TABLES", "Contract", "Field", "ForeignKey", "Table"]

DTYPES: Mapping[str, pl.DataType] = MappingProxyType(
    {
        "string": pl.String(),
        "number": pl.Float64(),
        "integer": pl.Int64(),
        "boolean": pl.Boolean(),
        "date": pl.Date(),
        "datetime": pl.Datetime("us", "UTC"),
    }
)
"""How each Table Schema type is held in a frame."""

TABLES = (
    *("articles", "texts", "observations", "series", "vintages", "happenings", "coverage", "rejects"),
    *("publishers", "runs", "partitions", "backfills", "releases", "areas", "themes", "indicators", "measures"),
    *("units", "corrections", "bounds", "additive", "changes"),
)
"""Every table that the code relies on; schemas/ must describe them all."""

_ROLES = frozenset({"public", "internal", "codelist", "release"})
_CONSTRAINTS = frozenset({"required", "enum", "pattern", "minimum", "maximum", "minLength"})


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name and type, what it means, and what its values must satisfy."""

    name: str
    type: str
    description: str
    concept: str
    title: str = ""
    unit: str | None = None
    required: bool = False
    enum: tuple[str, ...] | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None

    @property
    def dtype(self) -> pl.DataType:
        """How the column is held in a frame."""
        return DTYPES[self.type]


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A column whose values must stand in `column` of the table or code list `table`."""

    field: str
    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the contract.

    `order` is what its rows are sorted by in a release: what readers filter by first, and always so much that no two
    rows are equal in it. `document` is its schema file as it stands, for metadata that is derived from it.
    """

    name: str
    title: str
    description: str
    role: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    order: tuple[str, ...]
    document: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def schema(self) -> pl.Schema:
        """The frame's columns and types, in order."""
        return pl.Schema({column.name: column.dtype for column in self.fields})

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [column.name for column in self.fields]

    def empty(self) -> pl.DataFrame:
        """Return a frame without rows."""
        return pl.DataFrame(schema=self.schema)


@dataclass(frozen=True, slots=True, repr=False)
class Contract:
    """Tables by name, code lists by name (strings as they stand in the CSV, empty cells are null), and the version."""

    tables: Mapping[str, Table]
    codelists: Mapping[str, pl.DataFrame]
    version: str = ""

    def __repr__(self) -> str:
        """Name the tables; all that they say would fill pages."""
        return f"<Contract of {', '.join(self.tables)}>"

    @classmethod
    def load(cls, folder: Path | None = None) -> Contract:
        """Read the contract of `folder` (default: the project's own schemas/).

        Raises `SchemaError` naming the file and the reason where a file is missing, unreadable or contradicts
        itself, another table or a code list.
        """
        folder = folder or schemas_dir()
        if not folder.is_dir():
            msg = f"the folder of schemas {folder} does not exist; restore schemas/ or reinstall qzetl"
            raise SchemaError(msg)
        tables = {path.stem: _read_table(path) for path in sorted(folder.glob("*.json"))}
        if missing := [name for name in TABLES if name not in tables]:
            msg = f"{folder} lacks {', '.join(f'{name}.json' for name in missing)}; restore from the project's schemas/"
            raise SchemaError(msg)
        for table in tables.values():
            _check_references(folder, table, tables)
        codelists = {t.name: load_codelist(folder / "codelists", t.document) for t in tables.values() if _coded(t)}
        for table in filter(_coded, tables.values()):
            _check_codes(folder, table, codelists)
        return cls(MappingProxyType(tables), MappingProxyType(codelists), _read_version(folder / "VERSION"))

    def table(self, name: str) -> Table:
        """Return the table `name`; raises `SchemaError` where there is none."""
        if name not in self.tables:
            msg = f"there is no table {name!r}; schemas/ describes {', '.join(self.tables)}"
            raise SchemaError(msg)
        return self.tables[name]

    @property
    def public(self) -> list[Table]:
        """The tables that every release holds, code lists apart, in the order in which they are documented."""
        found = [table for table in self.tables.values() if table.role == "public"]
        return sorted(found, key=lambda table: (TABLES.index(table.name) if table.name in TABLES else 99, table.name))

    @property
    def coded(self) -> list[Table]:
        """The code lists' tables, by name."""
        return [table for table in self.tables.values() if _coded(table)]


def _coded(table: Table) -> bool:
    return table.role == "codelist"


def _wrong(path: Path, reason: str) -> SchemaError:
    return SchemaError(f"{path}: {reason}")


def _read_version(path: Path) -> str:
    """Read the contract's version; it follows the Data Package recipe (see `compat`)."""
    try:
        found = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"cannot be read ({error}); it holds the contract's version, such as 1.0.0"
        raise _wrong(path, msg) from error
    if not re.fullmatch(r"\d+\.\d+\.\d+", found):
        raise _wrong(path, f"holds {found!r}; write a version such as 1.0.0")
    return found


def _read_table(path: Path) -> Table:
    try:
        document = json.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        msg = f"cannot be read as JSON ({error}); mend it"
        raise _wrong(path, msg) from error
    if not isinstance(document, dict) or not isinstance(document.get("fields"), list):
        raise _wrong(path, "is no Table Schema: a JSON object with a list of fields is expected")
    if document.get("name") != path.stem:
        raise _wrong(path, f"name is {document.get('name')!r}, but the file says {path.stem!r}; make them equal")
    if document.get("role") not in _ROLES:
        raise _wrong(path, f"role is {document.get('role')!r}; write one of {', '.join(sorted(_ROLES))}")
    fields = tuple(_read_field(path, each) for each in document["fields"])
    names = [each.name for each in fields]
    if len(set(names)) < len(names):
        raise _wrong(path, "has two fields of one name; rename one")
    key = document.get("primaryKey")
    key = tuple([key] if isinstance(key, str) else key or ())
    if not key or not set(key) <= set(names):
        raise _wrong(path, f"primaryKey {list(key)} must name one or more of its fields")
    return Table(
        name=path.stem,
        title=str(document.get("title", "")),
        description=str(document.get("description", "")),
        role=document["role"],
        fields=fields,
        primary_key=key,
        foreign_keys=tuple(_read_foreign_key(path, each, names) for each in document.get("foreignKeys", [])),
        order=_order(path, document, key, names),
        document=document,
    )


def _order(path: Path, document: Mapping[str, Any], key: tuple[str, ...], names: list[str]) -> tuple[str, ...]:
    """Return the columns of ``sortedBy``, then those of the key that are not among them."""
    given = document.get("sortedBy", [])
    if not isinstance(given, list) or not set(given) <= set(names):
        raise _wrong(path, f"sortedBy {given!r} must be a list of its fields")
    return (*given, *(name for name in key if name not in given))


def _read_field(path: Path, given: object) -> Field:
    if not isinstance(given, dict) or not isinstance(name := given.get("name"), str):
        raise _wrong(path, "has a field without a name; give it one")
    if given.get("type") not in DTYPES:
        raise _wrong(path, f"field {name}: type is {given.get('type')!r}; write one of {', '.join(DTYPES)}")
    for key in ("description", "concept"):
        if not isinstance(given.get(key), str) or not given[key]:
            raise _wrong(path, f"field {name}: {key} is missing; every column says what it means")
    rules = given.get("constraints", {})
    if not isinstance(rules, dict) or (unknown := sorted(set(rules) - _CONSTRAINTS)):
        raise _wrong(path, f"field {name}: constraints may hold {', '.join(sorted(_CONSTRAINTS))}, not {unknown}")
    return Field(
        name=name,
        type=given["type"],
        description=given["description"],
        concept=given["concept"],
        title=str(given.get("title", "")),
        unit=given.get("unit"),
        required=bool(rules.get("required", False)),
        enum=_enum(path, name, rules.get("enum")),
        pattern=_pattern(path, name, rules.get("pattern")),
        minimum=_number(path, name, rules.get("minimum")),
        maximum=_number(path, name, rules.get("maximum")),
        min_length=rules.get("minLength"),
    )


def _enum(path: Path, name: str, given: object) -> tuple[str, ...] | None:
    if given is None:
        return None
    if not isinstance(given, list) or not given or not all(isinstance(each, str) for each in given):
        raise _wrong(path, f"field {name}: enum must be a list of strings")
    return tuple(given)


def _pattern(path: Path, name: str, given: object) -> str | None:
    if given is None:
        return None
    try:
        re.compile(str(given))
    except re.error as error:
        msg = f"field {name}: pattern is no regular expression ({error})"
        raise _wrong(path, msg) from error
    return str(given)


def _number(path: Path, name: str, given: object) -> float | None:
    if given is not None and (isinstance(given, bool) or not isinstance(given, int | float)):
        raise _wrong(path, f"field {name}: minimum and maximum must be numbers")
    return given


def _read_foreign_key(path: Path, given: object, names: list[str]) -> ForeignKey:
    """Read one entry of foreignKeys; only keys of a single column are understood."""
    try:
        ((own,), reference) = (given["fields"], given["reference"])  # type: ignore[index]
        (other,) = reference["fields"]
        found = ForeignKey(str(own), str(reference["resource"]), str(other))
    except (KeyError, TypeError, ValueError) as error:
        msg = 'foreignKeys must be {"fields": [own], "reference": {"resource": table, "fields": [column]}}'
        raise _wrong(path, msg) from error
    if found.field not in names:
        raise _wrong(path, f"foreignKeys names {found.field!r}, which is none of its fields")
    return found


def _check_references(folder: Path, table: Table, tables: Mapping[str, Table]) -> None:
    for key in table.foreign_keys:
        if key.table not in tables or key.column not in tables[key.table].names:
            reason = f"foreignKeys points to {key.table}.{key.column}, which no schema describes"
            raise _wrong(folder / f"{table.name}.json", reason)


def _check_codes(folder: Path, table: Table, codelists: Mapping[str, pl.DataFrame]) -> None:
    """Refuse a code list that names a code of another (or of itself) that is not there."""
    own = codelists[table.name]
    for key in table.foreign_keys:
        known = codelists[key.table][key.column].implode()
        unknown = own.filter(pl.col(key.field).is_not_null() & ~pl.col(key.field).is_in(known))[key.field]
        if len(unknown):
            reason = f"{key.field} {', '.join(unknown.unique().sort().to_list())} is not in {key.table}.csv"
            raise _wrong(folder / "codelists" / f"{table.name}.csv", reason)
