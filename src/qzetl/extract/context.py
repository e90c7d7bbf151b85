"""What is in force while a text is read from front to back: period, area, subject, status, the list last named.

Each has its own reach (EXTRACTION.md, The prose): a status ends with its statement, a subject and a list with their
sentence or the next subject, a period and an area with their paragraph; the lead's period stays for flows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from qzetl.extract.periods import Period, years
from qzetl.extract.subjects import Subject
from qzetl.extract.times import TimeWord

__all__ = ["Bond", "Context", "Pending", "are_of_places"]


_ENUMERATED = 3  # areas of one sentence; none of them rules the next


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

    def but(self, **fields: object) -> Bond:
        """A copy with other values for `fields`: `dataclasses.replace` at a fifth of its cost."""
        bond = Bond(self.subject, self.indicator, self.area, self.period, self.measure, self.sign, self.unit)
        for name, value in fields.items():
            setattr(bond, name, value)
        return bond


def are_of_places(bonds: list[Bond]) -> bool:
    """Tell whether a list's bonds differ by their areas (三县分别举办12场、9场和8场)."""
    return len({bond.area for bond in bonds}) > 1


class Pending(NamedTuple):
    """A growth that a clause names before another gives its figures (增速较快，分别达11.4%和10.2%)."""

    sign: int
    measure: str


