"""The part of the sandbox for this machine only: control endpoints and chat pages, closed to strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calendarkit_sandbox.control import control_routes
from calendarkit_sandbox.world import World

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HOSTS = ("127.0.0.1", "localhost", "[::1]")


def make_site(world: World) -> ASGIApp:
    """Return the application; other hosts in the Host header are refused, so that no web page can reach it by DNS."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    return Starlette(
        routes=control_routes(world),
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)],
    )
