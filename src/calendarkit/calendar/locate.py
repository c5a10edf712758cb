"""Where a key of a document stands: parsed with tree-sitter, only when a problem has to be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from calendarkit.calendar.documents import Document

if TYPE_CHECKING:
    from tree_sitter import Node

Step = str | int
Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of one line; line and column are 1-based and counted in characters, 0 when unknown.

    Attributes:
        inside: column of the first character inside the quotes of a one-line string without escapes; else 0.
    """

    line: int = 0
    column: int = 0
    width: int = 0
    inside: int = 0


NOWHERE = Span()


class Locator:
    """Finds places in one document; keeps its parse."""

    def __init__(self, document: Document, *, mended: str | None = None) -> None:
        """Take the document and, where it has syntax errors, its text without them; nothing is parsed yet."""
        self.document = document
        self._text = document.text if mended is None else mended

    def find(self, path: Path, where: Literal["key", "value"]) -> Span:
        """Return the span of ``path``, or of the nearest table around it; :data:`NOWHERE` for an empty document."""
        for length in range(len(path), 0, -1):
            spans = self._spans.get(path[:length])
            if spans:
                return spans[where == "value"] if length == len(path) else spans[0]
        return NOWHERE

    def exact(self, path: Path) -> Span | None:
        """Return the span of the key at ``path``, ``None`` when it is not written."""
        spans = self._spans.get(path)
        return spans[0] if spans else None

    def line(self, number: int) -> str:
        """Return the text of a 1-based line, empty when there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their breaks."""
        return self.document.text.split("\n")

    @cached_property
    def _spans(self) -> dict[Path, tuple[Span, Span]]:
        if self.document.is_sheet or not self.document.path.endswith(".toml"):
            return {}
        return _TomlSpans(self._text, self._text.split("\n")).spans


class _TomlSpans:
    """Walks one tree-sitter parse and notes (key span, value span) by path."""

    def __init__(self, text: str, lines: list[str]) -> None:
        import tree_sitter
        import tree_sitter_toml

        self.lines = lines
        self.spans: dict[Path, tuple[Span, Span]] = {}
        self._counts: dict[Path, int] = {}
        self._rows: dict[int, bytes] = {}
        parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))
        self._walk(parser.parse(text.encode()).root_node)

    def _walk(self, root: Node) -> None:
        prefix: Path = ()
        for node in root.named_children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type in ("table", "table_array_element"):
                key = node.named_children[0] if node.named_children else None
                if key is None or key.type == "pair":
                    continue
                prefix = self._resolve(_steps(key), array=node.type == "table_array_element")
                self._note(prefix, key, key)
                if node.type == "table_array_element":
                    self._note(prefix[:-1], key, key)  # all of them: the first one's header
                for child in node.named_children[1:]:
                    if child.type == "pair":
                        self._pair(child, prefix)

    def _resolve(self, steps: Path, *, array: bool) -> Path:
        path: Path = ()
        for position, step in enumerate(steps):
            path = (*path, step)
            last = position == len(steps) - 1
            if array and last:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _pair(self, node: Node, prefix: Path) -> None:
        children = [each for each in node.named_children if each.type != "comment"]
        if len(children) < 2:
            return
        key, value = children[0], children[-1]
        path = (*prefix, *_steps(key))
        self._note(path, key, value)
        self._value(value, path)

    def _value(self, node: Node, path: Path) -> None:
        if node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self._pair(child, path)
        elif node.type == "array":
            elements = [each for each in node.named_children if each.type not in ("comment", "ERROR")]
            for index, child in enumerate(elements):
                self._note((*path, index), child, child)
                self._value(child, (*path, index))

    def _note(self, path: Path, key: Node, value: Node) -> None:
        self.spans.setdefault(path, (self._span(key), self._span(value)))

    def _span(self, node: Node) -> Span:
        row, start = node.start_point
        end = node.end_point[1] if node.end_point[0] == row else None
        line = self._rows.setdefault(row, self.lines[row].encode() if row < len(self.lines) else b"")
        column = len(line[:start].decode(errors="replace"))
        words = line[start:end].decode(errors="replace").rstrip()
        plain = node.type == "string" and "\\" not in words and words[:3] not in ('"""', "'''")
        return Span(line=row + 1, column=column + 1, width=max(1, len(words)), inside=column + 2 if plain else 0)


def _steps(key: Node) -> Path:
    return tuple(_names(key))


def _names(key: Node) -> Iterator[str]:
    if key.type == "dotted_key":
        for child in key.named_children:
            yield from _names(child)
    elif key.type == "quoted_key":
        yield _unquoted((key.text or b"").decode(errors="replace"))
    else:
        yield (key.text or b"").decode(errors="replace")


def _unquoted(text: str) -> str:
    import tomli

    try:
        return next(iter(tomli.loads(f"{text} = 0")))
    except tomli.TOMLDecodeError:
        return text.strip("\"'")
