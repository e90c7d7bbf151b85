"""Pointers to releases: ``latest``, which every release moves, and ``stable``, which a person moves after a look.

A pointer is a relative link that is swapped in one step, so there is no moment without it and none in which it leads
nowhere.
"""

from __future__ import annotations

from pathlib import Path

from qzetl.dataset.catalogue import RELEASES, STABLE, Release, show_release
from qzetl.dataset.files import sync_path
from qzetl.dataset.lock import locked
from qzetl.dataset.verify import verify_release
from qzetl.errors import ReleaseError

__all__ = ["clear_pointers", "point", "promote"]

_LOCK = ".lock"


def point(output: Path, name: str, version: str) -> None:
    """Make the pointer `name` name the release `version`."""
    pointer = output / f".{name}-next"
    pointer.symlink_to(Path(RELEASES, version), target_is_directory=True)
    pointer.replace(output / name)
    sync_path(output)


def clear_pointers(output: Path) -> None:
    """Remove what a killed process left of swapping a pointer."""
    for pointer in output.glob(".*-next"):
        pointer.unlink()


def promote(output: Path, version: str) -> Release:
    """Make ``stable`` name the release `version` (``latest`` for the newest), after verifying it once more.

    Raises `ReleaseError` where it is not there or not sound.
    """
    release = show_release(output, version)
    if problems := verify_release(release.path):
        msg = f"{release.path} is not sound ({'; '.join(problems[:5])}); stable stays where it is"
        raise ReleaseError(msg)
    with locked(output / _LOCK):
        clear_pointers(output)
        point(output, STABLE, release.version)
    return release
