"""Places of columns in their files, looked up only when an explanation asks for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from calendarkit.calendar.documents import Documents
from calendarkit.calendar.locate import Locator
from calendarkit.calendar.origin import Origin


class Places(Mapping[str, str]):
    """``file:line`` by ``column.<id>`` and ``column.<id>.<key>``; a key that is not written has no place."""

    def __init__(self, locators: Mapping[str, Locator], origins: Mapping[str, Origin]) -> None:
        """Take one locator a document, and the origins of the columns by id."""
        self._locators = locators
        self._origins = origins

    @classmethod
    def of(cls, documents: Documents, origins: Mapping[str, Origin]) -> Places:
        """Return the places of columns with those origins."""
        return cls({each.path: Locator(each) for each in documents.of("calendar")}, origins)

    def __getitem__(self, key: str) -> str:
        for column, origin in self._origins.items():
            prefix = f"column.{column}"
            locator = self._locators.get(origin.document)
            if locator is None or (key != prefix and not key.startswith(f"{prefix}.")):
                continue
            keys = tuple(key[len(prefix) + 1 :].split(".")) if key != prefix else ()
            span = locator.exact((*origin.path, *keys))
            if span:
                return f"{origin.document}:{span.line}"
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (f"column.{column}" for column in sorted(self._origins))

    def __len__(self) -> int:
        return len(self._origins)
