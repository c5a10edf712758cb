"""The hand-written SQL: named statements from the ``.sql`` files beside this module."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)
_PART = re.compile(r"\{(\w+)\}")


@cache
def queries(file: str) -> Mapping[str, str]:
    """Return the statements of ``sql/<file>.sql`` by name; ``{name}`` inside one stands for another."""
    text = (resources.files("calendarkit.edges.ledger") / "sql" / f"{file}.sql").read_text("utf-8")
    _, *rest = _NAME.split(text)
    raw = {name: body.strip().removesuffix(";") for name, body in zip(rest[::2], rest[1::2], strict=True)}
    return {name: _PART.sub(lambda part: raw[part[1]], body) for name, body in raw.items()}
