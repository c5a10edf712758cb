"""Why a slot goes out, or does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_shop import make_shop, say

from calendarkit.cli import cells
from calendarkit.cli.lines import plain
from calendarkit.cli.why import steps
from calendarkit.explain import Finding
from calendarkit.model.text import Text


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the starter shop."""
    return make_shop(tmp_path)


@pytest.mark.parametrize(
    "args",
    [
        ["周三秒杀", "s-001.vip"],
        ["周三秒杀", "2030-11-27", "s-001.vip"],
        ["flash-wed", "一号店 VIP 群", "2030-11-27"],
        ["周三秒杀", "2030-11-27", "--group", "s-001.vip"],
        ["flash-wed/2030-11-27/20:00", "VIP"],
    ],
    ids=["group", "day and group", "group and day", "option", "key"],
)
def test_a_group_that_hears_it(shop: Path, capsys: pytest.CaptureFixture[str], args: list[str]) -> None:
    """Day and group in any order, by id or by name."""
    said = say(capsys, "--lang", "zh", "-C", shop, "why", *args)
    assert said.code == 0
    assert "20:00 · 一号店 VIP 群 → 会发送" in said.out.splitlines()[0]
    assert "calendars/daily.toml:" in said.out


def test_a_group_that_does_not(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The step that speaks against it is marked."""
    said = say(capsys, "--lang", "zh", "-C", shop, "why", "周三秒杀", "s-001.fans")
    assert "→ 不会发送" in said.out
    assert [row.split()[1] for row in said.out.splitlines() if row.startswith("  ✗")] == ["人群"]


def test_the_whole_slot_is_counted(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By channel; and what to ask for one group."""
    said = say(capsys, "--lang", "zh", "-C", shop, "why", "午间特惠", "2030-11-27")
    assert "✓ folder：2 个，例如 s-001.fans" in said.out
    assert "calendarkit why noon-deals/2030-11-27/noon GROUP" in said.out


def test_what_is_withheld_is_counted_by_reason(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the guard's name."""
    root = shop / "calendarkit.toml"
    root.write_text(root.read_text("utf-8").replace('channels = ["folder"]', 'channels = ["wecom"]'), "utf-8")
    said = say(capsys, "--lang", "zh", "-C", shop, "why", "午间特惠", "2030-11-27")
    assert "✗ 挡下 2 条：" in said.out
    assert "（reach）" in said.out


def test_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every step with its mark."""
    found = json.loads(say(capsys, "-C", shop, "why", "周三秒杀", "s-001.fans", "--json").out)
    assert found["goes"] is False
    assert {each["topic"]: each["mark"] for each in found["findings"]}["audience"] == "no"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["周四秒杀"], "没有“周四秒杀”这个栏目\n  → 是不是 周三秒杀？"),
        (["noon-deals/2030-11-27/tail"], "没有叫 tail 的档期\n  → 那天有：noon"),
        (["noon-deals", "nobody"], "“nobody”既不是日期，也不是群或门店"),
        (["noon-deals", "--group", "s-001.vap"], "没有“s-001.vap”这个群\n  → 是不是 s-001.vip？"),
        (["noon-deals", "2030-11-27", "12-01"], "“12-01”既不是日期，也不是群或门店"),
        (["noon-deals", "VIP", "福利群"], "一次只能问一个群：s-001.vip、s-001.fans"),
        (["特惠或贴士"], "没有“特惠或贴士”这个栏目"),
    ],
    ids=["column", "slot", "word", "group", "two days", "two groups", "nothing near"],
)
def test_what_does_not_exist(shop: Path, capsys: pytest.CaptureFixture[str], args: list[str], words: str) -> None:
    """With what may have been meant."""
    said = say(capsys, "--lang", "zh", "-C", shop, "why", *args)
    assert (said.code, words in said.err) == (2, True)


FINDINGS = [
    Finding(topic="rule", title=Text("规则", "rule"), mark="yes", text=Text("每天", "daily"), place="a.toml:1"),
    Finding(topic="audience", title=Text("人群", "audience"), mark="no", text=Text("不匹配", "no"), place="a.toml:2"),
    Finding(topic="gap", title=Text("间隔", "gap"), mark="yes", text=Text("没有意见", "nothing")),
    Finding(topic="cap", title=Text("频控", "cap"), mark="yes", text=Text("没有意见", "nothing")),
    Finding(topic="quiet", title=Text("免打扰", "quiet"), mark="no", text=Text("太晚", "too late")),
]


def test_guards_without_an_opinion_share_a_line() -> None:
    """One that objects has its own."""
    said = plain(steps(FINDINGS, "zh"))
    assert "✓ 限制    都通过：间隔、频控" in said
    assert "✗ 免打扰  太晚" in said


def test_places_stand_below_each_other() -> None:
    """In the same cell, whatever stands before them."""
    rows = [row for row in plain(steps(FINDINGS, "zh")).splitlines() if "a.toml" in row]
    assert len({cells.width(row[: row.index("a.toml")]) for row in rows}) == 1


@pytest.mark.parametrize("most", [50, 60, 80])
def test_a_narrow_terminal_breaks_long_steps(most: int) -> None:
    """With what follows below the first words, and the place on a line of its own."""
    long = Finding(
        topic="rule", title=Text("规则", "rule"), mark="yes", text=Text("每天" * 40, ""), place="calendars/a.toml:1"
    )
    rows = plain(steps([long], "zh", most)).splitlines()
    assert max(map(cells.width, rows)) <= most
    assert len({len(row) - len(row.lstrip()) for row in rows[1:]}) == 1
    assert rows[-1].strip() == "calendars/a.toml:1"


@pytest.mark.parametrize(
    ("column", "answer", "marks"),
    [("午间特惠", "会发给 2 个群", ["✓", "✓"]), ("周三秒杀", "会发给 1 个群", ["✗", "✓"])],
    ids=["all", "one"],
)
def test_a_store_hears_through_its_groups(
    shop: Path, capsys: pytest.CaptureFixture[str], column: str, answer: str, marks: list[str]
) -> None:
    """Which of them get it, and why the others do not."""
    said = say(capsys, "--lang", "zh", "-C", shop, "why", column, "s-001")
    groups = [row.split() for row in said.out.splitlines() if " 社群 " in row]
    assert said.out.splitlines()[0].endswith(f"一号店 → {answer}")
    assert [row[0] for row in groups] == marks
    assert all("不在人群里" in "".join(row) for row in groups if row[0] == "✗")


def test_a_store_without_groups(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says that the column goes to groups."""
    (shop / "groups.toml").write_text('[[group]]\nid = "x"\nstore = "gone"\n', "utf-8")
    said = say(capsys, "--lang", "en", "-C", shop, "why", "noon-deals", "s-001")
    assert "→ does not go out" in said.out
    assert "✗ groups    the column goes to groups, and the store has none" in said.out


def test_the_overview_counts_what_guards_withhold(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It judges the slot among those before it, as the plan and the page of one group do."""
    (shop / "policy.toml").write_text("[caps]\nper_day = 1\n", "utf-8")
    said = say(capsys, "--lang", "zh", "-C", shop, "why", "周三秒杀", "2030-11-27")
    assert "✗ 挡下" in said.out
    assert "（cap_per_day）" in said.out
