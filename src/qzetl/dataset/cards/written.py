"""Writing the cards: a companion of releases (see `qzetl.dataset.draft`)."""

from __future__ import annotations

import json
from pathlib import Path

from qzetl.dataset.cards.croissant import croissant
from qzetl.dataset.cards.dcat import dcat
from qzetl.dataset.cards.described import tables_of
from qzetl.dataset.cards.dictionary import dictionary
from qzetl.dataset.cards.excel import write_excel_csv
from qzetl.dataset.cards.licences import licences
from qzetl.dataset.cards.methodology import methodology
from qzetl.dataset.cards.repositories import citation, hugging_face, kaggle, zenodo
from qzetl.dataset.cards.sdmx import observations_frame, structure
from qzetl.dataset.datapackage import write_json
from qzetl.dataset.draft import Draft
from qzetl.dataset.files import write_csv

__all__ = ["write_cards"]


def write_cards(draft: Draft) -> None:
    """Write every card of the release, its tables for Excel, and its observations for SDMX."""
    folder, package, tables = draft.folder, draft.package, draft.tables
    write_json(croissant(package), folder / "croissant.json")
    write_json(dcat(package), folder / "dcat.jsonld")
    write_json(zenodo(package), folder / "zenodo.json")
    write_json(kaggle(package), folder / "dataset-metadata.json")
    _write(folder / "CITATION.cff", citation(package))
    _write(folder / "LICENCES.md", licences(package, tables["publishers"], tables["articles"]))
    _write(folder / "DICTIONARY.md", dictionary(package, "en"))
    _write(folder / "DICTIONARY.zh.md", dictionary(package, "zh"))
    quality = folder / "quality.json"
    measured = json.loads(quality.read_text("utf-8")) if quality.is_file() else None
    _write(folder / "METHODOLOGY.md", methodology(tables["observations"], tables["rejects"], measured))
    _write_sdmx(draft)
    (folder / "excel").mkdir()
    for name, frame in tables.items():
        write_excel_csv(frame, folder / "excel" / f"{name}.csv")
    readme = folder / "README.md"
    _write(readme, hugging_face(package) + readme.read_text("utf-8"))


def _write_sdmx(draft: Draft) -> None:
    folder = draft.folder / "sdmx"
    folder.mkdir()
    described = next(each for each in tables_of(draft.package) if each.name == "observations")
    write_csv(observations_frame(draft.tables["observations"], described), folder / "observations.csv")
    write_json(structure(draft.package, draft.tables), folder / "structure.json")


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")
