"""The sandbox as a running server: in this process until stopped, or in a thread for a test."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from calendarkit.extend import CalendarkitError
from calendarkit_sandbox.robots import RATE_COUNT, Robot, Robots
from calendarkit_sandbox.seen import Seen
from calendarkit_sandbox.world import World

if TYPE_CHECKING:
    from uvicorn import Server

SHANGHAI = ZoneInfo("Asia/Shanghai")
LOOPBACK = "127.0.0.1"


class PortTaken(CalendarkitError):
    """The port cannot be listened on."""


class Sandbox:
    """One sandbox: its world, its listening socket and its HTTP server.

    Attributes:
        url: base URL, such as ``http://127.0.0.1:8787``; valid from the start.
        world: everything it holds; for tests in the same process.
    """

    def __init__(
        self,
        folder: Path,
        *,
        robots: Iterable[Robot] = (),
        open: bool = False,  # noqa: A002  # as on the command line
        port: int = 0,
        rate: int = RATE_COUNT,
        zone: ZoneInfo = SHANGHAI,
    ) -> None:
        """Open ``folder`` and take the port; nothing is answered before :meth:`run`.

        Raises:
            PortTaken: another program listens there.
            FolderInUse: another sandbox uses the folder.
        """
        self._socket = _listen(port)
        try:
            self.world = World.open(folder, robots=Robots(robots, open=open), rate=rate, zone=zone)
        except CalendarkitError:
            self._socket.close()
            raise
        self.url = f"http://{LOOPBACK}:{self._socket.getsockname()[1]}"
        self._server = _http_server(self.world)

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Answer until :meth:`stop`; ``ready`` is called when requests are accepted."""
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(self._run(ready))

    def stop(self) -> None:
        """Let :meth:`run` return soon; open requests are cut off."""
        self._server.should_exit = True
        self._server.force_exit = True

    def close(self) -> None:
        """Give the port and the folder back."""
        self._socket.close()
        self.world.close()

    def truth(self, group: str | None = None) -> tuple[Seen, ...]:
        """Return what members saw, in order; everywhere or in one group."""
        return self.world.truth.seen(group)

    async def _run(self, ready: Callable[[], None]) -> None:
        serving = asyncio.ensure_future(self._server.serve(sockets=[self._socket]))
        while not self._server.started and not serving.done():
            await asyncio.sleep(0.005)
        if self._server.started:
            ready()
        await serving


def serve(sandbox: Sandbox, ready: Callable[[], None] = lambda: None) -> None:
    """Answer until Ctrl-C, then give everything back."""
    try:
        sandbox.run(ready)
    finally:
        sandbox.close()


@contextlib.contextmanager
def running(folder: Path, **options: Any) -> Iterator[Sandbox]:
    """Run a :class:`Sandbox` in a thread for the length of a ``with`` block; the options are the class's own."""
    sandbox = Sandbox(folder, **options)
    accepting = threading.Event()
    thread = threading.Thread(target=sandbox.run, args=(accepting.set,), name="sandbox", daemon=True)
    thread.start()
    try:
        if not accepting.wait(20):
            raise CalendarkitError("the sandbox did not start within 20 s")
        yield sandbox
    finally:
        sandbox.stop()
        thread.join(20)
        sandbox.close()


def _listen(port: int) -> socket.socket:
    # The protocol is named because asyncio switches Nagle off only on sockets that name it; else 40 ms an answer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise PortTaken(f"port {port}: {error.strerror}") from error
    return listener


def _http_server(world: World) -> Server:
    """Return a uvicorn server whose requests carry their transport, so that faults can break the connection."""
    from uvicorn import Config, Server

    from calendarkit_sandbox.app import make_app
    from calendarkit_sandbox.protocol import choose_protocol

    return Server(
        Config(
            make_app(world),
            http=choose_protocol(),
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_keep_alive=65,
        )
    )
