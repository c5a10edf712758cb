"""The example shops as their teams see them: clean, with a golden week, golden words and golden posters.

The expected files lie in ``shops/``: ``SHOP.week.txt`` is the programme, ``SHOP.texts.txt`` every word of that week for
one store, ``posters.json`` what the posters were when somebody looked at them, and a few of them as pictures. To write
all of it anew, look at it and commit it::

    CALENDARKIT_GOLDEN=write python -m pytest tests/golden/test_shops.py
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from cli_shop import say
from PIL import Image, features
from small_shop import at

from calendarkit import pipeline
from calendarkit.edges.world import World, open_world
from calendarkit.extend import PosterJob
from calendarkit.model.delivery import Delivery
from calendarkit.model.message import Broken, Media, Message
from calendarkit.model.slot import Window
from calendarkit.stages.render import render
from calendarkit.testing.fakes import FakeClock

SHOPS = Path(__file__).parents[2] / "calendars"
HERE = Path(__file__).with_name("shops")
WRITING = os.environ.get("CALENDARKIT_GOLDEN") == "write"
EVE = at("12:00", "2026-11-22")
WEEK = Window(at("00:00", "2026-11-23"), at("00:00", "2026-11-30"))
MONTH = Window(WEEK.start, WEEK.start + 28 * 86_400)
STORES = {"fresh-market": "hz-001", "mother-baby": "hf-02", "phone-store": "cd-01", "fashion-chain": "north-02"}
PICTURE_WIDTH = 540
"""px of the pictures kept for people."""
ALIKE = 4.0
"""Largest mean difference, of 255, between posters that look alike."""
ADVERTISING_LAW = re.compile("最|第一|国家级|顶级|极致|首选|唯一|独家|绝对|百分百|100%|治疗|疗效|根治|免疫力")
"""Superlatives (Advertising Law of the PRC, article 9) and medical claims (article 17) that a shop may not print."""


class Case(NamedTuple):
    """One poster: its layout and the slot and group it is drawn for; some are kept as pictures."""

    shop: str
    layout: str
    slot: str
    group: str
    picture: bool = False

    @property
    def name(self) -> str:
        """Name in ``posters.json`` and of the picture."""
        return f"{self.shop}.{self.layout}"


POSTERS = (
    Case("fresh-market", "morning_tip", "morning-tips/2026-11-23/07:30", "hz-001.vip", picture=True),
    Case("fresh-market", "noon_deal", "noon-deals/2026-11-25/noon", "hz-001.vip"),
    Case("fresh-market", "flash_sale", "flash-wed/2026-11-25/evening", "hz-001.vip", picture=True),
    Case("mother-baby", "morning_tip", "baby-tips/2026-11-24/morning", "hf-01.walk"),
    Case("mother-baby", "restock", "restock-1-3y/2026-11-27/noon", "hf-01.walk", picture=True),
    Case("phone-store", "morning_tip", "point-elder/2026-11-25/morning", "cd-01.elder"),
    Case("phone-store", "noon_deal", "point-photo/2026-11-24/noon", "cd-01.photo", picture=True),
    Case("fashion-chain", "lookbook", "member-day/2026-11-25/morning", "east-01.vip", picture=True),
    Case("fashion-chain", "noon_deal", "outlet-sat/2026-11-28/noon", "east-02.outlet"),
)


@pytest.fixture(scope="module", params=STORES)
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of one shop, as it is committed: without secrets, ledger and packs."""
    name: str = request.param
    return copied(name, tmp_path_factory.mktemp("shops"))


@pytest.fixture
def world(shop: Path) -> Iterator[World]:
    """Return the shop, opened on the Sunday before the week."""
    with open_world(shop, clock=FakeClock(EVE), language="zh") as opened:
        yield opened


