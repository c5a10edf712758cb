"""The one root of every error calendarkit raises on purpose."""

from __future__ import annotations


class CalendarkitError(Exception):
    """calendarkit could not do what was asked."""

    def __init__(self, message: str | None = None) -> None:
        """Take ``message``, or the first line of the class docstring when there is none."""
        super().__init__(message or (type(self).__doc__ or "").strip().splitlines()[0])


class WorkspaceError(CalendarkitError):
    """The workspace cannot be used as it stands."""


class PluginError(CalendarkitError):
    """A plugin could not be loaded or broke its contract."""


class LedgerError(CalendarkitError):
    """The ledger cannot be read or written."""


class LedgerBusy(LedgerError):
    """Another process holds the ledger; try again (exit code 75)."""


class SecretMissing(CalendarkitError):
    """No source of secrets knows this name."""


class HttpFailure(CalendarkitError):
    """A request did not end with an answer.

    Attributes:
        sent: whether any byte of the request may have reached the other side. ``False`` is proof that nothing
            happened there; ``True`` means the outcome cannot be known from here.
    """

    def __init__(self, message: str | None = None, *, sent: bool) -> None:
        super().__init__(message)
        self.sent = sent
