"""A server that does its worst: every case ends in a named outcome, within limits of time and memory."""

import gzip
import json
import subprocess
import sys
import time
import zlib

import pytest

SLOW_HOST = "slow.example"
LIMIT = 20 * 1024 * 1024  # bytes of a body, as in earnest
MEMORY = 300  # MB of the whole process at its peak

# What the collecting process does: one page of each address, then some lists, all through the stage's own door.
PROGRAM = """
import json, sys
from pathlib import Path
from qzetl.collect.archive import Archive
from qzetl.collect.http import Fetcher, Limits
from qzetl.collect.publisher import Listing, Publisher
from qzetl.collect.stage import collect_publisher

asked = json.loads(sys.stdin.read())
limits = Limits(connect=2.0, read=0.5, total=1.5, attempts=2, longest_wait=2.0)
found = []
with Archive(Path(asked["archive"])) as archive, Fetcher(asked["connect_to"], limits=limits) as fetcher:
    for kind, url, hosts in asked["lists"]:
        publisher = Publisher("site", "site", hosts=tuple(hosts), delay=0.0, listings=(Listing(kind, url),))
        report = collect_publisher(publisher, archive, fetcher)
        found.append({one.uri: one.outcome for one in report.outcomes})
# Not ru_maxrss, which begins with that of the process it was forked from.
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(json.dumps({"found": found, "memory": int(status["VmHWM"].split()[0]) / 1024}))
"""


def drip(request):
    request.send_response(200)
    request.end_headers()
    for _ in range(1000):
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.05)


def drip_head(request):
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        request.wfile.write(b"X-%d: x\r\n" % number)
        request.wfile.flush()
        time.sleep(0.05)


def endless(request):
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b"<p>" + b"x" * 65536)


def endless_head(request):
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        request.wfile.write(b"X-Header: " + b"x" * 8000 + b"\r\n")


def no_http(request):
    request.wfile.write(b"\x00\x01\x02\x03 this is not HTTP\r\n\r\n")


def broken_chunks(request):
    request.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nx")


def silence(_request):
    time.sleep(4)


def bomb(size: int) -> bytes:
    """Return gzip bytes that inflate to `size` zeros."""
    deflater = zlib.compressobj(9, wbits=31)
    parts = [deflater.compress(b"\0" * (1 << 20)) for _ in range(size >> 20)]
    return b"".join(parts) + deflater.flush()


def links(paths) -> str:
    return "".join(f'<li><a href="{path}">x</a></li>' for path in paths)


@pytest.fixture(scope="module")
def large_bomb() -> bytes:
    return bomb(1 << 30)


