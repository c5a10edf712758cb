"""Painter processes: what kills one, or makes it hang, costs its own poster and nobody else's."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from calendarkit.edges.draw import Refusal
from calendarkit.edges.painter_pool import AHEAD, Order, PainterPool
from calendarkit.edges.painter_process import Setting
from calendarkit.extend import Media, PainterContext, PosterJob

TOY = (sys.executable, str(Path(__file__).with_name("toy_painter_process.py")))
SETTING = Setting(tables={}, context=PainterContext(layouts=(), assets=(), fonts=()), media=Path())


@pytest.fixture
def pool() -> Iterator[PainterPool]:
    """Return two toy painters with little patience."""
    made = PainterPool(SETTING, 2, patience=6.0, command=TOY)
    yield made
    made.close()


def orders(*names: str, kind: str = "") -> list[Order]:
    """Return one order a name, numbered."""
    return [(f"{number} {name}", kind or name, PosterJob(layout=name, context={})) for number, name in enumerate(names)]


def came_of(pool: PainterPool, wanted: list[Order]) -> dict[str, str]:
    """Return what came of each order: ``drawn``, or why not."""
    return {key: drawn.text.zh if isinstance(drawn, Refusal) else "drawn" for key, drawn in pool.draw(wanted)}


def test_every_order_is_answered_once(pool: PainterPool) -> None:
    """By processes that live on from one batch to the next."""
    seen = [drawn for _ in range(2) for _, drawn in pool.draw(orders(*["a"] * 20))]
    assert len(seen) == 40
    assert all(isinstance(each, Media) for each in seen)
    assert len({each.path for each in seen if isinstance(each, Media)}) <= 2


@pytest.mark.parametrize(("harm", "told"), [("crash", "崩溃"), ("leave", "崩溃"), ("hang", "超过 20 秒")])
def test_one_poster_is_lost(pool: PainterPool, harm: str, told: str) -> None:
    """A segmentation fault, an early end and a hang are told from each other, and the others are drawn."""
    found = came_of(pool, orders("a", "b", harm, "c", "d", "e"))
    assert told in found.pop(f"2 {harm}")
    assert set(found.values()) == {"drawn"}
    assert len(found) == 5


def test_what_kills_again_and_again_is_given_up(pool: PainterPool) -> None:
    """A layout whose shared picture crashes must not cost a process a store."""
    found = came_of(pool, [*orders(*["crash"] * 8), *orders("a", "b")])
    assert sum("崩溃" in each for each in found.values()) in (3, 4)
    assert sum("不再尝试" in each for each in found.values()) in (4, 5)
    assert list(found.values()).count("drawn") == 2


def test_it_stops_between_posters(pool: PainterPool) -> None:
    """When time is up, what was handed over is finished and the rest is left."""
    seen: list[str] = []
    for key, _ in pool.draw(orders(*["a"] * 30), lambda: len(seen) >= 5):
        seen.append(key)
    assert 5 <= len(seen) <= 5 + 2 * AHEAD


def test_nothing_stays_behind(pool: PainterPool) -> None:
    """Closing ends every process, and so does giving up in the middle."""
    running = pool.draw(orders(*["a"] * 9))
    pids = {int(drawn.path) for _, (_, drawn) in zip(range(4), running, strict=False) if isinstance(drawn, Media)}
    running.close()  # type: ignore[attr-defined]
    pool.close()
    assert pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
