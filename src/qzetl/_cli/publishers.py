"""`qzetl publishers`, `qzetl publishers check`: who is configured, and whether their entry points still work."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from qzetl._cli.terminal import progress, say, write_json
from qzetl.errors import UsageError
from qzetl.settings import Settings

if TYPE_CHECKING:
    from qzetl.collect.check import Checked, Seen
    from qzetl.collect.publisher import Publisher

__all__ = ["publishers"]

publishers = App(
    name="publishers", help="The configured publishers, and whether their entry points work.", help_format="markdown"
)
_AS_JSON = Parameter(negative=())
_VERIFIED = re.compile(r"^verified\s*=.*$", re.MULTILINE)


@publishers.default
def listed(*, json: Annotated[bool, _AS_JSON] = False) -> int:
    """List the configured publishers: id, kind, when their entry points were last seen to work, lists, name.

    Parameters
    ----------
    json:
        Write one JSON object a line.
    """
    for one in _configured().values():
        kinds = [listing.kind for listing in one.listings]
        if json:
            keys = ("id", "name", "kind", "rank", "area", "home", "verified")
            write_json({key: getattr(one, key) for key in keys} | {"listings": kinds})
        else:
            say(f"{one.id:<20} {one.kind:<11} {one.verified:<11} {', '.join(kinds):<24} {one.name}", sys.stdout)
    return 0


@publishers.command
def check(
    ids: Annotated[list[str] | None, Parameter(metavar="ID", negative=())] = None,
    /,
    *,
    since: Annotated[date | None, Parameter(metavar="DAY")] = None,
    mark: Annotated[bool, _AS_JSON] = False,
    json: Annotated[bool, _AS_JSON] = False,
) -> int:
    """Try the entry points: robots.txt, the first entries of each list, its first article. Nothing is kept.

    Exit code 1 where a list names no article, or its first one does not come or holds none.

    Parameters
    ----------
    ids:
        Ids of publishers; all where none is given.
    since:
        Look at the lists from this day (YYYY-MM-DD) on, as a backfill would.
    mark:
        Write today's date as `verified` into the files of the publishers of which everything works.
    json:
        Write one JSON object a publisher.
    """
    from qzetl.collect.check import check_publisher
    from qzetl.collect.http import Fetcher, Limits

    settings = Settings.load()
    known = _configured()
    if unknown := sorted(set(ids or ()) - set(known)):
        msg = f"no publisher is called {', '.join(unknown)}; known are {', '.join(known) or 'none'}"
        raise UsageError(msg)
    failed = False
    limits = Limits(attempts=1)
    turns = settings.home / "turns"
    with Fetcher(settings.connect_to, settings.contact, limits, turns) as fetcher, progress() as step:
        chosen = [known[name] for name in sorted(set(ids or known))]
        for number, one in enumerate(chosen):
            step(one.id, number, len(chosen))
            checked = check_publisher(one, fetcher, since)
            articles = [_article(seen) for seen in checked.seen]
            works = checked.ok and all(articles)
            failed |= not works
            if json:
                write_json(_as_json(checked, articles, works=works))
            else:
                say("\n".join(_lines(checked, articles)), sys.stdout)
            if works and mark:
                _mark(settings.publishers / f"{one.id}.toml")
    return int(failed)


def _configured() -> dict[str, Publisher]:
    from qzetl.collect.publisher import INPUT, load_publishers

    found = load_publishers(Settings.load().publishers)
    return {name: one for name, one in found.items() if name != INPUT.id}


def _article(seen: Seen) -> dict[str, str | None]:
    """Read the first article of a list; without one, nothing."""
    from qzetl.errors import InputError
    from qzetl.read.stage import read_capture

    if seen.article is None:
        return {}
    try:
        article = read_capture(seen.article)
    except InputError as error:
        say(f"qzetl: {seen.article.uri}: {error.outcome}: {error}")
        return {}
    return {"uri": seen.article.uri, "title": article.title, "published": article.published, "text": article.text[:60]}


def _lines(checked: Checked, articles: list[dict[str, str | None]]) -> Iterator[str]:
    one = checked.publisher
    yield f"{one.id}  {one.name}  {one.home}  verified: {one.verified}"
    if not checked.seen:
        yield "  no list; write [[listing]] tables into its file"
    for seen, article in zip(checked.seen, articles, strict=True):
        yield f"  {seen.listing.kind} {seen.listing.where}"
        waits = "" if seen.robots.message else f", {max(seen.robots.delay, one.delay):g} s between requests"
        yield f"    robots    {seen.robots.outcome}{waits}"
        for sitemap in seen.robots.sitemaps[:3]:
            yield f"    sitemap   {sitemap}"
        days = f", {seen.first} to {seen.last}" if seen.first else ""
        undated = f", {seen.undated} without a day" if seen.undated else ""
        yield f"    list      {seen.outcome}: {seen.entries} entries looked at{days}{undated}"
        if article:
            yield f"    article   {article['uri']}"
            yield f"              {article['published'] or 'no date'}  {article['title'] or 'no title'}"
            yield f"              {' '.join((article['text'] or '').split())}…"
        else:
            yield f"    article   {seen.article_outcome or ('not asked for' if seen.article is None else 'holds none')}"
        if seen.message:
            yield f"    problem   {seen.message}"


def _as_json(checked: Checked, articles: list[dict[str, str | None]], *, works: bool) -> dict[str, object]:
    lists = [
        {
            "kind": seen.listing.kind,
            "where": seen.listing.where,
            "robots": seen.robots.outcome,
            "delay": max(seen.robots.delay, checked.publisher.delay),
            "outcome": seen.outcome,
            "entries": seen.entries,
            "undated": seen.undated,
            "first": seen.first,
            "last": seen.last,
            "article": article or None,
            "message": seen.message,
        }
        for seen, article in zip(checked.seen, articles, strict=True)
    ]
    return {"id": checked.publisher.id, "ok": works, "verified": checked.publisher.verified, "listings": lists}


def _mark(path: Path) -> None:
    today = f'verified = "{datetime.now(UTC).date()}"'
    text = path.read_text("utf-8")
    marked = _VERIFIED.sub(today, text, count=1)
    path.write_text(marked if _VERIFIED.search(text) else f"{today}\n{text}", "utf-8")
