"""Remembering: what a tick knew of the programme, so that the next one and ``plan`` see what an edit changed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.clockwork.index import Index
from calendarkit.clockwork.memory import AFTER, Memory
from calendarkit.clockwork.rule import written

KEPT = 2 * 86_400
"""Seconds for which a renamed column is known by its old id too; longer than any slot may be late."""


def remember(
    calendar: Calendar,
    index: Index,
    *,
    layouts: Mapping[str, str],
    fingerprint: str,
    before: Memory | None,
    now: int,
) -> Memory:
    """Return what a tick at ``now`` knows, given what the one before knew.

    A name keeps the instant at which it was first seen for as long as it stays. A column is the same under a new id
    when everything else of it is equal and no other column could be meant.

    Args:
        calendar: the columns, offers and pools.
        index: the compiled rules of ``calendar``.
        layouts: texts of the workspace's poster layouts, by name.
        fingerprint: of all documents.
        before: what was known, ``None`` at the first time.
        now: epoch seconds.

    >>> from calendarkit.calendar.workspace import Workspace
    >>> remember(Calendar(workspace=Workspace(name="小店")), Index(), layouts={}, fingerprint="f", before=None,
    ...          now=0).fingerprint
    'f'
    """
    facets = {name: _facets(column, calendar, layouts) for name, column in calendar.columns.items()}
    return Memory(
        began=now,
        fingerprint=fingerprint,
        index=index,
        since=_since(index, before.since if before else {}, now),
        facets=facets,
        titles={name: column.title for name, column in calendar.columns.items()},
        renamed=_renamed(facets, before, now),
    )


def _since(index: Index, before: Mapping[str, Mapping[str, int]], now: int) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for lane in index.lanes:
        names = (*(name for _, name in lane.times), *map(written, lane.also), *([AFTER] if lane.after else []))
        found[lane.column] = {name: before.get(lane.column, {}).get(name, now) for name in names}
    return found


def _facets(column: Column, calendar: Calendar, layouts: Mapping[str, str]) -> dict[str, str]:
    """Return digests of what a column says, so that a person can be told which part of it changed."""
    content = column.content
    pool = calendar.pools.get(content.pool or "")
    words = content.model_dump_json(exclude={"offer", "poster"})
    offers = sorted({content.offer or "", *(item.offer for item in (pool.items if pool else ()))} - {""})
    posters = {each or "" for each in (content.poster, *(variant.poster for variant in content.variants.values()))}
    templates = (text for name, text in calendar.templates.items() if name in words)
    return {
        "text": _digest(words, *templates, repr(pool)),
        "price": _digest(*offers, *(repr(calendar.offers.get(each)) for each in offers)),
        "poster": _digest(*sorted(posters), *(text for name, text in sorted(layouts.items()) if name in posters)),
        "audience": _digest(column.audience, column.to, *(column.channels or calendar.workspace.channels)),
        "itself": _digest(column.model_dump_json(exclude={"id"})),
    }


def _renamed(facets: Mapping[str, Mapping[str, str]], before: Memory | None, now: int) -> dict[str, tuple[str, int]]:
    """Return the columns that only changed their id, as far as that can be proven."""
    if before is None:
        return {}
    kept = {new: (old, at) for new, (old, at) in before.renamed.items() if new in facets and now - at < KEPT}
    gone = _alone({name: each["itself"] for name, each in before.facets.items() if name not in facets})
    fresh = _alone({name: each["itself"] for name, each in facets.items() if name not in before.facets})
    return kept | {new: (gone[same], now) for same, new in fresh.items() if same in gone}


def _alone(digests: Mapping[str, str]) -> dict[str, str]:
    """Return the columns by their digest, without those that share one."""
    times = Counter(digests.values())
    return {digest: name for name, digest in digests.items() if times[digest] == 1}


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(_each(parts)).encode()).hexdigest()[:16]


def _each(parts: tuple[str, ...]) -> Iterator[str]:
    for part in parts:
        yield f"{len(part)}:{part}"
