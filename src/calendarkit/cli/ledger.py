"""``calendarkit ledger``: look at the deliveries, and settle what only a person can settle."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from calendarkit.cli.bilingual import Command, Group, json_option, option
from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.days import parse_day, parse_moment
from calendarkit.cli.dead_letters import dead_command, restored_command
from calendarkit.cli.find_slot import find_column
from calendarkit.cli.lines import Span, line, show, show_json
from calendarkit.cli.opening import days_window, local, opened, today, zone_of
from calendarkit.cli.reasons import row_reason
from calendarkit.cli.settings import Settings
from calendarkit.cli.sheet import show_sheet
from calendarkit.cli.words import KEY, REASON, STATE, STATE_STYLES, TIME, amount, counted, state_word
from calendarkit.edges.ledger.store import Row
from calendarkit.edges.world import World
from calendarkit.model.state import State
from calendarkit.model.text import Language, Text

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BY = Text("谁处理的，记入台账。", "Who decides; kept in the ledger.")
_KEY_WORDS = Text("编号（KEY）见 ledger list。", "KEY is shown by ledger list.")


@click.group(
    cls=Group, name="ledger", words=Text("查看和处理投放台账。", "Look at the ledger of deliveries and settle them.")
)
def command() -> None:
    """Hold the subcommands."""


@contextmanager
def _filtered(settings: Settings, asked: Mapping[str, Any]) -> Iterator[tuple[World, dict[str, Any]]]:
    """Yield the world and the store's filters for what was asked."""
    with opened(settings, reading=True) as world:
        filters: dict[str, Any] = {"target": asked["target"]}
        if asked["states"]:
            filters["states"] = tuple(State[each.upper()] for each in asked["states"])
        if asked["column"] is not None:
            filters["column"] = find_column(world, asked["column"]).id
        if asked["day"] is not None:
            filters["day"] = parse_day(asked["day"], today(world)).isoformat()
        if asked["since"] is not None:
            filters["since"] = parse_moment(asked["since"], world.clock.now(), zone_of(world))
        elif not asked["states"] and asked["day"] is None:
            filters["since"] = days_window(world, today(world) - dt.timedelta(days=1), today(world)).start
        yield world, filters


_STATES = click.Choice([each.name.lower() for each in State], case_sensitive=False)
_FILTERS = (
    option(
        "--state",
        "states",
        type=_STATES,
        multiple=True,
        metavar="STATE",
        words=Text(
            "只看这种状态，可重复：unknown、failed、expired、withheld、delivered……",
            "Only this state; may be repeated: unknown, failed, expired, withheld, delivered …",
        ),
    ),
    option("--column", metavar="COLUMN", words=Text("只看这个栏目。", "Only this column.")),
    option("--day", metavar="DATE", words=Text("只看这一天。", "Only this day.")),
    option(
        "--since",
        metavar="TIME",
        words=Text(
            "只看这个时间以后的档期；不写状态和日期时，默认从昨天起。",
            "Only slots since then; from yesterday on when neither state nor day is given.",
        ),
    ),
    option("--target", metavar="ID", words=Text("只看这个群或门店。", "Only this group or store.")),
)


def _with_filters(function: Any) -> Any:
    for each in reversed(_FILTERS):
        function = each(function)
    return function


@command.command(
    "list",
    cls=Command,
    words=Text("列出投放，最近的在最后。", "List deliveries, the latest last."),
    examples=("calendarkit ledger list --state unknown", "calendarkit ledger list --day 今天 --column 午间特惠"),
)
@_with_filters
@option(
    "--limit",
    type=click.IntRange(1),
    default=200,
    metavar="N",
    words=Text("最多几条，默认 200。", "At most; default 200."),
)
@json_option
@click.pass_obj
def list_command(settings: Settings, /, *, limit: int, as_json: bool, **asked: Any) -> None:
    """List rows."""
    with _filtered(settings, asked) as (world, filters):
        if as_json:
            show_json(list(world.store.export(**filters))[-limit:])
            return
        rows = world.store.rows(**filters)
        if not rows:
            show(
                [line(Span(settings.say(Text("台账里没有这样的投放", "the ledger holds no such delivery")), "dim"))],
                settings,
            )
            return
        show_sheet(
            [TIME, STATE, KEY, REASON], [_cells(world, row, settings.language) for row in rows[-limit:]], settings
        )
        if len(rows) > limit:
            total = amount(len(rows))
            more = Text(f"共 {total} 条，列出最近 {limit} 条", f"the latest {limit} of {total}; more with --limit")
            show([line(Span(settings.say(more), "dim"))], settings)


