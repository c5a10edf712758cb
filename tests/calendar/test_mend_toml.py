"""Mending a line of TOML: what shops type, and what they meant."""

from __future__ import annotations

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.calendar.mend_toml import mend_line


@pytest.mark.parametrize(
    ("line", "meant", "slip"),
    [
        ("at = 9:30", 'at = "09:30"', "quotes"),
        ("at = 12点半", 'at = "12:30"', "quotes"),
        ("at = 9：30", 'at = "09:30"', "quotes"),
        ("hours = 22:00-07:30", 'hours = "22:00-07:30"', "quotes"),
        ("from = 2026-12-1", "from = 2026-12-01", "quotes"),
        ("until = 2026年12月3日", "until = 2026-12-03", "quotes"),
        ("title = 你好，世界", 'title = "你好，世界"', "quotes"),
        ("text = 今天 # 备注", 'text = "今天"', "quotes"),
        ("star = 是", "star = true", "quotes"),
        ("on = [周一, 周三]", 'on = ["周一", "周三"]', "quotes"),
        ("on = 周一、周三", 'on = ["周一", "周三"]', "quotes"),
        ("price = 22,9", "price = 22.9", "number"),
        ("price = ¥22.9", "price = 22.9", "number"),
        ("list_price = 19.9元", "list_price = 19.9", "number"),
        ("stock = 1,000", "stock = 1000", "number"),
        ("stock = 60盒", "stock = 60", "number"),
        ('at = "12:00", "18:00"', 'at = ["12:00", "18:00"]', "brackets"),
        ('at = ["12:00" "18:00"]', 'at = ["12:00", "18:00"]', "comma"),
        ('id: "noon"', 'id = "noon"', "equals"),
        ('at = { noon: "12:00" }', 'at = { noon = "12:00" }', "equals"),
        ("at = '12:00", 'at = "12:00"', "close"),
        ("[[column", "[[column]]", "close"),
        ("[column.content", "[column.content]", "close"),
        ("at = “12:00”", 'at = "12:00"', "characters"),
        ('title = "午间特惠”', 'title = "午间特惠"', "characters"),
        ('on = ["周一"，"周三"]', 'on = ["周一", "周三"]', "characters"),
        ('p = "C:\\Users"', 'p = "C:/Users"', "backslash"),
        ('owner = "小林",', 'owner = "小林"', "end"),
        ('at = ["07:30"；"08:30"]', 'at = ["07:30", "08:30"]', "characters"),
        ("【【column】】", "[[column]]", "characters"),
        ("late = 一小时", 'late = "1h"', "quotes"),
    ],
)
def test_a_line_is_mended(line: str, meant: str, slip: str) -> None:
    """Each usual slip has one mending, and it is named."""
    mended = mend_line(line)
    assert mended is not None
    assert (mended.line, mended.slips[0]) == (meant, slip)


@pytest.mark.parametrize(
    "line",
    [
        "price = 9折",
        "price = 便宜",
        "a = [1,",
        "at =",
        'a = "x" y',
        'a = """x',
        "标 题 = 1",
        "",
        "# 注释",
        "a = 1",
        "[a]",
    ],
)
def test_what_nobody_can_tell_is_left_alone(line: str) -> None:
    """A discount is no price, half a list no list; what is right needs no mending."""
    assert mend_line(line) is None


@given(st.text(alphabet="abat=: 09.,\"'“”[]{}，：周一#\\折¥", max_size=24))
def test_a_mended_line_is_toml(line: str) -> None:
    """Whatever is mended can be read, and needs no second mending."""
    mended = mend_line(line)
    if mended is not None:
        assert tomli.loads(mended.line)
        assert mend_line(mended.line) is None
