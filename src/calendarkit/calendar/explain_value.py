"""What is wrong with a single value, by pydantic's kind of error, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails, PydanticCustomError

from calendarkit.model.text import Text


@dataclass(frozen=True, slots=True)
class Explained:
    """A code, what is wrong, and what to write instead."""

    code: str
    message: Text
    fix: Text | None = None


def explain_value(error: ErrorDetails) -> Explained:
    """Return the explanation of one validation error; never pydantic's own English."""
    context: dict[str, Any] = error.get("ctx") or {}
    explained = context.get("explained")
    if isinstance(explained, Explained):
        return explained
    if found := _brackets(error) or _duration(error):
        return found
    for prefix, make in _KINDS:
        if error["type"].startswith(prefix):
            return make(error.get("input"), context)
    return Explained(
        "CK203", Text(f"{show(error.get('input'))} 不能用在这里", f"{said(error.get('input'))} does not fit")
    )


def _brackets(error: ErrorDetails) -> Explained | None:
    """Return what is wrong where a table has one pair of brackets for two, or two for one."""
    value, name = error.get("input"), error["loc"][-1] if error["loc"] else ""
    if error["type"] == "tuple_type" and isinstance(value, dict):
        message = Text(f"[{name}] 少了一层方括号", f"[{name}] needs a second pair of brackets")
        return Explained("CK203", message, Text(f"写成 [[{name}]]", f"write [[{name}]]"))
    if error["type"] == "model_type" and isinstance(value, list) and all(isinstance(each, dict) for each in value):
        message = Text(f"{name} 只有一张，多了一层方括号", f"there is one {name} only: a pair of brackets too many")
        return Explained("CK203", message, Text(f"写成 […{name}]，只写一层", f"write […{name}] with one pair"))
    return None


def _duration(error: ErrorDetails) -> Explained | None:
    """Return what is wrong with a bare number where a duration is due."""
    value, name = error.get("input"), error["loc"][-1] if error["loc"] else ""
    if error["type"] != "string_type" or name not in _DURATIONS or not isinstance(value, int):
        return None
    message = Text(f"时长要写单位，不能只写 {value}", f"a duration needs a unit, not {value} alone")
    fix = Text(f'写成 "{value}m"（分钟）或 "{value}d"（天）', f'write "{value}m" for minutes or "{value}d" for days')
    return Explained("CK203", message, fix)


def refuse(code: str, message: Text, fix: Text | None = None) -> PydanticCustomError:
    """Return the error a validator of a noun raises, carrying both languages to the decoder."""
    return PydanticCustomError("calendarkit", "calendarkit", {"explained": Explained(code, message, fix)})


def show(value: Any) -> str:
    """Return a value as it stands in the file, shortened."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    text = str(value)
    text = text if len(text) <= 40 else f"{text[:39]}…"
    return f"“{text}”" if isinstance(value, str) else text


def said(value: Any) -> str:
    """Return what :func:`show` does with English quotes."""
    return show(value).replace("“", '"').replace("”", '"')


def _after(value: Any) -> str:
    """Return a shown value behind a Chinese word: a space only where no quote divides them."""
    shown = show(value)
    return shown if shown.startswith("“") else f" {shown}"


def _text(value: Any, _: dict[str, Any]) -> Explained:
    shown = show(value)
    fix = Text(f'加上引号："{shown}"', f'quote it: "{shown}"')
    if isinstance(value, dict | list):
        only = value[0] if isinstance(value, list) and value and isinstance(value[0], str) else "…"
        fix = Text(f'写成 "{only[:40]}"', f'write "{only[:40]}"')
    return Explained("CK203", Text(f"这里要写文字，不是{_after(value)}", f"a text is expected, not {said(value)}"), fix)


_DURATIONS = frozenset({"late", "valid_for", "no_repeat", "gap", "spread", "max_jump"})
_ONE_NUMBER = re.compile(r"[^\d折%％.-]{0,3}(\d+(?:\.\d{1,2})?)[^\d折%％.]{0,3}")


def _wanted(zh: str, en: str, example: str) -> Callable[[Any, dict[str, Any]], Explained]:
    def make(value: Any, _: dict[str, Any]) -> Explained:
        number = _ONE_NUMBER.fullmatch(value) if isinstance(value, str) and example[0].isdigit() else None
        if isinstance(value, str) and example == "9.9" and re.search("[折%％]", value):
            number = None
            shown = Text("写折后的价格，例如 9.9", "write the price after the discount, such as 9.9")
        else:
            shown = Text(f"例如 {example}", f"such as {example}")
        right = number and (number[1] if "." in example else number[1].partition(".")[0])
        return Explained(
            "CK203",
            Text(f"这里要写{zh}，不是{_after(value)}", f"{en} is expected, not {said(value)}"),
            Text(f"写成 {right}", f"write {right}") if right else shown,
        )

    return make


def _choice(value: Any, context: dict[str, Any]) -> Explained:
    expected = str(context.get("expected", "")).replace(" or ", ", ").replace("'", '"')
    return Explained(
        "CK204",
        Text(f"{show(value)} 不在可选的值里", f"{said(value)} is not one of the choices"),
        Text(f"可选：{expected}", f"choose from {expected}"),
    )


def _bound(zh: str, en: str, key: str) -> Callable[[Any, dict[str, Any]], Explained]:
    def make(value: Any, context: dict[str, Any]) -> Explained:
        limit = context.get(key)
        return Explained("CK204", Text(f"{show(value)} 必须{zh} {limit}", f"{said(value)} must be {en} {limit}"))

    return make


def _places(value: Any, context: dict[str, Any]) -> Explained:
    digits = context.get("decimal_places", 2)
    message = Text(f"{value} 超过 {digits} 位小数", f"{value} has more than {digits} decimals")
    example = "9.90" if digits == 2 else "1"
    return Explained("CK204", message, Text(f"例如 {example}", f"such as {example}"))


def _digits(value: Any, _: dict[str, Any]) -> Explained:
    return Explained("CK204", Text(f"{show(value)} 太大了", f"{said(value)} is too large"))


_KINDS: tuple[tuple[str, Callable[[Any, dict[str, Any]], Explained]], ...] = (
    ("string_type", _text),
    ("int", _wanted("整数", "a whole number", "100")),
    ("decimal_max_places", _places),
    ("decimal_max", _digits),
    ("decimal_whole", _digits),
    ("decimal", _wanted("数字", "a number", "9.9")),
    ("float", _wanted("数字", "a number", "1.5")),
    ("finite", _wanted("数字", "a number", "9.9")),
    ("bool", _wanted(" true 或 false", "true or false", "true")),
    ("literal_error", _choice),
    ("enum", _choice),
    ("greater_than_equal", _bound("不小于", "at least", "ge")),
    ("greater_than", _bound("大于", "more than", "gt")),
    ("less_than_equal", _bound("不大于", "at most", "le")),
    ("less_than", _bound("小于", "less than", "lt")),
    ("datetime", _wanted("日期和时间", "a date with a time", "2026-11-25T12:00:00+08:00")),
    ("date", _wanted("日期", "a date", "2026-11-25")),
    ("time", _wanted("时间", "a time", '"12:30"')),
    ("tuple", _wanted("列表", "a list", '["a", "b"]')),
    ("list", _wanted("列表", "a list", '["a", "b"]')),
    ("set", _wanted("列表", "a list", '["a", "b"]')),
    ("model", _wanted("一张表", "a table", "{ … }")),
    ("mapping", _wanted("一张表", "a table", '{ noon = "12:00" }')),
    ("dict", _wanted("一张表", "a table", '{ noon = "12:00" }')),
)
