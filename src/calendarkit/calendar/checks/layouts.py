"""Whether the poster layouts of the workspace and the shipped ones ask only for what their columns will have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from calendarkit.calendar.checks.content import speeches
from calendarkit.calendar.checks.variables import placed
from calendarkit.calendar.checks.vocabulary import Vocabulary, vocabulary
from calendarkit.calendar.documents import Document
from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.locate import Path
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.parse_toml import parse_toml
from calendarkit.calendar.poster_name import poster_name
from calendarkit.calendar.template_names import Mention
from calendarkit.calendar.templates import TemplateError, parse_template
from calendarkit.model.text import Text

_TEMPLATED = ("src", "text", "value", "symbol", "unit", "data")
"""Keys of layers that are templates, besides ``when``."""
_LOCAL = frozenset({"index", "count"})


def check_layouts(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield names in layouts that a column using them cannot serve; in a shipped layout the column's line is shown."""
    for column in draft.judged:
        words = vocabulary(draft, column.noun)
        for path, speech in speeches(column.noun.content):
            name = poster_name(speech.poster or "").layout
            if name in draft.layouts:
                document, table = draft.layouts[name]
                for where, mention, wrong in _wrong(table, words):
                    yield placed(Origin(document.path), where, wrong, mention)
            elif known.layouts.get(name):
                for _, _mention, wrong in _wrong(_table(name, known.layouts[name]), words):
                    message = Text(f"版式 {name}：{wrong.message.zh}", f"layout {name}: {wrong.message.en}")
                    yield column.origin.finding(wrong.code, message, wrong.fix, key=(*path, "poster"))


def _table(name: str, text: str) -> Mapping[str, Any]:
    return parse_toml(Document(path=f"{name}.toml", kind="poster", text=text))[0] or {}


def _wrong(table: Mapping[str, Any], words: Vocabulary) -> Iterator[tuple[Path, Mention, Finding]]:
    for path, mention in _mentions(table.get("layer"), ("layer",), _LOCAL):
        finding = words.judge(mention)
        # an offer's optional prices are left out by the layers themselves
        if finding and not finding.related:
            yield path, mention, finding


def _mentions(layers: object, path: Path, safe: frozenset[str]) -> Iterator[tuple[Path, Mention]]:
    """Yield what layers mention without asking for it first; rows of a repeated group are its own."""
    for index, layer in enumerate(layers if isinstance(layers, Sequence) and not isinstance(layers, str) else ()):
        if not isinstance(layer, Mapping):
            continue
        asked = safe | {each.name for each in _of(f"{{{{ {layer.get('when', '')} }}}}")}
        for key in _TEMPLATED:
            for mention in _of(str(layer.get(key, ""))):
                if not mention.guarded and not {mention.root, mention.name} & asked:
                    yield (*path, index, key), mention
        inside = asked | {str(layer.get("as", "row"))} if layer.get("repeat") else asked
        yield from _mentions(layer.get("layer"), (*path, index, "layer"), inside)


def _of(source: str) -> tuple[Mention, ...]:
    try:
        return parse_template(source).mentions if "{" in source else ()
    except TemplateError:
        return ()
