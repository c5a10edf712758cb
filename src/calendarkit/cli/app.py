"""The command line's root: finds the command's own file and imports nothing else."""

from __future__ import annotations

import click


@click.group()
def app() -> None:
    """Content calendars and publishing for community commerce."""
