"""Files that a user hands in: pages, texts, folders of them, and WARC files, turned into captures.

Nothing is fetched and nothing archived here. What cannot be taken is yielded as a named `Outcome` in its turn, so
that one bad file never stops its neighbours.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from qzetl.collect.capture import BODY_LIMIT, Capture, day_of
from qzetl.collect.outcome import Outcome
from qzetl.collect.publisher import INPUT, Publisher
from qzetl.collect.wanted import Wanted
from qzetl.collect.warcfile import Reading, read_warc

__all__ = ["CONTENT_TYPES", "find_inputs"]

CONTENT_TYPES: Mapping[str, str] = {
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
}
"""The suffixes of files that are read, and the content type that each stands for; the charset is found in reading."""

_WARC = (".warc", ".warc.gz")
_READABLE = f"{' '.join(CONTENT_TYPES)} {' '.join(_WARC)}"


def find_inputs(
    paths: Iterable[Path],
    retrieved: datetime,
    publishers: Mapping[str, Publisher] | None = None,
    *,
    owner: Publisher = INPUT,
    wanted: Wanted | None = None,
) -> Iterator[Capture | Outcome]:
    """Yield a capture, or the reason why there is none, for every file that `paths` name, in a stable order.

    `retrieved` is the moment that files get as theirs (UTC, whole seconds); WARC records keep their own. A folder is
    walked in the order of its names, hidden files left out; files of other kinds in it are ``skipped``, while one that
    was named itself is ``unsupported``. The URI of a file is ``file:`` and its path from the parent of the path that
    was given, so that it does not depend on where the files lie. They are the `owner`'s; pages in WARC files are their
    hosts' publishers' where there are such, and only those that are `wanted` are taken.
    """
    reading = Reading(retrieved.replace(microsecond=0), publishers or {}, owner, wanted or Wanted())
    taken: dict[str, Path] = {}
    for given in paths:
        base = Path(os.path.abspath(given)).parent  # noqa: PTH100 - symbolic links keep the names they were given by
        if not given.exists():
            yield _refused(given, base, reading, "not-found", f"{given} does not exist; check the path")
        elif given.is_dir():
            for path in _walk(given):
                if isinstance(path, OSError):
                    message = f"{path.filename} cannot be listed ({path.strerror}); check its rights"
                    yield _refused(Path(path.filename), base, reading, "unreadable", message)
                elif _is_readable(path):
                    yield from _find(path, base, reading, taken)
                else:
                    yield _refused(path, base, reading, "skipped", f"{path} is none of {_READABLE}")
        elif given.is_file() and _is_readable(given):
            yield from _find(given, base, reading, taken)
        else:
            message = f"{given} is none of {_READABLE}; convert or rename it"
            yield _refused(given, base, reading, "unsupported", message)


def _is_readable(path: Path) -> bool:
    return path.suffix.lower() in CONTENT_TYPES or path.name.lower().endswith(_WARC)


def _walk(folder: Path) -> Iterator[Path | OSError]:
    """Yield the folder's files in the order of their names, and then why any folder in it could not be listed."""
    failed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))
    yield from failed


def _find(path: Path, base: Path, reading: Reading, taken: dict[str, Path]) -> Iterator[Capture | Outcome]:
    """Yield what one readable file holds; a file reached twice is taken once."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - as above
    uri = _uri(absolute, base)
    while taken.setdefault(uri, absolute) != absolute:  # another file of that name: say more of where it lies
        base = base.parent
        uri = _uri(absolute, base)
    if path.name.lower().endswith(_WARC):
        yield from read_warc(path, uri, reading)
        return
    try:
        size = path.stat().st_size
        body = path.read_bytes() if size <= BODY_LIMIT else b""
    except OSError as error:
        yield _refused(path, base, reading, "unreadable", f"{path} cannot be read ({error.strerror}); check its rights")
        return
    if size > BODY_LIMIT:
        message = f"{path} has {size:,} bytes, more than an article can have ({BODY_LIMIT:,}); split it"
        yield _refused(path, base, reading, "too-large", message)
    elif not body.strip():
        yield _refused(path, base, reading, "empty", f"{path} is empty; write or fetch it again")
    else:
        yield Capture(
            uri=uri,
            publisher=reading.owner.id,
            day=day_of(reading.moment),
            retrieved=reading.moment,
            body=body,
            content_type=CONTENT_TYPES[path.suffix.lower()],
        )


def _uri(path: Path, base: Path) -> str:
    """Return ``file:`` and the path from `base`, in POSIX form, with what a URI cannot hold percent-encoded."""
    return "file:" + quote(os.fsencode(path.relative_to(base).as_posix()))


def _refused(path: Path, base: Path, reading: Reading, outcome: str, message: str) -> Outcome:
    uri = _uri(Path(os.path.abspath(path)), base)  # noqa: PTH100 - as above
    return Outcome(reading.owner.id, day_of(reading.moment), uri, outcome, message)
