"""Places: which code a word means in an article about one area (OBSERVATION.md 2, Area)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from qzetl.extract.lexicon import Area, Entry, Lexicon
from qzetl.extract.scan import Word, normalise

__all__ = ["NATION", "Gazetteer", "home_area", "is_body"]

NATION = "100000"
_LEVELS = ("country", "province", "prefecture", "county")
_LEAD, _READ_FOR_HOME, _OFTEN, _INSISTENT = 400, 20_000, 2, 3
_MUNICIPALITIES = ("11", "12", "31", "50")
_AUTONOMOUS = ("15", "45", "54", "64", "65")
# Behind a place's name these make it the name of a body, whose figures are not thereby the place's.
_BODY = re.compile(
    r"(?:[市县区省州盟]?(?:委|政府|人大|政协|海关|人社|人行|发改|工信|经信|住建|卫健|银行|人民银行|日报|晚报|大学|学院|分院|研究院|医院|"
    r"集团|公司|局|厅|高速|路|街道|站|机场|火车站|国际机场|"
    r"(?:统计|调查|财政|税务|商务|文旅|文化|发展|气象|人力|农业|教育|公安|交通|民政)[\u4e00-\u9fff]{0,5}?(?:局|厅|委|部门|系统|队|中心))|"
    r"(?:石窟|大?峡谷|瀑布|水库|灌区|大桥|隧道|码头|长城)(?![镇乡村街])|"
    r"[\u4e00-\u9fff]{0,3}[铁钢电药糖纸酒]厂|[\u4e00-\u9fff]{0,4}(?:统计局|海关|大学|学院|有限公司|集团|研究院))"
)


class Gazetteer:
    """Resolves the places of one article."""

    def __init__(self, lexicon: Lexicon, home: str | None) -> None:
        """Take the article's own area, a six-digit code, or None where it is not known."""
        self._areas = lexicon.areas
        self.home = home if home in lexicon.areas else None
        self.lineage = list(self._line(self.home)) if self.home else []

    def _line(self, code: str | None) -> Iterable[str]:
        while code:
            yield code
            code = self._areas[code].parent if code in self._areas else None

    def level_of(self, code: str | None) -> str | None:
        """The level of a code (country, province, prefecture, county)."""
        area = self._areas.get(code or "")
        return area.level if area else None

    def resolve(self, entry: Entry, current: str | None = None) -> str | None:
        """The code that a place's word means here; None where it cannot be told or is no place here."""
        codes = entry.codes
        if not codes[0].isdigit():
            return self._own(codes[0], current)
        if entry.sign == 0:
            return next((c for c in codes if c in self.lineage), None)
        if current in codes:
            return current
        if len(codes) == 1 and not self._is_far_county(codes[0]):
            return codes[0]
        return self._nearest(codes)

    def whole_of(self, code: str | None, among: str) -> str | None:
        """The area that holds those among which `code` ranks: its parent, the nation for its cities of a rank."""
        if "副省级" in among or "全国" in among:
            return NATION
        area = self._areas.get(code or "")
        return area.parent or code if area else code

    def resolve_listed(self, entry: Entry, current: str | None = None) -> str | None:
        """The code of a word that a list of places names: beside them an everyday word is a county of the area."""
        code = self.resolve(entry, current)
        near = (self.home or "")[:4]
        if code is None and near and entry.codes[0].isdigit():
            found = [c for c in entry.codes if c.startswith(near)]
            return found[0] if len(found) == 1 else None
        return code

    def resolve_beside(self, entry: Entry, current: str | None) -> str | None:
        """The sibling of the area in force that an everyday word names where it stands alone (铁岭88个，朝阳115个)."""
        around = self._areas.get(current or "")
        if around is None or current == self.home or entry.kind != "place" or not entry.codes[0].isdigit():
            return None
        return next((c for c in entry.codes if self._areas[c].parent == around.parent), None)

    def may_mean(self, entry: Entry, current: str | None = None) -> bool:
        """Tell whether a word can be a place here: one that resolves, or an everyday word that names a near county."""
        near = (self.home or "")[:4]
        return self.resolve(entry, current) is not None or any(near and c.startswith(near) for c in entry.codes)

    def _own(self, kind: str, current: str | None) -> str | None:
        """What 全省, 全市, 全县, 全区 mean for this article."""
        home = self._areas.get(self.home or "")
        if home is None:
            return None
        if kind == "PROVINCE":
            return next((c for c in self.lineage if self.level_of(c) == "province"), None)
        if kind == "REGION":
            if home.level == "county" and home.name.endswith("区"):
                return home.code
            return home.code[:2] + "0000" if home.code[:2] in _AUTONOMOUS else None
        if kind == "CITY":
            return self._own_city(home, current)
        if home.level == "county":
            return home.code
        return current if self.level_of(current) == "county" else None

    def _own_city(self, home: Area, current: str | None) -> str | None:
        if home.code[:2] in _MUNICIPALITIES and home.level != "country":
            return home.code[:2] + "0000"
        if home.level == "county" and home.name.endswith("市"):
            return home.code
        now = self._areas.get(current or "")
        if home.level == "prefecture" and not home.name.endswith("市") and now and now.name.endswith("市"):
            return now.code  # 库尔勒… 全市, in an article of 巴音郭楞州
        return next((c for c in self.lineage if self.level_of(c) == "prefecture"), None)

    def _is_far_county(self, code: str) -> bool:
        return self._areas[code].level == "county" and bool(self.home) and code[:2] != (self.home or "")[:2]

    def _nearest(self, codes: tuple[str, ...]) -> str | None:
        """The candidate nearest to the article's area; else the one of the highest level, if there is one alone."""
        home = self.home or ""
        for width in (6, 4, 2):
            close = [c for c in codes if home and c[:width] == home[:width]]
            if close:
                return min(close, key=lambda c: (c not in self.lineage, c))
        highest = _highest(codes, self._areas)
        level = self._areas[highest].level
        if level == "county" or [self._areas[c].level for c in codes].count(level) > 1:
            return None
        return highest


