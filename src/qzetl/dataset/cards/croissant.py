"""Croissant 1.0: the release as a dataset for machine learning (validated with mlcroissant)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qzetl.dataset.cards.described import CREATOR, KEYWORDS, DescribedTable, release_day, tables_of

__all__ = ["croissant"]

_TYPES = {
    "string": "sc:Text",
    "number": "sc:Float",
    "integer": "sc:Integer",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
}
_TERMS = (
    *("citeAs", "column", "data", "dataBiases", "dataCollection", "dataType", "examples", "extract", "field"),
    *("fileObject", "fileProperty", "fileSet", "format", "includes", "isEnumeration", "isLiveDataset", "jsonPath"),
    *("key", "md5", "parentField", "path", "personalSensitiveInformation", "recordSet", "references", "regex"),
    *("repeated", "replace", "sdVersion", "separator", "source", "subField", "transform"),
)
_TYPED = {"dataType": "@vocab", "data": "@json", "examples": "@json"}


def _context() -> dict[str, Any]:
    terms = {term: {"@id": f"cr:{term}", "@type": _TYPED[term]} if term in _TYPED else f"cr:{term}" for term in _TERMS}
    return {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "conformsTo": "dct:conformsTo",
        "cr": "http://mlcommons.org/croissant/",
        "dct": "http://purl.org/dc/terms/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "sc": "https://schema.org/",
        **terms,
    }


def croissant(package: Mapping[str, Any]) -> dict[str, Any]:
    """Return croissant.json: a file object for each Parquet and CSV file, a record set for each table."""
    tables = list(tables_of(package))
    return {
        "@context": _context(),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": package["name"],
        "description": package["description"],
        "license": package["licenses"][0]["path"],
        "url": "site/index.html",
        "version": _semantic(package["version"]),
        "datePublished": release_day(package["version"]),
        "creator": {"@type": "Organization", "name": CREATOR},
        "keywords": list(KEYWORDS),
        "inLanguage": ["zh-CN", "en"],
        "isLiveDataset": False,
        "citeAs": f"{CREATOR}. {package['title']}. Release {package['version']}. CC BY 4.0.",
        "distribution": [_file(file) for table in tables for file in table.files.values()],
        "recordSet": [_records(table) for table in tables],
    }


def _semantic(version: str) -> str:
    """Return the version as Semantic Versioning allows it: a fourth number becomes build metadata."""
    major, minor, patch, *further = version.split(".")
    return f"{int(major)}.{int(minor)}.{int(patch)}" + "".join(f"+{part}" for part in further)


def _file(file: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file["path"],
        "name": file["path"],
        "contentUrl": file["path"],
        "contentSize": f"{file['bytes']} B",
        "encodingFormat": "application/x-parquet" if file["format"] == "parquet" else file["mediatype"],
        "sha256": file["hash"].removeprefix("sha256:"),
    }


def _records(table: DescribedTable) -> dict[str, Any]:
    path = table.files["parquet"]["path"]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.primary_key],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table.name}/{column.name}",
                "name": column.name,
                "description": column.sentence,
                "dataType": _TYPES[column.type],
                "source": {"fileObject": {"@id": path}, "extract": {"column": column.name}},
            }
            for column in table.columns
        ],
    }
