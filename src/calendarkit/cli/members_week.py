"""The members' week: what a group saw of a simulation, day by day, and in place of what it did not see the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from calendarkit.cli.lines import Line, Span, line
from calendarkit.cli.opening import local
from calendarkit.cli.reasons import row_reason
from calendarkit.cli.words import STATE_STYLES, amount, counted, state_word
from calendarkit.edges.ledger.store import Row
from calendarkit.edges.world import World
from calendarkit.model.text import Language, Text
from calendarkit.testing.members import Seen

if TYPE_CHECKING:
    from calendarkit.simulate import Simulation

_WEEKDAYS = (
    Text("周一", "Mon"), Text("周二", "Tue"), Text("周三", "Wed"), Text("周四", "Thu"), Text("周五", "Fri"),
    Text("周六", "Sat"), Text("周日", "Sun"),
)  # fmt: skip
_GROUPS = 3
"""How many groups are shown when nobody names one."""
_CUT = 40
"""Characters of a message that are shown."""
Event = Seen | Row


def members_week(world: World, made: Simulation, targets: tuple[str, ...] | None, language: Language) -> list[Line]:
    """Return the week of each of ``targets``; when nobody was named, of the three groups that see the most."""
    by_target = _by_target(made)
    busiest = sorted(by_target, key=lambda each: (-len(by_target[each]), each))
    shown = tuple(busiest[:_GROUPS]) if targets is None else targets
    lines: list[Line] = []
    for target in shown:
        lines += [
            line(Span(_name(world, target, language), "title")),
            *_days(world, by_target.get(target, []), language),
            (),
        ]
    left = len(by_target) - len(shown)
    if targets is None and left > 0:
        more = Text(
            f"还有 {amount(left)} 个群：--group ID", f"{counted(left, 'more group', 'more groups')}: --group ID"
        )
        lines += [line(Span(more.to(language), "dim")), ()]
    return lines


def _by_target(made: Simulation) -> Mapping[str, list[Event]]:
    """Return what each target saw, and the rows of what it never saw; of the parts of one slot the first."""
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for seen in made.seen:
        found[seen.target].append(seen)
    arrived = {each.key for each in made.seen}
    told: set[tuple[str, str]] = set()
    for row in made.rows:
        slot = (row.delivery.slot.key, row.delivery.target)
        if row.key not in arrived and slot not in told:
            told.add(slot)
            found[row.delivery.target].append(row)
    return found


def _days(world: World, events: Iterable[Event], language: Language) -> list[Line]:
    lines: list[Line] = []
    before = ""
    for each in sorted(events, key=lambda each: each.at):
        day = local(world, each.at, "MM-DD")
        if day != before:
            before = day
            weekday = _WEEKDAYS[int(local(world, each.at, "d")) - 1].to(language)
            lines.append(line(f"  {weekday} {day}"))
        lines.append(_event(world, each, language))
    return lines or [line(Span(Text("  什么也没看到", "  nothing seen").to(language), "dim"))]


def _event(world: World, event: Event, language: Language) -> Line:
    column = world.calendar.columns.get(event.key.partition("/")[0])
    lead = (Span(f"    {local(world, event.at, 'HH:mm')}  ", "key"), Span(f"{column.title if column else event.key}  "))
    if isinstance(event, Seen):
        return (*lead, Span(_words(event, language), "dim"))
    state = Span(f"✗ {state_word(event.state).to(language)}", STATE_STYLES.get(event.state, "warn"))
    return (*lead, state, Span(f" {row_reason(event, language)}"))


def _words(seen: Seen, language: Language) -> str:
    """Return a message in one line: its posters by name, the beginning of its words."""
    message = seen.message
    poster = Text("海报", "poster").to(language)
    posters = [f"[{poster} {each.name}]" for each in message.media]
    text = " ".join((message.title or message.text).split())
    return " ".join([*posters, text if len(text) <= _CUT else f"{text[:_CUT]}…"]).strip()


def _name(world: World, target: str, language: Language) -> str:
    roster = world.roster
    group, store = roster.groups.get(target), roster.stores.get(target)
    title = group.title if group else store.name if store else ""
    return Text(f"{title}（{target}）", f"{title} ({target})").to(language) if title else target
