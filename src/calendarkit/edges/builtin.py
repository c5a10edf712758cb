"""What comes with calendarkit itself, offered through the same door as any plugin's."""

from __future__ import annotations

from collections.abc import Iterable

from calendarkit.extend.hookspecs import hookimpl
from calendarkit.extend.painting import Painter
from calendarkit.extend.planning import ColumnKind, Guard
from calendarkit.extend.publishing import Publisher
from calendarkit.extend.working import Engine


@hookimpl
def calendarkit_publishers() -> Iterable[Publisher]:
    """Offer ``folder`` and ``console``."""
    from calendarkit.edges.publishers import PUBLISHERS

    return PUBLISHERS


@hookimpl
def calendarkit_painters() -> Iterable[Painter]:
    """Offer the Pillow painter."""
    from calendarkit.poster.painter import PAINTERS

    return PAINTERS


@hookimpl
def calendarkit_column_kinds() -> Iterable[ColumnKind]:
    """Offer tips, deals, flash sales, member days and the others."""
    from calendarkit.kinds import KINDS

    return KINDS


@hookimpl
def calendarkit_guards() -> Iterable[Guard]:
    """Offer quiet hours, caps, discount floors and the others."""
    from calendarkit.guards import GUARDS

    return GUARDS


@hookimpl
def calendarkit_engines() -> Iterable[Engine]:
    """Offer the threads of this process."""
    from calendarkit.edges.engines.local import ENGINE

    return (ENGINE,)
