"""What a proof of the coming month costs: 50,000 groups × 20 columns × 30 days, beside asking about every group.

Run it with ``python3 dev.py bench guards``. The naive way plans for each group of a sample by itself and is scaled up;
both must withhold the same from every group of the sample.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from _goals import Goals

from calendarkit.calendar.roster import Roster
from calendarkit.edges.prove import DAYS, foreseen, proof_slots
from calendarkit.edges.world import World, open_world
from calendarkit.stages.profiles import Profiles, profiles

GROUPS, COLUMNS, SAMPLE = 50_000, 20, 200
MONTH = 30
TAGS = ("vip", "fan", "new", "mum", "office")
KINDS = ("deal", "tips", "topic", "member_day")
AUDIENCES = ("", "vip", "not new", "mum or vip", "fan and not office", "store.city == '杭州'", "size >= 100")
POLICY = """[caps]
per_day = 4
per_week = 22
gap = "30m"

[mix]
max_sale = 0.5
min_brand_posts = 2
max_silence = 3

[prices]
rest = "20h"
"""


def main() -> int:
    """Build, prove, compare, judge."""
    goals = Goals()
    with tempfile.TemporaryDirectory(prefix="calendarkit-bench-") as folder:
        shop = Path(folder)
        write_workspace(shop)
        print(f"check and a proof of {MONTH} days: ", end="", flush=True)
        took, memory = check(shop, f"{MONTH}d")
        print(f"{took:.1f} s of CPU, {memory:.0f} MB; of {DAYS} days: {check(shop, f'{DAYS}d')[0]:.1f} s")
        with open_world(shop) as world:
            ratio, classes, equal = compare(world)
    print(f"{GROUPS:,} groups are {classes} classes; every group by itself would take {ratio:,.0f} times as long")
    goals.check(f"check of {GROUPS:,} groups × {COLUMNS} columns × {MONTH} days", took, "<=", 10.0, unit="s of CPU")
    goals.check("memory of the whole process", memory, "<=", 500, unit="MB")
    goals.check("naive per group / proof by classes", ratio, ">=", 100, unit="x")
    goals.check("groups of the sample judged otherwise", SAMPLE - equal, "<=", 0)
    return goals.exit_code


def check(shop: Path, horizon: str) -> tuple[float, float]:
    """Return seconds of CPU and MB of memory that ``calendarkit check`` takes."""
    command = [str(Path(sys.executable).parent / "calendarkit"), "-C", str(shop), "check", "--horizon", horizon]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, *command], check=False, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"check ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024


def compare(world: World) -> tuple[float, int, int]:
    """Return naive time / proof time, how many classes there are, and how many groups of the sample agree."""
    now = int(time.time())
    slots = proof_slots(world.calendar, now, MONTH)
    publishers = world.registry.records("publishers")
    began = time.process_time()
    found = profiles(world.calendar, world.roster, publishers=publishers)
    by_class = withheld(world, found, now)
    proof = time.process_time() - began
    groups = random.Random(7).sample(sorted(world.roster.groups), SAMPLE)
    began, alike = time.process_time(), 0
    standing = {each: first for first, members in found.members.items() for each in members}
    for group in groups:
        roster = Roster(stores=world.roster.stores, groups={group: world.roster.groups[group]})
        alone = withheld(world, Profiles(roster=roster, members={group: (group,)}), now)
        expected = {(guard, slot) for guard, slot, target in by_class if target == standing[group]}
        alike += expected == {(guard, slot) for guard, slot, _ in alone}
    naive = (time.process_time() - began) / SAMPLE * GROUPS
    print(f"{len(slots)} slots, {len(by_class)} cases withheld from classes, proof {proof:.2f} s of CPU")
    return naive / proof, len(found.members), alike


def withheld(world: World, found: Profiles, now: int) -> set[tuple[str, str, str]]:
    """Return guard, slot and target of whatever would be withheld in the month."""
    slots = proof_slots(world.calendar, now, MONTH)
    planned = foreseen(world, world.calendar, found.roster, slots, now=now)
    return {(each.guard, each.delivery.slot.key, each.delivery.target) for each in planned.withheld}


def write_workspace(shop: Path) -> None:
    """Write 5,000 stores with ten groups each and 20 columns over seven audiences."""
    (shop / "calendars").mkdir()
    (shop / "calendarkit.toml").write_text('name = "鲜果时光"\nchannels = ["folder"]\n', "utf-8")
    (shop / "policy.toml").write_text(POLICY, "utf-8")
    (shop / "calendars" / "all.toml").write_text("\n".join(map(column, range(COLUMNS))), "utf-8")
    offers = (
        f'[[offer]]\nid = "offer-{each}"\ntitle = "商品 {each}"\nsku = "S{each}"\nprice = 9.9\n' for each in range(9)
    )
    (shop / "offers.toml").write_text("\n".join(offers), "utf-8")
    stores = (f"s-{number:04},门店 {number},{'杭州' if number % 3 else '苏州'}" for number in range(GROUPS // 10))
    (shop / "stores.csv").write_text("\n".join(["id,name,city", *stores, ""]), "utf-8")
    (shop / "groups.csv").write_text("\n".join(["id,store,title,tags,size", *groups(), ""]), "utf-8")


def groups() -> Iterator[str]:
    """Yield the rows of the groups."""
    chance = random.Random(1)
    for number in range(GROUPS):
        tags = "|".join(each for each in TAGS if chance.random() < 0.4)
        yield f"g-{number:05},s-{number // 10:04},群 {number},{tags},{chance.randrange(20, 200)}"


def column(number: int) -> str:
    """Return one column as TOML, once a day at its own quarter of an hour."""
    kind, audience = KINDS[number % len(KINDS)], AUDIENCES[number % len(AUDIENCES)]
    shows = f'offer = "offer-{number % 9}", ' if kind in ("deal", "member_day") else ""
    return (
        f'[[column]]\nid = "column-{number:02}"\ntitle = "栏目 {number}"\nkind = "{kind}"\naudience = "{audience}"\n'
        f'on = "daily"\nat = {{ main = "{8 + number * 35 // 60:02}:{number * 35 % 60:02}" }}\n'
        f'content = {{ {shows}text = "你好，{{{{ store.name }}}}" }}\n'
    )


if __name__ == "__main__":
    sys.exit(main())
