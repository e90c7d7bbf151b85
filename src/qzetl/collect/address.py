"""Where a connection may go: names are resolved here, and only public addresses are connected to.

The check stands at the very place where a socket is opened, so neither a redirect nor a name server can lead past it.
Hosts that the settings name in ``connect_to`` go where the settings say. The same place holds the total time limit of
a request, which a server that drips bytes would otherwise stretch without end.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from typing import Any

import httpcore

from qzetl.errors import FetchError

__all__ = ["Deadline", "GuardedBackend", "is_public"]

_MOST_ADDRESSES = 3  # of one host that are tried, each within the time to connect


class Deadline:
    """The moment at which the request under way must be done; without one, reads wait as long as they are told."""

    def __init__(self) -> None:
        """Start without a limit."""
        self._at: float | None = None

    def begin(self, seconds: float) -> None:
        """Allow `seconds` from now."""
        self._at = time.monotonic() + seconds

    def remaining(self, timeout: float | None) -> float | None:
        """Return `timeout`, or what is left of the limit where that is less; raises where nothing is left."""
        if self._at is None:
            return timeout
        left = self._at - time.monotonic()
        if left <= 0:
            msg = "the whole answer took too long"
            raise httpcore.ReadTimeout(msg)
        return left if timeout is None else min(timeout, left)


class GuardedBackend(httpcore.NetworkBackend):
    """Opens sockets to public addresses and to where `connect_to` says, nowhere else."""

    def __init__(self, connect_to: Mapping[str, str], deadline: Deadline) -> None:
        """Take the settings' ``connect_to`` and the limit that the fetcher sets for each request."""
        self._connect_to = connect_to
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect; raises `FetchError` ``address-refused`` where the name leads to an address that is not public."""
        if (given := self._connect_to.get(host)) is not None:
            name, _, number = given.rpartition(":")
            targets, port = [name.strip("[]")], int(number)
        else:
            targets = _resolve(host, port)
        *others, last = targets
        for target in others:
            try:
                return self._connect(target, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(last, port, timeout, local_address, socket_options)

    def _connect(
        self,
        target: str,
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        limit = self._deadline.remaining(timeout)
        stream = self._sockets.connect_tcp(target, port, limit, local_address, socket_options)
        return _LimitedStream(stream, self._deadline)


def is_public(address: str) -> bool:
    """Return whether an IP address may be connected to: global unicast, also behind IPv6 forms that wrap an IPv4."""
    found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(found, ipaddress.IPv6Address):
        wrapped = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if wrapped is None and found in ipaddress.ip_network("64:ff9b::/96"):  # NAT64, RFC 6052
            wrapped = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    return found.is_global and not found.is_multicast


def _resolve(host: str, port: int) -> list[str]:
    """Return the addresses of `host` in the order in which to try them; every one must be public."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        msg = f"{host} has no address ({error})"
        raise httpcore.ConnectError(msg) from error
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    for address in addresses:
        if not is_public(address):
            message = f"{host} leads to {address}, which is not public; name it in connect_to if that is meant"
            raise FetchError(outcome="address-refused", message=message)
    return addresses[:_MOST_ADDRESSES]


class _LimitedStream(httpcore.NetworkStream):
    """A stream whose reads and writes end at the deadline at the latest."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.remaining(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        limit = self._deadline.remaining(timeout)
        return _LimitedStream(self._stream.start_tls(ssl_context, server_hostname, limit), self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - the signature is httpcore's
        return self._stream.get_extra_info(info)
