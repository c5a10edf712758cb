"""From an exception to an exit code and one sentence."""

from __future__ import annotations

import errno

import click
import pytest

from calendarkit.cli.codes import MEANINGS, Exit, Refusal, code_of, halves, sentence_of
from calendarkit.errors import CalendarkitError, LedgerBusy, LedgerError, PluginError, SecretMissing, WorkspaceError
from calendarkit.model.text import Text


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refusal(Text("不", "no"), code=Exit.PLUGIN), 69),
        (click.UsageError("no"), 2),
        (WorkspaceError(), 3),
        (LedgerError(), 5),
        (LedgerBusy(), 75),
        (PluginError(), 69),
        (SecretMissing(), 1),
        (CalendarkitError(), 1),
        (OSError(errno.ENOSPC, "full"), 5),
        (OSError(errno.EROFS, "read-only"), 5),
        (PermissionError(errno.EACCES, "no"), 3),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_codes(error: Exception, code: int) -> None:
    """As the reference page documents them."""
    assert code_of(error) == code


def test_every_code_has_a_meaning() -> None:
    """In both languages, for the reference page."""
    assert set(MEANINGS) == set(Exit)


@pytest.mark.parametrize(
    ("error", "zh", "en"),
    [
        (Refusal(Text("不行", "no way")), "不行", "no way"),
        (LedgerError("台账坏了\nthe ledger is damaged"), "台账坏了", "the ledger is damaged"),
        (WorkspaceError("a/b is no folder"), "a/b is no folder", "a/b is no folder"),
        (OSError(errno.ENOSPC, "x"), "磁盘已满，什么也没有发送", "the disk is full; nothing was sent"),
        (PermissionError(errno.EACCES, "x", "/a"), "没有权限：/a", "no permission: /a"),
        (FileNotFoundError(errno.ENOENT, "gone", "/a"), "无法读写 /a：gone", "cannot read or write /a: gone"),
    ],
    ids=["refusal", "two lines", "english only", "disk full", "permission", "file"],
)
def test_sentences(error: Exception, zh: str, en: str) -> None:
    """One in each language."""
    assert sentence_of(error)[0] == Text(zh, en)


def test_a_path_is_not_taken_for_two_languages() -> None:
    """Only Chinese before and plain English behind are."""
    assert halves("in 文件夹 / 店") == Text("in 文件夹 / 店", "in 文件夹 / 店")
