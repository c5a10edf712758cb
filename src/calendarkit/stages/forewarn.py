"""Forewarning: what a plan of the coming days would withhold, told once for all groups and days it concerns."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.roster import Roster
from calendarkit.model.delivery import Plan, Withheld
from calendarkit.model.slot import Slot
from calendarkit.model.text import Text

FORETOLD: Mapping[str, str] = {
    "cap_per_day": "CK530", "gap": "CK531", "quiet_hours": "CK532", "cap_per_week": "CK533", "sale_share": "CK534",
    "product_rest": "CK535", "sale_gap": "CK539", "offer_over": "CK416", "content": "CK417",
}  # fmt: skip
"""Code by the guard that withholds; ``content`` is a pool that has nothing to show. What the other guards look at, a
price or a channel, is judged where it is written."""
_RULES: Mapping[str, tuple[str, str]] = {
    "cap_per_day": ("caps", "per_day"), "cap_per_week": ("caps", "per_week"), "gap": ("caps", "gap"),
    "product_rest": ("prices", "rest"), "sale_gap": ("mix", "sale_gap"), "sale_share": ("mix", "max_sale"),
}  # fmt: skip
"""Table and key of the policy that a guard goes by."""
_FIXES: Mapping[str, Text] = {
    "gap": Text(
        "把两档的时间错开，加长 late，或减小 gap", "move one of the two, allow a longer late, or a smaller gap"
    ),
    "quiet_hours": Text(
        "换一个时间，或为这个栏目写 quiet = false", "choose another time, or write quiet = false for this column"
    ),
    "sale_gap": Text(
        "把两次卖货的时间错开，加长 late，或减小 sale_gap",
        "move one of the two offers, allow a longer late, or a smaller sale_gap",
    ),
    "sale_share": Text(
        "在它之前加一档贴士或话题，少排几档卖货，或把 max_sale 改大",
        "tell or ask something before it, sell less often, or write a larger max_sale",
    ),
    "product_rest": Text(
        "换一个商品，隔得更开，或缩短 rest", "show another product, show it less often, or write a shorter rest"
    ),
    "offer_over": Text(
        "改商品的 until、from 或 stock，或换一个商品", "change the offer's until, from or stock, or show another offer"
    ),
    "content": Text("在素材库里再加几条", "add items to the pool"),
}
WEEK = 7 * 86_400
_LISTED = 3
"""Most days that are named one by one."""
_TITLES = 6
"""Most columns that are named one by one."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One slot of the week that is withheld from one target."""

    guard: str
    column: str
    name: str
    target: str


def forewarn(
    plan: Plan,
    calendar: Calendar,
    roster: Roster,
    *,
    counts: Mapping[str, int],
    since: int,
    policy: Mapping[str, str],
) -> tuple[Finding, ...]:
    """Return one warning for each time of a column that a guard would withhold, with the groups and days it concerns.

    Where groups differ in the days, those of the most groups are told, and how many other groups there are.

    Args:
        plan: whole local days, planned for one group of each profile.
        calendar: the calendar it was planned from.
        roster: the groups it was planned for.
        counts: by group id, how many groups it stands for.
        since: epoch seconds; what was due before is not told.
        policy: path of the document that tables of the policy stand in, by the name of the table.

    >>> from calendarkit.calendar.workspace import Workspace
    >>> forewarn(Plan(), Calendar(workspace=Workspace(name="x")), Roster(), counts={}, since=0, policy={})
    ()
    """
    told = _Telling(plan, calendar, roster, counts=counts, policy=policy)
    cases: dict[_Case, list[Withheld]] = {}
    for held in plan.withheld:
        delivery = held.delivery
        if delivery.slot.at >= since and delivery.sequence == 0 and _is_foretold(held):
            case = _Case(held.guard, delivery.slot.column, delivery.slot.name, delivery.target)
            cases.setdefault(case, []).append(held)
    merged: dict[tuple[str, str, str], dict[tuple[dt.date, ...], list[list[Withheld]]]] = {}
    for case, rows in cases.items():
        days = tuple(sorted({each.delivery.slot.day for each in rows}))
        merged.setdefault((case.guard, case.column, case.name), {}).setdefault(days, []).append(rows)
    return tuple(told.finding(by_days) for by_days in merged.values())


def _is_foretold(held: Withheld) -> bool:
    """Tell whether it is news: regular times in quiet hours are a rule's own warning, missing offers an error."""
    if held.guard == "quiet_hours":
        return held.delivery.slot.origin != "rule"
    return held.guard in FORETOLD


