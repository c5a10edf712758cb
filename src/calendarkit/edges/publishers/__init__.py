"""The publishers that come with calendarkit: packs for staff to forward, and the terminal."""

from __future__ import annotations

from calendarkit.edges.publishers.console import CONSOLE
from calendarkit.edges.publishers.folder import FOLDER
from calendarkit.extend.publishing import Publisher

PUBLISHERS: tuple[Publisher, ...] = (CONSOLE, FOLDER)
"""Sorted by name."""

__all__ = ["PUBLISHERS"]
