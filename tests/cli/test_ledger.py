"""Looking at deliveries and settling what only a person can settle."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from cli_shop import make_shop, open_at, say, settle_noon
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.cli.ledger import as_csv
from calendarkit.model.state import State


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the starter shop."""
    return make_shop(tmp_path)


def state(shop: Path, key: str) -> State:
    """Return where a delivery stands."""
    with open_at(shop) as world:
        row = world.store.row(key)
        assert row is not None
        return row.state


def test_list_shows_state_key_and_reason(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of what was asked for."""
    keys = settle_noon(shop, State.FAILED)
    said = say(capsys, "--lang", "zh", "-C", shop, "ledger", "list", "--state", "failed")
    assert said.out.count("失败") == 2
    assert all(key in said.out for key in keys)
    assert "[CK707]" in said.out


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (["--day", "2026-11-25"], 2),
        (["--day", "2026-11-26"], 0),
        (["--column", "午间特惠", "--since", "2026-11-25"], 2),
        (["--column", "早安贴士", "--since", "2026-11-25"], 0),
        (["--target", "s-001.vip", "--since", "2026-11-25"], 1),
        (["--state", "unknown"], 0),
        (["--state", "unknown", "--state", "DELIVERED"], 2),
        (["--since", "2026-11-26"], 0),
        (["--since", "2026-11-25", "--limit", "1"], 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_filters(shop: Path, capsys: pytest.CaptureFixture[str], filters: list[str], count: int) -> None:
    """Each takes away; they go together."""
    settle_noon(shop, State.DELIVERED)
    assert len(json.loads(say(capsys, "-C", shop, "ledger", "list", "--json", *filters).out)) == count


def test_an_empty_list_says_so(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is no failure."""
    assert say(capsys, "--lang", "en", "-C", shop, "ledger", "list") == (0, "the ledger holds no such delivery\n", "")


def test_a_cut_list_says_so(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With how many there are."""
    settle_noon(shop, State.DELIVERED)
    said = say(capsys, "--lang", "zh", "-C", shop, "ledger", "list", "--day", "2026-11-25", "--limit", "1")
    assert "共 2 条，列出最近 1 条" in said.out


@pytest.mark.parametrize(("answer", "after"), [("--sent", State.DELIVERED), ("--not-sent", State.FAILED)])
def test_resolve_takes_a_persons_word(
    shop: Path, capsys: pytest.CaptureFixture[str], answer: str, after: State
) -> None:
    """And keeps whose word it was."""
    key, *_ = settle_noon(shop, State.UNKNOWN)
    assert say(capsys, "-C", shop, "ledger", "resolve", key, answer, "--by", "老王").code == 0
    assert state(shop, key) is after
    with open_at(shop) as world:
        assert [each.who for each in world.store.audit(key)] == ["老王"]


@pytest.mark.parametrize("before", [State.DELIVERED, State.FAILED], ids=lambda each: each.name.lower())
def test_what_is_known_is_not_resolved(shop: Path, capsys: pytest.CaptureFixture[str], before: State) -> None:
    """It says where it stands and changes nothing."""
    key, *_ = settle_noon(shop, before)
    said = say(capsys, "--lang", "zh", "-C", shop, "ledger", "resolve", key, "--sent", "--by", "老王")
    assert (said.code, "没有改动" in said.err) == (1, True)
    assert state(shop, key) is before


def test_nobody_answers_for_nothing(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither without an answer, nor without a name, nor for a key that is not there."""
    key, *_ = settle_noon(shop, State.UNKNOWN)
    for args in ([key, "--by", "老王"], [key, "--sent"], ["a/b/c/d/e", "--sent", "--by", "老王"]):
        assert say(capsys, "-C", shop, "ledger", "resolve", *args).code == 2
    assert state(shop, key) is State.UNKNOWN


def test_what_was_delivered_is_never_retried(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever asks."""
    key, *_ = settle_noon(shop, State.DELIVERED)
    assert say(capsys, "-C", shop, "ledger", "retry", key, "--by", "老王").code == 1
    assert state(shop, key) is State.DELIVERED


@pytest.mark.parametrize("verb", [("retry",), ("resolve", "--not-sent")], ids=["retry", "resolve"])
def test_one_unknown_key_leaves_everything_as_it_is(shop, capsys, verb) -> None:
    """A command that refuses has done nothing, whatever stood in front of the slip."""
    key, *_ = settle_noon(shop, State.FAILED if verb[0] == "retry" else State.UNKNOWN)
    before = state(shop, key)
    said = say(capsys, "--lang", "zh", "-C", shop, "ledger", *verb, key, "nonsense/key", "--by", "老王")
    assert (said.code, "台账里没有 nonsense/key" in said.err) == (2, True)
    assert state(shop, key) is before


def test_export_writes_a_file_for_spreadsheets(shop: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With the mark they need to read Chinese, and with every formula disarmed."""
    settle_noon(shop, State.FAILED)
    file = tmp_path / "out.csv"
    assert say(capsys, "-C", shop, "ledger", "export", "--state", "failed", "--out", file).code == 0
    data = file.read_bytes()
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert data.startswith(b"\xef\xbb\xbf")
    assert [row["detail"] for row in rows] == ["'=画不出来"] * 2


def test_export_as_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Texts as they are."""
    keys = settle_noon(shop, State.FAILED)
    said = say(capsys, "-C", shop, "ledger", "export", "--format", "json", "--state", "failed")
    assert [each["key"] for each in json.loads(said.out)] == keys


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5))
def test_no_cell_is_a_formula(texts: list[str]) -> None:
    """Whatever a platform answered."""
    rows = list(csv.reader(io.StringIO(as_csv([{"detail": text} for text in texts])), strict=True))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


def test_numbers_stay_numbers() -> None:
    """Also below zero."""
    assert as_csv([{"n": -5, "none": None}]) == "n,none\r\n-5,\r\n"
    assert as_csv([]) == ""
