"""The example site: served as its publishers would serve it, collected whole, and what it promises to show."""

import http.client
import os
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from qzetl.collect.archive import Archive
from qzetl.collect.http import Fetcher
from qzetl.collect.publisher import load_publishers
from qzetl.collect.stage import collect_publisher
from qzetl.settings import Settings


@pytest.fixture(scope="module")
def settings(root):
    """Settings that lead to the served site, as `examples/run.py` makes them."""
    with subprocess.Popen(
        [sys.executable, str(root / "examples" / "serve.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        connect_to = server.stdout.readline().strip()
        publishers = str(root / "examples" / "publishers")
        yield Settings.load({"QZETL_CONNECT_TO": connect_to, "QZETL_PUBLISHERS": publishers}, root / "examples")
        server.stdin.close()
        assert server.wait(10) == 0


@pytest.fixture
def collected(settings, tmp_path):
    """Collect from every example publisher; return the outcomes and the captures by publisher."""

    def run(since=None, until=None):
        outcomes, captures = {}, {}
        with Archive(tmp_path / "archive") as archive, Fetcher(settings.connect_to) as fetcher:
            for publisher in load_publishers(settings.publishers).values():
                report = collect_publisher(publisher, archive, fetcher, since, until)
                outcomes[publisher.id] = report.outcomes
                captures[publisher.id] = [c for partition in report.partitions for c in archive.captures(*partition)]
        return outcomes, captures

    return run


def test_every_publisher_gives_its_articles(collected):
    outcomes, captures = collected()

    assert {publisher: len(found) for publisher, found in captures.items()} == {
        "example-daily": 3,
        "example-gov": 7,
        "example-news": 6,
        "example-stats": 3,
        "input": 0,
    }
    fates = Counter(one.outcome for found in outcomes.values() for one in found)
    assert fates == {"new": 19, "listed": 4, "http-404": 1, "robots-denied": 1}


def test_second_run_finds_nothing_new(collected):
    collected()
    outcomes, _ = collected()

    assert Counter(one.outcome for found in outcomes.values() for one in found)["unchanged"] == 19


def test_range_reaches_the_earlier_issue(collected):
    _, captures = collected(date(2024, 2, 29), date(2024, 2, 29))

    assert [capture.uri for capture in captures["example-daily"]] == [
        "http://epaper.example/qzrb/html/2024-02/29/content_30011.htm"
    ]


def test_feeds_date_without_a_zone_is_the_publishers_day(collected):
    _, captures = collected(date(2024, 4, 18), date(2024, 4, 18))

    assert [capture.day for capture in captures["example-stats"]] == [date(2024, 4, 18)]


def test_news_site_says_gb2312_and_sends_gb18030(collected):
    _, captures = collected()

    pages = captures["example-news"]
    assert {capture.content_type for capture in pages} == {"text/html; charset=gb2312", "text/plain; charset=gb2312"}
    assert all("\ufffd" not in capture.body.decode("gb18030") for capture in pages)
    with pytest.raises(UnicodeDecodeError):
        b"".join(capture.body for capture in pages).decode("gb2312")
    with pytest.raises(UnicodeDecodeError):
        b"".join(capture.body for capture in pages).decode("gbk")


def test_command_gets_the_settings_and_its_exit_code_is_returned(root):
    command = [
        sys.executable,
        "-c",
        "import os, sys; print(os.environ['QZETL_CONNECT_TO'], os.environ['QZETL_PUBLISHERS']); sys.exit(7)",
    ]

    done = subprocess.run(
        [sys.executable, str(root / "examples" / "run.py"), *command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ},
    )

    assert done.returncode == 7
    assert "gov.example=127.0.0.1:" in done.stdout
    assert "examples" in done.stdout


@pytest.mark.parametrize(("command", "code"), [([], 2), (["no-such-command-anywhere"], 1)])
def test_wrong_call_of_the_runner_says_so(root, command, code):
    done = subprocess.run(
        [sys.executable, str(root / "examples" / "run.py"), *command], capture_output=True, text=True, check=False
    )

    assert done.returncode == code
    assert done.stderr.strip()


@pytest.mark.parametrize(
    "path",
    [
        "/../serve.py",
        "/%2e%2e/%2e%2e/serve.py",
        "/..%2fnews.example/robots.txt",
        "//etc/passwd",
        "/%00",
        "/col/col1001/../../../../serve.py",
    ],
)
def test_server_gives_nothing_from_outside_the_hosts_folder(settings, path):
    host, port = settings.connect_to["gov.example"].split(":")
    connection = http.client.HTTPConnection(host, int(port))
    connection.request("GET", path, headers={"Host": "gov.example"})

    assert connection.getresponse().status == 404
    connection.close()
