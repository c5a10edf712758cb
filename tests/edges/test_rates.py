"""Rates of a workspace: slower at will, faster only where somebody says who allowed it."""

from __future__ import annotations

import pytest

from calendarkit.calendar.workspace import RateChoice, Workspace
from calendarkit.edges.plugins import Registry
from calendarkit.edges.rates import at_rates
from calendarkit.extend import KindLimit, Limits, Publisher, Rate, Traits
from calendarkit.extend.lent import PluginContext

ROBOT = Rate(name="robot", by=("key",), count=18, per=60, limit=20)
OTHER = Rate(name="corp", count=9000, per=60, limit=10_000)


def connect(options: object, context: PluginContext) -> object:
    """Connect nothing."""
    raise AssertionError(options, context)


PUBLISHER = Publisher(
    name="wecom",
    title="企业微信",
    limits=Limits(kinds={"text": KindLimit()}, rates=(ROBOT, OTHER)),
    traits=Traits(dedupe="none"),
    connect=connect,  # type: ignore[arg-type]  # never connected here
)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        pytest.param(RateChoice(count=10), (10, 12), id="slower-keeps-its-margin"),
        pytest.param(RateChoice(count=19), (19, 20), id="nearer"),
        pytest.param(RateChoice(count=20), (18, 20), id="at-the-limit-is-refused"),
        pytest.param(RateChoice(count=40, confirmed="WeCom, 2026-11-02"), (40, 41), id="granted"),
    ],
)
def test_a_rate_is_chosen(choice: RateChoice, expected: tuple[int, int]) -> None:
    """Its own count, never a burst beyond the limit; the other rates stay."""
    robot, other = at_rates(PUBLISHER, {"robot": choice}).limits.rates
    assert (robot.count, robot.limit) == expected
    assert other is OTHER


def test_nothing_chosen_changes_nothing() -> None:
    """The very record comes back."""
    assert at_rates(PUBLISHER, {}) is PUBLISHER


def test_a_registry_hands_out_the_chosen_rates() -> None:
    """What is planned, sent and forecast goes by one record."""
    wanted = Workspace.model_validate({"name": "店", "rates": {"wecom": {"robot": 12}}}).rates
    publisher = Registry({"wecom": {}}, rates=wanted).records("publishers")["wecom"]
    assert [each.count for each in publisher.limits.rates] == [12]
