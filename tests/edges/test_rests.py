"""Rests end early when their cause was mended or waiting would outlast a delivery, and only then."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from small_shop import at

from calendarkit.edges.rests import NAME, end_rests, note_rests, something_waits
from calendarkit.edges.world import World, open_world
from calendarkit.model.delivery import Delivery, Plan
from calendarkit.model.message import Message
from calendarkit.model.receipt import Outcome, Receipt
from calendarkit.model.slot import Slot
from calendarkit.model.state import State
from calendarkit.stages.settle import Settlement
from calendarkit.testing.fakes import FakeClock

NOON = at("12:00")
DAY = dt.date(2026, 11, 25)
KEY = "693a91f6-7a0c-4bc4-97a0-0ec2f1fa5aaa"
GONE = Receipt(key="k", outcome=Outcome.BAD_CONFIG, code="93000", detail="no such robot")
FILES = {
    "calendarkit.toml": 'name = "小店"\nchannels = ["wecom"]\n[plugins.wecom]\n',
    "calendars/noon.toml": '[[column]]\nid = "noon"\ntitle = "特惠"\nat = "12:00"\ncontent.text = "hi"\n',
    "stores.csv": "id,name\ns1,滨江店\n",
    "groups.csv": "id,store,members,wecom.key\ns1.staff,s1,staff,secret:robot/s1\n",
    "secrets.toml": f'[robot]\ns1 = "{KEY}"\n',
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a shop with one robot."""
    for name, text in FILES.items():
        write(tmp_path, name, text)
    return tmp_path


def write(shop: Path, name: str, text: str) -> None:
    """Write a file that nobody else can read."""
    (shop / name).parent.mkdir(exist_ok=True)
    (shop / name).write_text(text, "utf-8")
    (shop / name).chmod(0o600)


def opened(shop: Path, now: int = NOON) -> World:
    """Open the shop as a new run does."""
    return open_world(shop, clock=FakeClock(now))


def wait(world: World, *, deadline: int = NOON + 3600) -> None:
    """Let a delivery of noon wait for the channel to come back."""
    slot = Slot(column="noon", day=DAY, name="12:00", at=NOON, deadline=deadline, zone="Asia/Shanghai")
    delivery = Delivery(slot=slot, target="s1.staff", store="s1", channel="wecom", not_before=NOON)
    world.store.admit(Plan(deliveries=(delivery,)), missed={}, mark=NOON + 1, now=NOON)
    rows = world.store.to_render(NOON)
    world.store.freeze([(row.id, Message(kind="text", text="hi")) for row in rows], NOON)
    world.store.stop("wecom", GONE, 600, NOON)
    note_rests(world)


@pytest.mark.parametrize(
    ("file", "old", "new", "ended"),
    [
        ("secrets.toml", KEY, KEY.replace("6", "7"), 1),
        ("calendarkit.toml", "小店", "大店", 0),
    ],
    ids=["secret", "name"],
)
def test_a_channel_whose_configuration_changed_is_tried(shop: Path, file: str, old: str, new: str, ended: int) -> None:
    """At once; anything else in the files is no reason."""
    with opened(shop) as world:
        wait(world)
    write(shop, file, (shop / file).read_text("utf-8").replace(old, new))
    with opened(shop) as world:
        assert end_rests(world, NOON + 10) == ended
        assert len(world.store.holds()) == 1 - ended


@pytest.mark.parametrize(
    ("file", "old", "new", "ended"),
    [
        ("secrets.toml", "s1 =", "s2 =", 1),
        ("groups.csv", "secret:robot/s1", "secret:robot/s3", 1),
        ("groups.csv", "staff,secret", "customers,secret", 0),
    ],
    ids=["added secret", "other secret", "members"],
)
def test_a_target_whose_address_changed_is_tried(shop: Path, file: str, old: str, new: str, ended: int) -> None:
    """Its secret appeared, or its row names another one."""
    write(shop, "groups.csv", FILES["groups.csv"].replace("robot/s1", "robot/s2" if "toml" in file else "robot/s1"))
    with opened(shop) as world:
        wait(world)
        world.store.lift("wecom")
        (row,) = world.store.claim([each.id for each in world.store.rows()], NOON)
        world.store.refuse(row, GONE, Settlement(state=State.READY, attend=NOON, rest="target", rest_seconds=300), NOON)
        note_rests(world)
    write(shop, file, (shop / file).read_text("utf-8").replace(old, new))
    if ended and file == "groups.csv":
        write(shop, "secrets.toml", FILES["secrets.toml"] + f's3 = "{KEY[::-1]}"\n')
    with opened(shop) as world:
        assert end_rests(world, NOON + 10) == ended


def test_without_a_change_it_rests(shop: Path) -> None:
    """Run after run."""
    with opened(shop) as world:
        wait(world)
    for seconds in (10, 70, 130):
        with opened(shop) as world:
            assert end_rests(world, NOON + seconds) == 0
            note_rests(world)


def test_what_is_still_wrong_after_a_change_rests_as_long_as_before(shop: Path) -> None:
    """The change is tried once, not every minute."""
    with opened(shop) as world:
        wait(world)
    write(shop, "secrets.toml", FILES["secrets.toml"].replace("6", "7"))
    with opened(shop) as world:
        assert end_rests(world, NOON + 10) == 1
        world.store.stop("wecom", GONE, 600, NOON + 10)
        note_rests(world)
    with opened(shop) as world:
        assert end_rests(world, NOON + 70) == 0


def test_no_key_can_be_read_from_what_is_kept(shop: Path) -> None:
    """Only a salted digest; nobody else may read even that."""
    with opened(shop) as world:
        wait(world)
        kept = world.state_dir / NAME
        assert KEY not in kept.read_text("utf-8")
        assert kept.stat().st_mode & 0o077 == 0
        world.store.lift("wecom")
        note_rests(world)
        assert not kept.exists()


@pytest.mark.parametrize(
    ("deadline", "now", "ended"),
    [(300, 60, 1), (300, 20, 0), (3600, 60, 0), (300, 300, 0)],
    ids=["would expire", "just began", "has time", "expired already"],
)
def test_a_rest_does_not_outlast_a_delivery(shop: Path, deadline: int, now: int, ended: int) -> None:
    """One delivery probes in time, at most once a minute."""
    with opened(shop) as world:
        wait(world, deadline=NOON + deadline)
        assert end_rests(world, NOON + now) == ended


def test_while_something_waits_every_minute_looks(shop: Path) -> None:
    """A shop in which nothing is due may sleep although something rests."""
    with opened(shop) as world:
        world.store.stop("wecom", GONE, 600, NOON)
        assert not something_waits(world.store, NOON)
        wait(world)
        assert something_waits(world.store, NOON)
        assert not something_waits(world.store, NOON + 601)
