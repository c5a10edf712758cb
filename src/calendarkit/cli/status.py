"""``calendarkit status``: what was sent, what comes next, and what needs a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from calendarkit.cli.bilingual import Command, json_option, option
from calendarkit.cli.codes import Exit
from calendarkit.cli.days import parse_moment
from calendarkit.cli.ledger import row_reason
from calendarkit.cli.lines import Line, Span, line, show, show_json
from calendarkit.cli.opening import errors_words, local, opened, today, zone_of
from calendarkit.cli.settings import Settings
from calendarkit.cli.words import amount, state_word
from calendarkit.edges.ledger.store import Figures, Hold, Row
from calendarkit.edges.wake import heartbeat
from calendarkit.edges.window import clock_doubt
from calendarkit.edges.world import World
from calendarkit.model.slot import Slot, Window
from calendarkit.model.state import State
from calendarkit.model.text import Language, Text

SILENT_AFTER = 180
"""Seconds without a sign of cron after which something that came due counts as not sent."""
_DAY = 86_400
_SHOWN = 5
_HOLDS = 20
_RUN = ("started", "took", "due", "sent", "failed", "unknown", "expired", "withheld")


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Everything ``status`` tells.

    Attributes:
        figures: the ledger in numbers.
        alive: epoch seconds of the last sign of ``publish``, ``None`` before the first.
        silent: slots that came due since then and that no run has seen.
        today: deliveries of this day by state.
        rows: unknown rows of any age, and failed and missed ones that changed lately.
        upcoming: the next slot.
        doubt: why ``publish`` does not trust the clock and sends nothing.
    """

    figures: Figures
    alive: int | None
    silent: tuple[Slot, ...] = ()
    today: Mapping[State, int]
    rows: tuple[Row, ...] = ()
    upcoming: Slot | None = None
    doubt: Text | None = None

    def in_state(self, state: State) -> tuple[Row, ...]:
        """Return those of ``rows`` that are in ``state``."""
        return tuple(row for row in self.rows if row.state is state)


@click.command(
    cls=Command,
    name="status",
    words=Text(
        "发得怎样、下一档是什么、哪些需要人处理。有要处理的，退出码为 1。",
        "Show what was sent, what comes next and what needs a person; exits with 1 when something does.",
    ),
)
@option(
    "--since",
    default="-24h",
    metavar="TIME",
    words=Text("失败和错过的从何时算起，默认 24 小时前。", "Failed and missed ones since then; default 24 hours ago."),
)
@json_option
@click.pass_obj
def command(settings: Settings, *, since: str, as_json: bool) -> Exit:
    """Print the status."""
    with opened(settings) as world:
        now = world.clock.now()
        start = int(now) - _DAY if since == "-24h" else parse_moment(since, now, zone_of(world))
        status = read_status(world, start)
        problems = complaints(world, status, settings.language)
        if as_json:
            show_json(status_json(world, status, settings.language))
        else:
            show([*figures_lines(world, status, settings.language), *problems], settings)
            if not problems:
                show(
                    [line(Span("✓ ", "good"), settings.say(Text("没有需要处理的", "nothing needs a person")))], settings
                )
    return Exit.ATTENTION if problems else Exit.FINE


def read_status(world: World, since: int) -> Status:
    """Return the status; failed and missed deliveries count when they changed at or after ``since``."""
    from calendarkit import pipeline

    now = int(world.clock.now())
    figures = world.store.figures(now)
    signs = [figures.run.started if figures.run else None, heartbeat(world.state_dir)]
    alive = max((int(each) for each in signs if each is not None), default=None)
    quiet = alive is not None and now - alive > SILENT_AFTER
    unseen = max(alive or 0, figures.mark.instant if figures.mark else 0)
    ahead = pipeline.programme(world, Window(now, now + 8 * _DAY))
    return Status(
        figures=figures,
        alive=alive,
        silent=pipeline.programme(world, Window(unseen, now)) if quiet and unseen < now else (),
        today=world.store.counts(day=today(world).isoformat()),
        rows=(
            *world.store.rows(states=[State.UNKNOWN]),
            *world.store.rows(states=[State.FAILED, State.EXPIRED], updated_since=since),
        ),
        upcoming=ahead[0] if ahead else None,
        doubt=clock_doubt(world, figures.mark.instant, now) if figures.mark else None,
    )


