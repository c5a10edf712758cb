"""A toy publisher that keeps the contract, and one broken copy of it for each way to break it."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from calendarkit.extend import (
    Envelope,
    HttpFailure,
    KindLimit,
    Limits,
    Options,
    Outcome,
    PluginContext,
    Publisher,
    Receipt,
    Response,
    Secret,
    Text,
    Traits,
)

SOURCE = "a page, 2026-11-22"
LIMITS = Limits(
    kinds={
        "text": KindLimit(text_bytes=100, source=SOURCE),
        "link": KindLimit(title_bytes=40, text_bytes=60, url_bytes=80, source=SOURCE),
        "image": KindLimit(media_bytes=1000, mimes=("image/png",), source=SOURCE),
    }
)
TRAITS = Traits(dedupe="none", batch=3, address=("key",))
CLASSES = {93000: Outcome.BAD_TARGET, 45009: Outcome.RATE_WAIT, -1: Outcome.RETRY_SHORT}


class ToyOptions(Options):
    """The toy has one option."""

    sign: str = ""


class Toy:
    """A channel that keeps every rule; each method is one a mutant may break."""

    def __init__(self, options: ToyOptions, context: PluginContext) -> None:
        self.options = options
        self.context = context

    def send(self, envelopes: Sequence[Envelope], /) -> Iterable[Receipt]:
        """Send them one by one."""
        return [self.send_one(envelope) for envelope in envelopes]

    def send_one(self, envelope: Envelope) -> Receipt:
        """Refuse, or post and judge."""
        key = envelope.target.address.get("key")
        if not isinstance(key, Secret):
            return self.receipt(envelope, Outcome.BAD_TARGET, Text("没有 key", "no key"))
        fault = self.find_fault(envelope)
        if fault is not None:
            return self.receipt(envelope, Outcome.BAD_CONTENT, fault)
        try:
            response = self.post(envelope, key)
        except HttpFailure as failure:
            return self.judge_failure(envelope, failure)
        return self.judge(envelope, response, key)

    def find_fault(self, envelope: Envelope) -> Text | None:
        """Say what breaks a limit."""
        message, limit = envelope.message, LIMITS.kinds.get(envelope.message.kind)
        if limit is None:
            return Text("不支持", "unknown kind")
        for words, most in (
            (message.text, limit.text_bytes),
            (message.title, limit.title_bytes),
            (message.url, limit.url_bytes),
        ):
            if most is not None and self.measure(words) > most:
                return Text("太长", "too long")
        return self.find_picture_fault(envelope, limit) if message.kind == "image" else None

    def find_picture_fault(self, envelope: Envelope, limit: KindLimit) -> Text | None:
        """Say what is wrong with the picture."""
        for media in envelope.message.media[:1]:
            if Path(media.path).is_file() and media.size <= (limit.media_bytes or 0) and media.mime in limit.mimes:
                return None
        return Text("图片不行", "bad picture")

    def measure(self, words: str) -> int:
        """Return bytes."""
        return len(words.encode())

    def make_body(self, envelope: Envelope) -> Any:
        """Return what is sent."""
        return {"text": envelope.message.text, "title": envelope.message.title}

    def post(self, envelope: Envelope, key: Secret) -> Response:
        """Ask the platform once."""
        return self.context.http.request(
            "POST", "https://toy.example/send", params={"key": key}, json=self.make_body(envelope)
        )

    def judge_failure(self, envelope: Envelope, failure: HttpFailure) -> Receipt:
        """Decide by whether bytes left."""
        outcome = Outcome.UNKNOWN if failure.sent else Outcome.RETRY_SHORT
        return self.receipt(envelope, outcome, Text("没有回答", "no answer"))

    def judge(self, envelope: Envelope, response: Response, key: Secret) -> Receipt:
        """Decide by the code."""
        code = self.find_code(response)
        if code is None:
            return self.receipt(envelope, Outcome.UNKNOWN, Text("看不懂", "nonsense"))
        if code == 0:
            return self.receipt(envelope, Outcome.DELIVERED, Text("好", "ok"), code="0")
        return self.receipt(envelope, CLASSES.get(code, Outcome.BAD_CONTENT), Text("被拒", "refused"), code=str(code))

    def find_code(self, response: Response) -> int | None:
        """Return the code, or nothing."""
        try:
            answer = response.json()
        except (ValueError, RecursionError):
            return None
        return answer["code"] if response.status == 200 and isinstance(answer, dict) and "code" in answer else None

    def receipt(self, envelope: Envelope, outcome: Outcome, text: Text, *, code: str = "") -> Receipt:
        """Return a receipt in the workspace's language."""
        proof = "answer" if outcome is Outcome.DELIVERED else "none"
        return Receipt(key=envelope.key, outcome=outcome, detail=text.to(self.context.language), code=code, proof=proof)


class AnswersNone(Toy):
    """Returns nothing."""

    def send(self, envelopes, /):
        for envelope in envelopes:
            self.send_one(envelope)


class DropsAReceipt(Toy):
    """Forgets the last message of a batch."""

    def send(self, envelopes, /):
        return [self.send_one(envelope) for envelope in envelopes[: max(1, len(envelopes) - 1)]][: len(envelopes)]


class GreetsNobody(Toy):
    """Has a receipt for an empty batch."""

    def send(self, envelopes, /):
        empty = Receipt(key="", outcome=Outcome.DELIVERED, proof="answer")
        return super().send(envelopes) or [empty]


