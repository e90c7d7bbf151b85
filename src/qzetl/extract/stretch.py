"""The stretch of a clause before a quantity: its words sorted into what they are for.

What stands between the quantity before (or the clause's start) and this one is all that can bind it inside the
clause. `read_stretch` goes over it once, from left to right, and keeps the subject's words apart from cues, places
and times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qzetl.extract.frame import ahead
from qzetl.extract.lexicon import Entry
from qzetl.extract.scan import Word
from qzetl.extract.times import TimeWord

__all__ = ["Stretch", "Token", "read_stretch"]

Token = Word | TimeWord

# Behind one of these the words name a whole, another area or a base, not what is measured.
_OTHER_SIDE = frozenset({"share", "than", "higher", "lower", "contribution", "complete", "recover"})
_HIGHER = Entry("higher", 1, ())
_PASSED = frozenset({"超过", "超出", "超"})
_LEVELS = ("平均", "均", "水平", "同期", "增速", "增幅")
_NOUNS = frozenset({"indicator", "word", "head", "and", "zone", "entity"})
_SPLIT = "P"  # where a place or a time stood inside the subject
_TOWARDS = "\0"  # where 对 stood: 对经济增长的贡献率 has no subject of its own
_SUFFERS = re.compile("受[^，,。；;]{0,19}$")
_WITHOUT = ("不含", "不包括", "不包含")
_SIGNS = frozenset({"、", _SPLIT, _TOWARDS})
_EDGES = " “”\"'《》【】—-…·*#|∶:："
_OPENING = frozenset("（(")
_TURNS = frozenset({"up", "down"})


@dataclass(slots=True)
class Piece:
    """Words of a subject, and where they stand."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Stretch:
    """What stands before a quantity in its clause.

    `pieces` are the subject's words with list marks (``、``) between coordinated ones, `phrase` the same joined without
    marks at its edges, `span` where they stand; `cues` all measure cues in order; `places` the place words with the
    kind of cue that came before them, `inner` where those with words before them begin, `named` the indicators' names;
    `others` the words behind a cue of the other side (a whole, a base), `objects` those behind a verb of rise or fall
    (扩种大豆), `parted` the phrase with the words that a time parts from it (粮食全年总产量), `entities` the nouns that
    names of single firms, sights or villages end with. `sized`: a built-in size stands in it.
    """

    start: int
    end: int
    pieces: list[Piece] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    entities: list[Word] = field(default_factory=list)
    cues: list[Word] = field(default_factory=list)
    places: list[tuple[Word, str]] = field(default_factory=list)
    inner: set[int] = field(default_factory=set)
    named: list[Word] = field(default_factory=list)
    times: list[tuple[TimeWord, str]] = field(default_factory=list)
    has_list_mark: bool = False
    sized: bool = False
    phrase: str = ""
    parted: str = ""
    span: tuple[int, int] = (0, 0)
    _kinds: set[str] | None = None

    def kinds(self) -> set[str]:
        """The kinds of all cues."""
        if self._kinds is None:
            self._kinds = {w.entry.kind for w in self.cues}
        return self._kinds

    def last(self, *kinds: str) -> Word | None:
        """The last cue of one of `kinds`."""
        for word in reversed(self.cues):
            if word.entry.kind in kinds:
                return word
        return None


_JOINS_NAMES = re.compile(r"[\u4e00-\u9fff]{2,12}(?:\d{1,2}月)?\d{1,2}日(?![的相持比])")


def read_stretch(s: str, start: int, end: int, tokens: list[Token]) -> Stretch:
    """Sort the tokens between `start` and `end` and the plain text between them."""
    found = Stretch(start, end)
    side = ""
    at = start
    for token in tokens:
        if at < token.start:
            _plain(s, at, token.start, found, side)
        at = token.end
        if isinstance(token, TimeWord):
            side = _take_time(token, found, side)
        elif token.entry.kind == "place":
            side = _passing(s, token, found) or side
            _take_place(s, token, found, side)
        elif token.text == "影响" and _SUFFERS.search(ahead(s, token.start, 20)):
            _cut_cause(found)
            continue  # 受…影响 says why, not what it contributes
        elif token.text == "与" and _JOINS_NAMES.match(s, token.end):
            _plain(s, token.start, token.end, found, side)  # 商务与投资峰会19日落幕
        else:
            side = _take(token, found, side)
    if at < end:
        _plain(s, at, end, found, side)
    if found.pieces:
        _close(found)
    return found


def _passing(s: str, place: Word, found: Stretch) -> str:
    """The side of a place whose level is passed (超过全国平均水平1.9个百分点): a comparison, told by 超过."""
    cue = found.cues[-1] if found.cues else None
    if cue is None or cue.end != place.start or cue.text not in _PASSED or not s.startswith(_LEVELS, place.end):
        return ""
    found.cues[-1] = Word(cue.start, cue.end, _HIGHER, cue.text)
    return "higher"


