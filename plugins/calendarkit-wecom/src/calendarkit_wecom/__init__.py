"""WeCom (企业微信) publishers for calendarkit."""

from __future__ import annotations

from collections.abc import Iterable

from calendarkit.extend import Publisher, hookimpl
from calendarkit_wecom.robot import ROBOT


@hookimpl
def calendarkit_publishers() -> Iterable[Publisher]:
    """Offer the group robot."""
    return (ROBOT,)
