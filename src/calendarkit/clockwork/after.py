"""What follows events: reminders counted in days from each event, looked up by the day of the event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """The reminders of one column and zone: the k-th goes out ``k * step`` days after its event.

    Attributes:
        minute: the minute of the day on which they go out.
        step: days from the event to the first, and from one to the next.
        anchors: day of an event → ``(last, subjects)``: the number of the last reminder and who gets so many, the
            largest number first; subjects sorted.
    """

    minute: int
    step: int
    anchors: Mapping[int, tuple[tuple[int, tuple[str, ...]], ...]] = field(default_factory=dict)

    def on(self, day: int) -> Iterator[str]:
        """Yield the names of the reminders of ``day``, ``subject.k``, in no particular order."""
        if not self.anchors:
            return
        oldest = min(self.anchors)
        for k in range(1, (day - oldest) // self.step + 1):
            for last, subjects in self.anchors.get(day - k * self.step, ()):
                if last < k:
                    break
                for subject in subjects:
                    yield f"{subject}.{k}"

    def next_day(self, day: int) -> int | None:
        """Return the earliest day from ``day`` on that has a reminder, or ``None``."""
        found = None
        for anchor, rows in self.anchors.items():
            k = max(1, -((anchor - day) // self.step))
            if k <= rows[0][0]:
                each = anchor + k * self.step
                found = each if found is None else min(found, each)
        return found

    def to_data(self) -> list[Any]:
        """Return it as what JSON can hold; subjects have no spaces and share one string."""
        anchors = [[day, [[last, " ".join(subjects)] for last, subjects in rows]] for day, rows in self.anchors.items()]
        return [self.minute, self.step, anchors]

    @classmethod
    def from_data(cls, data: list[Any]) -> After:
        """Return what :meth:`to_data` wrote."""
        minute, step, anchors = data
        rows = {day: tuple((last, tuple(subjects.split())) for last, subjects in each) for day, each in anchors}
        return cls(minute=minute, step=step, anchors=rows)


def split_name(name: str) -> tuple[str, int]:
    """Return the subject and the number of a reminder's name, ``c-0192.2``."""
    subject, _, k = name.rpartition(".")
    return subject, int(k)
