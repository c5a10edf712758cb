"""A platform that never answers and a ledger that someone holds: how long a run waits, and what it says then."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

import pytest
from operator_shop import CUSTOMERS, SILENT, STAFF, Said, Shop


class Waited(NamedTuple):
    """Two shops whose runs waited at the same time, and what they said in the end."""

    unanswered: Shop
    without_answer: Said
    held: Shop
    without_ledger: Said


@pytest.fixture(scope="module")
def waited(model: Shop, tmp_path_factory: pytest.TempPathFactory) -> Waited:
    """Let a robot's answer take 40 s, and hold the ledger of another shop for as long as its run tries."""
    unanswered = model.copy(tmp_path_factory.mktemp("unanswered") / "shop")
    held = model.copy(tmp_path_factory.mktemp("held") / "shop")
    unanswered.spoil({"kind": "delay", "moment": "after", "seconds": 40}, group=STAFF[0])
    holder = sqlite3.connect(held.root / "state/ledger.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    runs = [unanswered.start_tick(), held.start_tick()]
    said = [run.ended() for run in runs]
    holder.close()
    unanswered.spoil()
    return Waited(unanswered, said[0], held, said[1])


def test_no_answer_is_unknown(waited: Waited) -> None:
    """N3, F25: after 15 s; the other groups are served, and it is not sent again."""
    shop = waited.unanswered
    assert waited.without_answer == (1, "", "✗ 1 条结果不确定\n  → calendarkit status\n")
    assert shop.tick(65) == SILENT
    assert (shop.seen(), shop.packs()) == (dict.fromkeys(STAFF, 1), len(CUSTOMERS))


def test_a_held_ledger_means_the_next_minute(waited: Waited) -> None:
    """F2, F11: exit 75 after 10 s and nothing half done; the next run sends, once."""
    shop, said = waited.held, waited.without_ledger
    assert (said.code, said.out) == (75, "")
    assert said.err == f"calendarkit: 另一个进程正占用台账 {shop.root}/state/ledger.db，请稍后再试\n"
    assert shop.seen() == dict.fromkeys(STAFF, 0)
    assert shop.tick(65) == SILENT
    assert shop.seen() == dict.fromkeys(STAFF, 1)