@command.command(
    "retry",
    cls=Command,
    words=Text(
        f"让失败的投放再发一次；已送达和不确定的不会重发，过期的也不会。{_KEY_WORDS.zh}",
        f"Send a failed delivery again; never one that was delivered, is unknown, or is too late. {_KEY_WORDS.en}",
    ),
)
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@option("--by", required=True, metavar="NAME", words=_BY)
@click.pass_obj
def retry_command(settings: Settings, keys: tuple[str, ...], by: str) -> Exit:
    """Retry rows."""
    with opened(settings) as world:
        now = int(world.clock.now())
        _all_known(world, keys)
        done = {key: world.store.retry(key, by=by, now=now) for key in keys}
        return _told(world, done, settings, Text("会再发一次", "will be sent again"))


@command.command(
    "resolve",
    cls=Command,
    words=Text(
        f"说明一条结果不确定的投放到底发没发出去：看过群再填。{_KEY_WORDS.zh}",
        f"Say what became of an unknown delivery, after looking into the group. {_KEY_WORDS.en}",
    ),
    examples=("calendarkit ledger resolve noon-deals/2026-11-25/noon/hz-017.vip/wecom --sent --by 老王",),
)
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@option(
    "--sent/--not-sent",
    "sent",
    default=None,
    words=Text("群里看到了，还是没看到。", "Whether it is in the group."),
)
@option("--by", required=True, metavar="NAME", words=_BY)
@click.pass_obj
def resolve_command(settings: Settings, keys: tuple[str, ...], by: str, *, sent: bool | None) -> Exit:
    """Resolve rows."""
    if sent is None:
        raise Refusal(Text("请写明 --sent 或 --not-sent", "say --sent or --not-sent"))
    with opened(settings) as world:
        now = int(world.clock.now())
        _all_known(world, keys)
        done = {key: world.store.resolve(key, sent=sent, by=by, now=now) for key in keys}
        return _told(world, done, settings, Text("已记下", "noted"))


@command.command(
    "export",
    cls=Command,
    words=Text(
        "导出投放：csv 可直接用 Excel 打开，不会执行公式。",
        "Export deliveries; the csv opens in a spreadsheet and runs no formula.",
    ),
    examples=("calendarkit ledger export --day 昨天 --out 昨天.csv",),
)
@_with_filters
@option(
    "--format",
    "form",
    type=click.Choice(["csv", "json"]),
    default="csv",
    words=Text("默认 csv。", "Default csv."),
)
@option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    words=Text("写到文件，默认打印。", "Write to a file instead of printing."),
)
@click.pass_obj
def export_command(settings: Settings, /, *, form: str, out: Path | None, **asked: Any) -> None:
    """Export rows."""
    with _filtered(settings, asked) as (world, filters):
        rows = list(world.store.export(**filters))
    text = as_csv(rows) if form == "csv" else json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    # spreadsheets read UTF-8 only with a byte order mark in front
    out.write_text(text, "utf-8-sig" if form == "csv" else "utf-8", newline="")
    count = Text(f"{amount(len(rows))} 条 → {out}", f"{counted(len(rows), 'delivery', 'deliveries')} → {out}")
    show([line(settings.say(count))], settings)


def as_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    r"""Return rows as CSV; a text that a spreadsheet would take for a formula gets an apostrophe in front.

    >>> as_csv([{"key": "a", "detail": "=1+1"}])
    "key,detail\r\na,'=1+1\r\n"
    """
    listed = list(rows)
    if not listed:
        return ""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(listed[0])
    writer.writerows([_harmless(value) for value in row.values()] for row in listed)
    return file.getvalue()


def _harmless(value: Any) -> Any:
    """Disarm a text; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _cells(world: World, row: Row, language: Language) -> list[Span | str]:
    state = Span(state_word(row.state).to(language), STATE_STYLES.get(row.state, ""))
    return [Span(local(world, row.at), "key"), state, row.key, row_reason(row, language)]


def _all_known(world: World, keys: Sequence[str]) -> None:
    """Refuse all keys when one is unknown, before anything is done.

    Raises:
        Refusal: the ledger does not hold one of them (exit code 2).
    """
    for key in keys:
        _known(world, key)


def _known(world: World, key: str) -> Row | None:
    """Return the row of ``key``.

    Raises:
        Refusal: the ledger does not hold it (exit code 2).
    """
    row = world.store.row(key)
    if row is None:
        raise Refusal(
            Text(f"台账里没有 {key}", f"the ledger does not hold {key}"),
            fix=Text("calendarkit ledger list", "calendarkit ledger list"),
        )
    return row


def _told(world: World, done: Mapping[str, bool], settings: Settings, words: Text) -> Exit:
    """Say what became of each key; a key that could not be settled needs a person still."""
    for key, well in done.items():
        row = world.store.row(key)
        state = state_word(row.state).to(settings.language) if row is not None else ""
        if well:
            show([line(Span("✓ ", "good"), f"{key} ", Span(settings.say(words), "good"))], settings)
        else:
            refused = Text(f"没有改动：状态是 {state}", f"unchanged: it is {state}")
            show([line(Span("✗ ", "bad"), f"{key} ", Span(settings.say(refused), "bad"))], settings, err=True)
    return Exit.FINE if all(done.values()) else Exit.ATTENTION


command.add_command(dead_command)
command.add_command(restored_command)
