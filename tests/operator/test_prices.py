"""Prices that change at the last minute: a promise that no longer holds is not made, and one page tells why."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_shop import Said, example_shop, program

from calendarkit_sandbox.robots import Robot
from calendarkit_sandbox.server import Sandbox

STORES = tuple(
    f"{region}-0{each}" for region, count in (("east", 5), ("north", 4), ("west", 3)) for each in range(1, count + 1)
)
COAT = (
    'id = "coat-short"\nsku = "HJ2602"\ntitle = "驼色短款毛呢外套"\nprice = 419\nlist_price = 529\nmall_price = 499\n'
)
"""The offer of Wednesday's ten o'clock, as it was planned."""
MORNING = "member-day/2026-11-25/morning/east-01.vip/folder"


class Chain:
    """The fashion chain, half an hour before its member day at ten."""

    def __init__(self, root: Path, sandbox: Sandbox) -> None:
        """Tick once before anything is due."""
        self.root, self.sandbox = root, sandbox
        keys = {store: f"{root.parent.name}-{store}" for store in STORES}
        for store, key in keys.items():
            sandbox.world.robots.put(Robot(key=key, group=f"{root.parent.name}/{store}"))
        secrets = root / "secrets.toml"
        secrets.write_text("[robot]\n" + "".join(f'{store} = "{key}"\n' for store, key in keys.items()), "utf-8")
        secrets.chmod(0o600)
        assert self.tick("09:30") == Said(0, "", "")

    def say(self, *args: str) -> Said:
        """Run the real program in Chinese."""
        return program("--lang", "zh", "-C", self.root, *args)

    def tick(self, clock: str) -> Said:
        """Run ``publish`` on that Wednesday."""
        return self.say("publish", "--now", f"2026-11-25T{clock}", "--sandbox", self.sandbox.url)

    def reprice(self, before: str, after: str) -> None:
        """Edit the coat's offer."""
        file = self.root / "offers.toml"
        text = file.read_text("utf-8")
        assert COAT in text
        file.write_text(text.replace(COAT, COAT.replace(before, after)), "utf-8")

    def packs(self) -> list[Path]:
        """Return the member-day texts that staff would forward to members."""
        return [*self.root.glob("out/**/*周三会员日*.txt")]

    def heard(self) -> int:
        """Return how many messages the staff groups saw."""
        return sum(len(self.sandbox.truth(f"{self.root.parent.name}/{store}")) for store in STORES)


@pytest.fixture
def chain(tmp_path: Path, sandbox: Sandbox) -> Chain:
    """Return the fashion chain on the morning of a member day."""
    return Chain(example_shop(tmp_path, "fashion-chain"), sandbox)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("mall_price = 499", "mall_price = 409", "群价 419 元，没有低于商城价 409 元"),
        ("\nprice = 419", "\nprice = 389", "售价 389 元，低于底价 397 元"),
    ],
    ids=["lowered-in-the-mall", "below-the-floor"],
)
def test_a_price_that_breaks_a_promise_is_not_sent(chain: Chain, before: str, after: str, reason: str) -> None:
    """It was planned, it is an error of the files, and the old price does not slip through: nobody hears it."""
    chain.reprice(before, after)
    said = chain.tick("10:00:05")
    assert said.code == 1
    assert "文件里有 1 个价格错误，有关的商品不会发送，其余照常" in said.err
    assert (chain.packs(), chain.heard()) == ([], 0)
    why = chain.say("why", "member-day", "2026-11-25", "--group", "east-01.vip").out
    assert "杭州湖滨会员群 → 不会发送" in why.splitlines()[0]
    assert reason in why
    assert f"{MORNING} withheld" in why


def test_the_rest_of_the_day_goes_on(chain: Chain) -> None:
    """Only the offer is held: the evening's shoes go out by the new files, as if nothing had happened."""
    chain.reprice("mall_price = 499", "mall_price = 409")
    chain.tick("10:00:05")
    chain.tick("20:00:05")
    assert len(chain.packs()) == 12
    assert all("2000" in each.name for each in chain.packs())
    assert chain.heard() > 0


def test_a_price_that_keeps_its_promise_goes_out(chain: Chain) -> None:
    """One yuan below the mall is below."""
    chain.reprice("mall_price = 499", "mall_price = 420")
    assert chain.tick("10:00:05") == Said(0, "", "")
    assert len(chain.packs()) == 12


def test_check_names_the_line_and_the_mend(chain: Chain) -> None:
    """Whoever lowers the price learns it before ten o'clock."""
    chain.reprice("mall_price = 499", "mall_price = 409")
    said = chain.say("check")
    assert said.code == 1
    assert "错误[CK460] offers.toml:21:9  驼色短款毛呢外套 群价 419，没有低于商城价 409" in said.out
    assert "群价改为低于 409，或更正 mall_price" in said.out
    assert said.out.endswith("到点时，没有问题的栏目照常发送。\n")
