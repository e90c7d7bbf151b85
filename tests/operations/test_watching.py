"""What is told of runs: notices, the status, canaries."""

import json
import sys
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import polars as pl
import pytest

from qzetl.errors import UsageError
from qzetl.operations.canary import canaries, canary
from qzetl.operations.notify import failed, notices_of, tell
from qzetl.operations.status import DAYS, status_of
from qzetl.pipeline import process
from qzetl.report import Problem, PublisherReport, RunReport, RunRequest, run_rows
from qzetl.settings import Settings

TODAY = date(2024, 3, 10)
LIST_FAILED = Problem("http://gov.example/feed.xml", "timeout", "city-gov: the list did not answer", asked=True)


def ran(rooms, day: date, *problems: Problem, looked: bool = True) -> RunReport:
    moment = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    report = RunReport(
        run_id=f"run-{day}", started=moment, finished=moment + timedelta(minutes=2), request=RunRequest(), collected={},
        partitions=0, read={}, articles=0, observations=0, rejected={}, problems=problems, published=None,
        publishers={"city-gov": PublisherReport(looked, None, 0, 0, 0, 0, 0, 0.0)},
    )  # fmt: skip
    rooms.store.merge("runs", run_rows(report, rooms.contract))
    return report


class TestNotices:
    def test_what_was_not_done_is_told(self, rooms) -> None:
        (notice,) = notices_of(rooms.store, ran(rooms, TODAY, LIST_FAILED), None)

        assert (notice.event, notice.lines) == ("problems", ("city-gov: the list did not answer",))

    def test_a_run_that_did_nothing_it_was_asked_for_has_failed(self, rooms) -> None:
        (notice,) = notices_of(rooms.store, ran(rooms, TODAY, LIST_FAILED, looked=False), None)

        assert notice.event == "failed"

    @pytest.mark.parametrize(
        ("before", "now", "told"),
        [(1, 2, []), (2, 3, [3]), (3, 4, []), (5, 6, [6]), (1, 9, [9])],
    )
    def test_silence_is_told_once_for_each_span(self, rooms, archive, before: int, now: int, told: list[int]) -> None:
        archive(date(2024, 3, 1))  # retrieved on 5 March
        process(rooms, "city-gov", date(2024, 3, 1))
        ran(rooms, date(2024, 3, 5) + timedelta(days=before))
        report = ran(rooms, date(2024, 3, 5) + timedelta(days=now))

        found = [line for notice in notices_of(rooms.store, report, 3) for line in notice.lines]

        assert [f"nothing new came for {days} days" in line for days, line in zip(told, found, strict=True)] == [
            True for _ in told
        ]

    def test_a_command_gets_the_notice_as_json(self, tmp_path: Path) -> None:
        script = "import os, sys; open(sys.argv[1], 'w').write(os.environ['QZETL_EVENT'] + sys.stdin.read())"
        (tmp_path / "hook.py").write_text(script, "utf-8")
        command = f"{sys.executable} {tmp_path / 'hook.py'} {tmp_path / 'told'}"

        tell(Settings(notify_command=command), [failed("the disk is full")])

        event, _, said = (tmp_path / "told").read_text("utf-8").partition("{")
        assert event == "failed"
        assert json.loads("{" + said)["lines"] == ["the disk is full"]

    def test_a_webhook_gets_it_too(self) -> None:
        got: list[dict] = []

        class Hook(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        with HTTPServer(("127.0.0.1", 0), Hook) as server:
            threading.Thread(target=server.handle_request, daemon=True).start()
            tell(Settings(notify_url=f"http://127.0.0.1:{server.server_port}/"), [failed("the disk is full")])

        assert got[0]["event"] == "failed"

    @pytest.mark.parametrize(
        "settings", [Settings(notify_url="http://127.0.0.1:9/"), Settings(notify_command="no-such-command")]
    )
    def test_a_notice_that_cannot_be_delivered_is_said(self, settings: Settings, capsys) -> None:
        tell(settings, [failed("the disk is full")])

        assert "could not be delivered" in capsys.readouterr().err


class TestStatus:
    def test_without_a_run_that_is_what_is_open(self, rooms) -> None:
        assert status_of(rooms, TODAY).problems[0].startswith("no run over all publishers was made yet")

    def test_the_calendar_tells_days_that_were_looked_at_from_others(self, rooms) -> None:
        ran(rooms, TODAY - timedelta(days=2))
        ran(rooms, TODAY)

        days = status_of(rooms, TODAY).calendar["city-gov"]

        assert len(days) == DAYS
        assert days[-3:] == ("looked", "never", "looked")

    def test_what_the_last_run_did_not_do_is_open(self, rooms) -> None:
        ran(rooms, TODAY, LIST_FAILED)

        assert "city-gov: the list did not answer" in status_of(rooms, TODAY).problems

    def test_days_missed_are_open(self, rooms) -> None:
        ran(rooms, TODAY - timedelta(days=4))

        (problem,) = status_of(rooms, TODAY).problems

        assert problem == "city-gov: its lists were last read on 2024-03-06; the next run makes up for the days since"

    def test_nothing_is_open_after_a_good_run(self, rooms) -> None:
        ran(rooms, TODAY)

        assert status_of(rooms, TODAY).problems == ()


class TestCanary:
    def test_a_publisher_without_articles_is_unknown(self, rooms) -> None:
        assert [each.verdict for each in canaries(rooms)] == ["unknown"]

    def test_a_site_that_cannot_be_reached_is_gone(self, rooms, three_days) -> None:
        for day in three_days:
            process(rooms, "city-gov", day)
        unreachable = replace(rooms, settings=replace(rooms.settings, connect_to={"gov.example": "127.0.0.1:9"}))

        found = canary(unreachable, "city-gov")

        assert (found.verdict, found.uri) == ("site-gone", "http://gov.example/2024-03-03/a.txt")

    def test_a_parser_that_reads_otherwise_is_told_from_a_site_that_changed(self, rooms, three_days) -> None:
        process(rooms, "city-gov", three_days[0])
        stored = rooms.store.collect("articles")
        rooms.store.replace("articles", "city-gov", three_days[0], stored.with_columns(pl.lit("旧题").alias("title")))

        assert canary(rooms, "city-gov").verdict == "parser-changed"

    def test_an_unknown_publisher_is_refused(self, rooms) -> None:
        with pytest.raises(UsageError, match="known are city-gov"):
            canaries(rooms, ["nobody"])
