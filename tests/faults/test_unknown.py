"""N2, N3, F23: each row of the table of the unknown, through real ticks against a channel that keeps its promises."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_shop import WEDNESDAY_NOON, make_shop

from calendarkit import pipeline
from calendarkit.edges.ledger.store import Row
from calendarkit.edges.world import open_world
from calendarkit.extend import Traits
from calendarkit.model.state import State
from calendarkit.testing.fakes import FakeClock
from calendarkit.testing.invariants import broken_promises
from calendarkit.testing.scripted import ScriptedMembers, Step, scripted

UPSERT = Traits(dedupe="upsert")
WINDOW = Traits(dedupe="window", window=4 * 3600)
SHORT = Traits(dedupe="window", window=10)
LOOKUP = Traits(dedupe="lookup", settling=120, receipt="id")
NONE = Traits(dedupe="none")
HUMAN = Traits(dedupe="lookup", settling=120, receipt="human")


class Noon:
    """A shop over its Wednesday noon, a tick a minute, with a channel that goes as scripted."""

    def __init__(self, folder: Path, traits: Traits, *steps: Step, on_unknown: str = "park") -> None:
        self.shop, self.traits, self.steps = make_shop(folder / "shop"), traits, steps
        calendar = self.shop / "calendars/daily.toml"
        wish = f'[[column]]\non_unknown = "{on_unknown}"\n'
        calendar.write_text(calendar.read_text("utf-8").replace("[[column]]\n", wish), "utf-8")
        self.clock = FakeClock(WEDNESDAY_NOON - 60)
        self.members = ScriptedMembers(clock=self.clock, steps=steps)

    def tick(self, minutes: int = 1) -> None:
        """Run one tick at the beginning of each of the next minutes, each in a world of its own."""
        for _ in range(minutes):
            with open_world(self.shop, clock=self.clock) as world:
                scripted(world, self.members, self.traits)
                pipeline.tick(world)
            self.clock.time = (self.clock.time // 60 + 1) * 60
        self.members.look()

    def rows(self) -> tuple[Row, ...]:
        """Return the rows of noon; no promise of the ledger is broken."""
        with open_world(self.shop, clock=self.clock) as world:
            repeats = self.traits.dedupe in ("upsert", "window") or "lost" in self.steps[:1]
            seen = self.members.sends
            assert broken_promises(world.store, now=int(self.clock.time), seen=seen, repeats=repeats) == ()
            return world.store.rows()

    @property
    def states(self) -> set[State]:
        """The states of all rows."""
        return {row.state for row in self.rows()}

    @property
    def attempts(self) -> set[int]:
        """How often each was tried."""
        return {row.attempt for row in self.rows()}

    @property
    def sights(self) -> set[int]:
        """How often members saw each."""
        return {self.members.sends[row.key] for row in self.rows()}


@pytest.mark.parametrize("step", ["lost", "swallowed"])
@pytest.mark.parametrize("traits", [pytest.param(UPSERT, id="upsert"), pytest.param(WINDOW, id="window")])
def test_what_may_be_repeated_is_sent_again_at_once(tmp_path: Path, traits: Traits, step: Step) -> None:
    """The same tick tries again; members see one message, whether the first had arrived or not."""
    noon = Noon(tmp_path, traits, step)
    noon.tick(2)
    assert (noon.states, noon.attempts, noon.sights) == ({State.DELIVERED}, {2}, {1})


@pytest.mark.parametrize(("step", "sights"), [("lost", {1}), ("swallowed", {0})])
def test_a_window_that_is_over_leaves_it_to_a_person(tmp_path: Path, step: Step, sights: set[int]) -> None:
    """A repeat would arrive outside the platform's window: parked, over any number of ticks."""
    noon = Noon(tmp_path, SHORT, step)
    noon.tick(6)
    assert (noon.states, noon.attempts, noon.sights) == ({State.UNKNOWN}, {1}, sights)


@pytest.mark.parametrize(("step", "attempts"), [("lost", {1}), ("swallowed", {2})])
def test_what_can_be_asked_about_is_asked_after_settling(tmp_path: Path, step: Step, attempts: set[int]) -> None:
    """Unknown until it has settled; then what is there is adopted, and what is absent is sent once more."""
    noon = Noon(tmp_path, LOOKUP, step)
    noon.tick(3)
    assert (noon.states, noon.attempts) == ({State.UNKNOWN}, {1})
    noon.tick(3)
    assert (noon.states, noon.attempts, noon.sights) == ({State.DELIVERED}, attempts, {1})


@pytest.mark.parametrize(("sent", "sights"), [(True, {1}), (False, {2})])
def test_without_any_way_to_ask_a_person_decides(tmp_path: Path, sent: bool, sights: set[int]) -> None:
    """Parked over many ticks; sent says what is so, not sent lets it go once more, knowingly."""
    noon = Noon(tmp_path, NONE, "lost")
    noon.tick(5)
    assert (noon.states, noon.sights) == ({State.UNKNOWN}, {1})
    with open_world(noon.shop, clock=noon.clock) as world:
        for row in world.store.rows():
            world.store.resolve(row.key, sent=sent, by="老王", now=int(noon.clock.time))
    with open_world(noon.shop, clock=noon.clock) as world:
        assert {each.who for each in world.store.audit()} == {"老王"}
        if not sent:
            assert all(world.store.retry(row.key, "老王", int(noon.clock.time)) for row in world.store.rows())
    noon.tick(2)
    assert (noon.states, noon.sights) == ({State.DELIVERED}, sights)


@pytest.mark.parametrize(("step", "sights"), [("lost", {2}), ("swallowed", {1})])
def test_a_column_may_prefer_twice_to_never(tmp_path: Path, step: Step, sights: set[int]) -> None:
    """``on_unknown = "resend"``: a morning tip goes again, and may be seen twice."""
    noon = Noon(tmp_path, NONE, step, on_unknown="resend")
    noon.tick(2)
    assert (noon.states, noon.attempts, noon.sights) == ({State.DELIVERED}, {2}, sights)


@pytest.mark.parametrize(
    "traits",
    [pytest.param(each, id=each.dedupe) for each in (UPSERT, WINDOW, LOOKUP, NONE)],
)
def test_proof_that_nothing_happened_is_no_doubt(tmp_path: Path, traits: Traits) -> None:
    """A refused connection is tried again on every channel, and seen once."""
    noon = Noon(tmp_path, traits, "refused")
    noon.tick(3)
    assert (noon.states, noon.attempts, noon.sights) == ({State.DELIVERED}, {2}, {1})


@pytest.mark.parametrize(("steps", "attempts"), [((), {1}), (("lost",), {1}), (("swallowed",), {2})])
def test_what_waits_for_a_person_is_followed_up_by_later_ticks(
    tmp_path: Path, steps: tuple[Step, ...], attempts: set[int]
) -> None:
    """Accepted until the employee confirms, asked about and never sent again; doubt is looked up first."""
    noon = Noon(tmp_path, HUMAN, *steps)
    noon.tick(6)
    assert noon.states <= {State.ACCEPTED, State.DELIVERED}
    noon.tick(60)
    assert (noon.states, noon.attempts, noon.sights) == ({State.DELIVERED}, attempts, {1})
