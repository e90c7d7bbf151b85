"""A real HTTP server on loopback whose answers each test writes itself."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import stamina

from qzetl.collect.archive import Archive
from qzetl.collect.http import Fetcher, Limits
from qzetl.collect.outcome import CollectReport
from qzetl.collect.publisher import Listing, Publisher
from qzetl.collect.stage import collect_publisher

HOST = "site.example"
PUBLISHER = Publisher(id="site", name="示例站", hosts=(HOST,), home=f"http://{HOST}/", delay=0.0)
QUICK = Limits(connect=2.0, read=1.0, total=2.0, body=1_000_000, attempts=3)

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """What the server answers: a function, or status, headers and body, by path; 404 for all else."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: Counter[str] = Counter()
        self.heads: dict[str, dict[str, str]] = {}
        self.port = 0

    @property
    def connect_to(self) -> dict[str, str]:
        return {HOST: f"127.0.0.1:{self.port}"}

    def url(self, path: str) -> str:
        return f"http://{HOST}{path}"

    def put(
        self,
        path: str,
        body: bytes | str,
        content_type: str = "text/html; charset=utf-8",
        status: int = 200,
        **headers: str,
    ) -> None:
        raw = body.encode() if isinstance(body, str) else body

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            if content_type:
                request.send_header("Content-Type", content_type)
            for name, value in {"Content-Length": str(len(raw)), **headers}.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(raw)

        self.answers[path] = answer

    def redirect(self, path: str, target: str) -> None:
        self.put(path, b"", status=302, Location=target)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """Clients that hang up early are what these tests are about."""


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Answering(BaseHTTPRequestHandler):
        wbufsize = 1 << 16

        def do_GET(self):
            found.asked[self.path] += 1
            found.heads[self.path] = dict(self.headers)
            answer = found.answers.get(self.path)
            if answer is None:
                self.send_error(404)
            else:
                answer(self)

        def log_message(self, format, *args):  # noqa: A002
            pass

    server = _Server(("127.0.0.1", 0), Answering)
    found.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


class Collected:
    """A report in a form that tests compare: paths in place of addresses."""

    def __init__(self, report: CollectReport) -> None:
        self.report = report
        self.partitions = report.partitions
        self.failures = report.failures
        self.outcomes = report.outcomes

    @property
    def short(self) -> list[tuple[str, str, str]]:
        """(day, path, outcome) of each outcome."""
        return [(str(one.day), one.uri.removeprefix(f"http://{HOST}"), one.outcome) for one in self.report.outcomes]

    @property
    def days(self) -> dict[str, str]:
        """The day of each page that the archive has."""
        return {path: day for day, path, outcome in self.short if outcome in {"new", "changed", "unchanged"}}

    def fates(self, *quiet: str) -> dict[str, str]:
        """The outcome of each page and list."""
        return {path: outcome for _, path, outcome in self.short if outcome not in quiet}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def collect(fetcher: Fetcher, archive: Archive) -> Callable[..., Collected]:
    """Collect from a publisher with one list of a kind at a path."""

    def run(kind, path, *, since=None, until=None, tell=None, **options):
        listing = Listing(kind, f"http://{HOST}{path}", options)
        publisher = replace(PUBLISHER, listings=(listing,))
        return Collected(collect_publisher(publisher, archive, fetcher, since, until, tell=tell))

    return run


@pytest.fixture
def publisher() -> Publisher:
    return PUBLISHER


@pytest.fixture(autouse=True)
def _no_waiting_between_attempts() -> Iterator[None]:
    """Attempts are made as often as in earnest, but without the pauses between them."""
    with stamina.set_testing(testing=True, attempts=3, cap=True):
        yield


@pytest.fixture
def fetcher(site: Site) -> Iterator[Fetcher]:
    with Fetcher(site.connect_to, "https://qzetl.example/contact", QUICK) as found:
        yield found
