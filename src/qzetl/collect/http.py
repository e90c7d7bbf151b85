"""Fetching politely and safely: one request at a time, by the publisher's own rules, within stated limits.

robots.txt is obeyed and fails closed (RFC 9309: a missing one allows, an unreachable one forbids); a host is asked
no more often than its publisher's file and its robots.txt allow; only http and https, only the publisher's own hosts,
also after a redirect; bodies, times and redirects are bounded; what is transient is tried again, what is not, is not.
What is known is asked for on condition that it has changed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias

import httpcore
import httpx
import stamina
from protego import Protego

import qzetl
from qzetl.collect.address import Deadline, GuardedBackend
from qzetl.collect.answer import (
    StatusError,
    TransientError,
    exchange_of,
    network_error,
    peer_of,
    read_body,
    redirect_of,
    status_error,
)
from qzetl.collect.capture import BODY_LIMIT, Exchange, Validators
from qzetl.collect.coding import ACCEPTED, decode_body
from qzetl.collect.publisher import Publisher
from qzetl.collect.turns import Turns
from qzetl.errors import FetchError, InputError

__all__ = ["Fetched", "Fetcher", "Known", "Limits", "Robots"]

Known: TypeAlias = Callable[[str], Validators]
"""What is known of an address: what its server gave to recognise the body by; nothing where it was never fetched."""

logging.getLogger("stamina").addHandler(logging.NullHandler())  # else each attempt is a line on stderr

_AGENT = "qzetl"
_OK = 200
_NOT_MODIFIED = 304
_CLIENT_ERROR = range(400, 500)
_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take: seconds, bytes, redirects, attempts."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    body: int = BODY_LIMIT
    robots_body: int = 512 * 1024  # RFC 9309 asks for at least 500 KiB
    redirects: int = 5
    attempts: int = 3
    longest_wait: float = 120.0  # a Retry-After beyond it is not waited for
    longest_delay: float = 600.0  # a Crawl-delay beyond it means: do not fetch here


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its address after redirects, its body decompressed, and the heads that went by.

    `status` is 200, or 304 where the body is the one that is known; it is empty here then (`unchanged`).
    """

    uri: str
    body: bytes = field(repr=False)
    content_type: str
    retrieved: datetime
    exchange: Exchange = field(repr=False)
    status: int = _OK
    validators: Validators = field(default_factory=Validators)

    @property
    def unchanged(self) -> bool:
        """Whether the server says that the body is the known one."""
        return self.status == _NOT_MODIFIED


