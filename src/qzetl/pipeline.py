"""The stages as plain functions over partitions, and `run`, which puts them in order; flows/ and the CLI call these.

collect → read → extract → validate → store → derive (series) → publish (release). This is the one place where rooms
are joined. A partition is (publisher, day): doing one again replaces its rows and no others, and the same archive
gives the same rows. What cannot be done is a `Problem` with a name; it stops nothing else.
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from secrets import token_hex

import polars as pl

from qzetl.collect.archive import Archive
from qzetl.collect.capture import Capture, day_of
from qzetl.collect.http import Fetcher
from qzetl.collect.outcome import CollectReport, Outcome
from qzetl.collect.publisher import INPUT, Publisher, load_publishers
from qzetl.collect.stage import Tell, collect_inputs, collect_publisher
from qzetl.collect.wanted import Wanted
from qzetl.dataset.assembly import derive_tables
from qzetl.dataset.cards.written import write_cards
from qzetl.dataset.contract import Contract
from qzetl.dataset.coverage import coverage_rows
from qzetl.dataset.draft import Companion
from qzetl.dataset.partitions import unfinished, writing_partition
from qzetl.dataset.quality import write_quality
from qzetl.dataset.release import Publication, build_release
from qzetl.dataset.rows import Reading, article_rows, observation_rows, publisher_rows, text_rows
from qzetl.dataset.store import Partition, Store
from qzetl.dataset.validate import validate
from qzetl.errors import InputError, QzetlError, UsageError
from qzetl.extract import Document, Lexicon, home_area
from qzetl.extract import extract as find_mentions
from qzetl.fates import Tally, by_publisher, covered_days, failures, touched_partitions
from qzetl.history import looked_until, missed_since, past_runs
from qzetl.ledger import Done, code_digest, inputs_digest, read_ledger, remember
from qzetl.operations.staging import finish_swaps
from qzetl.read.article import Article
from qzetl.read.paging import join_pages
from qzetl.read.stage import further_pages, read_capture
from qzetl.report import Problem, Processed, RunReport, RunRequest, Step, is_own_file, run_rows, total
from qzetl.settings import Settings, schemas_dir
from qzetl.site.build import write_site

__all__ = [
    "COMPANIONS",
    "Collected",
    "Due",
    "Rooms",
    "archived",
    "code_revision",
    "collect",
    "collect_files",
    "conclude",
    "derive",
    "document_of",
    "due",
    "extract",
    "lookups",
    "no_inputs",
    "not_collected",
    "process",
    "publish",
    "read",
    "release",
    "replay",
    "run",
    "tally_of",
    "uncollected",
    "validate_and_store",
]

COMPANIONS: tuple[Companion, ...] = (write_quality, write_cards, write_site)
"""What writes further files into every release, in this order; the rules for it stand in `qzetl.dataset.draft`."""

_DATED_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Collected:
    """What collecting from one publisher came to, from which day on, and the seconds that it took."""

    publisher: str
    since: date | None
    report: CollectReport
    seconds: float


@dataclass(frozen=True, slots=True)
class Due:
    """Partitions to process, the results of those that stand as they are, and failures of collecting known before."""

    partitions: list[Partition]
    standing: list[Processed]
    known: dict[Partition, Counter[str]]


@dataclass(frozen=True, slots=True)
class Rooms:
    """What every stage needs, read once: settings, publishers, the contract, and the store."""

    settings: Settings
    publishers: dict[str, Publisher]
    contract: Contract
    store: Store

    @classmethod
    def open(cls, settings: Settings) -> Rooms:
        """Read it all; raises `SettingsError` or `SchemaError` naming the file that is wrong."""
        contract = Contract.load(schemas_dir())
        return cls(
            settings=settings,
            publishers=load_publishers(settings.publishers),
            contract=contract,
            store=Store(settings.store, contract),
        )

    @property
    def lexicon(self) -> Lexicon:
        """The lexicons, loaded when something is extracted for the first time: a run with nothing new needs none."""
        return _lexicon()

    def known(self, publishers: Iterable[str] = ()) -> list[str]:
        """Return the ids of `publishers`, of all that are configured where none is named; raises `UsageError`."""
        known = [name for name in self.publishers if name != INPUT.id]
        if unknown := sorted(set(publishers) - set(known)):
            names = ", ".join(known) or f"none in {self.settings.publishers}"
            msg = f"no publisher is called {', '.join(unknown)}; known are {names}"
            raise UsageError(msg)
        return sorted(set(publishers)) or known

    def wanted(self, request: RunRequest) -> list[str]:
        """Return the publishers that `request` means, after checking all of it; raises `UsageError`."""
        if request.since and request.until and request.since > request.until:
            msg = f"since {request.since} is after until {request.until}; give the earlier day as since"
            raise UsageError(msg)
        known = self.known(request.publishers)
        if request.publishers or not request.inputs:
            return known
        if request.since or request.until:
            msg = "since and until choose from publishers' lists; own files are always taken whole, so leave them out"
            raise UsageError(msg)
        return []


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load(schemas_dir() / "codelists")


def lookups(rooms: Rooms, request: RunRequest, today: date | None = None) -> dict[str, RunRequest]:
    """Return, for each publisher that `request` means, what to ask its lists for; raises `UsageError` as `wanted` does.

    Without a range it is what they list now, and all since the last scheduled run where days were missed.
    """
    wanted = rooms.wanted(request)
    if not wanted or request.since or request.until:
        return dict.fromkeys(wanted, request)
    until = looked_until(past_runs(rooms.store))
    today = today or day_of(datetime.now(UTC))
    return {name: replace(request, since=missed_since(until.get(name), today)) for name in wanted}


def collect(rooms: Rooms, publisher: str, request: RunRequest, tell: Tell | None = None) -> Collected:
    """Archive what one publisher lists in the range of days asked for; what stops it is an outcome too."""
    settings, asked = rooms.settings, rooms.publishers[publisher]
    turns = settings.home / "turns"
    began = time.monotonic()
    try:
        with (
            Archive(settings.archive) as archive,
            Fetcher(settings.connect_to, settings.contact, turns=turns) as fetcher,
        ):
            report = collect_publisher(
                asked,
                archive,
                fetcher,
                request.since,
                request.until,
                publishers=rooms.publishers,
                follow=further_pages,
                tell=tell,
            )
    except QzetlError as error:
        return not_collected(rooms, publisher, request, str(error))
    return Collected(publisher, request.since, report, time.monotonic() - began)


def not_collected(rooms: Rooms, publisher: str, request: RunRequest, reason: str) -> Collected:
    """Return what stands for collecting that came to nothing: the failure of the publisher's first list."""
    asked = rooms.publishers[publisher]
    where = asked.listings[0].where if asked.listings else asked.home
    outcome = Outcome(publisher, day_of(datetime.now(UTC)), where, "not-collected", f"{publisher}: {reason}")
    return Collected(publisher, request.since, CollectReport([outcome]), 0.0)


