"""Crontab: a line of cron on local time, as days and times; both day fields together say ``cron_day``."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from calendarkit.clockwork.dates import FIRST_DAY
from calendarkit.clockwork.days import ALL_DAYS, Days
from calendarkit.clockwork.hatch import LONGEST, Hatch, refuse_flood
from calendarkit.clockwork.words import RuleError
from calendarkit.model.text import Text

CronDay = Literal["or", "and"]
_SOME_DAY = dt.datetime(2028, 1, 1)  # noqa: DTZ001  # cronsim wants a moment; only its fields are asked
_NICKNAMES = {
    "@hourly": "0 * * * *",
    **dict.fromkeys(("@daily", "@midnight"), "0 0 * * *"),
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    **dict.fromkeys(("@yearly", "@annually"), "0 0 1 1 *"),
}
_FIELDS = (
    Text("分（第 1 段）", "minute (field 1)"),
    Text("时（第 2 段）", "hour (field 2)"),
    Text("日（第 3 段）", "day of the month (field 3)"),
    Text("月（第 4 段）", "month (field 4)"),
    Text("周（第 5 段）", "day of the week (field 5)"),
)
_EXAMPLE = Text(
    '例如 "30 12 * * mon-fri"：分 时 日 月 周', 'such as "30 12 * * mon-fri": minute hour day month weekday'
)


def parse_cron(text: str, day: CronDay | None = None) -> Hatch:
    """Read ``30 12 * * mon-fri`` or ``@daily``; names, steps, ``L``, ``LW`` and ``fri#2`` as cronsim has them.

    Args:
        text: five fields, or a nickname.
        day: whether a day must suit one day field or both; needed when neither is ``*``.

    Raises:
        RuleError: ``CK131`` no line of cron, ``CK132`` both day fields and no word on how they go together,
            ``CK133`` too many slots a day.
    """
    written = text.strip()
    fields = _NICKNAMES.get(written.lower(), written).lower().split()
    if len(written) > LONGEST or len(fields) != len(_FIELDS):
        raise _no_line(written, len(fields))
    from cronsim import CronSim, CronSimError  # few columns have one

    for place, field in enumerate(fields):
        alone = ["*"] * len(_FIELDS)
        alone[place] = field
        try:
            CronSim(" ".join(alone), _SOME_DAY)
        except (CronSimError, AssertionError, ValueError):
            raise _bad_field(place, field) from None
    minutes, hours, *days = fields
    line = CronSim(f"{minutes} {hours} * * *", _SOME_DAY)
    times = tuple(sorted(hour * 60 + minute for hour in line.hours for minute in line.minutes))
    refuse_flood(len(times), text)
    return Hatch(days=_on_days(days, day), times=times)


def _on_days(fields: list[str], day: CronDay | None) -> Days:
    from cronsim import CronSim, CronSimError  # few columns have one

    of_month, month, of_week = fields
    if "*" not in (of_month, of_week) and day is None:
        raise RuleError(
            "CK132",
            Text(
                f"日“{of_month}”和周“{of_week}”都写了，没有说要满足一个还是两个",
                f'both days, "{of_month}" and "{of_week}", are given, and not whether one or both must hold',
            ),
            Text(
                '加上 cron_day = "or"（满足一个，cron 的习惯）或 "and"（都满足）',
                'add cron_day = "or" (one of them, as cron does) or "and" (both)',
            ),
        )
    if fields == ["*", "*", "*"]:
        return ALL_DAYS
    try:
        CronSim(f"0 0 {of_month} {month} *", _SOME_DAY)
    except CronSimError:
        wrong = Text(f"{month} 月没有 {of_month} 日", f"month {month} has no day {of_month}")
        raise RuleError("CK131", wrong, Text("月末写 L", "for the end of a month write L")) from None
    both = "*" in (of_month, of_week) or day == "and"
    return Days(recurrences=(("cron-and" if both else "cron-or", f"{of_month} {month} {of_week}", FIRST_DAY),))


def _no_line(written: str, count: int) -> RuleError:
    shown = written[:40]
    if written.lower() == "@reboot":
        fix = Text('写时间，例如 at = "07:30"', 'write a time, such as at = "07:30"')
    elif count in (6, 7):
        fix = Text("去掉秒或年：只要分 时 日 月 周五段", "leave out seconds or years: minute hour day month weekday")
    else:
        fix = _EXAMPLE
    return RuleError("CK131", Text(f"“{shown}”不是五段的 cron", f'"{shown}" is no line of cron with five fields'), fix)


def _bad_field(place: int, field: str) -> RuleError:
    name = _FIELDS[place]
    return RuleError(
        "CK131",
        Text(f"cron 的{name.zh}不能是“{field[:20]}”", f'the {name.en} of cron cannot be "{field[:20]}"'),
        Text("? 写成 *", "write * for ?") if "?" in field else _EXAMPLE,
    )
