"""Whether ids are unique."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.origin import Origin
from calendarkit.model.text import Text

_NAMES = {
    "column": Text("栏目", "column"),
    "anchor": Text("锚点", "anchor"),
    "offer": Text("商品", "offer"),
    "store": Text("门店", "store"),
    "group": Text("社群", "group"),
    "item": Text("素材", "item"),
}


def check_ids(draft: Draft, _: Known) -> Iterator[Finding]:
    """Yield every id that is taken already, and where."""
    yield from _twice("column", ((each.noun.id, each.origin) for each in draft.columns))
    yield from _twice("anchor", ((each.noun.id, each.origin) for each in draft.anchors))
    yield from _twice("offer", ((each.noun.id, each.origin) for each in draft.offers))
    yield from _twice("store", ((each.noun.id, each.origin) for each in draft.stores))
    yield from _twice("group", ((each.noun.id, each.origin) for each in draft.groups))
    for items in draft.pools.values():
        yield from _twice("item", ((each.noun.id, each.origin) for each in items))


def _twice(kind: str, ids: Iterable[tuple[str, Origin]]) -> Iterator[Finding]:
    first: dict[str, Origin] = {}
    name = _NAMES[kind]
    for each, origin in ids:
        if each not in first:
            first[each] = origin
            continue
        yield origin.finding(
            "CK205",
            Text(f"{name.zh} id “{each}” 已经用过", f'the {name.en} id "{each}" is taken already'),
            Text("换一个 id；如果是同一个，删掉其中一处", "choose another id, or remove one of the two"),
            key="id",
            related=(first[each].below(("id",)),),
        )
