"""The proof of a poster: what was drawn is held against what was asked, and every deviation becomes a fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from calendarkit.model.text import Text
from calendarkit.poster.layers import PriceLayer, TextLayer
from calendarkit.poster.lettering import Trace
from calendarkit.poster.qr import read_back, reads
from calendarkit.poster.setting import Area

if TYPE_CHECKING:
    from PIL.Image import Image

LARGE = 32
"""px from which words count as large on a sheet 1,080 px wide; a phone shows them at a third."""
CONTRAST_LARGE = 3.0
"""Least contrast of large words (WCAG 2.2, 1.4.3)."""
CONTRAST_SMALL = 4.5
"""Least contrast of small words (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code on the canvas: where it stands, what it must say, and what messages call it."""

    area: Area
    wanted: str
    label: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A price on the canvas.

    Attributes:
        label: what messages call it.
        price: yuan.
        size: px it came out at.
        quotes: whether its template speaks of the offer's price.
        single: whether it may be the poster's one price: not struck, not in a repeated group.
    """

    label: str
    price: Decimal
    size: int
    quotes: bool
    single: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What some drawn layers proved: faults found, and what is still to be compared or read."""

    faults: tuple[Text, ...] = ()
    prices: tuple[Shown, ...] = ()
    codes: tuple[Code, ...] = ()


def verify(canvas: Image, traces: Sequence[Trace], context: Mapping[str, Any]) -> tuple[Text, ...]:
    """Return every fault of a finished canvas; empty for a poster that may go.

    Args:
        canvas: the poster before encoding.
        traces: what drawing left.
        context: the job's context, for the offer's price.
    """
    proof = prove(traces, canvas.size)
    codes = (fault for code in proof.codes for fault in read_code(canvas, code))
    return (*proof.faults, *codes, *compare_prices(proof.prices, context))


def prove(traces: Sequence[Trace], size: tuple[int, int]) -> Proof:
    """Return what drawing some layers on a sheet of ``size`` px proved, in their order; nothing is read back yet."""
    faults: list[Text] = []
    for trace in traces:
        faults.extend(_letters(trace, size))
        faults.extend(_printed(trace))
    return Proof(
        tuple(faults),
        tuple(_shown(each) for each in traces if each.price is not None and each.setting),
        tuple(Code(each.code, each.drawn.word("data"), each.drawn.label) for each in traces if each.code),
    )


def read_code(canvas: Image, code: Code) -> tuple[Text, ...]:
    """Return what is wrong with a QR code as it stands on the canvas, empty when it says what it must."""
    if reads(canvas.crop(_rimless(code.area)), code.wanted):
        return ()
    found = read_back(canvas.crop(code.area))
    if found is None:
        return (Text(f"{code.label}：二维码扫不出来", f"{code.label}: the QR code cannot be read"),)
    if found != code.wanted:
        return (Text(f"{code.label}：二维码扫出的是 {found}", f"{code.label}: the QR code reads {found}"),)
    return ()


def _rimless(area: Area) -> Area:
    """Return a code's area without a part of its quiet zone, where a round plate shows what is behind it."""
    rim = min(area[2] - area[0], area[3] - area[1]) // 32
    return area[0] + rim, area[1] + rim, area[2] - rim, area[3] - rim


def compare_prices(prices: Sequence[Shown], context: Mapping[str, Any]) -> Iterator[Text]:
    """Yield a fault for each price that quotes the offer and is not its; also for the biggest price, quoted or not."""
    offer = context.get("offer")
    price = _decimal(offer.get("price")) if isinstance(offer, Mapping) else None
    if price is None:
        return
    for shown in prices:
        if shown.quotes and shown.price != price:
            yield _wrong(shown, price)
    main = max((each for each in prices if each.single), key=lambda each: each.size, default=None)
    if main and main.price != price and not main.quotes:
        yield _wrong(main, price)


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


def _shown(trace: Trace) -> Shown:
    assert trace.price is not None
    assert trace.setting is not None
    drawn = trace.drawn
    struck = isinstance(drawn.layer, PriceLayer) and drawn.layer.strike
    quotes = "offer.price" in drawn.mentions
    return Shown(drawn.label, trace.price, trace.setting.size, quotes, not drawn.repeated and not struck)


def _printed(trace: Trace) -> Iterator[Text]:
    """The digits set are the price."""
    if trace.price is None or trace.setting is None:
        return
    digits = "".join(trace.setting.lines)
    if _decimal(digits) != trace.price:
        label = trace.drawn.label
        yield Text(
            f"{label}：印出的是 {digits}，应为 {trace.price}", f"{label}: prints {digits} instead of {trace.price}"
        )


def _wrong(shown: Shown, price: Decimal) -> Text:
    return Text(
        f"{shown.label}：海报价 {shown.price} 与商品价 {price} 不一致",
        f"{shown.label}: shows {shown.price}, the offer costs {price}",
    )


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
