"""What can be wrong with a ledger, said so that a person can act."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from calendarkit.errors import LedgerBusy, LedgerError
from calendarkit.model.text import Text


class LedgerUnusable(LedgerError):
    """The ledger cannot be used as it stands.

    Attributes:
        text: why, in both languages.
        fix: what to do, or ``None``.
    """

    def __init__(self, text: Text, fix: Text | None = None) -> None:
        super().__init__(text.en)
        self.text = text
        self.fix = fix


class LedgerFull(LedgerUnusable):
    """There is no space left to write; what had no durable intent was not sent (exit code 5)."""


class LedgerLocked(LedgerBusy):
    """Another process has held the ledger for longer than 10 s (exit code 75).

    Attributes:
        text: the same in both languages.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(f"another process holds {path}; try again")
        self.text = Text(f"另一个进程正占用台账 {path}，请稍后再试", f"another process holds {path}; try again")


_BUSY = {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_BUSY_SNAPSHOT", "SQLITE_BUSY_RECOVERY", "SQLITE_BUSY_TIMEOUT"}
_CORRUPT = {"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_CORRUPT_INDEX", "SQLITE_CORRUPT_VTAB"}
_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_SHMSIZE"}
_CLOSED = {"SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH"}


def explain(error: sqlite3.Error, path: Path) -> LedgerError:
    """Return the error of ours that says what SQLite meant."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name in _BUSY:
        return LedgerLocked(path)
    if name in _FULL:
        return LedgerFull(
            Text(
                f"磁盘已满或无法写入，台账 {path} 没有改动", f"no space or no way to write; {path} was left unchanged"
            ),
            Text(
                "清理磁盘后再运行一次；没有记入台账的内容没有发送",
                "free space and run again; nothing unrecorded was sent",
            ),
        )
    if name in _CORRUPT:
        return LedgerUnusable(
            Text(f"台账 {path} 已损坏（{error}）", f"{path} is damaged ({error})"),
            Text(
                "运行 calendarkit doctor，并从 state/backups 恢复",
                "run calendarkit doctor and restore from state/backups",
            ),
        )
    if name.startswith(tuple(_CLOSED)):
        return LedgerUnusable(
            Text(f"台账 {path} 无法打开或写入（{error}）", f"{path} cannot be opened or written ({error})"),
            Text(
                "检查该文件夹的权限，或是否为只读磁盘",
                "check the folder's permissions, or whether the disk is read-only",
            ),
        )
    return LedgerError(f"{path}: {error}")