def _cut_cause(found: Stretch) -> None:
    """Drop what stands between 受 and 影响 from the subject's words (餐饮收入受疫情影响)."""
    for n in range(len(found.pieces) - 1, -1, -1):
        piece = found.pieces[n]
        at = piece.text.rfind("受")
        if at >= 0:
            del found.pieces[n:]
            if at:
                found.pieces.append(Piece(piece.text[:at], piece.start, piece.start + at))
            return


def _take_place(s: str, place: Word, found: Stretch, side: str) -> None:
    """Sort a place's word."""
    if ahead(s, place.start, 3).endswith(_WITHOUT):
        _leave_out(place, found)
        return
    found.places.append((place, side))
    if any(p.text not in _SIGNS for p in found.pieces):
        found.inner.add(place.start)
    if not side:
        _split(found)


def _leave_out(place: Word, found: Stretch) -> None:
    """Take a place that another is told without (福州（不含平潭）) into that one's span, so that lists stay joined."""
    if found.places:
        whole, side = found.places[-1]
        found.places[-1] = Word(whole.start, place.end + 1, whole.entry, whole.text), side


def _close(found: Stretch) -> None:
    """Drop the marks of places and of 对 from the subject's words, and join these."""
    written = [p.text for p in found.pieces]
    if _TOWARDS in written:
        found.pieces[:] = [p for p in found.pieces if p.text != _TOWARDS]
    if _SPLIT in written:
        if not found.places:
            found.parted = "".join(p.text for p in found.pieces if p.text != _SPLIT).strip("、 ")
        _drop_before_places(found)
    while found.pieces and found.pieces[-1].text in _OPENING:
        found.pieces.pop()  # 比全省(7.7%)和全国(7.0%): the bracket is no subject
    found.phrase = "".join([p.text for p in found.pieces]).strip("、 ")
    words = [p for p in found.pieces if p.text != "、"]
    if words:
        found.span = (words[0].start, words[-1].end)


def _split(found: Stretch) -> None:
    """Mark where a place or a time splits the subject's words from what stands before them."""
    if found.pieces and found.pieces[-1].text not in ("、", _SPLIT):
        found.pieces.append(Piece(_SPLIT, 0, 0))


def _take_time(time: TimeWord, found: Stretch, side: str) -> str:
    """Sort a time word; return the side that holds from here on."""
    found.times.append((time, side))
    if not side and found.pieces and not time.is_stretch and not time.is_average:
        _split(found)
    return "base" if side == "than" else side


def _take(word: Word, found: Stretch, side: str) -> str:
    """Sort one lexicon word; return the side that holds from here on."""
    kind = word.entry.kind
    if kind == "size":
        found.sized = True
        return side
    if kind in _NOUNS:
        if kind == "indicator":
            found.named.append(word)
        if kind == "entity":
            found.entities.append(word)
        if kind == "zone":
            found.places.append((word, side))
            if not side:
                _split(found)
            return side
        found.has_list_mark = found.has_list_mark or kind == "and"
        _add(found, "、" if kind == "and" else word.text, word.start, word.end, side)
        return side
    found.cues.append(word)
    return _after_cue(word, found, side)


def _after_cue(word: Word, found: Stretch, side: str) -> str:
    kind = word.entry.kind
    if kind in _TURNS or kind in ("growth_noun", "fall_noun"):
        return side if side in ("higher", "lower", "contribution") else "turn" if kind in _TURNS else ""
    if kind == "contribution":
        marks = [n for n, piece in enumerate(found.pieces) if piece.text == _TOWARDS]
        del found.pieces[marks[0] if marks else len(found.pieces) :]
    if word.text == "对":
        found.pieces.append(Piece(_TOWARDS, 0, 0))
    if kind == "break":
        found.pieces.clear()
    return kind if kind in _OTHER_SIDE else side


def _add(found: Stretch, text: str, start: int, end: int, side: str) -> None:
    if side:
        found.others.append(text)
        if side == "turn":
            found.objects.append(text)
    else:
        found.pieces.append(Piece(text, start, end))


def _plain(s: str, start: int, end: int, found: Stretch, side: str) -> None:
    text = s[start:end]
    bare = text.strip(_EDGES)
    if not found.pieces:
        bare = bare.lstrip("（）()")  # no subject begins with the bracket that its clause opens or closes
    if bare:
        start += text.index(bare) if bare != text else 0
        _add(found, bare, start, start + len(bare), side)


def _drop_before_places(found: Stretch) -> None:
    """Keep what follows the last place inside the subject (`…发布的数据显示广东地区生产总值`)."""
    last = max(n for n, piece in enumerate(found.pieces) if piece.text == _SPLIT)
    tail = found.pieces[last + 1 :]
    head = [p for p in found.pieces[:last] if p.text != _SPLIT]
    found.pieces[:] = tail if any(p.text != "、" for p in tail) else head
