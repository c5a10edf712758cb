"""Mending: what a person probably meant by a word that is not understood."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterable

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_AFTERNOON = ("下午", "傍晚", "晚上", "晚", "夜里", "pm")
_NOON = ("中午", "正午")
_HALF_DAY = "|".join(("凌晨", "清晨", "早上", "早", "上午", *_NOON, *_AFTERNOON[:-1]))
_CLOCK = re.compile(
    rf"(?P<part>{_HALF_DAY})?(?P<hour>\d{{1,2}})(?:[:.时点h](?P<minute>\d{{1,2}}|半|一刻|三刻|整|钟)?分?)?"
    r"(?::\d\d)?(?P<half>am|pm)?"
)
_MINUTES = {"半": 30, "一刻": 15, "三刻": 45, "整": 0, "钟": 0}
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_UNITS = {
    "d": ("d", "day", "days", "天", "日"),
    "h": ("h", "hr", "hrs", "hour", "hours", "小时", "个小时", "时", "钟头"),
    "m": ("m", "min", "mins", "minute", "minutes", "分", "分钟", ""),
    "s": ("s", "sec", "secs", "second", "seconds", "秒", "秒钟"),
}
_HALVES = {"个半小时": ".5h", "半个小时": "0.5h", "半小时": "0.5h", "半天": "12h"}
_MEANT = {
    **dict.fromkeys(("weekday", "weekdays", "平日"), "mon-fri"),
    **dict.fromkeys(("everyday", "every day", "每日", "天天"), "daily"),
    **dict.fromkeys(("weekends", "双休", "双休日"), "weekend"),
}
_SEVERAL = re.compile(r"[隔双单两]|和|及|、|周[一二三四五六日天]{2}")
"""Intervals and several words at once: one day's name would be a guess that changes what was meant."""
_SECONDS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_LONGEST = 1000 * 86400
"""Seconds; who writes more meant something else."""


def plain(text: str) -> str:
    """Return ``text`` with full-width characters made ASCII, dashes made ``-`` and spaces made single."""
    narrow = unicodedata.normalize("NFKC", text)
    return " ".join(re.sub("[‐-―−~～]", "-", narrow).split())


def mend_day(word: str, known: Iterable[str]) -> str | None:
    """Return the word for days meant, out of ``known``: ``weekdays`` is ``mon-fri``, ``dialy`` is ``daily``."""
    if _SEVERAL.search(word):
        return None
    return _MEANT.get(word) or _closest(word.removeprefix("每"), known)


def mend_time(text: str) -> str | None:
    """Return the time meant as ``HH:MM``: ``12点半`` is ``12:30``, ``9:30`` is ``09:30``."""
    word = _arabic(plain(text).lower()).replace(" ", "")
    if re.fullmatch(r"\d{3,4}", word):
        word = f"{word[:-2]}:{word[-2:]}"
    match = _CLOCK.fullmatch(word)
    if match is None:
        return None
    hour, minute = int(match["hour"]), _MINUTES.get(match["minute"], match["minute"])
    afternoon = match["part"] in _AFTERNOON or match["half"] == "pm" or (match["part"] in _NOON and hour < 11)
    if afternoon and hour < 12:
        hour += 12
    elif hour == 12 and (match["half"] == "am" or match["part"] == "凌晨"):
        hour = 0
    return f"{hour:02}:{int(minute or 0):02}" if hour < 24 and int(minute or 0) < 60 else None


def other_half(text: str, meant: str) -> str | None:
    """Return the same time after noon when the words leave the half of the day open: ``8点`` is 08:00 or 20:00.

    >>> other_half("八点半", "08:30"), other_half("早上八点", "08:00"), other_half("8:00", "08:00")
    ('20:30', None, None)
    """
    match = re.fullmatch(r"(\d{1,2})[点时].*", _arabic(plain(text).lower()).replace(" ", ""))
    hour = int(match[1]) if match else 0
    return f"{hour + 12}{meant[2:]}" if 1 <= hour <= 11 and meant.startswith(f"{hour:02}") else None


def mend_date(text: str) -> str | None:
    """Return the date meant as ``YYYY-MM-DD``: ``2026年12月4日`` is ``2026-12-04``."""
    match = _DATE.fullmatch(plain(text).replace(" ", ""))
    try:
        return dt.date(*(int(part) for part in match.groups())).isoformat() if match else None
    except ValueError:
        return None


def mend_duration(text: str) -> str | None:
    """Return the duration meant: ``半小时`` is ``30m``, ``1.5h`` is ``1h30m``, ``30`` is ``30m``."""
    word = _arabic(plain(text).lower()).replace(" ", "")
    for half, meant in _HALVES.items():
        word = word.replace(half, meant)
    seconds = 0.0
    for amount, name in re.findall(r"(\d+(?:\.\d+)?)([^\d.]*)", word):
        unit = next((unit for unit, names in _UNITS.items() if name in names), None)
        if unit is None:
            return None
        seconds += float(amount) * _SECONDS[unit]
    leftover = re.sub(r"(\d+(?:\.\d+)?)([^\d.]*)", "", word)
    return _spelled(round(seconds)) if 0 < seconds < _LONGEST and not leftover else None


def mend_zone(text: str, known: Iterable[str]) -> str | None:
    """Return the zone meant: all of China's names for its one time, other spellings, near misses."""
    word = plain(text).lower().replace(" ", "")
    if re.fullmatch(
        r"(utc|gmt)?\+0?8(:?00)?|北京.*|中国.*|上海.*|(asia/)?(beijing|peking|shanghai|china)|cst|prc", word
    ):
        return "Asia/Shanghai"
    names = {name.lower(): name for name in known}
    guess = _closest(word.replace(" ", "_"), names)
    return names[guess] if guess else None


def _closest(word: str, known: Iterable[str]) -> str | None:
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return found[0] if found else None


def _arabic(word: str) -> str:
    """Return ``word`` with Chinese numbers up to 99 written in digits."""

    def digits(match: re.Match[str]) -> str:
        tens, ten, ones = match[1], match[2], match[3]
        if not ten:
            return "".join(str(_DIGITS[each]) for each in match[0])
        return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))

    numeral = "[零〇一二两三四五六七八九]"
    kept = re.sub(r"([一三])刻", lambda m: "15分" if m[1] == "一" else "45分", word)
    return re.sub(rf"({numeral})?(十)({numeral})?|{numeral}+", digits, kept)


def _spelled(seconds: int) -> str:
    parts = []
    for unit, size in _SECONDS.items():
        amount, seconds = divmod(seconds, size)
        parts.append(f"{amount}{unit}" if amount else "")
    return "".join(parts)
