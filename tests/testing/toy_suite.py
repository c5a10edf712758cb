"""The contract inherited by the toy and by every mutant of it; run by ``test_contract.py``, not collected by itself."""

from __future__ import annotations

import dataclasses

import pytest
from testing import toy
from testing.toy_heavy import ImportsTooMuch

from calendarkit.extend import KindLimit, Limits, NoOptions, Outcome, Publisher, Rate
from calendarkit.testing.fakes import answer
from calendarkit.testing.http_contract import HttpPublisherContract, Wire

WIRE = Wire(
    accepted=answer({"code": 0}),
    refuse=lambda words: answer({"code": 777, "msg": words}),
    refusals={
        "bad key": (answer({"code": 93000}), Outcome.BAD_TARGET),
        "busy": (answer({"code": -1}), Outcome.RETRY_SHORT),
    },
)


class OpenOptions(NoOptions, extra="allow"):
    """Options that swallow typos."""


RUMOUR = Limits(kinds={"text": KindLimit(text_bytes=100)})
RECKLESS = dataclasses.replace(toy.LIMITS, rates=(Rate(name="r", count=30, per=60, limit=20, source="x"),))
ELSEWHERE = dataclasses.replace(
    toy.LIMITS, rates=(Rate(name="r", by=("room",), count=3, per=60, limit=20, source="x"),)
)
RECORDS: dict[str, Publisher] = {
    "ImportsTooMuch": toy.toy(ImportsTooMuch),
    "PromisesALookup": toy.toy(toy.Toy, traits=dataclasses.replace(toy.TRAITS, dedupe="lookup")),
    "PromisesAPoll": toy.toy(toy.Toy, traits=dataclasses.replace(toy.TRAITS, receipt="human")),
    "PromisesAWindow": toy.toy(toy.Toy, traits=dataclasses.replace(toy.TRAITS, window=600)),
    "PromisesAKind": toy.toy(toy.Toy, limits=Limits(kinds={**toy.LIMITS.kinds, "markdown": KindLimit(source="x")})),
    "SpreadsARumour": toy.toy(toy.Toy, limits=RUMOUR),
    "RunsTooFast": toy.toy(toy.Toy, limits=RECKLESS),
    "CountsElsewhere": toy.toy(toy.Toy, limits=ELSEWHERE),
    "SwallowsTypos": toy.toy(toy.Toy, options=OpenOptions),
    "HasABadName": dataclasses.replace(toy.toy(toy.Toy), name="My Toy"),
    **{each.__name__: toy.toy(each) for each in (toy.Toy, *toy.Toy.__subclasses__()) if each is not ImportsTooMuch},
}


class _Suite(HttpPublisherContract):
    """The contract over the toy's platform."""

    record: Publisher

    @pytest.fixture
    def publisher(self):
        """The record of this class."""
        return self.record

    @pytest.fixture
    def wire(self):
        """The toy's platform."""
        return WIRE


for _name, _record in RECORDS.items():
    globals()[f"Test{_name}"] = type(f"Test{_name}", (_Suite,), {"record": _record, "__module__": __name__})
