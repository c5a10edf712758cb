"""The contract of publishers that talk HTTP: tests that a plugin inherits by overriding two fixtures.

>>> class TestMine(HttpPublisherContract):
...     @pytest.fixture
...     def publisher(self):
...         return MINE
...
...     @pytest.fixture
...     def wire(self):
...         return Wire(accepted=answer({"errcode": 0}), refuse=lambda words: answer({"errcode": 1, "errmsg": words}))
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

import pytest

from calendarkit.extend.lent import Response
from calendarkit.extend.publishing import Publisher
from calendarkit.model.receipt import Outcome
from calendarkit.model.secret import Secret
from calendarkit.testing.contract import AGAIN, SUCCESS, PublisherContract
from calendarkit.testing.fakes import Answer, FakeCall, answer, no_answer, no_connection
from calendarkit.testing.samples import CANARY, sample_address
from calendarkit.testing.trial import Trial, send_one

LONGEST_CALL = 15.0
"""Seconds; a lease is 60 s, and a call must end long before it."""
GARBAGE: Mapping[str, Response] = {
    "nothing": answer(body=b""),
    "a page": answer(body=b"<html>ok</html>"),
    "half an answer": answer(body=b'{"errcode":0'),
    "null": answer(body=b"null"),
    "a list": answer([]),
    "an empty object": answer({}),
    "a word": answer("ok"),
    "true": answer(body=b"true"),
    "bytes that are no text": answer(body=b"\xff\xfe\x00"),
    "deep nesting": answer(body=b"[" * 100_000),
    "no content": answer(body=b"", status=204),
    "a gateway's page": answer(body=b"<html>502 Bad Gateway</html>", status=502),
    "an error without words": answer(body=b"", status=500),
    "a redirect": answer(body=b"", status=302),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """How the platform behind a publisher answers.

    Attributes:
        accepted: what it answers when it takes one message; a function when one message needs several calls.
        refuse: makes a refusal with a code that nobody knows and these words in it.
        refusals: further refusals by name, each with the class it must become.
        address: the target's address; by default a secret in every field of ``Traits.address``.
    """

    accepted: Response | Callable[[FakeCall], Response]
    refuse: Callable[[str], Response]
    refusals: Mapping[str, tuple[Response, Outcome]] = dataclasses.field(default_factory=dict)
    address: Mapping[str, str | Secret] | None = None


class HttpPublisherContract(PublisherContract):
    """What a publisher over HTTP keeps besides. Override ``publisher`` and ``wire``."""

    @pytest.fixture
    def wire(self) -> Wire:
        """How its platform answers."""
        pytest.fail("override the fixture: wire")

    @pytest.fixture
    def answers(self, wire: Wire) -> tuple[Answer, ...]:
        """The platform takes everything."""
        return (wire.accepted,)

    @pytest.fixture
    def address(self, publisher: Publisher, wire: Wire) -> Mapping[str, str | Secret]:
        """The wire's, or secrets."""
        return sample_address(publisher) if wire.address is None else wire.address

    def test_silence_after_bytes_left_is_unknown(self, trial: Trial) -> None:
        """Nobody knows whether the group saw it: not delivered, and not a reason to send again."""
        channel, _ = trial.connect(*_all_but_last(trial), no_answer())
        assert send_one(channel, trial.envelope()).outcome is Outcome.UNKNOWN

    def test_a_connection_that_is_refused_is_tried_again_later(self, trial: Trial) -> None:
        """Proof that nothing happened; and the engine tries again, not the plugin."""
        before = _all_but_last(trial)
        channel, http = trial.connect(*before, no_connection())
        assert send_one(channel, trial.envelope()).outcome is Outcome.RETRY_SHORT
        assert len(http.calls) == len(before) + 1, "retries belong to the engine alone"

    @pytest.mark.parametrize("name", GARBAGE)
    def test_garbage_is_never_success(self, trial: Trial, name: str) -> None:
        """HTTP 200 means nothing; and what proves nothing is no reason to repeat where repeats show."""
        channel, _ = trial.connect(*_all_but_last(trial), GARBAGE[name])
        outcome = send_one(channel, trial.envelope()).outcome
        assert outcome not in SUCCESS, f"{name} became {outcome}"
        assert trial.publisher.traits.dedupe != "none" or outcome not in AGAIN, f"{name} became {outcome}"

    def test_each_refusal_becomes_its_class(self, trial: Trial, wire: Wire) -> None:
        """Every refusal of the wire, decided on its code."""
        before, found = _all_but_last(trial), {}
        for name, (refusal, _) in wire.refusals.items():
            found[name] = send_one(trial.connect(*before, refusal).channel, trial.envelope()).outcome
        assert found == {name: outcome for name, (_, outcome) in wire.refusals.items()}

    def test_an_unknown_refusal_is_kept_and_not_repeated(self, trial: Trial, wire: Wire) -> None:
        """A code nobody has seen yet: not success, not sent again, its number shown to the operator."""
        channel, _ = trial.connect(*_all_but_last(trial), wire.refuse("never seen"))
        receipt = send_one(channel, trial.envelope())
        assert receipt.outcome not in SUCCESS | AGAIN, f"{receipt}"
        assert receipt.code, "the platform's code is lost"

    def test_a_platform_that_repeats_a_secret_does_not_spread_it(
        self, trial: Trial, wire: Wire, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Error texts echo what they were asked."""
        secrets = [each.reveal() for each in trial.address.values() if isinstance(each, Secret)]
        channel, _ = trial.connect(*_all_but_last(trial), wire.refuse(f"bad {' '.join(secrets)}"))
        assert CANARY not in f"{send_one(channel, trial.envelope())!r} {caplog.text}"

    def test_the_same_message_is_the_same_bytes(self, trial: Trial) -> None:
        """A retry is byte-identical, whatever the attempt, the process and the language."""
        first, second, other = trial.connect(), trial.connect(), trial.connect(language="zh")
        envelope = trial.envelope()
        send_one(first.channel, envelope)
        send_one(second.channel, dataclasses.replace(envelope, attempt=2))
        send_one(other.channel, envelope)
        sent = [[call.wire for call in each.http.calls] for each in (first, second, other)]
        assert sent[0] == sent[1] == sent[2], "equal messages gave different requests"

    def test_every_call_is_short_and_private(self, trial: Trial) -> None:
        """HTTPS, within 15 s, and secrets are handed over as secrets: the client masks those it knows."""
        channel, http = trial.connect()
        send_one(channel, trial.envelope())
        assert http.calls, "no request at all"
        for call in http.calls:
            assert call.url.startswith("https://"), call.url.partition("?")[0]
            assert 0 < call.deadline <= LONGEST_CALL, f"{call.deadline} s"
            assert CANARY not in call.url, "a secret is written into the address; pass it in params"


def _all_but_last(trial: Trial) -> tuple[Answer, ...]:
    """Return the good answers before the call that counts, for publishers that need several calls for one message."""
    channel, http = trial.connect()
    send_one(channel, trial.envelope())
    return trial.answers * (len(http.calls) - 1)
