"""The lexicons, read once from the code lists and compiled for one pass over a text.

Words of all lists (indicator names, places, cues, words kept whole) go into one automaton that finds the leftmost
longest ones; numbers that are names, units and holidays become patterns. Adding a word is adding a row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from qzetl.errors import SchemaError
from qzetl.extract.forms import quantity_pattern
from qzetl.extract.lunar import LunarYear, read_lunar_year
from qzetl.extract.narrowing import Narrowed, first_letters
from qzetl.extract.numerals import ARABIC_DIGITS, NUMERAL_IN
from qzetl.extract.times import Holiday, match_time

__all__ = ["Area", "Entry", "Indicator", "Lexicon"]

# Repetitions are bounded and possessive everywhere, so that no text costs more than linear time.
_NUMERAL = r"(?:\d[\d,.]{0,20}+[十百千万亿]{0,4}+|[零〇一二两三四五六七八九十百千万]{1,16}+)"
_NAMING = frozenset({"indicator", "place", "word", "filler"})  # words of these kinds keep the numerals in them
_NUMERAL_LETTERS = f"{ARABIC_DIGITS}零〇一二两三四五六七八九十百千万"
_ARRIVES = ("到", "至", "为")
_COMMON_KINDS = "市县区州盟旗省"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word of the lexicon is: its kind (``indicator``, ``place``, a cue's kind …), sign and codes."""

    kind: str
    sign: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A row of areas.csv."""

    code: str
    name: str
    short: str
    level: str
    parent: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of indicators.csv."""

    code: str
    theme: str
    name: str
    unit: str
    kind: str
    stock: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything extraction knows about words."""

    areas: dict[str, Area]
    indicators: dict[str, Indicator]
    subjects: dict[str, tuple[str, ...]]
    contexts: dict[str, tuple[tuple[str, str], ...]]
    happenings: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]
    entries: dict[str, Entry]
    words: tuple[str, ...]
    word_entries: tuple[Entry, ...]
    numbered: frozenset[str]
    full_names: dict[str, frozenset[str]]
    automaton: AhoCorasick
    patterns: dict[str, re.Pattern[str]]
    names: dict[str, re.Pattern[str]]
    name_roles: dict[str, str]
    time: Narrowed
    quantity: re.Pattern[str]
    units: dict[str, tuple[str, float]]
    holidays: dict[str, Holiday] = field(repr=False)
    lunar_years: dict[int, LunarYear] = field(repr=False)

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """Read the code lists under `folder` (``schemas/codelists``).

        Raises `SchemaError` naming the file that is missing or malformed.
        """
        columns = [each.name for each in fields(Area)]
        areas = {r["code"]: Area(**{k: r[k] for k in columns}) for r in _rows(folder, "areas.csv")}
        indicators = {r["code"]: _indicator(r) for r in _rows(folder, "indicators.csv")}
        names_of = dict(_subjects(folder))
        subjects = {canonical(name): codes for name, codes in names_of.items()}
        units = dict(_units(folder))
        holidays = {r["holiday"]: _holiday(r) for r in _rows(folder, "holidays.csv")}
        contexts = _contexts(folder)
        entries = _entries(folder, areas, [*contexts, *names_of, *subjects])
        words = tuple(entries)
        names, roles = _names(folder)
        return cls(
            areas=areas,
            indicators=indicators,
            subjects=subjects,
            contexts=contexts,
            happenings=tuple(
                (r["code"], _compiled(folder / "happenings.csv", r), frozenset(r["unit"].split("|")))
                for r in _rows(folder, "happenings.csv")
            ),
            entries=entries,
            words=words,
            word_entries=tuple(entries.values()),
            full_names=_full_names(folder),
            numbered=frozenset(w for w, entry in entries.items() if entry.kind in _NAMING and NUMERAL_IN.search(w)),
            automaton=AhoCorasick(words, matchkind=MatchKind.LeftmostLongest),
            patterns={r["name"]: _compiled(folder / "patterns.csv", r) for r in _rows(folder, "patterns.csv")},
            names=names,
            name_roles=roles,
            time=match_time(holidays),
            quantity=quantity_pattern(units),
            units=units,
            holidays=holidays,
            lunar_years={int(r["year"]): read_lunar_year(r) for r in _rows(folder, "lunar_years.csv")},
        )


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    path = folder / name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        msg = f"{path} cannot be read ({error}); restore it from the repository"
        raise SchemaError(msg) from error
    if any(None in row or None in row.values() for row in rows):
        msg = f"{path} has a row with too few or too many cells; quote cells that hold commas"
        raise SchemaError(msg)
    return rows


def _compiled(path: Path, row: dict[str, str]) -> re.Pattern[str]:
    try:
        return re.compile(row["pattern"])
    except re.error as error:
        msg = f"{path} holds the pattern {row['pattern']!r}, which does not compile ({error}); mend that row"
        raise SchemaError(msg) from error


def _indicator(row: dict[str, str]) -> Indicator:
    return Indicator(
        row["code"], row["theme"], row["name_zh"], row["unit"], row["kind"], stock=row.get("nature", "") == "stock"
    )


def _holiday(row: dict[str, str]) -> Holiday:
    number = {k: int(v) if v else None for k, v in row.items() if k not in ("holiday", "source")}
    lunar, nth = (number["lunar_month"], number["lunar_day"]), (number["nth"], number["weekday"])
    return Holiday(
        row["holiday"],
        number["month"],
        number["day"],
        number["lunar_new_year_offset"],
        number["days"] or 1,
        (lunar[0], lunar[1]) if lunar[0] and lunar[1] else None,
        (nth[0], nth[1]) if nth[0] and nth[1] else None,
    )


def _subjects(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names of indicators as the lists have them, with the code or (城乡…) the codes that they stand for."""
    for row in _rows(folder, "indicators.csv"):
        for name in (row["name_zh"], *row["aliases"].split("|")):
            if name:
                yield name, (row["code"],)
    for row in _rows(folder, "indicator_names.csv"):
        yield row["name"], tuple(row["codes"].split("|"))


