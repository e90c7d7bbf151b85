"""The frame of a text: paragraphs, sentences, statements and clauses, as offsets (EXTRACTION.md, The prose)."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Clause", "ahead", "behind", "clauses"]

# One class of letters first, which makes the search fast; of … it takes two.
_BOUNDARY = re.compile(r"[，,；;。！？!?：:（）()\n…](?:(?<!…)|…)")
# A short bracket is part of its clause (欧盟（27国）, 全国（49.5%）).
_ASIDE = re.compile(r"[（(][^（）()，,。；;\n]{0,14}[)）]")
# A comma inside a short quotation bounds no clause (“蓝天白云，繁星闪烁”天数).
_QUOTED = re.compile(r"“[^“”。！？!?；;：:\n\d，,]{1,12}[，,][^“”。！？!?；;：:\n\d，,]{1,12}”(?=[\u4e00-\u9fff])")
_COMMA = re.compile("[，,]")
_SENTENCE_ENDS = "。！？!?\n"
_CLOSING = "”’」』）)"


@dataclass(slots=True)
class Clause:
    """A stretch between two boundaries, and where it stands.

    `closing` is the boundary behind it, "" at the end of the text. `opens_sentence`, `opens_statement` (after ；)
    and `opens_paragraph` say what begins with it; `sentence` is the span of its sentence, `paragraph` a number from 0.
    `depth` counts open brackets.
    """

    start: int
    end: int
    closing: str
    opens_paragraph: bool
    opens_sentence: bool
    opens_statement: bool
    paragraph: int
    depth: int
    sentence: tuple[int, int] = (0, 0)


def clauses(s: str, numbers: list[tuple[int, int]]) -> list[Clause]:
    """Cut a normalised text into clauses; boundaries inside `numbers` (spans in order) do not cut."""
    found: list[Clause] = []
    asides = [span for m in _ASIDE.finditer(s) for span in ((m.start(), m.start() + 1), (m.end() - 1, m.end()))]
    asides += [m.span() for quoted in _QUOTED.finditer(s) for m in _COMMA.finditer(s, *quoted.span())]
    inside = iter([*sorted([*numbers, *asides]), (len(s) + 1, len(s) + 1)])
    low, high = next(inside)
    start, paragraph, depth, previous = 0, 0, 0, "\n"
    for match in _BOUNDARY.finditer(s):
        at = match.start()
        while at >= high:
            low, high = next(inside)
        if low <= at:
            continue
        mark = match[0][0]
        found.append(_clause(start, at, mark, previous, paragraph, depth))
        depth = max(0, depth + (mark in "（(") - (mark in "）)")) if mark != "\n" else 0
        paragraph += mark == "\n"
        start, previous = match.end(), mark
    found.append(_clause(start, len(s), "", previous, paragraph, depth))
    _frame_sentences(s, found)
    return found


def _clause(start: int, end: int, closing: str, previous: str, paragraph: int, depth: int) -> Clause:
    ends = previous in _SENTENCE_ENDS
    return Clause(start, end, closing, previous == "\n", ends, ends or previous in "；;", paragraph, depth)


def _frame_sentences(s: str, found: list[Clause]) -> None:
    """Give every clause the span of its sentence, closing mark and quotation mark included."""
    group: list[Clause] = []
    for clause in found:
        group.append(clause)
        if clause.closing and clause.closing not in _SENTENCE_ENDS:
            continue
        end = clause.end + (1 if clause.closing and clause.closing != "\n" else 0)
        while end < len(s) and s[end] in _CLOSING:
            end += 1
        start = group[0].start
        while start < end and s[start] in " ”’":
            start += 1
        for each in group:
            each.sentence = (start, end)
        group = []


def ahead(s: str, at: int, n: int) -> str:
    """The `n` characters before `at`, as far as its line reaches."""
    text = s[at - n : at] if at > n else s[:at]
    return text.rpartition("\n")[2] if "\n" in text else text


def behind(s: str, at: int, n: int) -> str:
    """The `n` characters from `at` on, as far as its line reaches."""
    text = s[at : at + n]
    return text.partition("\n")[0] if "\n" in text else text
