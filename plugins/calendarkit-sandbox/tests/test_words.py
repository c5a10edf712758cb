"""The words of the pages, and moments as chats write them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

import calendarkit_sandbox
from calendarkit_sandbox.words import WORDS, when

NOW = dt.datetime(2026, 11, 25, 20, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        pytest.param(0, "12:30", "12:30", id="today"),
        pytest.param(1, "昨天 12:30", "Yesterday 12:30", id="yesterday"),
        pytest.param(2, "星期一 12:30", "Mon 12:30", id="this-week"),
        pytest.param(6, "星期四 12:30", "Thu 12:30", id="six-days"),
        pytest.param(7, "2026年11月18日 12:30", "18 Nov 2026, 12:30", id="a-week"),
        pytest.param(-1, "2026年11月26日 12:30", "26 Nov 2026, 12:30", id="the-future"),
    ],
)
def test_a_moment_is_written_as_in_a_chat(days, zh, en):
    """The nearer, the shorter."""
    instant = NOW.replace(hour=12, minute=30) - dt.timedelta(days=days)
    assert (when(instant, NOW, "zh"), when(instant, NOW, "en")) == (zh, en)


def test_every_word_of_the_templates_exists_in_both_languages():
    """A template asks only for words that are there, and each differs by language."""
    folder = Path(calendarkit_sandbox.__file__).parent / "templates"
    asked = {word for file in folder.glob("*.html") for word in re.findall(r"say\('(\w+)'", file.read_text("utf-8"))}
    assert asked <= set(WORDS)
    assert all(text.zh and text.en and text.zh != text.en for text in WORDS.values())
