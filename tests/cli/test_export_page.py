"""The leaflet's page in a real browser: it fits a phone, and it fits one sheet of A4."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from calendarkit.cli.leaflet_page import leaflet_page
from calendarkit.stages.leaflet import Leaflet, Row

MONDAY = dt.date(2026, 11, 23)
ROWS = tuple(
    Row(
        title=f"断码捡漏第{number}场",
        days=tuple(MONDAY + dt.timedelta(each) for each in (0, 1, 3, 4)),
        times=(f"{10 + number}:00",),
        promise="尺码不全，合适就带走，一周一次，卖完为止",
        star=number % 2 == 0,
    )
    for number in range(7)
)
PAGE = leaflet_page(Leaflet(shop="鲜果时光" * 6, store="滨江一号店" * 6, first=MONDAY, rows=ROWS), "zh")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_need_not_scroll_sideways(browser, scheme):
    """At 390 px nothing is wider than the screen, whatever the names, and words stand out from the ground."""
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page.set_content(PAGE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    colours = page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
    light, dark = (sum(map(int, re.findall(r"\d+", each)[:3])) for each in colours)
    page.close()
    assert abs(light - dark) > 450


@pytest.mark.browser
def test_a_full_week_is_one_sheet_of_paper(browser):
    """Seven rows with all their words print on one page of A4."""
    page = browser.new_page()
    page.set_content(PAGE)
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
