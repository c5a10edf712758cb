"""What is wrong with a row of stores or groups, at its cell."""

from __future__ import annotations

import re
from dataclasses import replace

from calendarkit.calendar.finding import Finding
from calendarkit.calendar.sheet import Row, Sheet
from calendarkit.model.text import Text

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""What can be the id of a store or group."""


def bad_group_id(sheet: Sheet, row: Row, name: str, store: str) -> Finding:
    """Tell whether the name of the group or its store is wrong."""
    place = sheet.index("store")
    if name and not store:
        what = Text(f"看不出“{name}”是哪家门店的群", f'nothing says which store the group "{name}" belongs to')
        fix = Text(
            "加一列 store 写门店编号，或把 id 写成 门店编号.群名，例如 hz-001.vip",
            "add a column store with the id of the store, or write the id as store.name, such as hz-001.vip",
        )
        return sheet.finding("CK206", row, sheet.index("id") if place is None else place, what, fix=fix)
    if place is not None and store and not ID.fullmatch(store):
        what = Text(f"“{store}”不是门店编号", f'"{store}" is not the id of a store')
        fix = Text(
            "写门店名单里的 id，例如 hz-001，不写店名", "write the id the stores have, such as hz-001, and not the name"
        )
        return sheet.finding("CK206", row, place, what, fix=fix)
    return bad_id(sheet, row, sheet.index("id") or 0, name)


def bad_id(sheet: Sheet, row: Row, index: int, value: str) -> Finding:
    """Tell that a store or group has no id, or one that cannot be one."""
    if not value:
        return sheet.finding("CK202", row, index, Text("这一行没有 id", "this row has no id"))
    what = Text(f"“{value}”不能当 id", f'"{value}" cannot be an id')
    fix = Text(
        "id 用英文字母、数字、- _ . ；群 id 写成 门店.群名，例如 hz-001.vip",
        "ids are ASCII letters, digits, - _ and .; a group's is store.name, such as hz-001.vip",
    )
    return sheet.finding("CK206", row, index, what, fix=fix)


def comma_tags(sheet: Sheet, row: Row, tags: frozenset[str]) -> Finding:
    """Tell how tags are separated; those with commas are understood."""
    right = "|".join(sorted(tags))
    what = Text("标签之间用 | 分开，不是逗号", "tags are separated by |, not by commas")
    told = sheet.finding("CK020", row, sheet.index("tags"), what, fix=Text(f"写成 {right}", f"write {right}"))
    return replace(told, severity="warning")  # what was meant is clear, and it is understood


def bad_members(sheet: Sheet, row: Row) -> Finding:
    """Tell which kinds of members there are."""
    place = sheet.index("members")
    words = row.cells[place or 0].strip()
    what = Text(f"“{words}”不是成员类型", f'"{words}" is no kind of members')
    fix = Text("写 customers（客户）或 staff（员工）", "write customers or staff")
    return sheet.finding("CK204", row, place, what, fix=fix)


def bad_size(sheet: Sheet, row: Row) -> Finding:
    """Tell that a size is a whole number."""
    place = sheet.index("size")
    words = row.cells[place or 0].strip()
    what = Text(f"“{words}”不是人数", f'"{words}" is no number of members')
    number = re.fullmatch(r"\D{0,2}(\d{1,7})\D{0,2}", words)
    fix = Text("写整数，例如 128", "write a whole number, such as 128")
    if number:
        fix = Text(f"只写数字：{number[1]}", f"write the number alone: {number[1]}")
    return sheet.finding("CK203", row, place, what, fix=fix)
