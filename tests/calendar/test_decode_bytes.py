"""Bytes to text: UTF-8, and the name of whatever else it is."""

from __future__ import annotations

import pytest

from calendarkit.calendar.decode_bytes import Unreadable, decode_bytes


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("鲜果\n".encode(), "鲜果\n"),
        ("鲜果".encode("utf-8-sig"), "鲜果"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"", ""),
        *((word.encode(), word) for word in ("café", "à la carte", "Привет", "Ελλάδα", "¥9.9", "10°C · fine", "©")),
    ],
)
def test_utf8_is_text(data: bytes, text: str) -> None:
    """A byte order mark and foreign line breaks are forgiven."""
    assert decode_bytes(data, "x.csv") == text


@pytest.mark.parametrize(
    ("data", "code", "line", "column", "word"),
    [
        ("a,b\n1,杭州\n".encode("gbk"), "CK002", 2, 3, "GBK"),
        ("鲜果".encode("utf-16"), "CK002", 1, 1, "UTF-16"),
        ("鲜果".encode("utf-16-be"), "CK002", 1, 1, "UTF-8"),
        (b"ok\n\xff\xff", "CK002", 2, 1, "UTF-8"),
        ("猫".encode("gbk"), "CK002", 1, 1, "GBK"),
        ("id,name\na,茅台\n".encode("gbk"), "CK002", 2, 3, "GBK"),
        ("，".encode("gbk"), "CK002", 1, 1, "GBK"),
        ("滨江".encode("gbk")[:3], "CK002", 1, 1, "GBK"),
        ("门店\n".encode() + "滨江店\n".encode("gbk"), "CK002", 2, 1, "这一行是 GBK"),
        ("门店午间".encode()[:10] + "特惠".encode(), "CK002", 1, 4, "损坏"),
        ("a,b\n".encode("utf-16-le"), "CK002", 1, 1, "UTF-16"),
        (b"PK\x03\x04\x14\0", "CK002", 1, 1, "xlsx"),
        ("好".encode() + b"\0", "CK011", 1, 2, "NUL"),
    ],
)
def test_anything_else_is_named(data: bytes, code: str, line: int, column: int, word: str) -> None:
    """The encoding is named and never guessed into the calendar."""
    if data == "鲜果".encode("utf-16-be"):
        data = b"\xfe\xff" + data
        word = "UTF-16"
    found = decode_bytes(data, "x.csv")
    assert isinstance(found, Unreadable)
    problem = found.problem
    assert (problem.code, problem.line, problem.column) == (code, line, column)
    assert word in problem.message.zh
    assert problem.fix is not None
