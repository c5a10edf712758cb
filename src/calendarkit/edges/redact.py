"""Redaction: takes secrets out of every text that leaves the program, by their values and by their surroundings."""

from __future__ import annotations

import json
import logging
import re
import threading
from urllib.parse import quote, quote_plus

from calendarkit.model.secret import Secret

MASK = "***"
_SHORTEST = 4
"""A value shorter than this many characters would take ordinary words apart; it is masked by pattern only."""
_NAMES = "key|access_token|corpsecret|appsecret|secret|token|password|sign|signature|aeskey"
_PATTERNS = (
    re.compile(rf"(?i)(?<![\w-])((?:{_NAMES})=)[^&\s\"'<>\\]+"),
    re.compile(rf"(?i)([\"'](?:{_NAMES})[\"']\s*:\s*[\"'])[^\"']+"),
    re.compile(r"(?i)(\bauthorization[\"']?\s*[:=]\s*[\"']?(?:bearer|basic)?\s*)[^\s\"',]+"),
    re.compile(r"(?i)(/hook/)[\w-]{8,}"),
)


class Redactor:
    """Masks every secret it has learned, and whatever stands where keys usually stand.

    Threads may share one. A text of *n* characters costs about *n* dictionary lookups, however many secrets there are.
    """

    def __init__(self) -> None:
        self._spellings: set[str] = set()
        self._lengths: dict[str, tuple[int, ...]] = {}  # by the first characters of a spelling, the longest first
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"Redactor({len(self._spellings)} spellings)"

    def learn(self, secret: Secret) -> None:
        """Remember the value of ``secret``, as it is and as it stands in addresses and in JSON."""
        value = secret.reveal()
        spellings = {value, quote(value, safe=""), quote(value), quote_plus(value), json.dumps(value)[1:-1]}
        with self._lock:
            for spelling in spellings:
                self._remember(spelling)

    def __call__(self, text: str) -> str:
        """Return ``text`` with every secret masked."""
        text = self._mask_values(text) if self._spellings else text
        for pattern in _PATTERNS:
            text = pattern.sub(rf"\g<1>{MASK}", text)
        return text

    def _remember(self, spelling: str) -> None:
        if len(spelling) < _SHORTEST or spelling in self._spellings:
            return
        self._spellings.add(spelling)
        lengths = self._lengths.get(spelling[:_SHORTEST], ())
        if len(spelling) not in lengths:
            self._lengths[spelling[:_SHORTEST]] = tuple(sorted((*lengths, len(spelling)), reverse=True))

    def _mask_values(self, text: str) -> str:
        pieces: list[str] = []
        done = at = 0
        while at <= len(text) - _SHORTEST:
            lengths = self._lengths.get(text[at : at + _SHORTEST], ())
            length = next((each for each in lengths if text[at : at + each] in self._spellings), 0)
            if length:
                pieces += (text[done:at], MASK)
                done = at + length
            at += length or 1
        return "".join((*pieces, text[done:]))


class RedactingFilter(logging.Filter):
    """Masks secrets in log records, their arguments, fields and tracebacks; put it on a handler."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact ``record`` in place and let it pass."""
        record.msg, record.args = self._redactor(_message(record)), ()
        fields = getattr(record, "fields", {})
        record.fields = {k: self._redactor(v) if isinstance(v, str) else v for k, v in fields.items()}
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = self._redactor(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        if record.stack_info:
            record.stack_info = self._redactor(record.stack_info)
        return True


def _message(record: logging.LogRecord) -> str:
    """Return the message, also of a record whose arguments do not fit: a filter that raises would stop the caller."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"{record.msg} {record.args!r}"
