"""How `qzetl explain` looks to people: a sentence with its findings marked, and beneath it each quantity.

On a terminal with colours the kinds of findings have one colour each; elsewhere each kind has its own brackets. What is
piped is not wrapped, so that a sentence stays one line.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from qzetl.errors import SchemaError
from qzetl.extract import Document, Lexicon, Mention
from qzetl.extract.explain import Explained, Explanation, Found
from qzetl.extract.rules import BOUNDS, CONFIDENCES, Decides

__all__ = ["Page"]

_MARKS: Final = {
    "quantity": ("[", "]"),
    "time": ("<", ">"),
    "place": ("{", "}"),
    "indicator": ("«", "»"),
    "cue": ("‹", "›"),
    "name": ("|", "|"),
    "idiom": ("|", "|"),
    "number": ("|", "|"),
}
_STYLES: Final = {
    "quantity": "bold yellow",
    "time": "cyan",
    "place": "green",
    "indicator": "bold magenta",
    "cue": "blue",
    "name": "bright_black",
    "idiom": "bright_black",
    "number": "bright_black",
}
_PLURALS: Final = {"time": "times", "place": "places", "indicator": "indicators", "cue": "cues"}
_REFERS: Final = frozenset({"DIFF", "CHANGE", "GROWTH_BASE", "MULTIPLE"})

_AROUND: Final = 12

Row = tuple[str, Text]


@dataclass(frozen=True, slots=True)
class Page:
    """Where explanations are written, and the names of the codes in them."""

    console: Console
    lexicon: Lexicon
    units: dict[str, str]
    measures: dict[str, str]

    @classmethod
    def of(cls, codelists: Path, lexicon: Lexicon) -> Page:
        """Write to stdout; raises `SchemaError` where a code list that gives names cannot be read."""
        console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        return cls(console, lexicon, _names(codelists / "units.csv"), _names(codelists / "measures.csv"))

    def show(self, document: Document, explanations: list[Explanation]) -> None:
        """Write the explanations of one article."""
        self._print(Text(document.doc, "bold") + Text(f"  {document.title or ''}".rstrip()))
        self._rows(self._head(document))
        if not explanations:
            self._print(Text("no quantities to explain"))
        for each in explanations:
            self._print(Text())
            self._print(self._sentence(each))
            self._rows(self._findings(each.found))
            for quantity in each.quantities:
                self._print(Text())
                self._print(_heading(quantity.mention, each))
                self._rows(self._facts(quantity, document))
        self._print(Text())

    @property
    def _coloured(self) -> bool:
        console = self.console
        return console.is_terminal and console.color_system is not None and not console.no_color

    def _print(self, text: Text) -> None:
        self.console.print(Text(_shown(text.plain), spans=text.spans, style=text.style), soft_wrap=not self._wraps)

    @property
    def _wraps(self) -> bool:
        return self.console.is_terminal

    def _rows(self, rows: Iterable[Row]) -> None:
        """Write labelled rows beneath each other; on a terminal long ones are wrapped in their own column."""
        if not self._wraps:
            for label, text in rows:
                self._print(Text(f"    {label:<11} ") + text)
            return
        table = Table.grid(padding=(0, 1))
        table.add_column(min_width=14, no_wrap=True)
        table.add_column(overflow="fold")
        for label, text in rows:
            table.add_row(Text(f"    {label}", "dim"), Text(_shown(text.plain), spans=text.spans, style=text.style))
        self.console.print(table)

    def _head(self, document: Document) -> Iterator[Row]:
        day = document.published
        yield "published", Text(str(day) if day else "not known, so 今年 or 上月 cannot be resolved")
        yield "area", Text(self._area(document.area) or "not known")
        yield "marks", Text("  ").join(self._legend())

    def _legend(self) -> Iterator[Text]:
        for kind, (left, right) in _MARKS.items():
            if kind in ("idiom", "number"):
                continue
            name = "name, idiom, no figure" if kind == "name" else kind
            yield Text(name, _STYLES[kind]) if self._coloured else Text(f"{left}{name}{right}")

    def _sentence(self, each: Explanation) -> Text:
        line, at = Text(), each.start
        for found in each.found:
            line.append(each.sentence[at - each.start : found.start - each.start])
            left, right = ("", "") if self._coloured else _MARKS[found.kind]
            line.append(f"{left}{found.text}{right}", _STYLES[found.kind] if self._coloured else "")
            at = found.end
        line.append(each.sentence[at - each.start :])
        return line

    def _findings(self, found: Iterable[Found]) -> Iterator[Row]:
        """What the times, places, indicators and cues of a sentence mean, each once."""
        groups: dict[str, dict[str, None]] = {}
        for each in found:
            if each.kind in _PLURALS:
                groups.setdefault(each.kind, {})[f"{_shown(each.text)} {self._meaning(each)}"] = None
        for kind, label in _PLURALS.items():
            if kind in groups:
                yield label, Text(" · ").join(Text(each) for each in groups[kind])

    def _meaning(self, found: Found) -> str:
        if found.kind == "time":
            return f"= {found.means}" if found.means else "(no period of its own)"
        if found.kind == "place":
            return f"= {self._area(found.means)}" if found.means else "(no code)"
        if found.kind == "indicator":
            return f"= {found.means}" if found.means else "(depends on what stands before)"
        return f"({found.means})"

    def _facts(self, each: Explained, document: Document) -> Iterator[Row]:
        m = each.mention
        yield "value", Text(f"{_value(m)} {m.unit}{_called(self.units.get(m.unit or ''))}")
        yield "bound", Text(f"{m.bound}: {BOUNDS.get(m.bound or '', '')}")
        yield "measure", Text(f"{m.measure}{_called(self.measures.get(m.measure or ''))}")
        yield "indicator", Text(_indicator(each))
        yield "area", Text(f"{self._area(m.area) or 'none'}{_area_from(each, document)}")
        yield "period", Text(f"{m.period or 'none'}{_period_from(each)}")
        yield "status", Text(m.status or "")
        if m.measure == "RANK" or m.scope:
            yield "scope", Text(f"{self._area(m.scope) or 'not told'}{_written(each.scope_at)}")
        if m.measure in _REFERS or m.reference:
            reference = self._area(m.reference) if each.reference_name else m.reference
            yield "reference", Text(f"{reference or 'not told'}{_written(each.reference_at)}")
        yield "confidence", Text(f"{m.confidence}: {CONFIDENCES.get(m.confidence or '', '')}")
        for n, reason in enumerate(each.reasons):
            yield "" if n else "why", Text(f"{reason.rule}: {reason.because}")

    def _area(self, code: str | None) -> str | None:
        area = self.lexicon.areas.get(code or "")
        return f"{code} {area.name}" if area else code


def _names(path: Path) -> dict[str, str]:
    """What the codes of a code list are called: in English, and in Chinese where the list says it."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        return {row["code"]: ", ".join(filter(None, (row.get("name_zh"), row["name_en"]))) for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        msg = f"{path} cannot be read ({error}); restore it from the repository"
        raise SchemaError(msg) from error


