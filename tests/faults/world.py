"""The world behind a fault test: a log of what members saw that survives every kill, and channels that write to it."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger_shop import FakeBook

from calendarkit.extend import Envelope, Outcome, Receipt, Traits

TRAITS = {
    "none": Traits(dedupe="none"),
    "upsert": Traits(dedupe="upsert"),
    "lookup": Traits(dedupe="lookup", settling=60),
}


@dataclass
class TruthBook(FakeBook):
    """Channels whose every send is one line of ``truth``, written before the answer."""

    truth: Path = Path()
    delay: float = 0.0
    """Seconds between what members see and the answer."""

    def call(self, channel: str, envelopes: Sequence[Envelope], verb: str = "send") -> tuple[Receipt, ...]:
        if verb == "lookup":
            there = seen(self.truth)
            return tuple(
                Receipt(key=each.key, outcome=Outcome.DELIVERED if there[each.key] else Outcome.RETRY_SHORT)
                for each in envelopes
            )
        log = os.open(self.truth, os.O_APPEND | os.O_CREAT | os.O_WRONLY)
        os.write(log, "".join(f"{each.key}\n" for each in envelopes).encode())
        os.close(log)
        time.sleep(self.delay)
        return tuple(Receipt(key=each.key, outcome=Outcome.DELIVERED) for each in envelopes)


def seen(truth: Path) -> Counter[str]:
    """Return how often the world saw each delivery."""
    return Counter(truth.read_text().splitlines()) if truth.exists() else Counter()
