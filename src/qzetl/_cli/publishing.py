"""`qzetl release`, `releases`, `show`, `publish`: making releases by hand, looking at them, sending them out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from qzetl._cli.terminal import progress, say, write_json
from qzetl.settings import Settings

if TYPE_CHECKING:
    from qzetl.dataset.release import Release

__all__ = ["publish", "release", "releases", "show"]

_AS_JSON = Parameter(negative=())


def release(
    *, accept_loss: Annotated[str | None, Parameter(metavar="REASON")] = None, json: Annotated[bool, _AS_JSON] = False
) -> int:
    """Publish a release of the store as it stands, if anything is new since the latest.

    Parameters
    ----------
    accept_loss:
        Why more rows than usual may go; without it, a release that would lose more than 2 % of a table stops.
    json:
        Write the release as one JSON object, with `new` saying whether it was made now.
    """
    from qzetl.dataset.contract import Contract
    from qzetl.dataset.store import Store
    from qzetl.pipeline import release as make_release
    from qzetl.settings import schemas_dir

    settings = Settings.load()
    store = Store(settings.store, Contract.load(schemas_dir()))
    published = make_release(store, settings.output, accept_loss)
    if json:
        write_json({"new": published.new, **_fields(published.release)})
    else:
        found = published.release
        said = f"Published release {found.version}" if published.new else f"Nothing new: release {found.version} stands"
        say(f"{said} in {found.path}", sys.stdout)
    return 0


def releases(*, json: Annotated[bool, _AS_JSON] = False) -> int:
    """List the releases that are there, oldest first.

    Parameters
    ----------
    json:
        Write one JSON object a line.
    """
    from qzetl.dataset.catalogue import LATEST, STABLE, list_releases, pointed

    output = Settings.load().output
    found = list_releases(output)
    pointers = {name: pointed(output, name) for name in (LATEST, STABLE)}
    for each in found:
        if json:
            write_json({name: each.version == version for name, version in pointers.items()} | _fields(each))
        else:
            mark = "".join(f"  {name}" for name, version in pointers.items() if each.version == version)
            say(f"{each.version:<14} {each.rows.get('observations', 0):>9,} observations{mark}", sys.stdout)
    if not found:
        say(f"qzetl: no releases in {output} yet; make one with qzetl run")
    return 0


def show(release_: Annotated[str, Parameter(metavar="RELEASE")], /, *, json: Annotated[bool, _AS_JSON] = False) -> int:
    """Describe one release: its tables and rows, where it is, which code made it.

    Parameters
    ----------
    release_:
        A version as `qzetl releases` lists them, `latest` or `stable`.
    json:
        Write it as one JSON object.
    """
    from qzetl.dataset.release import show_release

    found = show_release(Settings.load().output, release_)
    if json:
        write_json(_fields(found))
        return 0
    say(f"release   {found.version}\nwhere     {found.path}\ncode      {found.revision or 'not known'}", sys.stdout)
    say(f"content   sha256:{found.content}\nsize      {found.size:,} bytes", sys.stdout)
    for table, rows in found.rows.items():
        say(f"  {table:<14} {rows:>9,} rows", sys.stdout)
    return 0


def publish(
    release_: Annotated[str, Parameter(metavar="RELEASE")] = "latest",
    /,
    *,
    to: Annotated[str, Parameter(metavar="URL")],
    back: Annotated[bool, Parameter(negative=())] = False,
    json: Annotated[bool, _AS_JSON] = False,
) -> int:
    """Upload a release to an object store, verify it there, and point to it.

    Parameters
    ----------
    release_:
        A version as `qzetl releases` lists them, or `latest`.
    to:
        Where to: `s3://bucket/prefix` (or `gs://`, `az://`); credentials come from the environment (`AWS_…`).
    back:
        Let the pointer go to an older release than it names now.
    json:
        Write what was done as one JSON object.
    """
    from dataclasses import asdict

    from qzetl.dataset.release import show_release
    from qzetl.dataset.upload import upload_release

    found = show_release(Settings.load().output, release_)
    with progress() as step:
        done = upload_release(found.path, to, back=back, step=step)
    if json:
        write_json(asdict(done))
    else:
        pointed = "is now the latest there" if done.pointed else "was the latest there already"
        say(f"Published release {done.version} to {done.url}: {done.put} files put, {done.found} there", sys.stdout)
        say(f"  it {pointed}", sys.stdout)
    return 0


def _fields(found: Release) -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(found), "path": str(found.path)}
