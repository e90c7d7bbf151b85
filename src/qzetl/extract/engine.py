"""The engine: scan, frame, read, then bind every quantity to what it measures (EXTRACTION.md).

`extract` is a pure function of a document and a lexicon. The binder goes through the clauses once, keeping what is in
force in a `Context`; for each quantity the rules in `measures`, `subjects`, `places` and here choose, and the mention
names the rule that decided.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

from qzetl.extract.binder import Binder
from qzetl.extract.context import Context
from qzetl.extract.frame import ahead, clauses
from qzetl.extract.lexicon import Lexicon, canonical
from qzetl.extract.mention import Document, Mention
from qzetl.extract.places import Gazetteer
from qzetl.extract.quantities import Quantity
from qzetl.extract.scan import NumberName, Scan, Word, scan
from qzetl.extract.spacing import close_up
from qzetl.extract.stretch import Token
from qzetl.extract.subjects import Subject
from qzetl.extract.times import Calendar, TimeWord

__all__ = ["extract"]

# Behind these a length is the statement itself (连续8天); one that dates something goes on in its clause.
_STATED = re.compile(r"(?:连续|提前|推迟|历时|为期|持续|缩短|共|仅|近|约|每|前|后|晚|早|达|第|[\dA-Za-z])$")
_HAPPENS = re.compile(r"(?!售罄|以上|以内|左右|前|后)[\u4e00-\u9fff]{2}")

_ZONES = ("开发区", "高新区", "经开区", "园", "园区", "集聚区", "集中区")

_BEYOND = (sys.maxsize, sys.maxsize)  # behind every word

_T = TypeVar("_T", Quantity, Token)


def extract(document: Document, lexicon: Lexicon) -> list[Mention]:
    """All mentions of `document` in the order of the text.

    Quantities that serve two indicators stand twice with one span. Any text is accepted; nothing is raised.
    """
    closed = close_up(document.text)
    if closed is None:
        return _extract(document, lexicon)
    mentions = _extract(replace(document, text=closed.text), lexicon)
    for m in mentions:
        m.start, m.end = closed.span(m.start, m.end)
        m.sentence_start, m.sentence_end = closed.span(m.sentence_start, m.sentence_end)
        m.quote = document.text[m.start : m.end]
    return mentions


def _extract(document: Document, lexicon: Lexicon) -> list[Mention]:
    tokens = scan(document.text, lexicon)
    calendar = Calendar(document.published, lexicon.holidays, lexicon.lunar_years)
    _days_told(tokens, calendar)
    gazetteer = Gazetteer(lexicon, document.area)
    numeric = sorted(
        [(q.start, q.end) for q in tokens.quantities]
        + [(t.start, t.end) for t in tokens.times]
        + [(n.start, n.end) for n in tokens.names]
        + _ratio_marks(tokens.quantities)
    )
    context = Context(home=gazetteer.home, area=gazetteer.home)
    _headline(document.title, lexicon, calendar, gazetteer, context)
    binder = Binder(tokens.text, lexicon, gazetteer, calendar, context)
    mentions = [_mention(n) for n in tokens.names]
    frames = clauses(tokens.text, numeric)
    words = _free(tokens.words, numeric)
    ordered: list[Token] = sorted([*words, *tokens.times], key=attrgetter("start"))
    word, figure = 0, 0
    for clause in frames:
        words_end = _upto(ordered, word, clause.end)
        figures_end = _upto(tokens.quantities, figure, clause.end)
        mentions += binder.bind(clause, ordered[word:words_end], tokens.quantities[figure:figures_end])
        word, figure = words_end, figures_end
    mentions += [_time_mention(t) for t in tokens.times]
    mentions.sort(key=lambda m: (m.start, m.end))
    for m in mentions:
        m.quote = document.text[m.start : m.end]
    return mentions


def _days_told(tokens: Scan, calendar: Calendar) -> None:
    """Take 8天 for a time word where the text names as many days (10月1日至8日): such lengths date what happened."""
    spans = [calendar.resolve(t, None) for t in tokens.times if t.ends or t.has("md", "holiday")]
    lengths = {(p.last - p.first).days + 1 for p in spans if p and p.first < p.last}
    ends = {t.end for t in tokens.times}
    told = [q for q in tokens.quantities if _dates(tokens.text, q, lengths, ends)]
    if told:
        tokens.quantities[:] = [q for q in tokens.quantities if q not in told]
        tokens.times[:] = sorted(
            [*tokens.times, *(TimeWord(q.start, q.end, {"break": ""}) for q in told)], key=attrgetter("start")
        )


def _dates(s: str, q: Quantity, lengths: set[int], ends: set[int]) -> bool:
    if q.unit != "DAY" or q.bound != "exact":
        return False
    if q.start in ends:
        return s[q.end : q.end + 1] not in ("前", "后")  # 11月9日至11日三天, 3日、4日两天
    if q.value not in lengths:
        return False
    return _STATED.search(ahead(s, q.start, 3)) is None and _HAPPENS.match(s, q.end) is not None


def _ratio_marks(quantities: list[Quantity]) -> list[tuple[int, int]]:
    """The marks inside proportions (12.5:30.5:57.0), which bound no clause."""
    return [
        (one.end, other.start)
        for one, other in pairwise(quantities)
        if one.form == other.form == "ratio" and other.start - one.end == 1
    ]


def _headline(title: str | None, lexicon: Lexicon, calendar: Calendar, gazetteer: Gazetteer, context: Context) -> None:
    """Let the headline's period rule flows until the text names one; keep what it names, and whose zone.

    A zone that bears the name of a wider area than the article's own is that area (苏州高新区 of a district).
    """
    if not title:
        return
    tokens = scan(title, lexicon)
    named = {lexicon.subjects.get(canonical(w.text)) for w in tokens.words if w.entry.kind == "indicator"}
    if len(named) == 1 and (codes := named.pop()) and len(codes) == 1:
        context.headline = Subject("", codes)
    zones = [w for w in tokens.words if w.entry.kind == "zone" and w.text.endswith(_ZONES)]
    ends = {w.end: gazetteer.resolve(w.entry) for w in tokens.words if w.entry.kind == "place"}
    context.zone_is_home = any(ends.get(w.start) in gazetteer.lineage[1:] for w in zones)
    context.of_zone = bool(zones) and not context.zone_is_home
    for word in tokens.times:
        period = calendar.resolve(word, None)
        if period and period.is_months() and not word.is_stretch:
            context.section = context.headline_period = period
            context.holiday = period if "holiday" in word.groups else None
            return


def _free(words: list[Word], numeric: list[tuple[int, int]]) -> list[Word]:
    """The lexicon's words that no number's span covers."""
    free: list[Word] = []
    n, spans = 0, [*numeric, _BEYOND]
    for w in words:
        while spans[n][0] < w.end:
            n += 1
        if not n or spans[n - 1][1] <= w.start or _is_whole_name(w, spans[n - 1]):
            free.append(w)
    return free


def _is_whole_name(word: Word, span: tuple[int, int]) -> bool:
    """Tell whether a number inside an indicator's or place's name is that name's own (第一产业增加值, PM2.5)."""
    return word.start <= span[0] and span[1] <= word.end and word.entry.kind in ("indicator", "place", "filler")


def _upto(tokens: list[_T], at: int, end: int) -> int:
    """Where the tokens (in order, from `at` on) that stand before `end` end themselves."""
    while at < len(tokens) and tokens[at].start < end:
        at += 1
    return at


def _mention(name: NumberName) -> Mention:
    return Mention(name.start, name.end, "", name.role, name.value, name.low, name.high, unit=name.unit)


def _time_mention(word: TimeWord) -> Mention:
    period = str(word.period) if word.period else None
    return Mention(word.start, word.end, "", "time", period=period)
