"""Which pages of a large WARC file are wanted: by site, by language, by words, told from bytes at archive speed.

A site is told from the address alone, so that no body is looked at for it. A language is told from the scripts in the
first 64 kB: those of Chinese (zh), Japanese (ja) and Korean (ko), else from what the page declares. Words are looked
for in all bytes, in the encodings that Chinese pages have, with one automaton; one of them is enough.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from ahocorasick_rs import BytesAhoCorasick

__all__ = ["Wanted", "language_of"]

_SAMPLE = 1 << 16  # bytes
_FOREIGN = 48  # bytes that are not ASCII, below which a page is in none of the languages told by script
_ASCII = bytes(range(128))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_LANG = re.compile(rb"<html[^>]{0,300}?\blang\s*=\s*[\"']?\s*([A-Za-z]{2,3})", re.IGNORECASE)
_GB_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_GB = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "hz-gb-2312"})
# In UTF-8 the first byte of a character tells its script; kana share theirs with punctuation that Chinese has too.
_HAN = bytes(range(0xE4, 0xEA))
_KANA, _PUNCTUATION = b"\xe3", b"\xe3\x80"
_HANGUL = bytes(range(0xEA, 0xEE))
_MOSTLY = 0.8  # share of bytes beyond ASCII that stand in pairs where a page is in GB2312
_LEAST = 12  # characters of a script that make a page one of its language
_BY_SCRIPT = frozenset({"zh", "ja", "ko"})


@dataclass(frozen=True)
class Wanted:
    """What is wanted: pages of one of the `sites`, in one of the `languages`, with one of the `words`.

    A site is a host, or ``*.`` and a domain for all hosts under it (``*.gov.cn``); a language is a code of ISO 639.
    None of a kind wants all.
    """

    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    _asked: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

    def __bool__(self) -> bool:
        """Return whether anything is unwanted."""
        return bool(self.sites or self.languages or self.words)

    def takes_site(self, uri: str) -> bool:
        """Return whether a page at this address may be wanted."""
        if not self.sites:
            return True
        host = uri.partition("://")[2].partition("/")[0]
        known = self._asked.get(host)
        if known is None:
            known = self._asked[host] = self._takes_host(uri)
        return known

    def refuses(self, body: bytes) -> str | None:
        """Return why a page with this body is not wanted (``language`` or ``words``), None where it is."""
        if self.languages and not self._speaks(body):
            return "language"
        if self._automaton is not None and not self._automaton.find_matches_as_indexes(body):
            return "words"
        return None

    @cached_property
    def _automaton(self) -> BytesAhoCorasick | None:
        if not self.words:
            return None
        return BytesAhoCorasick(sorted({word.encode(name) for word in self.words for name in ("utf-8", "gb18030")}))

    def _takes_host(self, uri: str) -> bool:
        try:
            host = urlsplit(uri).hostname or ""
        except ValueError:
            return False
        return any(
            host.endswith(site[1:]) or host == site[2:] if site.startswith("*.") else host == site
            for site in (site.lower() for site in self.sites)
        )

    def _speaks(self, body: bytes) -> bool:
        sample = body[:_SAMPLE]
        found = _by_script(sample)
        if found is None and not _BY_SCRIPT.issuperset(self.languages):
            found = _declared(sample)
        return found in self.languages


def language_of(body: bytes) -> str | None:
    """Return the language of a page (ISO 639), told from its bytes; None where nothing tells it."""
    sample = body[:_SAMPLE]
    return _by_script(sample) or _declared(sample)


def _by_script(sample: bytes) -> str | None:
    """Return zh, ja or ko; only bytes are counted, so that pages in other scripts cost next to nothing."""
    foreign = sample.translate(None, _ASCII)
    if len(foreign) < _FOREIGN:
        return None
    if not _is_utf8(foreign):
        foreign = _decoded(sample, foreign).encode("utf-8").translate(None, _ASCII)
    han, hangul, kana = (len(foreign) - len(foreign.translate(None, script)) for script in (_HAN, _HANGUL, _KANA))
    kana -= foreign.count(_PUNCTUATION)
    if hangul >= _LEAST and hangul > han:
        return "ko"
    if kana >= _LEAST and kana * 10 > han:
        return "ja"
    return "zh" if han >= _LEAST else None


def _declared(sample: bytes) -> str | None:
    declared = _LANG.search(sample)
    return declared[1].decode("ascii").lower() if declared else None


def _is_utf8(foreign: bytes) -> bool:
    """Return whether bytes beyond ASCII are UTF-8; the last character may be cut."""
    try:
        codecs.utf_8_decode(foreign, "strict", False)  # noqa: FBT003 - positional in the standard library
    except UnicodeDecodeError:
        return False
    return True


def _decoded(sample: bytes, foreign: bytes) -> str:
    """Decode what is not UTF-8: as declared, or as GB18030 where the bytes look like it."""
    declared = _CHARSET.search(sample)
    name = declared[1].decode("ascii").lower() if declared else ""
    if name in _GB or (name in {"", "utf-8"} and 2 * len(_GB_PAIR.findall(sample)) > _MOSTLY * len(foreign)):
        name = "gb18030"
    try:
        return sample.decode(name or "utf-8", "ignore")
    except LookupError:
        return sample.decode("utf-8", "ignore")
