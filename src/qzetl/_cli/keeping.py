"""`qzetl store compact`, `qzetl prune`, `qzetl promote`, `qzetl schema diff`: keeping store, releases and contract."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from qzetl._cli.terminal import say, write_json
from qzetl.settings import Settings

__all__ = ["promote", "prune", "schema", "store"]

store = App(name="store", help="Look after the working tables.")
schema = App(name="schema", help="Look after the contract.")

_JSON = Parameter(negative=())


@store.command
def compact(
    *,
    keep_days: Annotated[int, Parameter(metavar="DAYS", validator=Number(gte=1))] = 30,
    json: Annotated[bool, _JSON] = False,
) -> int:
    """Make few files of many, and remove those that no table has needed for some days.

    Parameters
    ----------
    keep_days:
        For how many days what the tables said can still be read.
    json:
        Write one JSON object a table.
    """
    from dataclasses import asdict

    from qzetl.dataset.compaction import compact as compact_store
    from qzetl.dataset.contract import Contract
    from qzetl.dataset.store import Store
    from qzetl.settings import schemas_dir

    settings = Settings.load()
    for done in compact_store(Store(settings.store, Contract.load(schemas_dir())), keep_days):
        if json:
            write_json(asdict(done))
        else:
            merged = f"{done.merged:>6,} files made into {done.into:,}" if done.merged else "nothing to merge"
            say(f"{done.table:<14} {merged:>28}, {done.removed:>6,} old files removed", sys.stdout)
    return 0


def prune(
    *,
    keep: Annotated[int, Parameter(metavar="N", validator=Number(gte=1))] = 30,
    dry_run: Annotated[bool, _JSON] = False,
    json: Annotated[bool, _JSON] = False,
) -> int:
    """Remove old releases; the newest, the last of every month, latest and stable stay.

    Parameters
    ----------
    keep:
        How many of the newest stay.
    dry_run:
        Only name what would go.
    json:
        Write the versions as one JSON object.
    """
    from qzetl.dataset.retention import expired
    from qzetl.dataset.retention import prune as remove

    output = Settings.load().output
    gone = expired(output, keep) if dry_run else remove(output, keep)
    if json:
        write_json({"removed": gone, "dry_run": dry_run})
        return 0
    for version in gone:
        say(version, sys.stdout)
    said = f"{'would go' if dry_run else 'removed'}: {len(gone):,}" if gone else "no release is to go"
    say(f"qzetl: {said}")
    return 0


def promote(release: Annotated[str, Parameter(metavar="RELEASE")], /) -> int:
    """Make `stable` name a release, after verifying it once more.

    Parameters
    ----------
    release:
        A version as `qzetl releases` lists them, or `latest`.
    """
    from qzetl.dataset.pointers import promote as make_stable

    output = Settings.load().output
    found = make_stable(output, release)
    say(f"{output / 'stable'} names release {found.version}", sys.stdout)
    return 0


@schema.command
def diff(
    old: Annotated[str, Parameter(metavar="OLD")],
    new: Annotated[str, Parameter(metavar="NEW")] = "current",
    /,
    *,
    json: Annotated[bool, _JSON] = False,
) -> int:
    """Tell what changed between two states of the contract, and which part of its version must grow.

    Parameters
    ----------
    old:
        A release (its version, `latest`, `stable`), a folder of schemas, a release's folder, or `current`.
    new:
        The same; by default the contract of this installation.
    json:
        Write one JSON object a change.
    """
    from dataclasses import asdict

    from qzetl.dataset.compat import compare_contracts, kind_of, load_descriptions

    changes = compare_contracts(*(load_descriptions(_described(each)) for each in (old, new)))
    for change in changes:
        if json:
            write_json(asdict(change))
        else:
            say(f"{change.kind:<6} {change.where}: {change.what}", sys.stdout)
    kind = kind_of(changes)
    say(f"qzetl: a {kind} change of the contract" if kind else "qzetl: the contract is the same")
    return 0


def _described(given: str) -> Path:
    """Return the folder that is meant: of this installation, of the user's, or of a release."""
    from qzetl.dataset.release import show_release
    from qzetl.settings import schemas_dir

    if given == "current":
        return schemas_dir()
    return Path(given) if Path(given).exists() else show_release(Settings.load().output, given).path
