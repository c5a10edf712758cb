"""The far end does batches by the present documents, and says what it did and why it waits."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_shop import WEDNESDAY_NOON, make_shop, open_at

from calendarkit import pipeline
from calendarkit.edges.ledger.postgres_failures import LedgerAway
from calendarkit.edges.ledger.store import LEASE
from calendarkit.edges.serve import FarEnd, serves
from calendarkit.edges.work import REOPEN, Told
from calendarkit.edges.world import World
from calendarkit.extend import Batch
from calendarkit.model.state import State

LATER = WEDNESDAY_NOON + 60


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop whose noon deal is planned and rendered, and left to others to send."""
    made = make_shop(tmp_path / "shop")
    with (made / "calendarkit.toml").open("a", encoding="utf-8") as file:
        file.write('\n[engine]\nname = "worker"\n')
    for now in (WEDNESDAY_NOON - 60, WEDNESDAY_NOON):
        with open_at(made, now) as world:
            pipeline.tick(world)
    return made


def everything(shop: Path) -> Batch:
    """Return a hint at everything that may go now: each group's first message."""
    with open_at(shop, LATER) as world:
        (channel,) = world.store.channels_due(LATER)
        ids = world.store.due(channel, LATER, 1000)
    return Batch(kind="send", scope=channel, ids=ids, deadline=LATER + LEASE)


def counts(shop: Path) -> dict[State, int]:
    """Return the ledger's rows by state."""
    with open_at(shop, LATER) as world:
        return dict(world.store.counts())


def test_what_was_sent_is_told(shop: Path) -> None:
    """Ended in the middle, it finishes what it holds, gives back the rest, and tells the count."""
    told: list[Told] = []
    with FarEnd(lambda: open_at(shop, LATER), tell=told.append) as end:
        end(everything(shop))
    found = counts(shop)
    assert set(found) <= {State.DELIVERED, State.READY}
    assert sum(each.deliveries.count(State.DELIVERED) for each in told) == found[State.DELIVERED] > 0


def test_other_documents_send_nothing(shop: Path) -> None:
    """A machine whose prices are not those of the last tick waits, reads them again, and goes on by itself."""
    offers, told = shop / "offers.toml", list[Told]()
    text = offers.read_text("utf-8")
    offers.write_text(f"{text}\n# an edit that publish has not seen\n", "utf-8")
    with FarEnd(lambda: open_at(shop, LATER), tell=told.append) as end:
        end(everything(shop))
        assert [each.kind for each in told] == ["waits"]
        assert set(counts(shop)) == {State.READY}
        offers.write_text(text, "utf-8")
        end(everything(shop))
    assert counts(shop)[State.DELIVERED] > 0


def test_a_ledger_out_of_reach_costs_a_hint_only(shop: Path) -> None:
    """It is told; the next hint finds the ledger again."""
    told, opened = list[Told](), list[World]()

    def reopen() -> World:
        opened.append(open_at(shop, LATER))
        if len(opened) == 2:
            opened.pop().close()
            opened.append(opened[0])
            raise LedgerAway("postgresql://db/shop", "connection refused")
        return opened[-1]

    with FarEnd(reopen, tell=told.append) as end:
        opened[0].clock.sleep(REOPEN)
        end(everything(shop))
        assert [each.kind for each in told] == ["away"]
        end(everything(shop))
    assert counts(shop)[State.DELIVERED] > 0


def test_only_some_engines_have_a_far_end(shop: Path) -> None:
    """The worker looks into the ledger itself."""
    with open_at(shop) as world:
        assert not serves(world)
