"""Why a figure stands in a release: its sentence, its article, and what became of it among other statements."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Explanation"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An observation's row, its article's row, the series' row that it was weighed for (None: none), and names."""

    observation: Mapping[str, Any]
    article: Mapping[str, Any]
    series: Mapping[str, Any] | None
    names: Mapping[str, str]

    @property
    def marked(self) -> str:
        """The sentence with the quote in square brackets."""
        row = self.observation
        at = row["start"] - row["sentence_start"]
        to = at + row["end"] - row["start"]
        return f"{row['sentence'][:at]}[{row['sentence'][at:to]}]{row['sentence'][to:]}"

    @property
    def fate(self) -> str:
        """What became of the figure: chosen for its series, not chosen and why, or part of none."""
        if self.series is None:
            return "part of no series (docs/methodology.md says which figures make one)"
        chosen = f"{_figure(self.series)} ({self.series['publisher']})"
        own = self.observation["observation_id"]
        if self.series["observation_id"] == own:
            return f"chosen for its series, among {self.series['n_publishers']} publishers"
        lost = next(each for each in json.loads(self.series["losers"]) if each["observation_id"] == own)
        return f"not chosen for its series ({lost['reason']}); the chosen value is {chosen}"

    def __str__(self) -> str:
        """Return figure, sentence, source and fate, a line each."""
        row, article = self.observation, self.article
        what = self.names["indicator"] or row["subject"] or "no indicator"
        where = f"{self.names['area'] or 'no area'} · {row['period'] or 'no period'}"
        lines = (
            f"{_figure(row)} {row['unit']} · {what}, {row['measure']} · {where}",
            self.marked,
            f"{self.names['publisher']}, {article['published'] or article['day']}, {article['title'] or 'no headline'}",
            row["uri"],
            self.fate,
        )
        return "\n".join(lines)


def _figure(row: Mapping[str, Any]) -> str:
    if row["value"] is None:
        return f"{row['value_low']:.12g} to {row['value_high']:.12g}"
    return f"{row['value']:.12g}"
