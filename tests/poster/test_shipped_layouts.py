"""The shipped layouts: each shape and each theme gives a poster that may be sent, for short and long names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from poster_shop import (
    APPLES,
    BARE,
    BREAKFAST,
    LIVE,
    LONG,
    PERKS,
    PRODUCTS,
    PROGRAMME,
    SHORT,
    TIP,
    context,
    painter,
    titled,
)

from calendarkit.extend import PosterJob
from calendarkit.poster.layout import layout_names, load_layout, shape_names
from calendarkit.poster.resolve import resolve
from calendarkit.poster.theme import theme_names

DAY: Mapping[str, dict[str, Any]] = {
    "morning_tip": context("07:30", item=TIP),
    "noon_deal": context(offer=APPLES),
    "flash_sale": context("20:00", values={"products": PRODUCTS}),
    "member_day": titled("会员日", context(offer=APPLES, values={"perks": PERKS, "headline": "全场 88 折"})),
    "live_preview": titled("好物直播", context("19:30", item=LIVE)),
    "check_in": titled("早餐打卡", context("08:00", item=BREAKFAST, values={"days": "21"})),
    "group_buy": titled("邻里拼团", context(offer=APPLES, values={"people": "4"})),
    "week_programme": titled("本周节目表", context("07:30", values={"programme": PROGRAMME})),
}
SHAPES = ("", ".portrait", ".square")
LONGEST = "阿克苏产地直播：跟着店长走进八百亩冰糖心苹果园看日出"


def faults(name: str, values: dict[str, Any]) -> list[str]:
    """Return what is wrong with a poster."""
    return [each.zh for each in painter().paint(PosterJob(layout=name, context=values)).faults]


def test_eight_layouts_in_three_shapes_and_three_themes_are_shipped() -> None:
    """Every layout has a tall, an upright and a square form."""
    assert sorted(DAY) == list(layout_names(()))
    assert {shape_names(each, ()) for each in DAY} == {("portrait", "square")}
    assert theme_names() == ("double11", "mid_year", "spring_festival")


@pytest.mark.parametrize("layout", DAY)
@pytest.mark.parametrize("shape", SHAPES, ids=["tall", "portrait", "square"])
def test_long_names_fit(layout: str, shape: str) -> None:
    """The longest store name, title and price stay readable, inside their boxes and clear of the code."""
    values = {**DAY[layout], "store": LONG}
    if values.get("offer"):
        values["offer"] = BARE
    if values.get("item"):
        values["item"] = {**values["item"], "title": LONGEST}
    assert faults(f"{layout}{shape}", values) == []


@pytest.mark.parametrize("layout", DAY)
@pytest.mark.parametrize("theme", theme_names())
def test_every_theme_suits_every_layout(layout: str, theme: str) -> None:
    """Colours of a season keep the contrast; the shapes are tried in turn."""
    shape = SHAPES[(list(DAY).index(layout) + theme_names().index(theme)) % 3]
    assert faults(f"{layout}{shape}@{theme}", {**DAY[layout], "store": SHORT}) == []


@pytest.mark.parametrize(
    ("layout", "options", "words"),
    [
        ("group_buy", {"size": 5}, "5 人成团价"),
        ("check_in", {"days": 30, "reward": "鲜鸡蛋"}, "第 7 天 · 共 30 天"),
        ("live_preview", {"host": "店长 小林"}, "店长 小林"),
    ],
)
def test_options_of_a_kind_of_column_are_printed(layout: str, options: dict[str, Any], words: str) -> None:
    """They beat the values; nothing has to be written twice."""
    day = {**DAY[layout], "options": options, "item": {**BREAKFAST, "host": None}}
    drawn = resolve(load_layout(layout, ()), day)
    assert words in [each.word("text") for each in drawn]


@pytest.mark.parametrize("layout", DAY)
def test_nothing_but_the_column_is_needed(layout: str) -> None:
    """What a layout asks for beyond offer and item has a default, and a store may have no code."""
    wanted = {"offer": APPLES, "item": {"id": "1", "title": "苹果", "photo": "", "body": ""}}
    bare = {**context(store={"id": "s", "name": "店", "join_url": ""}), **wanted}
    assert faults(layout, bare) == []
