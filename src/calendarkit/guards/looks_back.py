"""How much history the built-in guards need; nothing is read that no policy asks for."""

from __future__ import annotations

from calendarkit.calendar.calendar import Calendar
from calendarkit.clockwork.words import parse_duration
from calendarkit.guards.cap_per_week import WEEK

DAY = 86_400


def week(calendar: Calendar, _options: object) -> int:
    """Return seven days for a shop with a cap a week, else 0."""
    return WEEK if calendar.caps.per_week else 0


def mix_days(calendar: Calendar, _options: object) -> int:
    """Return the days over which the share of selling is counted, else 0."""
    mix = calendar.policy.mix
    return mix.days * DAY if mix and mix.max_sale is not None else 0


def sale_pause(calendar: Calendar, _options: object) -> int:
    """Return how long a group rests between two offers, else 0."""
    mix = calendar.policy.mix
    return parse_duration(mix.sale_gap) if mix and mix.sale_gap else 0


def rest(calendar: Calendar, _options: object) -> int:
    """Return how long a product rests, else 0."""
    prices = calendar.policy.prices
    return parse_duration(prices.rest) if prices and prices.rest else 0
