"""`qzetl read`: from pages, texts and WARC files to articles, one JSON line each. Nothing is kept."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from qzetl._cli.terminal import progress, say, write_json
from qzetl.errors import InputError
from qzetl.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qzetl.collect.capture import Capture
    from qzetl.collect.outcome import Outcome
    from qzetl.read.article import Article

__all__ = ["read"]


def read(
    paths: Annotated[list[Path], Parameter(metavar="PATH", negative=())],
    /,
    *,
    explain: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Write the article of every page, one JSON line each.

    The keys are `uri`, `title`, `byline`, `publisher` (an id), `source` (the origin as printed), `published`,
    `text`, `layout` and `captions`, and `area` where a file's front matter says it. What holds no article is
    reported on stderr; the others are done. Pages of one article are joined where they are all among the files; one
    that goes on elsewhere says so on stderr, and where in `continues`.

    The exit code is 1 where a file that was given, or stands in a folder that was given, could not be read. Pages
    in a WARC file that hold no article are only reported: a crawl meets pages of every kind.

    Parameters
    ----------
    paths:
        .html, .txt or .md files, folders of them, .warc or .warc.gz files.
    explain:
        Add the key `explain`: the rules that found title, date and text.
    """
    from qzetl.collect.files import find_inputs
    from qzetl.collect.publisher import load_publishers
    from qzetl.read.paging import join_pages
    from qzetl.report import is_own_file

    publishers = load_publishers(Settings.load().publishers)
    refused: list[str] = []
    with progress() as step:
        for capture, article in join_pages(_articles(find_inputs(paths, datetime.now(UTC), publishers), refused, step)):
            write_json(_line(capture.publisher, article, explain=explain))
            if article.continues:
                say(f"qzetl: incomplete: {article.uri} goes on at {article.continues}, which is not among the files")
    return int(any(map(is_own_file, refused)))


def _articles(
    found: Iterable[Capture | Outcome], refused: list[str], step: Callable[[str, int, int], None]
) -> Iterator[tuple[Capture, Article]]:
    """Read what was found; say what cannot be read, and put its address into `refused`."""
    for number, one in enumerate(found, 1):
        step("reading", number, 0)
        try:
            if (article := _article(one)) is not None:
                yield article
        except InputError as error:
            say(f"qzetl: {error.outcome}: {error}")
            refused.append(one.uri)


def _article(found: Capture | Outcome) -> tuple[Capture, Article] | None:
    """Read what was found, None where it is not meant to be an article; raises `InputError` where it cannot be."""
    from qzetl.collect.capture import Capture
    from qzetl.read.stage import read_capture

    if isinstance(found, Capture):
        return found, read_capture(found)
    if found.ok:
        return None
    raise InputError(found.outcome, found.message)


def _line(publisher: str, article: Article, *, explain: bool) -> dict[str, object]:
    """Return the keys in the order in which people read them: what it is, who says it when, then the text."""
    fields = asdict(article)
    rules = {"title": fields.pop("titled_by"), "published": fields.pop("dated_by"), "text": article.layout}
    for name in ("area", "continues"):
        if fields[name] is None:
            del fields[name]
    if explain:
        fields["explain"] = {name: rule or None for name, rule in rules.items()}
    named = {key: fields.pop(key) for key in ("uri", "title", "byline")}
    dated = {key: fields.pop(key) for key in ("source", "published")}
    return {**named, "publisher": publisher, **dated, **fields}