@pytest.mark.slow
def test_every_attack_has_a_name_and_memory_stays_bounded(site, tmp_path, large_bomb):
    changing = iter(range(10_000))
    cases = {
        "/drip.html": (drip, "timeout"),
        "/drip-head.html": (drip_head, "timeout"),
        "/silence.html": (silence, "timeout"),
        "/endless.html": (endless, "too-large"),
        "/endless-head.html": (endless_head, "broken-response"),
        "/no-http.html": (no_http, "broken-response"),
        "/broken-chunks.html": (broken_chunks, "broken-response"),
        "/changing.html": (lambda request: send(request, b"<p>%d</p>" % next(changing)), "new"),
    }
    for path, (answer, _) in cases.items():
        site.answers[path] = answer
    put = {
        "/bomb.html": ("too-large", large_bomb, {"Content_Encoding": "gzip"}),
        "/bomb-in-bomb.html": ("too-large", gzip.compress(large_bomb), {"Content_Encoding": "gzip, gzip"}),
        "/large.html": ("too-large", b"x" * (LIMIT + 1), {}),
        "/short.html": ("broken-response", b"short", {"Content_Length": "5000"}),
        "/long.html": ("broken-response", b"<p>longer than it says</p>", {"Content_Length": "5"}),
        "/no-gzip.html": ("bad-encoding", b"no gzip at all", {"Content_Encoding": "gzip"}),
        "/huge-length.html": ("broken-response", b"x", {"Content_Length": "9" * 30}),
        "/empty.html": ("empty", b"", {}),
        "/429.html": ("http-429", b"", {"status": 429, "Retry_After": "1"}),
        "/429-tomorrow.html": ("http-429", b"", {"status": 429, "Retry_After": "86400"}),
        "/503.html": ("http-503", b"", {"status": 503}),
        "/503-nonsense.html": ("http-503", b"", {"status": 503, "Retry_After": "soon"}),
        "/304-unasked.html": ("http-304", b"", {"status": 304}),
        "/loop.html": ("too-many-redirects", b"", {"status": 302, "Location": "/loop.html"}),
        "/nowhere.html": ("http-302", b"", {"status": 302}),
        "/loopback.html": ("host-refused", b"", {"status": 302, "Location": "http://127.0.0.1/"}),
        "/metadata.html": ("host-refused", b"", {"status": 301, "Location": "http://169.254.169.254/latest/"}),
        "/file.html": ("bad-uri", b"", {"status": 302, "Location": "file:///etc/passwd"}),
        "/own-metadata.html": ("address-refused", b"", {"status": 302, "Location": "http://169.254.169.254:80/"}),
    }
    for path, (_, body, headers) in put.items():
        site.put(path, body, **headers)
    expected = {path: outcome for path, (_, outcome) in cases.items()}
    expected |= {path: outcome for path, (outcome, *_) in put.items()}
    expected["/own-metadata.html"] = expected["/metadata.html"] = "address-refused"  # its file names that host
    site.put("/", links(expected))
    site.put("/ten-thousand.html", links(f"/none/{number}.html" for number in range(10_000)))
    site.put("/huge-list.html", links(f"/x/{number}.html" for number in range(450_000)))
    site.put("/deep.html", "<div>" * 100_000 + links(["/empty.html"]))
    site.put("/tags.html", "<br>" * 500_000 + links(["/empty.html"]))
    site.put("/bomb.xml", bomb(1 << 28), "application/gzip")
    site.put("/laughs.xml", laughs(), "text/xml")
    site.answers["/robots.txt"] = robots
    hosts = ["site.example", "169.254.169.254"]
    lists = [
        ("page", site.url("/"), hosts),
        ("page", site.url("/huge-list.html"), hosts),
        ("page", site.url("/deep.html"), hosts),
        ("page", site.url("/tags.html"), hosts),
        ("sitemap", site.url("/bomb.xml"), hosts),
        ("sitemap", site.url("/laughs.xml"), hosts),
        ("page", f"http://{SLOW_HOST}/", [SLOW_HOST]),
        ("page", site.url("/ten-thousand.html"), hosts),
    ]
    asked = {
        "archive": str(tmp_path / "archive"),
        "connect_to": {**site.connect_to, SLOW_HOST: site.connect_to["site.example"]},
        "lists": lists,
    }

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    pages = {uri.removeprefix("http://site.example"): outcome for uri, outcome in told["found"][0].items()}
    assert {path: pages.get(path) for path in expected} == expected
    huge, deep, tags, bombed, laughed, slow, ten_thousand = told["found"][1:]
    assert huge == {site.url("/huge-list.html"): "too-large"}
    assert deep == {site.url("/deep.html"): "too-deep"}
    assert tags == {site.url("/tags.html"): "too-large"}
    assert bombed == {site.url("/bomb.xml"): "too-large"}
    assert laughed == {site.url("/laughs.xml"): "list-unrecognised"}
    assert slow == {f"http://{SLOW_HOST}/": "robots-unreachable"}
    assert list(ten_thousand.values()).count("robots-denied") == 10_000
    assert told["memory"] < MEMORY
    print(f"peak memory {told['memory']:.0f} MB")  # noqa: T201 - shown with pytest -s


def send(request, body: bytes) -> None:
    request.send_response(200)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def robots(request) -> None:
    if request.headers["Host"] == SLOW_HOST:
        silence(request)
    else:
        send(request, b"User-agent: *\nDisallow: /none/\n")


def laughs() -> str:
    """Return a sitemap whose entities grow tenfold with each of nine steps."""
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY e0 "ha">{steps}]>'
    return f"{head}<urlset><url><loc>http://site.example/&e9;</loc></url></urlset>"
