"""The exit codes and the road from an exception to one of them and one sentence."""

from __future__ import annotations

import errno
from enum import IntEnum

import click

from calendarkit.errors import CalendarkitError, LedgerBusy, LedgerError, PluginError, SecretMissing, WorkspaceError
from calendarkit.model.text import Text


class Exit(IntEnum):
    """What the exit code of ``calendarkit`` says to cron, to CI and to shell scripts."""

    FINE = 0
    ATTENTION = 1
    """Something needs a person: errors in the workspace, failed, unknown or missed deliveries."""
    USAGE = 2
    WORKSPACE = 3
    """The workspace cannot be used at all."""
    CHANGED = 4
    """``plan --exit-code``: the files say something else than they did at the last run."""
    LEDGER = 5
    """The ledger cannot be read or written: disk full, no permission, damaged."""
    PLUGIN = 69
    """A plugin or channel that is needed is not there."""
    BUSY = 75
    """Another process holds the ledger; try again."""
    INTERRUPTED = 130
    PIPE = 141
    """Whoever read the output went away, as in ``calendarkit plan | head``."""


MEANINGS: dict[Exit, Text] = {
    Exit.FINE: Text("一切正常。", "Everything is fine."),
    Exit.ATTENTION: Text(
        "需要有人处理：检查发现错误；有投放失败、结果不确定、错过或到期未发。",
        "Something needs a person: check found errors; deliveries failed, are unknown, were missed or are overdue.",
    ),
    Exit.USAGE: Text("命令用法不对。", "The command was used wrongly."),
    Exit.WORKSPACE: Text("工作区无法使用。", "The workspace cannot be used."),
    Exit.CHANGED: Text(
        "plan --exit-code：上次运行以来有改动。", "plan --exit-code: something was edited since the last run."
    ),
    Exit.LEDGER: Text("台账无法读写，或磁盘已满。", "The ledger cannot be read or written, or the disk is full."),
    Exit.PLUGIN: Text("需要的插件或渠道不可用。", "A plugin or channel that is needed is not available."),
    Exit.BUSY: Text("另一个进程正占用台账，请稍后再试。", "Another process holds the ledger; try again."),
    Exit.INTERRUPTED: Text("被中断（Ctrl-C）。", "Interrupted (Ctrl-C)."),
    Exit.PIPE: Text("读取输出的程序已退出。", "Whoever read the output went away."),
}

_BY_ERROR: tuple[tuple[type[Exception], Exit], ...] = (
    (LedgerBusy, Exit.BUSY),
    (LedgerError, Exit.LEDGER),
    (WorkspaceError, Exit.WORKSPACE),
    (PluginError, Exit.PLUGIN),
    (SecretMissing, Exit.ATTENTION),
    (click.UsageError, Exit.USAGE),
    (CalendarkitError, Exit.ATTENTION),
)
_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
_FULL = Text("磁盘已满，什么也没有发送", "the disk is full; nothing was sent")


class Refusal(CalendarkitError):
    """The command line cannot do this.

    Attributes:
        text: why, in both languages.
        fix: what to do instead, or ``None``.
        code: the exit code.
    """

    def __init__(self, text: Text, *, fix: Text | None = None, code: Exit = Exit.USAGE) -> None:
        super().__init__(text.en)
        self.text = text
        self.fix = fix
        self.code = code


def code_of(error: Exception) -> Exit:
    """Return the exit code that ``error`` ends the program with."""
    if isinstance(error, Refusal):
        return error.code
    if isinstance(error, OSError):
        return Exit.LEDGER if error.errno in _DISK else Exit.WORKSPACE
    return next((code for kind, code in _BY_ERROR if isinstance(error, kind)), Exit.ATTENTION)


def sentence_of(error: Exception) -> tuple[Text, Text | None]:
    """Return what to say about ``error`` and, where one is known, its fix."""
    if isinstance(error, click.UsageError):
        from calendarkit.cli.usage import usage_text

        return usage_text(error), None
    if isinstance(error, OSError):
        return _os_text(error), None
    text = next(
        (each for each in (getattr(error, n, None) for n in ("text", "message")) if isinstance(each, Text)), None
    )
    fix = getattr(error, "fix", None)
    return text or halves(str(error)), fix if isinstance(fix, Text) else None


def halves(message: str) -> Text:
    """Return the two languages of an exception's message: Chinese, a line break or `` / ``, English.

    >>> halves("台账正忙 / the ledger is busy").en
    'the ledger is busy'
    """
    for mark in ("\n", " / "):
        chinese, _, english = message.partition(mark)
        if english and english.isascii() and not chinese.isascii():
            return Text(chinese, english)
    return Text(message, message)


def _os_text(error: OSError) -> Text:
    """Say which file the system refused, and why."""
    if error.errno == errno.ENOSPC:
        return _FULL
    place = error.filename or ""
    reason = error.strerror or str(error)
    if isinstance(error, PermissionError):
        return Text(f"没有权限：{place}", f"no permission: {place}")
    return Text(f"无法读写 {place}：{reason}", f"cannot read or write {place}: {reason}")
