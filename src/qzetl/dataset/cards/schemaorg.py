"""schema.org/Dataset as JSON-LD, for the search engines that read a page's head."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qzetl.dataset.cards.described import CREATOR, KEYWORDS, release_day, tables_of

__all__ = ["schemaorg"]


def schemaorg(package: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON-LD; addresses of files are relative to ``site/``, where the page stands."""
    tables = list(tables_of(package))
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "version": package["version"],
        "datePublished": release_day(package["version"]),
        "license": package["licenses"][0]["path"],
        "isAccessibleForFree": True,
        "inLanguage": ["zh-CN", "en"],
        "keywords": list(KEYWORDS),
        "creator": {"@type": "Organization", "name": CREATOR},
        "spatialCoverage": {"@type": "Place", "name": "China"},
        "isBasedOn": [source.get("path", source["title"]) for source in package["sources"]],
        "measurementTechnique": "Rules bind each number of an article to indicator, measure, area, period and unit",
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file["path"],
                "encodingFormat": file["mediatype"],
                "contentUrl": f"../{file['path']}",
                "contentSize": f"{file['bytes']} B",
                "sha256": file["hash"].removeprefix("sha256:"),
            }
            for table in tables
            for file in table.files.values()
        ],
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": f"{table.name}.{column.name}",
                "description": column.description,
                "propertyID": column.concept,
            }
            | ({"unitText": column.unit} if column.unit else {})
            for table in tables
            for column in table.columns
        ],
    }
