"""What is in force while a text is read from front to back: period, area, subject, status, the list last named.

Each has its own reach (EXTRACTION.md, The prose): a status ends with its statement, a subject and a list with their
sentence or the next subject, a period and an area with their paragraph; the lead's period stays for flows.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qzetl.extract.periods import Period
from qzetl.extract.subjects import Subject

__all__ = ["Bond", "Context"]


@dataclass(slots=True)
class Bond:
    """What one figure was bound to, kept for figures that go on from it."""

    subject: Subject
    indicator: str | None
    area: str | None
    period: Period | None
    measure: str = "LEVEL"
    sign: int = 1
    unit: str | None = None


@dataclass(slots=True)
class Context:
    """What is in force at one point of the text."""

    home: str | None
    area: str | None = None
    area_named: bool = False
    period: Period | None = None
    lead: Period | None = None
    section: Period | None = None
    subject: Subject = field(default_factory=lambda: Subject(""))
    family: str | None = None
    subject_bond: Bond | None = None
    last: Bond | None = None
    listed: list[Bond] = field(default_factory=list)
    target: bool = False
    target_holds: bool = False

    def open_paragraph(self) -> None:
        """Forget what ends with a paragraph."""
        if self.period is not None:
            self.section = self.period
        self.period = None
        self.area, self.area_named = self.home, False
        self.subject, self.subject_bond, self.listed = Subject(""), None, []
        self.open_sentence()

    def open_sentence(self) -> None:
        """Forget what ends with a sentence."""
        self.target = self.target_holds = False
        self.last = None

    def open_statement(self) -> None:
        """Forget what ends with a statement (；)."""
        if not self.target_holds:
            self.target = False
        self.last = None
        self.listed = []

    def govern(self, period: Period) -> None:
        """Put a period in force; the first one that is no single day is the lead's."""
        self.period = period
        if self.lead is None and period.is_months():
            self.lead = period
