"""The log of actions: one line of JSON for each thing that happens, in a file or on standard error, redacted."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from calendarkit.edges.redact import RedactingFilter, Redactor

NAME = "calendarkit.actions"
STDERR = "stderr"
FOREIGN = "log"
"""The action of a line that somebody else logged: a library, or a plugin."""


@contextmanager
def action_log(place: str, redactor: Redactor, *, root: Path) -> Iterator[ActionLog]:
    """Yield the log while the block runs, and take what libraries and plugins log into it.

    Args:
        place: a file, relative to ``root``, or ``"stderr"``; empty for none: then only warnings of others are told, in
            words, on standard error.
        redactor: masks secrets in every line.
        root: the workspace.
    """
    handler = _FileHandler(root / place) if place not in ("", STDERR) else _StreamHandler(sys.stderr)
    if place:
        handler.setFormatter(_JsonLines())
    else:
        handler.setLevel(logging.WARNING)
        handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    handler.addFilter(RedactingFilter(redactor))
    everyone, ours = logging.getLogger(), logging.getLogger(NAME)
    before = ours.level
    everyone.addHandler(handler)
    ours.setLevel(logging.INFO if place else logging.CRITICAL + 1)  # without a place nobody reads our own lines
    try:
        yield ActionLog(ours, handler)
    finally:
        ours.setLevel(before)
        everyone.removeHandler(handler)
        handler.close()


class ActionLog:
    """Writes lines; whatever goes wrong with that is kept in :attr:`trouble` and raises nothing."""

    def __init__(self, logger: logging.Logger, handler: _StreamHandler | _FileHandler) -> None:
        self._logger = logger
        self._handler = handler

    def __call__(self, action: str, *, well: bool = True, **fields: Any) -> None:
        """Write one line.

        Args:
            action: what happened, ``delivery.delivered``.
            well: whether nobody needs to look.
            fields: more about it; what is empty is left out.
        """
        level = logging.INFO if well else logging.WARNING
        if self._logger.isEnabledFor(level):
            self._logger.log(level, action, extra={"fields": {k: v for k, v in fields.items() if v not in ("", None)}})

    @property
    def trouble(self) -> str:
        """Why lines were lost; empty when none were."""
        return self._handler.trouble


class _StreamHandler(logging.StreamHandler[Any]):
    """Writes to a stream and survives its loss."""

    trouble = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; without a formatter of ours, only what others logged."""
        if record.name != NAME or isinstance(self.formatter, _JsonLines):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802  # logging's signature
        """Keep why the line was lost."""
        self.trouble = str(sys.exc_info()[1])


class _FileHandler(logging.FileHandler):
    """Appends to a file that is opened with the first line, and survives what that may come to."""

    trouble = ""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", errors="backslashreplace", delay=True)
        self._folder = path.parent

    def emit(self, record: logging.LogRecord) -> None:
        """Append a line; the folder is made when it is not there."""
        try:
            if self.stream is None:
                self._folder.mkdir(parents=True, exist_ok=True)
            super().emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802  # logging's signature
        """Keep why the line was lost."""
        self.trouble = str(sys.exc_info()[1])


class _JsonLines(logging.Formatter):
    """Makes one line of JSON: when, how grave, which action, then its fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record, ours or another's."""
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        line: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
        }
        if record.name == NAME:
            line |= {"action": record.getMessage(), **getattr(record, "fields", {})}
        else:
            line |= {"action": FOREIGN, "logger": record.name, "message": record.getMessage()}
        if record.exc_text:
            line["traceback"] = record.exc_text
        return json.dumps(line, ensure_ascii=False, default=str)
