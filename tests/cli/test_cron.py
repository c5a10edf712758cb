"""The crontab line."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from cli_shop import make_shop, say

from calendarkit.cli.cron import crontab_line, program


@pytest.mark.parametrize(
    ("root", "line"),
    [
        ("/opt/shop", "* * * * *  /bin/calendarkit -C /opt/shop publish"),
        ("/opt/my shop", "* * * * *  /bin/calendarkit -C '/opt/my shop' publish"),
        ("/opt/100%", "* * * * *  /bin/calendarkit -C /opt/100\\% publish"),
    ],
    ids=["plain", "space", "percent"],
)
def test_the_line_is_quoted_for_cron(root: str, line: str) -> None:
    """Spaces for the shell, percent signs for cron."""
    assert crontab_line(Path(root), ("/bin/calendarkit",)) == line


def test_it_names_this_installation_and_this_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both with absolute paths."""
    words = shlex.split(say(capsys, "-C", make_shop(tmp_path), "cron", "print").out)
    assert words[5:] == [*program(), "-C", str(tmp_path), "publish"]
    assert Path(words[5]).is_file()
