"""Events from the rows of a sheet or the tables of a TOML document."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, ConfigDict

from calendarkit.calendar.event import Event
from calendarkit.calendar.explain_value import refuse
from calendarkit.calendar.fields import Slug, Word
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.noun import Noun
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.pool_rows import texts_of
from calendarkit.calendar.roster_faults import ID
from calendarkit.calendar.roster_rows import full_id
from calendarkit.calendar.sheet import Row, Sheet
from calendarkit.clockwork.mend import mend_date, mend_time
from calendarkit.model.text import Text

EVENT_NAMES = {
    **dict.fromkeys(("事件", "事件类型", "类型"), "event"),
    **dict.fromkeys(("客户编号", "会员编号", "订单编号", "订单号", "客户", "会员"), "subject"),
    **dict.fromkeys(("门店编号", "门店", "门店id", "所属门店"), "store"),
    **dict.fromkeys(("群编号", "社群", "群"), "group"),
    **dict.fromkeys(("日期", "时间", "发生时间", "购买日期", "入群日期"), "on"),
    **dict.fromkeys(("货号", "商品编码"), "sku"),
    **dict.fromkeys(("姓名", "称呼", "昵称"), "name"),
}
"""Other names of an events sheet's columns."""
_OWN = ("event", "subject", "store", "group", "on", "sku", "name")
_NEEDED = ("event", "subject", "store", "on")
_DAY_TIME = re.compile(r"(?P<day>\d{4}\D{1,2}\d{1,2}\D{1,2}\d{1,2}日?)[T\s]+(?P<time>\S+)")
_EXAMPLE = Text('例如 "2026-11-25" 或 "2026-11-25 23:59"', 'such as "2026-11-25" or "2026-11-25 23:59"')


def parse_happened(text: str) -> dt.datetime | None:
    """Return when an event happened, without a zone unless it is written; ``None`` for no date.

    A day alone is its midnight; Excel's ``2026/11/25 23:59`` is understood.
    """
    try:
        return dt.datetime.fromisoformat(text.strip())
    except ValueError:
        match = _DAY_TIME.fullmatch(text.strip())
        day = mend_date(match["day"] if match else text)
        time = mend_time(match["time"]) if match else "00:00"
        return dt.datetime.fromisoformat(f"{day}T{time}") if day and time else None


def _happened(value: str) -> str:
    if parse_happened(value) is None:
        raise refuse("CK107", Text(f"“{value}”不是日期", f'"{value}" is not a date'), _EXAMPLE)
    return value


class EventTable(Noun):
    """One ``[[event]]``; every further text becomes ``{{ event.NAME }}``."""

    model_config = ConfigDict(extra="allow")

    event: str
    """What happened, such as ``purchase``."""
    subject: Slug
    """Id of the customer or order it happened to."""
    store: Slug
    """Id of the store."""
    on: Annotated[Word, AfterValidator(_happened)]
    """The day, ``2026-11-25``, or the moment, ``2026-11-25T23:59``, on the store's clock."""
    group: str = ""
    """Id of the group that its reminders go to; else the store's groups of the audience."""
    sku: str = ""
    """The product."""
    name: str = ""
    """The customer's, for templates."""


class EventsDocument(Noun):
    """``events.toml``."""

    event: tuple[EventTable, ...] = ()
    """The events, one ``[[event]]`` each."""


def event_of_table(table: EventTable) -> Event:
    """Return the event a TOML table describes, on the clock it is written in."""
    at = parse_happened(table.on)
    assert at is not None
    return Event(
        event=table.event,
        subject=table.subject,
        store=table.store,
        at=at,
        group=full_id(table.store, table.group)[1] if table.group else "",
        sku=table.sku,
        name=table.name,
        fields=texts_of(table.model_extra),
    )


def events_from_sheet(sheet: Sheet, findings: list[Finding]) -> Iterator[tuple[Event, Origin]]:
    """Yield the events of a sheet; unknown columns become fields."""
    at = {name: place for place, name in enumerate(sheet.header) if name in _OWN}
    others = [(name, place) for place, name in enumerate(sheet.header) if name and name not in _OWN]
    missing = [name for name in _NEEDED if name not in at]
    findings += [sheet.lacks(name, EVENT_NAMES) for name in missing]
    for row in sheet.rows if not missing else ():
        texts = {name: row.cells[place].strip() for name, place in at.items()}
        happened = _judged(sheet, row, texts, findings)
        if happened is None:
            continue
        group = texts.get("group", "")
        yield (
            Event(
                event=texts["event"],
                subject=texts["subject"],
                store=texts["store"],
                at=happened,
                group=full_id(texts["store"], group)[1] if group else "",
                sku=texts.get("sku", ""),
                name=texts.get("name", ""),
                fields={name: row.cells[place].strip() for name, place in others},
            ),
            Origin(sheet.document.path, (), sheet, row),
        )


def _judged(sheet: Sheet, row: Row, texts: dict[str, str], findings: list[Finding]) -> dt.datetime | None:
    """Return when a row happened; ``None`` for a row that cannot be used, which is told."""
    for name in ("event", "store", "on"):
        if not texts[name]:
            what = Text(f"这一行没有写 {name}", f"this row has no {name}")
            findings.append(sheet.finding("CK202", row, sheet.index(name), what))
            return None
    if not ID.fullmatch(texts["subject"]):
        findings.append(_bad_subject(sheet, row, texts["subject"]))
        return None
    happened = parse_happened(texts["on"])
    if happened is None:
        what = Text(f"“{texts['on']}”不是日期", f'"{texts["on"]}" is not a date')
        findings.append(sheet.finding("CK107", row, sheet.index("on"), what, fix=_EXAMPLE))
    return happened


def _bad_subject(sheet: Sheet, row: Row, written: str) -> Finding:
    """Tell that a row has no customer or order, or one whose id cannot be part of a key."""
    if not written:
        what, code = Text("这一行没有写 subject", "this row has no subject"), "CK202"
    else:
        what, code = (
            Text(f"“{written}”不能当客户或订单编号", f'"{written}" cannot be the id of a customer or order'),
            "CK206",
        )
    fix = Text(
        "写会员号或订单号，只用英文字母、数字、- _ . ；姓名写在 name 列",
        "write the number of the customer or order, ASCII letters, digits, - _ and .; the name goes into name",
    )
    return sheet.finding(code, row, sheet.index("subject"), what, fix=fix)
