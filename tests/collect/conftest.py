"""A real HTTP server on loopback whose answers each test writes itself."""

from __future__ import annotations

import io
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import stamina
from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

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
        self.forms: dict[str, str] = {}
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

    def put_known(self, path: str, body: str, **validators: str) -> None:
        """Answer 304 without a body to who names the validators (ETag, Last-Modified)."""
        asked = {"ETag": "If-None-Match", "Last_Modified": "If-Modified-Since"}
        self.put(path, body, **validators)
        whole = self.answers[path]

        def answer(request: BaseHTTPRequestHandler) -> None:
            if any(request.headers.get(asked[name]) == value for name, value in validators.items()):
                request.send_response(304)
                request.end_headers()
            else:
                whole(request)

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
            self.answer()

        def do_POST(self):
            found.asked[self.path] += 1
            found.heads[self.path] = dict(self.headers)
            found.forms[self.path] = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answer()

        def answer(self):
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

    def run(kind, path, *, since=None, until=None, own=None, **more):
        asked = {name: more.pop(name) for name in ("tell", "follow") if name in more}
        listing = Listing(kind, f"http://{HOST}{path}", more)
        publisher = replace(PUBLISHER, listings=(listing,), **(own or {}))
        report = collect_publisher(publisher, archive, fetcher, since, until, **asked)
        return Collected(report)

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


def warc_record(
    uri, payload, head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html", *, kind=WarcRecordType.response, content_type=None
):
    made = WarcRecord()
    made.init_headers(kind)
    made.headers["WARC-Target-URI"] = uri
    made.headers["WARC-Date"] = "2023-12-31T23:00:00Z"
    made.headers["Content-Type"] = content_type or "application/http; msgtype=response"
    made.set_bytes_content(payload if kind == WarcRecordType.resource else head + b"\r\n\r\n" + payload)
    buffer = io.BytesIO()
    writer = GzipWriter(buffer)
    made.write(writer)
    writer.close()
    return buffer.getvalue()


@pytest.fixture
def record():
    """Make one record of a WARC file, compressed: address, body, head of the answer."""
    return warc_record
