"""Canaries: one known article of every publisher, read again from the archive and fetched anew.

The known article is the newest in the store that states a figure. Where the archived bytes read otherwise now, the
parser has changed; where they read as before and the page of today does not, the site has. Nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

import polars as pl

from qzetl.collect.archive import Archive
from qzetl.collect.capture import Capture
from qzetl.collect.http import Fetcher
from qzetl.collect.publisher import Publisher
from qzetl.dataset.ids import text_digest
from qzetl.errors import ArchiveError, FetchError, InputError
from qzetl.pipeline import Rooms
from qzetl.read.article import Article
from qzetl.read.stage import read_capture

__all__ = ["FINE", "Canary", "canaries", "canary"]

FINE: Final = frozenset({"same", "edited", "unknown"})
_ALIKE: Final = 0.9  # share of a text that stays when an article is only edited
_CANDIDATES: Final = 20


@dataclass(frozen=True, slots=True)
class Canary:
    """What became of one publisher's known article.

    `verdict`: ``same``; ``edited`` (the page's text was changed a little); ``parser-changed``; ``site-changed``;
    ``site-gone`` (it cannot be fetched); ``unknown`` (nothing of the publisher is in the store yet).
    """

    publisher: str
    uri: str
    verdict: str
    message: str


def canaries(rooms: Rooms, publishers: Iterable[str] = ()) -> list[Canary]:
    """Try `publishers`, all where none is named; raises `UsageError` for one that is not known."""
    return [canary(rooms, name) for name in rooms.known(publishers)]


def canary(rooms: Rooms, publisher: str) -> Canary:
    """Try one publisher's known article."""
    asked, archived = rooms.publishers[publisher], None
    with Archive(rooms.settings.archive) as archive:
        for row in _candidates(rooms, publisher):
            archived = _read(archive, row)
            if archived is None or not archived.continues:
                break
        else:
            return Canary(publisher, "", "unknown", f"{publisher} has no article with a figure in the store yet")
    uri = row["uri"]
    if archived is None or text_digest(archived.text) != row["text_sha256"] or archived.title != row["title"]:
        msg = f"the archived page reads otherwise now; see qzetl backfill plan --outdated --publisher {publisher}"
        return Canary(publisher, uri, "parser-changed", msg)
    return _now(rooms, asked, uri, archived)


def _now(rooms: Rooms, publisher: Publisher, uri: str, known: Article) -> Canary:
    """Compare the page of today with what is known of it."""
    settings = rooms.settings
    try:
        with Fetcher(settings.connect_to, settings.contact, turns=settings.home / "turns") as fetcher:
            found = fetcher.fetch(uri, publisher)
        capture = Capture(uri, publisher.id, found.retrieved.date(), found.retrieved, found.body, found.content_type)
        article = read_capture(capture)
    except FetchError as error:
        return Canary(publisher.id, uri, "site-gone", f"{error.outcome}: {error}")
    except InputError as error:
        return Canary(publisher.id, uri, "site-changed", f"the page holds no article any more: {error}")
    if (article.text, article.title) == (known.text, known.title):
        return Canary(publisher.id, uri, "same", "")
    alike = SequenceMatcher(None, known.text, article.text, autojunk=False).quick_ratio()
    if alike >= _ALIKE:
        return Canary(publisher.id, uri, "edited", f"{alike:.0%} of the text stands as it was")
    message = f"only {alike:.0%} of the text is found on the page now; look at it, its layout may be another"
    return Canary(publisher.id, uri, "site-changed", message)


def _candidates(rooms: Rooms, publisher: str) -> Iterator[dict[str, Any]]:
    """Yield the newest articles that state a figure."""
    stated = rooms.store.read("observations").filter(pl.col("publisher") == publisher).select("article_id").unique()
    articles = rooms.store.read("articles").filter(pl.col("publisher") == publisher)
    newest = articles.join(stated, on="article_id", how="semi").sort("day", "uri", descending=[True, False])
    yield from newest.head(_CANDIDATES).collect().iter_rows(named=True)


def _read(archive: Archive, row: dict[str, Any]) -> Article | None:
    """Read an article's archived page again; None where it cannot be."""
    entry = archive.find(row["publisher"], row["uri"], row["digest"])
    try:
        return read_capture(archive.read(entry.position)) if entry else None
    except (InputError, ArchiveError):
        return None
