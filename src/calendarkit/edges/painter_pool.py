"""Painter processes: each draws one poster at a time; one that crashes or hangs takes only its own poster along."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait

from calendarkit.edges.draw import Drawn, Refusal
from calendarkit.edges.painter_process import Setting
from calendarkit.extend.painting import PosterJob
from calendarkit.model.text import Text

PATIENCE = 20.0
"""Seconds for one poster, the start of a process included; a poster takes milliseconds."""
COMMAND = (sys.executable, "-P", "-m", "calendarkit.edges.painter_process")
"""Starts a painter process; ``-P`` keeps files of the current folder from standing in for modules."""
AHEAD = 2
"""Orders a process has at a time, so that it need not wait for the next one when it has drawn the first."""
STRIKES = 3
"""Processes lost in a row to jobs of one kind, after which its other jobs are not tried any more."""

Order = tuple[str, Hashable, PosterJob]
"""Key of a poster, what kind it is (jobs of one kind share a layout and its pictures), and the job."""

_CRASHED = Text(
    "画这张海报的进程崩溃了，请检查所用的图片", "the process that drew it crashed; check the pictures it uses"
)
_HUNG = Text(
    "画这张海报超过 20 秒，已中止，请检查所用的图片", "drawing took over 20 s and was stopped; check its pictures"
)
_GIVEN_UP = Text(
    "同一版式接连让画海报的进程出错，已不再尝试", "this layout broke painter processes several times in a row"
)


class PainterPool:
    """Painter processes that live from the first job to :meth:`close`."""

    def __init__(
        self, setting: Setting, size: int = 0, *, patience: float = PATIENCE, command: Sequence[str] = COMMAND
    ) -> None:
        """Start nothing yet.

        Args:
            setting: what each process is told first.
            size: most processes at once, 0 for one per processor.
            patience: seconds for one poster.
            command: what starts a process; the number of its connection follows.
        """
        self._command = command
        self._setting = setting
        self._size = size or len(os.sched_getaffinity(0))
        self._patience = patience
        self._idle: list[_Painter] = []

    def draw(
        self, orders: Sequence[Order], stopping: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[str, Drawn]]:
        """Yield each order's key with what came of it, as it comes; when ``stopping``, what waits is left out."""
        waiting, strikes = deque(orders), dict[Hashable, int]()
        busy: list[_Painter] = []
        try:
            while busy or (waiting and not stopping()):
                while waiting and not stopping():
                    if strikes.get(waiting[0][1], 0) >= STRIKES:
                        yield waiting.popleft()[0], Refusal(text=_GIVEN_UP, lasting=False)
                    elif painter := self._free(busy):
                        painter.take(waiting.popleft())
                    else:
                        break
                for painter in self._finished(busy):
                    (key, kind, _), drawn = painter.answer(self._patience)
                    strikes[kind] = 0 if painter.alive else strikes.get(kind, 0) + 1
                    if not painter.alive:
                        waiting.extendleft(reversed(painter.orders))
                    if not (painter.alive and painter.orders):
                        busy.remove(painter)
                        self._idle += [painter] if painter.alive else []
                    yield key, drawn
        finally:
            for painter in busy:
                painter.end()

    def close(self) -> None:
        """End every process."""
        while self._idle:
            self._idle.pop().end()

    def _free(self, busy: list[_Painter]) -> _Painter | None:
        """Return who is to take the next order, from now on among ``busy``; ``None`` when all have enough."""
        if len(busy) < self._size:
            busy.append(self._idle.pop() if self._idle else _Painter.started(self._command, self._setting))
            return busy[-1]
        return next((each for each in busy if len(each.orders) < AHEAD), None)

    def _finished(self, busy: Sequence[_Painter]) -> list[_Painter]:
        """Wait for an answer, an end, or the end of patience; return whose."""
        if not busy:
            return []
        oldest = min(each.since for each in busy)
        ready = wait([each.connection for each in busy], max(0.0, oldest + self._patience - time.monotonic()))
        late = time.monotonic() - self._patience
        return [each for each in busy if each.connection in ready or each.since <= late]


@dataclass(slots=True)
class _Painter:
    """One process.

    Attributes:
        process: what to end.
        connection: to it.
        orders: what it has to draw, the first of them now.
        since: when it began with that, seconds.
        alive: whether it can draw on.
    """

    process: subprocess.Popen[bytes]
    connection: Connection
    orders: deque[Order] = field(default_factory=deque)
    since: float = 0.0
    alive: bool = True

    @classmethod
    def started(cls, command: Sequence[str], setting: Setting) -> _Painter:
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(  # noqa: S603  # this interpreter, this package
                [*command, str(theirs.fileno())], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        painter = cls(process, Connection(ours.detach()))
        painter._send(setting)
        return painter

    def take(self, order: Order) -> None:
        if not self.orders:
            self.since = time.monotonic()
        self.orders.append(order)
        self._send(order[2])

    def answer(self, patience: float) -> tuple[Order, Drawn]:
        """Return the first order and what came of it; a process that is gone, or late, is ended."""
        order = self.orders.popleft()
        try:
            if self.connection.poll():
                drawn: Drawn = self.connection.recv()
                self.since = time.monotonic()
                return order, drawn
            text = _HUNG if time.monotonic() - self.since >= patience else _CRASHED
        except (EOFError, OSError):
            text = _CRASHED
        self.end()
        return order, Refusal(text=text, lasting=False)

    def end(self) -> None:
        self.alive = False
        self.connection.close()
        self.process.kill()
        self.process.wait()

    def _send(self, what: Setting | PosterJob) -> None:
        """Send; a process that is gone already shows when it does not answer."""
        try:
            self.connection.send(what)
        except OSError:
            return
