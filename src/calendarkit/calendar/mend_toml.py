"""Mending a line of TOML: what a person most likely meant by one that the parser refuses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

import tomli

from calendarkit.clockwork.mend import mend_date, mend_duration, mend_time

Slip = Literal["quotes", "brackets", "comma", "equals", "number", "close", "characters", "backslash", "end"]
"""Quotes missing, several values without brackets, a comma missing, ``:`` for ``=``, a number spelled as on a tag, an
open quote or bracket, full-width characters, a backslash, a comma at the end of the line."""

LISTS = frozenset({"on", "at", "skip", "also", "channels", "tags", "parts", "mentions", "dates"})
"""Keys whose value may be a list."""
PRICES = frozenset({"price", "list_price", "floor"})
_AMOUNTS = PRICES | {"stock", "size", "per_day", "seed", "senders"}
_TRUTH = {
    **dict.fromkeys(("true", "yes", "是", "对", "开"), "true"),
    **dict.fromkeys(("false", "no", "否", "不", "关"), "false"),
}
_DURATIONS = frozenset({"late", "valid_for", "no_repeat", "gap", "spread", "max_jump"})
_BRACKETS = str.maketrans("［【］】", "[[]]")
_EQUALS, _COMMAS = "=＝:：", ",，、;；"
_OPEN_LIST, _CLOSE_LIST, _OPEN_TABLE, _CLOSE_TABLE = "[［【", "]］】", "{｛", "}｝"
_QUOTES = {'"': '"', "“": "”“\"", "”": "”\"", "＂": "＂\"", "'": "'", "‘": "’‘'", "’": "’'"}  # fmt: skip
_KEY = re.compile(r"""\s*(?:"[^"]*"|'[^']*'|[^\s="'#\[\]{}＝:：,，]+)""")
_TIME = re.compile(r"(?:\D{0,2})\d{1,2}\s*(?:[:：]\s*\d{2}|[点时].{0,3})|[零一二两三四五六七八九十]{1,3}点.{0,3}")
NO_SUCH_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?")
"""How TOML writes dates: one that is not TOML is no day of the calendar."""
_HEADER = re.compile(r"\s*(\[{1,2})\s*([\w.-]+(?:\s*\.\s*[\w.-]+)*)\s*\]*\s*(#.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A line as TOML understands it.

    Attributes:
        line: the whole line, its comment left out.
        value: what stands behind ``=``; empty for the header of a table.
        slips: what was wrong, in the order found.
    """

    line: str
    value: str = ""
    slips: tuple[Slip, ...]


def mend_line(line: str) -> Mended | None:
    """Return a line ``key = value`` or ``[table]`` as it was meant, ``None`` when nobody can tell or nothing is wrong.

    >>> mend_line("at = 9:30").line, mend_line("price = ¥22,9").line
    ('at = "09:30"', 'price = 22.9')
    """
    text = line.strip()
    if text[:1] in tuple("[［【"):
        return _header(text)
    key = _KEY.match(text)
    if not key or '"""' in text or "'''" in text:
        return None
    reader = _Reader(text, key.end(), key=key.group().strip())
    name = reader.key if reader.key.isascii() else f'"{reader.key}"'
    value = reader.assigned()
    if value is None or not reader.slips:
        return None
    mended = f"{name} = {value}"
    return Mended(line=mended, value=value, slips=tuple(reader.slips)) if _valid(mended) else None


def _header(text: str) -> Mended | None:
    match = _HEADER.fullmatch(text.translate(_BRACKETS))
    if not match or not match[2].isascii():
        return None
    line = f"[[{match[2]}]]" if match[1] == "[[" else f"[{match[2]}]"
    slip: Slip = "characters" if text != text.translate(_BRACKETS) else "close"
    return Mended(line=line, slips=(slip,)) if _valid(line) and not _valid(text) else None


@dataclass(slots=True)
class _Reader:
    """Reads one value as forgivingly as a person does and notes what it forgave."""

    text: str
    at: int
    key: str
    slips: list[Slip] = field(default_factory=list)

    def assigned(self) -> str | None:
        """Read ``= value`` up to the end of the line."""
        if not self._equals():
            return None
        values = []
        while True:
            value = self._value("")
            if value is None:
                return None
            values.append(value)
            if not self._comma() and not self._another():
                break
            if not self._rest():
                self._slip("end")
                break
        if self._rest():
            return None
        if len(values) == 1:
            return values[0]
        self.slips.append("brackets")
        return f"[{', '.join(values)}]"

    def _another(self) -> bool:
        """Tell whether another text follows without a comma, where there may be several."""
        self._blank()
        return self.key in LISTS and self.text[self.at : self.at + 1] in tuple(_QUOTES)

    def _rest(self) -> str:
        """Return what is left of the line, without a comment."""
        self._blank()
        return "" if self.text[self.at : self.at + 1] == "#" else self.text[self.at :]

    def _blank(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            if self.text[self.at] not in " \t":
                self._slip("characters")
            self.at += 1

    def _slip(self, slip: Slip) -> None:
        if slip not in self.slips:
            self.slips.append(slip)

    def _take(self, characters: str) -> str:
        """Step over one of ``characters``, the first of which is the right one; return it or nothing."""
        self._blank()
        char = self.text[self.at : self.at + 1]
        if not char or char not in characters:
            return ""
        self.at += 1
        if char != characters[0]:
            self._slip("characters")
        return char

    def _equals(self) -> bool:
        self._blank()
        found = self.text[self.at : self.at + 1]
        if not found or found not in _EQUALS:
            return False
        self.at += 1
        if found != "=":
            self._slip("characters" if found == "＝" else "equals")
        return True

    def _comma(self) -> bool:
        return bool(self._take(_COMMAS))

    def _value(self, closing: str) -> str | None:
        """Read a value that ends before one of ``closing``, or with the line when there are none."""
        self._blank()
        char = self.text[self.at : self.at + 1]
        if char and char in _OPEN_LIST:
            return self._list()
        if char and char in _OPEN_TABLE:
            return self._table()
        if char in _QUOTES and char:
            return self._quoted(char)
        return self._bare(closing)

    def _list(self) -> str | None:
        self._take(_OPEN_LIST)
        values: list[str] = []
        while not self._take(_CLOSE_LIST):
            if self.at >= len(self.text):
                return None
            value = self._value(_CLOSE_LIST)
            if value is None:
                return None
            values.append(value)
            if not self._comma() and self.text[self.at : self.at + 1] not in _CLOSE_LIST:
                self._slip("comma")
        return f"[{', '.join(values)}]"

    def _table(self) -> str | None:
        self._take(_OPEN_TABLE)
        pairs: list[str] = []
        while not self._take(_CLOSE_TABLE):
            key = _KEY.match(self.text, self.at)
            if not key:
                return None
            self.at = key.end()
            name = key.group().strip()
            value = self._value(_CLOSE_TABLE) if self._equals() else None
            if value is None:
                return None
            pairs.append(f"{name if name.isascii() else _text(name)} = {value}")
            if not self._comma() and self.text[self.at : self.at + 1] not in _CLOSE_TABLE:
                self._slip("comma")
        return f"{{ {', '.join(pairs)} }}"

    def _quoted(self, opening: str) -> str | None:
        start = self.at + 1
        closers = _QUOTES[opening]
        end = next((place for each in closers if (place := self.text.find(each, start)) >= 0), -1)
        if end < 0 and opening == '"':
            end = max(self.text.rfind(each, start) for each in "”“＂")
        if end < 0:
            end = len(self.text)
            self._slip("close")
        elif opening not in "\"'" or self.text[end] != opening:
            self._slip("characters")
        words, self.at = self.text[start:end].rstrip() if end == len(self.text) else self.text[start:end], end + 1
        if "\\" in words and opening == '"' and not _valid(f'a = "{words}"'):
            self._slip("backslash")
            words = words.replace("\\", "/")
        return _text(words)

    def _bare(self, closing: str) -> str | None:
        """Read words without quotes; without brackets around them they reach to the end of the line or its comment."""
        stop = rf"[{re.escape(closing + _COMMAS)}]" if closing else r"(?:\s#|$)"
        found = re.search(stop, self.text[self.at :])
        if closing and not found:
            return None
        end = self.at + found.start() if found else len(self.text)
        words, self.at = self.text[self.at : end].strip(), end
        if not words or words[0] in _CLOSE_LIST + _CLOSE_TABLE:
            return None
        return self._meant(words)

    def _meant(self, words: str) -> str | None:
        if _valid(f"a = {words}"):
            return words
        if NO_SUCH_DAY.fullmatch(words):
            return None
        number = _number(words, self.key)
        if number:
            self._slip("number")
            return number
        self._slip("quotes")
        if self.key in _DURATIONS and (duration := mend_duration(words)):
            return f'"{duration}"'
        parts = [each.strip() for each in re.split(rf"[{_COMMAS}]", words)]
        if self.key in LISTS and len(parts) > 1 and all(parts):
            values = [self._meant(each) for each in parts]
            return f"[{', '.join(each for each in values if each)}]" if all(values) else None
        return _scalar(words) or (None if self.key in _AMOUNTS else _text(words))


def _scalar(words: str) -> str | None:
    """Return the truth, time or date that unquoted words mean."""
    if words.lower() in _TRUTH:
        return _TRUTH[words.lower()]
    if _TIME.fullmatch(words) and (time := mend_time(words)):
        return f'"{time}"'
    return mend_date(words)


def _number(words: str, key: str) -> str | None:
    """Return the number that ``22,9``, ``1,000`` or (for prices and counts) ``¥22.9``, ``22.9元``, ``60盒`` means."""
    if re.fullmatch(r"\d{1,3}(?:[,，]\d{3})+", words):
        return re.sub(r"\D", "", words)
    if match := re.fullmatch(r"(\d+)[,，。．](\d{1,2})", words):
        return f"{match[1]}.{match[2]}"
    if key not in _AMOUNTS:
        return None
    match = re.fullmatch(r"[¥￥]?\s*(\d+)(?:[.,，。．](\d{1,2}))?\s*[^\d\s折%％.]{0,3}", words)
    whole, fen = (match[1].lstrip("0") or "0", match[2]) if match else ("", None)
    return f"{whole}.{fen}" if fen else whole or None


def _text(words: str) -> str:
    """Return a TOML text that says ``words``."""
    plain = words.strip("\"'“”")
    return f"'{plain}'" if '"' in plain or "\\" in plain else f'"{plain}"'


def _valid(text: str) -> bool:
    try:
        tomli.loads(text)
    except ValueError:
        return False
    return True
