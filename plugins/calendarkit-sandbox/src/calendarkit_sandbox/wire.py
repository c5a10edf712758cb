"""The way back to one caller: whole answers, and every way of spoiling them."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

from calendarkit_sandbox.faults import Fault
from calendarkit_sandbox.replies import HTML_TYPE, JSON_TYPE, NGINX, Header, Reply

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


class Wire:
    """One request's connection.

    The transport below the HTTP server is needed to end a connection without an answer; the sandbox's protocol class
    (see ``server.py``) puts it into the request's state.
    """

    def __init__(self, receive: Receive, send: Send, transport: asyncio.Transport) -> None:
        self._receive = receive
        self._send = send
        self._transport = transport

    async def answer(self, reply: Reply) -> None:
        """Send a whole answer."""
        length: Header = (b"Content-Length", str(len(reply.body)).encode())
        start = {"type": "http.response.start", "status": reply.status, "headers": [*reply.headers, length]}
        await self._send(start)
        await self._send({"type": "http.response.body", "body": reply.body})

    async def spoil(self, reply: Reply, fault: Fault) -> None:
        """Send ``reply`` as the fault wants it."""
        if fault.kind == "drop":
            await self._hang_up()
        elif fault.kind == "drip":
            await self._drip(reply, fault.seconds)
        elif fault.kind == "cut":
            await self._raw(_head(reply, len(reply.body)) + reply.body[: len(reply.body) // 2])
        elif fault.kind == "not-http":
            await self._raw(_noise(fault))
        else:
            await self.answer(_spoilt(reply, fault))

    async def _drip(self, reply: Reply, seconds: float) -> None:
        self._transport.write(_head(reply, len(reply.body)))
        for byte in reply.body:
            await asyncio.sleep(seconds)
            if self._transport.is_closing():
                break
            self._transport.write(bytes((byte,)))
        await self._raw(b"")

    async def _raw(self, data: bytes) -> None:
        self._transport.write(data)
        self._transport.close()
        await self._until_closed()

    async def _hang_up(self) -> None:
        self._transport.abort()
        await self._until_closed()

    async def _until_closed(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass


def _spoilt(reply: Reply, fault: Fault) -> Reply:
    if fault.kind == "truncated":
        return Reply(headers=reply.headers, body=reply.body[: len(reply.body) // 2])
    if fault.kind == "huge":
        return Reply(headers=reply.headers, body=reply.body[:-1] + b" " * fault.size + b"}")
    if fault.kind == "garbage":
        return Reply(headers=(JSON_TYPE, NGINX), body=_noise(fault))
    if fault.kind == "content-type":
        return Reply(headers=(HTML_TYPE, NGINX), body=reply.body)
    return reply


def _head(reply: Reply, length: int) -> bytes:
    lines = b"".join(b"%s: %s\r\n" % header for header in reply.headers)
    return b"HTTP/1.1 %d OK\r\n%scontent-length: %d\r\nconnection: close\r\n\r\n" % (reply.status, lines, length)


def _noise(fault: Fault) -> bytes:
    return b"\x00\xff\xfe" + random.Random(fault.seed).randbytes(61)  # noqa: S311  # noise on purpose, not a secret
