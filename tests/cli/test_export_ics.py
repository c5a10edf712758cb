"""``export ics``: which files there are, and that they say what is due."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import icalendar
import pytest
from cli_shop import Said, example_shop, open_at, say
from feed_reader import read

from calendarkit.cli.opening import days_window
from calendarkit.stages.due import due

SPAN = ("--from", "2030-11-25", "--to", "2030-12-08")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the fresh market."""
    return example_shop(tmp_path)


def export(capsys: pytest.CaptureFixture[str], shop: Path, *args: str | Path) -> Said:
    """Export two weeks."""
    return say(capsys, "--lang", "zh", "-C", shop, "export", "ics", *SPAN, *args)


def events(path: Path) -> dict[str, icalendar.Event]:
    """Return the events of a feed by what they are called; ``SUMMARY`` without its star."""
    found = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {str(each["summary"]).removesuffix(" ★"): each for each in found}


def test_there_is_a_feed_of_all_of_each_column_and_of_each_store(shop, tmp_path, capsys):
    """And the command says how many; a column without a slot in these days has none."""
    said = export(capsys, shop, "--out", tmp_path / "feeds")
    found = sorted(each.relative_to(tmp_path / "feeds").as_posix() for each in (tmp_path / "feeds").rglob("*.ics"))
    assert found == [
        *(f"columns/{each}.ics" for each in ("flash-wed", "morning-tips", "noon-deals", "weekend-topic")),
        "programme.ics",
        "stores/hz-001.ics",
        "stores/hz-002.ics",
    ]
    assert "栏目 4 份 columns/，门店 2 份 stores/" in said.out


@pytest.mark.parametrize("name", ["fashion-chain", "fresh-market", "mother-baby", "phone-store"])
def test_a_year_of_every_shop_reads_back_as_what_is_due(tmp_path, capsys, name):
    """Every instant of the programme is in the feed, and no other."""
    folder = example_shop(tmp_path, name)
    say(capsys, "-C", folder, "export", "ics", "--from", "2026-11-01", "--to", "2027-10-31", "--out", tmp_path / "out")
    with open_at(folder) as world:
        slots = due(world.index, days_window(world, dt.date(2026, 11, 1), dt.date(2027, 11, 1)))
    assert read((tmp_path / "out" / "programme.ics").read_bytes()) == [each.at for each in slots]


def test_an_event_tells_what_goes_out_and_to_whom(shop, tmp_path, capsys):
    """Not the words and not the prices; it lasts as long as what it says holds, and nobody is busy."""
    export(capsys, shop, "--out", tmp_path)
    flash = events(tmp_path / "stores" / "hz-002.ics")["周三秒杀"]
    assert str(flash["description"]).splitlines()[:2] == ["海报、文字", "→ 西溪店导购群"]
    assert (flash["duration"].dt.total_seconds(), flash["transp"]) == (600, "TRANSPARENT")
    assert "→ 2 家店的 5 个群" in str(events(tmp_path / "programme.ics")["早安贴士"]["description"])


def test_a_store_has_what_its_groups_hear(shop, tmp_path, capsys):
    """A column for a tag that only one store has is in that store's feed alone."""
    path = shop / "calendars" / "vip.toml"
    path.write_text(
        '[[column]]\nid = "vip"\ntitle = "会员夜"\nat = "21:00"\naudience = "vip"\ncontent.text = "x"', "utf-8"
    )
    export(capsys, shop, "--out", tmp_path)
    assert ["会员夜" in events(tmp_path / "stores" / f"hz-00{each}.ics") for each in (1, 2)] == [True, False]


@pytest.mark.parametrize(
    ("args", "name", "titles"),
    [
        (["--store", "西溪"], "stores/hz-002.ics", {"早安贴士", "午间特惠", "周三秒杀", "周末话题"}),
        (["--column", "周三秒杀"], "columns/flash-wed.ics", {"周三秒杀"}),
        (["--store", "hz-001", "--column", "flash-wed"], "stores/hz-001.flash-wed.ics", {"周三秒杀"}),
    ],
    ids=["store", "column", "both"],
)
def test_one_feed_can_be_asked_for(shop, tmp_path, capsys, args, name, titles):
    """By id or by name; its path is told with the number of slots."""
    said = export(capsys, shop, "--out", tmp_path / "feeds", *args)
    assert said.out.startswith(str(tmp_path / "feeds" / name))
    assert set(events(tmp_path / "feeds" / name)) == titles


def test_equal_exports_are_equal_bytes(shop, tmp_path, capsys):
    """So that a feed under version control changes when the programme does."""
    for name in ("1", "2"):
        export(capsys, shop, "--out", tmp_path / name)
    assert (tmp_path / "1" / "programme.ics").read_bytes() == (tmp_path / "2" / "programme.ics").read_bytes()


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        pytest.param(["--store", "滨江二号店"], 2, "没有“滨江二号店”这个门店", id="store"),
        pytest.param(["--column", "周三"], 0, "", id="part of a title"),
        pytest.param(["--column", "周四秒杀"], 2, "是不是 周三秒杀？", id="column"),
        pytest.param(["--from", "2030-12-02", "--to", "2030-12-01"], 2, "早于", id="backwards"),
        pytest.param(
            ["--column", "flash-wed", "--from", "2030-11-28", "--to", "2030-11-29"], 1, "没有档期", id="empty"
        ),
        pytest.param(["--to", "2040-01-01"], 2, "最多", id="too long"),
    ],
)
def test_a_wrong_word_is_told(shop, tmp_path, capsys, args, code, words):
    """With its exit code; nothing is written then."""
    said = export(capsys, shop, "--out", tmp_path / "feeds", *args)
    assert said.code == code
    assert words in said.err
    assert (tmp_path / "feeds").exists() is (code == 0)


def test_a_folder_that_cannot_be_made_is_named(shop, tmp_path, capsys):
    """A file stands where the folder should be."""
    (tmp_path / "full").write_text("x", "utf-8")
    said = export(capsys, shop, "--out", tmp_path / "full" / "feeds")
    assert (said.code, str(tmp_path / "full") in said.err) == (3, True)


def test_without_icalendar_the_extra_is_named(shop, capsys, monkeypatch):
    """The library comes with an extra; who lacks it is told which."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    said = export(capsys, shop)
    assert said.code == 69
    assert 'pip install "calendarkit[ics]"' in said.err


def test_a_store_on_another_clock_has_its_own_slots(shop, tmp_path, capsys):
    """A column on the clock of its audience is told once for each zone, under ids of its own."""
    stores = (shop / "stores.csv").read_text("utf-8").splitlines()
    rows = [f"{stores[0]},zone", f"{stores[1]},", f"{stores[2]},Asia/Urumqi"]
    (shop / "stores.csv").write_text("\n".join(rows), "utf-8")
    night = '[[column]]\nid = "night"\ntitle = "晚安"\nat = "21:00"\ntimezone = "audience"\ncontent.text = "x"'
    (shop / "calendars" / "night.toml").write_text(night, "utf-8")
    export(capsys, shop, "--out", tmp_path)
    starts = [events(tmp_path / "stores" / f"hz-00{each}.ics")["晚安"]["dtstart"].dt for each in (1, 2)]
    assert [str(each.tzinfo) for each in starts] == ["Asia/Shanghai", "Asia/Urumqi"]
    both = icalendar.Calendar.from_ical((tmp_path / "columns" / "night.ics").read_bytes()).walk("VEVENT")
    assert len({str(each["uid"]) for each in both}) == len(both) == 2
