"""The hand-written SQL: named statements from the ``.sql`` files beside this module, for SQLite and PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Self

_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)
_PART = re.compile(r"\{(\w+)\}")
_NAMED = re.compile(r"(?<!:):(\w+)")


class Statement(str):
    """A statement as SQLite reads it; ``postgres`` is the same for PostgreSQL, with psycopg's placeholders."""

    __slots__ = ("postgres",)

    postgres: str

    def __new__(cls, sqlite: str, postgres: str | None = None) -> Self:
        """Hold both texts.

        Args:
            sqlite: with ``?`` or ``:name`` for values.
            postgres: written the same way; the same text when it is ``None``.
        """
        made = super().__new__(cls, sqlite)
        made.postgres = _NAMED.sub(r"%(\1)s", sqlite if postgres is None else postgres).replace("?", "%s")
        return made


@cache
def queries(file: str) -> Mapping[str, Statement]:
    """Return the statements of ``sql/<file>.sql`` by name; ``{name}`` inside one stands for another.

    ``sql/postgres/<file>.sql`` says what is different on PostgreSQL; everything it leaves out is the same.
    """
    sqlite = _read(f"{file}.sql")
    postgres = sqlite | _read(f"postgres/{file}.sql")
    return {name: Statement(_whole(body, sqlite), _whole(postgres[name], postgres)) for name, body in sqlite.items()}


def _read(name: str) -> dict[str, str]:
    text = (resources.files("calendarkit.edges.ledger") / "sql" / name).read_text("utf-8")
    _, *rest = _NAME.split(text)
    return {name: body.strip().removesuffix(";") for name, body in zip(rest[::2], rest[1::2], strict=True)}


def _whole(body: str, parts: Mapping[str, str]) -> str:
    return _PART.sub(lambda part: parts[part[1]], body)
