"""The ledger against a model in a dictionary: in whatever order, both agree and every promise holds."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from ledger_shop import HELLO, NOON, delivery, ledger, report, slot

from calendarkit.edges.ledger.store import LEASE, Attempt, Row, Wish
from calendarkit.extend import Outcome
from calendarkit.model.delivery import Plan
from calendarkit.model.state import State
from calendarkit.stages.settle import Settlement
from calendarkit.testing.invariants import broken_promises

LATE = 600
ANSWERS = (Outcome.DELIVERED, Outcome.UNKNOWN, Outcome.RETRY_SHORT, Outcome.BAD_CONTENT, Outcome.WAITING)
SEEN = {Outcome.DELIVERED, Outcome.UNKNOWN, Outcome.WAITING}
"""Answers after which the members saw it; of the unknown the worst is assumed."""


@dataclass
class Promise:
    """What the model knows of one delivery."""

    deadline: int
    state: State = State.PLANNED
    attend: int = NOON
    fence: int = 0
    lease: int = 0
    attempt: int = 0


class LedgerMachine(RuleBasedStateMachine):
    """Every verb of the store, in any order, by several senders that may be late."""

    @initialize()
    def open(self) -> None:
        """Begin with an empty ledger."""
        self.folder = tempfile.TemporaryDirectory()
        self.store = ledger(Path(self.folder.name))
        self.now = NOON
        self.model: dict[str, Promise] = {}
        self.claimed: list[Row] = []
        self.attempts: list[Attempt] = []
        self.seen: Counter[str] = Counter()
        self.repeats = False

    def teardown(self) -> None:
        """Close the file."""
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    @rule(numbers=st.sets(st.integers(1, 6), min_size=1))
    def admit(self, numbers: set[int]) -> None:
        """Plan some deliveries; those that are there already change nothing."""
        plan = Plan(deliveries=tuple(delivery(n, slot(late=LATE)) for n in sorted(numbers)))
        added = self.store.admit(plan, missed={}, mark=self.now, now=self.now)
        fresh = [each for each in plan.deliveries if each.key not in self.model]
        assert added.new == len(fresh)
        self.model.update({each.key: Promise(deadline=NOON + LATE) for each in fresh})

    @rule()
    def freeze(self) -> None:
        """Render what is due."""
        rows = self.store.to_render(self.now)
        self.store.freeze([(row.id, HELLO) for row in rows], self.now)
        for row in rows:
            self.model[row.key].state = State.READY
        planned = [each for each in self.model.values() if each.state is State.PLANNED]
        assert all(self.now >= each.deadline for each in planned)

    @rule()
    def claim(self) -> None:
        """Claim everything that may go; exactly that is given."""
        rows = self.store.claim([row.id for row in self.store.rows()], self.now)
        free = {key for key, each in self.model.items() if each.state is State.READY and each.attend <= self.now}
        assert {row.key for row in rows} == {key for key in free if self.now < self.model[key].deadline}
        for row in rows:
            known = self.model[row.key]
            known.state, known.fence, known.lease = State.LEASED, known.fence + 1, self.now + LEASE
            assert row.fence == known.fence
        self.claimed.extend(rows)

    @precondition(lambda self: self.claimed)
    @rule(data=st.data())
    def intend(self, data: st.DataObject) -> None:
        """Somebody who claimed a row, perhaps long ago, is about to send it."""
        row = data.draw(st.sampled_from(self.claimed))
        self.claimed.remove(row)
        (answer,) = self.store.intend([Wish(row=row)], self.now)
        known = self.model[row.key]
        held = known.state is State.LEASED and known.fence == row.fence
        assert isinstance(answer, Attempt) == (held and self.now < min(known.lease, known.deadline))
        if isinstance(answer, Attempt):
            known.state, known.lease, known.attempt = State.SENDING, self.now + LEASE, known.attempt + 1
            self.attempts.append(answer)
        elif held:
            known.state, known.attend = State.READY, self.now

    @precondition(lambda self: self.attempts)
    @rule(data=st.data(), outcome=st.sampled_from(ANSWERS))
    def answer(self, data: st.DataObject, outcome: Outcome) -> None:
        """An answer arrives, perhaps long after everybody gave up."""
        attempt = data.draw(st.sampled_from(self.attempts))
        self.attempts.remove(attempt)
        told = report(attempt, outcome, now=self.now, handle="m-1" if outcome is Outcome.WAITING else "")
        self.seen[attempt.row.key] += outcome in SEEN
        (state,) = self.store.record([told], self.now)
        known = self.model[attempt.row.key]
        own = known.attempt == attempt.number and known.state in {State.SENDING, State.UNKNOWN}
        evidence = outcome is Outcome.DELIVERED or (outcome is Outcome.WAITING and known.state < State.SENDING)
        if known.state is not State.DELIVERED and (own or evidence):
            known.state, known.attend = told.settlement.state, told.settlement.attend or 0
        assert state is known.state

    @rule(resend=st.booleans())
    def reap(self, resend: bool) -> None:
        """Put in order what was left behind, for a channel that parks or for one that may repeat."""
        again = Settlement(state=State.READY, attend=self.now, retried=True)
        self.store.reap(self.now, lambda row: again if resend else Settlement(state=State.UNKNOWN))
        for known in self.model.values():
            if known.state is State.LEASED and known.lease <= self.now:
                known.state, known.attend = State.READY, self.now
            if known.state is State.SENDING and known.lease <= self.now:
                known.state, known.attend = (State.READY, self.now) if resend else (State.UNKNOWN, 0)
                self.repeats = self.repeats or resend
            if known.state in {State.PLANNED, State.READY} and known.deadline <= self.now:
                known.state = State.EXPIRED

    @rule(seconds=st.sampled_from([1, 7, LEASE, LATE]))
    def wait(self, seconds: int) -> None:
        """Time passes."""
        self.now += seconds

    @precondition(lambda self: self.model)
    @rule(data=st.data(), sent=st.booleans())
    def resolve(self, data: st.DataObject, sent: bool) -> None:
        """An operator says what became of one."""
        key = data.draw(st.sampled_from(sorted(self.model)))
        known = self.model[key]
        may = known.state in {State.UNKNOWN, State.ACCEPTED}
        assert self.store.resolve(key, sent=sent, by="老王", now=self.now) is may
        if may:
            known.state = State.DELIVERED if sent else State.FAILED

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        """An operator wants one sent again."""
        key = data.draw(st.sampled_from(sorted(self.model)))
        known = self.model[key]
        may = known.state is State.FAILED and self.now < known.deadline
        assert self.store.retry(key, "老王", self.now) is may
        if may:
            known.state, known.attend = State.READY, self.now

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        """Somebody takes one off the programme."""
        key = data.draw(st.sampled_from(sorted(self.model)))
        may = self.model[key].state < State.SENDING
        assert self.store.cancel([key], "店长", self.now) == may
        if may:
            self.model[key].state = State.CANCELLED

    @invariant()
    def agrees(self) -> None:
        """The ledger says what the model says, and keeps every promise."""
        if not hasattr(self, "store"):
            return
        found = {row.key: (row.state, row.fence, row.attempt) for row in self.store.rows()}
        assert found == {key: (each.state, each.fence, each.attempt) for key, each in self.model.items()}
        assert broken_promises(self.store, now=NOON, seen=self.seen, repeats=self.repeats) == ()


LedgerMachine.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
test_the_ledger_agrees_with_its_model = LedgerMachine.TestCase