def figures_lines(world: World, status: Status, language: Language) -> list[Line]:
    """Return the lines that are no complaint: the last run, today, what comes next."""
    lines = [line(_last_run(world, status, language))]
    if status.today:
        words = " · ".join(
            f"{state_word(state).to(language)} {amount(count)}" for state, count in sorted(status.today.items())
        )
        lines.append(line(Text("今天", "today").to(language), f"  {words}"))
    if status.upcoming is not None:
        title = world.calendar.columns[status.upcoming.column].title
        words = f"  {local(world, status.upcoming.at)} {title}"
        lines.append(line(Text("下一档", "next").to(language), words))
    return lines


def complaints(world: World, status: Status, language: Language) -> list[Line]:
    """Return what needs a person, each with the command that settles it; empty when nothing does."""
    lines: list[Line] = []
    wrong = errors_words(world)
    if wrong is not None:
        lines.append(_complaint(wrong.to(language)))
    if status.doubt is not None:
        lines.append(_complaint(status.doubt.to(language)))
    if status.silent:
        lines += _silent(world, status, language)
    if status.figures.overdue:
        count = amount(status.figures.overdue)
        lines.append(_complaint(Text(f"{count} 条到期还没发出", f"{count} are due and not sent").to(language)))
    lines += [_hold(world, each, language) for each in status.figures.holds[:_HOLDS]]
    lines += more_holds(len(status.figures.holds) - _HOLDS, language)
    lines += _unknown(status.in_state(State.UNKNOWN), language)
    lines += _failed(status.in_state(State.FAILED), language)
    lines += _missed(world, status.in_state(State.EXPIRED), language)
    return lines


def status_json(world: World, status: Status, language: Language) -> dict[str, Any]:
    """Return the status as plain data; instants in epoch seconds."""
    run = status.figures.run
    return {
        "alive": status.alive,
        "stale": world.stale,
        "errors": sum(each.severity == "error" for each in world.problems),
        "run": None if run is None else {name: getattr(run, name) for name in _RUN},
        "states": {state.name.lower(): count for state, count in sorted(status.figures.states.items())},
        "today": {state.name.lower(): count for state, count in sorted(status.today.items())},
        "overdue": status.figures.overdue,
        "silent": [slot.key for slot in status.silent],
        "holds": [
            {"channel": each.channel, "target": each.target, "until": each.until, "detail": each.detail}
            for each in status.figures.holds
        ],
        "attention": [
            {"key": row.key, "state": row.state.name.lower(), "code": row.code, "reason": row_reason(row, language)}
            for row in status.rows
        ],
        "next": status.upcoming.key if status.upcoming else None,
    }


def _last_run(world: World, status: Status, language: Language) -> str:
    run = status.figures.run
    if run is None:
        hint = Text("还没有运行过 → calendarkit cron print", "it has not run yet → calendarkit cron print")
        return hint.to(language)
    when = local(world, run.started, "MM-DD HH:mm:ss")
    took = (
        Text("还在运行", "still running")
        if run.took is None
        else Text(f"用时 {run.took:.0f} 秒", f"took {run.took:.0f} s")
    )
    figures = (
        (Text("到期", "due"), run.due),
        (Text("已送达", "delivered"), run.sent),
        (Text("不确定", "unknown"), run.unknown),
        (Text("失败", "failed"), run.failed),
        (Text("错过", "missed"), run.expired),
        (Text("挡下", "withheld"), run.withheld),
    )
    counted = " · ".join(f"{name.to(language)} {amount(count)}" for name, count in figures)
    lead = Text(f"上次运行 {when}，{took.zh}", f"last run {when}, {took.en}").to(language)
    return f"{lead} · {counted}"


