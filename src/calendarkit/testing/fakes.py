"""Fakes: a clock, an HTTP client and a context that tests hold in their hands."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from calendarkit.edges.http.encode import Files, WireRequest, Words, encode
from calendarkit.errors import HttpFailure, SecretMissing
from calendarkit.extend.lent import Clock, Http, PluginContext, Response
from calendarkit.model.secret import Secret

EPOCH = 1_795_665_600
"""2026-11-26 12:00 in Shanghai, epoch seconds: when a :class:`FakeClock` starts."""


class FakeClock:
    """A clock that moves only when it is told to, or slept on."""

    def __init__(self, now: float = EPOCH) -> None:
        """Start at ``now``, epoch seconds."""
        self.time = now
        self.slept: list[float] = []

    def now(self) -> float:
        """Return epoch seconds."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Let ``seconds`` pass at once, and remember that somebody slept."""
        self.slept.append(seconds)
        self.time += seconds

    def advance(self, seconds: float) -> None:
        """Let ``seconds`` pass."""
        self.time += seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeCall:
    """One request as it was asked for, and the bytes it would have been.

    Attributes:
        url: the address as the plugin wrote it, before ``params``.
        wire: the bytes, encoded as the real client does it.
        deadline: seconds.
    """

    method: str
    url: str
    wire: WireRequest
    deadline: float

    @property
    def json(self) -> Any:
        """The body, decoded."""
        return jsonlib.loads(self.wire.body or b"null")


Answer = Response | HttpFailure | Callable[[FakeCall], Response]


class FakeHttp:
    """An HTTP client that answers from a script and keeps what it was asked.

    The last answer of the script repeats for ever. A failure in the script is raised; a function is asked.
    """

    def __init__(self, *answers: Answer) -> None:
        """Answer with ``answers`` in turn; without any, with HTTP 200 and ``{}``."""
        self.calls: list[FakeCall] = []
        self._answers = list(answers or (answer({}),))

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Words | None = None,
        headers: Words | None = None,
        json: Any = None,
        body: bytes | None = None,
        files: Files | None = None,
        deadline: float = 15.0,
    ) -> Response:
        """Keep the request and play the next answer.

        Raises:
            HttpFailure: the script says so, or the request cannot be encoded.
        """
        try:
            wire = encode(method, url, params=params, headers=headers, json=json, body=body, files=files)
        except (ValueError, TypeError) as error:
            raise HttpFailure(f"the request cannot be encoded: {error}", sent=False) from None
        call = FakeCall(method=method, url=url, wire=wire, deadline=deadline)
        self.calls.append(call)
        given = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(given, HttpFailure):
            raise HttpFailure(str(given), sent=given.sent)
        return given if isinstance(given, Response) else given(call)


def answer(json: Any = None, *, status: int = 200, body: bytes | None = None) -> Response:
    """Return an answer with ``json`` or the bytes of ``body`` in it."""
    data = jsonlib.dumps(json, ensure_ascii=False).encode() if body is None else body
    kind = "application/json; charset=UTF-8" if body is None else "text/html"
    return Response(status=status, headers={"content-type": kind}, body=data)


def no_answer() -> HttpFailure:
    """Return the failure of a call whose bytes left and that nobody answered."""
    return HttpFailure("POST https://example.invalid/: no answer before the deadline", sent=True)


def no_connection() -> HttpFailure:
    """Return the failure of a call that reached nobody."""
    return HttpFailure("POST https://example.invalid/: connection refused", sent=False)


@dataclass(slots=True)
class FakeSecrets:
    """Secrets by name."""

    values: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, name: str) -> Secret:
        """Return the secret called ``name``.

        Raises:
            SecretMissing: it is not there.
        """
        if name not in self.values:
            raise SecretMissing(f"no secret {name}")
        return Secret(name, self.values[name])


def fake_context(
    folder: Path,
    *,
    http: Http | Iterable[Answer] = (),
    clock: Clock | None = None,
    secrets: Mapping[str, str] | None = None,
    language: Literal["zh", "en"] = "en",
) -> PluginContext:
    """Return a context whose world is ``folder`` and fakes.

    Args:
        folder: stands for the plugin's own folder and for the workspace.
        http: a client, or the answers of a :class:`FakeHttp`.
        clock: a :class:`FakeClock` by default.
        secrets: by name.
        language: of what the plugin says to people.
    """
    client = FakeHttp(*http) if isinstance(http, Iterable) else http
    return PluginContext(
        http=client,
        clock=clock or FakeClock(),
        folder=folder,
        workspace=folder,
        language=language,
        secret=FakeSecrets(secrets or {}),
    )
