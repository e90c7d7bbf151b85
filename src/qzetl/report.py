"""What a run is asked for and what it answers: counts of every input and its fate, and what was published.

The same report ends `qzetl run`, `make run` and a Prefect flow, and is kept in the internal table `runs`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

__all__ = ["Problem", "Processed", "Publication", "RunReport", "RunRequest", "is_own_file"]


def is_own_file(uri: str) -> bool:
    """Tell whether a URI names a file that the user gave, and not a page on the web or in a WARC file."""
    return uri.startswith("file:")


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a run is to look at.

    `inputs` are own files; `publishers` are ids, none of either meaning every configured publisher. `since` and
    `until` are days, both included, by which publishers list their articles; None leaves that end open.
    """

    inputs: tuple[Path, ...] = ()
    publishers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be done: where, its named outcome, and what to do about it.

    `asked` is True where it was asked for by name (a path, a publisher) or its bytes are lost; then the run has
    failed in part. A page that a publisher lists but does not deliver, or that holds no article, is none of that.
    """

    where: str
    outcome: str
    message: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Processed:
    """What became of one partition (publisher, day): counts of rows, fates of captures by name, problems."""

    publisher: str
    day: date
    articles: int
    observations: int
    rejects: int
    fates: Mapping[str, int]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """The release that stands after a run; `new` is False where nothing had changed since it was made."""

    version: str
    path: Path
    new: bool
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one run did. `looked_at` counts inputs by outcome of collecting, `read` captures by outcome of reading."""

    run: str
    started: datetime
    finished: datetime
    looked_at: Mapping[str, int]
    read: Mapping[str, int]
    rejected: Mapping[str, int]
    articles: int
    observations: int
    problems: tuple[Problem, ...] = field(default=())
    publication: Publication | None = None

    @property
    def ok(self) -> bool:
        """Whether everything that was asked for was done."""
        return not any(problem.asked for problem in self.problems)
