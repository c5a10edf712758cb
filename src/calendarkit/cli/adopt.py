"""A new ledger for a workspace that lost its old one; nothing that was due before it is ever sent."""

from __future__ import annotations

from pathlib import Path

from calendarkit.cli.lines import Span, line, show
from calendarkit.cli.opening import local, opened
from calendarkit.cli.settings import Settings
from calendarkit.model.delivery import Plan
from calendarkit.model.text import Text


def adopt_ledger(settings: Settings, directory: Path) -> None:
    """Begin the ledger of the workspace in ``directory`` (or of ``-C``) now, unless it has begun already."""
    from dataclasses import replace

    chosen = settings if settings.directory is not None else replace(settings, directory=directory)
    with opened(chosen) as world:
        now = int(world.clock.now())
        mark = world.store.mark()
        if mark is None:
            world.store.admit(Plan(), missed={}, mark=now, now=now)
            words = Text("台账已新建，从现在起发送", "the ledger begins now; what is due from now on is sent")
        else:
            since = local(world, mark.created, "YYYY-MM-DD HH:mm")
            words = Text(f"台账完好，自 {since} 起，没有改动", f"the ledger stands since {since}; nothing was changed")
    show([line(Span("✓ ", "good"), settings.say(words))], settings)
