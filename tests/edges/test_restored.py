"""F48: a ledger that came back from a backup sends nothing it may have sent already."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli_shop import WEDNESDAY_NOON, make_shop, open_at, say, settle_noon

from calendarkit import pipeline
from calendarkit.edges.ledger.store import Row
from calendarkit.edges.restored import LedgerRestored, admit_doubt
from calendarkit.model.state import State

EARLY, LATER = WEDNESDAY_NOON - 3600, WEDNESDAY_NOON + 60


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop that sent its noon deal and was then given back the ledger of an hour before."""
    made = make_shop(tmp_path / "shop")
    with open_at(made, EARLY) as world:
        pipeline.tick(world)
    shutil.copy(made / "state" / "ledger.db", tmp_path / "backup.db")
    with open_at(made, WEDNESDAY_NOON) as world:
        assert pipeline.tick(world).deliveries.count(State.DELIVERED) > 0
    shutil.copy(tmp_path / "backup.db", made / "state" / "ledger.db")
    return made


def rows(shop: Path) -> tuple[Row, ...]:
    """Return every row."""
    with open_at(shop, LATER) as world:
        return world.store.rows()


def test_a_restored_ledger_is_noticed(shop: Path) -> None:
    """The mark beside the ledger says that it had come further."""
    with open_at(shop, LATER) as world, pytest.raises(LedgerRestored, match=r"1\.0 h older"):
        pipeline.tick(world)
    assert rows(shop) == ()


def test_what_fell_due_since_is_unknown_and_not_sent_again(shop: Path) -> None:
    """An operator is asked about each; the audit says who restored it."""
    with open_at(shop, LATER) as world:
        count = admit_doubt(world, by="老王")
        assert count > 0
        assert {each.who for each in world.store.audit()} == {"老王"}
    with open_at(shop, LATER) as world:
        assert pipeline.tick(world).deliveries.counts == {}
    assert {row.state for row in rows(shop)} == {State.UNKNOWN}
    assert {row.code for row in rows(shop)} == {"restored"}


def test_the_command_says_how_many(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, and where to go on; an hour without doubt afterwards."""
    said = say(capsys, "-C", shop, "--lang", "en", "ledger", "restored", "--by", "wang")
    assert said.code == 0
    assert "became unknown" in said.out


def test_the_dead_are_listed_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By reason, with the mend."""
    shop = make_shop(tmp_path / "shop")
    assert "nothing has failed" in say(capsys, "-C", shop, "--lang", "en", "ledger", "dead").out
    keys = settle_noon(shop, State.FAILED)
    said = say(capsys, "-C", shop, "--lang", "en", "ledger", "dead").out
    assert f"{len(keys)} × [CK707]" in said
    assert "mend the content" in said
    assert keys[-1] in said
