"""Whether anchors and statutory days say what their author meant."""

from __future__ import annotations

from collections.abc import Iterator

from calendarkit.calendar.column import Anchor
from calendarkit.calendar.draft import Draft, Placed
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.origin import Origin
from calendarkit.clockwork.words import parse_dates
from calendarkit.model.text import Text


def check_anchors(draft: Draft, _: Known) -> Iterator[Finding]:
    """Yield anchors without a day, dates of other years, phases that run backwards, days both off and worked."""
    for placed in draft.anchors:
        yield from _days(placed)
        yield from _phases(placed)
    if draft.workspace is not None:
        yield from _both(draft)


def _days(placed: Placed[Anchor]) -> Iterator[Finding]:
    anchor = placed.noun
    if not anchor.on and not anchor.dates:
        yield placed.origin.finding(
            "CK202",
            Text("缺少 on：锚点要有日子", "on is missing: an anchor needs a day"),
            Text('加上 on = "06-18"，或 dates = { 2027 = "2027-06-18" }', 'add on = "06-18", or dates'),
            where="key",
        )
    for year, word in anchor.dates.items():
        if not word.startswith(f"{year}-"):
            yield placed.origin.finding(
                "CK124",
                Text(f"{word} 不在 {year} 年", f"{word} is no day of {year}"),
                Text(f'写成 "{year}{word[4:]}"', f'write "{year}{word[4:]}"'),
                key=("dates", year),
            )


def _phases(placed: Placed[Anchor]) -> Iterator[Finding]:
    for index, phase in enumerate(placed.noun.phases):
        if phase.last < phase.first:
            yield placed.origin.finding(
                "CK125",
                Text(f"阶段“{phase.name}”的结束早于开始", f'the phase "{phase.name}" ends before it begins'),
                Text("对调 from 和 to；锚点之前是负数", "swap from and to; days before the anchor are negative"),
                key=("phases", index, "to"),
            )


def _both(draft: Draft) -> Iterator[Finding]:
    assert draft.workspace is not None
    written = draft.workspace.statutory
    for index, word in enumerate(written.workday):
        for first, last in parse_dates(word).spans:
            if any(
                parse_dates(each).spans[0][0] <= last and first <= parse_dates(each).spans[0][1]
                for each in written.offday
            ):
                yield Origin(draft.workspace_path, ("statutory",)).finding(
                    "CK311",
                    Text(f"{word} 同时写在 offday 和 workday 里", f"{word} stands in offday and in workday"),
                    Text("从一处删掉", "remove it from one"),
                    key=("workday",) if len(written.workday) == 1 else ("workday", index),
                )