def _shown(text: str) -> str:
    """The text with control characters made visible, so that an article cannot steer the terminal."""
    return "".join("⏎" if c == "\n" else "�" if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)


def _heading(m: Mention, each: Explanation) -> Text:
    """The quantity, where it stands, and a few words on both sides to find it by in a long sentence."""
    start, end = m.start - each.start, m.end - each.start
    before, after = each.sentence[max(0, start - _AROUND) : start], each.sentence[end : end + _AROUND]
    opened, closed = "…" * (start > _AROUND), "…" * (end + _AROUND < len(each.sentence))
    context = f"{opened}{before}[{m.quote}]{after}{closed}"
    return Text.assemble((f"  {m.quote}", "bold yellow"), (f"  at {m.start}–{m.end}  {context}", "dim"))


def _value(m: Mention) -> str:
    if m.value is not None:
        return f"{m.value:,.15g}"
    return " to ".join(f"{each:,.15g}" for each in (m.value_low, m.value_high) if each is not None) or "none"


def _called(name: str | None) -> str:
    return f" — {name}" if name else ""


def _indicator(each: Explained) -> str:
    m = each.mention
    words = f"the words: {m.subject}" if m.subject else "no words name it"
    if m.indicator is None:
        return f"none; {words}" if _decided(each, "kind") else f"none, no code fits; {words}"
    return f"{m.indicator}{_called(each.indicator_name)}; {words}"


def _decided(each: Explained, *parts: Decides) -> bool:
    """Tell whether a rule decided these parts by itself, so that its sentence says why there is none."""
    return any(reason.decides in parts for reason in each.reasons)


def _written(found: Found | None) -> str:
    return f", last written {found.text} at {found.start}" if found else ""


def _area_from(each: Explained, document: Document) -> str:
    if each.mention.area is None:
        return ": it cannot be told, or has no code"
    own = ", the article's own" if each.mention.area == document.area else ""
    return own + _written(each.area_at)


def _period_from(each: Explained) -> str:
    if each.mention.period is None:
        return "" if _decided(each, "kind", "period") else ": nothing near dates it"
    return _written(each.period_at) or ", worked out, or the headline's"
