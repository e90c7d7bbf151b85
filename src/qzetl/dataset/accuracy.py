"""How accurate extraction is, measured on the annotated articles that belong to the project (tests/gold).

It is measured anew for every release, by the code that made its figures, and so cannot be out of date: by field, by
class of confidence and by indicator. The articles are written for this purpose and are not the release's own. Rules
were learned from most of them; what stands under ``unlearned`` is measured on those that no rule was learned from.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from qzetl.extract import Document, Lexicon, extract

__all__ = ["measure_accuracy"]

Reading = Mapping[str, Any]

_NUMBERS = ("value", "value_low", "value_high")
_FIELDS = ("bound", "unit", "measure", "indicator", "area", "period", "status")
_WHOLE = ("unit", "measure", "indicator", "area", "period", "status")
_DIGITS = 12  # significant ones: beyond them is the dust of binary fractions


def measure_accuracy(folder: Path, lexicon: Lexicon) -> dict[str, Any]:
    """Return the figures for the annotated articles in `folder` (NAME.text.json, NAME.gold.jsonl, codes.txt).

    ``mentions`` counts spans of quantities, ``observations`` whole readings (value, unit, measure, indicator, area,
    period and status all right), each with precision, recall and F1; ``fields`` says for each field of how many
    paired readings it is right, ``confidence`` how many of a class are wholly right, ``indicators`` precision and
    recall by code. Shares are rounded to four digits. ``unlearned`` holds the same for the folder of that name inside.
    """
    codes = frozenset((folder / "codes.txt").read_text("utf-8").split())
    apart = folder / "unlearned"
    measured = _measure(folder, codes, lexicon)
    return measured | {"unlearned": _measure(apart, codes, lexicon)} if apart.is_dir() else measured


def _measure(folder: Path, codes: frozenset[str], lexicon: Lexicon) -> dict[str, Any]:
    paths = sorted(folder.glob("*.text.json"))
    tally = _Tally()
    for path in paths:
        tally.add(_annotated(path), _found(json.loads(path.read_text("utf-8")), lexicon, codes))
    return {
        "gold": {"articles": len(paths), "digest": f"sha256:{_digest(folder)}"},
        "mentions": _scores(tally.spans_right, tally.spans_found, tally.spans_gold),
        "observations": _scores(tally.whole["right"], tally.whole["found"], tally.whole["gold"]),
        "fields": {name: _share(tally.fields[name], tally.paired) for name in ("value", *_FIELDS)},
        "confidence": {
            name: _share(count["right"], count["found"]) for name, count in sorted(tally.confidence.items())
        },
        "indicators": {
            name: _scores(count["right"], count["found"], count["gold"])
            for name, count in sorted(tally.indicators.items())
        },
    }


class _Tally:
    """Counts over all articles."""

    def __init__(self) -> None:
        self.spans_right = self.spans_found = self.spans_gold = self.paired = 0
        self.fields: Counter[str] = Counter()
        self.whole: Counter[str] = Counter()
        self.confidence: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.indicators: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, gold: Sequence[Reading], found: Sequence[Reading]) -> None:
        """Count one article."""
        spans, theirs = _by_span(gold), _by_span(found)
        self.spans_gold += len(spans)
        self.spans_found += len(theirs)
        self.spans_right += len(spans.keys() & theirs.keys())
        for name, readings in (("gold", gold), ("found", found)):
            self.whole[name] += len(readings)
            for reading in readings:
                if reading["indicator"]:
                    self.indicators[reading["indicator"]][name] += 1
        for reading in found:
            self.confidence[reading["confidence"] or "none"]["found"] += 1
        for span in spans.keys() & theirs.keys():
            for one, other in _pairs(spans[span], theirs[span]):
                self._pair(one, other)

    def _pair(self, gold: Reading, found: Reading) -> None:
        self.paired += 1
        self.fields["value"] += _numbers(gold) == _numbers(found)
        self.fields.update(name for name in _FIELDS if gold[name] == found[name])
        if _whole(gold) == _whole(found):
            self.whole["right"] += 1
            self.confidence[found["confidence"] or "none"]["right"] += 1
            if found["indicator"]:
                self.indicators[found["indicator"]]["right"] += 1


def _annotated(path: Path) -> list[Reading]:
    lines = path.with_name(path.name.replace(".text.json", ".gold.jsonl")).read_text("utf-8").splitlines()
    return [reading for line in lines if line.strip() and (reading := json.loads(line))["role"] == "quantity"]


def _found(facts: Mapping[str, Any], lexicon: Lexicon, codes: frozenset[str]) -> list[dict[str, Any]]:
    """Return what extraction finds; an indicator that the annotators did not know counts as none."""
    published = date.fromisoformat(facts["published"]) if facts.get("published") else None
    document = Document(facts["doc"], facts["text"], facts.get("title"), published, facts.get("area"))
    found = [asdict(mention) for mention in extract(document, lexicon) if mention.role == "quantity"]
    for reading in found:
        if reading["indicator"] not in codes:
            reading["indicator"] = None
    return found


def _by_span(readings: Iterable[Reading]) -> dict[tuple[int, int], list[Reading]]:
    spans: defaultdict[tuple[int, int], list[Reading]] = defaultdict(list)
    for reading in readings:
        spans[reading["start"], reading["end"]].append(reading)
    return spans


def _pairs(gold: Sequence[Reading], found: Sequence[Reading]) -> Iterator[tuple[Reading, Reading]]:
    """Pair the readings of one span, first those that agree wholly, then those of one indicator, then in order."""
    left, right = list(gold), list(found)
    keys: tuple[Callable[[Reading], object], ...] = (_whole, lambda reading: reading["indicator"], lambda _: None)
    for key in keys:
        for one in list(left):
            other = next((each for each in right if key(each) == key(one)), None)
            if other is not None:
                left.remove(one)
                right.remove(other)
                yield one, other


def _whole(reading: Reading) -> tuple[object, ...]:
    return (*_numbers(reading), *(reading[name] for name in _WHOLE))


def _numbers(reading: Reading) -> tuple[float | None, ...]:
    return tuple(None if reading[name] is None else float(f"{reading[name]:.{_DIGITS}g}") for name in _NUMBERS)


def _scores(right: int, found: int, gold: int) -> dict[str, float | int | None]:
    return {
        "gold": gold,
        "found": found,
        "right": right,
        "precision": _rounded(right, found),
        "recall": _rounded(right, gold),
        "f1": _rounded(2 * right, found + gold),
    }


def _share(right: int, of: int) -> dict[str, float | int | None]:
    return {"of": of, "right": right, "share": _rounded(right, of)}


def _rounded(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.text.json"), *folder.glob("*.gold.jsonl")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