@dataclass(frozen=True, slots=True)
class Robots:
    """What a host's robots.txt says of an address: whether we may fetch it, and how many seconds it wants between.

    `outcome` is ``allowed``, or what `Fetcher.fetch` would raise; `sitemaps` are the addresses that it names.
    """

    outcome: str
    message: str = ""
    delay: float = 0.0
    sitemaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Request:
    """One request to be made: where, with which form (POST) if any, and with which headers of its own."""

    url: httpx.URL
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Fetcher:
    """Fetches for all publishers of one run; one object is for one thread. Use it as a context manager."""

    def __init__(
        self,
        connect_to: Mapping[str, str] | None = None,
        contact: str | None = None,
        limits: Limits | None = None,
        turns: Path | None = None,
    ) -> None:
        """Take the settings' ``connect_to`` and ``contact``; `contact` (an address) goes into the user agent.

        `turns` is a folder through which processes take turns at a host (see `turns.Turns`).
        """
        self._limits = limits or Limits()
        self._deadline = Deadline()
        self._robots: dict[str, Protego | FetchError] = {}
        self._turns = Turns(turns)
        # The form in which robots say who they are; several sites refuse agents that do not begin as browsers do.
        agent = f"Mozilla/5.0 (compatible; {_AGENT}/{qzetl.__version__}" + (f"; +{contact})" if contact else ")")
        self._client = httpx.Client(
            transport=_GuardedTransport(GuardedBackend(connect_to or {}, self._deadline)),
            headers={"User-Agent": agent, "Accept-Encoding": ACCEPTED},
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect),
            follow_redirects=False,
            trust_env=False,  # a proxy would resolve names itself, past the check of addresses
        )

    def __enter__(self) -> Self:
        """Return the fetcher itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close its connections."""
        self._client.close()

    def fetch(
        self,
        uri: str,
        publisher: Publisher,
        *,
        known: Known | None = None,
        form: Mapping[str, str] | None = None,
        referer: str = "",
    ) -> Fetched:
        """Fetch one address of the publisher's.

        `known` is asked about each address on the way, so that what has not changed comes back as `unchanged`. A `form`
        is posted; `referer` is the page that the request belongs to.

        Raises `FetchError` with the outcome: ``bad-uri``, ``host-refused``, ``address-refused``, ``robots-denied``,
        ``robots-unreachable``, ``http-404`` (and other numbers), ``timeout``, ``unreachable``, ``tls``, ``too-large``,
        ``too-many-redirects``, ``broken-response``, ``bad-encoding``, ``crawl-delay``, ``empty``.
        """
        url = _url(uri)
        for _ in range(self._limits.redirects + 1):
            _check(url, publisher)
            self._ask_robots(url, publisher)
            conditions = _conditions(known(str(url))) if known is not None else {}
            headers = conditions | ({"Referer": referer} if referer else {})
            answer = self._persist(_Request(url, form, headers), publisher, self._limits.body)
            if isinstance(answer, Fetched):
                if not answer.unchanged and not answer.body.strip():
                    raise FetchError(outcome="empty", message=f"{url} was answered without a body")
                return answer
            url, form = answer.url.copy_with(fragment=None), form if answer.method == "POST" else None
        raise FetchError(
            outcome="too-many-redirects", message=f"{uri} redirects more than {self._limits.redirects} times"
        )

    def robots(self, uri: str, publisher: Publisher) -> Robots:
        """Return what the host's robots.txt says of an address of the publisher's."""
        try:
            url = _url(uri)
            _check(url, publisher)
            self._ask_robots(url, publisher)
        except FetchError as error:
            return Robots(error.outcome, str(error))
        rules = self._robots[_origin(url)]
        if isinstance(rules, FetchError):
            return Robots(rules.outcome, str(rules))
        return Robots("allowed", delay=float(rules.crawl_delay(_AGENT) or 0), sitemaps=tuple(rules.sitemaps))

    def _persist(self, request: _Request, publisher: Publisher, limit: int) -> Fetched | httpx.Request:
        """Ask, and ask again what failed for a while only; return the answer or the request that it redirects to."""
        for attempt in stamina.retry_context(
            on=self._wait, attempts=self._limits.attempts, timeout=None, wait_initial=1.0, wait_max=30.0
        ):
            with attempt, self._turns.take(request.url.host, self._delay(request.url.host, publisher)):
                return self._ask(request, limit)
        raise AssertionError  # the loop above returns or raises

    def _wait(self, error: Exception) -> bool | float:
        """Tell stamina whether, and after how many seconds where the server said so, to try again."""
        if not isinstance(error, TransientError):
            return False
        if error.wait is None:
            return True
        return error.wait if error.wait <= self._limits.longest_wait else False

    def _ask(self, request: _Request, limit: int) -> Fetched | httpx.Request:
        url, headers, form = request.url, dict(request.headers), request.form
        self._deadline.begin(self._limits.total)
        retrieved = datetime.now(UTC)
        try:
            with self._client.stream("GET" if form is None else "POST", url, headers=headers, data=form) as response:
                if response.has_redirect_location:
                    return redirect_of(response)
                known = response.status_code == _NOT_MODIFIED and bool(headers)
                if response.status_code != _OK and not known:
                    raise status_error(url, response)
                address = peer_of(response)
                raw = b"" if known else read_body(response, limit)
                body = decode_body(raw, response.headers.get("Content-Encoding", ""), limit)
                exchange = exchange_of(response, len(body), retrieved, address)
        except InputError as error:
            raise FetchError(outcome=error.outcome, message=f"{url}: {error}") from error
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise network_error(url, error) from error
        return Fetched(
            uri=str(url),
            body=body,
            content_type=" ".join(response.headers.get("Content-Type", "").split()),
            retrieved=retrieved.replace(microsecond=0),
            exchange=exchange,
            status=response.status_code,
            validators=Validators(response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")),
        )

    def _delay(self, host: str, publisher: Publisher) -> float:
        """Return the seconds between two requests that the publisher's file and the host's robots.txt ask for."""
        delay = publisher.delay
        for origin, rules in self._robots.items():
            if isinstance(rules, Protego) and httpx.URL(origin).host == host:
                delay = max(delay, float(rules.crawl_delay(_AGENT) or 0))
        if delay > self._limits.longest_delay:
            message = (
                f"{host} asks for {delay:.0f} s between requests, more than a run can wait; take it out of the lists"
            )
            raise FetchError(outcome="crawl-delay", message=message)
        return delay

    def _ask_robots(self, url: httpx.URL, publisher: Publisher) -> None:
        """Raise `FetchError` where the host's robots.txt forbids the address, or cannot be reached."""
        origin = _origin(url)
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(url, publisher)
        rules = self._robots[origin]
        if isinstance(rules, FetchError):
            raise FetchError(rules.outcome, str(rules))
        if not rules.can_fetch(str(url), _AGENT):
            raise FetchError(outcome="robots-denied", message=f"{url} is closed to us by {origin}robots.txt")

    def _read_robots(self, url: httpx.URL, publisher: Publisher) -> Protego | FetchError:
        target = url.copy_with(raw_path=b"/robots.txt")
        try:
            for _ in range(self._limits.redirects + 1):
                _check(target, publisher)
                answer = self._persist(_Request(target), publisher, self._limits.robots_body)
                if isinstance(answer, Fetched):
                    return Protego.parse(answer.body.decode("utf-8", "replace"))
                target = answer.url.copy_with(fragment=None)
            message = f"{target} redirects too often"
        except StatusError as error:
            if error.status in _CLIENT_ERROR and error.status != _TOO_MANY:
                return Protego.parse("")
            message = str(error)
        except FetchError as error:
            if error.outcome == "address-refused":
                return error
            message = str(error)
        reason = f"{url} was not asked for: robots.txt cannot be read ({message}); it is tried again by the next run"
        return FetchError(outcome="robots-unreachable", message=reason)


class _GuardedTransport(httpx.HTTPTransport):
    """httpx's transport, with sockets opened by the guarded backend."""

    def __init__(self, backend: GuardedBackend) -> None:
        trusted = httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=trusted, trust_env=False)
        self._pool = httpcore.ConnectionPool(ssl_context=trusted, max_connections=4, network_backend=backend)


def _url(uri: str) -> httpx.URL:
    try:
        url = httpx.URL(uri).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(outcome="bad-uri", message=f"{uri!r} is no address ({error})") from error
    return url


def _origin(url: httpx.URL) -> str:
    return str(url.copy_with(raw_path=b"/"))


def _conditions(known: Validators) -> dict[str, str]:
    """Return the headers that ask for a body only where it is another one than the known."""
    wanted = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in wanted.items() if value}


def _check(url: httpx.URL, publisher: Publisher) -> None:
    """Raise `FetchError` unless the address is one of the publisher's own."""
    if url.scheme not in {"http", "https"} or url.userinfo or not url.host:
        raise FetchError(outcome="bad-uri", message=f"{url} is no plain http or https address")
    if url.host not in publisher.hosts:
        message = (
            f"{url} is none of {publisher.id}'s hosts ({', '.join(publisher.hosts)}); add it there if that is meant"
        )
        raise FetchError(outcome="host-refused", message=message)
