"""A CSV sheet as rows that know their lines; what is wrong with its shape is found, never raised."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from calendarkit.calendar.documents import Document
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.sheet_slips import fewer_cells, mangled_cells, more_cells, title_above
from calendarkit.model.text import Text

_OTHER_DELIMITERS = {
    "\t": ("制表符", "tabs"),
    ";": ("分号 ;", "semicolons"),
    "；": ("全角分号 ；", "full-width semicolons"),
    "，": ("全角逗号 ，", "full-width commas"),
    "|": ("竖线 |", "bars"),
}
_KEEP_ONE = Text("只留一列，或给另一列换个名字", "keep one of them, or give the other another name")


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the 1-based line it begins on, and its cells, as many as the header has."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and its rows; empty rows are left out."""

    document: Document
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    lines: list[str] = field(repr=False, default_factory=list)
    head: int = 1
    """The 1-based line of the header."""

    def index(self, name: str) -> int | None:
        """Return the place of a column, ``None`` without one."""
        return self.header.index(name) if name in self.header else None

    def head_place(self, name: str) -> tuple[int, int, int]:
        """Return (line, column, width) of a column's name in the header."""
        return self.head, *_cell_place(self.lines[self.head - 1], self.index(name))

    def finding(self, code: str, row: Row, index: int | None, message: Text, *, fix: Text | None = None) -> Finding:
        """Return a finding about one cell, or about the row when ``index`` is ``None``."""
        column, width = self.place(row, index)
        return Finding(
            code=code, document=self.document.path, line=row.line, column=column, width=width, message=message, fix=fix
        )

    def lacks(self, name: str, names: Mapping[str, str]) -> Finding:
        """Return the finding that a column is missing; ``names`` are the other names columns may have."""
        others = "、".join([alias for alias, own in names.items() if own == name][:4])
        return Finding(
            code="CK202",
            document=self.document.path,
            line=self.head,
            column=1,
            width=max(1, len(self.lines[self.head - 1])),
            message=Text(f"表头缺少 {name} 列", f"the header has no column {name}"),
            fix=Text(f"加上 {name} 列（也可以叫{others}）", f"add a column {name}"),
        )

    def place(self, row: Row, index: int | None) -> tuple[int, int]:
        """Return (column, width) of a cell in the row's first line, or of the row when ``index`` is ``None``."""
        return _cell_place(self.lines[row.line - 1], index)


def read_sheet(document: Document, *, names: Mapping[str, str]) -> tuple[Sheet | None, tuple[Finding, ...]]:
    """Return the sheet in a document's text, or what is wrong with its shape.

    Args:
        document: its text is read as CSV with commas, ``"`` for quotes, any line breaks.
        names: other names of columns, such as ``门店编号`` → ``id``; compared without case and spaces.
    """
    lines = document.text.split("\n")
    findings: list[Finding] = []
    records = _records(document, lines, findings)
    first = next(records, None)
    if first is None:
        if not findings:
            findings.append(_headless(document))
        return None, tuple(findings)
    wrong = _wrong_delimiter(document, first.line, lines)
    if wrong:
        return None, (wrong,)
    second = next(records, None)
    title = title_above(document.path, first.cells, second.cells, first.line) if second else None
    if title:
        return None, (title,)
    header = tuple(names.get(_folded(cell), cell.strip()) for cell in first.cells)
    while header and not header[-1]:
        header = header[:-1]
    sheet = Sheet(document, header, (), lines, first.line)
    findings += _header_problems(sheet, first)
    findings += mangled_cells(document.path, document.text)
    rows = []
    width = len(header)
    for row in chain((second,) if second else (), records):
        if len(row.cells) == width and any(row.cells):
            rows.append(row)
        else:
            rows += _fitted(sheet, row, findings)
    return Sheet(document, header, tuple(rows), lines, first.line), tuple(findings)


