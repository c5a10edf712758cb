"""A trial: one publisher, connected to a scripted platform, sending sample messages."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from calendarkit.extend.options import Options
from calendarkit.extend.publishing import Channel, Envelope, Publisher, Target
from calendarkit.model.message import Kind, Message
from calendarkit.model.receipt import Receipt
from calendarkit.model.secret import Secret
from calendarkit.testing.fakes import EPOCH, Answer, FakeHttp, fake_context
from calendarkit.testing.samples import CANARY, sample_message


class Connected(NamedTuple):
    """A channel and the client it was given."""

    channel: Channel
    http: FakeHttp


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A publisher and what it is tried with.

    Attributes:
        answers: what the platform answers while it does well; empty for a publisher without HTTP.
        address: the address of every target.
        folder: a folder to write to.
    """

    publisher: Publisher
    options: Options
    answers: tuple[Answer, ...]
    address: Mapping[str, str | Secret]
    folder: Path

    def connect(self, *answers: Answer, language: Literal["zh", "en"] = "en") -> Connected:
        """Connect the publisher to a client that gives these answers, by default the good ones."""
        http = FakeHttp(*(answers or self.answers))
        context = dataclasses.replace(
            fake_context(self.folder, http=http, language=language),
            secret=lambda name: Secret(name, f"{CANARY}-{name.rpartition('/')[2]}"),
        )
        return Connected(self.publisher.connect(self.options, context), http)

    def message(self, kind: Kind | None = None) -> Message:
        """Return an ordinary message of ``kind``, by default of the kind the channel prefers."""
        limits = self.publisher.limits
        preferred: Kind = next(iter(limits.kinds))
        return sample_message(kind or preferred, self.folder, limits)

    def envelope(
        self, message: Message | None = None, *, number: int = 1, address: Mapping[str, str | Secret] | None = None
    ) -> Envelope:
        """Return a message on its way to a group; another ``number`` is another delivery."""
        target = Target(
            id=f"hz-{number:03}.vip",
            title=f"VIP {number}",
            store=f"hz-{number:03}",
            store_title="滨江店",
            address=self.address if address is None else address,
        )
        return Envelope(
            key=f"noon-deals/2026-11-26/noon/{target.id}/{self.publisher.name}",
            message=message or self.message(),
            target=target,
            column_title="午间特惠",
            slot_at=EPOCH,
            deadline=EPOCH + 600,
        )


def send_one(channel: Channel, envelope: Envelope) -> Receipt:
    """Send one message and return its one receipt; anything else is an assertion error that says what came."""
    answered: Any = channel.send((envelope,))
    assert answered is not None, "send returned None; None is never success"
    receipts = list(answered)
    assert len(receipts) == 1, f"{len(receipts)} receipts for one message"
    receipt = receipts[0]
    assert isinstance(receipt, Receipt), f"not a receipt: {type(receipt).__name__}"
    assert receipt.key == envelope.key, "the receipt carries another key"
    return receipt
