"""A real server, work pool, worker and the deployments of prefect.yaml: schedules, backfills, kills, overlaps."""

import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from servers import Prefect, example_site, kill, postgresql, wait_for, write_site

pytestmark = [pytest.mark.ops, pytest.mark.e2e, pytest.mark.slow]

FEBRUARY = {"since": "2024-02-01", "until": "2024-02-29"}


@pytest.fixture(scope="module")
def site(root: Path):
    with example_site(root) as variables:
        yield variables


@pytest.fixture(scope="module")
def prefect(root: Path, site, tmp_path_factory, command_in):
    folder = tmp_path_factory.mktemp("prefect")
    with Prefect(root, folder, command_in(folder).environment | site).running() as running:
        yield running


@pytest.fixture(scope="module")
def worker(prefect):
    with prefect.worker() as running:
        yield running


@pytest.fixture
def daily_from_archive(prefect, worker):  # noqa: ARG001 - it must run
    """A daily run, finished."""
    return prefect.finished(prefect.start("daily/daily"))


def moments(run: dict) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(run["start_time"]), datetime.fromisoformat(run["end_time"])


@pytest.mark.usefixtures("worker")
def test_what_makes_no_sense_fails_within_seconds_and_says_why(prefect) -> None:
    began = time.monotonic()
    turned = {**FEBRUARY, "since": "2024-03-01"}

    wrong = {
        "is after until": prefect.start("backfill/backfill", reason="r", source="network", **turned),
        "no publisher is called nobody; known are": prefect.start("daily/daily", publishers=["nobody"]),
        "a backfill needs a reason": prefect.start("backfill/backfill", **FEBRUARY),
        "until": prefect.start("daily/daily", until="soon"),
    }

    for said, run in wrong.items():
        state = prefect.finished(run, 90)
        assert state["type"] == "FAILED"
        assert said in state["message"]
    assert "is after until" in prefect.call("flow-run", "logs", wrong["is after until"]), "--watch says none of it"
    assert time.monotonic() - began < 120


@pytest.mark.parametrize(
    ("parameter", "said"),
    [("parallel=99", "99"), ("source=tape", "tape"), ("publishers=1", "publishers"), ("strange=1", "strange")],
)
def test_a_parameter_of_another_kind_is_refused_before_there_is_a_run(prefect, parameter: str, said: str) -> None:
    given = ["-p", "reason=r", "-p", "since=2024-02-01", "-p", "until=2024-02-29", "-p", parameter]

    assert said in prefect.call("deployment", "run", "backfill/backfill", *given, code=1)


@pytest.mark.usefixtures("worker")
def test_a_schedule_fires(prefect) -> None:
    prefect.call("deployment", "schedule", "create", "daily/daily", "--interval", "20")

    def fired() -> list[dict]:
        return [run for run in prefect.runs() if run["auto_scheduled"] and run["state_type"] == "COMPLETED"]

    (run, *_) = wait_for(fired, 120, "a scheduled run")
    prefect.call("deployment", "schedule", "clear", "daily/daily", "--accept-yes")

    assert run["state"]["message"].startswith(("Published release ", "Nothing new since release "))
    assert (prefect.folder / "output/latest/series.parquet").exists()


def test_a_run_leaves_a_table_and_its_progress(prefect, daily_from_archive) -> None:
    assert daily_from_archive["type"] == "COMPLETED"
    keys = {artifact["key"] for artifact in prefect.artifacts()}

    assert {"run-report", "progress-partitions"} <= keys
    runs = pl.read_delta(str(prefect.folder / "data/store/runs"))
    assert runs.filter(state="done").height >= 1


@pytest.mark.usefixtures("worker")
def test_a_backfill_through_the_api(prefect) -> None:
    state = prefect.finished(
        prefect.start("backfill/backfill", reason="February", source="network", parallel=2, **FEBRUARY)
    )

    coverage = pl.read_parquet(prefect.folder / "output/latest/coverage.parquet")
    assert state["type"] == "COMPLETED", state
    assert coverage.filter(pl.col("state") == "empty").height > 10, "days without articles were looked at"