def _records(document: Document, lines: list[str], findings: list[Finding]) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(document.text, newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            if len(cells) > 1 or (cells and cells[0].strip()):
                yield Row(start, cells)
            start = reader.line_num + 1
    except csv.Error:
        findings.append(
            Finding(
                code="CK014",
                document=document.path,
                line=start,
                column=1,
                width=max(1, len(lines[start - 1]) if start <= len(lines) else 1),
                message=Text("从这一行起引号没有配对", "from this line on a quote is not closed"),
                fix=Text(
                    '单元格里的 " 要写成 ""，并用引号包住整格', 'write a " inside a cell as "" and quote the whole cell'
                ),
            )
        )


def _fitted(sheet: Sheet, row: Row, findings: list[Finding]) -> list[Row]:
    """Forgive empty cells at the end; report the rest."""
    width = len(sheet.header)
    cells = row.cells
    if not any(map(str.strip, cells)):
        return []
    if not any(map(str.strip, cells[width:])) and len(cells) > width:
        return [Row(row.line, cells[:width])]
    more = len(cells) > width
    message = Text(
        f"这一行有 {len(cells)} 格，表头有 {width} 列",
        f"this row has {len(cells)} cell{'' if len(cells) == 1 else 's'}, the header has {width}",
    )
    fix = more_cells(sheet.header) if more else fewer_cells(sheet.lines[row.line - 1], len(cells), width)
    findings.append(sheet.finding("CK014", row, width if more else None, message, fix=fix))
    return []


def _header_problems(sheet: Sheet, first: Row) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, name in enumerate(sheet.header):
        if not name:
            yield sheet.finding("CK014", first, index, Text("表头有一列没有名字", "a column of the header has no name"))
        elif name in seen:
            yield sheet.finding("CK010", first, index, _twice(sheet, first, name), fix=_KEEP_ONE)
        seen.add(name)


def _twice(sheet: Sheet, first: Row, name: str) -> Text:
    """Say that two columns are one and the same, in the words of the header."""
    cells = zip(first.cells, sheet.header, strict=False)
    written = list(dict.fromkeys(cell.strip() for cell, own in cells if own == name))
    if written == [name]:
        return Text(f"表头的 {name} 写了两次", f"the header has {name} twice")
    return Text(f"{'、'.join(written)} 都是 {name} 列", f"{', '.join(written)} both are the column {name}")


def _headless(document: Document) -> Finding:
    return Finding(
        code="CK014",
        document=document.path,
        line=1,
        message=Text("表格是空的，连表头都没有", "the sheet is empty, it has no header"),
        fix=Text("第一行写列名，例如 id,name,city", "write the names of the columns first, such as id,name,city"),
    )


def _wrong_delimiter(document: Document, number: int, lines: list[str]) -> Finding | None:
    header = lines[number - 1]
    if "," in header:
        return None
    for delimiter, (zh, en) in _OTHER_DELIMITERS.items():
        if delimiter in header:
            return Finding(
                code="CK015",
                document=document.path,
                line=number,
                column=header.index(delimiter) + 1,
                width=1,
                message=Text(f"列之间用的是{zh}，不是逗号", f"columns are separated by {en}, not by commas"),
                fix=Text("在 Excel 里另存为“CSV UTF-8（逗号分隔）”", 'in Excel save as "CSV UTF-8 (comma delimited)"'),
            )
    return None


def _folded(name: str) -> str:
    return name.strip().casefold().replace(" ", "")


def _cell_place(words: str, index: int | None) -> tuple[int, int]:
    """Return (column, width) of a cell inside its first line; (1, width of the line) for a whole row."""
    if index is None:
        return 1, max(1, len(words))
    start, cell, quoted = 0, 0, False
    for place, char in enumerate(f"{words},"):
        if char == '"':
            quoted = not quoted
        elif char == "," and not quoted:
            if cell == index:
                return start + 1, max(1, place - start)
            start, cell = place + 1, cell + 1
    return 1, max(1, len(words))
