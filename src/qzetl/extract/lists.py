"""Lists: 分别 and its like pair the figures of a clause with places, subjects, references or a list named before."""

from __future__ import annotations

from itertools import pairwise

from qzetl.extract.context import Bond, Context, are_of_places
from qzetl.extract.figure import Figure
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.periods import YEAR_MONTHS, Period, months, months_before, years
from qzetl.extract.places import Gazetteer
from qzetl.extract.scan import Word
from qzetl.extract.stretch import Stretch
from qzetl.extract.subjects import Subject, find_happening, find_subject, split_list

__all__ = ["are_of_times", "pair_up", "places_listed", "times_listed"]

_LEAST = 2


def pair_up(figures: list[Figure], context: Context, lexicon: Lexicon, gazetteer: Gazetteer) -> dict[int, Bond]:
    """For the figures of one clause that form a list: what each is of, by its place in the clause.

    Empty where the clause is no list, or where the list is of another kind (references of a distance).
    """
    pairs: dict[int, Bond] = {}
    first = 0
    while first < len(figures):
        _keep_places(figures[first], context, gazetteer)
        n = _run(first, figures)
        bonds = _bonds_of(figures[first].left, n, context, lexicon, gazetteer) if n >= _LEAST else None
        if bonds:
            pairs.update({first + i: bond for i, bond in enumerate(bonds)})
        first += n
    return pairs


def _bonds_of(left: Stretch, n: int, context: Context, lexicon: Lexicon, gazetteer: Gazetteer) -> list[Bond] | None:
    """What the `n` figures behind `left` are of: a list named there, the one in force, or the last statements."""
    named = "respectively" in left.kinds()
    bonds = _listed(left, n, context, lexicon, gazetteer, named=named)
    if bonds:
        context.listed = bonds
        return bonds
    if left.kinds() & {"higher", "lower"} and len(left.places) < _LEAST and len(context.listed) == n:
        return context.listed  # 快于规上工业8.3个、13.7个百分点
    if left.phrase and not left.places and len(context.listed) == n and are_of_places(context.listed):
        subject = find_subject(left.phrase, context.family, lexicon)
        return [bond.but(subject=subject, indicator=subject.code) for bond in context.listed]
    scope = next((c.start for c in left.cues if c.entry.kind == "rank"), left.end)  # 分别居全省第一和第二位
    if (
        left.phrase
        or any(not side and place.start < scope for place, side in left.places)
        or left.kinds() & {"higher", "lower"}
    ):
        return None
    if len(context.listed) == n:
        return context.listed
    if named and (grown := _grown(left, n, context)):
        return grown
    if named and context.named_before:
        subjects = split_list(context.named_before, n, context.family, lexicon) or []
        if any(s.code for s in subjects):  # 禽蛋、水果和蔬菜产量增长较快，增速分别达9.1%、7.5%、5.5%
            return [Bond(s, s.code, context.area, context.period) for s in subjects]
    if len(context.stated) == n or (named and len(context.stated) > n):
        return context.stated[-n:]
    return None


def _grown(left: Stretch, n: int, context: Context) -> list[Bond] | None:
    """The growths just told that ranks, or the amounts grown to, are of."""
    if {"growth_noun", "rank"} <= left.kinds() and len(context.grown) >= n:
        return context.grown[-n:]  # A增长8%，B增长11%，C增长17%，增幅分别居全市第3、第2和第1位
    if not context.stated and not context.named_before and len(context.grown) == n:
        return context.grown  # 投资增长21.5%，零售额增长16.5%，2007年分别达到218.5亿元、176.3亿元
    return None


def _run(first: int, figures: list[Figure]) -> int:
    """How many figures from `first` on are joined by nothing but list marks and cues."""
    n = 1
    while first + n < len(figures):
        left = figures[first + n].left
        part = figures[first + n].q.form == "ratio" and left.end - left.start == 1
        if left.phrase or left.places or not (left.has_list_mark or part):
            break
        n += 1
    return n


def _listed(
    left: Stretch, n: int, context: Context, lexicon: Lexicon, gazetteer: Gazetteer, *, named: bool
) -> list[Bond] | None:
    if left.kinds() & {"higher", "lower"}:
        return None
    if named and not left.places and len(context.places) == n:
        return _of_places(left, context.places, context, lexicon)
    places = [w for w, side in left.places if not side and w.entry.kind == "place"]
    while len(places) > n and not places[-1].entry.codes[0].isdigit():
        places.pop()  # 西安、深圳等城市全市接待游客分别为
    if named and len(places) >= n and _adjacent(places[-n:]):
        return _of_places(
            left, [gazetteer.resolve_listed(w.entry, context.area) for w in places[-n:]], context, lexicon
        )
    listed_times = times_listed(left) or (_times_within(left, context, n) if named else []) or context.times
    if named and len(listed_times) == n:
        subject = find_subject(left.phrase, context.family, lexicon) if left.phrase else context.subject
        return [Bond(subject, subject.code, context.area, each) for each in listed_times]
    subject = find_subject(left.phrase, context.family, lexicon) if left.phrase else Subject("")
    if len(subject.codes) == n:
        return [Bond(subject, code, context.area, context.period) for code in subject.codes]
    return _of_subjects(left, n, context, lexicon, gazetteer, named=named) if "、" in left.phrase else None


