"""What a run is asked for and what it answers: counts of every input and its fate, and what was published.

The same report ends `qzetl run`, `make run` and a Prefect flow, and is kept in the internal table `runs`.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import polars as pl

    from qzetl.dataset.contract import Contract
    from qzetl.dataset.release import Publication

__all__ = [
    "READ",
    "Problem",
    "Processed",
    "PublisherReport",
    "RunReport",
    "RunRequest",
    "Step",
    "is_own_file",
    "run_rows",
    "summary",
    "total",
]

Step = Callable[[str, int, int], None]
"""Told of progress: what is being done, how many are done, how many there are (0: not known)."""

READ = frozenset({"article", "no-figures", "further-page"})
"""The fates of a capture that was read: with figures in its text, without any, or as part of another's article."""

_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_TOLD: Final = ("articles", "observations", "series", "happenings", "rejects")
_MOST_PROBLEMS: Final = 20  # lines of a summary; the report itself holds them all


def is_own_file(uri: str) -> bool:
    """Tell whether a URI names a file that the user gave, and not a page on the web or in a WARC file."""
    return uri.startswith("file:")


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a run is to look at.

    `inputs` are own files; `publishers` are ids; neither of both means every configured publisher. `since` and
    `until` are days, both included, by which publishers list their articles; None leaves that end open. `kind` is
    ``run``, or ``backfill`` for one that carries out a plan.
    """

    inputs: tuple[Path, ...] = ()
    publishers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    kind: str = "run"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be done: where, its named outcome, and what to do about it.

    `asked` is True where it was asked for by name (a file, a publisher's list); then the run has failed in part. A
    page that a publisher lists but does not deliver, or that holds no article, is none of that.
    """

    where: str
    outcome: str
    message: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Processed:
    """What became of one partition: rows stored, captures by fate, rows rejected by rule, what could not be read."""

    publisher: str
    day: date
    articles: int
    observations: int
    rejected: Mapping[str, int]
    fates: Mapping[str, int]
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class PublisherReport:
    """What one run did for one publisher.

    `looked` says whether all of its lists were read, `since` from which day on where the run made up for days missed.
    `fetched` counts new and changed pages, `failed` what was not collected or not read; `articles`, `observations`
    and `rejects` are rows of the partitions looked at. `seconds` is the time spent on it, waiting included.
    """

    looked: bool
    since: date | None
    fetched: int
    failed: int
    articles: int
    observations: int
    rejects: int
    seconds: float


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one run did.

    `collected` counts pages, files and lists by the outcome of collecting, `read` captures by the fate of reading,
    `rejected` rows by the rule that they broke. `articles` and `observations` are rows of the partitions looked at;
    `unchanged` of these partitions stood as they were and were not processed again.
    """

    run_id: str
    started: datetime
    finished: datetime
    request: RunRequest
    collected: Mapping[str, int]
    partitions: int
    read: Mapping[str, int]
    articles: int
    observations: int
    rejected: Mapping[str, int]
    problems: tuple[Problem, ...]
    published: Publication | None
    publishers: Mapping[str, PublisherReport] = field(default_factory=dict)
    unchanged: int = 0

    @property
    def ok(self) -> bool:
        """Whether everything that was asked for was done."""
        return not any(problem.asked for problem in self.problems)

    @property
    def state(self) -> str:
        """``done``; ``problems`` where something asked for was not done; ``failed`` where nothing of it was."""
        if self.ok:
            return "done"
        return "problems" if self.articles or any(each.looked for each in self.publishers.values()) else "failed"

    def as_json(self) -> dict[str, object]:
        """Return the report as what JSON can say; days and moments in ISO 8601, paths as text."""
        return {"ok": self.ok, "state": self.state, **{key: _plain(value) for key, value in asdict(self).items()}}


def total(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Add counts up, by name, the names sorted."""
    added: Counter[str] = Counter()
    for each in counts:
        added.update(each)
    return dict(sorted(added.items()))


def run_rows(report: RunReport, contract: Contract) -> pl.DataFrame:
    """Return the run's row of the internal table `runs`."""
    import polars as pl

    said = report.as_json()
    published = report.published
    row = {
        "run_id": report.run_id,
        "day": report.started.astimezone(_SHANGHAI).date(),
        "started": report.started,
        "finished": report.finished,
        "state": report.state,
        "release": published.release.version if published and published.new else None,
        "request": json.dumps(said.pop("request"), ensure_ascii=False),
        "report": json.dumps(said, ensure_ascii=False),
    }
    return pl.DataFrame([row], schema=contract.table("runs").schema)


def summary(report: RunReport) -> str:
    """Say in a few lines what was published, where, how to look at it, what was rejected and what was not done."""
    return "\n".join(_lines(report))


def _lines(report: RunReport) -> Iterator[str]:
    if report.published is None:
        yield "Nothing published: the store holds no article yet."
    else:
        yield from _release_lines(report.published)
    yield f"  this run  {_counted(report.collected)}; read: {_counted(report.read)}"
    yield f"  rejected  {_counted(report.rejected)}{' (see rejects.csv)' if report.rejected else ''}"
    told = sorted(report.problems, key=lambda problem: not problem.asked)
    yield from (f"  {'not done' if p.asked else 'note':<9} {p.outcome}: {p.message}" for p in told[:_MOST_PROBLEMS])
    if (more := len(told) - _MOST_PROBLEMS) > 0:
        yield f"  … and {more} more; the run's report has them all (qzetl run --json)"


def _release_lines(published: Publication) -> Iterator[str]:
    release = published.release
    latest = release.path.parent.parent / "latest"
    said = "Published release" if published.new else "Nothing new since release"
    yield f"{said} {release.version}: {', '.join(f'{release.rows[table]:,} {table}' for table in _TOLD)}."
    yield f"  where     {release.path}, to which {latest} points"
    yield f"  look      {_command()} show latest, or open {latest / 'series.csv'}; queries in {latest / 'README.md'}"


def _command() -> str:
    """Return how the command is called from here: by name, or by its path in an environment that is not active."""
    beside = Path(sys.executable).with_name("qzetl")
    if shutil.which("qzetl") or not beside.exists():
        return "qzetl"
    return str(beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else beside)


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items()) or "nothing"


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value