def _silent(world: World, status: Status, language: Language) -> list[Line]:
    since = local(world, status.alive or 0)
    count = len(status.silent)
    words = Text(
        f"{since} 以后 publish 没有运行过，{count} 档到期没有发 → calendarkit doctor",
        f"publish has not run since {since}; {count} slot{'' if count == 1 else 's'} came due and went unsent "
        "→ calendarkit doctor",
    )
    titles = [f"{local(world, each.at)} {world.calendar.columns[each.column].title}" for each in status.silent]
    return [_complaint(words.to(language)), *_listed(titles, language)]


def _hold(world: World, hold: Hold, language: Language) -> Line:
    until = local(world, hold.until)
    why = " ".join(part for part in (f"[{hold.code}]" if hold.code else "", cause(hold, language)) if part)
    words = Text(f"{holder(hold)} 已暂停，{until} 再试：{why}", f"{holder(hold)} is paused until {until}: {why}")
    return _complaint(words.to(language))


def holder(hold: Hold) -> str:
    """Return what rests: a channel, or one target of it."""
    return f"{hold.channel} {hold.target}".strip()


def cause(hold: Hold, language: Language) -> str:
    """Return why it rests; of a reason in two lines, one a language, the right one."""
    lines = hold.detail.splitlines() or [""]
    return lines[0] if language == "zh" else lines[-1]


def more_holds(count: int, language: Language) -> list[Line]:
    """Say how many more rest than were named; nothing when all were."""
    if count <= 0:
        return []
    return [line(Text(f"  另有 {amount(count)} 个也已暂停", f"  {amount(count)} more are paused").to(language))]


def _unknown(rows: Sequence[Row], language: Language) -> list[Line]:
    if not rows:
        return []
    count = amount(len(rows))
    words = Text(
        f"{count} 条结果不确定，看过群再填 → calendarkit ledger resolve KEY --sent|--not-sent --by NAME",
        f"{count} with an unknown outcome; look into the group → "
        "calendarkit ledger resolve KEY --sent|--not-sent --by NAME",
    )
    return [_complaint(words.to(language)), *_listed([row.key for row in rows], language)]


def _failed(rows: Sequence[Row], language: Language) -> list[Line]:
    """Count failures by reason: a wrong key that failed 36 groups is one thing to mend."""
    if not rows:
        return []
    reasons = Counter(row_reason(row, language) for row in rows)
    words = Text(
        f"{amount(len(rows))} 条失败 → calendarkit ledger list --state failed",
        f"{amount(len(rows))} failed → calendarkit ledger list --state failed",
    )
    return [
        _complaint(words.to(language)),
        *_listed([f"{amount(n)} × {why}" for why, n in reasons.most_common()], language),
    ]


def _missed(world: World, rows: Sequence[Row], language: Language) -> list[Line]:
    """List every slot that was missed, with how many deliveries."""
    if not rows:
        return []
    slots: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        slots[row.delivery.slot.key].append(row)
    words = Text(
        f"{amount(len(rows))} 条错过了时间，没有发：", f"{amount(len(rows))} missed their time and were not sent:"
    )
    lines = [_complaint(words.to(language))]
    for key, missed in slots.items():
        column = world.calendar.columns.get(missed[0].delivery.slot.column)
        title = column.title if column else key
        why = row_reason(missed[0], language)
        lines.append(line(f"    {local(world, missed[0].at)} {title} × {amount(len(missed))}  ", Span(why, "dim")))
    return lines


def _listed(items: Sequence[str], language: Language) -> list[Line]:
    """Return the first few items, indented, and how many more there are."""
    lines = [line(Span(f"    {each}", "dim")) for each in items[:_SHOWN]]
    if len(items) > _SHOWN:
        rest = len(items) - _SHOWN
        lines.append(line(Span(Text(f"    ……还有 {rest} 条", f"    … {rest} more").to(language), "dim")))
    return lines


def _complaint(text: str) -> Line:
    return line(Span("✗ ", "bad"), text)