def _full_names(folder: Path) -> dict[str, frozenset[str]]:
    """For each code its name and the aliases that stand with it, as they are looked up."""
    rows = _rows(folder, "indicators.csv")
    return {r["code"]: frozenset(canonical(n) for n in (r["name_zh"], *r["aliases"].split("|")) if n) for r in rows}


def _contexts(folder: Path) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in _rows(folder, "indicator_contexts.csv"):
        name = canonical(row["name"])
        found[name] = (*found.get(name, ()), (row["after"], row["code"]))
    return found


def _units(folder: Path) -> Iterator[tuple[str, tuple[str, float]]]:
    for row in _rows(folder, "units.csv"):
        for form in filter(None, row["written_as"].split("|")):
            name, _, factor = form.partition("=")
            yield name, (row["code"], float(factor or 1))


def _entries(folder: Path, areas: dict[str, Area], subjects: list[str]) -> dict[str, Entry]:
    """All words of the automaton; the first list that has a word decides what it is."""
    entries = _cues(folder)
    place_words = set()
    for row in _rows(folder, "words.csv"):
        if row["kind"] == "place":
            place_words.add(row["word"])
        else:
            entries.setdefault(row["word"], Entry("word", 0, ()))
    for name in subjects:
        for form in _written_forms(name):
            entries[form] = Entry("indicator", 0, (name,))
    for row in _rows(folder, "area_aliases.csv"):
        entries[row["alias"]] = Entry("place", 1, (row["code"],))
    for name, codes in _place_names(areas).items():
        bare = name in place_words
        if len(name) > 1 and entries.get(name, Entry("word", 0, ())).kind == "word":
            entries[name] = Entry("place", 0 if bare else 1, codes)
    return entries


def _cues(folder: Path) -> dict[str, Entry]:
    """The cues, and for every word of rise or fall the form that reaches a level: 延长到2.3天, beside 延长2.3天."""
    entries: dict[str, Entry] = {}
    for row in _rows(folder, "cues.csv"):
        entries.setdefault(row["word"], Entry(row["kind"], int(row["sign"]), ()))
    for word in [w for w, entry in entries.items() if entry.kind in ("up", "down") and len(w) > 1]:
        for arrives in _ARRIVES:
            entries.setdefault(word.removesuffix("了") + arrives, Entry("level", 0, ()))
    return entries


def _written_forms(name: str) -> set[str]:
    """The name with any of its common pairs of forms exchanged."""
    forms = {name}
    for plain, written in _CANON:
        forms |= {form.replace(plain, written) for form in forms} | {form.replace(written, plain) for form in forms}
    return forms


