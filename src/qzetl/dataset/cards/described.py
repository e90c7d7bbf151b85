"""What every card says: the release's tables and columns, as its datapackage describes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["CREATOR", "KEYWORDS", "Column", "DescribedTable", "release_day", "tables_of"]

CREATOR = "The qzetl maintainers"
KEYWORDS = ("China", "regional statistics", "news", "indicators", "provenance", "vintages", "open data")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `unit` is None where its values are counted in none, `concept` is its SDMX concept."""

    name: str
    type: str
    title: str
    description: str
    description_zh: str
    unit: str | None
    concept: str

    @property
    def sentence(self) -> str:
        """The description with unit and concept, for formats that have no place of their own for them."""
        unit = f" Unit: {self.unit}." if self.unit else ""
        return f"{self.description}{unit} SDMX concept: {self.concept}."


@dataclass(frozen=True, slots=True)
class DescribedTable:
    """One table: its columns, and its files by format (``csv``, ``parquet``) as the datapackage lists them."""

    name: str
    title: str
    description: str
    description_zh: str
    rows: int
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    files: Mapping[str, Mapping[str, Any]]


def tables_of(package: Mapping[str, Any]) -> Iterator[DescribedTable]:
    """Yield the tables of a datapackage, in its order."""
    files: dict[str, dict[str, Mapping[str, Any]]] = {}
    for each in package["resources"]:
        if "schema" in each:
            files.setdefault(each["name"].removesuffix(f"-{each['format']}"), {})[each["format"]] = each
    for name, by_format in files.items():
        held = by_format["csv"]
        yield DescribedTable(
            name=name,
            title=held["title"],
            description=held["description"],
            description_zh=held.get("description_zh", ""),
            rows=held["rows"],
            columns=tuple(_column(field) for field in held["schema"]["fields"]),
            primary_key=tuple(held["schema"]["primaryKey"]),
            files=by_format,
        )


def _column(field: Mapping[str, Any]) -> Column:
    return Column(
        name=field["name"],
        type=field["type"],
        title=field.get("title", ""),
        description=field["description"],
        description_zh=field.get("description_zh", ""),
        unit=field.get("unit"),
        concept=field["concept"],
    )


def release_day(version: str) -> str:
    """Return the ISO day that a version (YYYY.MM.DD or YYYY.M.D, then perhaps .N) bears."""
    year, month, day = (int(part) for part in version.split(".")[:3])
    return f"{year:04}-{month:02}-{day:02}"