def is_body(s: str, word: Word) -> bool:
    """Tell whether a place's word only begins the name of an office, firm or school."""
    return _BODY.match(s, word.end) is not None


def home_area(title: str | None, text: str, lexicon: Lexicon) -> str | None:
    """The area an article is about, from its headline and text; None where nothing says so.

    The headline decides where it names a place; else the place named most often, the first of equals. A county's
    short name counts only where its city or province is named too, or it is named often: many are everyday words.
    """
    named = _named(text[:_READ_FOR_HOME], lexicon) + _named(title or "", lexicon)
    for part, least in ((title or "", 1), (text[:_LEAD], 1), (text[:_READ_FOR_HOME], _OFTEN)):
        counts = Counter(
            {
                code: n
                for (code, short), n in _named(part, lexicon).items()
                if not short or _has_parent(code, named, lexicon)
            }
        )
        if counts and counts.most_common(1)[0][1] >= least:
            return counts.most_common(1)[0][0]
    return None


def _named(text: str, lexicon: Lexicon) -> Counter[tuple[str, bool]]:
    """How often each area is named in `text`, by code and whether by a county's short name."""
    counts: Counter[tuple[str, bool]] = Counter()
    for n, _start, _end in lexicon.automaton.find_matches_as_indexes(normalise(text)):
        word = lexicon.words[n]
        entry = lexicon.entries[word]
        if entry.kind == "place" and entry.sign and entry.codes[0].isdigit() and entry.codes[0] != NATION:
            code = _highest(entry.codes, lexicon.areas)
            area = lexicon.areas[code]
            counts[code, area.level == "county" and word == area.short != area.name] += 1
    return counts


def _has_parent(code: str, named: Counter[tuple[str, bool]], lexicon: Lexicon) -> bool:
    parent = lexicon.areas[code].parent
    return named[code, True] >= _INSISTENT or any((each, False) in named for each in (code, parent, code[:2] + "0000"))


def _highest(codes: tuple[str, ...], areas: dict[str, Area]) -> str:
    """The code of the highest level, the first of equals."""
    return min(codes, key=lambda c: _LEVELS.index(areas[c].level))
