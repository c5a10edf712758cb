"""The one ASGI application: control and pages for people on this machine, the platform for everything else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from calendarkit_sandbox import platform
from calendarkit_sandbox.wire import Receive, Send
from calendarkit_sandbox.world import World

Asgi = Callable[[Mapping[str, Any], Receive, Send], Awaitable[None]]


def make_app(world: World) -> Asgi:
    """Return the application; the platform's own paths skip the web framework because thousands a second come."""
    from calendarkit_sandbox.site import make_site

    site = make_site(world)

    async def app(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path == "/" or path.startswith(("/_sandbox/", "/groups/", "/media/", "/static/")):
            await site(dict(scope), receive, send)
        else:
            await platform.answer(world, scope, receive, send)

    return app
