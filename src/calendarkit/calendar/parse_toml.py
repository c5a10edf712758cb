"""The TOML door: text to a plain table, bounded before it is parsed and explained when it is not TOML."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import tomli

from calendarkit.calendar.documents import Document
from calendarkit.calendar.explain_toml import explain
from calendarkit.calendar.finding import Finding
from calendarkit.model.text import Text

MAX_BYTES = 1024 * 1024
"""Largest TOML document, in bytes of UTF-8."""
MAX_KEY_PARTS = 16
"""Most parts of one dotted key."""
MAX_DEPTH = 64
"""Deepest nesting of arrays and inline tables."""

_STRINGS_AND_COMMENTS = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'{1,2}(?!'))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+",
    re.DOTALL,
)
_PART = r"[\w\"'-]+"
_DOTTED = re.compile(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART}){{{MAX_KEY_PARTS},}}", re.ASCII)


def parse_toml(document: Document) -> tuple[dict[str, Any] | None, tuple[Finding, ...]]:
    """Return the table of a document, or what is wrong with its text; fractions become ``Decimal``.

    Limits come first, because a document of 40 kB with long keys can cost seconds and gigabytes to parse.
    """
    text = document.text
    refused = _refused(document)
    if refused:
        return None, (refused,)
    try:
        return tomli.loads(text, parse_float=Decimal), ()
    except tomli.TOMLDecodeError as error:
        return None, (explain(error, document),)
    except (ValueError, RecursionError):
        # tomli lets int() refuse numbers of more than 4,300 digits
        return None, (_too_deep(document, 1, Text("数字太长", "a number is too long")),)


def _refused(document: Document) -> Finding | None:
    text = document.text
    if len(text) > MAX_BYTES or len(text.encode(errors="replace")) > MAX_BYTES:
        return Finding(
            code="CK005",
            document=document.path,
            message=Text("文件超过 1 MiB，没有读取", "the file is larger than 1 MiB and was not read"),
            fix=Text("拆成几个文件；很长的名单请用 CSV", "split it into several files; long lists belong in CSV"),
        )
    bare = _STRINGS_AND_COMMENTS.sub(_blank, text)
    crowded = any(line.count(".") >= MAX_KEY_PARTS for line in bare.split("\n"))
    long_key = _DOTTED.search(bare) if crowded else None
    if long_key:
        what = Text(f"键超过 {MAX_KEY_PARTS} 段", f"a key has more than {MAX_KEY_PARTS} parts")
        return _too_deep(document, _line(bare, long_key.start()), what)
    deep = _too_nested(bare)
    if deep is not None:
        what = Text(f"括号嵌套超过 {MAX_DEPTH} 层", f"brackets are nested deeper than {MAX_DEPTH}")
        return _too_deep(document, _line(bare, deep), what)
    return None


def _blank(match: re.Match[str]) -> str:
    """Keep the line breaks and something key-like, so that lines and quoted key parts still count."""
    words = match.group()
    if words[0] == "#":
        return ""
    return '""' + "\n" * words.count("\n")


def _too_nested(bare: str) -> int | None:
    depth = 0
    for match in re.finditer(r"[\[\]{}]", bare):
        depth = depth + 1 if match.group() in "[{" else max(0, depth - 1)
        if depth > MAX_DEPTH:
            return match.start()
    return None


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _too_deep(document: Document, line: int, what: Text) -> Finding:
    return Finding(
        code="CK004",
        document=document.path,
        line=line,
        column=1,
        width=max(1, min(80, len(document.text.split("\n")[line - 1]))),
        message=Text(f"{what.zh}，没有读取", f"{what.en}; the file was not read"),
        fix=Text(
            "日历用不到这么深的结构，请检查是否粘贴错了内容", "no calendar needs this; was something else pasted here?"
        ),
    )
