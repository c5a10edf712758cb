"""Words for intervals: what a team may write in ``every``, such as ``2 weeks`` or ``隔周``."""

from __future__ import annotations

import re

from calendarkit.clockwork.mend import plain
from calendarkit.clockwork.weekdays import small
from calendarkit.clockwork.words import RuleError, refuse_long, write
from calendarkit.model.text import Text

MOST = 1000
"""Days, weeks or months; who writes more meant something else."""
_UNITS = {
    **dict.fromkeys(("day", "days", "天", "日"), "days"),
    **dict.fromkeys(("week", "weeks", "周", "星期", "个星期", "礼拜", "个礼拜"), "weeks"),
    **dict.fromkeys(("month", "months", "个月", "月"), "months"),
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_EVERY = re.compile(rf"(?:every |每隔?)?([\d一二两三四五六七八九十廿]+) ?({_UNIT})", re.ASCII)
_OTHER = {"隔天": "days", "隔日": "days", "隔周": "weeks", "隔月": "months"}


def parse_every(text: str) -> tuple[str, int]:
    """Read ``"2 weeks"``, ``两周``, ``隔天`` and return the unit, ``days``, ``weeks`` or ``months``, and how many.

    Raises:
        RuleError: ``CK113``.
    """
    refuse_long(text, "CK113")
    word = plain(text).lower()
    if word in _OTHER:
        return _OTHER[word], 2
    match = _EVERY.fullmatch(word)
    if match:
        try:
            step = small(match[1])
        except ValueError:
            step = 0
        if 1 <= step <= MOST and not word.startswith("每隔"):
            return _UNITS[match[2]], step
    fix = Text('例如 "2 weeks"、"两周"、"3 days"', 'such as "2 weeks", "3 days", "1 month"')
    if word.isdecimal() and 1 <= int(word) <= MOST:
        fix = write(f"{int(word)} weeks")
    if word.startswith("每隔"):
        fix = Text('“每隔”有两种读法：写 "2 weeks" 或 "3 weeks"', '"每隔" can be read two ways: write "2 weeks"')
    raise RuleError("CK113", Text(f"“{text}”不是间隔", f'"{text}" is not an interval'), fix)
