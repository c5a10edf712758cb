"""File names: readable, safe, and never a way out of the folder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.edges.publishers.file_names import MOST_BYTES, file_name, id_name


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("午间特惠", "午间特惠"),
        ("买一/送一：9.9?", "买一／送一：9.9？"),
        ('a\\b:c*d"e<f>g|h', "a＼b：c＊d＂e＜f＞g｜h"),
        ("  早安\t\n贴士 ", "早安 贴士"),
        ("..", "_"),
        ("", "_"),
        (".hidden.", "hidden"),
        ("周三秒杀\u202egpj.exe\x00\x1b[31m", "周三秒杀gpj.exe[31m"),
        ("nul.txt", "_nul.txt"),
        ("COM1", "_COM1"),
        ("console", "console"),
    ],
    ids=[
        "plain",
        "slash",
        "windows",
        "blanks",
        "up",
        "empty",
        "dots",
        "control",
        "device-with-ending",
        "device",
        "no-device",
    ],
)
def test_keeps_what_people_read(title, expected):
    """A Chinese title stays as it is read."""
    assert file_name(title) == expected


@given(st.text(max_size=300))
def test_is_one_component_of_bounded_length(title):
    """Whatever the title, the name is one safe path component."""
    name = file_name(title)
    assert name not in ("", ".", "..")
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert len(name.encode()) <= MOST_BYTES + 1
    assert name == name.strip(". ")


def test_cuts_long_titles_between_characters():
    """Half a Chinese character would be no character."""
    assert file_name("长" * 200) == "长" * (MOST_BYTES // 3)


@pytest.mark.parametrize(
    ("identity", "title", "expected"),
    [("hz-001", "滨江一号店", "hz-001 滨江一号店"), ("hz-001", "", "hz-001"), ("hz-001", "hz-001", "hz-001")],
    ids=["both", "no-title", "same"],
)
def test_begins_with_the_id(identity, title, expected):
    """Sorted by id, read by title."""
    assert id_name(identity, title) == expected


@given(st.text(max_size=20), st.text(max_size=20))
def test_different_ids_have_different_names(one, other):
    """Two ids that look alike once made safe still get folders of their own."""
    assert (id_name(one) == id_name(other)) == (one == other)
