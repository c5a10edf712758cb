"""What PostgreSQL's errors mean to a person, and which of them are worth another try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calendarkit.edges.ledger.failures import LedgerFull, LedgerUnusable
from calendarkit.edges.ledger.link import Unsettled
from calendarkit.errors import LedgerError
from calendarkit.model.text import Text

if TYPE_CHECKING:
    import psycopg

_AGAIN = ("08", "40", "57P", "55P03", "25006", "25P03", "53300")
"""Connection lost, deadlock, server going down or in recovery, lock not to be had, a standby, too many connections."""
_FULL = ("53100", "53400", "58030")
_DENIED = ("42501", "28", "3D000", "3F000")


class LedgerAway(Unsettled):
    """The ledger's server is out of reach; nothing was sent without an intent (exit code 75).

    Attributes:
        text: the same in both languages.
        fix: what to look at.
    """

    def __init__(self, name: str, detail: str) -> None:
        self.text = Text(f"台账数据库 {name} 暂时连不上：{detail}", f"{name} is out of reach: {detail}")
        self.fix = Text(
            "检查数据库是否在运行、网络、账号和密码；calendarkit 会自己再试",
            "see whether the server runs, the network, user and password; calendarkit tries again by itself",
        )
        super().__init__(self.text.en)


def explain_postgres(error: psycopg.Error, name: str) -> LedgerError:
    """Return the error of ours that says what PostgreSQL meant; ``name`` is what people call the ledger."""
    import psycopg

    code = error.sqlstate or ""
    detail = " ".join(str(error).split())
    if code.startswith(_FULL):
        return LedgerFull(
            Text(f"台账数据库 {name} 的磁盘已满，没有改动", f"no space on the server of {name}; it was left unchanged"),
            Text("清理数据库的磁盘后再运行一次", "free space on the server and run again"),
        )
    if code.startswith(_DENIED):
        return LedgerUnusable(
            Text(f"台账数据库 {name} 拒绝访问：{detail}", f"{name} denies access: {detail}"),
            Text("检查账号、密码和权限", "check the user, the password and its rights"),
        )
    lost = isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)) and not code
    if lost or code.startswith(_AGAIN):
        return LedgerAway(name, detail)
    return LedgerError(f"{name}: {detail}")
