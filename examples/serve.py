"""Serve the example site on loopback: one folder of ``site/`` is one host, told apart by the ``Host`` header.

The first line on standard output is the value for ``QZETL_CONNECT_TO``; the server ends when its standard input does.
A page's ETag is the hash of its bytes, so that one that is known is not sent again.
The files are UTF-8, so that changes can be read; those of `GB18030_HOSTS` go over the wire as GB18030 under the name
of GB2312, as such sites do. ``dataproxy.jsp?page=2`` is the file ``dataproxy.jsp/page-2.xml``. The variable
``EXAMPLE_SITE`` names another folder of hosts, such as `issues.py` writes.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

__all__ = ["GB18030_HOSTS", "SITE", "ExampleSite", "connect_to"]

SITE = Path(os.environ.get("EXAMPLE_SITE") or Path(__file__).resolve().parent / "site").resolve()
GB18030_HOSTS = frozenset({"news.example"})

_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".txt": "text/plain",
    ".xml": "text/xml",
}
_OK, _NOT_MODIFIED = 200, 304
_INDEXES = ("index.html", "index.shtml", "index.htm")


class ExampleSite(BaseHTTPRequestHandler):
    """Answers GET with the files of the host that is asked for, and 404 for all else."""

    server_version = "example"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body in one packet, else each answer waits 40 ms for an acknowledgement

    def do_GET(self) -> None:
        """Answer with a file."""
        host = self.headers.get("Host", "").partition(":")[0].lower()
        path = _file(host, self.path)
        if path is None:
            self._answer(404, "text/html; charset=utf-8", "<html><body>404 页面不存在</body></html>".encode())
            return
        text = path.read_text("utf-8")
        kind = _TYPES[path.suffix]
        if host in GB18030_HOSTS:
            self._answer(200, f"{kind}; charset=gb2312", text.encode("gb18030"))
        else:
            self._answer(200, f"{kind}; charset=utf-8", text.encode("utf-8"))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature is the standard library's
        """Stay quiet: the run that fetches tells what it got."""

    def _answer(self, status: int, content_type: str, body: bytes) -> None:
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        known = status == _OK and self.headers.get("If-None-Match") == tag
        self.send_response(_NOT_MODIFIED if known else status)
        self.send_header("ETag", tag)
        if not known:
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not known:
            self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    """A server to which a client that hangs up early is nothing to report."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Report errors of our own only."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def connect_to(address: tuple[str, int]) -> str:
    """Return the value for ``QZETL_CONNECT_TO`` that leads every example host to the server's address."""
    hosts = sorted(folder.name for folder in SITE.iterdir() if folder.is_dir())
    return ",".join(f"{host}={address[0]}:{address[1]}" for host in hosts)


def _file(host: str, target: str) -> Path | None:
    """Return the file that a host has under the target of a request, None where there is none."""
    folder = SITE / host
    parts = urlsplit(target)
    if not host or folder.parent != SITE or not folder.is_dir() or "\0" in unquote(parts.path):
        return None
    path = folder / unquote(parts.path).lstrip("/")
    if path.name == "dataproxy.jsp":
        path = path / f"page-{parse_qs(parts.query).get('page', ['1'])[0]}.xml"
    if path.is_dir():
        path = next((path / name for name in _INDEXES if (path / name).is_file()), path)
    path = path.resolve()
    return path if path.is_relative_to(folder) and path.is_file() and path.suffix in _TYPES else None


def main() -> None:
    """Serve until standard input ends."""
    server = _Server(("127.0.0.1", 0), ExampleSite)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(connect_to(("127.0.0.1", server.server_port)), flush=True)
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main()
