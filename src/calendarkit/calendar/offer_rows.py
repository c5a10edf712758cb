"""Offers from the rows of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from calendarkit.calendar.decode import judge, keys_of
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.misnamed import misnamed_columns
from calendarkit.calendar.offer import Offer
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.sheet import Row, Sheet
from calendarkit.clockwork.mend import mend_date, mend_time
from calendarkit.model.text import Text

OFFER_NAMES = {
    **dict.fromkeys(("编号", "商品编号", "商品id"), "id"),
    **dict.fromkeys(("名称", "商品", "商品名称", "商品名", "品名", "name"), "title"),
    **dict.fromkeys(("价格", "售价", "活动价", "现价", "秒杀价", "团购价"), "price"),
    **dict.fromkeys(("原价", "划线价", "市场价", "日常价"), "list_price"),
    **dict.fromkeys(("单位", "规格"), "unit"),
    **dict.fromkeys(("截止", "结束", "截止时间", "结束时间"), "until"),
    **dict.fromkeys(("开始", "开始时间"), "from"),
    **dict.fromkeys(("货号", "商品编码"), "sku"),
    **dict.fromkeys(("底价", "最低价"), "floor"),
    **dict.fromkeys(("库存", "库存数量"), "stock"),
    **dict.fromkeys(("限购", "限购数量"), "limit"),
    **dict.fromkeys(("图片", "商品图片", "主图"), "photo"),
    **dict.fromkeys(("链接", "商品链接", "购买链接"), "url"),
}
"""Other names of an offers sheet's columns."""
_NEEDED = ("id", "title", "price")
_PRICES = ("price", "list_price", "floor")
_MOMENT = re.compile(r"(?P<day>\d{4}\D{1,2}\d{1,2}\D{1,2}\d{1,2}日?)(?:[T\s]+(?P<time>\S+))?")


def offers_from_sheet(sheet: Sheet, findings: list[Finding]) -> Iterator[tuple[Offer, Origin]]:
    """Yield the offers of a sheet; unknown columns become ``words``.

    A price may carry ``¥`` or ``元``; a moment may be written as Excel does, ``2026/11/30 20:00``.
    """
    known = set(keys_of(Offer)) - {"words"}
    findings += misnamed_columns(sheet, known, OFFER_NAMES)
    missing = [name for name in _NEEDED if name not in sheet.header]
    findings += [sheet.lacks(name, OFFER_NAMES) for name in missing]
    for row in sheet.rows if not missing else ():
        texts = {name: cell.strip() for name, cell in zip(sheet.header, row.cells, strict=True) if cell.strip()}
        table: dict[str, object] = {name: text for name, text in texts.items() if name in known}
        table |= {name: texts[name].strip("¥￥元 ") for name in _PRICES if name in texts}
        table |= {name: _moment(texts[name]) for name in ("from", "until") if name in texts}
        table["words"] = {name: text for name, text in texts.items() if name not in known}
        offer, found = judge(Offer, table, document=sheet.document.path)
        findings += _lacking(sheet, row, texts)
        findings += [_in_cell(each, sheet, row, texts) for each in found if each.code != "CK202"]
        if offer is not None:
            yield offer, Origin(sheet.document.path, (), sheet, row)


def _moment(text: str) -> str:
    """Return a moment in the words of ISO 8601 where it is plain which one is meant, else as it stands."""
    match = _MOMENT.fullmatch(text)
    day = mend_date(match["day"]) if match else None
    time = mend_time(match["time"]) if match and match["time"] else "00:00"
    return f"{day}T{time}" if day and time else text


def _lacking(sheet: Sheet, row: Row, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the cells that must not be empty and are."""
    for name in _NEEDED:
        if name not in texts:
            what = Text(f"这一行没有写 {name}", f"this row has no {name}")
            yield sheet.finding("CK202", row, sheet.index(name), what, fix=Text("填上这一格", "fill in the cell"))


def _in_cell(finding: Finding, sheet: Sheet, row: Row, texts: Mapping[str, str]) -> Finding:
    """Return the finding at its cell, with an example as a sheet has it."""
    name = str(finding.path[0]) if finding.path else ""
    if name in _PRICES and re.search("[折%％]", texts.get(name, "")):
        fix = Text("写折后的价格，单位元，例如 9.9", "write the price after the discount, such as 9.9")
        finding = replace(finding, fix=fix)
    elif name in ("from", "until"):
        finding = replace(finding, fix=Text("例如 2026-11-30 20:00", "such as 2026-11-30 20:00"))
    column, width = sheet.place(row, sheet.index(name))
    return replace(finding, line=row.line, column=column, width=width)
