"""A release that is still being written, and the seam at which further files join it.

A room further right adds files (metadata for machines, pages for people) without this room knowing of it: it defines
a companion, a function that takes the `Draft` and writes below `draft.folder`, and `qzetl.pipeline.COMPANIONS` names
it. What a companion must keep to:

- It is called after every data file, datapackage.json and README.md stand, and before SHA256SUMS is written and the
  release verified. What it writes is sealed with them and counts as the release's own from then on.
- It is a pure function of the draft: no clock, no network, no environment, no absolute path, no set or thread whose
  order is chance. Built again from the same store the bytes must be the same.
- It only adds. The data files and datapackage.json are as they are; a file that is there already is another's.
- It raises `ReleaseError` where it cannot do its work; then nothing is published.

Companions run in the order in which they are named, and a later one finds the files of an earlier one. They do not
decide whether there is anything new: a release is new where a table or a code list has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from qzetl.dataset.checks import Check
from qzetl.dataset.contract import Contract
from qzetl.dataset.datapackage import Written

__all__ = ["Companion", "Draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a release before it is sealed.

    `folder` is where it is being built (under another name than its last). `tables` holds every table of the release
    by name, code lists too, with the contract's columns, in its order; they are the rows of the files. `files` are
    the data files with rows, bytes and SHA-256, `package` is datapackage.json as written, `checks` what was checked.
    `revision` is the git commit of the code, None where it is not known.
    """

    folder: Path
    version: str
    revision: str | None
    contract: Contract
    tables: Mapping[str, pl.DataFrame]
    files: tuple[Written, ...]
    package: Mapping[str, Any]
    checks: tuple[Check, ...]


Companion = Callable[[Draft], None]
"""Writes further files of a release; see the module."""
