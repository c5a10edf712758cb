"""Redaction: by value, by pattern, in logs."""

from __future__ import annotations

import io
import logging
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.edges.redact import MASK, RedactingFilter, Redactor
from calendarkit.model.secret import Secret

KEY = "693a91f6-7a0c-4bc4-97a0-0ec2f1fa5aaa"


def knowing(*values: str) -> Redactor:
    """Return a redactor that learned ``values``."""
    redactor = Redactor()
    for number, value in enumerate(values):
        redactor.learn(Secret(f"s/{number}", value))
    return redactor


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"POST https://h/send?key={KEY}&debug=1 failed", f"POST https://h/send?key={MASK}&debug=1 failed"),
        ("?access_token=abc.def&x=1", f"?access_token={MASK}&x=1"),
        ("corpid=ww1&corpsecret=s3cr3t", f"corpid=ww1&corpsecret={MASK}"),
        ("Secret=abc, token='x y'", f"Secret={MASK} token='x y'"),
        ('{"access_token": "abc", "expires_in": 7200}', f'{{"access_token": "{MASK}", "expires_in": 7200}}'),
        ("Authorization: Bearer abc.def", f"Authorization: Bearer {MASK}"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/0123-4567-89", f"https://open.feishu.cn/open-apis/bot/v2/hook/{MASK}"),
    ],
    ids=["robot", "token", "gettoken", "case", "json", "header", "path"],
)  # fmt: skip
def test_what_stands_where_keys_stand_is_masked(text: str, expected: str):
    """A redactor that learned nothing still knows the places."""
    assert Redactor()(text) == expected


@pytest.mark.parametrize(
    "text",
    ["noon-deals/2026-11-25/noon/hz-001.vip/wecom", "monkey=banana", "secret:robot/hz-001", "errcode 93000", "key: 5"],
)
def test_ordinary_words_stay(text: str):
    """Keys of deliveries, references and codes are no secrets."""
    assert Redactor()(text) == text


WORDS = st.text(st.characters(exclude_characters="*\0", exclude_categories=["Cs"]), max_size=30)


@given(WORDS.filter(lambda value: len(value) >= 4), WORDS, WORDS)
def test_a_learned_value_never_survives(value: str, before: str, after: str):
    """Wherever the value stands, it is gone; also percent-encoded."""
    redactor = knowing(value)
    for spelling in (value, quote(value, safe="")):
        assert spelling not in redactor(f"{before}{spelling}{after}").replace(MASK, "\0")


def test_the_longer_of_two_values_is_masked_whole():
    """A key that begins with another key leaves no tail."""
    assert knowing("abcd", "abcd-efgh")("x abcd-efgh y abcd z") == f"x {MASK} y {MASK} z"


def test_values_side_by_side_are_all_masked():
    """Every occurrence goes."""
    assert knowing("aaaa")("aaaaaaaa-aaaa") == f"{MASK}{MASK}-{MASK}"


def test_a_tiny_value_does_not_take_words_apart():
    """Three letters are masked by place only."""
    assert knowing("abc")("abc key=abc") == f"abc key={MASK}"


def test_thousands_of_values_are_learned():
    """A chain of stores fits, and each is masked."""
    redactor = knowing(*(f"693a91f6-7a0c-4bc4-97a0-{n:012}" for n in range(3000)))
    assert redactor("x 693a91f6-7a0c-4bc4-97a0-000000002999 y") == f"x {MASK} y"
    assert "3000 spellings" in repr(redactor)


def test_records_arguments_and_tracebacks_are_masked():
    """A handler with the filter writes no key, wherever it stood."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(RedactingFilter(knowing(KEY)))
    logger = logging.Logger("test")
    logger.addHandler(handler)
    try:
        raise ValueError(f"bad {KEY}")
    except ValueError:
        logger.exception("send %s to %s", KEY, {"key": KEY}, stack_info=True)
    assert KEY not in stream.getvalue()
    assert "ValueError: bad ***" in stream.getvalue()


@pytest.mark.parametrize(
    ("message", "arguments", "written"),
    [("100% sure", (), "100% sure"), ("%d of %d", (3,), "%d of %d (3,)"), ("%s", ({},), "{}")],
    ids=["no arguments", "too few", "mapping"],
)
def test_odd_records_pass(message: str, arguments: tuple, written: str):
    """A record that cannot be formatted is written as it is; a filter never raises."""
    record = logging.LogRecord("test", logging.INFO, __file__, 1, message, arguments, None)
    assert RedactingFilter(Redactor()).filter(record) is True
    assert record.getMessage() == written
