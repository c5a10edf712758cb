"""Why rows stand where they stand, told once for many."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_shop import WEDNESDAY_NOON, make_shop, open_at, settle_noon
from small_shop import delivery

from calendarkit.cli.reasons import common_reasons, row_reason
from calendarkit.edges.ledger.store import Row
from calendarkit.model.state import State
from calendarkit.model.text import Text


def failed(code: str, detail: str, channel: str = "wecom", reason: Text | None = None) -> Row:
    """Return a row that failed."""
    return Row(id=1, delivery=delivery(channel=channel), state=State.FAILED, code=code, detail=detail, reason=reason)


def test_platforms_put_another_number_into_each_answer() -> None:
    """The channel and its code are one reason; the first answer's words stand for all."""
    rows = [failed("93000", f"无效 hint {number}") for number in range(3)]
    rows += [failed("93000", "别家", channel="feishu"), failed("", "甲"), failed("", "甲"), failed("", "乙")]
    assert common_reasons(rows, "zh") == ["3 × [93000] 无效 hint 0", "2 × 甲", "1 × [93000] 别家", "1 × 乙"]


def test_reasons_of_ours_are_told_apart_by_their_words() -> None:
    """One code of rendering has many causes."""
    rows = [failed("CK707", "", reason=Text(each, each)) for each in ("没有图", "太大", "没有图")]
    assert common_reasons(rows, "zh") == ["2 × [CK707] 没有图", "1 × [CK707] 太大"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [(True, "a person looked: it was sent"), (False, "a person looked: it was not sent; 没有回音")],
    ids=["sent", "not sent"],
)
def test_a_persons_word_is_the_reason(tmp_path: Path, words: str, *, sent: bool) -> None:
    """After ``resolve`` nobody must believe that the platform said so."""
    shop = make_shop(tmp_path)
    key = settle_noon(shop, State.UNKNOWN)[0]
    with open_at(shop) as world:
        assert world.store.resolve(key, sent=sent, by="老王", now=int(WEDNESDAY_NOON))
        row = world.store.row(key)
        assert row is not None
        assert row_reason(row, "en") == words


def test_what_is_still_unknown_tells_what_the_channel_said(tmp_path: Path) -> None:
    """Nobody looked yet."""
    shop = make_shop(tmp_path)
    key = settle_noon(shop, State.UNKNOWN)[0]
    with open_at(shop) as world:
        row = world.store.row(key)
        assert row is not None
        assert row_reason(row, "zh") == "没有回音"