def collect_files(
    rooms: Rooms, request: RunRequest, tell: Tell | None = None, *, wanted: Wanted | None = None
) -> CollectReport:
    """Archive the user's own files, of WARC files what is `wanted`; new files are dated by the moment of the call."""
    with Archive(rooms.settings.archive) as archive:
        now = datetime.now(UTC)
        return collect_inputs(request.inputs, archive, rooms.publishers, now, tell=tell, wanted=wanted)


def due(rooms: Rooms, touched: Collection[Partition], publishers: Iterable[str]) -> Due:
    """Return what is to be processed: of the partitions touched, and of all that `publishers` have in the archive.

    A partition touched stands where its captures, its publisher's file and the code are those that made its rows. One
    that was not touched is due where its captures were never processed, or its rows were being written, when a run
    was killed.
    """
    finish_swaps(rooms.store, rooms.settings.home)
    ledger, half_written = read_ledger(rooms.store), set(unfinished(rooms.store))
    inputs = archived(rooms, {name for name, _ in touched} | set(publishers))
    covered = set(rooms.store.partitions("coverage"))
    wanted: list[Partition] = []
    standing = [_before(done) for key, done in ledger.items() if key not in covered and key not in touched]
    for partition in sorted({*touched, *inputs, *half_written}):
        known, found = ledger.get(partition), inputs.get(partition, no_inputs(rooms, partition[0]))
        whole = known is not None and known.inputs == found and partition not in half_written
        if known and whole and (partition not in touched or known.code == code_digest()):
            standing += [_before(known)] if partition in touched else []
        else:
            wanted.append(partition)
    return Due(wanted, standing, uncollected(rooms.store, ledger))


