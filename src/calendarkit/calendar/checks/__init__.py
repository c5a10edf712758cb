"""Checks of nouns against each other; each takes the draft and what is known of plugins, and yields findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from calendarkit.calendar.checks.after import check_after
from calendarkit.calendar.checks.anchors import check_anchors
from calendarkit.calendar.checks.audiences import check_audiences
from calendarkit.calendar.checks.capacity import check_capacity
from calendarkit.calendar.checks.channels import check_channels
from calendarkit.calendar.checks.content import check_content
from calendarkit.calendar.checks.hatches import check_hatches
from calendarkit.calendar.checks.ids import check_ids
from calendarkit.calendar.checks.layouts import check_layouts
from calendarkit.calendar.checks.machine import check_machine
from calendarkit.calendar.checks.offers import check_offers
from calendarkit.calendar.checks.parity import check_parity
from calendarkit.calendar.checks.pictures import check_pictures
from calendarkit.calendar.checks.plugins import check_plugins
from calendarkit.calendar.checks.posters import check_posters
from calendarkit.calendar.checks.raw_braces import check_raw_braces
from calendarkit.calendar.checks.roster import check_roster
from calendarkit.calendar.checks.rules import check_rules
from calendarkit.calendar.checks.rush import check_rush
from calendarkit.calendar.checks.secrets import check_secrets
from calendarkit.calendar.checks.variables import check_variables
from calendarkit.calendar.checks.words import check_words
from calendarkit.calendar.checks.workspace import check_workspace
from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known

CHECKS: tuple[Callable[[Draft, Known], Iterator[Finding]], ...] = (
    check_workspace,
    check_ids,
    check_anchors,
    check_rules,
    check_hatches,
    check_after,
    check_content,
    check_variables,
    check_posters,
    check_layouts,
    check_offers,
    check_pictures,
    check_raw_braces,
    check_parity,
    check_words,
    check_audiences,
    check_channels,
    check_rush,
    check_roster,
    check_secrets,
    check_plugins,
    check_machine,
    check_capacity,
)