class MergesKeys(Toy):
    """Gives the first key to every receipt."""

    def send(self, envelopes, /):
        return [self.send_one(envelopes[0]) for _ in envelopes]


class TakesRefusalForSuccess(Toy):
    """Believes HTTP 200."""

    def find_code(self, response):
        code = super().find_code(response)
        return 0 if code == 93000 else code


class BelievesAnyAnswer(Toy):
    """Takes whatever comes for a yes."""

    def find_code(self, response):
        return super().find_code(response) or 0


class RepeatsOnGatewayErrors(Toy):
    """Thinks that a 502 means that nothing happened."""

    def find_code(self, response):
        return -1 if response.status >= 500 else super().find_code(response)


class RepeatsUnknownCodes(Toy):
    """Sends again when it does not understand."""

    def judge(self, envelope, response, key):
        receipt = super().judge(envelope, response, key)
        known = receipt.outcome is not Outcome.BAD_CONTENT
        return (
            receipt if known else self.receipt(envelope, Outcome.RETRY_SHORT, Text("再试", "again"), code=receipt.code)
        )


class SwallowsTimeouts(Toy):
    """Thinks that it probably arrived."""

    def judge_failure(self, envelope, failure):
        return self.receipt(envelope, Outcome.DELIVERED, Text("好", "ok"))


class RepeatsTimeouts(Toy):
    """Thinks that it probably did not arrive."""

    def judge_failure(self, envelope, failure):
        return self.receipt(envelope, Outcome.RETRY_SHORT, Text("再试", "again"))


class RetriesByItself(Toy):
    """Tries three times."""

    def post(self, envelope, key):
        for _ in range(2):
            try:
                return super().post(envelope, key)
            except HttpFailure as failure:
                if failure.sent:
                    raise
        return super().post(envelope, key)


class CountsCharacters(Toy):
    """Measures Chinese in characters."""

    def measure(self, words):
        return len(words)


class IsOffByOne(Toy):
    """Refuses what is exactly at the limit."""

    def measure(self, words):
        return len(words.encode()) + 1


class IgnoresPictures(Toy):
    """Sends a picture without looking at it."""

    def find_picture_fault(self, envelope, limit):
        return None


class Prints(Toy):
    """Says what it does."""

    def post(self, envelope, key):
        print("sending")
        return super().post(envelope, key)


class LogsTheKey(Toy):
    """Logs what it sends."""

    def post(self, envelope, key):
        logging.getLogger("toy").debug("key %s", key.reveal())
        return super().post(envelope, key)


class KeepsTheKey(Toy):
    """Remembers the key where ``repr`` finds it."""

    def post(self, envelope, key):
        self.last = key.reveal()
        return super().post(envelope, key)


class WritesTheKeyIntoTheAddress(Toy):
    """Builds the address by hand."""

    def post(self, envelope, key):
        url = f"https://toy.example/send?key={key.reveal()}"
        return self.context.http.request("POST", url, json=self.make_body(envelope))


class RepeatsWhatThePlatformSays(Toy):
    """Copies the platform's words into the receipt."""

    def judge(self, envelope, response, key):
        receipt = super().judge(envelope, response, key)
        return Receipt(key=receipt.key, outcome=receipt.outcome, code=receipt.code, proof=receipt.proof,
                       detail=receipt.detail + response.body.decode(errors="replace"))  # fmt: skip


class ForgetsTheCode(Toy):
    """Loses the number an operator would look up."""

    def receipt(self, envelope, outcome, text, *, code=""):
        return super().receipt(envelope, outcome, text)


class ChangesItsBytes(Toy):
    """Stamps each request."""

    def make_body(self, envelope):
        return {**super().make_body(envelope), "nonce": time.perf_counter_ns()}


class ShowsTheAttempt(Toy):
    """Tells the platform which attempt it is."""

    def make_body(self, envelope):
        return {**super().make_body(envelope), "attempt": envelope.attempt}


class Waits(Toy):
    """Takes its time."""

    def post(self, envelope, key):
        return self.context.http.request("POST", "https://toy.example/", json=self.make_body(envelope), deadline=120)


class SpeaksEnglishOnly(Toy):
    """Forgets half of its readers."""

    def receipt(self, envelope, outcome, text, *, code=""):
        return super().receipt(envelope, outcome, Text(text.en, text.en), code=code)


class AsksWhileConnecting(Toy):
    """Says hello first."""

    def __init__(self, options, context):
        super().__init__(options, context)
        context.http.request("GET", "https://toy.example/hello")


class SendsWithoutAnAddress(Toy):
    """Invents a key."""

    def send_one(self, envelope):
        return self.judge(envelope, self.post(envelope, Secret("none", "none")), Secret("none", "none"))


class ProvesNothing(Toy):
    """Says delivered and does not say why."""

    def receipt(self, envelope, outcome, text, *, code=""):
        return Receipt(key=envelope.key, outcome=outcome, detail=text.to(self.context.language), code=code)


def toy(
    channel: type[Toy], *, traits: Traits = TRAITS, limits: Limits = LIMITS, options: type[Options] = ToyOptions
) -> Publisher:
    """Return the record of a toy."""
    return Publisher(name="toy", title="玩具", limits=limits, traits=traits, options=options, connect=channel)
