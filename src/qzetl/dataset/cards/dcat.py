"""DCAT-AP as JSON-LD, for open-data portals; the columns are told in the W3C's CSV on the Web vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qzetl.dataset.cards.described import CREATOR, KEYWORDS, Column, DescribedTable, release_day, tables_of

__all__ = ["dcat"]

_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "csvw": "http://www.w3.org/ns/csvw#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_FORMATS = {"csv": f"{_AUTHORITY}/file-type/CSV", "parquet": f"{_AUTHORITY}/file-type/PARQUET"}
_MEDIA = "https://www.iana.org/assignments/media-types"
_DATATYPES = {"string": "string", "number": "double", "integer": "integer", "boolean": "boolean", "date": "date"}


def dcat(package: Mapping[str, Any]) -> dict[str, Any]:
    """Return dcat.jsonld: one dcat:Dataset with a distribution for each file; addresses are relative to the release."""
    tables = list(tables_of(package))
    return {
        "@context": _CONTEXT,
        "@id": "#dataset",
        "@type": "dcat:Dataset",
        "dct:title": [_said(package["title"], "en")],
        "dct:description": [_said(package["description"], "en")],
        "dct:identifier": f"qzetl-{package['version']}",
        "dcat:version": package["version"],
        "dct:issued": {"@value": release_day(package["version"]), "@type": "xsd:date"},
        "dct:language": [{"@id": f"{_AUTHORITY}/language/ZHO"}, {"@id": f"{_AUTHORITY}/language/ENG"}],
        "dct:license": {"@id": package["licenses"][0]["path"]},
        "dct:accessRights": {"@id": f"{_AUTHORITY}/access-right/PUBLIC"},
        "dct:spatial": {"@id": f"{_AUTHORITY}/country/CHN"},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": CREATOR},
        "dcat:contactPoint": {"@type": "http://www.w3.org/2006/vcard/ns#Organization", "schema:name": CREATOR},
        "dcat:theme": [{"@id": f"{_AUTHORITY}/data-theme/{theme}"} for theme in ("ECON", "REGI")],
        "dcat:keyword": [_said(word, "en") for word in KEYWORDS],
        "dcat:landingPage": {"@id": "site/index.html"},
        "prov:wasDerivedFrom": [
            {"schema:name": source["title"]} | ({"@id": source["path"]} if "path" in source else {})
            for source in package["sources"]
        ],
        "dcat:distribution": [_distribution(table, file) for table in tables for file in table.files.values()],
    }


def _said(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _distribution(table: DescribedTable, file: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@id": f"#{file['path']}",
        "@type": "dcat:Distribution",
        "dct:title": [_said(file["path"], "en"), _said(table.title, "zh")],
        "dct:description": [_said(table.description, "en"), _said(table.description_zh, "zh")],
        "dcat:accessURL": {"@id": file["path"]},
        "dcat:downloadURL": {"@id": file["path"]},
        "dct:format": {"@id": _FORMATS[file["format"]]},
        "dcat:mediaType": {"@id": f"{_MEDIA}/{file['mediatype']}"},
        "dcat:byteSize": {"@value": str(file["bytes"]), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": file["hash"].removeprefix("sha256:"),
        },
        "csvw:tableSchema": {"@type": "csvw:Schema", "csvw:column": [_column(column) for column in table.columns]},
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "@type": "csvw:Column",
        "csvw:name": column.name,
        "csvw:title": [_said(column.title, "zh")],
        "csvw:datatype": _DATATYPES.get(column.type, "dateTime"),
        "dct:description": [_said(column.description, "en"), _said(column.description_zh, "zh")],
        "dct:identifier": column.concept,
    } | ({"schema:unitText": column.unit} if column.unit else {})
