"""Bytes to text: UTF-8 only, and a problem that names the encoding found instead."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from calendarkit.model.problem import Problem
from calendarkit.model.text import Text

_WORKBOOKS = (
    (b"PK\x03\x04", Text("Excel 工作簿（.xlsx）", "a workbook of Excel (.xlsx)")),
    (b"\xd0\xcf\x11\xe0", Text("Excel 工作簿（.xls）", "a workbook of Excel (.xls)")),
)


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
    for signature, workbook in _WORKBOOKS:
        if data.startswith(signature):
            return _workbook(path, workbook)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(path, body, error.start)
    if "\0" in text:
        return (
            _encoded(path, "UTF-16", data, 0)
            if len(text) > 3 and text.count("\0") * 3 > len(text)
            else _nul(path, text)
        )
    if _is_gbk_in_disguise(body, text):
        return _encoded(path, "GBK", body, next(place for place, byte in enumerate(body) if byte > 127))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_gbk_in_disguise(body: bytes, text: str) -> bool:
    """Tell whether bytes that happen to be UTF-8 are Chinese in GBK: ``猫`` in GBK is ``è`` in UTF-8.

    Only then is every character beyond ASCII one of two bytes, common Chinese when read as GBK, and no word of an
    alphabet: runs that mix alphabets and marks, or letters that stand alone.
    """
    if text.isascii() or not all(char < "\u0800" for char in text):
        return False
    try:
        chinese = body.decode("gb2312")
    except UnicodeDecodeError:
        return False
    runs = re.findall(r"[^\x00-\x7f]+", text)
    wrong = [run for run in runs if run[0].isalpha() and not _is_word(run, text)]
    return bool(wrong) and len(wrong) == len(runs) and all(_is_common(char) for char in chinese if char > "\x7f")


def _is_word(run: str, text: str) -> bool:
    """Tell whether letters beyond ASCII belong to a word: beside ASCII letters, or several of one alphabet."""
    if re.search(rf"[A-Za-z]{run}|{run}[A-Za-z]", text):
        return True
    alphabets = {unicodedata.name(char, "").partition(" ")[0] for char in run}
    return len(run) > 1 and len(alphabets) == 1 and all(char.isalpha() for char in run)


def _is_common(char: str) -> bool:
    """Tell whether a character is Chinese, or punctuation as Chinese texts have it."""
    return "一" <= char <= "鿿" or "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef" or char in "“”‘’…—·¥"


def _not_utf8(path: str, body: bytes, start: int) -> Unreadable:
    if _is_partly_utf8(body):
        if _is_chinese(_line_of(body, start), "gb2312"):
            return _mixed(path, body, start)
    elif _is_chinese(body, "gb18030") or _is_chinese(body[:-1], "gb18030"):
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


def _is_chinese(data: bytes, codec: str) -> bool:
    """Tell whether bytes read as Chinese in an encoding: nothing is damaged, and nearly all beyond ASCII is common."""
    try:
        beyond = [char for char in data.decode(codec) if char > "\x7f"]
    except UnicodeDecodeError:
        return False
    return b"\0" not in data and 0 < len(beyond) * 0.8 <= sum(map(_is_common, beyond))


def _line_of(body: bytes, place: int) -> bytes:
    """Return the line that holds a byte."""
    end = body.find(b"\n", place)
    return body[body.rfind(b"\n", 0, place) + 1 : end if end >= 0 else len(body)].rstrip(b"\r")


def _is_partly_utf8(body: bytes) -> bool:
    """Tell whether much of it is Chinese in UTF-8, so that turning the whole file around would spoil it."""
    chinese = sum(len(char.encode()) for char in body.decode(errors="ignore") if "一" <= char <= "鿿")
    return chinese > 0.3 * sum(byte > 127 for byte in body)


def _mixed(path: str, body: bytes, start: int) -> Unreadable:
    line, column = _place(body, start, "gb18030")
    return Unreadable(
        Problem(
            code="CK002",
            file=path,
            line=line,
            column=column,
            width=1,
            source=_line(body, line, "gb18030"),
            message=Text("这一行是 GBK 编码，其他行是 UTF-8", "this line is encoded in GBK, the others in UTF-8"),
            fix=Text("把这一行删掉，重新输入，再保存", "delete the line, type it again and save"),
        )
    )


def _workbook(path: str, name: Text) -> Unreadable:
    return Unreadable(
        Problem(
            code="CK002",
            file=path,
            line=1,
            column=1,
            width=1,
            message=Text(f"这是 {name.zh}，只是改了文件名", f"this is {name.en} under another name"),
            fix=Text("在 Excel 里打开，另存为“CSV UTF-8”", 'open it in Excel and save it as "CSV UTF-8"'),
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