@pytest.mark.usefixtures("daily_from_archive")
def test_publish_and_canary(prefect) -> None:
    published, tried = (prefect.start(name) for name in ("publish/publish", "canary/canary"))

    assert prefect.finished(published)["message"].startswith("Nothing new since release ")
    state = prefect.finished(tried)
    assert (state["type"], state["message"]) == ("COMPLETED", "4 publishers read as they are known")


@pytest.mark.usefixtures("worker")
def test_two_runs_at_once_go_one_after_the_other(prefect) -> None:
    first, second = (prefect.start("daily/daily") for _ in range(2))
    assert prefect.finished(first)["type"] == prefect.finished(second)["type"] == "COMPLETED"

    spans = sorted(moments(prefect.get(f"flow_runs/{run}")) for run in (first, second))

    assert spans[0][1] <= spans[1][0], "the second began when the first had ended"


def test_a_publisher_that_fails_does_not_stop_the_others(prefect, root: Path, site, tmp_path: Path) -> None:
    """The run says so in its state; one whose publishers all fail has failed."""
    nowhere = ",".join(f"{place.partition('=')[0]}=127.0.0.1:9" for place in site["QZETL_CONNECT_TO"].split(","))
    partly = site["QZETL_CONNECT_TO"].replace(
        next(place for place in site["QZETL_CONNECT_TO"].split(",") if place.startswith("stats.")),
        "stats.example=127.0.0.1:9",
    )

    def states(places: str) -> str:
        environment = prefect.environment | {"QZETL_CONNECT_TO": places, "QZETL_HOME": str(tmp_path / "data"),
                                             "QZETL_OUTPUT": str(tmp_path / "output")}  # fmt: skip
        code = "from daily import daily; s = daily(return_state=True); print(f'{s.type.value}|{s.name}|{s.message}')"
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment | {"PYTHONPATH": str(root / "flows")}, cwd=root,
            capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip
        return done.stdout.strip().splitlines()[-1]

    assert states(nowhere).startswith("FAILED|Failed|nothing that was asked for was done: ")
    assert states(partly).startswith("COMPLETED|Completed with problems|Published release ")


def test_tasks_do_not_grow_with_articles(prefect, root: Path, tmp_path: Path) -> None:
    """Three issues of two articles, then of twenty: the same tasks, which are partitions and stages."""
    few, many = (daily_run(prefect, root, tmp_path / str(articles), articles) for articles in (2, 20))

    days = ("2024-02-28", "2024-02-29", "2024-03-01")
    expected = ["collect example-daily", *(f"process example-daily {day}" for day in days), "derive", "publish"]
    assert (few.articles, many.articles) == (6, 60)
    assert few.tasks == many.tasks == sorted(expected)


@dataclass(frozen=True)
class DailyRun:
    """What a daily run released, and the tasks that Prefect counts of it."""

    articles: int
    tasks: list[str]


def daily_run(prefect: Prefect, root: Path, folder: Path, articles: int) -> DailyRun:
    """Run the daily flow on three issues of so many articles, with a store of its own."""
    code = (
        "from datetime import date; from daily import daily; "
        "s = daily(['example-daily'], date(2024, 2, 28), date(2024, 3, 1), return_state=True); "
        "print(s.type.value, s.state_details.flow_run_id)"
    )
    own = {
        "QZETL_HOME": str(folder / "data"),
        "QZETL_OUTPUT": str(folder / "output"),
        "PYTHONPATH": str(root / "flows"),
    }
    with example_site(root, write_site(root, folder / "site", 3, articles)) as site:
        done = subprocess.run(
            [sys.executable, "-c", code], env=prefect.environment | site | own, cwd=root, capture_output=True,
            text=True, timeout=240, check=False,
        )  # fmt: skip
    kind, run = (done.stdout.splitlines() or [done.stderr])[-1].split()
    assert kind == "COMPLETED"

    def tasks() -> list[dict]:
        """Return the run's tasks as soon as its last one has ended there: the server learns of them a little later."""
        found = prefect.post("task_runs/filter", flow_runs={"id": {"any_": [run]}}, limit=200)
        return found if any(each["name"] == "publish" and each["state_type"] == "COMPLETED" for each in found) else []

    names = sorted(each["name"] for each in wait_for(tasks, 60, "the run's tasks"))
    return DailyRun(pl.read_parquet(folder / "output/latest/articles.parquet").height, names)


