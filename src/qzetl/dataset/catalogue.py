"""The releases under an output folder: ``releases/<version>/``, and links to the ``latest`` and a ``stable`` one.

Releases are only read here; `release` makes them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from qzetl.dataset.verify import PACKAGE
from qzetl.errors import ReleaseError

__all__ = [
    "LATEST",
    "RELEASES",
    "STABLE",
    "Release",
    "latest_release",
    "list_releases",
    "pointed",
    "show_release",
    "version_order",
]

RELEASES = "releases"
LATEST = "latest"
STABLE = "stable"


@dataclass(frozen=True, slots=True)
class Release:
    """A release as it describes itself.

    `content` is SHA-256 over its data files, `revision` the git commit of the code (None where not known), `rows`
    the rows of each table, `size` all files' bytes.
    """

    version: str
    path: Path
    content: str
    revision: str | None
    rows: dict[str, int]
    size: int


def list_releases(output: Path) -> list[Release]:
    """Return the releases under `output`, oldest first; raises `ReleaseError` for one that cannot be read."""
    folder = output / RELEASES
    paths = [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    return [_read(path) for path in sorted(paths, key=lambda path: version_order(path.name))]


def latest_release(output: Path) -> Release | None:
    """Return the release that ``latest`` points to, None where there is none yet."""
    version = pointed(output, LATEST)
    return _read(output / RELEASES / version) if version else None


def pointed(output: Path, name: str) -> str | None:
    """Return the version that the pointer `name` (``latest``, ``stable``) names, None where there is none."""
    link = output / name
    return link.resolve().name if link.is_symlink() and link.is_dir() else None


def show_release(output: Path, version: str = LATEST) -> Release:
    """Return the release `version`, which may be ``latest`` or ``stable``.

    Raises `ReleaseError` saying which there are where it is not there.
    """
    if version in {LATEST, STABLE} and (named := pointed(output, version)):
        return _read(output / RELEASES / named)
    known = [release.version for release in list_releases(output)]
    if version not in known:
        there = f"there are {', '.join(known)}" if known else "there is none yet; make one with qzetl run"
        msg = f"there is no release {version!r} in {output / RELEASES}; {there}"
        raise ReleaseError(msg)
    return _read(output / RELEASES / version)


def version_order(version: str) -> tuple[int, ...]:
    """Return what versions sort by: 2024.2.29.10 comes after 2024.2.29.9. What is no version comes first."""
    parts = version.split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()


def _read(path: Path) -> Release:
    try:
        package = json.loads((path / PACKAGE).read_text("utf-8"))
        return Release(
            version=package["version"],
            path=path,
            content=package["content"].removeprefix("sha256:"),
            revision=package["revision"],
            rows={each["name"]: each["rows"] for each in package["resources"] if each["format"] == "csv"},
            size=sum(file.stat().st_size for file in path.rglob("*") if file.is_file()),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        msg = f"{path} is no readable release ({type(error).__name__}: {error}); remove that folder and release again"
        raise ReleaseError(msg) from error
