"""Names that look like slips of the pen, and names that are a team's own."""

from __future__ import annotations

import pytest

from calendarkit.calendar.misnamed import SURE, misnamed
from calendarkit.calendar.roster_names import GROUP_NAMES


@pytest.mark.parametrize(
    ("name", "meant", "sure"),
    [
        ("member", "members", True),
        ("tag", "tags", True),
        ("Tags ", "tags", None),
        ("titel", "title", False),
        ("群标", "群标签", False),
        ("host", None, None),
        ("面积", None, None),
    ],
)
def test_only_a_likely_slip_is_told(name: str, meant: str | None, sure: bool | None) -> None:
    """A team's own columns are left alone; how alike two names are decides how sure we are."""
    found = list(misnamed([name], ["members", "tags", "title", *GROUP_NAMES]))
    assert [each.meant for each in found] == ([meant] if sure is not None else [])
    assert [each.likeness >= SURE for each in found] == ([sure] if sure is not None else [])


def test_what_is_written_already_is_not_suggested() -> None:
    """Beside ``tags`` a column ``tag`` is a team's own."""
    assert list(misnamed(["tag"], ["members"])) == []
