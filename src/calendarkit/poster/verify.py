"""The proof of a poster: what was drawn is held against what was asked, and every deviation becomes a fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from calendarkit.model.text import Text
from calendarkit.poster.layers import PriceLayer, TextLayer
from calendarkit.poster.lettering import Trace
from calendarkit.poster.qr import read_back
from calendarkit.poster.setting import Area

if TYPE_CHECKING:
    from PIL.Image import Image

LARGE = 32
"""px from which words count as large on a sheet 1,080 px wide; a phone shows them at a third."""
CONTRAST_LARGE = 3.0
"""Least contrast of large words (WCAG 2.2, 1.4.3)."""
CONTRAST_SMALL = 4.5
"""Least contrast of small words (WCAG 2.2, 1.4.3)."""


def verify(canvas: Image, traces: Sequence[Trace], context: Mapping[str, Any]) -> tuple[Text, ...]:
    """Return every fault of a finished canvas, in the order of the layers; empty for a poster that may go.

    Args:
        canvas: the poster before encoding.
        traces: what drawing left.
        context: the job's context, for the offer's price.
    """
    faults: list[Text] = []
    for trace in traces:
        faults.extend(_letters(trace, canvas.size))
        faults.extend(_code(canvas, trace))
    faults.extend(_prices(traces, context))
    return tuple(faults)


def _letters(trace: Trace, size: tuple[int, int]) -> Iterator[Text]:
    setting, label = trace.setting, trace.drawn.label
    if setting is None:
        return
    if setting.missing:
        chars = " ".join(setting.missing)
        yield Text(f"{label}：没有字体能显示 {chars}", f"{label}: no font can show {chars}")
    clipped = isinstance(trace.drawn.layer, TextLayer) and trace.drawn.layer.overflow == "clip"
    inks = [each for each in (trace.ink, None if trace.drawn.layer.rotate else setting.ink) if each]
    if setting.spilled:
        yield Text(f"{label}：缩到最小字号仍放不下", f"{label}: does not fit even at its smallest size")
    elif not clipped and not all(_within(each, trace.drawn.box) for each in inks):
        yield Text(f"{label}：文字超出了它的框", f"{label}: its words stick out of its box")
    if not all(_within(_common(each, trace.drawn.box), (0, 0, *size)) for each in inks):
        yield Text(f"{label}：文字超出了画面", f"{label}: its words leave the poster")
    least = CONTRAST_LARGE if setting.size * 1080 >= LARGE * size[0] else CONTRAST_SMALL
    if trace.contrast is not None and trace.contrast < least:
        ratio = f"{trace.contrast:.1f}"
        yield Text(
            f"{label}：文字与背景对比度 {ratio}，低于 {least:g}，看不清",
            f"{label}: contrast with what is behind is {ratio}, below {least:g}",
        )


def _code(canvas: Image, trace: Trace) -> Iterator[Text]:
    if trace.code is None:
        return
    wanted = trace.drawn.word("data")
    found = read_back(canvas.crop(trace.code))
    label = trace.drawn.label
    if found is None:
        yield Text(f"{label}：二维码扫不出来", f"{label}: the QR code cannot be read")
    elif found != wanted:
        yield Text(f"{label}：二维码扫出的是 {found}", f"{label}: the QR code reads {found}")


def _prices(traces: Sequence[Trace], context: Mapping[str, Any]) -> Iterator[Text]:
    """Every price that speaks of the offer is the offer's; so is the biggest price, whatever its template says."""
    offer = context.get("offer")
    price = _decimal(offer.get("price")) if isinstance(offer, Mapping) else None
    shown = [each for each in traces if each.price is not None and each.setting]
    for trace in shown:
        yield from _printed(trace)
        if price is not None and "offer.price" in trace.drawn.mentions and trace.price != price:
            yield _wrong(trace, price)
    single = [each for each in shown if not each.drawn.repeated and not _struck(each)]
    if price is not None and single:
        main = max(single, key=lambda each: each.setting.size if each.setting else 0)
        if main.price != price and "offer.price" not in main.drawn.mentions:
            yield _wrong(main, price)


def _printed(trace: Trace) -> Iterator[Text]:
    """The digits set are the price."""
    digits = "".join(trace.setting.lines) if trace.setting else ""
    if _decimal(digits) != trace.price:
        yield Text(
            f"{trace.drawn.label}：印出的是 {digits}，应为 {trace.price}",
            f"{trace.drawn.label}: prints {digits} instead of {trace.price}",
        )


def _wrong(trace: Trace, price: Decimal) -> Text:
    label = trace.drawn.label
    return Text(
        f"{label}：海报价 {trace.price} 与商品价 {price} 不一致",
        f"{label}: shows {trace.price}, the offer costs {price}",
    )


def _struck(trace: Trace) -> bool:
    return isinstance(trace.drawn.layer, PriceLayer) and trace.drawn.layer.strike


def _decimal(value: Any) -> Decimal | None:
    try:
        return None if value is None or value == "" else Decimal(str(value))
    except InvalidOperation:
        return None


def _common(ink: Area, box: Area) -> Area:
    """Return what of the ink is drawn: drawing is clipped to the box."""
    return max(ink[0], box[0]), max(ink[1], box[1]), min(ink[2], box[2]), min(ink[3], box[3])


def _within(ink: Area, box: Area) -> bool:
    """Whether ink lies inside a box; one px of smoothing is forgiven."""
    return ink[0] >= box[0] - 1 and ink[1] >= box[1] - 1 and ink[2] <= box[2] + 1 and ink[3] <= box[3] + 1