def _before(done: Done) -> Processed:
    """Return the result of a partition that took no time in this run."""
    return replace(done.result, seconds=0.0)


def archived(rooms: Rooms, publishers: Iterable[str]) -> dict[Partition, str]:
    """Return the partitions of which the archive holds captures, with the digest of what they are made from."""
    with Archive(rooms.settings.archive) as archive:
        return {
            (name, day): inputs_digest(entries, rooms.publishers[name])
            for name in publishers
            if name in rooms.publishers
            for day, entries in archive.contents(name).items()
        }


def no_inputs(rooms: Rooms, publisher: str) -> str:
    """Return the digest of a partition of which the archive holds nothing."""
    return inputs_digest((), rooms.publishers[publisher])


def uncollected(store: Store, ledger: Mapping[Partition, Done]) -> dict[Partition, Counter[str]]:
    """Return the failures of collecting that the coverage tells of; those of reading are told by each reading anew."""
    rows = store.read("coverage").filter(pl.col("n_failed") > 0).select("publisher", "day", "failures").collect()
    read_before = {partition: Counter(done.result.fates) for partition, done in ledger.items()}
    return {
        (publisher, day): Counter(json.loads(told)) - read_before.get((publisher, day), Counter())
        for publisher, day, told in rows.iter_rows()
    }


def process(rooms: Rooms, publisher: str, day: date) -> Processed:
    """Read, extract, validate and store one partition from the archive, in place of the rows that it had.

    Where another run archives more of it meanwhile, it is done again: whoever writes last has seen all that there is.
    What keeps it from being done at all is a problem that was asked for; its rows then stay as they are.
    """
    try:
        result, inputs = _processed(rooms, publisher, day)
        while archived(rooms, [publisher]).get((publisher, day), no_inputs(rooms, publisher)) != inputs:
            result, inputs = _processed(rooms, publisher, day)
        remember(rooms.store, Done(inputs, code_digest(), result))
    except QzetlError as error:
        where = f"{publisher} {day}"
        problem = Problem(where, "not-processed", f"{where} was not processed: {error}", asked=True)
        result = Processed(publisher, day, 0, 0, {}, {"not-processed": 1}, (problem,))
    return result


def _processed(rooms: Rooms, publisher: str, day: date) -> tuple[Processed, str]:
    """Process a partition once; return what became of it, and the digest of what it was made from."""
    began = time.monotonic()
    with Archive(rooms.settings.archive) as archive:
        inputs = inputs_digest(archive.contents(publisher).get(day, []), rooms.publishers[publisher])
        articles, problems, further = read(archive.captures(publisher, day))
    readings = [extract(rooms, capture, article) for capture, article in articles]
    stored = validate_and_store(rooms, (publisher, day), readings)
    problems += [_without_figures(reading) for reading in readings if not _has_figures(reading)]
    fates = Counter(problem.outcome for problem in problems)
    fates += Counter({"article": sum(map(_has_figures, readings)), "further-page": further})
    seconds = round(time.monotonic() - began, 3)
    told = replace(stored, fates=dict(sorted(fates.items())), problems=tuple(problems), seconds=seconds)
    return told, inputs


def _has_figures(reading: Reading) -> bool:
    return any(mention.role == "quantity" for mention in reading.mentions)


def _without_figures(reading: Reading) -> Problem:
    """Say that an article was read and kept, but states nothing; the reader of the report may have expected more."""
    uri = reading.capture.uri
    return Problem(uri, "no-figures", f"{uri} was read, but states no figure; see that its text is whole", asked=False)


def replay(rooms: Rooms, partitions: Sequence[Partition], step: Step) -> list[Processed]:
    """Process partitions again from the archive, and bring what follows from them up to date; nothing is published."""
    started, processed = datetime.now(UTC), []
    known = uncollected(rooms.store, read_ledger(rooms.store))
    for number, (publisher, day) in enumerate(partitions):
        step(f"{publisher} {day}", number, len(partitions))
        processed.append(process(rooms, publisher, day))
    derive(rooms, Tally(RunRequest(), started, [], processed, known=known))
    return processed


