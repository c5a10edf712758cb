"""The how-to page for publishers is run as it stands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import tomli

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-publisher.md"
BLOCK = re.compile(r"^```\w+\n# (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def write_blocks(folder: Path) -> list[str]:
    """Write every block of the page into the file it names."""
    blocks = BLOCK.findall(PAGE.read_text("utf-8"))
    for name, text in blocks:
        (folder / name).write_text(text, "utf-8")
    return [name for name, _ in blocks]


def test_the_pages_publisher_passes_the_pages_tests(tmp_path: Path):
    """Whoever copies the page starts green."""
    assert write_blocks(tmp_path) == ["pyproject.toml", "calendarkit_board.py", "test_board.py"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ".", "test_board.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert re.search(r"^\d\d passed", done.stdout, re.MULTILINE), done.stdout


def test_the_pages_entry_point_is_the_pages_module(tmp_path: Path):
    """The distribution offers what the page writes."""
    write_blocks(tmp_path)
    project = tomli.loads((tmp_path / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["calendarkit"] == {"board": "calendarkit_board"}
