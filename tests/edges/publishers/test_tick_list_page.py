"""The tick list in a real Chromium, opened from the disk as staff open it."""

from __future__ import annotations

import pytest
from small_shop import at

from calendarkit.edges.publishers import PUBLISHERS
from calendarkit.extend import Envelope, Message, Target
from calendarkit.testing.fakes import fake_context
from calendarkit.testing.samples import sample_picture

FOLDER = next(each for each in PUBLISHERS if each.name == "folder")
WORDS = "【午间特惠】\n苹果 <5 斤装> 9.9 元 & 包邮"
pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser, tmp_path):
    """Return the tick list of a noon for two groups, on a phone; a complaint of the browser fails the test."""
    picture = Message(kind="image", media=(sample_picture(tmp_path, FOLDER.limits),))
    envelopes = [
        Envelope(
            key=f"noon/2026-11-25/noon/{group}/folder{part}",
            message=message,
            target=Target(id=group, title=group, store="hz-001", store_title="滨江一号店"),
            column_title="午间特惠",
            slot_at=at("12:00"),
            deadline=at("12:30"),
            zone="Asia/Shanghai",
        )
        for group in ("hz-001.fresh", "hz-001.vip")
        for part, message in (("/poster", picture), ("", Message(kind="text", text=WORDS)))
    ]
    list(FOLDER.connect(FOLDER.options(), fake_context(tmp_path, language="zh")).send(envelopes))
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened, complaints = context.new_page(), []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto((tmp_path / "out/2026-11-25/hz-001 滨江一号店/打卡清单.html").as_uri())
    yield opened
    context.close()
    assert complaints == []


def test_shows_the_poster_and_fits_a_phone(page):
    """The picture beside the page is found, and nothing is wider than the screen."""
    assert page.evaluate("[...document.images].map((each) => each.naturalWidth)") == [16]
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_copies_the_words_as_they_are_posted(page):
    """What lands in the clipboard is the text, with its line breaks and signs."""
    page.click("text=复制文字")
    page.wait_for_selector("text=已复制")
    assert page.evaluate("navigator.clipboard.readText()") == WORDS


def test_remembers_ticks_and_folds_what_is_done(page):
    """One of two groups keeps the card open; both close it, and a reload forgets nothing."""
    page.check("text=hz-001.vip")
    assert (page.inner_text("#ticked"), page.is_visible("pre")) == ("1", True)
    page.check("text=hz-001.fresh")
    page.reload()
    assert (page.inner_text("#ticked"), page.is_visible("pre")) == ("2", False)
    page.uncheck("text=hz-001.vip")
    assert (page.inner_text("#ticked"), page.is_visible("pre")) == ("1", True)
