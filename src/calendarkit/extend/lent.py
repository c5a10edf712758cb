"""What the core lends a plugin: the network, the time, a folder, secrets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from calendarkit.model.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer over HTTP; ``body`` is at most 1 MiB after decompression."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the decoded body.

        Raises:
            ValueError: the body is not JSON.
        """
        import json

        return json.loads(self.body)


class Http(Protocol):
    """The only way out: wall deadlines, no redirects, no retries, secrets redacted from every error."""

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str | Secret] | None = None,
        headers: Mapping[str, str | Secret] | None = None,
        json: Any = None,
        body: bytes | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        deadline: float = 15.0,
    ) -> Response:
        """Send one request and return its answer within ``deadline`` seconds of wall time.

        Args:
            method: ``GET``, ``POST`` ….
            url: absolute; a query inside it is kept.
            params: added to the query; a :class:`Secret` is revealed here and nowhere else.
            headers: added to the request.
            json: sent as UTF-8 JSON, not escaped.
            body: sent as it is.
            files: multipart, field name → (file name, bytes, mime).
            deadline: seconds.

        Raises:
            HttpFailure: no answer; its ``sent`` tells whether bytes may have reached the other side.
        """
        ...


class Clock(Protocol):
    """The only time."""

    def now(self) -> float:
        """Return epoch seconds (UTC)."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginContext:
    """What the core lends a plugin.

    Attributes:
        http: the HTTP client.
        clock: the time.
        folder: a folder of the plugin's own below the state folder; exists, mode 0700.
        workspace: root folder of the workspace.
        language: ``zh`` or ``en``.
        secret: resolves a secret's name; raises ``SecretMissing``.
    """

    http: Http
    clock: Clock
    folder: Path
    workspace: Path
    language: Literal["zh", "en"] = "zh"
    secret: Callable[[str], Secret]
