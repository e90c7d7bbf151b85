"""Cards for the places that hold datasets: CITATION.cff, Zenodo, Kaggle, and the head of a Hugging Face README."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from qzetl.dataset.cards.described import CREATOR, KEYWORDS, release_day, tables_of

__all__ = ["citation", "hugging_face", "kaggle", "zenodo"]

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_KAGGLE_TYPES = {"number": "decimal", "datetime": "datetime", "date": "datetime"}


def citation(package: Mapping[str, Any]) -> str:
    """Return CITATION.cff (Citation File Format 1.2.0). JSON strings are YAML too, so every text is quoted as JSON."""
    words = "".join(f"  - {json.dumps(word)}\n" for word in KEYWORDS)
    return (
        "cff-version: 1.2.0\n"
        "message: If you use these data, please cite them with the version of the release that you used.\n"
        "type: dataset\n"
        f"title: {json.dumps(package['title'])}\n"
        f"abstract: {json.dumps(package['description'])}\n"
        f"authors:\n  - name: {CREATOR}\n"
        f"version: {json.dumps(package['version'])}\n"
        f"date-released: {release_day(package['version'])}\n"
        "license: CC-BY-4.0\n"
        f"keywords:\n{words}"
    )


def zenodo(package: Mapping[str, Any]) -> dict[str, Any]:
    """Return zenodo.json: the body of a deposition as Zenodo's REST interface takes it."""
    return {
        "metadata": {
            "upload_type": "dataset",
            "title": package["title"],
            "description": f"<p>{package['description']}</p>",
            "creators": [{"name": CREATOR}],
            "publication_date": release_day(package["version"]),
            "version": package["version"],
            "access_right": "open",
            "license": "cc-by-4.0",
            "language": "zho",
            "keywords": list(KEYWORDS),
            "notes": "Sentences quoted as evidence remain their publishers' (LICENCES.md).",
            "references": [f"{source['title']} {source.get('path', '')}".strip() for source in package["sources"]],
        }
    }


def kaggle(package: Mapping[str, Any]) -> dict[str, Any]:
    """Return dataset-metadata.json as Kaggle's command takes it; ``id`` begins with the account that uploads."""
    return {
        "title": package["title"][:50],
        "subtitle": "Numbers in Chinese regional news, each with the sentence that states it",
        "id": "qzetl/qzetl",
        "description": package["description"],
        "licenses": [{"name": "CC-BY-4.0"}],
        "keywords": ["china", "economics", "news", "government"],
        "resources": [
            {
                "path": file["path"],
                "description": table.description,
                "schema": {
                    "fields": [
                        {
                            "name": column.name,
                            "description": column.sentence,
                            "type": _KAGGLE_TYPES.get(column.type, column.type),
                        }
                        for column in table.columns
                    ]
                },
            }
            for table in tables_of(package)
            for file in table.files.values()
        ],
    }


def hugging_face(package: Mapping[str, Any]) -> str:
    """Return the front matter with which README.md is a dataset card and the folder a dataset repository."""
    tables = list(tables_of(package))
    rows = {table.name: table.rows for table in tables}["observations"]
    size = next((name for limit, name in _SIZES if rows < limit), "1M<n<10M")
    lines = [
        "---",
        f"pretty_name: {json.dumps(package['title'])}",
        "license: cc-by-4.0",
        "language:\n- zh\n- en",
        f"size_categories:\n- {size}",
        "task_categories:\n- token-classification\n- tabular-regression",
        f"version: {json.dumps(package['version'])}",
        "tags:",
        *(f"- {json.dumps(word.lower())}" for word in KEYWORDS),
        "configs:",
    ]
    for table in tables:
        lines += [
            f"- config_name: {table.name}",
            f"  data_files:\n  - split: train\n    path: {table.files['parquet']['path']}",
        ]
        lines += ["  default: true"] if table.name == "series" else []
    return "\n".join([*lines, "---", ""])
