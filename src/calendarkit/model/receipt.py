"""A receipt (回执): what is known about one attempt to send."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Proof = Literal["none", "answer", "receipt", "staff"]


class Outcome(StrEnum):
    """The classes of answers; everything the engine decides, it decides by these and never by a text."""

    DELIVERED = "delivered"
    DUPLICATE = "duplicate"
    """The platform already had it: counts as delivered."""
    PARTIAL = "partial"
    """Accepted, but some recipients were refused; ``failed`` names them."""
    WAITING = "waiting"
    """Accepted; a person or a job on the platform must still act. ``handle`` is what to poll."""
    RETRY_SHORT = "retry_short"
    """Proof that nothing happened; try again after a short backoff."""
    RETRY_LATER = "retry_later"
    """Not yet possible; try again after ``retry_after``."""
    RATE_WAIT = "rate_wait"
    """The scope is over its rate; everything in it waits ``retry_after``."""
    TOKEN_REFRESH = "token_refresh"  # noqa: S105  # a class of answers, not a password
    BAD_CONTENT = "bad_content"
    MEDIA_EXPIRED = "media_expired"
    BAD_TARGET = "bad_target"
    """This target is gone; it rests until a person mends it."""
    BAD_CONFIG = "bad_config"
    """Credentials or permissions are wrong: the whole channel stops after one call."""
    UNKNOWN = "unknown"
    """No proof either way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What one attempt came to.

    Attributes:
        key: the delivery's key.
        outcome: the class; see :class:`Outcome`.
        code: the platform's own code, such as ``93000``; empty without one.
        detail: a sentence for the operator, already free of secrets.
        handle: the platform's id to follow up, look up or cancel by; empty when it gives none.
        retry_after: seconds to wait, where the platform or the class says so.
        failed: recipients that were refused, for ``partial``.
        proof: how sure ``delivered`` is: ``none`` (nothing came back), ``answer`` (the platform said yes without an
            id), ``receipt`` (it gave an id that can be looked up), ``staff`` (a person ticked it).
    """

    key: str
    outcome: Outcome
    code: str = ""
    detail: str = ""
    handle: str = ""
    retry_after: float | None = None
    failed: tuple[str, ...] = ()
    proof: Proof = "none"