def test_nothing_is_wrong_with_it(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither an error nor a warning but the one about the robots' keys, which nobody commits."""
    said = say(capsys, "--lang", "zh", "-C", shop, "check")
    assert (said.code, said.err) == (0, "")
    assert re.findall(r"\[(CK\d+)\]", said.out) == ["CK608"]
    assert re.search(r"^✓ 没有错误，1 个警告：\d+ 个栏目、\d+ 家门店、\d+ 个群\n\Z", said.out, re.MULTILINE)


def test_the_week(shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The programme as the team sees it on the Sunday before."""
    monkeypatch.setattr("calendarkit.edges.clock.SystemClock.now", lambda _: float(EVE))
    said = say(capsys, "--lang", "zh", "-C", shop, "show", "week", "2026-11-23")
    assert said.code == 0
    assert said.out == expected(f"{shop.name}.week.txt", said.out)


def test_the_words_of_the_week(shop: Path, world: World) -> None:
    """Every text and link card for one store; groups that read the same stand together."""
    found = week_texts(world, STORES[shop.name])
    assert found == expected(f"{shop.name}.texts.txt", found)


def test_no_word_breaks_the_advertising_law(world: World) -> None:
    """In nothing that members or staff may read, in all four weeks."""
    plan = pipeline.forecast(world, MONTH)
    first = {(each.slot.key, each.channel, each.part): each for each in plan.deliveries if each.part != "poster"}
    said = "\n".join(words(said_by(world, each)) for each in first.values())
    assert said
    assert ADVERTISING_LAW.findall(said) == []


def test_every_message_of_a_month_can_be_made_and_goes_out(world: World) -> None:
    """No cap, gap, floor or empty pool holds anything back by surprise."""
    plan = pipeline.forecast(world, MONTH)
    first = {(each.slot.key, each.channel, each.part, each.store): each for each in plan.deliveries}
    assert plan.withheld == ()
    assert [said for each in first.values() if isinstance(said := said_by(world, each), Broken)] == []


def test_robots_speak_to_staff_only_and_their_keys_are_names(world: World) -> None:
    """Customers are served by packs; no key stands in a roster."""
    groups = world.roster.groups
    channels = {(each.channel, groups[each.target].members) for each in pipeline.forecast(world, WEEK).deliveries}
    assert channels == {("wecom", "staff"), ("folder", "customers")}
    keys = {group.address["wecom"]["key"] for group in groups.values() if group.members == "staff"}
    assert all(key.startswith("secret:robot/") for key in keys)
    assert not (world.root / "secrets.toml").exists()


def test_a_title_that_names_a_weekday_stands_on_it(world: World) -> None:
    """A pool in order visits every weekday; its items must not say which one it is."""
    for slot in pipeline.programme(world, MONTH):
        item = pipeline.choose(world, slot).item
        pool = world.calendar.columns[slot.column].content.pool
        title = next((each.title for each in world.calendar.pools[pool].items if each.id == item), "") if pool else ""
        named = re.findall("周[一二三四五六日]", title)
        assert all(each == "周" + "一二三四五六日"[slot.day.weekday()] for each in named), (slot.key, title)


@pytest.mark.parametrize("case", POSTERS, ids=lambda case: case.name)
def test_the_posters(case: Case, tmp_path: Path) -> None:
    """Byte for byte as approved with the recorded versions of Pillow and its libraries, alike with others."""
    data = drawn(case, tmp_path)
    if WRITING:
        approve(case, data)
    approved = json.loads((HERE / "posters.json").read_text("utf-8"))
    if approved["versions"] == versions():
        assert hashlib.sha256(data).hexdigest() == approved["posters"][case.name]["sha256"]
    assert distance(sketch(data), approved["posters"][case.name]["sketch"]) <= ALIKE


@pytest.mark.parametrize("case", [each for each in POSTERS if each.picture], ids=lambda case: case.name)
def test_the_pictures_are_the_approved_posters(case: Case) -> None:
    """What a person sees in the repository is what the hash stands for."""
    approved = json.loads((HERE / "posters.json").read_text("utf-8"))["posters"]
    picture = sketch((HERE / f"{case.name}.jpg").read_bytes())
    assert distance(picture, approved[case.name]["sketch"]) <= ALIKE
    assert all(distance(picture, other["sketch"]) > ALIKE for name, other in approved.items() if name != case.name)


def copied(name: str, folder: Path) -> Path:
    """Return a copy of a shop below ``folder``."""
    private = shutil.ignore_patterns("state", "out", "secrets.toml")
    return Path(shutil.copytree(SHOPS / name, folder / name, ignore=private))


def expected(name: str, found: str) -> str:
    """Return what the golden file ``name`` says; while writing, that is what was found."""
    if WRITING:
        (HERE / name).write_text(found, "utf-8")
    return (HERE / name).read_text("utf-8")


def week_texts(world: World, store: str) -> str:
    """Return what the groups of ``store`` read in the week, one block a slot, part and wording."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for each in pipeline.forecast(world, WEEK).deliveries:
        if each.store == store:
            said = (each.slot.key, each.part, words(said_by(world, each)))
            groups.setdefault(said, []).append(world.roster.groups[each.target].title)
    blocks = [f"== {key} · {part} → {'、'.join(read)}\n{said}\n" for (key, part, said), read in groups.items()]
    return "\n".join(blocks)


def said_by(world: World, delivery: Delivery) -> Message | Broken:
    """Return what a delivery says; its poster is not drawn, only named."""
    publisher = world.registry.records("publishers")[delivery.channel]
    return render(delivery, world.calendar, world.roster, accepts=publisher.limits, draw=named)


def named(job: PosterJob) -> Media:
    """Return a picture of one byte that is called like its layout."""
    return Media(path=job.layout, sha256="", mime="image/jpeg", size=1, width=1080, height=1920)


def words(message: Message | Broken) -> str:
    """Return a message as people read it."""
    if isinstance(message, Broken):
        return f"{message.code} {message.detail}"
    if message.kind == "image":
        return f"[海报 {message.media[0].path}]"
    return "\n".join(filter(None, (message.title, message.text, message.url)))


def drawn(case: Case, folder: Path) -> bytes:
    """Return the poster of one case, drawn as a preview draws it."""
    with open_world(copied(case.shop, folder), clock=FakeClock(EVE), language="zh") as world:
        slot = next(each for each in pipeline.programme(world, WEEK) if each.key == case.slot)
        plan = pipeline.forecast(world, Window(slot.at, slot.at + 1))
        wanted = next(
            each for each in plan.deliveries if (each.slot, each.target, each.part) == (slot, case.group, "poster")
        )
        publisher = world.registry.records("publishers")[wanted.channel]
        made = render(wanted, world.calendar, world.roster, accepts=publisher.limits, draw=world.drawing)
        assert isinstance(made, Message), made
        return Path(made.media[0].path).read_bytes()


def approve(case: Case, data: bytes) -> None:
    """Write down what a poster is, and keep its picture where people look at it."""
    path = HERE / "posters.json"
    record = json.loads(path.read_text("utf-8")) if path.exists() else {"posters": {}}
    names = {each.name for each in POSTERS}
    record = {
        "versions": versions(),
        "posters": {name: kept for name, kept in record["posters"].items() if name in names},
    }
    record["posters"][case.name] = {"sha256": hashlib.sha256(data).hexdigest(), "sketch": sketch(data)}
    path.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", "utf-8")
    if case.picture:
        poster = Image.open(io.BytesIO(data)).convert("RGB")
        height = poster.height * PICTURE_WIDTH // poster.width
        small = poster.resize((PICTURE_WIDTH, height), Image.Resampling.LANCZOS)
        small.save(HERE / f"{case.name}.jpg", quality=82, optimize=True)


def sketch(data: bytes) -> str:
    """Return a poster as 18 × 32 px of hexadecimal RGB: enough to tell posters apart."""
    return Image.open(io.BytesIO(data)).convert("RGB").resize((18, 32), Image.Resampling.BOX).tobytes().hex()


def distance(one: str, other: str) -> float:
    """Return the mean difference of two sketches, of 255."""
    pairs = list(zip(bytes.fromhex(one), bytes.fromhex(other), strict=True))
    return sum(abs(left - right) for left, right in pairs) / len(pairs)


def versions() -> dict[str, str]:
    """Return the versions that decide about pixels and bytes."""
    names = ("pil", "freetype2", "libjpeg_turbo", "webp")
    return {name: str(features.version(name)) for name in names} | {"machine": platform.machine()}
