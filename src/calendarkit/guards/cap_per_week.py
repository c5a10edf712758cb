"""频控: how many slots one group may receive in any seven days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from calendarkit.extend.planning import Candidate
from calendarkit.guards.moment import local, moment, others, target_title
from calendarkit.model.guarding import Allow, History, Verdict, Withhold
from calendarkit.model.text import Text

WEEK = 7 * 86_400


def cap_per_week(candidate: Candidate, history: History, _options: object) -> Verdict:
    """Withhold what would be one slot too many in any seven days around it; parts of one slot count once.

    What is promised for later counts as well: an edit may add a slot before it.
    """
    delivery, cap = candidate.delivery, candidate.calendar.caps.per_week
    if cap is None or delivery.target not in candidate.roster.groups:
        return Allow()
    rivals = others(candidate, history)
    if len(rivals) < cap:
        return Allow()
    planned = moment(candidate)
    count, since = _fullest(sorted(sent.at for sent in rivals), planned)
    if count < cap:
        return Allow()
    group, first = target_title(candidate), local(since, delivery.slot.zone)
    return Withhold(
        Text(
            f"{group} 七天内（{first:%m-%d} 起）已有 {count} 条，上限 {cap}",
            f"{group} already got {count} in seven days (since {first:%m-%d}), the cap is {cap}",
        )
    )


def _fullest(moments: Sequence[int], planned: int) -> tuple[int, int]:
    """Return how many of ``moments``, sorted, lie in the fullest seven days that hold ``planned``, and the first."""
    first, last = bisect_right(moments, planned - WEEK), bisect_right(moments, planned)
    found = [(bisect_left(moments, moments[each] + WEEK) - each, each) for each in range(first, last)]
    found.append((bisect_left(moments, planned + WEEK) - last, last))  # the seven days that begin with the candidate
    count, place = max(found, key=lambda each: (each[0], -each[1]))
    return count, moments[place] if count else planned
