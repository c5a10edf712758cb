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
def opened(
    settings: Settings, *, clock: Clock | None = None, sandbox: str | None = None, reading: bool = False
) -> Iterator[World]:
    """Yield the world of the workspace, with a warning on standard error where its files hold errors.

    Args:
        settings: where, and in which language.
        clock: the machine's by default.
        sandbox: an origin that every request goes to instead.
        reading: nothing is written; a ledger on a disk that is read-only is read from a copy.

    Raises:
        Refusal: there is no workspace.
        WorkspaceError: nothing in it can be used.
    """
    with open_world(settings.root(), clock=clock, sandbox=sandbox, language=settings.language) as world:
        wrong = errors_words(world)
        if wrong is not None:
            show([line(Span(settings.say(wrong), "warn"))], settings, err=True)
        world.reading = reading
        yield world


def errors_words(world: World) -> Text | None:
    """Say that the files hold errors and what that means; ``None`` when they hold none."""
    count = sum(each.severity == "error" for each in world.problems)
    if not count:
        return None
    many = "error" if count == 1 else "errors"
    if world.stale:
        return Text(
            f"文件里有 {count} 个错误，正在使用上一次正确的版本 → calendarkit check",
            f"the files hold {count} {many}; the last good version is in use → calendarkit check",
        )
    if world.sound:
        return Text(
            f"文件里有 {count} 个价格错误，有关的商品不会发送，其余照常 → calendarkit check",
            f"the files hold {count} {many} of prices; these offers are not sent, all else is → calendarkit check",
        )
    return Text(
        f"文件里有 {count} 个错误，改好之前什么也不会发送 → calendarkit check",
        f"the files hold {count} {many}; nothing is sent until that is mended → calendarkit check",
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
