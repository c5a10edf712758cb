"""The pages in a real Chromium, on a desk and on a phone."""

from __future__ import annotations

import io

import pytest
from PIL import Image

pytestmark = pytest.mark.browser


@pytest.fixture
def open_page(browser, client):
    """Open a path of the sandbox in a window of a size; complaints of the browser fail the test."""
    complaints, contexts = [], []

    def open_page(path, width, height):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(client.sandbox.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def fill(client, make):
    picture = io.BytesIO()
    Image.new("RGB", (300, 500), "#e4572e").save(picture, "PNG")
    client.send(make.image(picture.getvalue()))
    client.send(make.text("午间特惠：苹果 5 斤 19.9 元 <script>document.title='x'</script>"))


@pytest.mark.parametrize(("width", "height", "framed"), [(1280, 900, True), (390, 844, False)], ids=["desk", "phone"])
def test_a_chat_fits_its_window(open_page, client, make, width, height, framed):
    """On a desk the chat stands in a phone's frame, on a phone it fills the width; nothing sticks out sideways."""
    fill(client, make)
    page = open_page("/groups/hz-001.vip", width, height)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    phone = page.locator(".phone").bounding_box()
    assert (phone["width"] < 450) == framed or phone["width"] == width
    colours = Image.open(io.BytesIO(page.screenshot())).convert("RGB").getcolors(width * height) or []
    assert any(count > 5000 for count, colour in colours if colour == (0xE4, 0x57, 0x2E)), "the poster is not visible"


def test_a_script_in_a_message_is_words(open_page, client, make):
    """The browser shows the tag and does not run it."""
    fill(client, make)
    page = open_page("/groups/hz-001.vip", 1280, 900)
    assert "<script>" in page.locator(".bubble").inner_text()
    assert page.title() == "滨江一号店 VIP 群 · 微信沙箱"


def test_a_new_message_appears_by_itself(open_page, client, make):
    """The page follows the log without a reload, at its end."""
    fill(client, make)
    page = open_page("/groups/hz-001.vip", 390, 844)
    client.send(make.text("刚刚来的一条"))
    bubble = page.get_by_text("刚刚来的一条")
    bubble.wait_for(timeout=8000)
    assert bubble.bounding_box()["y"] < 844


def test_the_list_leads_to_a_chat(open_page, client, make):
    """A click on a group opens its chat, and the arrow leads back."""
    fill(client, make)
    page = open_page("/", 390, 844)
    page.get_by_text("滨江一号店 VIP 群").click()
    page.locator(".back").click()
    assert page.locator(".groups li").count() >= 5
