"""The states a delivery passes through in the ledger (台账)."""

from __future__ import annotations

from enum import IntEnum


class State(IntEnum):
    """Where a delivery stands; the numbers are stored and never change meaning."""

    PLANNED = 10
    """Promised, not yet rendered."""
    READY = 20
    """Rendered and frozen; may be claimed."""
    LEASED = 30
    """A sender holds it; nothing has left yet."""
    SENDING = 40
    """The intent is durable; bytes may have left."""
    ACCEPTED = 50
    """The platform took it; a person or a job must still act."""
    UNKNOWN = 60
    """No proof either way."""
    DELIVERED = 70
    FAILED = 80
    EXPIRED = 81
    WITHHELD = 82
    CANCELLED = 83

    @property
    def final(self) -> bool:
        """Whether only an operator can change it from here (``DELIVERED`` nobody can)."""
        return self >= State.DELIVERED
