"""The shape of secrets: how a document names one, and what looks like a literal one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

REFERENCE_PREFIX = "secret:"
_NAME = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*(?:/[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*)*")
_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        # a robot key: 8-4-4-4-12 hexadecimal digits
        r"(?i)(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])",
        # a webhook address with its key, token or signature inside
        r"(?i)https?://\S*[?&](?:key|access_token|token|secret|corpsecret|sign)=[^&\s]{8,}",
        r"(?i)https?://\S*/hook/[\w-]{8,}",
        # an address with a password inside
        r"(?i)\b[a-z][a-z0-9+.-]*://[^/\s:@]*:[^/\s@]+@",
        r"(?i)\bpostgres(?:ql)?://\S*[?&]password=[^&\s]+",
        # the prefix DingTalk gives its signing secrets
        r"\ASEC[0-9a-fA-F]{32,}\Z",
        # long hexadecimal
        r"\A[0-9a-fA-F]{32,}\Z",
    )
)
_TOKEN = re.compile(r"\A[A-Za-z0-9+/_-]{32,}={0,2}\Z")


def looks_like_secret(text: str) -> bool:
    """Tell whether ``text`` looks like a literal key that must not stand in a document.

    It knows robot keys (UUIDs), webhook addresses that carry a key, long hexadecimal, and long random tokens (32 or
    more characters with upper case, lower case and digits mixed). Words, file names, addresses without a key and
    references such as ``secret:robot/hz-001`` do not look like one.

    >>> looks_like_secret("693a91f6-7aoc-4bc4-97a0-0ec2sifa5aaa"), looks_like_secret("secret:robot/hz-001")
    (False, False)
    >>> looks_like_secret("693a91f6-7a0c-4bc4-97a0-0ec2f1fa5aaa")
    True
    """
    text = text.strip()
    if text.startswith(REFERENCE_PREFIX):
        return looks_like_secret(text.removeprefix(REFERENCE_PREFIX))
    return any(shape.search(text) for shape in _SHAPES) or _is_random_token(text)


def parse_reference(text: str) -> str | None:
    """Return the name inside ``secret:NAME``, or ``None`` when ``text`` is no well-formed reference.

    >>> parse_reference("secret:robot/hz-001"), parse_reference("robot/hz-001"), parse_reference("secret:")
    ('robot/hz-001', None, None)
    """
    name = text.strip().removeprefix(REFERENCE_PREFIX)
    return name if name != text.strip() and is_secret_name(name) else None


def is_secret_name(text: str) -> bool:
    """Tell whether ``text`` can name a secret.

    A name is made of parts joined by ``/``; a part is ASCII letters and digits, with single ``-``, ``_`` or ``.``
    between them: ``robot/store-0012``, ``robot/hz-001.vip``. At most 128 characters.
    """
    return len(text) <= 128 and _NAME.fullmatch(text) is not None


def _is_random_token(text: str) -> bool:
    """Tell whether ``text`` mixes cases and digits the way random tokens do, and words, ids and paths do not.

    In a random token about 62 % of neighbours differ in class, in words run together about a third.
    """
    if not _TOKEN.match(text):
        return False
    classes = [_character_class(character) for character in text]
    runs = [one for one, other in pairwise((*classes, "")) if one != other]
    return {"upper", "lower", "digit"} <= set(runs) and runs.count("digit") >= 2 and len(runs) >= 0.4 * len(text)


def _character_class(character: str) -> str:
    if character.isdigit():
        return "digit"
    return "upper" if character.isupper() else "lower" if character.islower() else "mark"


def texts_in(value: object) -> Iterator[str]:
    """Yield every text inside a value that came out of TOML, in its order.

    >>> list(texts_in({"key": "secret:robot/hz-001", "more": [1, {"url": "https://x.cn"}]}))
    ['secret:robot/hz-001', 'https://x.cn']
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_in(each)
