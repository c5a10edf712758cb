"""What was wrong with how a command was typed, in both languages."""

from __future__ import annotations

import re

import click

from calendarkit.model.text import Text

GLOBAL = {"-C", "--lang", "--no-color", "--debug", "--version"}
_PHRASES = (
    (r"(.+) is not one of (.+)", r"\1 不是 \2 之一"),
    (r"(.+) is not a valid integer(?: range)?", r"\1 不是整数"),
    (r"(.+) is not in the range (.+)", r"\1 不在 \2 的范围内"),
    (r"Option .+ requires an argument", "后面要写一个值"),
    (r"Option .+ does not take a value", "后面不能写值"),
    (r".+ '(.+)' is a file", r"\1 是文件，不是文件夹"),
    (r".+ '(.+)' is a directory", r"\1 是文件夹，不是文件"),
)
_EXTRA = re.compile(r"unexpected extra arguments? (\(.+\))")


def usage_text(error: click.UsageError) -> Text:
    """Return one sentence about ``error``; what click says itself where no better words are known."""
    english = error.format_message().rstrip(".")
    if isinstance(error, click.NoSuchOption) and error.option_name in GLOBAL:
        name = error.option_name
        return Text(f"{name} 是全局选项，要写在命令前面", f"{name} is a global option: it goes before the command")
    return Text(_chinese(error) or english, english[:1].lower() + english[1:])


def _chinese(error: click.UsageError) -> str:
    """Return the sentence in Chinese, empty for a kind of error without one."""
    command = getattr(error, "command_name", "")  # click names it since 8.4
    near = f"，是不是 {'、'.join(found)}？" if (found := getattr(error, "possibilities", None)) else ""
    if command:
        return f"没有 {command} 这个命令{near}"
    match error:
        case click.NoSuchOption():
            return f"没有 {error.option_name} 这个选项{near}"
        case click.MissingParameter() if error.param is not None:
            return f"缺少 {error.param.get_error_hint(error.ctx)}"
        case click.BadParameter() if error.param is not None:
            return f"{error.param.get_error_hint(error.ctx)} 的值不对：{_phrase(error.message)}"
        case click.BadOptionUsage():
            return f"{error.option_name} {_phrase(error.message)}"
    extra = _EXTRA.search(error.message)
    return f"多余的参数 {extra[1]}" if extra else ""


def _phrase(english: str) -> str:
    """Return click's half sentence in Chinese, unchanged where it is not known."""
    text = english.rstrip(".")
    for pattern, chinese in _PHRASES:
        if re.fullmatch(pattern, text):
            return re.sub(pattern, chinese, text)
    return text
