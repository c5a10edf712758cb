"""A robot's markdown as runs of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.cli.robot_markdown import Run, robot_markdown


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("**a** b", (Run(text="a", bold=True), Run(text=" b"))),
        ('<font color="info">a</font>', (Run(text="a", colour="info"),)),
        ("<font color='comment'>**a**</font>", (Run(text="a", bold=True, colour="comment"),)),
        ("[a](https://example.com)", (Run(text="a", url="https://example.com"),)),
        ("[a](javascript:x)", (Run(text="[a](javascript:x)"),)),
        ("`a`", (Run(text="a", code=True),)),
        ("<@zhang>", (Run(text="@zhang", colour="info"),)),
        ('<font color="red">a</font>', (Run(text='<font color="red">a</font>'),)),
        ("2 * 3 ** 4", (Run(text="2 * 3 ** 4"),)),
        ("", ()),
    ],
    ids=["bold", "colour", "bold in colour", "link", "no address", "code", "mention", "no colour", "stars", "empty"],
)
def test_a_line_is_cut_into_runs(text: str, runs: tuple[Run, ...]) -> None:
    """What is no markup stays as it is written."""
    assert robot_markdown(text)[0].runs == runs


@pytest.mark.parametrize(
    ("text", "level", "quoted"),
    [("# a", 1, False), ("### a", 3, False), ("#a", 0, False), ("> a", 0, True), (">a", 0, True), ("a > b", 0, False)],
)
def test_headings_and_quotes(text: str, level: int, *, quoted: bool) -> None:
    """Only at the beginning of a line; a heading needs its space."""
    found = robot_markdown(text)[0]
    assert (found.level, found.quoted) == (level, quoted)


@given(st.text(alphabet="a好*`<>[]()# \n", max_size=60))
def test_every_line_stays_a_line(text: str) -> None:
    """Whatever the author typed, and nothing is invented."""
    found = robot_markdown(text)
    assert len(found) == max(len(text.splitlines()), 1)
    assert set("".join(each.text for each in found)) <= set(text)
