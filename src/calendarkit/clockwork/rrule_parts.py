"""The parts of an RRULE: read, held to RFC 5545, and refused where calendars read them in two ways."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from calendarkit.clockwork.words import RuleError
from calendarkit.model.text import Text

Parts = Mapping[str, str]
_RANGES = {
    "INTERVAL": (1, 1000), "COUNT": (1, 10_000), "BYHOUR": (0, 23), "BYMINUTE": (0, 59), "BYSECOND": (0, 59),
    "BYMONTH": (1, 12), "BYMONTHDAY": (1, 31), "BYYEARDAY": (1, 366), "BYWEEKNO": (1, 53), "BYSETPOS": (1, 366),
}  # fmt: skip
_SIGNED = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}
_SINGLE = {"INTERVAL", "COUNT"}
_KNOWN = ("FREQ", "UNTIL", "BYDAY", "WKST", "DTSTART", *_RANGES)
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_SHORT = ("SECONDLY", "MINUTELY", "HOURLY")
_BYDAY = re.compile(r"([+-]?[1-9]\d?)?(?:MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_INSTEAD = {
    "BYWEEKNO": Text("写 on 和 every，例如 every = \"2 weeks\"", 'write on and every, such as every = "2 weeks"'),
    "BYSECOND": Text("档期只到分钟", "slots are on the minute"),
    "BYEASTER": Text("写 [[anchor]] 的 dates", "write an [[anchor]] with dates"),
    "RSCALE": Text('农历写 on = "lunar 08-15"', 'for lunar dates write on = "lunar 08-15"'),
    "SKIP": Text('月末写 on = "last day"', 'for the end of a month write on = "last day"'),
    "RDATE": Text("加的时间写 also", "write moments to add into also"),
    "EXDATE": Text("去掉的日子写 skip", "write days to leave out into skip"),
    "EXRULE": Text("去掉的日子写 skip", "write days to leave out into skip"),
    "BYSETPOS": Text('写 on = "last workday"、"1st fri"，或 FREQ=MONTHLY', 'write on = "last workday" or "1st fri"'),
    "BYMONTHDAY": Text("加上 BYMONTH，或写 FREQ=MONTHLY", "add BYMONTH, or write FREQ=MONTHLY"),
    "BYYEARDAY": Text("写 FREQ=YEARLY", "write FREQ=YEARLY"),
    "BYDAY": Text('每月第几个周几写 on = "1st fri"', 'for the n-th weekday of a month write on = "1st fri"'),
    "COUNT": Text("只留一个", "keep one of them"),
    "DTSTART": Text("DTSTART 写到分钟为止", "write DTSTART on the minute"),
    "FREQ": Text("把一天里的时间写进 at", "write the times of the day into at"),
}  # fmt: skip
_ALWAYS = Text("", "")
_UTC = Text(
    "去掉 Z 和 TZID，写当地时间；时区写 timezone", "write local time without Z and TZID, and the zone into timezone"
)


def read_parts(written: str) -> tuple[Parts, str]:
    """Return the parts of a rule by name, upper case, and what ``DTSTART`` says, empty without one.

    Raises:
        RuleError: ``CK126`` it is no RRULE, ``CK127`` a part that has two readings or no place here.
    """
    start, rule = "", ""
    for line in filter(None, (each.strip().upper() for each in re.split(r"[\r\n]+|\\N", written))):
        name, colon, value = line.partition(":")
        name, _, parameters = name.partition(";") if colon and not name.startswith("FREQ") else ("RRULE", "", "")
        value = value if colon and not line.startswith("FREQ") else line
        if name == "DTSTART" and not start and "TZID" not in parameters and not value.endswith("Z"):
            start = value
        elif name == "DTSTART" and not start:
            raise _two_clocks("DTSTART")
        elif name == "RRULE" and not rule:
            rule = value
        elif name in _INSTEAD and name.startswith(("RD", "EX")):
            raise refuse(name)
        else:
            raise _no_rule(line)
    parts = _split(rule)
    _hold(parts)
    return parts, start


def refuse(name: str, when: Text = _ALWAYS, *, shown: str = "") -> RuleError:
    """Return the refusal of a part, with what to write instead.

    Args:
        name: of the part.
        when: beside what it is refused; empty for always.
        shown: how it is written, where its name says too little.
    """
    part = shown or name
    zh = f"{when.zh}的 {part}" if when.zh else part
    en = f"{part} {when.en}" if when.en else part
    return RuleError("CK127", Text(f"rrule 里不能用 {zh}", f"an rrule cannot have {en} here"), _INSTEAD[name])


def _split(rule: str) -> Parts:
    parts: dict[str, str] = {}
    for each in filter(None, rule.split(";")):
        name, equals, value = each.partition("=")
        if not equals or not value or name in parts:
            raise _no_rule(each)
        if name not in _KNOWN or name == "DTSTART":
            raise refuse(name) if name in _INSTEAD and name != "DTSTART" else _no_rule(name)
        parts[name] = value
    if "FREQ" not in parts:
        raise _no_rule(rule or "…")
    return parts


def _no_rule(written: str) -> RuleError:
    name = written.partition("=")[0]
    close = difflib.get_close_matches(name, _KNOWN, n=1, cutoff=0.6)
    guess = close[0] if close and close[0] != name else ""
    fix = (
        Text(f"是不是 {guess}？", f"did you mean {guess}?")
        if guess
        else Text("例如 FREQ=WEEKLY;BYDAY=WE;BYHOUR=20;BYMINUTE=0", "such as FREQ=WEEKLY;BYDAY=WE;BYHOUR=20;BYMINUTE=0")
    )
    shown = written[:40]
    return RuleError("CK126", Text(f"“{shown}”不是 RRULE 的写法", f'"{shown}" is not how an RRULE is written'), fix)


def _two_clocks(name: str) -> RuleError:
    return RuleError(
        "CK127", Text(f"rrule 的 {name} 带了别的时区", f"the {name} of the rrule is on another clock"), _UTC
    )


def _hold(parts: Parts) -> None:
    """Hold every part to its values and to the others."""
    for name, value in parts.items():
        if name in _RANGES:
            _hold_numbers(name, value)
    if parts["FREQ"] in _SHORT:
        raise refuse("FREQ", shown=f"FREQ={parts['FREQ']}")
    days = parts.get("BYDAY", "MO").split(",")
    wrong = next((each for each in days if not _BYDAY.fullmatch(each)), None)
    if parts["FREQ"] not in _FREQUENCIES or wrong or parts.get("WKST", "MO") not in _BYDAY_NAMES:
        raise _no_rule(f"FREQ={parts['FREQ']}" if not wrong else f"BYDAY={wrong}")
    if parts.get("UNTIL", "").endswith("Z"):
        raise _two_clocks("UNTIL")
    _hold_together(parts, numbered=any(len(each) > 2 for each in days))


_BYDAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _hold_numbers(name: str, value: str) -> None:
    low, high = _RANGES[name]
    numbers = value.split(",")
    for each in numbers:
        digits = each.lstrip("+-") if name in _SIGNED and each[:1] in "+-" else each
        if not (digits.isascii() and digits.isdigit() and len(digits) < 6 and low <= int(digits) <= high):
            raise RuleError(
                "CK126",
                Text(f"rrule 的 {name} 不能是“{each[:20]}”", f'the {name} of an rrule cannot be "{each[:20]}"'),
                Text(f"写 {low} 到 {high}", f"write {low} to {high}"),
            )
    if name in _SINGLE and len(numbers) > 1:
        raise _no_rule(f"{name}={value}")


def _hold_together(parts: Parts, *, numbered: bool) -> None:
    """Refuse what RFC 5545 forbids and what libraries read in different ways."""
    freq = parts["FREQ"]
    with_freq = Text(f"FREQ={freq} ", f"with FREQ={freq}")
    if "BYWEEKNO" in parts:
        raise refuse("BYWEEKNO")
    if parts.get("BYSECOND", "0") != "0":
        raise refuse("BYSECOND")
    if "COUNT" in parts and "UNTIL" in parts:
        raise refuse("COUNT", Text("同时有 UNTIL ", "together with UNTIL"))
    if "BYSETPOS" in parts and (freq in {"WEEKLY", "DAILY"} or not any(each in parts for each in _CHOICES)):
        raise refuse("BYSETPOS", with_freq)
    if "BYMONTHDAY" in parts and (freq == "WEEKLY" or (freq == "YEARLY" and "BYMONTH" not in parts)):
        raise refuse("BYMONTHDAY", with_freq)
    if "BYYEARDAY" in parts and freq != "YEARLY":
        raise refuse("BYYEARDAY", with_freq)
    if numbered and (freq in {"WEEKLY", "DAILY"} or "BYYEARDAY" in parts):
        raise refuse("BYDAY", Text("带序号 ", "with a number"))


_CHOICES = ("BYDAY", "BYMONTHDAY", "BYYEARDAY")
