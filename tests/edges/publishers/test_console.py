"""The console publisher: what it prints, and that it cannot be steered by what it prints."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from calendarkit.edges.publishers import PUBLISHERS
from calendarkit.extend import Envelope, Media, Message, NoOptions, Outcome, Target
from calendarkit.testing.fakes import fake_context

CONSOLE = next(each for each in PUBLISHERS if each.name == "console")
TARGET = Target(id="hz-001.vip", title="VIP 群", store="hz-001", store_title="滨江一号店")


def sent(message: Message):
    """Print one message and return its receipt."""
    envelope = Envelope(
        key="noon/2026-11-25/noon/hz-001.vip/console", message=message, target=TARGET, column_title="午间特惠"
    )
    (receipt,) = CONSOLE.connect(NoOptions(), fake_context(Path())).send([envelope])
    return receipt


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        (Message(kind="text", text="一\n二", mentions=("@all", "amei")), ["一", "二", "@all @amei"]),
        (Message(kind="link", title="秒杀", text="仅 30 份", url="https://x.cn"), ["[秒杀] https://x.cn", "仅 30 份"]),
        (
            Message(
                kind="image", media=(Media(path=__file__, sha256="0", mime="image/jpeg", size=9, width=2, height=3),)
            ),
            [f"[image/jpeg 2×3 9 B] {__file__}"],
        ),
    ],
    ids=["text", "link", "image"],
)
def test_prints_the_message_below_its_address(message, lines, capsys):
    """Who gets it, as people call them, and the key."""
    receipt = sent(message)
    heading = "── 午间特惠 → VIP 群 · 滨江一号店  [noon/2026-11-25/noon/hz-001.vip/console]"
    assert capsys.readouterr().out.splitlines() == [heading, *(f"   {line}" for line in lines), ""]
    assert (receipt.outcome, receipt.proof) == (Outcome.DELIVERED, "answer")


def test_does_not_let_words_steer_the_terminal(capsys):
    """An escape sequence in a template must not clear the operator's screen."""
    sent(Message(kind="text", text="好\x1b[2J坏\x07"))
    assert "\x1b" not in (out := capsys.readouterr().out)
    assert "好�[2J坏�" in out


def test_prints_on_a_terminal_without_chinese(monkeypatch):
    """``LANG=C`` gets question marks, not a traceback."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert sent(Message(kind="text", text="5折 off")).outcome is Outcome.DELIVERED
    assert b"5? off" in raw.getvalue()


def test_a_closed_terminal_is_unknown(monkeypatch):
    """Nobody can say what was read before the pipe broke."""

    class Closed(io.StringIO):
        def flush(self):
            raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr(sys, "stdout", Closed())
    receipt = sent(Message(kind="text", text="好"))
    assert (receipt.outcome, receipt.detail) == (Outcome.UNKNOWN, "standard output: Broken pipe")
