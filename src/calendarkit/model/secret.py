"""A secret that shows its name and never its value."""

from __future__ import annotations

from typing import NoReturn


class Secret:
    """A value such as a robot key; ``repr``, ``str``, formatting and pickling never show it.

    Only a publisher that is about to send calls :meth:`reveal`.
    """

    __slots__ = ("_value", "name")

    def __init__(self, name: str, value: str) -> None:
        """Hold ``value`` under ``name`` (such as ``robot/store-0012``)."""
        self.name = name
        self._value = value

    def reveal(self) -> str:
        """Return the value itself."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({self.name!r})"

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret cannot be pickled")
