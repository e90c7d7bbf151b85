"""Articles as JSON lines, ``{doc, title, published, area, text}``: what `qzetl extract` and `qzetl explain` read.

The lines of `qzetl read` are such lines: their `uri` stands for `doc`. A `.json` file may also be one article, its
object written over several lines.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from qzetl.errors import InputError

if TYPE_CHECKING:
    from qzetl.extract import Document, Lexicon

__all__ = ["read_documents"]

_TEXT_KEYS = ("doc", "title", "published", "area", "text")
_NEEDED = ("doc", "text")


def read_documents(file: str, lexicon: Lexicon) -> Iterator[Document | InputError]:
    """Yield the article of each line of `file` (``-`` is stdin), or the error that names the line and its fault.

    An area that is not given is told from the text. Raises `InputError` where the file itself cannot be read.
    """
    from qzetl.extract import home_area

    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        try:
            document = _document(line)
        except InputError as error:
            yield InputError(error.outcome, f"{file}:{number}: {error}")
            continue
        if document.area is None:
            document = replace(document, area=home_area(document.title, document.text, lexicon))
        yield document


def _lines(file: str) -> Iterator[str]:
    """Yield the lines of `file` as UTF-8, bytes that are none replaced (such a line fails as JSON or is kept)."""
    if file == "-":
        yield from _decoded(sys.stdin.buffer)
        return
    try:
        with Path(file).open("rb") as stream:
            first = stream.readline()
            whole = file.endswith(".json") and first.strip() == b"{"
            yield from _decoded([first + stream.read()] if whole else chain([first], stream))
    except OSError as error:
        msg = f"{file} cannot be read ({error.strerror}); give a file of JSON lines, or - for stdin"
        raise InputError(outcome="not-found", message=msg) from error


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    return (line.decode("utf-8-sig", errors="replace") for line in lines)


def _document(line: str) -> Document:
    """Read one line; `InputError` says what is wrong with it."""
    from qzetl.extract import Document

    fields = _fields(line)
    published = fields.get("published")
    return Document(
        doc=str(fields["doc"]),
        text=str(fields["text"]),
        title=fields.get("title"),
        published=date.fromisoformat(published[:10]) if published else None,
        area=fields.get("area") or None,
    )


def _fields(line: str) -> dict[str, str | None]:
    """Return the line's object after checking what the document needs of it."""
    fault = None
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        fields, fault = {}, f"it is not JSON ({error})"
    if isinstance(fields, dict) and "uri" in fields:  # a line of qzetl read
        fields.setdefault("doc", fields["uri"])
    if not isinstance(fields, dict):
        fault = "it is not a JSON object"
    elif wrong := [key for key in _TEXT_KEYS if not isinstance(fields.get(key), str | None)]:
        fault = f"{', '.join(wrong)} is not text"
    elif fault is None and (missing := [key for key in _NEEDED if fields.get(key) is None]):
        fault = f"{', '.join(missing)} is missing"
    elif fields.get("published") and not _is_day(fields["published"][:10]):
        fault = f"published is {fields['published']!r}, not a date as YYYY-MM-DD"
    if fault is not None:
        raise InputError(outcome="no-article", message=f"{fault}; a line is {{{', '.join(_TEXT_KEYS)}}}")
    return dict(fields)


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True
