"""An entry of a pack: what the tick list says about one message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from calendarkit.extend.publishing import Envelope

FALLBACK_ZONE = "Asia/Shanghai"
PARTS: Mapping[str, tuple[str, str, str]] = {
    "poster": ("1", "海报", "poster"),
    "text": ("2", "文字", "text"),
    "link": ("3", "链接", "link"),
}
"""By part: its place among the parts of one slot, and its name in both languages."""
_PART_OF = {"image": "poster", "text": "text", "markdown": "text", "link": "link"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One message of a pack.

    Attributes:
        key: the delivery's key.
        day: local day, ``2026-11-25``.
        time: local time to post it, ``12:00``.
        until: local time from which it must not go out any more; with its date when that is another day.
        files: paths below the pack, the first one is what is posted.
        digest: of the bytes of what is posted; groups that get the same share one card of the page.
    """

    key: str
    at: int
    day: str
    time: str
    until: str
    column: str
    group: str
    group_title: str
    part: str
    text: str = ""
    title: str = ""
    url: str = ""
    mentions: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    digest: str = ""

    @property
    def order(self) -> tuple[int, str, str, str, str]:
        """By instant, then column, group and part."""
        return self.at, self.column, self.group, "/".join(self.key.split("/")[:4]), PARTS[self.part][0]


def entry_of(envelope: Envelope) -> Entry:
    """Return what the list says about one message, its times local to the slot's zone."""
    zone = ZoneInfo(envelope.zone or FALLBACK_ZONE)
    at, until = (dt.datetime.fromtimestamp(each, zone) for each in (envelope.slot_at, envelope.deadline))
    message = envelope.message
    return Entry(
        key=envelope.key,
        at=envelope.slot_at,
        day=at.date().isoformat(),
        time=f"{at:%H:%M}",
        until=""
        if not envelope.deadline
        else f"{until:%H:%M}"
        if until.date() == at.date()
        else f"{until:%m-%d %H:%M}",
        column=envelope.column_title,
        group=envelope.target.id,
        group_title=envelope.target.title,
        part=_PART_OF[message.kind],
        text=message.text,
        title=message.title,
        url=message.url,
        mentions=message.mentions,
    )
