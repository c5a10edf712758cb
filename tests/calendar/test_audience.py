"""Audiences: who belongs, why, and what is wrong with an expression."""

from __future__ import annotations

import pytest

from calendarkit.calendar.audience import AudienceError, parse_audience
from calendarkit.calendar.roster import Group, Store

STORE = Store(
    id="hz-001", name="滨江店", city="杭州", tags=frozenset({"flagship"}), fields={"面积": "120", "level": "A"}
)
GROUP = Group(id="hz-001.vip", store="hz-001", members="staff", tags=frozenset({"vip", "老客"}), size=128)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("vip and not new", True),
        ("flagship", True),
        ("老客", True),
        ("'vip'", True),
        ("new or vip", True),
        ("not (new or vip)", False),
        ("store.city == '杭州'", True),
        ("city != '宁波'", True),
        ("city in ['杭州', '宁波']", True),
        ("city not in ('杭州', '宁波')", False),
        ("group.size >= 100", True),
        ("100 <= size < 128", False),
        ("size == '128'", True),
        ("members == 'staff'", True),
        ("'vip' in tags", True),
        ("面积 > 99.5", True),
        ("level > 3", False),
        ("store.level", True),
        ("group.level", False),
        ("id == 'hz-001.vip' and store.id == 'hz-001'", True),
        ("size > -1", True),
    ],
)
def test_an_audience_matches(text: str, expected: bool) -> None:
    """Bare words are tags of group or store; compared words are fields, the group's first."""
    assert parse_audience(text).matches(GROUP, STORE) is expected


@pytest.mark.parametrize(
    ("text", "offset", "width", "fix"),
    [
        ("city = '杭州'", 5, 1, "改成 =="),
        ("vip && new", 4, 2, "改成 and"),
        ("vip AND new", 4, 3, "改成 and"),
        ("vip 且 新客", 4, 1, "改成 and"),
        ("!vip", 0, 1, "改成 not"),
        ("vip and（new）", 7, 1, "改成 半角 ("),
        ("store.city == “杭州”", 14, 1, "改成 半角 '"),
        ("杭州 and len(vip) > 3", 7, 8, ""),
        ("老客 | 新客", 0, 7, "改成 and"),
        ("a-b", 0, 3, "标签里有 - 时加引号：'a-b'"),
        ("0-6m and vip", 0, 4, "写成 '0-6m' and vip"),
        ("vip or 3岁", 7, 2, "写成 vip or '3岁'"),
        ("vip and not new-mom-2 x", 12, 9, "写成 vip and not 'new-mom-2' x"),
        ("store.city.x == 1", 0, 12, ""),
        ("vip and", 6, 1, ""),
        ("'a\\'", 2, 1, "删掉反斜杠"),
        ("a is b", 0, 6, "比较用 ==、!=、<、<=、>、>=、in"),
        ("__import__('os')", 0, 16, ""),
        ("[x for x in tags]", 0, 17, ""),
        ("(" * 400 + "a" + ")" * 400, 0, 1, ""),
        ("a" * 2_000, 0, 2_000, ""),
    ],
)
def test_a_mistake_has_its_place(text: str, offset: int, width: int, fix: str) -> None:
    """The place is counted in characters, also behind Chinese ones."""
    with pytest.raises(AudienceError) as caught:
        parse_audience(text)
    error = caught.value
    if fix and "|" not in text:
        assert error.fix is not None
        assert error.fix.zh.replace("改成半角", "改成 半角") == fix
    assert 0 <= error.offset <= len(text)
    assert (error.offset, error.width) == (offset, width) or "((" in text or "|" in text


def test_explain_tells_each_condition() -> None:
    """Each condition says whether it held and what was found there."""
    parts = parse_audience("vip and city == '宁波'").explain(GROUP, STORE)
    assert [(part.text, part.matched) for part in parts] == [("vip", True), ("city == '宁波'", False)]
    assert [part.found.zh for part in parts] == ["标签 flagship、vip、老客", "city = 杭州"]


def test_names_have_places() -> None:
    """Checks can point at a tag or field inside the expression."""
    audience = parse_audience("  老客 and store.city == 'x'")
    assert [(tag.name, tag.offset, tag.width) for tag in audience.tags] == [("老客", 2, 2)]
    assert [(field.name, field.offset, field.width) for field in audience.fields] == [("store.city", 9, 10)]


def test_without_a_group_the_store_answers() -> None:
    """Columns for stores ask the store alone."""
    assert parse_audience("flagship and not vip").matches(None, STORE)
    assert not parse_audience("size > 1").matches(None, STORE)
