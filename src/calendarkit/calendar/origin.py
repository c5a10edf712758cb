"""An origin: where a noun was written, kept beside it so that a later finding can point there."""

from __future__ import annotations

from dataclasses import dataclass, field

from calendarkit.calendar.finding import Finding, Where
from calendarkit.calendar.locate import Path
from calendarkit.calendar.sheet import Row, Sheet
from calendarkit.model.problem import Severity
from calendarkit.model.text import Text


@dataclass(frozen=True, slots=True)
class Origin:
    """A table of a TOML document, or a row of a sheet."""

    document: str
    path: Path = ()
    sheet: Sheet | None = field(default=None, repr=False, compare=False)
    row: Row | None = None

    def finding(
        self,
        code: str,
        message: Text,
        fix: Text | None = None,
        *,
        key: str | Path = (),
        where: Where = "value",
        severity: Severity = "error",
        offset: int = 0,
        width: int = 0,
        needle: str = "",
        inner: int = 0,
        related: tuple[Origin, ...] = (),
    ) -> Finding:
        """Return a finding about ``key`` of this noun, or about all of it.

        Args:
            code: the stable code.
            message: what is wrong.
            fix: what to do.
            key: a key, a path of keys, or the name of a sheet's column.
            where: whether the key or its value is wrong.
            severity: ``error`` or ``warning``.
            offset: characters into the value.
            width: characters that are wrong, 0 for all.
            needle: the words to underline.
            inner: 1-based line inside a text of several lines.
            related: further places that explain it.
        """
        keys: Path = (key,) if isinstance(key, str) else key
        path = (*self.path, *keys)
        line = column = 0
        if self.sheet is not None and self.row is not None:
            index = self.sheet.index(str(keys[0])) if keys else None
            line = self.row.line
            column, cell = self.sheet.place(self.row, index)
            column, width = (column + offset, width) if width else (column, cell)
        return Finding(
            code=code,
            message=message,
            fix=fix,
            severity=severity,
            document=self.document,
            path=path,
            where="key" if isinstance(path[-1] if path else 0, int) else where,
            offset=offset,
            width=width,
            needle=needle,
            inner=inner,
            line=line,
            column=column,
            related=tuple(each.spot for each in related),
        )

    def below(self, path: Path) -> Origin:
        """Return the origin of a key inside this noun."""
        return Origin(self.document, (*self.path, *path), self.sheet, self.row)

    @property
    def spot(self) -> tuple[str, Path]:
        """What :attr:`Finding.related` holds: a document with a path, or with the line of a row."""
        return (self.document, self.path if self.row is None else (self.row.line,))
