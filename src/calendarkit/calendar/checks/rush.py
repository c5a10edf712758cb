"""Whether a slot rushes at many targets on the hour or half hour, where a platform advises against it."""

from __future__ import annotations

from collections.abc import Iterator

from calendarkit.calendar.audience import AudienceError, parse_audience
from calendarkit.calendar.column import Column
from calendarkit.calendar.draft import Draft, Placed
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.follow import times_of
from calendarkit.calendar.known import Known
from calendarkit.calendar.roster import Group, Store
from calendarkit.clockwork.words import parse_time
from calendarkit.model.text import Text


def check_rush(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield one warning for each column without ``spread`` whose times and numbers a channel advises against."""
    usual = draft.workspace.channels if draft.workspace else ()
    for placed in draft.columns:
        column = placed.noun
        chosen = (known.channels[each] for each in column.channels or usual if each in known.channels)
        advising = [each for each in chosen if each.traits.rush]
        sharp = next((each for each in times_of(column) if parse_time(each) % 30 == 0), None)
        if not advising or sharp is None or column.spread or column.after:
            continue
        most = min(each.traits.rush for each in advising)
        count = _targets(draft, placed)
        if count > most:
            yield placed.origin.finding(
                "CK315",
                Text(
                    f"{sharp} 一下子发往 {count} 个目标，平台建议避开整点和半点",
                    f"{sharp} goes to {count} targets at once; the platform advises to avoid the hour and half hour",
                ),
                Text('加上 spread = "10m"，或错开几分钟', 'add spread = "10m", or move it by some minutes'),
                key="at",
                where="key",
                severity="warning",
            )


def _targets(draft: Draft, placed: Placed[Column]) -> int:
    """Return how many groups or stores belong to a column's audience."""
    column = placed.noun
    stores = {each.noun.id: each.noun for each in draft.stores}
    try:
        audience = parse_audience(column.audience)
    except AudienceError:
        return 0
    if column.to == "stores":
        return sum(audience.matches(None, each) for each in stores.values())
    groups: list[Group] = [each.noun for each in draft.groups]
    return sum(audience.matches(each, stores.get(each.store) or Store(id=each.store, name="")) for each in groups)
