"""Content items from the rows of a sheet or the tables of a TOML document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ConfigDict

from calendarkit.calendar.finding import Finding
from calendarkit.calendar.misnamed import misnamed_columns
from calendarkit.calendar.noun import Noun
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.pool import Item
from calendarkit.calendar.sheet import Row, Sheet
from calendarkit.model.text import Text

ITEM_NAMES = {
    **dict.fromkeys(("编号", "序号", "素材编号"), "id"),
    **dict.fromkeys(("标题", "题目"), "title"),
    **dict.fromkeys(("正文", "内容", "文案"), "body"),
    **dict.fromkeys(("日期", "发布日期"), "date"),
    **dict.fromkeys(("截止", "截止日期"), "until"),
    **dict.fromkeys(("商品", "商品编号"), "offer"),
    **dict.fromkeys(("图片", "照片", "配图"), "photo"),
}
"""Other names of a pool sheet's columns."""
_OWN = ("id", "title", "body", "date", "until", "offer", "photo")


class ItemTable(Noun):
    """One ``[[item]]``; every further text becomes ``{{ item.NAME }}``."""

    model_config = ConfigDict(extra="allow")

    id: str
    """Unique in its pool; stays the same when the item moves."""
    title: str = ""
    body: str = ""
    date: dt.date | None = None
    """The day it is for, with ``pick = "by-date"``."""
    until: dt.date | None = None
    """The last day it may be shown."""
    offer: str = ""
    """Id of the offer it is about."""
    photo: str = ""
    """Path of a picture below ``assets/``."""


class PoolDocument(Noun):
    """One file of ``pools/``; its name is the pool's id."""

    item: tuple[ItemTable, ...] = ()
    """The items, one ``[[item]]`` each, in the order they take turns."""


def items_from_sheet(sheet: Sheet, findings: list[Finding]) -> Iterator[tuple[Item, Origin]]:
    """Yield the items of a sheet; unknown columns become fields."""
    at = {name: place for place, name in enumerate(sheet.header) if name in _OWN}
    others = [(name, place) for place, name in enumerate(sheet.header) if name and name not in _OWN]
    findings += misnamed_columns(sheet, _OWN, ITEM_NAMES)
    if "id" not in at:
        findings.append(_no_ids(sheet))
        return
    for row in sheet.rows:
        texts = {name: row.cells[place].strip() for name, place in at.items()}
        if not texts["id"]:
            findings.append(sheet.finding("CK202", row, at["id"], Text("这一行没有 id", "this row has no id")))
            continue
        days = {name: _day(sheet, row, name, findings) for name in ("date", "until")}
        yield (
            Item(
                id=texts["id"],
                title=texts.get("title", ""),
                body=texts.get("body", ""),
                date=days["date"],
                until=days["until"],
                offer=texts.get("offer", ""),
                photo=texts.get("photo", ""),
                fields={name: row.cells[place].strip() for name, place in others},
            ),
            Origin(sheet.document.path, (), sheet, row),
        )


def item_of_table(table: ItemTable) -> Item:
    """Return the item a TOML table describes."""
    return Item(
        id=table.id,
        title=table.title,
        body=table.body,
        date=table.date,
        until=table.until,
        offer=table.offer,
        photo=table.photo,
        fields=texts_of(table.model_extra),
    )


def texts_of(extra: Mapping[str, Any] | None) -> Mapping[str, str]:
    """Return further keys of a table as text; tables and lists among them are left out."""
    kept = {key: value for key, value in (extra or {}).items() if not isinstance(value, dict | list)}
    return {
        key: ("true" if value else "false") if isinstance(value, bool) else str(value) for key, value in kept.items()
    }


def _day(sheet: Sheet, row: Row, name: str, findings: list[Finding]) -> dt.date | None:
    place = sheet.index(name)
    text = row.cells[place].strip() if place is not None else ""
    if not text:
        return None
    try:
        return dt.date(*(int(part) for part in text.replace("/", "-").split("-")))
    except (TypeError, ValueError):
        message = Text(f"“{text}”不是日期", f'"{text}" is not a date')
        findings.append(sheet.finding("CK107", row, place, message, fix=Text("例如 2026-11-25", "such as 2026-11-25")))
        return None


def _no_ids(sheet: Sheet) -> Finding:
    return Finding(
        code="CK202",
        document=sheet.document.path,
        line=1,
        column=1,
        width=1,
        message=Text("表头缺少 id 列", "the header has no column id"),
        fix=Text("加一列 id，每行写一个不重复的编号", "add a column id with a different id in each row"),
    )
