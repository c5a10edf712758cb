"""The floors hold, and a planted violation is found."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINT = Path(sys.executable).with_name("lint-imports")

PLANTS = [
    pytest.param("model/slot.py", "import calendarkit.edges.clock", "Each floor", id="model-reaches-up"),
    pytest.param("clockwork/zones.py", "import time", "Pure floors", id="clockwork-reads-the-clock"),
    pytest.param("stages/plan.py", "from calendarkit.stages import due", "Stages do not", id="stage-imports-stage"),
    pytest.param("guards/gap.py", "import random", "Pure floors", id="guard-rolls-dice"),
]


def lint(folder):
    """Run import-linter on a copy of the source and return its result."""
    return subprocess.run(
        [LINT, "--config", folder / "pyproject.toml", "--no-cache"],
        cwd=folder / "src",
        env={"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path):
    """Return a copy of the source tree."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_floors_hold():
    """The source as it stands breaks no contract."""
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("file", "line", "contract"), PLANTS)
def test_a_planted_violation_is_found(house, file, line, contract):
    """Each contract can fail: an import that breaks it is named."""
    target = house / "src" / "calendarkit" / file
    target.write_text(target.read_text("utf-8") + f"\n{line}  # planted\n", "utf-8")
    result = lint(house)
    assert result.returncode == 1
    broken = [each for each in result.stdout.splitlines() if each.startswith(contract) and "BROKEN" in each]
    assert broken, result.stdout
