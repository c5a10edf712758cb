"""``calendarkit simulate``: a week in a few seconds, as members would see it, with whatever goes wrong on purpose."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from calendarkit.cli.bilingual import Command, json_option, option
from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.find_target import find_group, find_store, find_target
from calendarkit.cli.lines import Line, Span, line, show, show_json
from calendarkit.cli.members_week import members_week
from calendarkit.cli.opening import local
from calendarkit.cli.plan import read_window
from calendarkit.cli.settings import Settings
from calendarkit.cli.words import amount, counted, state_word
from calendarkit.edges.clock import SystemClock
from calendarkit.edges.world import World
from calendarkit.model.slot import Window
from calendarkit.model.text import Language, Text
from calendarkit.testing.rehearsal import rehearse

if TYPE_CHECKING:
    from calendarkit.edges.ledger.store import Row
    from calendarkit.simulate import Simulation
    from calendarkit.testing.members import Seen

_DAY = 86_400
_FAULTS = {
    "timeout": Text("没有回音", "no answer"),
    "kill": Text("进程被杀", "process killed"),
    "429": Text("发得太快被拒", "too fast"),
    "refused": Text("连不上", "no connection"),
    "gone": Text("机器人被移出群", "robot removed"),
    "forgot": Text("员工没有确认", "never confirmed"),
}


@click.command(
    cls=Command,
    name="simulate",
    words=Text(
        "演练一段时间：同一条流水线跑在虚拟时钟上，一周只要几秒；列出群成员一天天看到什么、什么没看到、为什么。"
        "不碰工作区的状态，不发送任何东西。",
        "Rehearse a stretch of time: the same chain on a virtual clock, a week in seconds. Shows day by day what the "
        "members of a group see, what they do not, and why. Touches no state of the workspace and sends nothing.",
    ),
    examples=(
        "calendarkit simulate --from 下周一 --to +7d",
        "calendarkit simulate --group hz-001.fresh --faults timeout=0.02,kill=0.01,429=0.05 --seed 7",
    ),
)
@option("--from", "start", default="now", metavar="TIME", words=Text("从何时起，默认现在。", "From when; default now."))
@option("--to", "end", metavar="TIME", words=Text("到何时止，默认 7 天后。", "Until when; default 7 days later."))
@option("--group", metavar="ID", words=Text("只看这个群（id 或名称）。", "Show this group alone (id or name)."))
@option("--store", metavar="ID", words=Text("只看这家门店和它的群。", "Show this store and its groups alone."))
@option("--seed", type=int, default=0, metavar="N", words=Text("换个数，出的错就不同。", "Another one, other faults."))
@option(
    "--faults",
    default="",
    metavar="NAME=RATE,…",
    words=Text(
        "故意出错：timeout、kill、429、refused、gone、forgot，各写频率，如 timeout=0.02,kill=0.01。",
        "What goes wrong, and how often: timeout, kill, 429, refused, gone, forgot; such as timeout=0.02,kill=0.01.",
    ),
)
@option("--draw", is_flag=True, words=Text("真的画海报（慢）；默认只写名字。", "Draw the posters too, which is slow."))
@option("--sandbox", metavar="URL", words=Text("由这个沙箱应答。", "Let this sandbox answer instead."))
@json_option
@click.pass_obj
def command(settings: Settings, /, *, as_json: bool, **asked: Any) -> Exit:
    """Simulate a stretch of time and print what members saw."""
    from calendarkit.simulate import simulate

    rates = read_faults(asked["faults"])
    with _looked_at(settings) as world:
        window = read_window(world, asked["start"], asked["end"])
        if asked["end"] is None:
            window = Window(window.start, window.start + 7 * _DAY)
        targets = _targets(world, asked["group"], asked["store"])
        made = simulate(
            world.root,
            window,
            seed=asked["seed"],
            faults=rates,
            draw=asked["draw"],
            sandbox=asked["sandbox"],
            language=settings.language,
        )
        if as_json:
            found = simulation_json(made, targets)
            show_json({"from": window.start, "to": window.end, "seed": asked["seed"], "faults": rates, **found})
        else:
            show(members_week(world, made, targets, settings.language), settings)
            show(summary(world, made, window, settings.language), settings)
    return Exit.ATTENTION if made.broken else Exit.FINE


@contextmanager
def _looked_at(settings: Settings) -> Iterator[World]:
    """Yield the workspace for its names and words; even its state folder stays as it is."""
    with tempfile.TemporaryDirectory(prefix="calendarkit-") as folder:
        state, clock = Path(folder), SystemClock()
        with rehearse(settings.root(), state=state, clock=clock, members=None, language=settings.language) as world:
            yield world


def read_faults(words: str) -> dict[str, float]:
    """Read ``timeout=0.02,kill=0.01``.

    Raises:
        Refusal: an unknown name, or a rate that is none (exit code 2).
    """
    found: dict[str, float] = {}
    for each in filter(None, (part.strip() for part in words.split(","))):
        name, _, rate = each.partition("=")
        value = _rate(rate)
        if name not in _FAULTS or value is None:
            listed = "、".join(_FAULTS)
            raise Refusal(
                Text(f"“{each}”不是故障：写成 名字=频率（0 到 1）", f"{each!r} is no fault: write name=rate (0 to 1)"),
                fix=Text(f"有：{listed}", f"there are: {', '.join(_FAULTS)}"),
            )
        found[name] = value
    return found


def summary(world: World, made: Simulation, window: Window, language: Language) -> list[Line]:
    """Return the figures: runs, deliveries by state, faults, and whether the ledger kept its promises."""
    states = Counter(row.state for row in made.rows)
    told = " · ".join(f"{state_word(state).to(language)} {amount(n)}" for state, n in sorted(states.items()))
    span = f"{local(world, window.start)} – {local(world, window.end)}"
    words = Text(
        f"{span}：运行 {amount(made.runs)} 次，成员看到 {amount(len(made.seen))} 条",
        f"{span}: {counted(made.runs, 'run', 'runs')}, {counted(len(made.seen), 'message', 'messages')} seen",
    )
    lines = [line(words.to(language)), line(told or Text("没有任何投放", "no deliveries").to(language))]
    if made.faults:
        struck = "，".join(f"{_FAULTS[name].zh} {n}" for name, n in made.faults.items())
        english = ", ".join(f"{_FAULTS[name].en} {n}" for name, n in made.faults.items())
        lines.append(line(Text(f"故意出的错：{struck}", f"faults: {english}").to(language)))
    if made.repeats:
        again = Text(
            f'其中 {amount(made.repeats)} 条是没收到回音又发的，因为栏目写了 on_unknown = "resend"',
            f'{amount(made.repeats)} of them once more after no answer, as on_unknown = "resend" asks',
        )
        lines.append(line(again.to(language)))
    if made.broken:
        lines += [line(Span("✗ ", "bad"), each) for each in made.broken]
    else:
        kept = Text(
            "台账的承诺都守住了：没有擅自重发，没有漏记",
            "the ledger kept its promises: nothing twice unasked, nothing lost",
        )
        lines.append(line(Span("✓ ", "good"), kept.to(language)))
    return lines


def simulation_json(made: Simulation, targets: tuple[str, ...] | None) -> dict[str, Any]:
    """Return the trace as plain data: the same for the same workspace, window, seed and faults."""
    return {
        "struck": dict(made.faults),
        "runs": made.runs,
        "seen": [_seen_json(each) for each in made.seen if targets is None or each.target in targets],
        "deliveries": [_row_json(row) for row in made.rows if targets is None or row.delivery.target in targets],
        "broken": list(made.broken),
    }


def _seen_json(seen: Seen) -> dict[str, Any]:
    message = seen.message
    posters = [each.name for each in message.media]
    return {
        "at": seen.at,
        "key": seen.key,
        "kind": message.kind,
        "text": message.text or message.title,
        "media": posters,
    }


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "key": row.key,
        "at": row.at,
        "state": row.state.name.lower(),
        "attempts": row.attempt,
        "guard": row.guard,
        "reason": row.reason.en if row.reason else row.detail,
    }


def _rate(words: str) -> float | None:
    try:
        rate = float(words)
    except ValueError:
        return None
    return rate if 0 <= rate <= 1 else None


def _targets(world: World, group: str | None, store: str | None) -> tuple[str, ...] | None:
    """Return the targets that were asked for, ``None`` for everyone."""
    if group is not None:
        return (find_target(world, group) or find_group(world, group),)
    if store is None:
        return None
    name = find_store(world, store)
    return (name, *sorted(each.id for each in world.roster.groups.values() if each.store == name))