def read(captures: Iterable[Capture]) -> tuple[list[tuple[Capture, Article]], list[Problem], int]:
    """Read every capture, and join those that are pages of one article under the first of them.

    Returns the articles, what holds none or is not whole, and how many captures were joined to another.
    """
    read_: list[tuple[Capture, Article]] = []
    problems = []
    for capture in captures:
        try:
            article = read_capture(capture)
        except InputError as error:
            problems.append(Problem(capture.uri, error.outcome, str(error), asked=is_own_file(capture.uri)))
        else:
            read_.append((capture, _dated(capture, article)))
    articles = list(join_pages(read_))
    problems += [_unfinished(article) for _, article in articles if article.continues]
    return articles, problems, len(read_) - len(articles)


def _unfinished(article: Article) -> Problem:
    """Say that an article was read and kept, but goes on where nothing was collected."""
    message = f"{article.uri} goes on at {article.continues}, which the archive has not; only its first part is read"
    return Problem(article.uri, "incomplete", message, asked=False)


def _dated(capture: Capture, article: Article) -> Article:
    """Date an article whose page names no date by its publisher's list, or by the name of the user's file.

    A day that is only that of retrieval says nothing of publication; no date is better than a wrong one.
    """
    if article.published is not None:
        return article
    day = None
    if is_own_file(capture.uri):
        written = _DATED_NAME.search(capture.uri.rpartition("/")[2])
        day = _day("-".join(written.group(1, 3, 4))) if written else None
    elif capture.publisher != INPUT.id and capture.day != day_of(capture.retrieved):
        day = capture.day
    return replace(article, published=day.isoformat()) if day else article


def _day(published: str | None) -> date | None:
    """Return the day in Asia/Shanghai; None for no date, or for what is none (validation rejects that by name)."""
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return day_of(moment) if moment.tzinfo else moment.date()


def extract(rooms: Rooms, capture: Capture, article: Article) -> Reading:
    """Find every number in an article."""
    document = document_of(capture, article, rooms.publishers, rooms.lexicon)
    return Reading(capture, article, document.area, find_mentions(document, rooms.lexicon))


def document_of(capture: Capture, article: Article, publishers: Mapping[str, Publisher], lexicon: Lexicon) -> Document:
    """Return what extraction needs of an article; its own area is its publisher's, else its file's, else its text's."""
    publisher = publishers.get(capture.publisher, INPUT)
    area = publisher.area or article.area or home_area(article.title, article.text, lexicon)
    return Document(
        doc=capture.uri, text=article.text, title=article.title, published=_day(article.published), area=area
    )


def validate_and_store(rooms: Rooms, partition: Partition, readings: Sequence[Reading]) -> Processed:
    """Check the rows of one partition against the contract and put them, and the rejects, in place of its old ones."""
    contract, publishers = rooms.contract, publisher_rows(rooms.publishers.values(), rooms.contract)
    related = {"publishers": publishers}
    rejects = []
    valid = {}
    for table, rows in (("articles", article_rows), ("texts", text_rows), ("observations", observation_rows)):
        checked = validate(table, rows(readings, contract), contract, related)
        valid[table] = related[table] = checked.valid
        rejects.append(checked.rejects)
    valid["rejects"] = pl.concat(rejects)
    with writing_partition(rooms.store, *partition):
        for table, frame in valid.items():
            rooms.store.replace(table, *partition, frame)
    rules = dict(sorted(Counter(valid["rejects"]["rule"]).items()))
    return Processed(*partition, valid["articles"].height, valid["observations"].height, rules, {})


def tally_of(
    request: RunRequest,
    started: datetime,
    visits: Sequence[Collected],
    files: Sequence[CollectReport],
    done: tuple[Due, Sequence[Processed]],
) -> Tally:
    """Put together what a run has done; `done` is what was due and what came of it."""
    found, processed = done
    return Tally(
        request=request,
        started=started,
        reports=[*files, *(visit.report for visit in visits)],
        processed=sorted((*found.standing, *processed), key=lambda part: (part.publisher, part.day)),
        since={visit.publisher: visit.since for visit in visits if visit.since and not request.since},
        seconds={visit.publisher: visit.seconds for visit in visits},
        unchanged=len(found.standing),
        known=found.known,
    )


