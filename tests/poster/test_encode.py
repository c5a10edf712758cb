"""Encoding: 4:4:4, under the limit, in a format the channel takes."""

from __future__ import annotations

import io

import pytest
from PIL import Image, JpegImagePlugin

from calendarkit.poster.encode import encode
from calendarkit.poster.layers import Sheet

NOISE = Image.effect_noise((300, 300), 80).convert("RGB")
SHEET = Sheet(name="t")


def test_colour_is_kept_in_full() -> None:
    """Small red words stay sharp: no chroma subsampling."""
    encoded = encode(NOISE, SHEET)
    assert JpegImagePlugin.get_sampling(Image.open(io.BytesIO(encoded.data))) == 0
    assert (encoded.mime, encoded.quality) == ("image/jpeg", 88)


def test_quality_steps_down_to_fit() -> None:
    """A limit below what 88 gives is met by a lower quality, without a fault."""
    limit = len(encode(NOISE, SHEET).data) - 10_000
    encoded = encode(NOISE, SHEET, max_bytes=limit)
    assert len(encoded.data) <= limit
    assert 62 <= encoded.quality < 88
    assert encoded.faults == ()


def test_the_floor_holds() -> None:
    """Below the floor it does not go: the poster is at fault instead."""
    encoded = encode(NOISE, SHEET, max_bytes=2_000)
    assert encoded.quality == 62
    assert "超过 2 KB" in encoded.faults[0].zh


@pytest.mark.parametrize(
    ("form", "mimes", "mime", "faults"),
    [
        ("png", (), "image/png", 0),
        ("png", ("image/jpeg",), "image/jpeg", 0),
        ("jpeg", ("image/png", "image/jpeg"), "image/jpeg", 0),
        ("jpeg", ("image/png",), "image/png", 0),
        ("jpeg", ("image/gif",), "image/jpeg", 1),
    ],
    ids=["asked for", "channel wants jpeg", "layout wins", "channel wants png", "nothing fits"],
)
def test_the_channel_decides_the_format(form: str, mimes: tuple[str, ...], mime: str, faults: int) -> None:
    """The layout's format where the channel takes it, else one it takes, else a fault."""
    encoded = encode(NOISE, Sheet.model_validate({"name": "t", "format": form}), mimes=mimes)
    assert (encoded.mime, len(encoded.faults)) == (mime, faults)
    assert Image.open(io.BytesIO(encoded.data)).size == (300, 300)
