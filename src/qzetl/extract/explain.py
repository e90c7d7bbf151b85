"""Why each number was bound as it was: what the scan found in its sentence, and the rules that decided.

Plain data for people and programs that show it; nothing is decided here. The mentions are those of `extract`, word for
word, so what is explained is what is published.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from qzetl.extract.engine import extract
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.mention import Document, Mention
from qzetl.extract.places import Gazetteer
from qzetl.extract.rules import CUES, RULES, SILENT, Decides
from qzetl.extract.scan import Word, scan

__all__ = ["Explained", "Explanation", "Found", "Kind", "Reason", "explain"]

Kind = Literal["quantity", "time", "place", "indicator", "cue", "name", "idiom", "number"]

_NOT_WRITTEN_DOWN: Final = "no sentence explains this rule yet"


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that the scan knows: its span in the text, its kind, and what it means where that can be told.

    The kinds of what writes a number are the roles of mentions (OBSERVATION.md 1). `means` is a period for a time, an
    area's code for a place, the code or codes (with ``|``) of an indicator, and a word or two for a cue.
    """

    start: int
    end: int
    text: str
    kind: Kind
    means: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a mention's rule: its name, what it decides, and the sentence that explains it."""

    rule: str
    decides: Decides
    because: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One quantity and why it is what it is.

    The names belong to the mention's codes. `period_at`, `area_at`, `scope_at` and `reference_at` are the last words
    before the quantity's end that mean what the mention says; None where no word does (the article's own area, a
    period of the headline, what was worked out).
    """

    mention: Mention
    indicator_name: str | None
    area_name: str | None
    scope_name: str | None
    reference_name: str | None
    reasons: tuple[Reason, ...]
    period_at: Found | None
    area_at: Found | None
    scope_at: Found | None
    reference_at: Found | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence with quantities: its span and words, what was found in it, and its quantities in order."""

    start: int
    end: int
    sentence: str
    found: tuple[Found, ...]
    quantities: tuple[Explained, ...]


def explain(document: Document, lexicon: Lexicon, at: int | None = None) -> list[Explanation]:
    """The sentences of `document` that hold quantities, in order, each quantity with its reasons.

    With `at`, an offset in code points of the text, only the quantity that covers it (twice where it serves two
    indicators); empty where none does. Any text is accepted, as by `extract`.
    """
    mentions = extract(document, lexicon)
    found = sorted([*_of_mentions(mentions), *_of_words(document, lexicon, mentions)], key=lambda f: (f.start, -f.end))
    found = list(_apart(found))
    writer = _Writer(lexicon, found)
    starts = [f.start for f in found]
    explanations = []
    for (start, end), group in _by_sentence(mentions, at):
        inside = tuple(found[bisect_left(starts, start) : bisect_left(starts, end)])
        quantities = tuple(writer.explained(m) for m in group)
        explanations.append(Explanation(start, end, document.text[start:end], inside, quantities))
    return explanations


def _by_sentence(mentions: list[Mention], at: int | None) -> Iterator[tuple[tuple[int, int], list[Mention]]]:
    """The quantities asked for, grouped by the sentence that is their evidence."""
    groups: dict[tuple[int, int], list[Mention]] = {}
    for m in mentions:
        if m.role == "quantity" and (at is None or m.start <= at < m.end):
            groups.setdefault((m.sentence_start, m.sentence_end), []).append(m)
    yield from sorted(groups.items())


def _of_mentions(mentions: list[Mention]) -> Iterator[Found]:
    """Quantities, times, names and whatever else writes a number, each span once."""
    last = -1
    for m in mentions:
        if m.start != last:
            yield Found(m.start, m.end, m.quote, m.role, m.period if m.role == "time" else None)
        last = m.start


def _of_words(document: Document, lexicon: Lexicon, mentions: list[Mention]) -> Iterator[Found]:
    """The lexicon's words that say something, without those that a number covers."""
    gazetteer = Gazetteer(lexicon, document.area)
    starts, ends = [m.start for m in mentions], [m.end for m in mentions]
    for word in scan(document.text, lexicon).words:
        over = mentions[bisect_right(ends, word.start) : bisect_left(starts, word.end)]
        kind, means = _read(word, lexicon, gazetteer)
        if kind is None or any(m.start < word.start or word.end < m.end or kind == "cue" for m in over):
            continue
        yield Found(word.start, word.end, document.text[word.start : word.end], kind, means)


def _read(word: Word, lexicon: Lexicon, gazetteer: Gazetteer) -> tuple[Kind | None, str | None]:
    """The kind that a word is shown as, and what it means; no kind where it says nothing of a figure."""
    kind = word.entry.kind
    if kind in SILENT:
        return None, None
    if kind == "indicator":
        return "indicator", "|".join(lexicon.subjects.get(word.entry.codes[0], ())) or None
    if kind in ("place", "zone"):
        code = gazetteer.resolve(word.entry) if kind == "place" else None
        own = kind == "zone" or not word.entry.codes[0].isdigit()  # 市区, 全县: meant as a place, whatever its code
        return ("place", code) if code or own else (None, None)
    return "cue", CUES.get(kind, kind)


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """Of stretches that overlap the one that begins first, of those the longest (第一产业增加值, not 第一产业)."""
    end = 0
    for each in found:
        if each.start >= end:
            yield each
            end = each.end


class _Writer:
    """Adds names, reasons, and where the text says so, to the mentions of one document."""

    def __init__(self, lexicon: Lexicon, found: list[Found]) -> None:
        self._lexicon = lexicon
        self._said: dict[tuple[str, str], list[Found]] = {}
        for each in found:
            if each.means and each.kind in ("time", "place"):
                self._said.setdefault((each.kind, each.means), []).append(each)

    def explained(self, mention: Mention) -> Explained:
        indicator = self._lexicon.indicators.get(mention.indicator or "")
        return Explained(
            mention,
            indicator_name=indicator.name if indicator else None,
            area_name=self._area(mention.area),
            scope_name=self._area(mention.scope),
            reference_name=self._area(mention.reference),
            reasons=tuple(_reason(name) for name in (mention.rule or "").split("/") if name),
            period_at=self._last("time", mention.period, mention),
            area_at=self._last("place", mention.area, mention),
            scope_at=self._last("place", mention.scope, mention),
            reference_at=self._last("place", mention.reference, mention)
            or self._last("time", mention.reference, mention),
        )

    def _area(self, code: str | None) -> str | None:
        area = self._lexicon.areas.get(code or "")
        return area.name if area else None

    def _last(self, kind: Kind, means: str | None, mention: Mention) -> Found | None:
        """The last stretch of `kind` before the mention's end that means `means`."""
        said = self._said.get((kind, means or ""), [])
        n = bisect_left(said, mention.end, key=lambda f: f.start)
        return said[n - 1] if n else None


def _reason(name: str) -> Reason:
    rule = RULES.get(name)
    return Reason(name, rule.decides, rule.sentence) if rule else Reason(name, "kind", _NOT_WRITTEN_DOWN)
