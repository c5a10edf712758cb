"""Painting whole posters: shipped layouts with any shop, base and patch equal to drawing afresh, light imports."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from poster_shop import APPLES, BARE, LONG, PRODUCTS, SHORT, TIP, context, paint, painter

from calendarkit.extend import PosterJob
from calendarkit.poster.painter import PAINTERS
from calendarkit.poster.shipped import shipped, shipped_fonts, shipped_layouts

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "tip": ("morning_tip", context("07:30", item=TIP)),
    "bare tip": ("morning_tip", context("07:30", item={"title": "早"}, store={**LONG, "join_url": ""}, workspace={})),
    "noon": ("noon_deal", context(offer=APPLES)),
    "bare noon": ("noon_deal", context(offer=BARE, store=LONG)),
    "flash": ("flash_sale", context("20:00", offer=APPLES)),
    "bare flash": ("flash_sale", context("20:00", offer=BARE, store={**LONG, "join_url": ""})),
    "three": ("flash_sale", context("20:00", values={"products": PRODUCTS}, store=LONG)),
}


@pytest.mark.parametrize("case", CASES)
def test_shipped_layouts_take_what_there_is(case: str) -> None:
    """With and without photo, list price, limit, code, and with long and short names, nothing is at fault."""
    layout, values = CASES[case]
    poster = painter().paint(PosterJob(layout=layout, context=values, max_bytes=2_000_000))
    assert poster.faults == ()
    assert (poster.mime, poster.width, poster.height) == ("image/jpeg", 1080, 1920)
    assert len(poster.data) < 700_000


@settings(max_examples=8, deadline=None)
@given(st.text(alphabet="滨江一号店旗舰杭州市（西门）·VIPgjy0123 -，", min_size=1, max_size=60).filter(str.strip))
def test_any_store_name_makes_a_good_poster(name: str) -> None:
    """No name runs out of its box, under the code, or off the poster."""
    job = PosterJob(layout="noon_deal", context=context(offer=APPLES, store={**SHORT, "name": name}))
    assert PAINTER.paint(job).faults == ()


PAINTER = painter()


def test_base_and_patch_equal_a_fresh_drawing() -> None:
    """The second store on a kept base gets byte for byte what a new painter draws."""
    warm = painter()
    first = warm.paint(PosterJob(layout="flash_sale", context=context("20:00", offer=APPLES)))
    job = PosterJob(layout="flash_sale", context=context("20:00", offer=APPLES, store=LONG))
    assert warm.paint(job).data == painter().paint(job).data != first.data


def test_another_offer_is_another_base() -> None:
    """A price that changes between two posters is never taken from the kept base."""
    warm = painter()
    one = warm.paint(PosterJob(layout="noon_deal", context=context(offer=APPLES)))
    other = warm.paint(PosterJob(layout="noon_deal", context=context(offer=BARE)))
    assert one.data != other.data
    assert other.faults == ()


def test_equal_jobs_give_equal_bytes(tmp_path: Any) -> None:
    """Drawing is a function of the job."""
    layer = '[[layer]]\ntype = "text"\ntext = "滨江店"\nbox = [10, 10, 300, 100]\n'
    assert paint(tmp_path, layer).data == paint(tmp_path, layer).data


def test_importing_the_painter_is_light() -> None:
    """Neither Pillow nor the QR library is imported before a poster is drawn."""
    code = (
        "import sys, calendarkit.poster.painter; print([n for n in ('PIL', 'zxingcpp', 'jinja2') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_one_painter_is_offered() -> None:
    """Its name is what layouts' columns get without a choice."""
    assert [each.name for each in PAINTERS] == ["pillow"]


def test_the_shipped_assets_are_found() -> None:
    """Fonts and layouts lie below the assets folder, in a checkout as in a wheel."""
    assert (shipped_fonts() / "OFL.txt").is_file()
    assert (shipped() / "photos" / "LICENSE.fluent-emoji.txt").is_file()
    assert (shipped_layouts() / "noon_deal.toml").is_file()


def test_every_shipped_picture_opens() -> None:
    """Each photo is a transparent square of 720 px below 90 kB."""
    photos = sorted((shipped() / "photos").glob("*.webp"))
    assert len(photos) >= 20
    for path in photos:
        picture = Image.open(io.BytesIO(path.read_bytes()))
        assert (picture.size, picture.mode, path.stat().st_size < 90_000) == ((720, 720), "RGBA", True), path.name
