"""What an answer over HTTP means: a body within its limit, another address, or a failure with a name.

Failures that may pass (a timeout, a broken line, a busy server) are a class of their own, so that only they are tried
again.
"""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from qzetl.collect.capture import Exchange
from qzetl.errors import FetchError, InputError

__all__ = [
    "StatusError",
    "TransientError",
    "exchange_of",
    "network_error",
    "peer_of",
    "read_body",
    "redirect_of",
    "status_error",
]

_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})


class TransientError(FetchError):
    """A failure that may pass; `wait` is how many seconds the server asks to wait."""

    wait: float | None = None


class StatusError(FetchError):
    """An answer with another status than 200."""

    status: int = 0


class _TransientStatusError(TransientError, StatusError):
    """An answer whose status may be another one soon."""


def redirect_of(response: httpx.Response) -> httpx.Request:
    """Return the request that a redirect asks for; raises `FetchError` where it asks for none."""
    if response.next_request is None:
        raise FetchError(outcome="broken-response", message=f"{response.url} redirects to nowhere")
    return response.next_request


def status_error(url: httpx.URL, response: httpx.Response) -> FetchError:
    """Return what an answer with another status than 200 means, named ``http-`` and the status."""
    status = response.status_code
    outcome, message = f"http-{status}", f"{url} was answered with status {status}"
    error: StatusError
    if status in _TRANSIENT:
        error = transient = _TransientStatusError(outcome, message)
        transient.wait = _retry_after(response.headers.get("Retry-After"))
    else:
        error = StatusError(outcome, message)
    error.status = status
    return error


def _retry_after(value: str | None) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for, in seconds or as a date."""
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def network_error(url: httpx.URL, error: Exception) -> FetchError:
    """Return what a failure below HTTP means: ``timeout``, ``tls``, ``unreachable`` or ``broken-response``."""
    if isinstance(error, httpx.TimeoutException):
        return TransientError(outcome="timeout", message=f"{url} did not answer in time ({error})")
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return FetchError(outcome="tls", message=f"{url} has a certificate that cannot be trusted ({cause})")
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.NetworkError):
        return TransientError(outcome="unreachable", message=f"{url} cannot be reached ({error})")
    return TransientError(outcome="broken-response", message=f"{url} was answered out of protocol ({error})")


def read_body(response: httpx.Response, limit: int) -> bytes:
    """Return the body as it comes over the wire, still compressed; raises ``too-large`` beyond the limit."""
    told = response.headers.get("Content-Length", "")
    size = int(told) if told.isascii() and told.isdigit() else 0
    if size > limit:
        raise InputError(outcome="too-large", message=f"its body has {size:,} bytes, more than {limit:,}")
    parts: list[bytes] = []
    size = 0
    for part in response.iter_raw():
        size += len(part)
        if size > limit:
            raise InputError(outcome="too-large", message=f"its body is larger than {limit:,} bytes")
        parts.append(part)
    return b"".join(parts)


def peer_of(response: httpx.Response) -> str:
    """Return the IP address that answers, "" where the line is broken already; asked before the body is read."""
    try:
        answered = response.extensions["network_stream"].get_extra_info("server_addr")
    except OSError:
        return ""
    return str(answered[0])


def exchange_of(response: httpx.Response, length: int, begun: datetime, address: str) -> Exchange:
    """Return the heads for the archive, the response's made to fit the decompressed body (as Common Crawl does)."""
    coded = {b"content-encoding", b"transfer-encoding", b"content-length"}
    kept = tuple(
        (b"X-Crawler-" + name if name.lower() in coded else name, value) for name, value in response.headers.raw
    )
    request = response.request
    reason = response.reason_phrase.encode("ascii", "replace")
    return Exchange(
        request_line=b" ".join([request.method.encode("ascii"), request.url.raw_path, b"HTTP/1.1"]),
        request_headers=tuple(request.headers.raw),
        status_line=b"HTTP/1.1 %d %s" % (response.status_code, reason),
        response_headers=(*kept, (b"Content-Length", b"%d" % length)),
        address=address,
        milliseconds=round((datetime.now(UTC) - begun).total_seconds() * 1000),
    )