def test_runs_that_were_missed_are_made_up_for_by_one(root: Path, site, tmp_path_factory, command_in) -> None:
    """No worker for a while: several scheduled runs are late; one does the work, the others are taken off."""
    folder = tmp_path_factory.mktemp("late")
    with Prefect(root, folder, command_in(folder).environment | site).running() as prefect:
        prefect.call("deployment", "schedule", "create", "daily/daily", "--interval", "4")
        wait_for(lambda: len(late(prefect)) >= 4, 120, "late runs")
        overdue = late(prefect)
        with prefect.worker("back"):
            names = [prefect.finished(run, 240)["name"] for run in overdue]
            done = wait_for(lambda: completed(prefect), 240, "the run that makes up for them")

    assert len(names) >= 4
    assert names.count("Completed") <= 1
    assert set(names) <= {"Completed", "Cancelled", "Skipped"}
    assert done[0]["message"].startswith("Published release ")


def completed(prefect: Prefect) -> list[dict]:
    """The states of the runs that came through, the earliest first."""
    runs = sorted(
        (run for run in prefect.runs() if run["state_name"] == "Completed"), key=lambda run: run["start_time"]
    )
    return [run["state"] for run in runs]


def late(prefect: Prefect) -> list[str]:
    return [run["id"] for run in prefect.runs() if run["state_name"] == "Late"]


class TestKilledWorker:
    def test_the_next_run_finishes_what_a_killed_worker_left(self, root: Path, tmp_path_factory, command_in) -> None:

        folder = tmp_path_factory.mktemp("killed")
        with (
            example_site(root, write_site(root, folder / "site", 20)) as site,
            Prefect(root, folder, command_in(folder).environment | site).running() as prefect,
        ):
            asked = {"reason": "all", "source": "network", "since": "2024-02-11", "until": "2024-03-01",
                     "publishers": ["example-daily"]}  # fmt: skip
            staged = folder / "data/store/backfills"
            with prefect.worker("first") as running:
                killed = prefect.start("backfill/backfill", **asked)
                wait_for(lambda: any(staged.rglob("partitions/_delta_log/*2.json")), 120, "staged partitions")
                kill(running)
            assert prefect.state(killed)["type"] == "RUNNING", "nobody has told the server"
            assert not (folder / "output/latest").exists()
            with prefect.worker("second"):
                state = prefect.finished(prefect.start("backfill/backfill", **asked), 240)

            assert state["type"] == "COMPLETED", state
            assert pl.read_parquet(folder / "output/latest/articles.parquet").height == 40


def test_two_workers_on_postgresql(root: Path, site, tmp_path_factory, command_in) -> None:
    """A daily run and a backfill at the same time, by two workers: both come through, as one after another would."""
    folder = tmp_path_factory.mktemp("postgresql")
    with postgresql(folder / "postgresql.log") as url:
        environment = command_in(folder).environment | site | {"PREFECT_SERVER_DATABASE_CONNECTION_URL": url}
        with (
            Prefect(root, folder, environment).running() as prefect,
            prefect.worker("one"),
            prefect.worker("two"),
        ):
            runs = [
                prefect.start("daily/daily"),
                prefect.start("backfill/backfill", reason="February", source="network", **FEBRUARY),
            ]
            states = [prefect.finished(run, 240) for run in runs]
            again = prefect.finished(prefect.start("daily/daily"), 240)

    articles = pl.read_parquet(folder / "output/latest/articles.parquet")
    assert [state["type"] for state in states] == ["COMPLETED", "COMPLETED"]
    assert again["message"].startswith("Nothing new since release ")
    assert set(articles["publisher"]) == {"example-daily", "example-gov", "example-news", "example-stats"}
    assert not (folder / "prefect/prefect.db").exists()
