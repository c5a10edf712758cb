"""The part of the sandbox for this machine only: control endpoints and chat pages, closed to strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calendarkit_sandbox.control import control_routes
from calendarkit_sandbox.pages import page_routes
from calendarkit_sandbox.world import World

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = ("127.0.0.1", "localhost", "[::1]")
_POLICY = (
    (
        b"content-security-policy",
        b"default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


def make_site(world: World) -> ASGIApp:
    """Return the application.

    Other names in the Host header are refused (400), so that no web page can reach it by DNS, and so are requests
    that a page from elsewhere makes (403).
    """
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.responses import PlainTextResponse

    inner = Starlette(
        routes=[*control_routes(world), *page_routes(world)],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)],
    )

    async def site(scope: Scope, receive: Receive, send: Send) -> None:
        if _is_foreign(scope):
            await PlainTextResponse("forbidden", 403)(scope, receive, send)
            return

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_POLICY]
            await send(message)

        await inner(scope, receive, send_with_policy)

    return site


def _is_foreign(scope: Scope) -> bool:
    """Whether a browser says that the request comes from a page of another origin."""
    headers = dict(scope["headers"])
    origin = headers.get(b"origin")
    return origin is not None and origin != b"http://" + headers.get(b"host", b"")
