"""The template context: what texts and posters may speak of."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from small_shop import APPLE, SHANGHAI, STORE, calendar, delivery, roster, slot

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column, Content, Follow
from calendarkit.calendar.context import NAMES, context
from calendarkit.calendar.event import Event, Events
from calendarkit.calendar.roster import Roster

SHOP = calendar(Content(pool="tips", values={"slogan": "天天新鲜", "blank": ""}))
PLAIN = (str, int, float, bool, Decimal, dt.date, dt.datetime, type(None))


def seen(**more):
    """Return the context of a delivery of the VIP group."""
    return context(delivery(**more), SHOP, roster())


def test_has_every_name_it_promises():
    """The validator trusts ``NAMES``; a name there that templates do not get would break at noon."""
    found = seen(item="one", offer="apple")
    assert set(found) == set(NAMES)
    found["event"] = followed("c-1.1")["event"]
    assert {root: set(names) - set(found[root]) for root, names in NAMES.items()} == {root: set() for root in NAMES}


def followed(name: str):
    """Return the context of a reminder of the purchase of 28 October."""
    bought = Event(
        event="purchase", subject="c-1", store="hz-001", at=dt.datetime(2026, 10, 28), fields={"note": "两箱"}
    )
    rebuy = Column(id="noon", title="复购", at=("12:00",), after=Follow(event="purchase", every="28d", times=2))
    shop = Calendar(workspace=SHOP.workspace, columns={"noon": rebuy}, events=Events((bought,)))
    return context(delivery(slot(name=name)), shop, roster())


def test_tells_a_reminder_what_it_follows():
    """The event of the day so many days ago, which reminder it is, and what the sheet says beside."""
    event = followed("c-1.1")["event"]
    assert (event["subject"], event["name"], event["on"], event["k"]) == ("c-1", None, dt.date(2026, 10, 28), 1)
    assert event["note"] == event["fields"]["note"] == "两箱"


def test_an_event_that_is_gone_breaks_its_reminder():
    """A row that was taken out of the sheet leaves nothing to say."""
    with pytest.raises(KeyError):
        followed("c-2.1")


def test_says_when_in_the_words_of_the_column():
    """Times are local to the slot's zone and aware."""
    assert seen()["slot"] == {
        "key": "noon/2026-11-25/12:00",
        "day": dt.date(2026, 11, 25),
        "name": "12:00",
        "time": "12:00",
        "at": dt.datetime(2026, 11, 25, 12, tzinfo=SHANGHAI),
        "weekday": "周三",
    }


def test_tells_a_moved_slots_real_weekday():
    """A Wednesday that is held on Thursday says Thursday."""
    moved = slot("12:00", "2026-11-26")
    assert seen(when=moved)["slot"]["weekday"] == "周四"


def test_offers_further_columns_by_name_and_below_fields():
    """A column of a sheet is read as ``store.manager`` and as ``store.fields.manager``."""
    found = seen(item="one")
    assert (found["store"]["manager"], found["store"]["fields"]["manager"]) == ("小陈", "小陈")
    assert (found["item"]["emoji"], found["group"]["host"]) == ("🍲", "阿梅")
    assert found["values"] == {"slogan": "天天新鲜", "blank": None}


def test_a_further_column_never_hides_a_known_one():
    """A sheet cannot make ``store.id`` say something else."""
    liar = STORE.__class__(id="hz-001", name="滨江一号店", fields={"id": "other"})
    assert context(delivery(), SHOP, roster(liar))["store"]["id"] == "hz-001"


def test_what_nobody_wrote_is_none():
    """An empty cell and a missing price are nothing, so that printing one unasked is noticed."""
    found = seen(offer="apple")
    assert found["store"]["phone"] is None
    assert found["store"]["parking"] is None
    assert (found["offer"]["limit"], found["offer"]["stock"], found["offer"]["until"]) == (None, None, None)
    assert (found["item"], found["offer"]["saving"]) == (None, Decimal("9.9"))


def test_a_store_delivery_has_no_group():
    """What goes to a store's own page is for no group."""
    assert seen(target="hz-001")["group"] is None


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (dt.datetime(2026, 11, 25, 14), dt.datetime(2026, 11, 25, 14, tzinfo=SHANGHAI)),
        (dt.datetime(2026, 11, 25, 6, tzinfo=dt.UTC), dt.datetime(2026, 11, 25, 14, tzinfo=SHANGHAI)),
    ],
    ids=["local", "with-a-zone"],
)
def test_an_offers_end_is_shown_in_the_workspaces_zone(written, shown):
    """``{{ offer.until | clock }}`` says 14:00 either way."""
    shop = calendar(offers={"apple": APPLE.model_copy(update={"until": written})})
    until = context(delivery(offer="apple"), shop, roster())["offer"]["until"]
    assert (until, until.hour) == (shown, 14)


@pytest.mark.parametrize(
    ("lost", "people"),
    [({"item": "three"}, roster()), ({"offer": "pear"}, roster()), ({}, Roster())],
    ids=["item", "offer", "store"],
)
def test_raises_for_what_is_gone(lost, people):
    """What was deleted after planning is named."""
    with pytest.raises(KeyError, match=next(iter(lost.values()), "hz-001")):
        context(delivery(**lost), SHOP, people)


def test_holds_plain_values_only():
    """A painter in another process gets the same context, so nothing in it may be more than data."""

    def flat(value):
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
        yield from (leaf for each in inner for leaf in flat(each))
        if not isinstance(value, dict | tuple):
            yield value

    assert all(type(leaf) in PLAIN for leaf in flat(seen(item="one", offer="apple")))
