"""One connection: urllib3's, made to know what has left it and to be cut off from another thread."""

from __future__ import annotations

import contextlib
import logging
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import parse_url

from calendarkit.edges.http.encode import WireRequest
from calendarkit.extend.lent import Response

if TYPE_CHECKING:
    from urllib3.response import HTTPResponse

BODY_CAP = 1024 * 1024
"""Bytes an answer may have after decompression."""
_TLS_RECORD = 16384
Address = tuple[Any, ...]

# urllib3 warns about malformed answer headers with the whole address, its key included.
logging.getLogger("urllib3.connection").addFilter(lambda _: False)


class TooLarge(Exception):
    """The answer is larger than 1 MiB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """The way out: an HTTP proxy.

    Attributes:
        origin: ``http://host:port``.
        headers: what the proxy itself is told, such as who asks.
    """

    origin: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class Connection(HTTPConnection):
    """A plain connection.

    Attributes:
        ends: when the call in hand must be over, seconds of ``time.monotonic``.
        sent: whether any byte of the request in hand may have left.
        used: when the last answer was complete, seconds of ``time.monotonic``; 0 before one.
        via: the proxy that is asked to forward plain requests; ``None`` where requests go straight or by a tunnel.
        origin: whom the requests are for.
    """

    ends = 0.0
    sent = False
    used = 0.0
    via: Proxy | None = None
    origin = ""
    _tunnelling = False
    _guard: socket.socket | None = None
    _outgoing: bytes = b""

    @property
    def left(self) -> float:
        """Seconds until ``ends``, never quite 0 because a socket would take that for "do not block"."""
        return max(self.ends - time.monotonic(), 0.001)

    def send(self, data: Any) -> None:
        """Take the bytes of a request; :meth:`flush` sends them, so that headers and body travel together."""
        if self._tunnelling and self.sock is not None:
            self.sock.sendall(data)
            return
        self._outgoing += data

    def _tunnel(self) -> None:
        """Ask the proxy for a tunnel; what is said to it is no part of any request."""
        self._tunnelling = True
        try:
            super()._tunnel()
        finally:
            self._tunnelling = False

    def flush(self) -> None:
        """Send what :meth:`send` took, and note that some may have left.

        A first ``send`` that fails took nothing: the kernel reports an error only when it copied no byte, and over TLS
        the unfinished record cannot be read by anyone.
        """
        assert self.sock is not None
        data, self._outgoing = memoryview(self._outgoing), b""
        count = self.sock.send(data[:_TLS_RECORD])
        self.sent = True
        if count < len(data):
            self.sock.sendall(data[count:])

    def cut(self) -> None:
        """End whatever this connection is doing, from another thread."""
        if self._guard is not None:
            with contextlib.suppress(OSError):
                self._guard.shutdown(socket.SHUT_RDWR)

    def discard(self) -> None:
        """Close the connection for good; only when nobody may call :meth:`cut` any more."""
        with contextlib.suppress(OSError):
            self.close()
        if self._guard is not None:
            self._guard.close()
            self._guard = None

    def _new_conn(self) -> socket.socket:
        """Connect to the first address that answers, within what is left of the deadline.

        The guard is a second handle on the same connection: it stays valid while TLS takes the first one over, and
        closing that one does not free its number for a stranger.
        """
        addresses = _resolve(self._dns_host, self.port, self.left)
        failure: OSError = OSError("the name has no address")
        for tried, (family, address) in enumerate(addresses):
            sock = socket.socket(family, socket.SOCK_STREAM)
            try:
                sock.settimeout(self.left / (len(addresses) - tried))
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.connect(address)
            except OSError as error:
                sock.close()
                failure = error
            else:
                self._guard = sock.dup()
                if time.monotonic() >= self.ends:  # the watchdog may have looked before there was anything to cut
                    sock.close()
                    raise TimeoutError("connecting took too long")
                sock.settimeout(self.left)
                return sock
        raise failure


class TlsConnection(Connection, HTTPSConnection):
    """A connection over TLS."""


def open_connection(origin: str, tls: ssl.SSLContext | None, ends: float, proxy: Proxy | None = None) -> Connection:
    """Connect to ``origin`` (``scheme://host:port``) before ``ends``, through ``proxy`` where there is one.

    Raises:
        OSError: nobody answers there, the proxy refuses, or the certificate is wrong. Nothing of a request has left.
    """
    host, port = _place(origin)
    near = (host, port) if proxy is None else _place(proxy.origin)
    connection = Connection(*near) if tls is None else TlsConnection(*near, ssl_context=tls)
    connection.ends, connection.origin = ends, origin
    if proxy is not None and tls is not None:
        connection.set_tunnel(host, port, headers=proxy.headers)
    elif proxy is not None:
        connection.via = proxy
    return connection


def _place(origin: str) -> tuple[str, int | None]:
    url = parse_url(origin)
    return (url.host or "").strip("[]"), url.port


def exchange(connection: Connection, request: WireRequest) -> Response:
    """Send ``request`` over a connection that is open and return the whole answer.

    Raises:
        OSError: and other errors of the network and of malformed answers; ``connection.sent`` tells what left.
        TooLarge: the answer is larger than :data:`BODY_CAP`.
    """
    headers = {"Host": request.host, "User-Agent": "calendarkit", "Accept-Encoding": "gzip", **dict(request.headers)}
    target = request.target
    if connection.via is not None:
        headers |= connection.via.headers
        target = f"{connection.origin}{target}"
    connection.timeout = connection.left
    connection.request(request.method, target, body=request.body, headers=headers, preload_content=False)
    try:
        connection.flush()
    except (BrokenPipeError, ConnectionResetError):
        if not connection.sent:
            raise
        # A server may answer and close before it has read everything; that answer counts.
    connection.timeout = connection.left
    response = connection.getresponse()
    try:
        return Response(
            status=response.status,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=_read_capped(response),
        )
    finally:
        response.close()


def _read_capped(response: HTTPResponse) -> bytes:
    data = response.read(BODY_CAP + 1)
    if len(data) > BODY_CAP:
        raise TooLarge("the answer is larger than 1 MiB")
    return data


def _resolve(host: str, port: int | None, timeout: float) -> list[tuple[socket.AddressFamily, Address]]:
    """Ask for the addresses of ``host`` in a thread, because a resolver that hangs cannot be cut off."""
    answer: list[tuple[socket.AddressFamily, Address]] = []
    failure: list[OSError] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            failure.append(error)
        else:
            answer.extend((family, address) for family, _, _, _, address in found)

    thread = threading.Thread(target=ask, name="calendarkit-resolve", daemon=True)
    thread.start()
    thread.join(timeout)
    if failure:
        raise failure[0]
    if thread.is_alive():
        raise TimeoutError("the name server does not answer")
    return answer
