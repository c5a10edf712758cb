"""Fields of a message's JSON: each read with the refusal the platform gives for a wrong one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calendarkit_sandbox.replies import Refused, invalid_request


def table(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return the object ``name``.

    Raises:
        Refused: 44004 when it is missing, 40058 when it is no object.
    """
    value = document.get(name)
    if value is None:
        raise Refused(44004, "empty content")
    if not isinstance(value, dict):
        raise invalid_request(f"invalid param '{name}'")
    return value


def string(part: Mapping[str, Any], path: str, name: str) -> str:
    """Return the string ``name``, empty when it is missing.

    Raises:
        Refused: 40058 when it is no string.
    """
    value = part.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise invalid_request(f"{path}.{name} is not a string")
    return value


def listed(part: Mapping[str, Any], path: str, name: str, *, most: int | None = None) -> tuple[Any, ...]:
    """Return the list ``name``, empty when it is missing.

    Raises:
        Refused: 40058 when it is no list or has more than ``most`` entries.
    """
    value = part.get(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise invalid_request(f"{path}.{name} is not an array")
    if most is not None and len(value) > most:
        raise invalid_request(f"{path}.{name} exceed max length {most}")
    return tuple(value)
