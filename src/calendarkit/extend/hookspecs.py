"""The hooks: how a plugin hands its records to calendarkit.

Every hook takes no arguments, returns an iterable of records, is called at most once a process and only when its
records are first needed. The signatures are frozen for ever: records gain optional fields instead.
"""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from calendarkit.extend.painting import LayerKind, Painter
from calendarkit.extend.planning import ColumnKind, FeedbackSource, Guard, RosterSource, Source
from calendarkit.extend.publishing import Publisher
from calendarkit.extend.working import Command, Engine, Observer

PROJECT = "calendarkit"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """The ten doors."""

    @hookspec
    def calendarkit_publishers(self) -> Iterable[Publisher]:
        """Offer channels; called when a due delivery names one of them."""
        raise NotImplementedError

    @hookspec
    def calendarkit_painters(self) -> Iterable[Painter | LayerKind]:
        """Offer ways to draw posters, or kinds of layers for layouts; called when a poster is rendered or prewarmed."""
        raise NotImplementedError

    @hookspec
    def calendarkit_column_kinds(self) -> Iterable[ColumnKind]:
        """Offer kinds of columns; called when a calendar is validated or planned."""
        raise NotImplementedError

    @hookspec
    def calendarkit_guards(self) -> Iterable[Guard]:
        """Offer guards; called at planning and again just before sending."""
        raise NotImplementedError

    @hookspec
    def calendarkit_sources(self) -> Iterable[Source]:
        """Offer content, offers or occasions; called at planning."""
        raise NotImplementedError

    @hookspec
    def calendarkit_rosters(self) -> Iterable[RosterSource]:
        """Offer stores and groups; called when something is due and the cache is stale."""
        raise NotImplementedError

    @hookspec
    def calendarkit_feedback(self) -> Iterable[FeedbackSource]:
        """Offer signals from a platform; called by ``report``."""
        raise NotImplementedError

    @hookspec
    def calendarkit_engines(self) -> Iterable[Engine]:
        """Offer places where work runs; called when something must be delivered or prewarmed."""
        raise NotImplementedError

    @hookspec
    def calendarkit_commands(self) -> Iterable[Command]:
        """Offer commands; called when the command line does not know a command itself."""
        raise NotImplementedError

    @hookspec
    def calendarkit_observers(self) -> Iterable[Observer]:
        """Offer observers; called after a record was written, and whatever they do is ignored."""
        raise NotImplementedError
