"""Named points at which a test may kill, stop or break this process; nothing happens unless a test asks for it."""

from __future__ import annotations

import os
import signal
import threading
import time

VARIABLE = "CALENDARKIT_FAULT"
POINTS = (
    "before-claim-commit",
    "after-claim-commit",
    "before-intent-commit",
    "after-intent-commit",
    "after-send",
    "before-exchange-commit",
    "after-exchange-commit",
    "before-record-commit",
    "after-record-commit",
)
"""Every point there is; a test fails when one of them has no case."""

_lock = threading.Lock()
_passed: dict[str, int] = {}


def faultpoint(name: str) -> None:
    """Do what ``CALENDARKIT_FAULT="name:action[:n]"`` says, at the n-th passage (the first without ``n``).

    ``kill`` ends the process like a power cut, ``stop`` freezes it until someone continues it, ``sleep`` waits a
    second, ``error`` raises ``OSError``.

    Raises:
        OSError: the action is ``error``.
    """
    wanted = os.environ.get(VARIABLE)
    if not wanted or not wanted.startswith(f"{name}:"):
        return
    action, _, nth = wanted.partition(":")[2].partition(":")
    with _lock:
        _passed[name] = _passed.get(name, 0) + 1
        if _passed[name] != int(nth or 1):
            return
    _act(action, name)


def _act(action: str, name: str) -> None:
    match action:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "stop":
            signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)  # this very thread goes no step further
        case "sleep":
            time.sleep(1)
        case "error":
            raise OSError(f"fault injected at {name}")
        case _:
            raise ValueError(f"{VARIABLE}: unknown action {action!r}")