def derive(rooms: Rooms, tally: Tally) -> dict[str, int]:
    """Bring what follows from the partitions up to date: publishers, coverage, series, vintages, happenings.

    Returns the rows of each derived table. The table of publishers holds those that were ever looked at, as its rows
    are what articles refer to.
    """
    store, contract = rooms.store, rooms.contract
    covered = covered_days(tally, set(store.partitions("articles")))
    looked_at = publisher_rows((rooms.publishers[name] for name in {each.publisher for each in covered}), contract)
    store.merge("publishers", validate("publishers", looked_at, contract).valid)
    rows = validate("coverage", coverage_rows(covered, contract), contract).valid
    store.replace_partitions("coverage", [(each.publisher, each.day) for each in covered], rows)
    return derive_tables(store)


def publish(rooms: Rooms) -> Publication | None:
    """Publish a release of the store if anything is new; None where the store has never held an article."""
    finish_swaps(rooms.store, rooms.settings.home)
    if not rooms.store.partitions("articles"):
        return None
    return release(rooms.store, rooms.settings.output)


def release(store: Store, output: Path, accept_loss: str | None = None) -> Publication:
    """Make a release of `store` under `output` as `dataset.release` does, with everything that belongs into one."""
    return build_release(store, output, code_revision(), COMPANIONS, accept_loss=accept_loss)


def conclude(rooms: Rooms, tally: Tally, published: Publication | None) -> RunReport:
    """Put the run's report together and keep it in the table `runs`."""
    reports, processed = tally.reports, tally.processed
    report = RunReport(
        run_id=f"{tally.started:%Y%m%dT%H%M%SZ}-{token_hex(3)}",
        started=tally.started,
        finished=datetime.now(UTC),
        request=tally.request,
        collected=total(each.counts for each in reports),
        partitions=len(processed),
        read=total(part.fates for part in processed),
        articles=sum(part.articles for part in processed),
        observations=sum(part.observations for part in processed),
        rejected=total(part.rejected for part in processed),
        problems=(*failures(reports, rooms.publishers), *(p for part in processed for p in part.problems)),
        published=published,
        publishers=by_publisher(tally, rooms.publishers),
        unchanged=tally.unchanged,
    )
    rooms.store.merge("runs", run_rows(report, rooms.contract))
    return report


def run(settings: Settings, request: RunRequest, step: Step = lambda _what, _done, _total: None) -> RunReport:
    """Run every stage in order, in this process; `step` is told of progress.

    Raises `UsageError` before anything is done where `request` asks for what cannot be, and `QzetlError` where the
    archive, the store or the release cannot be written; single inputs that fail are in the report.
    """
    started = datetime.now(UTC)
    rooms = Rooms.open(settings)
    asked = lookups(rooms, request)
    files = [collect_files(rooms, request, _tell(step, "own files"))] if request.inputs else []
    visits = [collect(rooms, name, each, _tell(step, name)) for name, each in asked.items()]
    found = due(rooms, touched_partitions([*files, *(visit.report for visit in visits)]), asked)
    processed = []
    for number, (publisher, day) in enumerate(found.partitions):
        step(f"{publisher} {day}", number, len(found.partitions))
        processed.append(process(rooms, publisher, day))
    step("series and release", len(found.partitions), len(found.partitions))
    tally = tally_of(request, started, visits, files, (found, processed))
    derive(rooms, tally)
    return conclude(rooms, tally, publish(rooms))


def code_revision() -> str | None:
    """Return the git commit of this code, with ``-dirty`` where files differ from it; None outside a checkout."""
    here = Path(__file__).resolve()
    tracked = ["git", "-C", str(here.parent), "ls-files", "--error-unmatch", here.name]
    describe = ["git", "-C", str(here.parent), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        subprocess.run(tracked, check=True, capture_output=True)
        return subprocess.run(describe, check=True, capture_output=True, text=True).stdout.strip() or None
    except (OSError, subprocess.CalledProcessError):
        return None


def _tell(step: Step, what: str) -> Tell:
    counter = count(1)
    return lambda _outcome: step(what, next(counter), 0)
