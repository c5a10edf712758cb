"""Bytes to text: UTF-8 only, and a problem that names the encoding found instead."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from calendarkit.model.problem import Problem
from calendarkit.model.text import Text


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why bytes are no text."""

    problem: Problem


def decode_bytes(data: bytes, path: str) -> str | Unreadable:
    r"""Return the text of a document with ``\n`` line breaks, or the problem.

    A UTF-8 byte order mark, which Excel and Notepad write, is dropped. Other encodings are named and never guessed
    into the calendar: half of what is valid GBK is also valid something else.
    """
    for mark, name in ((codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16")):
        if data.startswith(mark):
            return _encoded(path, name, data, 0)
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(path, body, error.start)
    if "\0" in text:
        return _nul(path, text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(path: str, body: bytes, start: int) -> Unreadable:
    try:
        text = body.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and "\0" not in text and any("一" <= char <= "鿿" for char in text):
        return _encoded(path, "GBK", body, start)
    line, column = _place(body, start)
    return Unreadable(
        Problem(
            code="CK002",
            file=path,
            line=line,
            column=column,
            width=1,
            source=_line(body, line, "utf-8"),
            message=Text(
                "这里有不是 UTF-8 的字节，文件可能损坏",
                "there are bytes here that are not UTF-8; the file may be damaged",
            ),
            fix=Text(
                "从备份恢复，或用编辑器打开后另存为 UTF-8", "restore it from a backup, or open it and save it as UTF-8"
            ),
        )
    )


def _encoded(path: str, name: str, body: bytes, start: int) -> Unreadable:
    codec = "gb18030" if name == "GBK" else "utf-16"
    line, column = (_place(body, start, codec)) if name == "GBK" else (1, 1)
    source = _line(body, line, codec) if name == "GBK" else ""
    iconv = "GB18030" if name == "GBK" else "UTF-16"
    command = f"iconv -f {iconv} -t UTF-8 {path} > tmp && mv tmp {path}"
    return Unreadable(
        Problem(
            code="CK002",
            file=path,
            line=line,
            column=column,
            width=1,
            source=source,
            message=Text(f"文件是 {name} 编码，不是 UTF-8", f"the file is encoded in {name}, not in UTF-8"),
            fix=Text(
                f"在记事本或 Excel 里另存为 UTF-8（Excel 选“CSV UTF-8”），或运行：{command}",
                f'save it as UTF-8 (in Excel: "CSV UTF-8"), or run: {command}',
            ),
        )
    )


def _nul(path: str, text: str) -> Unreadable:
    start = text.index("\0")
    line = text.count("\n", 0, start) + 1
    return Unreadable(
        Problem(
            code="CK011",
            file=path,
            line=line,
            column=start - (text.rfind("\n", 0, start) + 1) + 1,
            width=1,
            source=text.split("\n")[line - 1],
            message=Text(
                "文件里有空字节（NUL），多半没有保存完或已损坏",
                "there is a NUL byte: it was cut off while saving, or is damaged",
            ),
            fix=Text("重新保存，或从备份恢复", "save it again, or restore it from a backup"),
        )
    )


def _place(body: bytes, start: int, codec: str = "utf-8") -> tuple[int, int]:
    """Return 1-based (line, column in characters) of a byte."""
    line = body.count(b"\n", 0, start) + 1
    begin = body.rfind(b"\n", 0, start) + 1
    return line, len(body[begin:start].decode(codec, errors="ignore")) + 1


def _line(body: bytes, line: int, codec: str) -> str:
    lines = body.split(b"\n")
    return lines[line - 1].decode(codec, errors="replace").rstrip("\r") if line <= len(lines) else ""
