"""What the enabled plugins offer, in the words validation asks for."""

from __future__ import annotations

from calendarkit.calendar.known import Known
from calendarkit.calendar.noun import Noun
from calendarkit.edges.plugins import BUILT_IN, Registry
from calendarkit.poster.shipped import shipped_layouts
from calendarkit.poster.theme import theme_names

_HOOKS = ("publishers", "painters", "guards", "column_kinds", "sources", "rosters", "feedback", "engines", "commands")

WORKER = "worker"
"""The engine that leaves sending to ``calendarkit worker``; it runs in no process of its own."""


def known(registry: Registry) -> Known:
    """Return names, options and traits of every record; loads the enabled plugins.

    Raises:
        PluginError: two plugins offer the same name.
    """
    options: dict[str, type[Noun]] = {}
    for hook in _HOOKS:
        for name, offered in registry.offered(hook).items():
            table = name if offered.table == BUILT_IN else offered.table
            if name == table or table not in options:
                options[table] = offered.record.options
    return Known(
        channels=registry.records("publishers"),
        kinds=registry.records("column_kinds"),
        options=options,
        layouts={path.stem: path.read_text("utf-8") for path in sorted(shipped_layouts().glob("*.toml"))},
        themes=frozenset(theme_names()),
        engines=frozenset({*registry.records("engines"), WORKER}),
    )
