"""Scores extraction against the annotated articles beside this file.

Three figures, by the rules that the articles were annotated by (docs/methodology.md):

- mention F1: spans of quantities found, against those that the annotators marked;
- value accuracy: of the spans found, the share with the right value or range, unit and bound;
- observation F1: readings whose value, unit, measure, indicator, area, period and status are all right.

A span may have several readings (one figure for two indicators). `score` pairs them so that most are right.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Article", "Figures", "load", "load_codes", "score"]

Reading = Mapping[str, Any]
WHOLE = ("unit", "measure", "indicator", "area", "period", "status")
NUMBERS = ("value", "value_low", "value_high")
EXACT = 1e-9


class Article(NamedTuple):
    """An annotated article: its text and facts, and the quantities in it."""

    facts: dict[str, Any]
    quantities: list[dict[str, Any]]


class Figures(NamedTuple):
    """How well extraction did, each from 0 to 1, over so many annotated quantities."""

    mention_f1: float
    value_accuracy: float
    observation_f1: float
    quantities: int


@dataclass
class _Tally:
    gold_spans: int = 0
    found_spans: int = 0
    both_spans: int = 0
    gold: int = 0
    found: int = 0
    paired: int = 0
    values: int = 0
    whole: int = 0


def load(folder: Path) -> dict[str, Article]:
    """The articles of a folder by name: NAME.text.json with its NAME.gold.jsonl."""
    articles = {}
    for path in sorted(folder.glob("*.text.json")):
        name = path.name.removesuffix(".text.json")
        lines = path.with_name(f"{name}.gold.jsonl").read_text("utf-8").splitlines()
        marked = [json.loads(line) for line in lines if line.strip()]
        articles[name] = Article(json.loads(path.read_text("utf-8")), [m for m in marked if m["role"] == "quantity"])
    return articles


def load_codes(folder: Path) -> frozenset[str]:
    """The indicators that the annotators knew (codes.txt, one a line)."""
    return frozenset((folder / "codes.txt").read_text("utf-8").split())


def score(
    articles: Iterable[Article], extract: Callable[[dict[str, Any]], Iterable[Any]], codes: frozenset[str]
) -> Figures:
    """Extract from every article and compare.

    `extract` takes an article's facts and yields mentions (dataclasses). An indicator that is not among `codes`
    counts as none: it was added after the articles were annotated.
    """
    tally = _Tally()
    for article in articles:
        found = [asdict(m) for m in extract(article.facts) if m.role == "quantity"]
        for reading in found:
            if reading["indicator"] not in codes:
                reading["indicator"] = None
        _count(_by_span(article.quantities), _by_span(found), tally)
    return Figures(
        _f1(tally.both_spans, tally.found_spans, tally.gold_spans),
        tally.values / tally.paired if tally.paired else 0.0,
        _f1(tally.whole, tally.found, tally.gold),
        tally.gold,
    )


def _by_span(readings: Iterable[Reading]) -> dict[tuple[int, int], list[Reading]]:
    spans = defaultdict(list)
    for reading in readings:
        spans[reading["start"], reading["end"]].append(reading)
    return dict(spans)


def _count(
    gold: dict[tuple[int, int], list[Reading]], found: dict[tuple[int, int], list[Reading]], tally: _Tally
) -> None:
    tally.gold_spans += len(gold)
    tally.found_spans += len(found)
    tally.gold += sum(map(len, gold.values()))
    tally.found += sum(map(len, found.values()))
    for span in gold.keys() & found.keys():
        tally.both_spans += 1
        tally.paired += min(len(gold[span]), len(found[span]))
        tally.values += _agreeing(gold[span], found[span], _value_of)
        tally.whole += _agreeing(gold[span], found[span], _whole_of)


def _agreeing(gold: list[Reading], found: list[Reading], key: Callable[[Reading], tuple[Any, ...]]) -> int:
    """How many readings of one span agree, each counted once."""
    return (Counter(map(key, gold)) & Counter(map(key, found))).total()


def _value_of(reading: Reading) -> tuple[Any, ...]:
    return (*_numbers(reading), reading["unit"], reading["bound"])


def _whole_of(reading: Reading) -> tuple[Any, ...]:
    return (*_numbers(reading), *(reading[name] for name in WHOLE))


def _numbers(reading: Reading) -> tuple[float | None, ...]:
    """The values, to twelve significant digits: beyond them is the dust of binary fractions."""
    return tuple(_rounded(reading[name]) for name in NUMBERS)


def _rounded(value: float | None) -> float | None:
    if value is None or math.isclose(value, 0, abs_tol=EXACT):
        return value and 0.0
    return float(f"{value:.12g}")


def _f1(right: int, found: int, gold: int) -> float:
    return 2 * right / (found + gold) if found + gold else 0.0