@dataclass(slots=True)
class Context:
    """What is in force at one point of the text.

    `monthly` tells whether the first growth of the paragraph was on the month before, None where none told;
    `told_counts` are the counts of an event's projects. `of_zone`: the headline names a zone; `zone_is_home`: it is the
    article's own area; `zone_rules`: the text told of it; `zone_told`: so did the paragraph, of this or another;
    `zone_opens`: nothing else was named since the paragraph began.
    """

    home: str | None
    area: str | None = None
    period: Period | None = None
    lead: Period | None = None
    is_relative: bool = False
    so_far: bool = False
    lead_is_relative: bool = False
    is_now: bool = False
    lead_is_now: bool = False
    event: Period | None = None
    day: Period | None = None
    plan: Period | None = None
    past: Period | None = None
    main: Subject | None = None
    main_before: Subject | None = None
    first: Subject | None = None
    topic: str | None = None
    days: Period | None = None
    span: Period | None = None
    holiday: Period | None = None
    declared: Period | None = None
    from_year: int | None = None
    compared_with: Period | None = None
    reached: Period | None = None
    norm: bool = False
    pending: Pending | None = None
    comparing: bool = False
    dated: bool = False
    undated: bool = False
    among: bool = False
    several: int = -1
    newly: bool = False
    listing: bool = False
    caption: bool = False
    named_before: str = ""
    told_times: list[TimeWord] = field(default_factory=list)
    month_on_month: bool = False
    monthly: bool | None = None
    distances: bool = False
    measured: bool = False
    risen: bool = False
    changed: str | None = None
    visit: Period | None = None
    aimed: bool = False
    base: TimeWord | None = None
    ends: tuple[Period, Period] | None = None
    historic: bool = False
    figures: int = 0
    area_resume: tuple[str | None] | None = None
    area_whole_sentence: bool = False
    of_zone: bool = False
    zone_is_home: bool = False
    zone_rules: bool = False
    zone_told: bool = False
    zone_opens: bool = False
    area_before: str | None = None
    outside: tuple[str | None, Bond | None, list[Bond], int] | None = None
    areas_told: set[str | None] = field(default_factory=set)
    open_end: bool = False
    noun_sign: int = 1
    stated: list[Bond] = field(default_factory=list)
    grown: list[Bond] = field(default_factory=list)
    resume: tuple[Period | None] | None = None
    before_ahead: tuple[Period | None] | None = None
    section: Period | None = None
    heading: Period | None = None
    heading_aims: bool = False
    items: Period | None = None
    items_aim: bool = False
    aims_told: bool = False
    recent: Period | None = None
    subject: Subject = field(default_factory=lambda: Subject(""))
    family: str | None = None
    headline: Subject | None = None
    headline_period: Period | None = None
    told_event: str | None = None
    told_counts: dict[float, Bond] = field(default_factory=dict)
    aimed_before: bool = False
    happening: str | None = None
    last: Bond | None = None
    last_is_base: bool = False
    last_in_force: Period | None = None
    last_area: str | None = None
    last_period: Period | None = None
    places: list[str | None] = field(default_factory=list)
    times: list[Period] = field(default_factory=list)
    references: list[str | None] = field(default_factory=list)
    listed: list[Bond] = field(default_factory=list)
    entity: bool = False
    firms: bool = False
    target: bool = False
    target_holds: bool = False
    target_statement: bool = False
    target_clause: int = -1
    aims_by_time: bool = False

    def open_paragraph(self, *, lists: bool = False) -> None:
        """Forget what ends with a paragraph; one that only `lists` parts goes on about the event told before."""
        self.leave()
        self.firms, self.monthly, self.outside = False, None, None
        if self.period is not None and self.period != self.visit:
            self.section = self.period
        if self.figures:  # a paragraph with a period and no figure opens the section: its period goes on
            self.period = self.declared
        self.figures = 0
        self.area, self.area_resume = None if self.zone_rules else self.home, None
        self.zone_opens, self.zone_told = self.zone_rules, self.zone_rules
        self.main_before = self.main or self.main_before
        self.told_event = self.happening or (self.told_event if lists else None)
        self.subject, self.listed, self.happening, self.main = Subject(""), [], None, None
        if (self.family or "").startswith("PROJECTS"):
            self.family = None  # an event is told of in one paragraph, unless the next goes on listing
        if lists and self.told_event:
            self.happening = self.family = self.told_event
        self.open_sentence()

    def open_sentence(self, *, goes_on: bool = False) -> None:
        """Forget what ends with a sentence; one that only goes on (其中…) keeps another area's figures there."""
        self._drop_target()
        self.aimed_before = False
        self.last = self.last_period = None
        self.stated, self.listed, self.grown, self.topic = [], [], [], None
        self.noun_sign = 1
        self.base, self.from_year, self.reached, self.norm = None, None, None, False
        self.compared_with = None
        self.pending = None
        self.comparing = self.dated = self.undated = self.distances = self.aimed = False
        self.entity = self.among = self.month_on_month = self.listing = False
        self.places, self.times, self.references, self.named_before = [], [], [], ""
        self.told_times = []
        self._leave_time_ahead()
        self._resume_area()
        if len(self.areas_told) >= _ENUMERATED:
            self.area = self.area_before
        self.areas_told, self.area_before = set(), self.area
        if not goes_on and self.area != self.home and not self._is_inside(self.area):
            self.area = self.home
        self.leave()

    def open_statement(self) -> None:
        """Forget what ends with a statement (；)."""
        aimed = self.target or self.aimed_before
        if not self.target_holds:
            self._drop_target()
        self.aimed_before = aimed
        self.last = None
        self.noun_sign = 1
        if not are_of_places(self.listed):  # of a list of places the next statement may go on
            self.listed = []
        self.base = None
        self.entity = False
        if not self.area_whole_sentence:
            self._resume_area()
        self.leave()

    def govern_area(self, area: str | None, *, passing: bool = False, whole_sentence: bool = False) -> None:
        """Put an area in force; a `passing` one (其中…) gives way when its statement ends, or its `whole_sentence`."""
        if passing and self.area_resume is None:
            self.area_resume = (self.area,)
        elif not passing:
            self.area_resume = None
        self.area, self.zone_opens = area, False
        self.area_whole_sentence = whole_sentence
        self.areas_told.add(area)

    def tell_of_firm(self) -> None:
        """Put the article's own area in force for a firm (OBSERVATION.md 2), where only its headline's zone ruled."""
        if self.zone_opens:
            self.area, self.zone_opens = self.home, False

    def _resume_area(self) -> None:
        if self.area_resume:
            self.area, self.area_resume = self.area_resume[0], None

    def _drop_target(self) -> None:
        self.open_end = False
        self.target = self.target_holds = self.target_statement = self.aims_by_time = False
        self.target_clause = -1

    def leave_aim(self) -> None:
        """Leave an aim, and the time ahead that it was told for, for what has come about."""
        self._drop_target()
        self._leave_time_ahead()

    def _leave_time_ahead(self) -> None:
        """Put back in force the period before a time ahead of publication."""
        if self.before_ahead:
            self.period, self.before_ahead = self.before_ahead[0], None

    def _is_inside(self, area: str | None) -> bool:
        """Tell whether an area lies in the article's own, by the digits of GB/T 2260."""
        home = (self.home or "").rstrip("0")
        return area is None or (bool(home) and area.startswith(home))

    def govern(
        self, period: Period, *, passing: bool = False, ahead: bool = False, word: TimeWord | None = None
    ) -> None:
        """Put a period in force; a `passing` one gives way to the one before it when its statement ends.

        One `ahead` of publication gives way when its sentence ends.
        """
        self.before_ahead = (self.period,) if ahead else None
        if self.undated and not passing:
            self.resume = None  # 近年来…，今年全市完成播种面积: the year rules on
        if passing and self.resume is None:
            self.resume = (self.period,)
        self.period, self.historic, self.dated, self.undated = period, False, True, False
        self.is_now = word is not None and "now" in word.groups
        self.ends = _years_of(word, period)
        self.is_relative = word is not None and "relative" in word.groups
        self.so_far = word is not None and word.groups.get("plan", "").endswith("以来")
        self.event = None if period.is_months() else period
        if self.is_on_a_day():
            self.day = period
        elif self.event and (self.span is None or period.last - period.first > self.span.last - self.span.first):
            self.span = period
        if word is not None and word.has("plan", "span_years"):
            self.plan = period

    def leave_undated(self) -> None:
        """Let no period rule until the statement's end: what 近年来 tells is of no single one."""
        if self.resume is None:
            self.resume = (self.period,)
        self.period, self.undated = None, True

    def open_distances(self) -> None:
        """Take what follows for distances; the place that they are told from rules no further sentence."""
        self.distances = True
        if self.area_resume is None and self.area != self.home:
            self.area_resume = (self.home,)

    def told(self) -> Subject | None:
        """What the text is of where a place is told of without a subject: the first statistic, headed or not."""
        if self.first is not None and (self.headline is None or _theme(self.first) == _theme(self.headline)):
            return self.first
        return self.headline or self.main or self.main_before

    def lead_of_statistics(self) -> Period | None:
        """The lead's period; the section's where the lead only tells of a day, and a section told of months since."""
        lead, section = self.lead, self.section
        day = lead is not None and lead.is_day()
        if lead is not None and day and self.holiday and lead.begins_in(self.holiday):
            return lead  # 春节假期第一天: growth of the day, not of the holiday's month
        if self.lead_is_now and self.headline_period is not None:
            return self.headline_period if section == lead else section
        if section is not None and section == self.headline_period:
            return section  # headed 2024年上半年, and the section told of it again
        return section if day and section is not None and section.is_months() else lead

    def is_on_a_day(self) -> bool:
        """Tell whether a single day is in force, as where an event is told of."""
        return self.period is not None and self.period.is_day()

    def days_within(self, month: Period) -> Period:
        """The days that the text has given a holiday of that month, else the month."""
        days = self.days
        return days if days and days.overlaps(month) else month

    def leave(self) -> None:
        """Give a passing period's place back to the one before it."""
        if self.resume:
            self.period, self.resume, self.historic = self.resume[0], None, False


def _theme(subject: Subject) -> str:
    """The first word of a subject's code (FISCAL, GVA, TOURISTS)."""
    return (subject.code or "").partition("_")[0]


def _years_of(word: TimeWord | None, period: Period) -> tuple[Period, Period] | None:
    """The first and the last year of a stretch that a word names from one to the other (从2012年到2021年)."""
    if word is None or (word.ends is None and "span_years" not in word.groups) or not period.is_months():
        return None
    first, last = years(period.first.year), years(period.last.year)
    if first is None or last is None or (period.first, period.last) != (first.first, last.last):
        return None
    return first, last
