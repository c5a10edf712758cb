"""Offers from the rows of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from calendarkit.calendar.decode import judge, keys_of
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.offer import Offer
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.sheet import Row, Sheet

OFFER_NAMES = {
    **dict.fromkeys(("编号", "商品编号"), "id"),
    **dict.fromkeys(("名称", "商品", "商品名称"), "title"),
    **dict.fromkeys(("价格", "售价", "活动价"), "price"),
    **dict.fromkeys(("原价", "划线价"), "list_price"),
    **dict.fromkeys(("单位", "规格"), "unit"),
    **dict.fromkeys(("截止", "结束"), "until"),
    "货号": "sku",
    "底价": "floor",
    "库存": "stock",
    "限购": "limit",
    "开始": "from",
    "图片": "photo",
    "链接": "url",
}


def offers_from_sheet(sheet: Sheet, findings: list[Finding]) -> Iterator[tuple[Offer, Origin]]:
    """Yield the offers of a sheet; unknown columns become ``words``; a price may carry ``¥`` or ``元``."""
    known = set(keys_of(Offer)) - {"words"}
    for row in sheet.rows:
        texts = {name: cell.strip() for name, cell in zip(sheet.header, row.cells, strict=True) if cell.strip()}
        table: dict[str, object] = {name: text for name, text in texts.items() if name in known}
        table |= {name: texts[name].strip("¥￥元 ") for name in ("price", "list_price", "floor") if name in texts}
        table["words"] = {name: text for name, text in texts.items() if name not in known}
        offer, found = judge(Offer, table, document=sheet.document.path)
        findings += [_in_cell(each, sheet, row) for each in found]
        if offer is not None:
            yield offer, Origin(sheet.document.path, (), sheet, row)


def _in_cell(finding: Finding, sheet: Sheet, row: Row) -> Finding:
    index = sheet.index(str(finding.path[0])) if finding.path else None
    column, width = sheet.place(row, index)
    return replace(finding, line=row.line, column=column, width=width)