class _Telling:
    """Finds the words and the places."""

    def __init__(
        self,
        plan: Plan,
        calendar: Calendar,
        roster: Roster,
        *,
        counts: Mapping[str, int],
        policy: Mapping[str, str],
    ) -> None:
        self.plan = plan
        self.calendar = calendar
        self.roster = roster
        self.counts = counts
        self.policy = policy

    def finding(self, by_days: Mapping[tuple[dt.date, ...], list[list[Withheld]]]) -> Finding:
        """Return the warning about one time of a column, its days and everyone who would miss it."""
        days, alike = max(by_days.items(), key=lambda each: self._groups(each[1]))
        first = max(alike, key=lambda rows: self.counts.get(rows[0].delivery.target, 0))[0]
        slot, guard = first.delivery.slot, first.guard
        rest = sum(map(self._groups, by_days.values())) - self._groups(alike)
        some = f"; {rest} more group{'s' if rest > 1 else ''} on other days"
        also = Text(f"；另有 {rest} 个群在别的日子", some) if rest else Text("", "")
        said, fix = self._cap(first, days, alike) if guard == "cap_per_day" else self._held(first, days, alike)
        document, line, needle = self._place(slot, guard)
        table, key = _RULES.get(guard, ("", ""))
        return Finding(
            code=FORETOLD[guard],
            severity="warning",
            document=document,
            line=line,
            column=1 if line else 0,
            needle=needle,
            message=Text(said.zh + also.zh, said.en + also.en),
            fix=fix,
            related=((self.policy[table], (table, key)),) if table in self.policy else (),
        )

    def _held(self, first: Withheld, days: tuple[dt.date, ...], alike: list[list[Withheld]]) -> tuple[Text, Text]:
        slot, title = first.delivery.slot, self.calendar.columns[first.delivery.slot.column].title
        on, at = _days(days), f"{_local(slot):%H:%M}"
        whom = self._whom(alike) if first.guard != "content" else Text("", "")
        message = Text(
            f"{title} {on.zh} {at} 会被挡下：{first.reason.zh}{whom.zh}",
            f"{title} {on.en} {at} will be withheld: {first.reason.en}{whom.en}",
        )
        return message, _FIXES.get(first.guard) or self._week_fix(first.delivery.target)

    def _cap(self, first: Withheld, days: tuple[dt.date, ...], alike: list[list[Withheld]]) -> tuple[Text, Text]:
        slot, target = first.delivery.slot, first.delivery.target
        slots = self._slots(target, _local(slot).date())
        others = list(dict.fromkeys(self.calendar.columns[each.column].title for each in slots))
        count, cap = len(slots), self.calendar.caps.per_day
        title, on, at = self.calendar.columns[slot.column].title, _days(days), f"{_local(slot):%H:%M}"
        who, more = self._title(target), self._groups(alike)
        also = (
            Text(f"等 {more} 个群", f" and {more - 1} more group{'s' if more > 2 else ''}")
            if more > 1
            else Text("", "")
        )
        message = Text(
            f"{on.zh} {who}{also.zh}当天将收到 {count} 条，超过每天 {cap} 条：{title} {at} 会被挡下（caps.per_day）",
            f"{on.en}: {who}{also.en} would get {count}, over {cap} a day: {title} {at} is withheld (caps.per_day)",
        )
        more_titles = Text(" 等", " …") if len(others) > _TITLES else Text("", "")
        listed = others[:_TITLES]
        fix = Text(
            f"把 per_day 改为 {count}，或用 audience 让其中一个不发这些群：{'、'.join(listed)}{more_titles.zh}",
            f"write per_day = {count}, or keep one of these from them by its audience: "
            f"{', '.join(listed)}{more_titles.en}",
        )
        return message, fix

    def _week_fix(self, target: str) -> Text:
        """Return the smallest ``per_week`` under which the target would get everything."""
        moments = sorted(each.at for each in self._of_target[target].values())
        count = max(place + 1 - bisect_right(moments, at - WEEK) for place, at in enumerate(moments))
        return Text(
            f"把 per_week 改为 {count}，或少排一些天（on、every）",
            f"write per_week = {count}, or fewer days (on, every)",
        )

    @cached_property
    def _of_target(self) -> Mapping[str, Mapping[str, Slot]]:
        """By target, the slots it would get or is kept from by a cap, by their keys."""
        found: defaultdict[str, dict[str, Slot]] = defaultdict(dict)
        for each in self.plan.deliveries:
            found[each.target][each.slot.key] = each.slot
        for held in self.plan.withheld:
            if held.guard in ("cap_per_day", "cap_per_week"):
                found[held.delivery.target][held.delivery.slot.key] = held.delivery.slot
        return found

    def _slots(self, target: str, day: dt.date) -> list[Slot]:
        """Return every slot the target would get on a local day, or is kept from by a cap."""
        found = (each for each in self._of_target[target].values() if _local(each).date() == day)
        return sorted(found, key=lambda slot: (slot.at, slot.key))

    def _groups(self, alike: list[list[Withheld]]) -> int:
        """Return how many groups these cases are about."""
        return sum(self.counts.get(rows[0].delivery.target, 1) for rows in alike)

    def _whom(self, alike: list[list[Withheld]]) -> Text:
        count = self._groups(alike)
        return Text(f"（共 {count} 个群）", f" ({count} groups)") if count > 1 else Text("", "")

    def _title(self, target: str) -> str:
        group = self.roster.groups.get(target)
        return (group.title if group else "") or target

    def _place(self, slot: Slot, guard: str) -> tuple[str, int, str]:
        """Return (document, line, words) of what to look at: the time, or what the column shows."""
        column = self.calendar.columns[slot.column]
        shows = "pool" if column.content.pool else "offer"
        key = f"content.{shows}" if guard in ("offer_over", "content") else _time_key(slot)
        needle = shows if "content" in key else slot.name
        for name in (f"column.{slot.column}.{key}", f"column.{slot.column}"):
            place = self.calendar.places.get(name)
            if place:
                document, _, line = place.rpartition(":")
                return document, int(line), needle
        return "", 0, ""


def _time_key(slot: Slot) -> str:
    return {"also": "also", "move": "move"}.get(slot.origin, "at")


def _local(slot: Slot) -> dt.datetime:
    return dt.datetime.fromtimestamp(slot.at, ZoneInfo(slot.zone))


def _days(days: tuple[dt.date, ...]) -> Text:
    """Name the days, the first of many and how many there are."""
    shown = [f"{each:%m-%d}" for each in days[:_LISTED]]
    if len(days) <= _LISTED:
        return Text("、".join(shown), ", ".join(shown))
    first, last = f"{days[0]:%m-%d}", f"{days[-1]:%m-%d}"
    return Text(f"{first} 至 {last} 共 {len(days)} 天", f"{first} to {last} ({len(days)} days)")
