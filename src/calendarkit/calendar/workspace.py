"""``calendarkit.toml``: the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from calendarkit.calendar.noun import Noun
from calendarkit.calendar.policy import Caps, Quiet


class Files(Noun):
    """Where the other documents lie; glob patterns relative to the workspace, sorted by path."""

    calendars: tuple[str, ...] = ("calendars/*.toml",)
    stores: tuple[str, ...] = ("stores.toml", "stores.csv")
    groups: tuple[str, ...] = ("groups.toml", "groups.csv")
    offers: tuple[str, ...] = ("offers.toml", "offers.csv", "offers/*.toml", "offers/*.csv")
    pools: tuple[str, ...] = ("pools/*.toml", "pools/*.csv")
    policy: tuple[str, ...] = ("policy.toml",)
    templates: str = "templates"
    posters: str = "posters"
    assets: str = "assets"


class EngineChoice(Noun):
    """Where work runs."""

    name: str = "local"
    senders: int = Field(default=64, ge=1, le=256)
    """Sender threads."""
    painters: int = Field(default=0, ge=0, le=64)
    """Poster processes; 0 means one per processor."""


class Workspace(Noun):
    """The root document: ``calendarkit.toml``."""

    name: str
    """What people call the shop or chain; the programme's heading."""
    timezone: str = "Asia/Shanghai"
    language: str = "zh"
    channels: tuple[str, ...] = ()
    """Publishers used by columns that name none."""
    state: str = "state"
    """Folder of the ledger, the index and rendered media; made with mode 0700."""
    max_jump: str = "24h"
    """A clock that jumps forward by more asks before it sends."""
    files: Files = Files()
    engine: EngineChoice = EngineChoice()
    quiet: Quiet | None = None
    caps: Caps = Caps()
    plugins: Mapping[str, Mapping[str, Any]] = Field(default_factory=dict)
    """One table a plugin; the plugin's own options model judges what is inside."""
