"""One tick as its own process: ``tick_process.py FOLDER TRAIT NOW SENDERS [FILE_LIMIT]``; exits 5 on a full disk."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from faults.world import TRAITS, TruthBook
from ledger_shop import ledger

from calendarkit.edges.ledger.failures import LedgerFull
from calendarkit.edges.publish import deliver
from calendarkit.testing.fakes import FakeClock


def tick(folder: Path, trait: str, now: int, senders: int = 1) -> None:
    """Deliver what is due at ``now``."""
    book = TruthBook(traits=TRAITS[trait], truth=folder / "truth")
    with ledger(folder) as store:
        deliver(store, book, clock=FakeClock(now), until=now + 50, senders=senders)


if __name__ == "__main__":
    if len(sys.argv) > 5:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[5]), int(sys.argv[5])))
    try:
        tick(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    except LedgerFull as problem:
        print(problem)
        sys.exit(5)
