"""From bytes to characters: byte order mark, HTTP charset, the page's own declaration, else detection.

Chinese pages declare GB2312 or GBK and hold GB18030, so both names are read as GB18030, their superset; Big5 is read
with its Hong Kong supplement. A declaration is a claim: bytes that are valid UTF-8 are UTF-8 whatever is declared
(GB18030 prose is practically never valid UTF-8), and Latin-1 is believed only where nothing else fits, because every
byte is valid in it.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from qzetl.errors import InputError
from qzetl.traditional import simplified

__all__ = ["decode", "is_mojibake"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The encodings that a declaration may name (as Python calls them), and what each is read as. Others prove nothing:
# in Latin-1 every byte is valid, and some of Python's codecs yield no text at all.
_READ_AS = {
    "utf-8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
# How far into a page its declaration is looked for (browsers look 1024 bytes; real pages put it later).
_HEAD = 8192
# Of the characters, how many may be unreadable before the text counts as undecodable, in parts of one.
_TOLERATED = 0.01
_SAMPLE = 65_536
# How much of a text is looked at for mojibake, and how many characters are enough to judge by.
_LOOKED_AT, _FEWEST = 2000, 20
_COMMON = frozenset(
    bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
)
_LEAST_COMMON = 0.6
_CHARACTERS = re.compile("[\u3400-\u9fff]")
_ACCENTS = re.compile("[\u0080-\u00ff]")
_MOST_ACCENTS = 3  # one in so many characters is an accented letter in no language
_REPLACEMENT = "\ufffd"
# What UTF-8's replacement character becomes when saved and then read as GBK.
_KUN = "锟斤拷"
# Either of them in the encodings that pages have.
_SIGNS = (_REPLACEMENT.encode(), _KUN.encode())


def decode(body: bytes, content_type: str = "") -> str:
    """Return `body` as text; `content_type` is the server's header, "" where none was given.

    Line ends become single line feeds, NUL characters disappear. Raises `InputError` with outcome ``undecodable`` where
    more than one character in a hundred cannot be read in any encoding that fits.
    """
    text = _decode(body, content_type)
    damaged = _damaged(text) if any(sign in body for sign in _SIGNS) or _REPLACEMENT in text else 0
    if damaged > _TOLERATED * max(len(text), 100):
        msg = f"{damaged} of {len(text)} characters are unreadable; find out the encoding and save it as UTF-8"
        raise InputError(outcome="undecodable", message=msg)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x00", "") if "\x00" in text else text


def is_mojibake(text: str) -> bool:
    """Whether a text was read in a wrong encoding before it was saved, so that hardly a word of it is one.

    Of the Chinese characters in any prose nine in ten are among the 3,755 commonest (level 1 of GB/T 2312), whatever
    the script; of UTF-8 or Big5 read as GB18030 hardly half are. Chinese read as Latin-1 is nearly all accents.
    """
    sample = text[:_LOOKED_AT]
    accents = len(_ACCENTS.findall(sample))
    if accents >= _FEWEST and _MOST_ACCENTS * accents > len(sample):
        return True
    characters = _CHARACTERS.findall(simplified(sample))
    common = sum(1 for character in characters if character in _COMMON)
    return len(characters) >= _FEWEST and common < _LEAST_COMMON * len(characters)


def _damaged(text: str) -> int:
    return text.count(_REPLACEMENT) + 3 * text.count(_KUN)


def _decode(body: bytes, content_type: str) -> str:
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body.decode(encoding, "replace").removeprefix("\ufeff")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    names = [name for name in (_from_header(content_type), _from_page(body)) if name]
    for name in names:
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    readings = [body.decode(name, "replace") for name in names]
    if good := [text for text in readings if text.count(_REPLACEMENT) <= len(text) // 1000]:
        return good[0]
    readings += [body.decode(name, "replace") for name in dict.fromkeys(("utf-8", _detected(body), "gb18030"))]
    return min(readings, key=lambda text: text.count(_REPLACEMENT) / (len(text) + 1))


def _known(name: str) -> str | None:
    """Return the encoding to read `name` as, None where the name proves nothing."""
    try:
        return _READ_AS.get(codecs.lookup(name).name)
    except (LookupError, ValueError):
        return None


def _from_header(content_type: str) -> str | None:
    found = _CHARSET.search(content_type)
    return _known(found[1]) if found else None


def _from_page(body: bytes) -> str | None:
    found = _DECLARED.search(body, 0, _HEAD)
    return _known(found[1].decode("ascii")) if found else None


def _detected(body: bytes) -> str:
    """Detect the encoding of undeclared bytes; GB18030 where detection finds nothing."""
    best = from_bytes(body[:_SAMPLE], cp_isolation=["gb18030", "big5hkscs", "utf_8"]).best()
    return (_known(best.encoding) if best else None) or "gb18030"
