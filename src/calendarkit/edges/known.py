"""What the enabled plugins offer, in the words validation asks for."""

from __future__ import annotations

from pathlib import Path

from calendarkit.calendar.known import Known
from calendarkit.calendar.noun import Noun
from calendarkit.edges.plugins import BUILT_IN, Registry
from calendarkit.edges.secrets import SecretChain
from calendarkit.errors import SecretMissing
from calendarkit.model.text import Text
from calendarkit.poster.picture_header import judge_picture
from calendarkit.poster.pictures import find_picture
from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.shipped import shipped_layouts
from calendarkit.poster.theme import theme_names

_HOOKS = ("publishers", "painters", "guards", "column_kinds", "sources", "rosters", "feedback", "engines", "commands")

WORKER = "worker"
"""The engine that leaves sending to ``calendarkit worker``; it runs in no process of its own."""


def known(registry: Registry, *, assets: Path | None = None, secrets: SecretChain | None = None) -> Known:
    """Return names, options and traits of every record; loads the enabled plugins.

    Args:
        registry: the enabled plugins.
        assets: folder of the pictures, to look at them.
        secrets: who knows secrets, to ask for their names.

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
        rates={
            name: {rate.name: rate.limit for rate in each.limits.rates}
            for name, each in registry.records("publishers").items()
        },
        engines=frozenset({*registry.records("engines"), WORKER}),
        picture=None if assets is None else lambda name: _picture(name, assets),
        secret=None if secrets is None else lambda name: _is_known(name, secrets),
    )


def _picture(name: str, assets: Path) -> Text | None:
    try:
        return judge_picture(find_picture(name, (assets,)))
    except PosterError as error:
        return error.text


def _is_known(name: str, secrets: SecretChain) -> bool:
    try:
        secrets.resolve(name)
    except SecretMissing:
        return False
    return True
