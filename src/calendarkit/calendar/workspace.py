"""``calendarkit.toml``: the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from calendarkit.calendar.fields import DateWords, Duration, Strings, Zone, counted, numbered
from calendarkit.calendar.ledger_address import LedgerAddress
from calendarkit.calendar.noun import Noun
from calendarkit.calendar.policy import Caps, Quiet


class Files(Noun):
    """Where the other documents lie; glob patterns relative to the workspace, sorted by path."""

    calendars: Strings = ("calendars/*.toml",)
    stores: Strings = ("stores.toml", "stores.csv")
    groups: Strings = ("groups.toml", "groups.csv")
    offers: Strings = ("offers.toml", "offers.csv", "offers/*.toml", "offers/*.csv")
    pools: Strings = ("pools/*.toml", "pools/*.csv")
    policy: Strings = ("policy.toml",)
    events: Strings = ("events.toml", "events.csv")
    templates: str = "templates"
    posters: str = "posters"
    assets: str = "assets"


class EngineChoice(Noun):
    """Where work runs."""

    name: str = "local"
    """Name of the engine: ``local`` sends from this process, ``worker`` leaves it to ``calendarkit worker``."""
    senders: int = Field(default=64, ge=1, le=256)
    """Sender threads."""
    painters: int = Field(default=0, ge=0, le=64)
    """Poster processes; 0 means one per processor."""
    ledger: LedgerAddress = ""
    """Address of the PostgreSQL server that keeps the ledger for several machines, ``"secret:ledger/url"`` or
    ``"postgresql://shop@db.example.com/shop"``; left out, the ledger is ``state/ledger.db`` on this machine."""


class WatchChoice(Noun):
    """Who is told how runs of ``publish`` go, beside the people who ask ``status``."""

    ping: str = ""
    """Address that is asked for after every run, with ``/fail`` behind it when the run needs a person; an address that
    holds a key is written as ``secret:NAME``."""
    every: Duration = "5m"
    """How often a shop with nothing to do pings and renews its metrics."""
    metrics: str = ""
    """File for the textfile collector of Prometheus; relative to the workspace."""
    log: str = ""
    """File that gets one line of JSON for each thing that happens, or ``"stderr"``."""


class HttpChoice(Noun):
    """How requests leave this machine."""

    proxy: str = ""
    """Address of the proxy that every request goes through, ``"http://proxy.example.com:3128"``; one that holds a
    password is written as ``secret:NAME``. Proxy variables of the environment are ignored."""


class RateChoice(Noun):
    """How fast a channel goes, instead of what its plugin says; a bare number is the ``count``."""

    count: int = Field(ge=1)
    """Most messages in the time the rate is about, below the platform's documented limit."""
    confirmed: str = ""
    """Who granted more than the documented limit, and where that is written."""


class StatutoryDays(Noun):
    """Days off and workdays beside those that the State Council announced, for ``workday`` and ``offday``."""

    offday: DateWords = ()
    """Days off, whatever was announced: ``"2027-02-05..2027-02-12"``."""
    workday: DateWords = ()
    """Workdays, whatever was announced (调休)."""
    years: Annotated[tuple[Annotated[int, Field(ge=2007, le=2100)], ...], BeforeValidator(numbered)] = ()
    """Years that are complete with what stands here, such as one whose notice is newer than calendarkit."""


class Workspace(Noun):
    """The root document: ``calendarkit.toml``."""

    name: str
    """What people call the shop or chain; the programme's heading."""
    timezone: Zone = "Asia/Shanghai"
    """IANA name of the zone that times are written in."""
    language: Literal["zh", "en"] = "zh"
    """Language of messages."""
    channels: Strings = ()
    """Publishers used by columns that name none."""
    state: str = "state"
    """Folder of the ledger, the index and rendered media; made with mode 0700."""
    theme: str = ""
    """Theme of every poster that names none with ``@``: a file below ``posters/themes/`` or a shipped one."""
    max_jump: Duration = "24h"
    """A clock that jumps forward by more asks before it sends."""
    files: Files = Files()
    """Where the other documents lie."""
    engine: EngineChoice = EngineChoice()
    """Where work runs."""
    watch: WatchChoice = WatchChoice()
    """Who is told how runs go."""
    http: HttpChoice = HttpChoice()
    """How requests leave this machine."""
    rates: Mapping[str, Mapping[str, Annotated[RateChoice, BeforeValidator(counted)]]] = Field(default_factory=dict)
    """By channel and name of the rate, ``wecom = { robot = 15 }``: how fast, instead of what the plugin says."""
    statutory: StatutoryDays = StatutoryDays()
    """Which days are workdays and which are off, beside what was announced."""
    quiet: Quiet | None = None
    """Quiet hours of every column."""
    caps: Caps = Caps()
    """How much one group may receive."""
    plugins: Mapping[str, Mapping[str, Any]] = Field(default_factory=dict)
    """One table a plugin; the plugin's own options model judges what is inside."""
