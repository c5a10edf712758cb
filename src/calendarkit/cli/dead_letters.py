"""``calendarkit ledger dead`` and ``ledger restored``: what goes out no more by itself, and what nobody knows."""

from __future__ import annotations

from collections import Counter

import click

from calendarkit.cli.bilingual import Command, json_option, option
from calendarkit.cli.lines import Span, line, show, show_json
from calendarkit.cli.opening import opened
from calendarkit.cli.reasons import row_reason
from calendarkit.cli.settings import Settings
from calendarkit.cli.words import amount
from calendarkit.edges.ledger.store import Row
from calendarkit.edges.restored import admit_doubt
from calendarkit.model.state import State
from calendarkit.model.text import Text

_MENDS = {
    "bad_content": Text("改内容后 ledger retry", "mend the content, then ledger retry"),
    "bad_target": Text("改通讯录里的地址后 ledger retry", "mend the address in the roster, then ledger retry"),
    "media_expired": Text("ledger retry", "ledger retry"),
    "unknown": Text(
        "核对过没有发出：需要的话 ledger retry", "looked at and not sent: ledger retry if it still matters"
    ),
}
_LATER = Text("试到最后也没有成功：还来得及就 ledger retry", "tried to the end: ledger retry while there is time")


@click.command(
    "dead",
    cls=Command,
    words=Text(
        "列出不会再自动发送的投放，按原因归类，附上怎么办。",
        "List deliveries that will not go out by themselves any more, by reason, with what to do.",
    ),
    examples=("calendarkit ledger dead", "calendarkit ledger dead --json"),
)
@json_option
@click.pass_obj
def dead_command(settings: Settings, *, as_json: bool) -> None:
    """List dead letters."""
    with opened(settings, reading=True) as world:
        rows = world.store.rows(states=[State.FAILED])
        if as_json:
            show_json(list(world.store.export(states=[State.FAILED])))
            return
    if not rows:
        words = Text("没有发送失败的投放", "nothing has failed")
        show([line(Span(settings.say(words), "dim"))], settings)
        return
    for (outcome, reason), count in Counter(_class(row, settings) for row in rows).most_common():
        show([line(Span(f"{amount(count)} × ", "bad"), reason or outcome)], settings)
        show([line(f"    → {settings.say(_MENDS.get(outcome, _LATER))}")], settings)
        keys = [row.key for row in rows if _class(row, settings) == (outcome, reason)]
        show([line(Span(f"    {key}", "dim")) for key in keys[-3:]], settings)


@click.command(
    "restored",
    cls=Command,
    words=Text(
        "台账从备份恢复后用一次：备份以后到期的投放记为“不确定”，不会重发；看过群后用 ledger resolve 说明。",
        "Use once after the ledger was restored from a backup: what fell due since becomes unknown and is not sent "
        "again; look into the groups, then say so with ledger resolve.",
    ),
    examples=("calendarkit ledger restored --by 老王",),
)
@option(
    "--by", required=True, metavar="NAME", words=Text("谁恢复的，记入台账。", "Who restored it; kept in the ledger.")
)
@click.pass_obj
def restored_command(settings: Settings, by: str) -> None:
    """Admit the doubt."""
    with opened(settings) as world:
        count = admit_doubt(world, by=by)
    words = Text(
        f"{amount(count)} 条记为不确定 → calendarkit ledger list --state unknown",
        f"{amount(count)} became unknown → calendarkit ledger list --state unknown",
    )
    show([line(settings.say(words))], settings)


def _class(row: Row, settings: Settings) -> tuple[str, str]:
    return row.outcome, row_reason(row, settings.language)
