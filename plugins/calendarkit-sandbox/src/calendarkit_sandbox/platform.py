"""The front door of the platform: host table, path, faults, and the answer on the wire."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from calendarkit_sandbox.faults import Fault
from calendarkit_sandbox.replies import (
    UNKNOWN_PATH,
    Refused,
    Reply,
    bad_gateway,
    hint,
    moved_to_https,
    refusal,
)
from calendarkit_sandbox.robot import ENDPOINTS
from calendarkit_sandbox.wire import Receive, Send, Wire
from calendarkit_sandbox.world import Call, Endpoint, World

BODY_BYTES = 32 * 1024 * 1024
WECOM = "qyapi.weixin.qq.com"
HOSTS: Mapping[str, Mapping[str, Endpoint]] = {WECOM: ENDPOINTS}
"""Endpoints by the host they belong to; a host that is not listed (a loopback address) is answered as WeCom."""


async def answer(world: World, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    """Answer one request to the platform as the real servers do, or as a fault wants it."""
    world.requests += 1
    wire = Wire(receive, send, scope["state"]["transport"])
    headers = dict(scope["headers"])
    host = headers.get(b"host", b"").decode("latin-1")
    body = await _body(receive)
    endpoint = HOSTS.get(host.partition(":")[0], ENDPOINTS).get(scope["path"])
    if world.https_only:
        target = f"{scope['path']}?{scope['query_string'].decode('latin-1')}".rstrip("?")
        await wire.answer(moved_to_https(host or WECOM, target))
    elif endpoint is None:
        await wire.answer(UNKNOWN_PATH)
    else:
        await _answer(world, endpoint, _call(scope, headers, body), wire)


async def _answer(world: World, endpoint: Endpoint, call: Call, wire: Wire) -> None:
    fault = _fault(world, call)
    if fault is None:
        await wire.answer(_reply(world, endpoint, call))
        return
    if fault.kind == "delay" and fault.when == "before":
        await asyncio.sleep(fault.seconds)
    reply = _reply(world, endpoint, call) if fault.commits else _instead(world, fault, call)
    if fault.kind == "delay" and fault.when == "after":
        await asyncio.sleep(fault.seconds)
    if fault.kind == "bad-gateway":
        reply = bad_gateway()
    await wire.spoil(reply, fault)


def _fault(world: World, call: Call) -> Fault | None:
    if not world.faults.armed:
        return None
    robot = world.robots.find(call.key)
    return world.faults.pick(path=call.path, key=call.key, group=robot.group if robot else "")


def _reply(world: World, endpoint: Endpoint, call: Call) -> Reply:
    try:
        reply = endpoint(world, call)
    except Refused as refused:
        reply = _refusal(world, refused, call)
    world.answers[reply.code] += 1
    return reply


def _instead(world: World, fault: Fault, call: Call) -> Reply:
    """Return the answer to a call that never reached the platform's heart."""
    refused = Refused(45009, "api freq out of limit") if fault.kind == "rate" else Refused(-1, "system busy")
    reply = _refusal(world, refused, call)
    world.answers[reply.code] += fault.kind in ("rate", "busy")
    return reply


def _refusal(world: World, refused: Refused, call: Call) -> Reply:
    return refusal(refused, hint=hint(world.clock.now_ms(), world.chance), ip=call.ip)


def _call(scope: Mapping[str, Any], headers: Mapping[bytes, bytes], body: bytes) -> Call:
    query: dict[str, str] = {}
    for name, value in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True):
        query.setdefault(name, value)
    client = scope.get("client")
    return Call(
        method=scope["method"],
        path=scope["path"],
        query=query,
        content_type=headers.get(b"content-type", b"").decode("latin-1"),
        body=body,
        ip=client[0] if client else "127.0.0.1",
    )


async def _body(receive: Receive) -> bytes:
    """Return the request's body, chunked or not; bytes beyond the sandbox's own cap are dropped."""
    message = await receive()
    if not message.get("more_body"):
        return bytes(message.get("body", b""))
    parts, size = [message["body"]], len(message["body"])
    while message.get("more_body"):
        message = await receive()
        size += len(message.get("body", b""))
        if size <= BODY_BYTES:
            parts.append(message.get("body", b""))
    return b"".join(parts)
