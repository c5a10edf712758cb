"""Golden weeks: calendars without a mistake whose coming week would still not go out as somebody thinks.

A folder below ``weeks/`` holds only what differs from ``diagnostics/good``; it is Wednesday, 25 November 2026, 09:00.
To write the expected texts anew, look at them and commit them::

    CALENDARKIT_GOLDEN=write python -m pytest tests/golden/test_weeks.py
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from small_shop import at

from calendarkit import pipeline
from calendarkit.calendar.show_problems import count_line, format_text
from calendarkit.model.problem import Problem
from calendarkit.testing.fakes import FakeClock

HERE = Path(__file__).parent / "weeks"
GOOD = Path(__file__).parent / "diagnostics" / "good"
CASES = sorted(each.name for each in HERE.iterdir())
MORNING = at("09:00")


def checked(shop: Path) -> tuple[Problem, ...]:
    """Return what ``check`` finds on that Wednesday morning."""
    world, problems = pipeline.check(shop, clock=FakeClock(MORNING))
    world.close()
    return tuple(sorted(problems, key=lambda each: (each.file, each.line, each.column)))


@pytest.mark.parametrize("name", CASES)
def test_a_week_is_forewarned_of(name: str, tmp_path: Path) -> None:
    """What will be withheld is told days ahead: which slot, when, from whom, why, and the smallest edit."""
    shop = tmp_path / "shop"
    shutil.copytree(GOOD, shop)
    shutil.copytree(HERE / name, shop, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.*"))
    problems = checked(shop)
    for language in ("zh", "en"):
        actual, expected = format_text(problems, language), HERE / name / f"expected.{language}.txt"
        actual += count_line(problems, language) + "\n"
        if os.environ.get("CALENDARKIT_GOLDEN") == "write":
            expected.write_text(actual, "utf-8")
        assert actual == expected.read_text("utf-8")
    assert {each.severity for each in problems} == {"warning"}
    assert not (shop / "state/ledger.db").exists()


def test_a_good_week_has_no_warnings(tmp_path: Path) -> None:
    """What the cases differ from is clean, so that each shows its own trouble only."""
    assert checked(shutil.copytree(GOOD, tmp_path / "shop")) == ()


@pytest.mark.parametrize(
    ("case", "strict", "mended"),
    [
        ("cap-per-week", "per_week = 5", "per_week = 6"),
        ("caps-exceeded", "per_day = 2", "per_day = 3"),
        ("offers-too-close", "2h", "1h"),
        ("product-without-rest", '"3d"', '"24h"'),
        ("silent-weekend", "max_silence = 1", "max_silence = 2"),
        ("too-few-brand-posts", "min_brand_posts = 2", "min_brand_posts = 1"),
        ("too-much-selling", "0.6", "0.84"),
    ],
    ids=lambda each: each if "-" in each else "",
)
def test_a_week_that_just_fits_has_no_warnings(case: str, strict: str, mended: str, tmp_path: Path) -> None:
    """The smallest edit that a warning names is enough."""
    shop = tmp_path / "shop"
    shutil.copytree(GOOD, shop)
    shutil.copytree(HERE / case, shop, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.*"))
    policy = shop / "policy.toml"
    policy.write_text(policy.read_text("utf-8").replace(strict, mended), "utf-8")
    assert checked(shop) == ()


def test_a_damaged_ledger_stops_no_check(tmp_path: Path) -> None:
    """What the files say can be judged without it; status tells about the ledger."""
    shop = tmp_path / "shop"
    shutil.copytree(GOOD, shop)
    shutil.copytree(HERE / "offer-sold-out-in-pool", shop, dirs_exist_ok=True)
    (shop / "state").mkdir(mode=0o700)
    (shop / "state/ledger.db").write_bytes(b"no database" * 400)
    assert [each.code for each in checked(shop)] == ["CK416"]
