"""Patterns of many forms, narrowed to those that may begin with the letter at which they are tried.

`re` tries the alternatives of a pattern one after the other, and passes over those that begin with another letter only
where they begin with no group. A pattern of a hundred named groups pays for all of them at every trial. `Narrowed`
leaves out what cannot match at a letter, which changes no match: an alternative is kept unless its first letters are
known and are others.
"""

from __future__ import annotations

import re
from functools import cache

from qzetl.extract.numerals import ARABIC_DIGITS

__all__ = ["Narrowed", "first_letters", "narrowed"]

_NEVER = "(?!)"
_ZERO_WIDTH = ("(?=", "(?!", "(?<=", "(?<!")
_NAMED = re.compile(r"\(\?P<\w+>")
_QUANTIFIER = re.compile(r"(?:[?*+]|\{(?P<least>\d*)(?:,\d*)?\})[?+]?")
_CLASS = re.compile(r"\[(?P<negated>\^?)(?P<letters>\]?(?:\\.|[^\]\\])*)\]", re.DOTALL)
_ESCAPED = re.compile(r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_RANGE = re.compile(rf"(?P<one>{_ESCAPED.pattern}|.)(?:-(?P<other>{_ESCAPED.pattern}|.))?", re.DOTALL)
_WIDEST = 100  # letters; a wider range (any Chinese letter) tells too little to be listed
_DIGITS = frozenset(ARABIC_DIGITS)

Letters = frozenset[str]


class Narrowed:
    """A pattern matched at positions of normalised texts; what a letter leaves of it is compiled when first needed."""

    def __init__(self, pattern: str, *together: str) -> None:
        """Take the pattern's source, and the sets of letters at which it is narrowed to the same."""
        self.pattern = pattern
        self._sets = {letter: frozenset(letters) for letters in together for letter in letters}
        self._at: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {}

    def at(self, letter: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
        """What is left of the pattern at a letter, and the names of its groups in order."""
        found = self._at.get(letter)
        if found is None:
            letters = self._sets.get(letter, frozenset(letter))
            compiled = re.compile(narrowed(self.pattern, letters) or _NEVER)
            found = compiled, tuple(compiled.groupindex)
            self._at.update(dict.fromkeys(letters, found))
        return found


def narrowed(pattern: str, letters: Letters) -> str:
    """The pattern without the alternatives that can begin with none of `letters`; "" where none is left."""
    kept = []
    for part in _alternatives(pattern):
        first = first_letters(part)
        if first is None or not first.isdisjoint(letters):
            kept.append(_narrowed_within(part, letters))
    return "|".join(kept)


def _narrowed_within(part: str, letters: Letters) -> str:
    """An alternative with the groups narrowed that must begin it: looked at ahead, or read first."""
    at = 0
    while at < len(part):
        end = _behind_atom(part, at)
        atom, head = part[at:end], _head(part[at:end])
        if head in _ZERO_WIDTH[1:] or atom in ("^", "$"):
            at = end
            continue
        body, looks_ahead = atom[len(head) : -1], head == _ZERO_WIDTH[0]
        if not head or (not looks_ahead and (_QUANTIFIER.match(part, end) or _first(body)[1])):
            return part
        group = f"{head}{narrowed(body, letters) or _NEVER})"
        part = part[:at] + group + part[end:]
        if not looks_ahead:
            return part
        at += len(group)
    return part


def first_letters(pattern: str) -> Letters | None:
    """The letters with which a match may begin; None where it may be empty, or begin with letters not listed."""
    letters, may_be_empty = _first(pattern)
    return None if may_be_empty else letters


@cache
def _first(pattern: str) -> tuple[Letters | None, bool]:
    """The first letters of a pattern (None: any), and whether it may match nothing."""
    found: set[str] = set()
    any_letter = may_be_empty = False
    for part in _alternatives(pattern):
        letters, empty = _first_of_sequence(part)
        any_letter = any_letter or letters is None
        may_be_empty = may_be_empty or empty
        found |= letters or frozenset()
    return (None if any_letter else frozenset(found)), may_be_empty


def _first_of_sequence(part: str) -> tuple[Letters | None, bool]:
    found: set[str] = set()
    at = 0
    while at < len(part):
        end = _behind_atom(part, at)
        letters, empty = _first_of_atom(part[at:end])
        if letters is None:
            return None, False
        found |= letters
        quantifier = _QUANTIFIER.match(part, end)
        if quantifier is not None:
            empty = empty or quantifier[0][0] in "?*" or quantifier["least"] in ("", "0")
            end = quantifier.end()
        if not empty:
            return frozenset(found), False
        at = end
    return frozenset(found), True


def _first_of_atom(atom: str) -> tuple[Letters | None, bool]:
    head = _head(atom)
    if head in _ZERO_WIDTH or atom in ("^", "$"):
        return frozenset(), True
    if head:
        return _first(atom[len(head) : -1])
    if atom[0] == "(" or atom == ".":  # a conditional, a comment: what it begins with is not looked into
        return None, False
    if atom[0] == "[":
        return _of_class(atom), False
    return _of_escape(atom) if atom[0] == "\\" else frozenset(atom), False


def _of_class(atom: str) -> Letters | None:
    found = _CLASS.match(atom)
    if found is None or found["negated"]:
        return None
    letters: set[str] = set()
    for span in _RANGE.finditer(found["letters"]):
        one, other = _of_escape(span["one"]), _of_escape(span["other"] or span["one"])
        if one is None or other is None:
            return None
        if span["other"]:
            first, last = ord(min(one)), ord(max(other))
            if last - first > _WIDEST:
                return None
            letters |= set(map(chr, range(first, last + 1)))
        letters |= one
    return frozenset(letters)


def _of_escape(atom: str) -> Letters | None:
    """The letters of an escape, or the letter itself; None of a class of letters other than the digits."""
    if atom[0] != "\\":
        return frozenset(atom)
    kind = atom[1]
    if kind == "d":
        return _DIGITS  # a normalised text has no others where a number may begin
    if kind in "ux":
        return frozenset(atom.encode("ascii").decode("unicode_escape"))
    if kind == "n":
        return frozenset("\n")
    return None if kind.isalnum() else frozenset(kind)


def _head(atom: str) -> str:
    """What opens a group whose body is looked into; "" where the atom is none."""
    if atom[:1] != "(":
        return ""
    if named := _NAMED.match(atom):
        return named[0]
    if atom.startswith("(?"):
        return next((head for head in (*_ZERO_WIDTH, "(?:", "(?>") if atom.startswith(head)), "")
    return "("


@cache
def _alternatives(pattern: str) -> tuple[str, ...]:
    """The alternatives of a pattern, cut at the bars that stand in no group."""
    parts: list[str] = []
    start = at = 0
    while at < len(pattern):
        if pattern[at] == "|":
            parts.append(pattern[start:at])
            start = at = at + 1
        else:
            at = _behind_atom(pattern, at)
    return (*parts, pattern[start:])


def _behind_atom(pattern: str, at: int) -> int:
    """Where the atom at `at` ends: a group, a class, an escape or a letter."""
    if pattern[at] == "\\":
        found = _ESCAPED.match(pattern, at)
        return found.end() if found else at + 1
    if pattern[at] == "[":
        found = _CLASS.match(pattern, at)
        return found.end() if found else at + 1
    if pattern[at] != "(":
        return at + 1
    at += 1
    while at < len(pattern) and pattern[at] != ")":
        at = _behind_atom(pattern, at)
    return at + 1
