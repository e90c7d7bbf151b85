"""What extraction takes and yields; the fields are those of OBSERVATION.md (schemas/observations.json)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = ["Bound", "Document", "Mention", "Role", "Status"]

Role = Literal["quantity", "time", "name", "idiom", "number"]
Bound = Literal["exact", "approx", "over", "under", "range"]
Status = Literal["actual", "target"]


@dataclass(frozen=True, slots=True)
class Document:
    """An article as extraction sees it: text and the few facts that numbers are resolved against."""

    doc: str
    text: str
    title: str | None = None
    published: date | None = None
    area: str | None = None


@dataclass(slots=True)
class Mention:
    """A stretch of the text that writes a number, and what it was bound to.

    `start` and `end` count Unicode code points of the document's text, `end` exclusive. The fields from `value`
    on are set for quantities; `period` also for times. A `number` was read but states no statistic, such as a bare
    numeral (二百零一) or 一个 where it only means "a": it has a value (or both ends of a range) and perhaps a unit.
    `rule` names what bound a quantity, `confidence` is A, B or C.
    `sentence_start` and `sentence_end` frame the sentence that is its evidence.
    """

    start: int
    end: int
    quote: str
    role: Role
    value: float | None = None
    value_low: float | None = None
    value_high: float | None = None
    bound: Bound | None = None
    unit: str | None = None
    measure: str | None = None
    indicator: str | None = None
    subject: str | None = None
    area: str | None = None
    period: str | None = None
    status: Status | None = None
    scope: str | None = None
    reference: str | None = None
    confidence: str | None = None
    rule: str | None = None
    sentence_start: int = 0
    sentence_end: int = 0
