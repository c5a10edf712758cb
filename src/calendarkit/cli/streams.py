"""The three standard streams, made safe: always open, always UTF-8."""

from __future__ import annotations

import io
import os
import sys


def steady_streams() -> None:
    """Open what the caller closed on the null device and speak UTF-8 whatever the locale says.

    With descriptor 1 closed, the next file opened would become standard output, and the next ``print`` of a plugin
    would land in the ledger.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_RDWR), descriptor)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def silence_stdout() -> None:
    """Let the rest of the output go nowhere, after the reader has gone away."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.close(null)
