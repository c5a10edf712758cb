"""A channel is only used for the people it reaches."""

from __future__ import annotations

import pytest
from small_shop import calendar, candidate, delivery

from calendarkit.extend import Allow, History, Traits, Withhold
from calendarkit.guards.reach import reach

BOTH, STAFF_ONLY = Traits(dedupe="none"), Traits(dedupe="none", reaches=("staff",))
CUSTOMERS_ONLY = Traits(dedupe="none", reaches=("customers",))


@pytest.mark.parametrize(
    ("target", "traits"),
    [
        ("hz-001.vip", BOTH),
        ("hz-001.staff", STAFF_ONLY),
        ("hz-001.vip", CUSTOMERS_ONLY),
        ("hz-001", STAFF_ONLY),
        ("hz-001.vip", None),
    ],
    ids=["both", "staff", "customers", "a-store-is-no-group", "traits-unknown"],
)
def test_allows_a_channel_that_reaches_the_members(target, traits):
    """Nothing speaks against it."""
    assert reach(candidate(calendar(), delivery=delivery(target=target), traits=traits), History(), None) == Allow()


def test_a_staff_robot_does_not_pretend_to_reach_customers():
    """The reason says what to use instead."""
    verdict = reach(candidate(calendar(), traits=STAFF_ONLY), History(), None)
    assert isinstance(verdict, Withhold)
    assert verdict.reason.zh == (
        "滨江一号店 VIP 群 是客户群，渠道 robot 只能发到员工群；请改用 folder 交接包由员工转发，或用员工确认的群发"
    )
    assert "use folder" in verdict.reason.en


def test_a_customers_channel_does_not_reach_staff():
    """The other way round is said too."""
    asked = candidate(calendar(), delivery=delivery(target="hz-001.staff"), traits=CUSTOMERS_ONLY)
    verdict = reach(asked, History(), None)
    assert isinstance(verdict, Withhold)
    assert "是员工群" in verdict.reason.zh
