"""A local stand-in for the WeChat servers, with a record of what members saw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import Field

from calendarkit.extend import Command, Options, Text, hookimpl


class SandboxOptions(Options):
    """``[plugins.sandbox]``: what ``calendarkit sandbox`` does when the command line does not say."""

    port: int = Field(default=8787, ge=0, le=65535)
    """TCP port on this machine; 0 takes a free one."""
    open: bool = False
    """Whether every robot key works, each in a group of its own; otherwise only those of the roster of robots."""


@hookimpl
def calendarkit_commands() -> Iterable[Command]:
    """Offer ``calendarkit sandbox``."""
    yield Command(
        name="sandbox",
        summary=Text(
            "在本机模拟微信服务器，查看群里实际收到的消息",
            "Stand in for the WeChat servers and show what groups received",
        ),
        run=run_sandbox,
        options=SandboxOptions,
    )


def run_sandbox(args: Sequence[str], workspace: Path) -> int:
    """Run the command; everything heavy is imported here."""
    from calendarkit_sandbox.command import run

    return run(args, workspace)
