"""SDMX: the observations as SDMX-CSV 2.0, and the structure that they follow as SDMX-JSON 2.0.

Concepts are the contract's own (`concept` of each column), code lists are the release's. An observation's id is a
dimension, for several articles may state one key. A dimension that the text does not tell is ``_X`` (not specified);
observations without a period cannot stand in SDMX's time dimension and are left out here (``observations`` has them).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from qzetl.dataset.cards.described import Column, DescribedTable, release_day, tables_of

__all__ = ["observations_frame", "structure"]

_AGENCY, _FLOW, _VERSION = "QZETL", "OBSERVATIONS", "1.0"
_URN = "urn:sdmx:org.sdmx.infomodel"
_DIMENSIONS = ("INDICATOR", "MEASURE", "REF_AREA", "OBS_STATUS", "UNIT_MEASURE", "OBS_ID")
_TIME = "TIME_PERIOD"
_VALUE = "OBS_VALUE"
_CODED = {"INDICATOR": "indicators", "MEASURE": "measures", "REF_AREA": "areas", "UNIT_MEASURE": "units"}
_FORMATS = {
    "string": "String",
    "number": "Double",
    "integer": "Integer",
    "date": "GregorianDay",
    "datetime": "DateTime",
}
_NOT_TOLD = ("_X", "not specified")


def observations_frame(observations: pl.DataFrame, table: DescribedTable) -> pl.DataFrame:
    """Return the observations with a period in the columns of SDMX-CSV 2.0 (null is an empty cell)."""
    concepts = {column.name: column.concept for column in table.columns}
    named = (
        observations.filter(pl.col("period").is_not_null())
        .with_columns(period=_time())
        .rename(concepts)
        .with_columns(pl.col(_DIMENSIONS).fill_null(_NOT_TOLD[0]))
    )
    first = [*_DIMENSIONS, _TIME, _VALUE]
    rest = [name for name in concepts.values() if name not in first]
    return named.select(
        pl.lit("dataflow").alias("STRUCTURE"),
        pl.lit(f"{_AGENCY}:{_FLOW}({_VERSION})").alias("STRUCTURE_ID"),
        pl.lit("I").alias("ACTION"),
        *first,
        *rest,
    )


def _time() -> pl.Expr:
    """Return the period as SDMX's time dimension writes it: a span of two is its first day and its length."""
    start, after = pl.col("period_start"), pl.col("period_end").dt.offset_by("1d")
    months = (after.dt.year() * 12 + after.dt.month()) - (start.dt.year() * 12 + start.dt.month())
    whole = (start.dt.day() == 1) & (after.dt.day() == 1)
    length = (
        pl.when(whole).then(pl.format("P{}M", months)).otherwise(pl.format("P{}D", (after - start).dt.total_days()))
    )
    return (
        pl.when(pl.col("period").str.contains("/", literal=True))
        .then(pl.format("{}/{}", start.cast(pl.String), length))
        .otherwise(pl.col("period"))
    )


def structure(package: Mapping[str, Any], tables: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Return the structure message: concepts, code lists, the data structure and its dataflow."""
    described = next(each for each in tables_of(package) if each.name == "observations")
    columns = {column.concept: column for column in described.columns}
    return {
        "meta": {
            "schema": "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json",
            "id": f"qzetl-{package['version']}",
            "prepared": f"{release_day(package['version'])}T00:00:00Z",
            "test": False,
            "contentLanguages": ["en", "zh"],
            "sender": {"id": _AGENCY},
        },
        "data": {
            "conceptSchemes": [_artefact("CONCEPTS", "Concepts of qzetl") | {"concepts": _concepts(columns.values())}],
            "codelists": [*_codelists(tables), _statuses(described)],
            "dataStructures": [_artefact(_FLOW, "Observations") | {"dataStructureComponents": _components(columns)}],
            "dataflows": [
                _artefact(_FLOW, described.description)
                | {"structure": f"{_URN}.datastructure.DataStructure={_AGENCY}:{_FLOW}({_VERSION})"}
            ],
        },
    }


def _artefact(name: str, title: str) -> dict[str, Any]:
    return {"id": name, "version": _VERSION, "agencyID": _AGENCY, "name": title}


def _concepts(columns: Iterable[Column]) -> list[dict[str, Any]]:
    return [
        {
            "id": column.concept,
            "name": column.concept,
            "names": {"en": column.concept, "zh": column.title},
            "description": column.description + (f" Unit: {column.unit}." if column.unit else ""),
            "descriptions": {"en": column.description, "zh": column.description_zh},
        }
        for column in columns
    ]


def _codelists(tables: Mapping[str, pl.DataFrame]) -> list[dict[str, Any]]:
    found = []
    for concept, name in _CODED.items():
        frame = tables[name]
        english = "name_en" if "name_en" in frame.columns else "name"
        chinese = "name_zh" if "name_zh" in frame.columns else "name"
        codes = [
            {"id": code, "name": en, "names": {"en": en, "zh": zh or en}}
            for code, en, zh in frame.select(pl.col("code"), en=english, zh=chinese).iter_rows()
        ]
        unknown = {"id": _NOT_TOLD[0], "name": _NOT_TOLD[1]}
        found.append(_artefact(f"CL_{concept}", name) | {"codes": [*codes, unknown]})
    return found


def _statuses(table: DescribedTable) -> dict[str, Any]:
    fields = table.files["csv"]["schema"]["fields"]
    values = next(field["constraints"]["enum"] for field in fields if field["concept"] == "OBS_STATUS")
    return _artefact("CL_OBS_STATUS", "status") | {"codes": [{"id": value, "name": value} for value in values]}


def _components(columns: Mapping[str, Column]) -> dict[str, Any]:
    attributes = [name for name in columns if name not in (*_DIMENSIONS, _TIME, _VALUE)]
    return {
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": [_component(columns[name]) for name in _DIMENSIONS],
            "timeDimensions": [_component(columns[_TIME], "ObservationalTimePeriod")],
        },
        "measureList": {"id": "MeasureDescriptor", "measures": [_component(columns[_VALUE])]},
        "attributeList": {
            "id": "AttributeDescriptor",
            "attributes": [
                _component(columns[name]) | {"usage": "optional", "attributeRelationship": {"observation": {}}}
                for name in attributes
            ],
        },
    }


def _component(column: Column, format_: str | None = None) -> dict[str, Any]:
    coded = (*_CODED, "OBS_STATUS")
    if column.concept in coded:
        held: dict[str, Any] = {"enumeration": f"{_URN}.codelist.Codelist={_AGENCY}:CL_{column.concept}({_VERSION})"}
    else:
        held = {"format": {"dataType": format_ or _FORMATS[column.type]}}
    return {
        "id": column.concept,
        "conceptIdentity": f"{_URN}.conceptscheme.Concept={_AGENCY}:CONCEPTS({_VERSION}).{column.concept}",
        "localRepresentation": held,
    }
