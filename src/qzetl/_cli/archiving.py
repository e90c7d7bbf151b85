"""`qzetl archive verify`, `reindex`, `find`: whether the archive is whole, its index made anew, and where bytes lie."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import App, Parameter

from qzetl._cli.terminal import progress, say, write_json
from qzetl.settings import Settings

__all__ = ["archive"]

archive = App(name="archive", help="Look after the archive of pages and files as they came.", help_format="markdown")
_MOST_TOLD = 50  # faults that are printed; --json tells all


@archive.command
def verify(*, json: Annotated[bool, Parameter(negative=())] = False) -> int:
    """Read every file of the archive, check it against its digests and the index, and tell each fault.

    Exit code 1 where there is one. A body that is there twice is told, and is none. Runs may go on meanwhile.

    Parameters
    ----------
    json:
        Write what was found as one JSON object.
    """
    from dataclasses import asdict

    from qzetl.collect.archive import Archive
    from qzetl.collect.verify import verify_archive

    with Archive(Settings.load().archive) as opened, progress() as step:
        found = verify_archive(opened, lambda done, files: step("verifying", done, files))
    if json:
        write_json({"ok": found.ok, **asdict(found)})
        return int(not found.ok)
    for fault in found.faults[:_MOST_TOLD]:
        say(f"{fault.name:<13} {fault.message}", sys.stdout)
    if (more := len(found.faults) - _MOST_TOLD) > 0:
        say(f"… and {more} more (--json tells all)", sys.stdout)
    looked = f"{found.files:,} files, {found.records:,} records, {found.captures:,} captures, {found.size:,} bytes"
    say(f"{'whole' if found.ok else 'NOT whole'}: {looked}", sys.stdout)
    if any(fault.name in {"not-indexed", "no-record", "other-record"} for fault in found.faults):
        say("qzetl: the index does not fit the files; make it anew with qzetl archive reindex")
    return int(not found.ok)


@archive.command
def reindex() -> int:
    """Make the index anew from the WARC files, which are what counts. No run may be under way."""
    from qzetl.collect.archive import Archive

    with Archive(Settings.load().archive) as opened:
        say(f"{opened.reindex():,} captures in the index", sys.stdout)
    return 0


@archive.command
def find(name: str, /) -> int:
    """Tell where the bytes of a page or file lie: WARC file, offset of the record, and when it was retrieved.

    Exit code 1 where the archive has none.

    Parameters
    ----------
    name:
        Its address, or the SHA-256 of its bytes, as the columns `uri` and `digest` of `articles` have them.
    """
    from qzetl.collect.archive import Archive

    with Archive(Settings.load().archive) as opened:
        found = opened.named(name)
        for entry in found:
            say(f"{opened.root / entry.file}:{entry.offset}  {entry.retrieved:%Y-%m-%dT%H:%M:%SZ}  "
                f"{entry.role}  {entry.digest}  {entry.uri}", sys.stdout)  # fmt: skip
    if not found:
        say(f"qzetl: the archive has nothing of {name}; give an article's uri or digest, whole")
    return int(not found)
