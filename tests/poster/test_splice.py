"""The tile splice: whatever changes, the bytes are those of encoding everything, and decode alike everywhere."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from calendarkit.poster import splice
from calendarkit.poster.splice import Spliced, encode_whole, parts, tile_blocks

SIZES = ((432, 304), (541, 403), (100, 90), (1048, 64))
AREA = st.tuples(st.integers(-40, 1100), st.integers(-40, 420), st.integers(1, 260), st.integers(1, 120))


def picture(size: tuple[int, int]) -> Image.Image:
    """Return something with edges and ramps."""
    ramp, noise = Image.radial_gradient("L").resize(size), Image.effect_noise(size, 60)
    return Image.merge("RGB", (ramp, noise, ramp.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))


def scribble(canvas: Image.Image, areas: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Change some areas, given as left, top, width, height, and return them as the press would."""
    changed = []
    for number, (left, top, width, height) in enumerate(areas):
        canvas.paste(Image.effect_noise((width, height), 40 + number).convert("RGB"), (left, top))
        changed.append((left, top, left + width, top + height))
    return changed


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(SIZES), st.lists(st.lists(AREA, max_size=3), min_size=1, max_size=3), st.sampled_from([62, 88]))
def test_spliced_is_encoded_whole(size: tuple[int, int], rounds: list[list[tuple[int, ...]]], quality: int) -> None:
    """After any number of changes the file, its size and its digest are those of a full encoding."""
    canvas = picture(size)
    spliced = Spliced(canvas, quality)
    for areas in rounds:
        spliced.update(canvas, scribble(canvas, areas))  # type: ignore[arg-type]
        whole = encode_whole(canvas, quality)
        assert spliced.data == whole
        assert (spliced.size, spliced.digest()) == (len(whole), hashlib.sha256(whole).hexdigest())


@pytest.mark.parametrize("quality", [62, 88])
def test_markers_change_no_pixel(quality: int) -> None:
    """The file shows exactly what plain Pillow would have encoded without markers."""
    canvas, file = picture((541, 403)), io.BytesIO()
    canvas.save(file, "JPEG", quality=quality, subsampling=0)
    with Image.open(file) as plain, Image.open(io.BytesIO(encode_whole(canvas, quality))) as marked:
        assert plain.tobytes() == marked.tobytes()


def test_only_what_changed_is_encoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change in one corner costs the tiles it touches, not the picture."""
    canvas, heights = picture((432, 304)), []
    spliced = Spliced(canvas, 88)
    monkeypatch.setattr(
        splice, "encode_whole", lambda each, *more: heights.append(each.height) or encode_whole(each, *more)
    )
    spliced.update(canvas, scribble(canvas, [(3, 9, 10, 14)]))
    assert heights == [16]


@pytest.mark.parametrize("marker", [b"\xff\xdb", b"\xff\xc4", b"\xff\xdd"], ids=["DQT", "DHT", "DRI"])
def test_other_tables_are_not_spliced(monkeypatch: pytest.MonkeyPatch, marker: bytes) -> None:
    """Where an encoder chose other tables for the tiles, the whole picture is encoded instead."""

    def strange(canvas: Image.Image, quality: int, blocks: int = 0) -> bytes:
        data = encode_whole(canvas, quality, blocks)
        at = data.index(marker) + 5
        return data if canvas.size == (432, 304) else data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

    canvas = picture((432, 304))
    spliced = Spliced(canvas, 88)
    monkeypatch.setattr(splice, "encode_whole", strange)
    spliced.update(canvas, scribble(canvas, [(3, 9, 10, 14)]))
    assert spliced.data == encode_whole(canvas, 88)


@pytest.mark.parametrize(("width", "blocks"), [(1080, 27), (720, 30), (64, 8), (1048, 131), (540, 34), (1242, 26)])
def test_tiles_fill_rows_exactly(width: int, blocks: int) -> None:
    """About 27 blocks where that divides the row, else the whole row."""
    assert tile_blocks(width) == blocks
    assert -(-width // 8) % blocks == 0


def test_what_has_no_scan_is_refused() -> None:
    """A cut file is an error, not a strange poster."""
    with pytest.raises(ValueError, match="no scan"):
        parts(encode_whole(picture((64, 64)), 88)[:20])


@pytest.mark.browser
def test_a_browser_sees_the_same_pixels(browser: Any) -> None:
    """Chromium decodes the spliced file to the very pixels of a plain one."""
    canvas, plain = picture((432, 304)), io.BytesIO()
    spliced = Spliced(canvas, 88)
    spliced.update(canvas, scribble(canvas, [(30, 9, 100, 140), (300, 250, 200, 200)]))
    canvas.save(plain, "JPEG", quality=88, subsampling=0)
    page = browser.new_page()
    seen = [page.evaluate(PIXELS, base64.b64encode(each).decode()) for each in (spliced.data, plain.getvalue())]
    page.close()
    assert spliced.data != plain.getvalue()
    assert seen[0] == seen[1]
    assert len(set(seen[0].split(","))) > 50


PIXELS = """async (data) => {
  const img = new Image(); img.src = "data:image/jpeg;base64," + data; await img.decode();
  const canvas = document.createElement("canvas"); canvas.width = img.width; canvas.height = img.height;
  const pen = canvas.getContext("2d"); pen.drawImage(img, 0, 0);
  return pen.getImageData(0, 0, canvas.width, canvas.height).data.join(); }"""
"""What a page sees of a picture: red, green, blue and opacity of every pixel."""
