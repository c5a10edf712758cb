"""The proof: judging one group for all that are alike, day by day, finds what judging everybody at once would."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_shop import at

from calendarkit.edges import prove as proving
from calendarkit.edges.judges import judges
from calendarkit.edges.planner import choices
from calendarkit.edges.prove import foreseen, proof_slots, prove
from calendarkit.edges.world import World, open_world
from calendarkit.model.guarding import History
from calendarkit.stages.forewarn import FORETOLD
from calendarkit.stages.plan import plan
from calendarkit.stages.profiles import profiles
from calendarkit.testing.fakes import FakeClock

NOW = at("09:00")
TAGS = ("vip", "new", "fan")
RULES = {
    "cap_per_day": "[caps]\nper_day = 2\n",
    "cap_per_week": "[caps]\nper_week = 8\n",
    "gap": '[caps]\ngap = "90m"\n',
    "product_rest": '[prices]\nrest = "30h"\n',
    "sale_gap": '[mix]\nsale_gap = "90m"\n',
    "sale_share": "[mix]\nmax_sale = 0.5\n",
}
ALL = '[caps]\nper_day = 3\nper_week = 12\ngap = "30m"\n[mix]\nmax_sale = 0.5\n[prices]\nrest = "20h"\n'
COLUMNS = (
    ("tips", "", "07:30", "tips"),
    ("noon", "vip or size >= 50", "12:00", "deal"),
    ("flash", "not new", "12:20", "flash_sale"),
    ("evening", "fan and store.city == '杭州'", "12:45", "deal"),
    ("night", "new or fan", "20:00", "topic"),
)


def column(name: str, audience: str, clock: str, kind: str) -> str:
    """Return a daily column as TOML."""
    offer = 'offer = "apple", ' if kind in ("deal", "flash_sale") else ""
    return (
        f'[[column]]\nid = "{name}"\ntitle = "{name}"\nkind = "{kind}"\naudience = "{audience}"\nlate = "1h"\n'
        f'at = "{clock}"\ncontent = {{ {offer}text = "你好" }}\n'
    )


def write_shop(folder: Path, *, seed: int = 1, policy: str = ALL) -> Path:
    """Write two stores and forty groups of tags and sizes as chance has it."""
    chance = random.Random(seed)
    (folder / "calendars").mkdir(parents=True)
    (folder / "calendarkit.toml").write_text('name = "鲜果时光"\nchannels = ["folder"]\n', "utf-8")
    (folder / "policy.toml").write_text(policy, "utf-8")
    (folder / "calendars/all.toml").write_text("\n".join(column(*each) for each in COLUMNS), "utf-8")
    (folder / "offers.toml").write_text('[[offer]]\nid = "apple"\ntitle = "苹果"\nprice = 9.9\n', "utf-8")
    (folder / "stores.csv").write_text("id,name,city\ns-0,一店,杭州\ns-1,二店,苏州\n", "utf-8")
    rows = (
        f"g-{number},s-{number % 2},群 {number},{'|'.join(each for each in TAGS if chance.random() < 0.4)},"
        f"{chance.choice([20, 80])}"
        for number in range(40)
    )
    (folder / "groups.csv").write_text("\n".join(["id,store,title,tags,size", *rows, ""]), "utf-8")
    return folder


@pytest.fixture
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    """Open a shop, with the policy of one guard where a test asks for it."""
    shop = write_shop(tmp_path / "shop", policy=RULES.get(getattr(request, "param", ""), ALL))
    with open_world(shop, clock=FakeClock(NOW)) as opened:
        yield opened


def everybody(world: World) -> set[tuple[str, str, str]]:
    """Return guard, slot and group of whatever a month of all groups at once would withhold."""
    slots = proof_slots(world.calendar, NOW, 30)
    planned = plan(
        slots,
        world.calendar,
        world.roster,
        publishers=world.registry.records("publishers"),
        choices=choices(world, slots),
        guards={name: judge for name, judge in judges(world).items() if name in FORETOLD},
        history=History(),
        now=NOW,
    )
    return {(each.guard, each.delivery.slot.key, each.delivery.target) for each in planned.withheld}


@pytest.mark.parametrize("world", [*RULES, "all"], indirect=True)
def test_what_is_found_for_one_holds_for_all_that_are_alike(world: World, request: pytest.FixtureRequest) -> None:
    """Every group is withheld from exactly what the group that stands for it is."""
    found = profiles(world.calendar, world.roster, publishers=world.registry.records("publishers"))
    planned = foreseen(world, world.calendar, found.roster, proof_slots(world.calendar, NOW, 30), now=NOW)
    expected = {
        (each.guard, each.delivery.slot.key, member)
        for each in planned.withheld
        for member in found.members[each.delivery.target]
    }
    assert everybody(world) == expected
    assert len(found.members) < len(world.roster.groups)
    guard = request.node.callspec.params["world"]
    assert guard == "all" or guard in {each.guard for each in planned.withheld}


def test_the_horizon_is_whole_local_days(world: World) -> None:
    """From the midnight that began today; what is due at the midnight after the last day is left out."""
    slots = proof_slots(world.calendar, NOW, 3)
    assert sorted({each.day.day for each in slots}) == [25, 26, 27]
    assert len(slots) == 3 * len(COLUMNS)


def test_groups_that_are_not_judged_are_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence about them would look like a proof."""
    monkeypatch.setattr(proving, "MOST", 7 * len(COLUMNS) * 2)
    (left_out,) = (each for each in prove(world, NOW) if each.code == "CK538")
    sizes = sorted(
        profiles(world.calendar, world.roster, publishers=world.registry.records("publishers")).counts.values()
    )
    assert (
        left_out.message.zh
        == f"7 天里只推演了 {sum(sizes[-2:])} 个群；{sum(sizes[:-2])} 个群的标签组合太少见，没有推演"
    )
    assert left_out.file == "calendarkit.toml"


def test_everybody_is_judged_where_they_are_few(world: World) -> None:
    """Then nothing is said about it."""
    assert "CK538" not in {each.code for each in prove(world, NOW, days=92)}


def test_nothing_is_written(world: World) -> None:
    """A proof leaves no ledger behind."""
    prove(world, NOW, days=30)
    assert not (world.root / "state/ledger.db").exists()


def test_a_group_nobody_speaks_to_is_silent(tmp_path: Path) -> None:
    """Where the policy says that everyone is to hear something, a group of no column counts."""
    shop = write_shop(tmp_path / "shop", policy="[mix]\nmax_silence = 2\n")
    (shop / "calendars/all.toml").write_text(column("noon", "vip", "12:00", "deal"), "utf-8")
    with open_world(shop, clock=FakeClock(NOW)) as world:
        silent = sum("vip" not in each.tags for each in world.roster.groups.values())
        (found,) = prove(world, NOW, days=30)
    assert (found.code, found.file, found.line) == ("CK537", "policy.toml", 2)
    assert f"等 {silent} 个群：11-25 至 12-24 连续 30 天什么都收不到" in found.message.zh
