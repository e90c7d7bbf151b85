"""Pages collected per second from nginx on loopback, and what a second run costs when nothing has changed.

``python benchmarks/collect_speed.py [--pages N]`` (needs nginx: ``apt-get install nginx-light``). Politeness is off:
what is measured is what qzetl itself takes for a page, from the list to the archive. Bodies that were sent are counted
in the log of nginx itself.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qzetl.collect.archive import Archive
from qzetl.collect.http import Fetcher
from qzetl.collect.outcome import CollectReport
from qzetl.collect.publisher import Listing, Publisher
from qzetl.collect.stage import collect_publisher

__all__ = ["main", "served", "write_site"]

HOST = "nginx.example"
_CONFIG = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1; user {user};
events {{ worker_connections 64; }}
http {{
  log_format short '$status $body_bytes_sent $request_uri'; access_log {folder}/access.log short;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  types {{ text/html html; }}
  server {{ listen 127.0.0.1:{port}; root {folder}/site; }}
}}
"""


def write_site(folder: Path, pages: int) -> None:
    """Write a list and so many pages of some 30 kB of Chinese text each."""
    chance = random.Random(1)  # noqa: S311 - made-up pages
    words = ("全市", "经济", "增长", "项目", "建设", "报告", "工业", "投资", "企业", "消费", "同比", "完成")
    folder.mkdir()
    for number in range(pages):
        text = "".join(chance.choices(words, k=5_000))
        (folder / f"{number}.html").write_text(f"<html><meta charset=utf-8><p>{text}</p></html>", "utf-8")
    entries = (f'<li><a href="/{number}.html">{number}</a> 2024-02-19</li>' for number in range(pages))
    (folder / "list.html").write_text("".join(entries), "utf-8")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve ``site/`` of a folder by nginx; give where to connect to."""
    import getpass

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = folder / "nginx.conf"
    config.write_text(_CONFIG.format(folder=folder, port=port, user=getpass.getuser()), "utf-8")
    with subprocess.Popen([shutil.which("nginx") or "nginx", "-c", str(config), "-p", str(folder)]) as server:
        for _ in range(100):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        try:
            yield f"127.0.0.1:{port}"
        finally:
            server.terminate()


def _collect(folder: Path, address: str) -> tuple[CollectReport, float, float]:
    """Collect once; return the report, CPU seconds and seconds on the clock, opening the archive included."""
    listing = Listing("page", f"http://{HOST}/list.html")
    publisher = Publisher("nginx", "nginx", hosts=(HOST,), delay=0.0, listings=(listing,))
    cpu, clock = time.process_time(), time.monotonic()
    with Archive(folder / "archive") as archive, Fetcher({HOST: address}) as fetcher:
        report = collect_publisher(publisher, archive, fetcher)
    return report, time.process_time() - cpu, time.monotonic() - clock


def _bodies(folder: Path) -> int:
    """Return how many answers had a body of status 200 since the log was last looked at."""
    log = folder / "access.log"
    lines = log.read_text("utf-8").splitlines()
    log.write_text("", "utf-8")
    return sum(line.startswith("200 ") for line in lines)


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description="Speed of collecting from nginx on loopback.")
    parser.add_argument("--pages", type=int, default=200)
    arguments = parser.parse_args()
    if shutil.which("nginx") is None:
        print("nginx is needed: apt-get install nginx-light", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        write_site(folder / "site", arguments.pages)
        print("| run | outcomes | bodies sent | pages/s of CPU time | CPU s | s |\n|---|---|---|---|---|---|")
        with served(folder) as address:
            for run in ("first", "second"):
                report, cpu, clock = _collect(folder, address)
                told = ", ".join(f"{count} {outcome}" for outcome, count in report.counts.items())
                speed = arguments.pages / cpu
                print(f"| {run} | {told} | {_bodies(folder)} | {speed:.0f} | {cpu:.2f} | {clock:.2f} |")
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
