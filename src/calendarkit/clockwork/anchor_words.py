"""Words that refer to anchors: ``T-3``, ``T+0``, ``T-3wd``, ``前3天``, ``during 618.预热``, ``618期间``."""

from __future__ import annotations

import difflib
import re

from calendarkit.clockwork import statutory
from calendarkit.clockwork.dates import place_of, year_of
from calendarkit.clockwork.daybook import Anchor, DayBook
from calendarkit.clockwork.days import NO_DAYS, Days, bits
from calendarkit.clockwork.mend import plain
from calendarkit.clockwork.words import RuleError, refuse_long
from calendarkit.model.text import Text

FARTHEST = 366
"""Days; who counts further from an anchor meant another one."""
_COUNT = re.compile(r"t(?:([+-])(\d{1,4})(wd|个工作日)?)?", re.ASCII)
_CHINESE = re.compile(r"(提前|节前|前|节后|后)(\d{1,4})(?:天|(个工作日))|当天", re.ASCII)
_DURING = re.compile(r"during (.+)|(.+?)期间|([^.\s]+\.[^.\s\d]+)")


def anchor_days(word: str, book: DayBook | None = None) -> Days | None:
    """Return the days of a plain word of this family, ``None`` for any other; without a book just no days.

    Raises:
        RuleError: ``CK115`` no such anchor or none to count from, ``CK116`` no such phase, ``CK119`` too far away.
    """
    if match := _COUNT.fullmatch(word):
        return _counted(word.upper(), int(f"{match[1] or ''}{match[2] or 0}"), book, working=bool(match[3]))
    if match := _CHINESE.fullmatch(word):
        step = int(match[2] or 0)
        return _counted(word, step if "后" in word else -step, book, working=bool(match[3]))
    if match := _DURING.fullmatch(word):
        return parse_during(match[1] or match[2] or match[3], book)
    return None


def parse_during(text: str, book: DayBook | None = None) -> Days:
    """Read one word of ``during``: ``618`` for an anchor's whole span, ``618.预热`` for a phase of it.

    Raises:
        RuleError: ``CK115`` no such anchor, ``CK116`` no such phase.
    """
    refuse_long(text, "CK115")
    if book is None:
        return NO_DAYS
    name, _, phase = plain(text).partition(".")
    anchor = named_anchor(name, book)
    if not phase:
        return anchor.whole()
    found = anchor.phase(phase)
    if found is None:
        names = [each for each, _, _ in anchor.phases]
        zh, en = "、".join(names), ", ".join(names)
        fix = Text(f"可用：{zh}", f"known: {en}") if names else Text("写进它的 phases", "write it into its phases")
        raise RuleError(
            "CK116", Text(f"锚点 {anchor.id} 没有阶段“{phase}”", f'the anchor {anchor.id} has no phase "{phase}"'), fix
        )
    return found


def named_anchor(name: str, book: DayBook) -> Anchor:
    """Return the anchor of an id or title.

    Raises:
        RuleError: ``CK115`` there is none.
    """
    names = {each.title.lower(): (each.title, each) for each in book.anchors.values() if each.title}
    names |= {each.id.lower(): (each.id, each) for each in book.anchors.values()}
    if name.lower() in names:
        return names[name.lower()][1]
    close = difflib.get_close_matches(name.lower(), list(names), n=1, cutoff=0.6)
    guess = names[close[0]][0] if close else ""
    fix = (
        Text(f"是不是 {guess}？", f"did you mean {guess}?")
        if guess
        else Text(f'加上 [[anchor]] id = "{name}"', f'add an [[anchor]] with id = "{name}"')
    )
    raise RuleError("CK115", Text(f"没有锚点“{name}”", f'there is no anchor "{name}"'), fix)


def _counted(word: str, step: int, book: DayBook | None, *, working: bool) -> Days:
    if abs(step) > FARTHEST:
        raise RuleError(
            "CK119",
            Text(f"“{word}”离锚点太远", f'"{word}" is too far from its anchor'),
            Text(f"最远 {FARTHEST} 天；更远的另写 [[anchor]]", f"at most {FARTHEST} days; else another anchor"),
        )
    if book is None:
        return NO_DAYS
    if not book.own:
        raise RuleError(
            "CK115",
            Text(f"“{word}”要从一个锚点数起", f'"{word}" counts from an anchor'),
            Text('在栏目里写 anchor = "618"', 'name it in the column: anchor = "618"'),
        )
    base = named_anchor(book.own, book).days
    if working and step:
        return _workdays_from(base, step, book)
    return Days(around=((step, step, base),))


def _workdays_from(base: Days, step: int, book: DayBook) -> Days:
    """Return the day so many workdays after (before, when negative) each of ``base``, where all are announced."""
    found: dict[int, int] = {}
    years = book.statutory.years
    for year in range(years[0] - 1, years[-1] + 2) if years else ():
        first, rest = year_of(year)[0], bits(base, year)
        while rest:
            day = _walked(first + (rest & -rest).bit_length() - 1, step, book.statutory)
            if day is not None:
                of, place = place_of(day)
                found[of] = found.get(of, 0) | 1 << place
            rest &= rest - 1
    return Days(years=tuple(sorted(found.items())))


def _walked(day: int, step: int, table: statutory.Statutory) -> int | None:
    """Return the day after so many workdays from ``day``, itself not counted; ``None`` where nobody has announced."""
    way, left = (1, step) if step > 0 else (-1, -step)
    while left:
        day += way
        working = table.is_workday(day)
        if working is None:
            return None
        left -= working
    return day