def _place_names(areas: dict[str, Area]) -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for area in areas.values():
        for name in {area.name, area.short}:
            names.setdefault(name, []).append(area.code)
    for area in areas.values():  # 靖西县 is today 靖西市: a short name with another kind behind it means the same place
        for kind in _COMMON_KINDS:
            if len(area.short) > 1 and area.short[-1] not in _COMMON_KINDS:
                names.setdefault(area.short + kind, []).append(area.code)
    for area in areas.values():  # 松桃苗族自治县 is written 松桃自治县 too
        for kind in ("自治县", "自治旗", "自治州"):
            if area.name.endswith(kind) and area.short + kind != area.name:
                names.setdefault(area.short + kind, []).append(area.code)
    exact = {area.name: [a.code for a in areas.values() if a.name == area.name] for area in areas.values()}
    return {name: tuple(dict.fromkeys(exact.get(name, codes))) for name, codes in names.items()}


def _names(folder: Path) -> tuple[dict[str, re.Pattern[str]], dict[str, str]]:
    """The patterns of numbers inside names and idioms by the letter they begin with, and each group's role.

    Only what may begin with a letter is tried at it: in a text with hundreds of names that is most of the time saved.
    """
    roles: dict[str, str] = {}
    by_letter: dict[str, list[str]] = {}
    numbered: dict[str, list[str]] = {}
    rows = sorted(_rows(folder, "number_names.csv"), key=lambda r: -len(r["pattern"]))
    for n, row in enumerate(rows):
        roles[f"n{n}"] = row["role"]
        if row["pattern"].startswith("#"):
            rest = row["pattern"][1:]
            first = rest[:1] if rest[:1] >= "一" else ""
            numbered.setdefault(first, []).append(f"(?P<n{n}>{rest.replace('#', _NUMERAL)})")
            continue
        form = row["pattern"].replace("#", _NUMERAL)
        letters = first_letters(form)
        if letters is None:
            msg = (
                f"{folder / 'number_names.csv'}: {row['pattern']!r} may begin with any letter; begin it with known ones"
            )
            raise SchemaError(msg)
        for letter in letters:
            by_letter.setdefault(letter, []).append(f"(?P<n{n}>{form})")
    behind = _numbered(numbered)
    for letter in _NUMERAL_LETTERS:
        by_letter.setdefault(letter, []).append(behind)
    try:
        return {letter: re.compile("|".join(parts)) for letter, parts in by_letter.items()}, roles
    except re.error as error:
        msg = f"{folder / 'number_names.csv'} holds a pattern that does not compile ({error}); mend that row"
        raise SchemaError(msg) from error


def _numbered(rests: dict[str, list[str]]) -> str:
    """The pattern of all that may stand behind a numeral, by its first letter; the numeral is read once for all."""
    unsorted = rests.pop("", [])
    named = [rest for first in rests.values() for rest in first]
    return f"{_NUMERAL}(?:(?=[{''.join(rests)}])(?:{'|'.join(named)})|{'|'.join(unsorted)})"


_MARKS = re.compile(r"[ “”\"'《》【】—…·*#|()（）、]|\[\d+\]|[①-⑳]")
# 生产总值（GDP）, 固定资产投资（不含农户）
_ASIDE = re.compile(r"[（(](?:[A-Za-z&. ]{1,12}|(?:不?含|不?包括|除)[^（）()]{1,20})[）)]")
_CANON = (
    ("规上", "规模以上"),
    ("规上工业", "规模工业"),
    ("限上", "限额以上"),
    ("社零", "社会消费品零售"),
    ("一产", "第一产业"),
    ("二产", "第二产业"),
    ("三产", "第三产业"),
)


# A name without any of these letters is canonical already: the marks, and those that one of the pairs begins with.
_REWORDED = (
    frozenset(" “”\"'《》【】—…·*#|()（）、[城农")
    | {written[0] for _, written in _CANON}
    | set(map(chr, range(ord("①"), ord("⑳") + 1)))
)


def canonical(name: str) -> str:
    """The wording under which a name of an indicator is looked up: one form for the common pairs of forms."""
    if _REWORDED.isdisjoint(name):
        return name
    if "(" in name or "（" in name:
        name = _ASIDE.sub("", name)
    for plain, written in _CANON:
        name = name.replace(written, plain)
    return _MARKS.sub("", name).replace("城镇常住居民", "城镇居民").replace("农村常住居民", "农村居民")
