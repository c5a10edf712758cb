"""The HTTP client that plugins get: one request, one answer or one honest failure, always in time."""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote, urlsplit

from calendarkit.edges.http.encode import Files, WireRequest, Words, encode, parse_origin
from calendarkit.edges.http.watchdog import Watchdog
from calendarkit.edges.redact import Redactor
from calendarkit.errors import HttpFailure
from calendarkit.extend.lent import Response
from calendarkit.model.secret import Secret

if TYPE_CHECKING:
    from calendarkit.edges.http.connection import Connection, Proxy

DEADLINE = 15.0
"""Seconds a call may take."""
_MAX_IDLE = 2.0
"""Seconds an idle connection may be used again.

Shorter than any server's own idle time (uvicorn 5 s, nginx 75 s), because a server that closes while we send leaves an
outcome nobody can know.
"""
_MAX_SHELVED = 128


class HttpClient:
    """The only way out: wall deadlines, no redirects, no retries, secrets masked in every error.

    Threads share one. Proxy variables of the environment are ignored: only a proxy that is named here is used.
    """

    def __init__(
        self,
        *,
        redactor: Redactor | None = None,
        reroute: Mapping[str, str] | None = None,
        sandbox: str = "",
        proxy: str = "",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            redactor: learns every secret this client reveals; by default one of its own.
            reroute: origin → origin, such as ``{"https://qyapi.weixin.qq.com": "http://127.0.0.1:8000"}``; path, query
                and ``Host`` stay those of the original.
            sandbox: an origin that *every* request goes to instead; empty for none.
            proxy: an HTTP proxy, ``http://user:password@host:port``; what is rerouted or sandboxed goes without it.
            tls: by default the system's certificates.

        Raises:
            ValueError: an origin is not ``http(s)://host[:port]``.
        """
        self.redactor = redactor or Redactor()
        self._reroute = {parse_origin(old): parse_origin(new) for old, new in (reroute or {}).items()}
        self._sandbox = parse_origin(sandbox) if sandbox else ""
        self._proxy_address = proxy
        self._tls = tls
        self._watchdog = Watchdog()
        self._lock = threading.Lock()
        self._shelf: dict[str, list[Connection]] = {}

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Words | None = None,
        headers: Words | None = None,
        json: Any = None,
        body: bytes | None = None,
        files: Files | None = None,
        deadline: float = DEADLINE,
    ) -> Response:
        """Send one request and return its answer; see :class:`calendarkit.extend.Http`.

        Names of answer headers are in lower case. A redirect is an answer like any other.

        Raises:
            HttpFailure: there is no answer; ``sent`` tells whether the other side may have seen the request.
        """
        ends = time.monotonic() + deadline
        for value in (*(params or {}).values(), *(headers or {}).values()):
            if isinstance(value, Secret):
                self.redactor.learn(value)
        try:
            wire = encode(method, url, params=params, headers=headers, json=json, body=body, files=files)
        except (ValueError, TypeError) as error:
            outcome: Response | HttpFailure = self._failure("the request cannot be encoded", error, sent=False)
        else:
            outcome = self._perform(wire, ends)
        # Raised here and not above, so that no chained error can carry an address with its key into a traceback.
        if isinstance(outcome, HttpFailure):
            raise outcome
        return outcome

    def close(self) -> None:
        """Close every idle connection and stop the watchdog."""
        with self._lock:
            shelved = [connection for row in self._shelf.values() for connection in row]
            self._shelf.clear()
        for connection in shelved:
            connection.discard()
        self._watchdog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _perform(self, wire: WireRequest, ends: float) -> Response | HttpFailure:
        """Send over an idle connection, or over a new one when that had died before it took a byte."""
        origin = self._sandbox or self._reroute.get(wire.origin, wire.origin)
        shelved = self._take(origin)
        if shelved is not None:
            outcome = self._attempt(shelved, wire, origin=origin, ends=ends)
            if isinstance(outcome, Response) or outcome.sent:
                return outcome
        from calendarkit.edges.http.connection import open_connection

        proxy = self._proxy if origin == wire.origin else None
        fresh = open_connection(origin, self._tls_for(origin), ends, proxy)
        return self._attempt(fresh, wire, origin=origin, ends=ends)

    @cached_property
    def _proxy(self) -> Proxy | None:
        """The proxy, ``None`` for none; its password is learned, so that no error can show it."""
        if not self._proxy_address:
            return None
        from calendarkit.edges.http.connection import Proxy

        parts = urlsplit(self._proxy_address)
        origin = parse_origin(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}")
        if parts.username is None:
            return Proxy(origin=origin)
        user, password = unquote(parts.username), unquote(parts.password or "")
        self.redactor.learn(Secret("http/proxy", password))
        pair = b64encode(f"{user}:{password}".encode()).decode()
        return Proxy(origin=origin, headers={"Proxy-Authorization": f"Basic {pair}"})

    def _attempt(
        self, connection: Connection, wire: WireRequest, *, origin: str, ends: float
    ) -> Response | HttpFailure:
        from urllib3.exceptions import HTTPError

        from calendarkit.edges.http.connection import TooLarge, exchange

        connection.ends, connection.sent = ends, False
        where = _describe(wire, origin)
        watch = self._watchdog.watch(ends, connection.cut)
        outcome: Response | HttpFailure
        try:
            if connection.is_closed:
                connection.connect()
            outcome = exchange(connection, wire)
        except (OSError, HTTPError, http.client.HTTPException, ValueError, TooLarge) as error:
            outcome = self._failure(where, error, sent=connection.sent)
        if self._watchdog.release(watch):
            outcome = self._failure(where, TimeoutError("no answer before the deadline"), sent=connection.sent)
        self._put_away(connection, origin, keep=isinstance(outcome, Response))
        return outcome

    def _take(self, origin: str) -> Connection | None:
        """Return the idle connection used last, or ``None``; close those that are too old or already dead."""
        while True:
            with self._lock:
                row = self._shelf.get(origin)
                connection = row.pop() if row else None
            if connection is None:
                return None
            if time.monotonic() - connection.used < _MAX_IDLE and connection.is_connected:
                return connection
            connection.discard()

    def _put_away(self, connection: Connection, origin: str, *, keep: bool) -> None:
        connection.used = time.monotonic()
        with self._lock:
            row = self._shelf.setdefault(origin, [])
            if keep and not connection.is_closed and len(row) < _MAX_SHELVED:
                row.append(connection)
                return
        connection.discard()

    def _tls_for(self, origin: str) -> ssl.SSLContext | None:
        if urlsplit(origin).scheme == "http":
            return None
        with self._lock:
            if self._tls is None:
                self._tls = ssl.create_default_context()
            return self._tls

    def _failure(self, where: str, error: Exception, *, sent: bool) -> HttpFailure:
        text = str(error) or type(error).__name__
        return HttpFailure(self.redactor(f"{where}: {type(error).__name__}: {text}"), sent=sent)


def _describe(wire: WireRequest, origin: str) -> str:
    """Return what is asked of whom, without the query; and where it really went when that is elsewhere."""
    asked = f"{wire.method} {wire.origin.partition('://')[0]}://{wire.host}{wire.path}"
    return asked if origin == wire.origin else f"{asked} (sent to {origin})"