def _of_subjects(
    left: Stretch, n: int, context: Context, lexicon: Lexicon, gazetteer: Gazetteer, *, named: bool
) -> list[Bond] | None:
    """The bonds of coordinated subjects; without 分别 (`named`) as many as figures, each with a code of its own."""
    subjects = split_list(left.phrase, n, context.family, lexicon)
    if not named:  # 加工贸易和保税物流进出口10293亿元和3544.9亿元
        if not subjects or left.phrase.count("、") + 1 != n:
            return None
        codes = [s.code for s in subjects if s.code]
        if not codes or len(set(codes)) != len(codes):
            return None
    elif subjects and context.happening and not any(s.codes for s in subjects):
        subjects = split_list(left.phrase, n, context.happening, lexicon)
    if not subjects:
        return None
    event = context.happening or ""
    if event.startswith("PROJECTS") and left.phrase.endswith("项目") and not any(s.codes for s in subjects):
        subjects = [Subject(s.phrase, (event,)) for s in subjects]  # 现代农业、民生保障项目分别为19个、21个
    places = [w for w, side in left.places if not side and w.entry.kind == "place"]
    areas = [context.area] * n
    if named and len(places) == n:  # 清河羊绒、宁晋电线电缆、平乡自行车分别增长…
        areas = [gazetteer.resolve_listed(w.entry, context.area) for w in places]
    elif named and len(places) > 1:  # 古田会址、泰宁旅游区、永定土楼分别增长…: places in some of the names
        marks = [p.start for p in left.pieces if p.text == "、" and p.end][1 - n :]
        areas = _areas_between([left.start, *marks, left.end], places, context, gazetteer)
    return [Bond(s, s.code, area, context.period) for s, area in zip(subjects, areas, strict=True)]


def _areas_between(marks: list[int], places: list[Word], context: Context, gazetteer: Gazetteer) -> list[str | None]:
    """The area of each part of a list, between its `marks`: that of a place in its name, else the one in force."""
    areas = []
    for start, end in pairwise(marks):
        named = [w for w in places if start <= w.start < end]
        areas.append(gazetteer.resolve_listed(named[-1].entry, context.area) if named else context.area)
    return areas


def times_listed(left: Stretch) -> list[Period]:
    """The periods that a stretch lists (2021年、2022年和2023年; 1、2月份); none where it names one or none."""
    times = [t for t, side in left.times if not side and t.period]
    if len(times) == 1 and "、" in times[0].groups.get("months", ""):
        return _months(times[0].period)
    return [t.period for t in times if t.period] if len(times) > 1 else []


def _times_within(left: Stretch, context: Context, n: int) -> list[Period]:
    """The `n` months or years of a stretch of time (去年11月到今年6月…分别为; 2010年以来，…分别增长)."""
    told = [t for t, side in left.times if not side] or context.told_times
    times = [t for t in told if t.period and (t.ends or t.is_since or t.has("months", "span_years"))]
    if len(times) != 1 or not (period := times[0].period) or not period.is_months():
        return []
    count = (period.last.year - period.first.year) * YEAR_MONTHS + period.last.month - period.first.month + 1
    if count == n:
        found = [months_before(period, -k) for k in range(n)]
        return [month for month in found if month]
    over = period.last.year - period.first.year
    if period.first.month == 1 and n in (over, over + 1):
        return [year for year in (years(period.first.year + k) for k in range(n)) if year]
    return []


def are_of_times(bonds: list[Bond]) -> bool:
    """Tell whether a list's bonds differ by their periods (一季度和二季度分别增长5.2%和6.3%)."""
    return len({bond.period for bond in bonds}) > 1


def _adjacent(places: list[Word]) -> bool:
    return all(0 <= b.start - a.end <= _LEAST for a, b in pairwise(places))


def places_listed(left: Stretch, context: Context, gazetteer: Gazetteer) -> list[str | None]:
    """The codes of places that a stretch names side by side (高台、山丹增速较快); none for one."""
    if len(left.places) < _LEAST:
        return []
    ranked = next((c.start for c in left.cues if c.entry.kind == "rank"), left.end)
    words = [w for w, side in left.places if not side and w.start < ranked]
    if len(words) < _LEAST or not _adjacent(words):
        return []
    codes = [gazetteer.resolve_listed(w.entry, context.area) for w in words if w.entry.kind == "place"]
    if len(codes) < _LEAST or not all(codes):
        return []
    found = iter(codes)
    return [next(found) if w.entry.kind == "place" else None for w in words]


def _keep_places(figure: Figure, context: Context, gazetteer: Gazetteer) -> None:
    """Keep the places that a count of places sums up (秦安、甘谷、武山3县) for the figures that follow."""
    words = [w for w, side in figure.left.places if not side and w.entry.kind == "place"]
    counted = figure.q.written_unit in ("", "个")
    if figure.q.form == "plain" and counted and len(words) == figure.q.value and _adjacent(words):
        context.places = [gazetteer.resolve_listed(w.entry, context.area) for w in words]


def _of_places(left: Stretch, codes: list[str | None], context: Context, lexicon: Lexicon) -> list[Bond]:
    subject = find_subject(left.phrase, context.family, lexicon) if left.phrase else context.subject
    if not left.phrase and not subject.codes and context.last is None:
        subject = context.told() or subject
    event = None if subject.codes else find_happening(left.phrase, "COUNT", lexicon)
    return [Bond(subject, subject.code or event, code, context.period) for code in codes]


def _months(period: Period | None) -> list[Period]:
    """The single months of a period of one year (1、2月份)."""
    if period is None or period.first.year != period.last.year:
        return []
    found = [months(period.year, m) for m in range(period.first.month, period.last.month + 1)]
    return [month for month in found if month]
