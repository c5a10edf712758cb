"""渠道能否到达: a staff robot never pretends to reach customers."""

from __future__ import annotations

from calendarkit.extend.planning import Candidate
from calendarkit.guards.moment import target_title
from calendarkit.model.guarding import Allow, History, Verdict, Withhold
from calendarkit.model.text import Text


def reach(candidate: Candidate, _history: History, _options: object) -> Verdict:
    """Withhold a delivery whose channel cannot reach the members of the group."""
    delivery, traits = candidate.delivery, candidate.traits
    group = candidate.roster.groups.get(delivery.target)
    if group is None or traits is None or group.members in traits.reaches:
        return Allow()
    name = target_title(candidate)
    if group.members == "customers":
        return Withhold(
            Text(
                f"{name} 是客户群，渠道 {delivery.channel} 只能发到员工群；"
                "请改用 folder 交接包由员工转发，或用员工确认的群发",
                f"{name} is a customers' group and channel {delivery.channel} reaches staff groups only: use folder, "
                "so that staff forward it by hand, or a send that an employee confirms",
            )
        )
    return Withhold(
        Text(
            f"{name} 是员工群，渠道 {delivery.channel} 只能发到客户群；请改用能发员工群的渠道，例如群机器人",
            f"{name} is a staff group and channel {delivery.channel} reaches customers only: use a group robot",
        )
    )
