"""Everything the workspace says, checked and joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from calendarkit.calendar.column import Anchor, Column
from calendarkit.calendar.event import Events
from calendarkit.calendar.offer import Offer
from calendarkit.calendar.policy import Caps, Policy, Quiet
from calendarkit.calendar.pool import Pool
from calendarkit.calendar.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A valid calendar; mappings are by id and sorted by it, so that file order means nothing.

    Attributes:
        events: what customers did, for columns with ``after``.
        zones: IANA names of the stores' own zones, sorted, for columns on the clock of their audience.
        quiet: by column id, the quiet hours that hold for it (column, else file, else policy, else workspace).
        caps: the caps that hold.
        worth: by column id, what its kind says members gain: ``knowledge``, ``emotion``, ``benefit`` or ``sale``;
            columns that members never see, and those of no kind, are left out.
        templates: the texts of the files below ``templates/``, by path relative to it, such as ``tips/am.txt``.
        places: ``file:line`` by ``column.<id>`` and ``column.<id>.<key>``, for explanations; may be partial.
    """

    workspace: Workspace
    columns: Mapping[str, Column] = field(default_factory=dict)
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    pools: Mapping[str, Pool] = field(default_factory=dict)
    policy: Policy = Policy()
    events: Events = Events()
    zones: tuple[str, ...] = ()
    quiet: Mapping[str, Quiet] = field(default_factory=dict)
    caps: Caps = Caps()
    worth: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
