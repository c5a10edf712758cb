"""``export programme``: what members are told, in words, on a page, as pictures."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from cli_shop import Said, example_shop, say
from PIL import Image

WEEK = ("--week", "2030-11-27")
COLUMN = """
[[column]]
id = "{id}"
title = "{title}"
{more}
at = "{at}"
content.text = "x"
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the fresh market, whose family group hears no flash sale."""
    return example_shop(tmp_path)


def add(shop: Path, title: str, more: str = "", *, at: str = "19:00", name: str = "extra") -> None:
    """Add a column to the shop."""
    path = shop / "calendars" / f"{name}.toml"
    path.write_text(COLUMN.format(id=name, title=title, more=more, at=at), "utf-8")


def told(capsys: pytest.CaptureFixture[str], shop: Path, *args: str | Path) -> Said:
    """Export the programme of a week far from today."""
    return say(capsys, "--lang", "zh", "-C", shop, "export", "programme", *WEEK, *args)


def test_the_words_are_short_and_ready_to_paste(shop, capsys):
    """When and what on one line, the promise on the next; nothing is aligned by spaces."""
    add(shop, "晚安话题", 'on = ["wed", "sun"]\npromise = "说说今天的三餐"\nstar = true')
    said = told(capsys, shop, "--store", "滨江一号店").out
    assert said.startswith("【一周节目表】11月25日–12月1日\n鲜果时光 · 滨江一号店\n\n每天 07:30｜早安贴士\n")
    assert "\n\n周三、日 19:00｜★晚安话题\n说说今天的三餐\n\n" in said
    assert said.endswith("\n\n到点群里见。\n")
    assert "  " not in said


@pytest.mark.parametrize(
    "more",
    [
        pytest.param("audience = \"members == 'staff'\"", id="staff group"),
        pytest.param('kind = "brief"', id="kind for staff"),
        pytest.param("promise = false", id="kept off"),
        pytest.param('channels = "wecom"', id="a channel that reaches staff only"),
        pytest.param('audience = "nobody_has_this"', id="nobody"),
        pytest.param('after = { event = "purchase", delay = "3d" }', id="after one customer's purchase"),
    ],
)
def test_what_members_do_not_hear_they_are_not_told(shop, capsys, more):
    """Columns of staff, and those the shop keeps to itself, are left out."""
    add(shop, "内部晨会", more)
    said = told(capsys, shop)
    assert "早安贴士" in said.out
    assert "内部晨会" not in said.out


def test_a_group_is_told_what_it_hears(shop, capsys):
    """The family group has no flash sale, so its programme has none; its store is known."""
    family, store = (told(capsys, shop, *args).out for args in (("--group", "hz-002.family"), ("--store", "hz-001")))
    assert "周三秒杀" not in family
    assert "西溪花园店" in family
    assert "周三秒杀" in store


def test_the_page_stands_alone(shop, tmp_path, capsys):
    """No script, nothing fetched, and what a shop wrote is shown as words."""
    add(shop, "<b>话题</b>", 'promise = "a < b & c"')
    out = tmp_path / "week.html"
    assert told(capsys, shop, "--format", "html", "--out", out).out.strip() == str(out)
    page = out.read_text("utf-8")
    assert "&lt;b&gt;话题&lt;/b&gt;" in page
    assert "a &lt; b &amp; c" in page
    assert not re.search(r"<script|https?:|url\(|<img|<link", page)


def test_equal_weeks_give_equal_bytes(shop, tmp_path, capsys):
    """A page and a picture that were made twice are the same."""
    for form in ("html", "png"):
        for name in ("1", "2"):
            assert told(capsys, shop, "--format", form, "--out", tmp_path / name).code == 0
        assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_the_picture_is_a_png_1080_wide(shop, tmp_path, capsys):
    """Ready for a group or the shop's door."""
    out = tmp_path / "new" / "week.png"
    assert told(capsys, shop, "--store", "hz-001", "--format", "png", "--out", out).code == 0
    with Image.open(io.BytesIO(out.read_bytes())) as picture:
        assert (picture.format, picture.size) == ("PNG", (1080, 1920))


def test_more_rows_take_more_sheets(shop, tmp_path, capsys):
    """A sheet takes seven rows; no row is left out, and each sheet is a file of its own."""
    for number in range(5):
        add(shop, f"话题{number}", f'on = "{["mon", "tue", "wed", "thu", "fri"][number]}"', name=f"topic-{number}")
    said = told(capsys, shop, "--format", "png", "--out", tmp_path / "week.png")
    assert [Path(each).name for each in said.out.split()] == ["week-1.png", "week-2.png"]
    assert all((tmp_path / each).is_file() for each in ("week-1.png", "week-2.png"))


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        pytest.param(["--store", "滨江二号"], 2, "没有“滨江二号”这个门店", id="store"),
        pytest.param(["--group", "hz-009.vip"], 2, "没有“hz-009.vip”这个群", id="group"),
        pytest.param(["--store", "hz-001", "--group", "hz-002.family"], 2, "不属于门店 hz-001", id="both"),
        pytest.param(["--group", "hz-001.staff"], 1, "没有发到客户群的栏目（hz-001.staff）", id="staff"),
        pytest.param(["--week", "昨年"], 2, "“昨年”不是日期", id="week"),
        pytest.param(["--format", "png", "--layout", "week_program"], 1, "week_program", id="layout"),
        pytest.param(["--format", "pdf"], 2, "pdf", id="format"),
    ],
)
def test_a_wrong_word_is_told(shop, capsys, args, code, words):
    """With the exit code that says whose turn it is, and nothing on standard output."""
    said = told(capsys, shop, *args)
    assert (said.code, said.out) == (code, "")
    assert words in said.err


def test_a_place_that_cannot_be_written_is_named(shop, tmp_path, capsys):
    """The file is in the way of the folder."""
    (tmp_path / "full").write_text("x", "utf-8")
    said = told(capsys, shop, "--format", "html", "--out", tmp_path / "full" / "week.html")
    assert said.code == 3
    assert str(tmp_path / "full") in said.err


def test_members_read_the_language_of_the_shop(shop, capsys):
    """Whatever language the person at the keyboard has."""
    said = say(capsys, "--lang", "en", "-C", shop, "export", "programme", *WEEK)
    assert "【一周节目表】" in said.out


def test_an_english_shop_speaks_english(shop, capsys):
    """Days, dates and the closing words."""
    root = shop / "calendarkit.toml"
    root.write_text('language = "en"\n' + root.read_text("utf-8").replace('language = "zh"\n', ""), "utf-8")
    said = told(capsys, shop).out
    assert said.startswith("This week's programme, 25 November – 1 December\n")
    assert "Mon–Fri 12:00 · " in said


def test_a_store_reads_its_own_clock(shop, capsys):
    """Noon in Hangzhou is ten o'clock in Urumqi, two hours to the west."""
    stores = (shop / "stores.csv").read_text("utf-8").splitlines()
    rows = [f"{stores[0]},zone", f"{stores[1]},", f"{stores[2]},Asia/Urumqi"]
    (shop / "stores.csv").write_text("\n".join(rows), "utf-8")
    assert "周一至周五 10:00｜午间特惠" in told(capsys, shop, "--store", "hz-002").out
    assert "周一至周五 12:00｜午间特惠" in told(capsys, shop, "--store", "hz-001").out
