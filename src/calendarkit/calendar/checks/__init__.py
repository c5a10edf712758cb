"""Checks of nouns against each other; each takes the draft and what is known of plugins, and yields findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known

CHECKS: tuple[Callable[[Draft, Known], Iterator[Finding]], ...] = ()
