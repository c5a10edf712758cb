"""Whether groups belong to stores that exist, and zones of stores are zones."""

from __future__ import annotations

from collections.abc import Iterator

from calendarkit.calendar.decode import suggest
from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.clockwork.words import RuleError, parse_zone
from calendarkit.model.text import Text


def check_roster(draft: Draft, _: Known) -> Iterator[Finding]:
    """Yield groups of unknown stores and stores in unknown zones."""
    judged: dict[str, RuleError | None] = {"": None}
    for store in draft.stores:
        zone = store.noun.zone
        if zone not in judged:
            judged[zone] = _zone_error(zone)
        error = judged[zone]
        if error:
            yield store.origin.finding(error.code, error.message, error.fix, key="zone")
    if not draft.stores or not draft.is_whole("stores"):
        return
    stores = {each.noun.id for each in draft.stores}
    for group in draft.groups:
        if group.noun.store not in stores:
            close = suggest(group.noun.store, stores) if len(stores) <= 1_000 else ""
            fix = Text(f"是不是 {close}？", f"did you mean {close}?") if close else None
            yield group.origin.finding(
                "CK501",
                Text(f"没有门店 {group.noun.store}", f"there is no store {group.noun.store}"),
                fix or Text("在门店名单里加上它", "add it to the stores"),
                key="store",
            )


def _zone_error(zone: str) -> RuleError | None:
    try:
        parse_zone(zone)
    except RuleError as error:
        return error
    return None
