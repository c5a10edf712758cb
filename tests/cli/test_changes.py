"""What ``plan`` says about edits, as the content team reads it and as CI counts it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cli_shop import make_shop, say

from calendarkit.cli.codes import Exit

WEEK = ["--from", "2030-11-25", "--to", "2030-12-02"]
"""A week that stays ahead for a while, Monday first."""


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return the starter shop after its first run."""
    root = make_shop(tmp_path / "shop")
    assert say(capsys, "-C", root, "publish").code == Exit.FINE
    return root


def edit(shop: Path, old: str, new: str) -> None:
    """Replace words in whatever calendar file has them."""
    for path in (shop / "calendars").glob("*.toml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace(old, new), "utf-8")


def plan(capsys: pytest.CaptureFixture[str], shop: Path, *more: str) -> str:
    """Return what ``plan`` says of the week, in Chinese."""
    return say(capsys, "--lang", "zh", "-C", shop, "plan", *WEEK, *more).out


def kinds(capsys: pytest.CaptureFixture[str], shop: Path) -> set[tuple[str, ...]]:
    """Return ``(change, column, what changed …)`` of the week."""
    found = json.loads(plan(capsys, shop, "--format", "json"))
    return {(each["change"], each["slot"].split("/")[0], *each["what"]) for each in found["changes"]}


def test_without_an_edit_it_says_so(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And CI hears 0."""
    assert "上次运行以来没有改动" in plan(capsys, shop)
    assert say(capsys, "-C", shop, "plan", "--exit-code").code == Exit.FINE


def test_before_the_first_run_there_is_nothing_to_compare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says that instead of calling everything new."""
    assert "没有可对照的" in plan(capsys, make_shop(tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param('noon = "12:00"', 'noon = "12:30"', {("moved", "noon-deals")}, id="moved"),
        pytest.param('"07:30"', '"07:45"', {("added", "morning-tips"), ("cancelled", "morning-tips")}, id="unnamed"),
        pytest.param(
            '"noon.txt"', '"noon.txt", poster = "noon_deal"', {("changed", "noon-deals", "poster")}, id="poster"
        ),
        pytest.param('text = "noon.txt"', 'text = "今天有货"', {("changed", "noon-deals", "text")}, id="text"),
        pytest.param('"morning-tips"', '"am-tips"', {("renamed", "am-tips")}, id="renamed"),
    ],
)
def test_each_edit_has_its_name(
    shop: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, expected: set[tuple[str, ...]]
) -> None:
    """Moved, added and cancelled, changed and in what, renamed where it can be proven; CI hears 4."""
    edit(shop, old, new)
    assert kinds(capsys, shop) == expected
    assert say(capsys, "-C", shop, "plan", *WEEK, "--exit-code").code == Exit.CHANGED


def test_a_price_is_a_change_of_its_own(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every column that shows the offer is named."""
    offers = shop / "offers.toml"
    offers.write_text(offers.read_text("utf-8").replace("price = 19.9", "price = 19.8"), "utf-8")
    found = kinds(capsys, shop)
    assert found
    assert {each[2:] for each in found} == {("price",)}


def test_the_words_of_a_template_file_are_the_columns_text(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Editing ``templates/noon.txt`` changes the columns that use it, and no other."""
    (shop / "templates" / "noon.txt").write_text("今天有货", "utf-8")
    assert kinds(capsys, shop) == {("changed", "noon-deals", "text")}


def test_one_line_a_column_and_not_one_a_day(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Five noons that moved are one line with the first and the last."""
    edit(shop, 'noon = "12:00"', 'noon = "12:30"')
    (moved,) = [each for each in plan(capsys, shop).splitlines() if each.startswith("改时间")]
    assert moved.split() == [
        "改时间",
        "5",
        "午间特惠",
        "11-25",
        "12:30",
        "…",
        "11-29",
        "12:30",
        "原来",
        "11-25",
        "12:00",
    ]


def test_an_unnamed_slot_is_told_to_take_a_name(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What looks like a move is none; the advice says what would be."""
    edit(shop, '"07:30"', '"07:45"')
    assert "才认得出是同一档" in plan(capsys, shop)


def test_one_column_alone(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The edits of the others are left out."""
    edit(shop, 'noon = "12:00"', 'noon = "12:30"')
    assert "没有改动" in plan(capsys, shop, "--column", "早安")


def test_a_copy_is_compared_with_the_shop_that_runs(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reviewer edits another copy; the running one is read and not touched."""
    copy = shop.parent / "copy"
    shutil.copytree(shop, copy, ignore=shutil.ignore_patterns("state"))
    edit(copy, 'noon = "12:00"', 'noon = "12:30"')
    before = {path: path.read_bytes() for path in (shop / "state").iterdir() if path.suffix == ".json"}
    said = plan(capsys, copy, "--against", str(shop))
    assert "改时间" in said
    assert before == {path: path.read_bytes() for path in before}


def test_a_deleted_column_is_called_by_its_title(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """E2: its slots are cancelled, and people know it by its name."""
    path = shop / "calendars" / "daily.toml"
    path.write_text(path.read_text("utf-8").rpartition("[[column]]")[0], "utf-8")
    (gone,) = [each for each in plan(capsys, shop).splitlines() if each.startswith("取消")]
    assert gone.split()[:5] == ["取消", "1", "周三秒杀", "11-27", "20:00"]


def test_english_says_the_same(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For the developer who reviews it."""
    edit(shop, 'noon = "12:00"', 'noon = "12:30"')
    said = say(capsys, "--lang", "en", "-C", shop, "plan", *WEEK).out
    assert "edited since the last run:" in said
    assert "was 11-25 12:00" in said
