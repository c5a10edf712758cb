"""Further columns and keys that were most likely meant to be ones calendarkit knows: ``member`` for ``members``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from calendarkit.calendar.finding import Finding
from calendarkit.calendar.locate import Path
from calendarkit.calendar.sheet import Sheet
from calendarkit.model.text import Text

SURE = 0.85
"""From this likeness on a name is a slip of the pen: nothing is read from it, so it is an error."""
LIKELY = 0.75
"""From this likeness on it may be one: a warning."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A name, the one that was meant, and how alike the two are, from 0 to 1."""

    name: str
    meant: str
    likeness: float


def misnamed(names: Iterable[str], free: Iterable[str]) -> Iterator[Slip]:
    """Yield the further names that look like one that is free, in the order given.

    Args:
        names: what stands in a header or a table besides the names that are known.
        free: known names, and their other spellings, that nothing is written under yet.

    >>> list(misnamed(["host", "member"], ["members", "tags"]))[0].meant
    'members'
    """
    known = sorted(free)
    for name in names:
        word = name.casefold().replace(" ", "").replace("-", "_")
        best = max(((SequenceMatcher(None, word, each).ratio(), each) for each in known), default=(0.0, ""))
        if best[0] >= LIKELY and word != best[1]:
            yield Slip(name, best[1], best[0])


def misnamed_columns(sheet: Sheet, own: Iterable[str], aliases: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the columns of a sheet that were most likely meant to be known ones."""
    names = set(own)
    free = names - set(sheet.header)
    spellings = free | {alias for alias, right in aliases.items() if right in free}
    others = [name for name in sheet.header if name and name not in names and "." not in name]
    for slip in misnamed(others, spellings):
        line, column, width = sheet.head_place(slip.name)
        yield _finding(slip, document=sheet.document.path, line=line, column=column, width=width)


def misnamed_keys(names: Iterable[str], free: Iterable[str], *, document: str, path: Path) -> Iterator[Finding]:
    """Yield the further keys of a TOML table that were most likely meant to be known ones."""
    for slip in misnamed(names, free):
        yield _finding(slip, document=document, path=(*path, slip.name))


def _finding(slip: Slip, *, document: str, path: Path = (), line: int = 0, column: int = 0, width: int = 0) -> Finding:
    sure = slip.likeness >= SURE
    own = Text("", "") if sure else Text("如果是你们自己的一列，可以不管", " One of your own may stay.")
    return Finding(
        code="CK018",
        severity="error" if sure else "warning",
        document=document,
        path=path,
        where="key",
        line=line,
        column=column,
        width=width,
        message=Text(f"不认识 {slip.name}，它的内容不会起作用", f"{slip.name} is not known and has no effect"),
        fix=Text(f"是不是 {slip.meant}？{own.zh}", f"did you mean {slip.meant}?{own.en}"),
    )
