"""What was wrong with how a command was typed, in both languages."""

from __future__ import annotations

import click

from calendarkit.model.text import Text


def usage_text(error: click.UsageError) -> Text:
    """Return one sentence about ``error``; what click says itself where no better words are known."""
    english = error.format_message().rstrip(".")
    return Text(_chinese(error) or english, english[:1].lower() + english[1:])


def _chinese(error: click.UsageError) -> str:
    """Return the sentence in Chinese, empty for a kind of error without one."""
    match error:
        case click.NoSuchOption():
            return f"没有 {error.option_name} 这个选项{_meant(error.possibilities)}"
        case click.MissingParameter() if error.param is not None:
            return f"缺少 {error.param.get_error_hint(error.ctx)}"
        case click.BadParameter() if error.param is not None:
            return f"{error.param.get_error_hint(error.ctx)} 的值不对：{error.message}"
        case click.BadOptionUsage():
            return f"{error.option_name} 的用法不对：{error.message}"
        case click.UsageError() if "unexpected extra argument" in error.message:
            return "多余的参数" + error.message[error.message.find("(") - 1 :]
    return ""


def _meant(possibilities: list[str] | None) -> str:
    return f"，是不是 {'、'.join(possibilities)}？" if possibilities else ""
