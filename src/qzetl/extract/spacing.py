"""Spacing: texts that set every number off with spaces (1—8 月, 增长 10.3% ,) are read as if they did not.

Spaces between a number and what it is joined to say nothing in Chinese; typesetting programs put them there. Between
numbers, and where only a few stand, they may part columns, and stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Closed", "close_up"]

_SPACE = r"[ \u00a0\u2002\u2003\u2009\u202f]"
_UNIT_APART = re.compile(rf"{_SPACE}(?<=\d.)(?=[年月日个百千万亿元吨亩人户家项平公%‰])")
_LEAST = 3  # as many units apart from their numbers make it the text's habit
_SET_OFF = re.compile(
    rf"(?<=[\u4e00-\u9fff，,、；;（(—–-]){_SPACE}+(?=\d)|(?<=[\d%‰]){_SPACE}+(?=[\u4e00-\u9fff，,。；;、）)—–%‰-])"
    rf"|(?<=[\u4e00-\u9fff]){_SPACE}+(?=[，,。；;、])"
)


@dataclass(slots=True)
class Closed:
    """A text without the spaces around its numbers; `places` tells where each of its characters stood."""

    text: str
    places: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text as it was."""
        if start >= end:
            return (self.places[start], self.places[start]) if start < len(self.places) else (start, end)
        return self.places[start], self.places[end - 1] + 1


def close_up(text: str) -> Closed | None:
    """The text closed up; None where spaces around numbers are not its habit."""
    if len(_UNIT_APART.findall(text)) < _LEAST:
        return None
    kept: list[tuple[int, int]] = []
    at = 0
    for gap in _SET_OFF.finditer(text):
        kept.append((at, gap.start()))
        at = gap.end()
    kept.append((at, len(text)))
    return Closed("".join(text[a:b] for a, b in kept), [n for a, b in kept for n in range(a, b)])
