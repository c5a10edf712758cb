"""The control endpoints below ``/_sandbox/``: read the truth, set the clock, switch faults on."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from calendarkit.extend import CalendarkitError
from calendarkit_sandbox.faults import parse_faults
from calendarkit_sandbox.robots import Robots, parse_robot
from calendarkit_sandbox.world import World

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route


class ControlInvalid(CalendarkitError):
    """The control request cannot be understood."""


def control_routes(world: World) -> list[Route]:
    """Return the routes; answers are JSON, a request that makes no sense is answered with 400 and ``error``."""
    from starlette.routing import Route

    return [
        Route("/_sandbox/health", _get(lambda _: _health(world))),
        Route("/_sandbox/truth", _get(lambda request: _truth(world, request))),
        Route("/_sandbox/counts", _get(lambda _: _counts(world))),
        Route("/_sandbox/reset", _post(lambda _: _reset(world)), methods=["POST"]),
        Route("/_sandbox/clock", _post(lambda body: _clock(world, body)), methods=["POST"]),
        Route("/_sandbox/faults", _post(lambda body: _faults(world, body)), methods=["POST"]),
        Route("/_sandbox/robots", _post(lambda body: _robots(world, body)), methods=["POST"]),
    ]


def _health(world: World) -> dict[str, Any]:
    clock = world.clock
    return {
        "ok": True,
        "pid": os.getpid(),
        "folder": str(world.folder),
        "now_ms": clock.now_ms(),
        "offset": clock.offset,
        "robots": len(world.robots),
        "open": world.robots.open,
        "rate": world.rate.count,
        "https_only": world.https_only,
    }


def _truth(world: World, request: Request) -> dict[str, Any]:
    after = request.query_params.get("after", "0")
    if not after.isdecimal():
        raise ControlInvalid("after is a number")
    seen = world.truth.seen(request.query_params.get("group"), after=int(after))
    return {"seen": [each.to_json() for each in seen]}


def _counts(world: World) -> dict[str, Any]:
    answers = {str(code): number for code, number in sorted(world.answers.items())}
    return {**world.truth.counts(), "requests": world.requests, "answers": answers, "faults": world.faults.status()}


def _reset(world: World) -> dict[str, Any]:
    world.reset()
    return {"ok": True}


def _clock(world: World, body: Any) -> dict[str, Any]:
    """Set the clock: ``at`` (epoch seconds), ``offset`` or ``advance`` (seconds)."""
    name, seconds = next(iter(body.items()), ("", None)) if isinstance(body, dict) else ("", None)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or len(body) != 1:
        raise ControlInvalid("give one of at, offset and advance, a number of seconds")
    if name == "at":
        world.clock.set_to(seconds)
    elif name == "offset":
        world.clock.offset = seconds
    elif name == "advance":
        world.clock.advance(seconds)
    else:
        raise ControlInvalid(f"unknown: {name}")
    return {"ok": True, "now_ms": world.clock.now_ms(), "offset": world.clock.offset}


def _faults(world: World, body: Any) -> dict[str, Any]:
    world.faults.arm(parse_faults(body))
    return {"ok": True, "faults": world.faults.status()}


def _robots(world: World, body: Any) -> dict[str, Any]:
    """Add or change robots: a list of tables, or one table with ``robots``, ``open``, ``rate`` and ``https_only``."""
    settings = body if isinstance(body, dict) else {"robots": body}
    rows = settings.get("robots", [])
    if not isinstance(rows, list):
        raise ControlInvalid("robots are a list of tables")
    robots = [parse_robot(row, known=_known(world.robots, row)) for row in rows]
    for robot in robots:
        world.robots.put(robot)
    world.robots.open = bool(settings.get("open", world.robots.open))
    world.https_only = bool(settings.get("https_only", world.https_only))
    if isinstance(rate := settings.get("rate", world.rate.count), int):
        world.rate.count = rate
    return {"ok": True, "robots": len(world.robots)}


def _known(robots: Robots, row: Any) -> Any:
    key = row.get("key") if isinstance(row, dict) else None
    return next((robot for robot in robots if robot.key == key), None)


def _get(make: Callable[[Request], dict[str, Any]]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        return _respond(lambda: make(request))

    return endpoint


def _post(make: Callable[[Any], dict[str, Any]]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        import json

        raw = await request.body()
        return _respond(lambda: make(json.loads(raw or b"{}")))

    return endpoint


def _respond(make: Callable[[], dict[str, Any]]) -> Response:
    from starlette.responses import JSONResponse

    try:
        return JSONResponse(make())
    except (CalendarkitError, ValueError) as error:
        return JSONResponse({"ok": False, "error": str(error)}, status_code=400)
