"""Encoding: what a request looks like on the wire; equal requests give equal bytes."""

from __future__ import annotations

import hashlib
import json as jsonlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from calendarkit.model.secret import Secret

Files = Mapping[str, tuple[str, bytes, str]]
Words = Mapping[str, str | Secret]
_ENDED = "/%:@!$&'()*+,;=~-._"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class WireRequest:
    """One request as its bytes; whatever may hold a secret is left out of ``repr``.

    Attributes:
        origin: ``scheme://host:port``, the port always written.
        host: the ``Host`` header: the name, and the port unless it is the scheme's own.
        path: without the query.
        query: without the ``?``.
        headers: names and values in the order sent, without ``Host``.
        body: the bytes, or ``None``.
    """

    method: str
    origin: str
    host: str
    path: str
    query: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes | None = field(repr=False)

    @property
    def target(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path


def encode(
    method: str,
    url: str,
    *,
    params: Words | None = None,
    headers: Words | None = None,
    json: Any = None,
    body: bytes | None = None,
    files: Files | None = None,
) -> WireRequest:
    """Return the bytes of a request; secrets are revealed here.

    JSON is UTF-8, not escaped, its keys sorted and without blanks. The boundary of a multipart body is made from its
    contents, so that a repeat is byte-identical.

    Raises:
        ValueError: the address is not ``http(s)://host/…``, or the contents cannot be encoded.
        TypeError: ``json`` holds something JSON cannot say, or two kinds of body are given.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        raise ValueError("not an http(s) address with a host")
    kind, data = _encode_body(json, body, files)
    given = {name: _reveal(value) for name, value in (headers or {}).items()}
    if kind and "content-type" not in {name.lower() for name in given}:
        given = {"Content-Type": kind, **given}
    query = "&".join(filter(None, (quote(parts.query, safe=_ENDED + "?"), _encode_params(params or {}))))
    return WireRequest(
        method=method.upper(),
        origin=parse_origin(url),
        host=parts.netloc.encode("idna").decode(),
        path=quote(parts.path, safe=_ENDED) or "/",
        query=query,
        headers=tuple(given.items()),
        body=data,
    )


def parse_origin(url: str) -> str:
    """Return ``scheme://host:port`` of an address, in lower case and with its port written.

    Raises:
        ValueError: it has no host, or a scheme other than ``http`` and ``https``.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(f"not an http(s) origin: {url!r}")
    host = parts.hostname.encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}:{parts.port or _PORTS[parts.scheme]}"


def canonical_json(value: Any) -> bytes:
    """Return ``value`` as UTF-8 JSON: not escaped, keys sorted, no blanks, no NaN."""
    text = jsonlib.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def _encode_params(params: Words) -> str:
    return urlencode([(name, _reveal(value)) for name, value in params.items()], quote_via=quote, safe="")


def _encode_body(json: Any, body: bytes | None, files: Files | None) -> tuple[str, bytes | None]:
    if sum(part is not None for part in (json, body, files)) > 1:
        raise TypeError("give one of json, body and files")
    if json is not None:
        return "application/json; charset=utf-8", canonical_json(json)
    if files is not None:
        return _encode_files(files)
    return "", body


def _encode_files(files: Files) -> tuple[str, bytes]:
    from urllib3.filepost import encode_multipart_formdata

    digest = hashlib.sha256()
    for name, (file_name, data, mime) in files.items():
        digest.update(canonical_json([name, file_name, mime]) + data)
    data, kind = encode_multipart_formdata(dict(files), boundary=f"calendarkit-{digest.hexdigest()[:32]}")
    return kind, data


def _reveal(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value
