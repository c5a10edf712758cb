"""Words of the Chinese calendars: ``lunar 08-15``, ``农历八月十五``, ``除夕``, ``term 冬至``, and festivals by name."""

from __future__ import annotations

import difflib
import re

from calendarkit.clockwork import festivals, lunar, terms
from calendarkit.clockwork.daybook import DayBook
from calendarkit.clockwork.days import Days
from calendarkit.clockwork.patterns import LEAP, LUNAR_EVE
from calendarkit.clockwork.words import RuleError, write
from calendarkit.model.text import Text

_LUNAR = re.compile(r"lunar (leap )?(\d{1,2})-(\d{1,2})|农历(闰)?(\d{1,2})月(\d{1,2})[日号]?", re.ASCII)
_EVERY_LUNAR = re.compile(r"lunar day (\d{1,2})|(?:农历|阴历)(?:每月)?(.{2,3})", re.ASCII)
_TERM_EN = {" ".join(name.en.lower().replace("'", "").split()): name.zh for name in terms.NAMES.values()}
_TERMS = tuple(terms.NAMES)


_DAYS = {lunar.day_name(day): day for day in range(1, 31)} | {
    f"二十{each}": 20 + n for n, each in enumerate("一二三四五六七八九", 1)
}


_ALIASES = (
    "元宵 元宵节，二月二 龙抬头，端午 端午节，七夕节 七夕，中元 中元节，中秋 中秋节，重阳 重阳节，腊八 腊八节，"
    "大年初一 春节，大年三十 除夕，年三十 除夕，元旦节 元旦，五一 劳动节，五一节 劳动节，六一 儿童节，三八 妇女节，"
    "三八节 妇女节，国庆 国庆节，十一 国庆节，圣诞 圣诞节，清明节 清明"
)
_BY_NAME = {
    **{name.zh: Days(lunar=(month * 100 + day,)) for (month, day), name in festivals.LUNAR.items()},
    **{name.zh: Days(yearly=((month * 100 + day,) * 2,)) for (month, day), name in festivals.FIXED.items()},
    **{name.zh: Days(nth=(month * 100 + n * 10 + 6,)) for (month, n), name in festivals.SUNDAYS.items()},
    **{name: Days(terms=1 << place) for place, name in enumerate(_TERMS)},
    festivals.EVE.zh: Days(lunar=(LUNAR_EVE,)),
}
_BY_NAME |= {alias: _BY_NAME[name] for alias, name in map(str.split, _ALIASES.split("，"))}
_BY_NAME["lunar eve"] = _BY_NAME["除夕"]
FESTIVALS = tuple(_BY_NAME)
"""Every name of a festival or solar term."""


def festival_days(word: str, _: DayBook | None = None) -> Days | None:
    """Return the days of a plain word of this family, ``None`` for any other.

    Raises:
        RuleError: ``CK117`` no such lunar date, ``CK118`` no such solar term.
    """
    if word in _BY_NAME:
        return _BY_NAME[word]
    if word in {"小年", "小年夜"}:
        raise _little_new_year()
    if (match := _LUNAR.fullmatch(word)) or word.startswith(("lunar ", "农历", "阴历")):
        return _lunar_days(word, match)
    if found := lunar.read(word):
        month, day, leap = found
        return Days(lunar=(leap * LEAP + month * 100 + day,))
    if word.startswith(("term ", "节气")):
        return _term(word.removeprefix("term ").removeprefix("节气").strip())
    return None


def _little_new_year() -> RuleError:
    return RuleError(
        "CK117",
        Text("小年南北不同", "the little new year differs between north and south"),
        Text(
            '北方写 "lunar 12-23"（腊月廿三），南方写 "lunar 12-24"',
            'write "lunar 12-23" (north) or "lunar 12-24" (south)',
        ),
    )


def _lunar_days(word: str, match: re.Match[str] | None) -> Days:
    if match:
        leap, month, day = bool(match[1] or match[4]), int(match[2] or match[5]), int(match[3] or match[6])
        if 1 <= month <= 12 and 1 <= day <= 30:
            return Days(lunar=(leap * LEAP + month * 100 + day,))
    elif found := lunar.read(word):
        return Days(lunar=(found[2] * LEAP + found[0] * 100 + found[1],))
    elif every := _EVERY_LUNAR.fullmatch(word):
        day = int(every[1]) if every[1] else _DAYS.get(every[2], 0)
        if 1 <= day <= 30:
            return Days(lunar=(day,))
    raise RuleError(
        "CK117",
        Text(f"没有“{word}”这个农历日子", f'there is no lunar date "{word}"'),
        Text(
            '例如 "农历八月十五"、"农历闰六月初一"、"农历十五"（每月）、"除夕"',
            'such as "lunar 08-15", "lunar leap 06-01", "lunar day 15" (every month), "lunar eve"',
        ),
    )


def _term(name: str) -> Days:
    english = " ".join(name.replace("'", "").split())
    if name in terms.NAMES or english in _TERM_EN:
        return Days(terms=1 << _TERMS.index(_TERM_EN.get(english, name)))
    close = difflib.get_close_matches(name, [*terms.NAMES, *_TERM_EN], n=1, cutoff=0.5)
    fix = write(f"term {close[0]}") if close else Text('例如 "term 冬至"', 'such as "term 冬至"')
    raise RuleError("CK118", Text(f"没有节气“{name}”", f'there is no solar term "{name}"'), fix)
