"""The options of a plugin, which its table in ``calendarkit.toml`` fills."""

from __future__ import annotations

from pydantic import ConfigDict

from calendarkit.calendar.noun import Noun


class Options(Noun):
    """The options of a plugin: subclass it; its docstrings become the reference page."""

    model_config = ConfigDict(defer_build=True)  # most processes use few of the models they import


class NoOptions(Options):
    """For a record that takes no options."""
