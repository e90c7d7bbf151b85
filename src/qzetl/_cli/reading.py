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
    reported on stderr; the others are done.

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
    from qzetl.report import is_own_file

    publishers = load_publishers(Settings.load().publishers)
    failed = False
    with progress() as step:
        for number, found in enumerate(find_inputs(paths, datetime.now(UTC), publishers), 1):
            step("reading", number, 0)
            try:
                article = _article(found)
            except InputError as error:
                say(f"qzetl: {error.outcome}: {error}")
                failed |= is_own_file(found.uri)
            else:
                if article is not None:
                    write_json(_line(found.publisher, article, explain=explain))
    return int(failed)


def _article(found: Capture | Outcome) -> Article | None:
    """Read what was found, None where it is not meant to be an article; raises `InputError` where it cannot be."""
    from qzetl.collect.capture import Capture
    from qzetl.read.stage import read_capture

    if isinstance(found, Capture):
        return read_capture(found)
    if found.ok:
        return None
    raise InputError(found.outcome, found.message)


def _line(publisher: str, article: Article, *, explain: bool) -> dict[str, object]:
    """Return the keys in the order in which people read them: what it is, who says it when, then the text."""
    fields = asdict(article)
    rules = {"title": fields.pop("titled_by"), "published": fields.pop("dated_by"), "text": article.layout}
    if article.area is None:
        del fields["area"]
    if explain:
        fields["explain"] = {name: rule or None for name, rule in rules.items()}
    named = {key: fields.pop(key) for key in ("uri", "title", "byline")}
    dated = {key: fields.pop(key) for key in ("source", "published")}
    return {**named, "publisher": publisher, **dated, **fields}
