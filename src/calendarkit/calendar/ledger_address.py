"""Where the ledger is kept: a file of this machine, or a PostgreSQL server whose password stands elsewhere."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from calendarkit.calendar.explain_value import refuse
from calendarkit.calendar.secret_shape import parse_reference
from calendarkit.model.text import Text

_SCHEMES = ("postgresql", "postgres")


def ledger_address(value: str) -> str:
    """Refuse what is no address of a ledger; one with a password is refused as every literal key is.

    >>> ledger_address("postgresql://shop@db.example.com/shop")
    'postgresql://shop@db.example.com/shop'
    """
    if not value or parse_reference(value) is not None:
        return value
    if urlsplit(value).scheme not in _SCHEMES:
        raise refuse(
            "CK605",
            Text(
                "台账要么省略（本机文件），要么放在 PostgreSQL 上",
                "a ledger is left out (a local file) or on PostgreSQL",
            ),
            Text(
                '写 "secret:ledger/url"，地址放进 secrets.toml；或不带密码的 "postgresql://shop@db.example.com/shop"',
                'write "secret:ledger/url" and put the address into secrets.toml, or one without a password: '
                '"postgresql://shop@db.example.com/shop"',
            ),
        )
    return value


LedgerAddress = Annotated[str, AfterValidator(ledger_address)]
