"""Problems shown: carets under the right cells, JSON and annotations that machines can trust."""

from __future__ import annotations

import json

import pytest

from calendarkit.calendar.show_problems import count_line, format_github, format_json, format_text, width_of
from calendarkit.model.problem import Problem
from calendarkit.model.text import Text

PROBLEM = Problem(
    code="CK103",
    message=Text("“12点半”不是时间", "not a time"),
    fix=Text("写成 12:30", "write 12:30"),
    file="calendars/noon.toml",
    line=12,
    column=15,
    width=6,
    source='at = { noon = "12点半" }',
    path="column[0].at.noon",
    related=("policy.toml:3",),
)


def test_a_caret_stands_below_chinese() -> None:
    """A Chinese character takes two cells on the screen."""
    assert format_text([PROBLEM]) == (
        "错误[CK103] calendars/noon.toml:12:15  “12点半”不是时间\n"
        "   |\n"
        '12 | at = { noon = "12点半" }\n'
        "   |               ^^^^^^^^ 写成 12:30\n"
        "   = 另见 policy.toml:3\n"
    )


def test_english_speaks_english() -> None:
    """Every word is in the language asked for."""
    shown = format_text([PROBLEM], "en")
    assert shown.startswith("error[CK103] calendars/noon.toml:12:15  not a time\n")
    assert "= see also policy.toml:3" in shown


def test_colour_changes_no_word() -> None:
    """Colours are added and nothing else."""
    coloured = format_text([PROBLEM], colour=True)
    for code in ("\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[0m"):
        coloured = coloured.replace(code, "")
    assert coloured == format_text([PROBLEM])


@pytest.mark.parametrize(
    ("source", "column"), [("x" * 5_000 + "!" + "y" * 5_000, 5_001), ("鲜" * 900, 800), ("\t" * 9 + "a", 10)]
)
def test_a_long_line_is_cut(source: str, column: int) -> None:
    """A line is shown around the caret and never floods the screen."""
    problem = Problem(code="CK1", message=Text("甲", "a"), file="f", line=1, column=column, width=1, source=source)
    for line in format_text([problem]).splitlines():
        assert width_of(line) <= 110


def test_control_characters_never_reach_the_terminal() -> None:
    """A file cannot repaint the screen of the person who checks it."""
    problem = Problem(
        code="CK1", message=Text("\x1b[2J", "\x1b[2J"), file="f", line=1, column=1, width=1, source="\x1b]0;x\x07"
    )
    assert not {"\x1b", "\x07"} & set(format_text([problem]))


def test_problems_are_sorted() -> None:
    """By file, then line."""
    others = [
        Problem(code="CK1", message=Text(file, file), file=file, line=line)
        for file, line in (("b", 2), ("b", 1), ("a", 9))
    ]
    assert [line.split()[1] for line in format_text(others).splitlines()] == ["a:9", "b:1", "b:2"]


def test_json_is_stable() -> None:
    """Both languages, places and counts; keys never change."""
    document = json.loads(format_json([PROBLEM]))
    assert (document["schema"], document["errors"], document["warnings"]) == (1, 1, 0)
    assert document["problems"] == [
        {
            "code": "CK103",
            "severity": "error",
            "message": {"zh": "“12点半”不是时间", "en": "not a time"},
            "fix": {"zh": "写成 12:30", "en": "write 12:30"},
            "file": "calendars/noon.toml",
            "line": 12,
            "column": 15,
            "width": 6,
            "path": "column[0].at.noon",
            "related": ["policy.toml:3"],
        }
    ]


def test_github_annotations_are_escaped() -> None:
    """Percent signs, line breaks, colons and commas cannot break out of the command."""
    odd = Problem(code="CK1", message=Text("甲", "100%\nnow"), file="a,b:c.toml", line=3, severity="warning")
    assert format_github([odd]) == "::warning file=a%2Cb%3Ac.toml,line=3,title=CK1::100%25%0Anow\n"


def test_the_count_speaks_both_languages() -> None:
    """One error is one error."""
    assert count_line([PROBLEM], "zh") == "1 个错误 0 个警告"
    assert count_line([PROBLEM], "en") == "1 error, 0 warnings"
