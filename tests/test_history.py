"""How far each publisher was looked at, as the reports of earlier runs tell."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from qzetl.dataset.contract import Contract
from qzetl.dataset.store import Store
from qzetl.history import looked_until, missed_since, past_runs
from qzetl.report import PublisherReport, RunReport, RunRequest, run_rows

TODAY = date(2024, 3, 10)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, Contract.load())


def ran(store: Store, day: int, request: RunRequest | None = None, **looked: bool) -> None:
    moment = datetime(2024, 3, day, 1, tzinfo=UTC)
    report = RunReport(
        run_id=f"run-{day}-{request}", started=moment, finished=moment, request=request or RunRequest(), collected={},
        partitions=0, read={}, articles=0, observations=0, rejected={}, problems=(), published=None,
        publishers={name: PublisherReport(was, None, 0, 0, 0, 0, 0, 0.0) for name, was in looked.items()},
    )  # fmt: skip
    store.merge("runs", run_rows(report, store.contract))


def test_the_last_run_that_read_all_lists_counts(store: Store) -> None:
    ran(store, 3, gov=True, news=True)
    ran(store, 5, gov=True, news=False)

    assert looked_until(past_runs(store)) == {"gov": date(2024, 3, 5), "news": date(2024, 3, 3)}


@pytest.mark.parametrize(
    "request_", [RunRequest(since=date(2024, 2, 1)), RunRequest(until=TODAY), RunRequest(kind="backfill")]
)
def test_a_backfill_or_a_range_of_days_moves_nothing(store: Store, request_: RunRequest) -> None:
    ran(store, 3, gov=True)
    ran(store, 9, request_, gov=True)

    assert looked_until(past_runs(store)) == {"gov": date(2024, 3, 3)}


@pytest.mark.parametrize(
    ("until", "since"),
    [(None, None), (TODAY, None), (date(2024, 3, 9), None), (date(2024, 3, 8), date(2024, 3, 8))],
)
def test_days_missed_are_made_up_for(until: date | None, since: date | None) -> None:
    assert missed_since(until, TODAY) == since


def test_a_store_without_runs_has_no_history(store: Store) -> None:
    assert looked_until(past_runs(store)) == {}
