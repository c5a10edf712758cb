"""The book of channels: who is connected when, how envelopes are addressed, and what a plugin may do wrong."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.roster import Group, Roster, Store
from calendarkit.calendar.workspace import Workspace
from calendarkit.edges.book import Book, TargetGone
from calendarkit.edges.ledger.store import Row
from calendarkit.edges.plugins import Offered
from calendarkit.edges.redact import Redactor
from calendarkit.errors import PluginError, SecretMissing
from calendarkit.extend import Limits, Message, NoOptions, Outcome, Publisher, Receipt, Secret, Traits
from calendarkit.model.delivery import Delivery
from calendarkit.model.slot import Slot
from calendarkit.model.state import State

HELLO = Message(kind="text", text="早")
KEY = "11111111-1111-4111-8111-111111111111"


class FakeRegistry:
    """A registry with one publisher whose channel is a function."""

    def __init__(self, send, *, connect=None):
        self.connected = 0

        def connect_once(options, context):
            self.connected += 1
            return SimpleNamespace(send=send)

        self.publisher = Publisher(
            name="shop",
            title="店",
            limits=Limits(kinds={}),
            traits=Traits(dedupe="none"),
            connect=connect or connect_once,
        )

    def records(self, hook):
        """Return the publisher."""
        return {"shop": self.publisher}

    def offered(self, hook):
        """Return the publisher and whose it is."""
        return {"shop": Offered(self.publisher, "shop-plugin 1.0", "shop")}

    def options(self, hook, name):
        """Return no options."""
        return NoOptions()


def world(send, **options):
    """Return as much of a world as a book needs."""
    address = {"shop": {"key": "secret:robot/s1", "room": "5"}}

    def resolve(name):
        if name != "robot/s1":
            raise SecretMissing(name)
        return Secret(name, KEY)

    redactor = Redactor()
    redactor.learn(Secret("robot/s1", KEY))
    return SimpleNamespace(
        registry=FakeRegistry(send, **options),
        roster=Roster(
            {"s1": Store(id="s1", name="滨江店")},
            {
                "s1.a": Group(id="s1.a", store="s1", title="一群", address=address),
                "s1.b": Group(id="s1.b", store="s1", address={"shop": {"key": "secret:robot/gone"}}),
            },
        ),
        resolve=resolve,
        redactor=redactor,
    )


def book_of(here):
    """Return the book of such a world."""
    return Book(
        here.registry,
        Calendar(workspace=Workspace(name="小店")),
        here.roster,
        secrets=here.resolve,
        redact=here.redactor,
        lend=lambda name: None,
    )


def row(target="s1.a"):
    """Return a claimed row."""
    slot = Slot(column="noon", day=dt.date(2026, 11, 25), name="noon", at=100, deadline=200, zone="Asia/Shanghai")
    return Row(id=1, delivery=Delivery(slot=slot, target=target, store="s1", channel="shop"), state=State.LEASED)


def test_an_envelope_carries_names_and_secrets_resolved_late():
    """The key is a Secret that shows its name only; plain fields stay as written."""
    target = book_of(world(None)).envelope(row(), HELLO).target
    assert (target.title, target.store_title, target.address["room"]) == ("一群", "滨江店", "5")
    assert target.address["key"].reveal() == KEY
    assert KEY not in repr(target)


@pytest.mark.parametrize(("target", "error"), [("s1.b", SecretMissing), ("s1.gone", TargetGone)])
def test_what_cannot_be_addressed_is_said_before_anything_is_sent(target, error):
    """A secret nobody knows, a group that left the roster: each is its own error."""
    with pytest.raises(error):
        book_of(world(None)).envelope(row(target), HELLO)


def test_a_channel_is_connected_once():
    """Two calls share one connection."""
    here = world(lambda envelopes: [Receipt(key=each.key, outcome=Outcome.DELIVERED) for each in envelopes])
    book = book_of(here)
    envelope = book.envelope(row(), HELLO)
    assert [book.call("shop", [envelope])[0].outcome for _ in range(2)] == [Outcome.DELIVERED] * 2
    assert here.registry.connected == 1


def test_a_plugins_secret_in_its_error_is_masked():
    """S6, C6: whatever a plugin raises becomes unknown, and the key in its words is not shown."""

    def send(envelopes):
        raise ValueError(f"https://example.com/send?key={KEY}")

    book = book_of(world(send))
    receipt = book.call("shop", [book.envelope(row(), HELLO)])[0]
    assert receipt.outcome is Outcome.UNKNOWN
    assert "ValueError" in receipt.detail
    assert KEY not in receipt.detail


@pytest.mark.parametrize("result", [None, OSError("no route")], ids=["nothing", "raises"])
def test_a_channel_that_cannot_connect_stops_by_configuration(result):
    """Connecting to nothing, or failing to, is a matter of configuration: nothing was sent."""

    def connect(options, context):
        if isinstance(result, Exception):
            raise result
        return result

    book = book_of(world(None, connect=connect))
    with pytest.raises(PluginError, match="shop-plugin"):
        book.channel("shop")
    assert book.call("shop", [book.envelope(row(), HELLO)])[0].outcome is Outcome.BAD_CONFIG
