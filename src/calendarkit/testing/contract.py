"""The contract of publishers: tests that a plugin inherits by overriding one fixture.

A publisher that talks HTTP inherits :class:`calendarkit.testing.http_contract.HttpPublisherContract` instead.

>>> class TestMine(PublisherContract):
...     @pytest.fixture
...     def publisher(self):
...         return MINE
"""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from calendarkit.extend.options import Options
from calendarkit.extend.publishing import KindLimit, Publisher
from calendarkit.model.message import KINDS, Kind, Media, Message
from calendarkit.model.receipt import Outcome
from calendarkit.model.secret import Secret
from calendarkit.testing.fakes import Answer
from calendarkit.testing.samples import CANARY, fill, sample_address, sample_picture, store_media
from calendarkit.testing.trial import Trial, send_one

SUCCESS = frozenset({Outcome.DELIVERED, Outcome.DUPLICATE, Outcome.PARTIAL, Outcome.WAITING})
"""The classes after which a message is not sent again."""
AGAIN = frozenset({Outcome.RETRY_SHORT, Outcome.RETRY_LATER, Outcome.RATE_WAIT, Outcome.TOKEN_REFRESH})
"""The classes after which it is; they claim that nothing happened."""
HEAVY = frozenset({
    "PIL", "aiohttp", "asyncio", "http.client", "httpx", "jinja2", "lxml", "numpy", "pandas", "requests", "sqlalchemy",
    "sqlite3", "ssl", "starlette", "urllib3",
})  # fmt: skip
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class PublisherContract:
    """What every publisher keeps. Override ``publisher``; override ``options`` where some are required."""

    @pytest.fixture
    def publisher(self) -> Publisher:
        """The record under test."""
        pytest.fail("override the fixture: publisher")

    @pytest.fixture
    def options(self, publisher: Publisher) -> Options:
        """The options it is connected with."""
        return publisher.options()

    @pytest.fixture
    def answers(self) -> tuple[Answer, ...]:
        """What its HTTP client answers while it does well."""
        return ()

    @pytest.fixture
    def address(self, publisher: Publisher) -> Mapping[str, str | Secret]:
        """The address of every target."""
        return sample_address(publisher)

    @pytest.fixture
    def trial(
        self,
        publisher: Publisher,
        options: Options,
        answers: tuple[Answer, ...],
        *,
        address: Mapping[str, str | Secret],
        tmp_path: Path,
    ) -> Trial:
        """Everything above, ready to send."""
        return Trial(publisher=publisher, options=options, answers=answers, address=address, folder=tmp_path)

    # ------------------------------------------------------------------------------------------------ the record

    def test_the_name_is_a_plain_word_and_the_title_is_for_people(self, publisher: Publisher) -> None:
        """``[plugins.NAME]`` and keys of deliveries carry the name for ever."""
        assert re.fullmatch(r"[a-z][a-z0-9-]{0,31}", publisher.name), f"not a plain word: {publisher.name!r}"
        assert publisher.title.strip(), "the title is empty"

    def test_the_options_are_a_frozen_model_with_a_schema(self, publisher: Publisher) -> None:
        """One declaration serves the decoder, the schema and the reference page."""
        assert issubclass(publisher.options, Options), "options must subclass calendarkit.extend.Options"
        schema = json.loads(json.dumps(publisher.options.model_json_schema()))
        assert schema["additionalProperties"] is False, "unknown options must be refused"
        assert publisher.options.model_config.get("frozen"), "options must be frozen"

    def test_the_limits_name_kinds_and_sources(self, publisher: Publisher) -> None:
        """A limit without a dated source is a rumour."""
        limits = publisher.limits
        assert limits.kinds, "a publisher takes at least one kind"
        assert set(limits.kinds) <= set(KINDS), f"unknown kinds: {set(limits.kinds) - set(KINDS)}"
        sources = [*(each.source for each in limits.kinds.values()), *(rate.source for rate in limits.rates)]
        assert publisher.traits.local or all(sources), "every limit and rate names its source"

    def test_the_rates_are_below_the_platforms_own(self, publisher: Publisher) -> None:
        """A rate's scope is made of fields the address has."""
        for rate in publisher.limits.rates:
            assert 0 < rate.count <= rate.limit, f"{rate.name}: {rate.count} of {rate.limit}"
            assert rate.per > 0, f"{rate.name}: per {rate.per} s"
            assert set(rate.by) <= set(publisher.traits.address), f"{rate.name}: {rate.by} is no part of the address"

    def test_the_channel_can_do_what_its_traits_promise(self, trial: Trial) -> None:
        """A promise without a method would leave a delivery unknown for ever."""
        traits, channel = trial.publisher.traits, trial.connect().channel
        promised = {
            "lookup": traits.dedupe == "lookup",
            "poll": traits.receipt in {"async", "human"},
            "cancel": traits.cancel != "no",
        }
        missing = [name for name, wanted in promised.items() if wanted and not callable(getattr(channel, name, None))]
        assert not missing, f"the traits promise {missing}"
        assert (traits.window > 0) == (traits.dedupe == "window"), "window seconds go with dedupe = window"
        assert traits.batch >= 1, "a batch has at least one message"

    def test_importing_it_is_light(self, publisher: Publisher) -> None:
        """Heavy imports belong inside ``connect``: ``calendarkit plugins list`` imports every plugin."""
        code = (
            "import sys, importlib, calendarkit.extend; before = set(sys.modules); "
            f"importlib.import_module({publisher.connect.__module__!r}); print(*sorted(set(sys.modules) - before))"
        )
        environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603  # our own interpreter and words
        assert done.returncode == 0, done.stderr
        heavy = HEAVY & set(done.stdout.split())
        assert not heavy, f"importing the plugin imports {sorted(heavy)}"

    # --------------------------------------------------------------------------------------------------- sending

    def test_connecting_asks_nobody(self, trial: Trial) -> None:
        """``connect`` happens before the intent to send is on record."""
        assert trial.connect().http.calls == []

    def test_no_messages_are_no_receipts(self, trial: Trial) -> None:
        """An empty batch is empty."""
        channel, http = trial.connect()
        assert list(channel.send(())) == []
        assert http.calls == []

    @pytest.mark.parametrize("kind", KINDS)
    def test_each_kind_is_taken_or_refused(self, trial: Trial, kind: Kind) -> None:
        """A kind in ``Limits.kinds`` goes out; any other is ``bad_content`` and causes no request."""
        channel, http = trial.connect()
        receipt = send_one(channel, trial.envelope(trial.message(kind)))
        if kind in trial.publisher.limits.kinds:
            assert receipt.outcome in SUCCESS, f"{receipt}"
        else:
            assert (receipt.outcome, http.calls) == (Outcome.BAD_CONTENT, []), f"{receipt}"

    def test_every_envelope_gets_its_own_receipt(self, trial: Trial) -> None:
        """As many receipts as messages, each with the key of one."""
        count = min(trial.publisher.traits.batch, 5)
        envelopes = [trial.envelope(number=number) for number in range(1, count + 1)]
        receipts = list(trial.connect().channel.send(envelopes))
        assert sorted(receipt.key for receipt in receipts) == sorted(each.key for each in envelopes)

    def test_success_carries_the_proof_its_traits_promise(self, trial: Trial) -> None:
        """A yes without an id is ``answer``; an id is a handle; what a person or a job must finish is ``waiting``."""
        receipt = send_one(trial.connect().channel, trial.envelope())
        promised = trial.publisher.traits.receipt
        waits = promised in {"async", "human"}
        assert receipt.outcome is (Outcome.WAITING if waits else Outcome.DELIVERED), f"{receipt}"
        assert promised == "none" or receipt.handle, "a receipt that can be followed up has a handle"
        assert waits or receipt.proof != "none", "delivered without any proof"

    @pytest.mark.parametrize(
        ("kind", "field"),
        [("text", "text"), ("markdown", "text"), ("link", "text"), ("link", "title"), ("link", "url")],
    )
    def test_a_limit_is_counted_in_bytes_before_the_network(self, trial: Trial, kind: Kind, field: str) -> None:
        """Chinese words of exactly the limit go out; one byte more is ``bad_content`` and causes no request."""
        most: int | None = getattr(trial.publisher.limits.kinds.get(kind), f"{field}_bytes", None)
        if most is None:
            return
        exact = send_one(trial.connect().channel, trial.envelope(_with(trial.message(kind), field, most)))
        assert exact.outcome in SUCCESS, f"{most} bytes: {exact}"
        channel, http = trial.connect()
        over = send_one(channel, trial.envelope(_with(trial.message(kind), field, most + 1)))
        assert (over.outcome, http.calls) == (Outcome.BAD_CONTENT, []), f"{most + 1} bytes: {over}"

    @pytest.mark.parametrize("fault", ["too large", "another type", "gone", "none"])
    def test_a_bad_picture_never_goes_out(self, trial: Trial, fault: str) -> None:
        """A picture over the limit, of another type or without a file is ``bad_content`` and causes no request."""
        limit = trial.publisher.limits.kinds.get("image")
        if limit is None or not _can_happen(fault, limit):
            return
        message = Message(kind="image", media=_bad_picture(fault, limit, trial))
        channel, http = trial.connect()
        receipt = send_one(channel, trial.envelope(message))
        assert (receipt.outcome, http.calls) == (Outcome.BAD_CONTENT, []), f"{receipt}"

    def test_a_target_without_an_address_is_a_bad_target(self, trial: Trial) -> None:
        """A group somebody forgot to connect rests; it breaks nothing."""
        channel, http = trial.connect()
        receipt = send_one(channel, trial.envelope(address={}))
        needed = trial.publisher.traits.address
        assert receipt.outcome in ({Outcome.BAD_TARGET} if needed else SUCCESS), f"{receipt}"
        assert not (needed and http.calls), "it asked the platform all the same"

    def test_a_refusal_speaks_the_language_of_the_workspace(self, trial: Trial) -> None:
        """``Receipt.detail`` is what an operator reads."""
        envelope = trial.envelope(Message(kind="image"))
        zh = send_one(trial.connect(language="zh").channel, envelope).detail
        en = send_one(trial.connect(language="en").channel, envelope).detail
        assert _CHINESE.search(zh), f"no Chinese: {zh!r}"
        assert en.strip() and not _CHINESE.search(en), f"no English: {en!r}"  # noqa: PT018  # one claim

    def test_nothing_is_printed(self, trial: Trial, capfd: pytest.CaptureFixture[str]) -> None:
        """Cron mails whatever is printed."""
        send_one(trial.connect().channel, trial.envelope())
        assert capfd.readouterr() == ("", "")

    def test_no_secret_shows(self, trial: Trial, caplog: pytest.LogCaptureFixture) -> None:
        """No receipt, no log record and no ``repr`` holds a secret."""
        caplog.set_level(logging.DEBUG)
        channel, _ = trial.connect()
        receipt = send_one(channel, trial.envelope())
        assert CANARY not in f"{receipt!r} {channel!r} {getattr(channel, '__dict__', '')} {caplog.text}"


def _with(message: Message, field: str, size: int) -> Message:
    """Return ``message`` with a field of exactly ``size`` bytes."""
    words = f"https://shop.example/{'a' * (size - 21)}" if field == "url" else fill(size)
    changed: dict[str, Any] = {field: words}
    return dataclasses.replace(message, **changed)


def _can_happen(fault: str, limit: KindLimit) -> bool:
    """Tell whether a channel with this limit can meet the fault at all."""
    return {"too large": bool(limit.media_bytes), "another type": bool(limit.mimes)}.get(fault, True)


def _bad_picture(fault: str, limit: KindLimit, trial: Trial) -> tuple[Media, ...]:
    picture = sample_picture(trial.folder, trial.publisher.limits)
    if fault == "too large":
        return (store_media(trial.folder, bytes((limit.media_bytes or 0) + 1), picture.mime),)
    if fault == "another type":
        return (store_media(trial.folder, b"RIFF", "image/x-other"),)
    return (dataclasses.replace(picture, path=f"{picture.path}.gone"),) if fault == "gone" else ()
