"""Announcing: what words that no figure stands behind put in force for the figures to come.

Such are clauses without a figure (固定资产投资起势良好，1—2月增长8.9%) and what a clause says behind its last one.
"""

from __future__ import annotations

import re

from qzetl.extract.context import Context, Pending
from qzetl.extract.frame import Clause
from qzetl.extract.governing import Governing
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.lists import places_listed, times_listed
from qzetl.extract.naming import family_after
from qzetl.extract.places import Gazetteer
from qzetl.extract.stretch import Stretch, Token, read_stretch
from qzetl.extract.subjects import Subject, find_happening, find_subject
from qzetl.extract.times import TimeWord

__all__ = ["Announcing", "pending_of"]

_STATE = re.compile(
    "占主导|唱主角|表现|实现|保持|继续|再|首次|稳|持续|创|呈|由|从|率先|起势|开局|运行|回升|回暖|加快|势头|较快|快速|大幅|迈|领涨|领跌|走高|走低|位居|稳居|居|领先|领跑|前[列茅]|首位|榜首|第一"
)
# A clause without a figure whose words are all of other kinds changes nothing that is in force.
_FORCES = frozenset(
    {"indicator", "entity", "place", "zone", "aim", "growth_noun", "fall_noun", "norm", "undated", "qoq"}
)


class Announcing:
    """Reads the words of one text that have no figure of their own."""

    def __init__(self, s: str, lexicon: Lexicon, gazetteer: Gazetteer, context: Context, governing: Governing) -> None:
        """Take the normalised text, what its words are resolved with, and what rules times, places and aims."""
        self._s = s
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._c = context
        self._governing = governing

    def pass_over(self, clause: Clause, tokens: list[Token]) -> None:
        """Read a clause without a quantity for what it puts in force, a new subject included."""
        if self._c.main and self._lexicon.patterns["by_area"].match(self._s[clause.start : clause.end].strip()):
            self._c.subject, self._c.family = self._c.main, self._c.main.codes[0]
            return
        part = self._s.startswith("其中", clause.start)  # 其中鲜瓜果价格继续领涨，上涨16%
        if clause.closing not in (":", "：") and not part and not any(map(_puts_in_force, tokens)):
            return
        left = read_stretch(self._s, clause.start, clause.end, tokens)
        self._governing.govern_history(left)
        self._governing.aim(left, clause)
        self._c.pending = pending_of(left) or self._c.pending
        self._open_event(left)
        if places := places_listed(left, self._c, self._gazetteer):
            self._c.places = places
        if not left.phrase:
            self._c.times = times_listed(left)
            self._c.told_times = [time for time, side in left.times if not side]
            return
        subject = find_subject(left.phrase, self._c.family, self._lexicon) if left.named else Subject(left.phrase)
        name = left.named[0].text if left.named else ""
        if not subject.codes and name and _STATE.match(left.phrase.removeprefix(name)) and left.phrase.startswith(name):
            subject = find_subject(name, self._c.family, self._lexicon)  # 固定资产投资起势良好，1—2月增长8.9%
        self._c.listing = "、" in left.phrase and not subject.codes
        self._c.named_before = left.phrase if self._c.listing else ""
        if "share" in left.kinds() and not subject.codes:
            return
        if not subject.codes and self._lexicon.patterns["major_projects"].search(left.phrase):
            self._c.family = "PROJECTS_MAJOR"  # 重点项目建设按期推进，累计完成投资440.5亿元
        thing = self._kind_of_thing(left.phrase)
        if thing and not subject.codes and self._is_named_again(thing):
            return
        if subject.codes or thing or clause.closing in (":", "："):
            self._c.subject, self._c.topic = subject, subject.code
            self._c.family = subject.codes[0] if subject.codes else family_after(subject, self._c.family, self._lexicon)

    def announce(self, rest: Stretch) -> None:
        """Put in force what a clause names behind its last figure, for the list to come (4个县的常住人口分别为：…)."""
        subject = find_subject(rest.named[-1].text, self._c.family, self._lexicon) if rest.named else Subject("")
        if subject.codes:
            self._c.subject, self._c.topic, self._c.family = subject, subject.code, subject.codes[0]
            self._c.pending = pending_of(rest) or self._c.pending

    def _kind_of_thing(self, phrase: str) -> str:
        """What a phrase names that ends with a kind of thing, or with how it does (猪肉价格领涨); "" if none."""
        things = self._lexicon.patterns["kind_of_thing"]
        thing = things.search(phrase)
        while thing is not None:
            if len(phrase) == thing.end() or _STATE.match(phrase, thing.end()):
                return phrase[: thing.end()]
            thing = things.search(phrase, thing.end())
        return ""

    def _is_named_again(self, thing: str) -> bool:
        """Tell whether a thing is what is in force, named by the end of its name (地方财政收入…。收入增幅回升)."""
        return len(thing) > 1 and bool(self._c.subject.codes) and self._c.subject.phrase.endswith(thing)

    def _open_event(self, left: Stretch) -> None:
        """Put the event in force that a clause without a figure tells of (重点项目开工仪式在园区举行)."""
        if self._lexicon.patterns["ceremony"].search(self._s, left.start, left.end):
            said = self._s[left.start : left.end]
            code = find_happening(said, "COUNT", self._lexicon) or find_happening(said + "项目", "COUNT", self._lexicon)
            self._c.happening = code if code and code.startswith("PROJECTS") else self._c.happening


def pending_of(left: Stretch) -> Pending | None:
    """The growth that a stretch names before figures to come (增幅居前三位的是…，分别为…)."""
    noun = left.last("growth_noun", "fall_noun")
    return Pending(noun.entry.sign, "GROWTH_QOQ" if "qoq" in left.kinds() else "GROWTH_YOY") if noun else None


def _puts_in_force(token: Token) -> bool:
    return isinstance(token, TimeWord) or token.entry.kind in _FORCES
