"""The builder: a companion of releases (see `qzetl.dataset.draft`) that writes ``site/`` and ``charts/``."""

from __future__ import annotations

import json
from pathlib import Path

from qzetl.dataset.draft import Draft
from qzetl.site.charts import write_charts
from qzetl.site.chunks import write_chunk
from qzetl.site.coverage import write_coverage
from qzetl.site.evidence import number_observations, write_articles, write_evidence, write_ids
from qzetl.site.figures import with_numbers, write_areas, write_disagreements, write_happenings, write_series
from qzetl.site.overview import overview
from qzetl.site.page import write_page
from qzetl.site.reports import changes_chunk, quality_chunk
from qzetl.site.slices import write_slices

__all__ = ["write_site"]


def write_site(draft: Draft) -> None:
    """Write the site of the release `draft`, its charts, and the files that its pages offer."""
    site, tables = draft.folder / "site", draft.tables
    data = site / "data"
    numbered = number_observations(tables["observations"], tables["articles"])
    numbers = dict(numbered.select("observation_id", "n").iter_rows())
    series = with_numbers(tables["series"], numbered)
    write_evidence(numbered, tables["articles"], data)
    write_series(series, with_numbers(tables["vintages"], numbered), numbers, data)
    write_happenings(with_numbers(tables["happenings"], numbered), data)
    write_areas(series, data)
    write_coverage(tables["coverage"], data)
    write_chunk(data, "quality", quality_chunk(tables, _document(draft.folder / "quality.json")))
    changes = changes_chunk(tables.get("changes"))
    if changes is not None:
        write_chunk(data, "changes", changes)
    write_slices(tables, site / "files")
    facts = {
        "articles": write_articles(numbered, tables["articles"], data),
        "ids": write_ids(numbered, data),
        "disagreements": write_disagreements(series, numbers, data),
        "changes": None if changes is None else changes["total"],
        "charts": write_charts(tables, draft.folder / "charts"),
    }
    told = overview(draft, series, numbered, facts)
    write_chunk(data, "overview", told)
    write_page(draft, told, site)


def _document(path: Path) -> object:
    return json.loads(path.read_text("utf-8")) if path.is_file() else None
