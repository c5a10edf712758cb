"""Picking (选材): which item of a content pool a slot shows."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from calendarkit.calendar.column import Content
from calendarkit.calendar.pool import Item, Pool
from calendarkit.clockwork.words import parse_duration
from calendarkit.model.guarding import Withhold
from calendarkit.model.slot import Slot
from calendarkit.model.text import Text

DAY = 86400


def pick(pool: Pool, content: Content, slot: Slot, *, recent: Mapping[str, int], zone: str) -> Item | Withhold:
    """Return the item that ``slot`` shows, or why there is none; the same inputs always give the same item.

    A slot that already showed an item shows it again to whoever joins later. Otherwise items follow each other in the
    order of the file, shuffled by seed, or by their own date; an item past its ``until``, one shown within
    ``no_repeat`` and the one shown last are passed over for the next.

    Args:
        pool: the items.
        content: how the column picks (``pick``, ``seed``, ``no_repeat``).
        slot: the appointment; its ``ordinal`` turns the rotation.
        recent: by item id, when this column last showed it (epoch seconds); items never shown are absent.
        zone: IANA name; whole days of ``no_repeat`` are counted in it.

    >>> tips = Pool("tips", (Item(id="a"), Item(id="b")))
    >>> noon = Slot(column="tip", day=dt.date(2026, 11, 25), name="am", at=0, deadline=60, zone="UTC", ordinal=3)
    >>> pick(tips, Content(), noon, recent={}, zone="UTC").id
    'b'
    """
    live = _live(pool, content, slot)
    if not live:
        return Withhold(_nothing(pool, content, slot))
    for item in live:
        if recent.get(item.id) == slot.at:
            return item
    ordered = _ordered(live, content, slot.ordinal)
    rested = [item for item in ordered if _rested(recent.get(item.id), content.no_repeat, slot, zone)]
    if not rested:
        return Withhold(_all_shown(pool, content, len(ordered)))
    if len(rested) > 1 and rested[0].id == _last(recent, slot.at):
        return rested[1]
    return rested[0]


def _live(pool: Pool, content: Content, slot: Slot) -> list[Item]:
    """Return the items that may be shown on the slot's day, in the order of the file."""
    dated = content.pick == "by-date"
    return [
        item
        for item in pool.items
        if (item.until is None or slot.day <= item.until) and (not dated or item.date == slot.day)
    ]


def _ordered(items: Sequence[Item], content: Content, ordinal: int) -> list[Item]:
    """Return ``items`` with this turn's first and the others behind it, in the order they would stand in for it."""
    turn, place = divmod(ordinal, len(items))
    round_ = _shuffled(items, content.seed, turn) if content.pick == "shuffled" else list(items)
    return round_[place:] + round_[:place]


def _shuffled(items: Sequence[Item], seed: int, turn: int) -> list[Item]:
    """Return the order of one round: by a digest of seed, round and id, the same in every Python and for ever.

    The first of a round is never the last of the round before it. Two items simply take turns.
    """
    if len(items) < 3:
        return _by_digest(items, seed, 0)
    order = _by_digest(items, seed, turn)
    if turn and order[0].id == _by_digest(items, seed, turn - 1)[-1].id:
        order[0], order[1] = order[1], order[0]
    return order


def _by_digest(items: Sequence[Item], seed: int, turn: int) -> list[Item]:
    return sorted(items, key=lambda item: hashlib.sha256(f"{seed}/{turn}/{item.id}".encode()).digest())


def _rested(last: int | None, no_repeat: str | None, slot: Slot, zone: str) -> bool:
    """Return whether an item last shown at ``last`` may be shown again.

    Whole days count by the calendar, not by the hour: with ``7d``, what went out on a Monday at 12:30 may go out on the
    next Monday at 12:00.
    """
    if last is None or no_repeat is None:
        return True
    pause = parse_duration(no_repeat)
    if pause % DAY:
        return abs(slot.at - last) >= pause
    here = ZoneInfo(zone)
    days = dt.datetime.fromtimestamp(slot.at, here).date() - dt.datetime.fromtimestamp(last, here).date()
    return abs(days.days) * DAY >= pause


def _last(recent: Mapping[str, int], before: int) -> str | None:
    """Return the id of the item that was shown last before an instant."""
    shown = [(at, item) for item, at in recent.items() if at < before]
    return max(shown)[1] if shown else None


def _nothing(pool: Pool, content: Content, slot: Slot) -> Text:
    if not pool.items:
        return Text(f"素材库 {pool.id} 是空的", f"content pool {pool.id} is empty")
    if content.pick == "by-date":
        return Text(
            f'素材库 {pool.id} 没有写给 {slot.day} 的内容（pick = "by-date"）',
            f'content pool {pool.id} has no item dated {slot.day} (pick = "by-date")',
        )
    latest = max(item.until for item in pool.items if item.until)
    return Text(
        f"素材库 {pool.id} 的 {len(pool.items)} 条内容都已过期，最后一条到 {latest} 为止",
        f"all {len(pool.items)} items of content pool {pool.id} are over; the last was good until {latest}",
    )


def _all_shown(pool: Pool, content: Content, count: int) -> Text:
    return Text(
        f"素材库 {pool.id} 现有的 {count} 条内容在 {content.no_repeat} 内都发过了（no_repeat），请补充内容或缩短间隔",
        f"all {count} current items of content pool {pool.id} were shown within {content.no_repeat} (no_repeat): "
        "add items or shorten it",
    )
