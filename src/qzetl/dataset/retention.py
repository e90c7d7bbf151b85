"""Which releases stay: the newest ones, the last of every month, and what a pointer names. The others may go.

Whoever cites a release cites its version, so none goes by itself: `qzetl prune` removes what this module lets go.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from qzetl.dataset.catalogue import LATEST, STABLE, list_releases, pointed
from qzetl.dataset.lock import locked

__all__ = ["KEPT", "expired", "prune"]

KEPT = 30
"""How many of the newest releases stay."""

_LOCK = ".lock"


def expired(output: Path, keep: int = KEPT) -> list[str]:
    """Return the versions that may go, oldest first."""
    versions = [release.version for release in list_releases(output)]
    last_of_month = {version[:7]: version for version in versions}  # YYYY.MM; versions are in order
    kept = {
        *versions[len(versions) - keep :],
        *last_of_month.values(),
        pointed(output, LATEST),
        pointed(output, STABLE),
    }
    return [version for version in versions if version not in kept]


def prune(output: Path, keep: int = KEPT) -> list[str]:
    """Remove the releases that may go, and return their versions; each goes whole, or stays whole if that fails."""
    with locked(output / _LOCK):
        gone = expired(output, keep)
        for version in gone:
            aside = output / ".building"  # a killed run's leftover, which the next run clears
            shutil.rmtree(aside, ignore_errors=True)
            (output / "releases" / version).rename(aside)
            shutil.rmtree(aside)
    return gone
