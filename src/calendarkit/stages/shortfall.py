"""Shortfall: groups that would hear too little of the coming days, or too little that does not sell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.roster import Roster
from calendarkit.model.delivery import Plan
from calendarkit.model.text import Text


@dataclass(frozen=True, slots=True)
class _Lack:
    """The first stretch of days on which a group hears too little, and how much it then hears."""

    first: dt.date
    last: dt.date
    heard: int = 0


def shortfall(
    plan: Plan,
    calendar: Calendar,
    roster: Roster,
    *,
    counts: Mapping[str, int],
    first: dt.date,
    days: int,
    policy: str,
) -> tuple[Finding, ...]:
    """Return a warning for each floor of ``[mix]`` that customers' groups would miss, naming the worst of them.

    Only stretches that lie in the planned days as a whole are judged: what came before is not known.

    Args:
        plan: ``days`` whole local days, planned for one group of each profile.
        calendar: the calendar it was planned from.
        roster: the groups it was planned for.
        counts: by group id, how many groups it stands for.
        first: the first of the days, in the workspace's zone.
        days: how many days.
        policy: path of the document that ``[mix]`` stands in.

    >>> from calendarkit.calendar.workspace import Workspace
    >>> shortfall(Plan(), Calendar(workspace=Workspace(name="x")), Roster(), counts={}, first=dt.date(2026, 11, 25),
    ...           days=7, policy="")
    ()
    """
    mix = calendar.policy.mix
    if mix is None:
        return ()
    posts = _posts(plan, calendar, roster, first=first, days=days)
    brand, silent = mix.min_brand_posts, mix.max_silence
    few = {group: _few(each.brand, first, mix.days, brand) for group, each in posts.items()} if brand else {}
    mute = {group: _silence(each.all, first, silent) for group, each in posts.items()} if silent is not None else {}
    told = _Telling(roster, counts, policy)
    few_told = told.findings("CK536", "min_brand_posts", few, brand)
    return (*few_told, *told.findings("CK537", "max_silence", mute, silent))


@dataclass(frozen=True, slots=True)
class _Posts:
    """How many slots one group gets on each of the days, and how many of them do not sell."""

    all: list[int]
    brand: list[int]


def _posts(plan: Plan, calendar: Calendar, roster: Roster, *, first: dt.date, days: int) -> dict[str, _Posts]:
    zone = ZoneInfo(calendar.workspace.timezone)
    customers = [each.id for each in roster.groups.values() if each.members == "customers"]
    found = {group: _Posts([0] * days, [0] * days) for group in customers}
    place: dict[int, int] = {}
    for each in plan.deliveries:
        at = each.not_before
        if each.target not in found or each.sequence:
            continue
        if at not in place:
            place[at] = (dt.datetime.fromtimestamp(at, zone).date() - first).days
        day = place[at]
        if 0 <= day < days:
            found[each.target].all[day] += 1
            found[each.target].brand[day] += calendar.worth.get(each.slot.column, "sale") != "sale"
    return found


def _few(heard: Sequence[int], first: dt.date, days: int, floor: int) -> _Lack | None:
    """Return the worst stretch of ``days`` with fewer than ``floor``, the first of equals."""
    sums = [sum(heard[start : start + days]) for start in range(len(heard) - days + 1)]
    worst = min(sums, default=floor)
    if worst >= floor:
        return None
    start = first + dt.timedelta(days=sums.index(worst))
    return _Lack(start, start + dt.timedelta(days=days - 1), worst)


def _silence(heard: Sequence[int], first: dt.date, most: int) -> _Lack | None:
    """Return the longest silence of more than ``most`` days, the first of equals."""
    runs = [list(run) for silent, run in groupby(range(len(heard)), lambda day: not heard[day]) if silent]
    longest = max(runs, key=len, default=[])
    if len(longest) <= most:
        return None
    return _Lack(first + dt.timedelta(days=longest[0]), first + dt.timedelta(days=longest[-1]))


class _Telling:
    """Finds the words."""

    def __init__(self, roster: Roster, counts: Mapping[str, int], policy: str) -> None:
        self.roster = roster
        self.counts = counts
        self.policy = policy

    def findings(self, code: str, key: str, lacks: Mapping[str, _Lack | None], floor: int | None) -> Iterator[Finding]:
        """Yield one finding for all groups that lack something, about the group that lacks most."""
        short = {group: lack for group, lack in lacks.items() if lack is not None}
        if not short:
            return
        worst = min(short, key=lambda group: (short[group].heard, short[group].first - short[group].last, group))
        more = sum(self.counts.get(group, 1) for group in short) - 1
        title = self.roster.groups[worst].title or worst
        also = f"{title} and {more} more group{'s' if more > 1 else ''}"
        who = Text(f"{title}等 {more + 1} 个群", also) if more else Text(title, title)
        lack = short[worst]
        say = _brand if key == "min_brand_posts" else _mute
        message, fix = say(who, lack, floor or 0)
        yield Finding(code=code, severity="warning", message=message, fix=fix, document=self.policy, path=("mix", key))


def _brand(who: Text, lack: _Lack, floor: int) -> tuple[Text, Text]:
    span = f"{lack.first:%m-%d}", f"{lack.last:%m-%d}"
    return Text(
        f"{who.zh}：{span[0]} 至 {span[1]} 只有 {lack.heard} 条不卖货的内容，至少要 {floor} 条",
        f"{who.en}: only {lack.heard} from {span[0]} to {span[1]} that do not sell, at least {floor} are wanted",
    ), Text(
        f"为这些群加一个贴士或话题栏目（kind），或写 min_brand_posts = {lack.heard}"
        if lack.heard
        else "为这些群加一个贴士或话题栏目（kind），或删掉 min_brand_posts",
        f"add a column that tells or asks them something (kind), or write min_brand_posts = {lack.heard}"
        if lack.heard
        else "add a column that tells or asks them something (kind), or remove min_brand_posts",
    )


def _mute(who: Text, lack: _Lack, floor: int) -> tuple[Text, Text]:
    count = (lack.last - lack.first).days + 1
    span = f"{lack.first:%m-%d}", f"{lack.last:%m-%d}"
    return Text(
        f"{who.zh}：{span[0]} 至 {span[1]} 连续 {count} 天什么都收不到，最多 {floor} 天",
        f"{who.en}: nothing at all from {span[0]} to {span[1]}, {count} days in a row; at most {floor} are allowed",
    ), Text(
        f"给这些天加一档，或放宽某个栏目的 audience，或写 max_silence = {count}",
        f"add a slot on these days, widen the audience of a column, or write max_silence = {count}",
    )
