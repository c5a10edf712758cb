"""Typesetting of prices: a small sign, big yuan, small decimals close behind, a small unit, on one baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from calendarkit.poster.fonts import Face, Fonts, Measure, measure, missing_in
from calendarkit.poster.layers import PriceLayer
from calendarkit.poster.setting import DESCENT, Area, Run, Setting, ink_of, inner_of, left_of, line_runs, nudged
from calendarkit.poster.spacing import width_of

FIGURES = 0.76
"""Height of figures, with a little air, in sizes."""
MIDDLE = 0.37
"""Height of the middle of digits and capitals above the baseline, in sizes."""


def set_price(words: tuple[Decimal, str], layer: PriceLayer, box: Area, fonts: Fonts) -> Setting:
    """Return a price set on one line: small sign, big yuan, small decimals, small unit.

    Args:
        words: the price in yuan, and its unit.
        layer: how it looks.
        box: where it must stay.
        fonts: where fonts come from.
    """
    value, unit = words
    inner = inner_of(layer, box)
    chain = fonts.chain(layer.font)
    width = measure(chain)
    yuan, _, cents = plain(value).partition(".")
    smallest = min(layer.min_size or max(8, layer.size * 2 // 3), layer.size)
    for size in range(layer.size, smallest - 1, -1):
        parts = _price_parts(layer, (yuan, cents, unit), size)
        total = sum(_part_width(each, width) - _kern(each, size) for each in parts)
        if total <= inner[2] - inner[0] and size * FIGURES <= inner[3] - inner[1]:
            break
    setting = _price_placed(parts, size, layer, inner, chain=chain)
    everything = "".join(text for text, _, _ in parts)
    return replace(
        setting,
        lines=(f"{yuan}.{cents}" if cents else yuan,),
        missing=missing_in(everything, chain),
        spilled=total > inner[2] - inner[0],
    )


def plain(value: Decimal) -> str:
    """Return a price without idle zeros: ``9.9``, ``12``."""
    text = f"{value.quantize(Decimal('0.01')):f}"
    return text.rstrip("0").rstrip(".")


Part = tuple[str, int, bool]
"""Words, px, and whether they are faint."""


def _price_parts(layer: PriceLayer, words: tuple[str, str, str], size: int) -> list[Part]:
    yuan, cents, unit = words
    parts = [
        (layer.symbol, max(8, round(size * layer.symbol_scale)), False),
        (yuan, size, False),
        (f".{cents}" if cents else "", max(8, round(size * layer.decimals_scale)), False),
        (f" {unit}" if unit else "", max(8, round(size * layer.unit_scale)), True),
    ]
    return [each for each in parts if each[0]]


def _part_width(part: Part, width: Measure) -> float:
    return width_of(part[0], width) * part[1]


def _kern(part: Part, size: int) -> float:
    """Return how far decimals move towards the big figures before them, px."""
    return 0.04 * size if part[0].startswith(".") else 0.0


def _price_placed(
    parts: Sequence[Part], size: int, layer: PriceLayer, inner: Area, *, chain: tuple[Face, ...]
) -> Setting:
    width = measure(chain)
    x = start = left_of(inner, sum(_part_width(each, width) - _kern(each, size) for each in parts), layer.align)
    height = FIGURES * size
    share = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[layer.valign]
    y = inner[1] + (inner[3] - inner[1] - height) * share + height
    found: list[Run] = []
    struck = x
    for part in parts:
        x -= _kern(part, size)
        found.extend(replace(run, faint=part[2]) for run in line_runs(part[0], (x, y, part[1]), layer, chain))
        x += _part_width(part, width)
        struck = struck if part[2] else x
    rules = (_strike(start, struck, y, size),) if layer.strike else ()
    area = (int(start), round(y - height), int(x + 0.999), round(y + DESCENT * size))
    return nudged(Setting(tuple(found), area, ink_of(found, rules), size, (), rules), inner)


def _strike(start: float, end: float, y: float, size: int) -> Area:
    thick = max(2, round(size * 0.06))
    middle = round(y - MIDDLE * size)
    return int(start), middle - thick // 2, int(end), middle - thick // 2 + thick
