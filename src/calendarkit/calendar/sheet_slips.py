"""What Excel and people do to a sheet: a title above the header, numbers cut short, commas of another kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from calendarkit.calendar.finding import Finding
from calendarkit.model.text import Text

_MANGLED = re.compile(
    r"(?m)(?:^|,)\s*(?P<cell>\d(?:\.\d+)?[Ee]\+\d{1,3}|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|####*))\s*(?=,|$)"
)
_ODD_COMMAS = {"，": Text("全角逗号“，”", "full-width commas"), "\t": Text("制表符", "tabs"),
               ";": Text("分号“;”", "semicolons"), "、": Text("顿号“、”", "the Chinese comma 、")}  # fmt: skip


def mangled_cells(document: str, text: str) -> Iterator[Finding]:
    """Yield the first cell that Excel turned into ``6.92E+12`` and the first that became ``#N/A``."""
    seen: set[bool] = set()
    for found in _MANGLED.finditer(text):
        cell = found["cell"]
        error = cell.startswith("#")
        if error in seen:
            continue
        seen.add(error)
        line = text.count("\n", 0, found.start("cell")) + 1
        begin = text.rfind("\n", 0, found.start("cell")) + 1
        said = Text(f"Excel 的公式出错了：{cell}", f"a formula of Excel failed: {cell}")
        fix = Text("在 Excel 里改好公式，再另存一次", "mend the formula in Excel and save again")
        if not error:
            said = Text(f"Excel 把一个长数字写成了 {cell}，后面的数字丢了", f"Excel cut a long number down to {cell}")
            fix = Text(
                "在 Excel 里把这一列的格式改为“文本”，重新填一次",
                "format the column as text in Excel and type it again",
            )
        yield Finding(
            code="CK019", document=document, line=line, column=found.start("cell") - begin + 1, width=len(cell),
            message=said, fix=fix,
        )  # fmt: skip


def title_above(document: str, first: Sequence[str], second: Sequence[str], line: int) -> Finding | None:
    """Return that a line stands above the header; ``None`` when the first line is the header."""
    filled = [cell for cell in first if cell.strip()]
    if len(filled) != 1 or sum(bool(cell.strip()) for cell in second) < 2:
        return None
    return Finding(
        code="CK014",
        document=document,
        line=line,
        column=1,
        width=max(1, len(filled[0])),
        message=Text(f"第一行是“{filled[0]}”，不是表头", f'the first line is "{filled[0]}" and not the header'),
        fix=Text("删掉这一行：第一行要写列名", "delete the line: the names of the columns come first"),
    )


def fewer_cells(words: str, found: int, wanted: int) -> Text:
    """Return what to do about a row with too few cells."""
    for character, name in _ODD_COMMAS.items():
        if words.count(character) + found >= wanted:
            return Text(f"这一行用了{name.zh}，改成半角逗号“,”", f"this row has {name.en}: write plain commas")
    return Text(
        "补上缺少的逗号；文件也可能没有保存完", "add the missing commas, or save the file again: it may be cut off"
    )


def more_cells(header: Sequence[str]) -> Text:
    """Return what to do about a row with too many cells."""
    tags = Text("；几个标签之间用 | 分开", "; separate tags by |") if "tags" in header else Text("", "")
    return Text(
        f'单元格里有逗号时用引号包住："杭州,滨江"{tags.zh}', f'quote cells that contain a comma: "a,b"{tags.en}'
    )
