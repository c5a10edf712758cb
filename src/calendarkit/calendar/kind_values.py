"""What the kind of a column gives it: values it does not write itself, and options that are judged and complete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calendarkit.calendar.column import Column
from calendarkit.calendar.decode import judge
from calendarkit.calendar.draft import Draft, Placed
from calendarkit.calendar.known import KnownKind


def fill_in_kinds(draft: Draft, kinds: Mapping[str, KnownKind]) -> None:
    """Give every column of a known kind the values of its kind; options that do not fit become findings."""
    draft.columns = [_filled_in(draft, each, kinds.get(each.noun.kind)) for each in draft.columns]


def _filled_in(draft: Draft, placed: Placed[Column], kind: KnownKind | None) -> Placed[Column]:
    if kind is None:
        return placed
    column, origin = placed.noun, placed.origin
    options, findings = judge(
        kind.options, dict(column.options), document=origin.document, path=(*origin.path, "options")
    )
    draft.findings += findings
    values: dict[str, Any] = {
        name: value for name, value in kind.defaults.items() if name not in column.model_fields_set
    }
    if options is not None:
        values["options"] = options.model_dump()
    return Placed(column.model_copy(update=values), origin)
