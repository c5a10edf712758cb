"""File names that people read, made from titles and ids, safe on every system."""

from __future__ import annotations

import hashlib
import unicodedata

MOST_BYTES = 100
"""Longest name made from one title; file systems take 255 bytes a name, and some parts are joined."""
_WIDE = str.maketrans({each: chr(ord(each) + 0xFEE0) for each in '/\\:*?"<>|'})
_DEVICES = frozenset(
    ("CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)))
)  # fmt: skip


def file_name(text: str) -> str:
    """Return ``text`` as one path component: never empty, never ``..``, never a separator.

    Characters that Windows or Unix refuse become their full-width twins (``/`` → ``／``), so that a Chinese title stays
    as it is read; what cannot be seen is dropped; at most :data:`MOST_BYTES` bytes of UTF-8 are kept.
    """
    wide = unicodedata.normalize("NFC", text).translate(_WIDE)
    seen = "".join(" " if each.isspace() else each for each in wide if each.isprintable() or each.isspace())
    name = _cut(" ".join(seen.split())).strip(". ")
    if name.partition(".")[0].upper() in _DEVICES:
        name = f"_{name}"
    return name or "_"


def id_name(identity: str, title: str = "") -> str:
    """Return a name that begins with an id, which stays unique, and shows the title behind it."""
    safe = file_name(identity)
    if safe != identity:
        safe = f"{safe}~{hashlib.sha256(identity.encode(errors='surrogatepass')).hexdigest()[:8]}"
    return f"{safe} {file_name(title)}" if title and title != identity else safe


def _cut(name: str) -> str:
    return name.encode(errors="ignore")[:MOST_BYTES].decode(errors="ignore")
