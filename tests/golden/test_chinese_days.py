"""T6: what columns with Chinese rules do around 调休, moved holidays, 30-day months and leap months, as a table."""

from __future__ import annotations

import datetime as dt

import pytest

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.workspace import Workspace
from calendarkit.model.slot import Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
TABLE = """
workday       2026-09-18..2026-10-11  09-18 09-20 09-21 09-22 09-23 09-24 09-28 09-29 09-30 10-08 10-09 10-10
offday        2026-09-18..2026-10-11  09-19 09-25 09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07 10-11
mon-fri       2026-09-28..2026-10-11  09-28 09-29 09-30 10-01 10-02 10-05 10-06 10-07 10-08 10-09
workday       2020-01-20..2020-02-07  01-20 01-21 01-22 01-23 02-03 02-04 02-05 02-06 02-07
workday       2015-09-01..2015-09-08  09-01 09-02 09-06 09-07 09-08
last_workday  2026-09-01..2026-12-31  09-30 10-30 11-30 12-31
last_workday  2025-01-01..2025-09-30  01-27 02-28 03-31 04-30 05-30 06-30 07-31 08-29 09-30
workday       2026-12-30..2027-12-31  12-30 12-31
offday        2026-12-26..2027-12-31  12-26 12-27
除夕           2024-12-01..2027-12-31  01-28 02-16 02-05
腊月三十        2024-01-01..2027-12-31  02-09
腊月廿九        2024-12-01..2027-12-31  01-28 02-16 02-05
正月三十        2026-01-01..2026-12-31  03-18
农历三十        2026-01-01..2026-12-31  01-18 03-18 05-16 08-12 11-08 12-08
lunar_leap_06-15  2020-01-01..2030-12-31  08-08
lunar_06-15   2025-01-01..2025-12-31  07-09
七夕           2025-01-01..2026-12-31  08-29 08-19
中秋           2025-01-01..2027-12-31  10-06 09-25 09-15
lunar_11-25   2025-01-01..2026-12-31  01-13
lunar_12-01   2024-12-01..2025-12-31  12-31
冬至           2020-01-01..2023-12-31  12-21 12-21 12-22 12-22
立春           2024-01-01..2026-12-31  02-04 02-03 02-04
"""
"""The word (``_`` for a space), the stretch asked, and its days: those off and on from the notices of the State Council
for 2015, 2020, 2025 and 2026, the lunar ones and the terms as sxtwl 2.0.7 has them."""


@pytest.mark.parametrize("row", TABLE.strip().splitlines(), ids=lambda row: " ".join(row.split()[:2]))
def test_a_column_goes_out_on_the_days_of_the_table(row: str) -> None:
    """T6: no day more and no day less, through the compiled index; nothing beyond what was announced."""
    word, stretch, *days = row.split()
    first, last = (dt.datetime.fromisoformat(each).replace(tzinfo=SHANGHAI) for each in stretch.split(".."))
    column = Column(id="c", title="c", on=(word.replace("_", " "),), at=("09:00",))
    index = compile_index(Calendar(workspace=Workspace(name="小店"), columns={"c": column}))
    window = Window(int(first.timestamp()), int(last.timestamp()) + 86400)
    assert [f"{slot.day:%m-%d}" for slot in due(index, window)] == days
