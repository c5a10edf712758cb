"""The fakes behave as what they stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from calendarkit.edges.http.encode import encode
from calendarkit.errors import HttpFailure, SecretMissing
from calendarkit.extend import KindLimit, Limits
from calendarkit.model.message import KINDS, Kind
from calendarkit.model.secret import Secret
from calendarkit.testing.fakes import EPOCH, FakeClock, FakeHttp, answer, fake_context, no_answer, no_connection
from calendarkit.testing.samples import fill, sample_message, store_media


def test_a_fake_clock_moves_only_when_told():
    """Sleeping takes no time and is remembered."""
    clock = FakeClock()
    clock.sleep(90)
    clock.advance(10)
    assert (clock.now(), clock.slept) == (EPOCH + 100, [90])


def test_a_fake_client_plays_its_script_and_repeats_the_last():
    """Answers, failures and functions, in turn."""
    http = FakeHttp(answer({"n": 1}), no_answer(), lambda call: answer(call.json))
    assert http.request("GET", "https://h/").json() == {"n": 1}
    with pytest.raises(HttpFailure) as caught:
        http.request("GET", "https://h/")
    assert caught.value.sent is True
    assert [http.request("POST", "https://h/", json=n).json() for n in (3, 4)] == [3, 4]


def test_a_fake_client_keeps_the_bytes_the_real_one_would_send():
    """Both use one encoder."""
    http, key = FakeHttp(), Secret("robot/x", "k-1234")
    http.request("POST", "https://h/send", params={"key": key}, json={"b": "中", "a": 1}, deadline=3)
    (call,) = http.calls
    assert call.wire == encode("POST", "https://h/send", params={"key": key}, json={"a": 1, "b": "中"})
    assert (call.url, call.deadline, call.json) == ("https://h/send", 3, {"a": 1, "b": "中"})
    assert "k-1234" not in repr(call)


def test_a_fake_client_refuses_what_the_real_one_refuses():
    """What cannot be encoded has sent nothing."""
    with pytest.raises(HttpFailure) as caught:
        FakeHttp().request("POST", "not an address")
    assert caught.value.sent is False


def test_failures_say_whether_bytes_left():
    """One of each."""
    assert (no_answer().sent, no_connection().sent) == (True, False)


def test_a_fake_context_knows_the_secrets_it_is_given(tmp_path: Path):
    """And no others."""
    context = fake_context(tmp_path, secrets={"robot/x": "value"})
    assert context.secret("robot/x").reveal() == "value"
    with pytest.raises(SecretMissing):
        context.secret("robot/y")


@pytest.mark.parametrize("kind", KINDS)
def test_samples_keep_within_limits(tmp_path: Path, kind: Kind):
    """A sample of every kind, its picture of a type the channel takes."""
    limits = Limits(kinds={"image": KindLimit(mimes=("image/jpeg",))})
    message = sample_message(kind, tmp_path, limits)
    assert message.kind == kind
    assert [media.mime for media in message.media] == (["image/jpeg"] if kind == "image" else [])


@pytest.mark.parametrize("size", [0, 1, 2, 3, 2048, 2049])
def test_filling_words_have_exactly_so_many_bytes(size: int):
    """Mostly Chinese, so that counting characters gives another number."""
    assert len(fill(size).encode()) == size


def test_stored_media_is_what_it_says(tmp_path: Path):
    """Size and digest are those of the file."""
    media = store_media(tmp_path, b"abc", "image/png")
    assert (Path(media.path).read_bytes(), media.size, media.sha256[:8]) == (b"abc", 3, "ba7816bf")
