"""Golden diagnostics: small broken workspaces and, beside each, what a person reads about it in Chinese and English.

A folder below ``diagnostics/`` holds only what differs from ``diagnostics/good``; a file of no bytes takes the good one
away. To write the expected texts anew, look at them and commit them::

    CALENDARKIT_GOLDEN=write python -m pytest tests/golden/test_diagnostics.py
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from calendarkit.calendar.catalogue import ENTRIES
from calendarkit.calendar.known import Known
from calendarkit.calendar.noun import Noun
from calendarkit.calendar.show_problems import count_line, format_text
from calendarkit.edges.files import read
from calendarkit.extend import Traits
from calendarkit.kinds import KINDS
from calendarkit.model.problem import Problem
from calendarkit.model.text import Language, Text
from calendarkit.stages.validate import validate

HERE = Path(__file__).parent / "diagnostics"
CASES = sorted(each.name for each in HERE.iterdir() if each.name != "good")


class WecomOptions(Noun):
    """The options of the plugin in these cases."""

    robot: str = ""


@dataclass(frozen=True)
class Channel:
    """A channel with a name and traits."""

    name: str
    traits: Traits


KNOWN = Known(
    channels={
        "folder": Channel("folder", Traits(dedupe="upsert", local=True)),
        "wecom": Channel("wecom", Traits(dedupe="none", reaches=("staff",), address=("key",), rush=8)),
    },
    options={"wecom": WecomOptions},
    engines=frozenset({"local", "worker"}),
    kinds={each.name: each for each in KINDS},
    layouts={"noon_deal": '[shapes]\nsquare = [1080, 1080]\n\n[[layer]]\ntype = "text"\ntext = "{{ offer.title }}"\n'},
    rates={"folder": {}, "wecom": {"robot": 20}},
    themes=frozenset({"double11"}),
    picture=lambda _: Text("不是 JPEG、PNG 或 WebP 图片", "it is no JPEG, PNG or WebP picture"),
    secret=lambda name: name == "robot/hz-001",
)


def problems_of(name: str, folder: Path) -> tuple[Problem, ...]:
    shutil.copytree(HERE / "good", folder)
    for source in (each for each in (HERE / name).rglob("*") if each.is_file()):
        path = source.relative_to(HERE / name)
        if path.name.startswith("expected."):
            continue
        if source.stat().st_size:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, folder / path)
        else:
            (folder / path).unlink()
    return validate(read(folder), KNOWN).problems


def shown(problems: tuple[Problem, ...], language: Language, folder: Path) -> str:
    text = format_text(problems, language) + count_line(problems, language) + "\n"
    return text.replace(str(folder), "SHOP")


@pytest.mark.parametrize("name", CASES)
def test_a_broken_workspace_is_explained(name: str, tmp_path: Path) -> None:
    """Every broken workspace says exactly what is wrong, where, and what to write instead."""
    folder = tmp_path / "shop"
    problems = problems_of(name, folder)
    assert problems
    for language in ("zh", "en"):
        actual, expected = shown(problems, language, folder), HERE / name / f"expected.{language}.txt"
        if os.environ.get("CALENDARKIT_GOLDEN") == "write":
            expected.write_text(actual, "utf-8")
        assert actual == expected.read_text("utf-8")
    check_places(problems)


def check_places(problems: tuple[Problem, ...]) -> None:
    """Codes are catalogued, problems are sorted, and every place lies inside its file."""
    places = [(each.file, each.line, each.column) for each in problems]
    assert places == sorted(places)
    for each in problems:
        assert each.code in ENTRIES
        assert each.line or each.code in ("CK005", "CK006", "CK007"), each
        assert not each.source or 1 <= each.column <= len(each.source) + 1, each


def test_the_good_workspace_has_no_problems(tmp_path: Path) -> None:
    """What the cases differ from is clean, so that each shows its own mistake only."""
    assert validate(read(HERE / "good"), KNOWN).problems == ()
