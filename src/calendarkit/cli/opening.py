"""Opens the workspace for a command and says aloud when it is not the present one that is used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import arrow

from calendarkit.cli.lines import Span, line, show
from calendarkit.cli.settings import Settings
from calendarkit.edges.world import World, open_world
from calendarkit.extend import Clock
from calendarkit.model.slot import Window
from calendarkit.model.text import Text


@contextmanager
def opened(settings: Settings, *, clock: Clock | None = None, sandbox: str | None = None) -> Iterator[World]:
    """Yield the world of the workspace; on the last good documents, with a warning, where the present ones are wrong.

    Raises:
        Refusal: there is no workspace.
        WorkspaceError: nothing in it can be used.
    """
    with open_world(settings.root(), clock=clock, sandbox=sandbox, language=settings.language) as world:
        if world.stale:
            show([line(Span(settings.say(stale_words(world)), "warn"))], settings, err=True)
        yield world


def stale_words(world: World) -> Text:
    """Say that the files have errors and the last good ones are in use."""
    count = sum(each.severity == "error" for each in world.problems)
    return Text(
        f"文件里有 {count} 个错误，正在使用上一次正确的版本 → calendarkit check",
        f"the files hold {count} error{'' if count == 1 else 's'}; the last good version is in use → calendarkit check",
    )


def zone_of(world: World) -> str:
    """Return the workspace's zone, in which people read times."""
    return world.calendar.workspace.timezone


def today(world: World) -> dt.date:
    """Return the day it is in the workspace's zone."""
    return arrow.get(world.clock.now(), tzinfo=zone_of(world)).date()


def days_window(world: World, first: dt.date, after: dt.date) -> Window:
    """Return the window from the midnight that begins ``first`` to the one that begins ``after``."""
    zone = zone_of(world)
    return Window(*(int(arrow.get(day, tzinfo=zone).timestamp()) for day in (first, after)))


def local(world: World, instant: float, form: str = "MM-DD HH:mm") -> str:
    """Return an instant on the workspace's clock."""
    return arrow.get(instant, tzinfo=zone_of(world)).format(form)
