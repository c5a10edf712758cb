"""Rates as a workspace wants them, instead of what its publishers say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from calendarkit.calendar.workspace import RateChoice
from calendarkit.extend.publishing import Publisher, Rate


def at_rates(publisher: Publisher, choices: Mapping[str, RateChoice]) -> Publisher:
    """Return ``publisher`` with the rates that somebody chose, none of them in a greater burst than before.

    What is not below the platform's documented limit counts only where it is confirmed; ``check`` tells the others.

    Args:
        publisher: a channel.
        choices: by name of the rate.
    """
    if not choices:
        return publisher
    rates = tuple(_chosen(each, choices.get(each.name)) for each in publisher.limits.rates)
    return replace(publisher, limits=replace(publisher.limits, rates=rates))


def _chosen(rate: Rate, choice: RateChoice | None) -> Rate:
    if choice is None or (choice.count >= rate.limit and not choice.confirmed):
        return rate
    most = choice.count + max(rate.limit - rate.count, 1)
    return replace(rate, count=choice.count, limit=choice.count + 1 if choice.confirmed else min(most, rate.limit))
