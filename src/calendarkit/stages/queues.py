"""Queues: which messages of a plan wait together for which rates, counted instead of listed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from calendarkit.model.delivery import Delivery
from calendarkit.model.forecast import Load, Queue
from calendarkit.model.slot import Slot

MOST = 200
"""Most kinds of queues that are told apart for one rate, those with most targets behind them."""
Rates = Callable[[str, str], Iterable[Queue]]
"""Returns the rates that a message by a channel to a target must pass."""


def queues(
    deliveries: Iterable[Delivery],
    rates: Rates,
    *,
    members: Mapping[str, Collection[str]] | None = None,
    spread: Mapping[str, int] | None = None,
) -> tuple[Load, ...]:
    """Return every message once for each rate it must pass, those of queues that are alike counted together.

    Args:
        deliveries: what goes out.
        rates: asked for every target once a channel.
        members: by target, all that it stands for, itself among them; a target that is not there stands for itself.
        spread: by column, seconds over which the targets of a slot are spread, where one target's turn must not be
            taken for that of all it stands for.

    >>> queues([], lambda channel, target: ())
    ()
    """
    together: dict[_Together, int] = {}
    gets: dict[str, dict[int, int]] = {}
    for each in deliveries:
        over = (spread or {}).get(each.slot.column, 0)
        at = each.slot.at if over else each.not_before or each.slot.at
        place = together.setdefault(_Together(each.slot, each.channel, at, over), len(together))
        counts = gets.setdefault(each.target, {})
        counts[place] = counts.get(place, 0) + 1
    alike: dict[tuple[tuple[int, int], ...], list[str]] = {}
    for target, counts in gets.items():
        alike.setdefault(tuple(counts.items()), []).extend((members or {}).get(target, (target,)))
    return tuple(_loads(tuple(together), alike, rates))


class _Together(NamedTuple):
    """What may go at once."""

    slot: Slot
    channel: str
    at: int
    spread: int


Gets = tuple[tuple[int, int], ...]
"""What a target gets: the place of what goes together, and how many messages of it."""


@dataclass(slots=True)
class _Kind:
    """Queues with equally many targets of the same bunches behind each of them; one of the queues, and how many."""

    queue: Queue | None
    behind: tuple[tuple[int, int], ...]
    queues: int = 1

    @property
    def size(self) -> int:
        """How many targets stand behind one queue."""
        return sum(count for _, count in self.behind)


def _loads(together: Sequence[_Together], alike: Mapping[Gets, Sequence[str]], rates: Rates) -> Iterator[Load]:
    """Yield what each slot puts into the queues of each channel."""
    bunches = tuple(alike)
    for channel in sorted({each.channel for each in together}):
        some = {
            bunch: alike[gets]
            for bunch, gets in enumerate(bunches)
            if any(together[place].channel == channel for place, _ in gets)
        }
        for kind in _largest(_kinds(channel, some, rates)):
            counts: dict[int, list[tuple[int, int]]] = {}
            for bunch, targets in kind.behind:
                for place, count in bunches[bunch]:
                    if together[place].channel == channel:
                        counts.setdefault(place, []).append((targets * count, count))
            yield from (_load(together[place], kind, found) for place, found in counts.items())


def _load(goes: _Together, kind: _Kind, counts: Iterable[tuple[int, int]]) -> Load:
    """Return a load; ``counts`` are of messages behind one queue, and of those that one target gets."""
    behind, parts = zip(*counts, strict=True)
    return Load(
        slot=goes.slot,
        channel=goes.channel,
        queue=kind.queue,
        at=goes.at,
        spread=goes.spread,
        each=sum(behind),
        queues=kind.queues,
        parts=max(parts),
    )


def _kinds(channel: str, bunches: Mapping[int, Sequence[str]], rates: Rates) -> Iterator[_Kind]:
    """Yield the kinds of one channel's queues, and one for what has no rate."""
    free: dict[int, int] = {}
    behind: dict[Queue, dict[int, int]] = {}
    for bunch, targets in bunches.items():
        for target in targets:
            passed = tuple(rates(channel, target))
            for queue in passed:
                counts = behind.setdefault(queue, {})
                counts[bunch] = counts.get(bunch, 0) + 1
            if not passed:
                free[bunch] = free.get(bunch, 0) + 1
    found: dict[tuple[str, tuple[tuple[int, int], ...]], _Kind] = {}
    for queue, counts in behind.items():
        key = queue.rate, tuple(counts.items())
        if key in found:
            found[key].queues += 1
        else:
            found[key] = _Kind(queue, key[1])
    if free:
        yield _Kind(None, tuple(free.items()))
    yield from found.values()


def _largest(kinds: Iterable[_Kind]) -> Iterator[_Kind]:
    """Yield, of each rate, the kinds with most targets behind them."""
    by_rate: dict[str, list[_Kind]] = {}
    for kind in kinds:
        by_rate.setdefault(kind.queue.rate if kind.queue else "", []).append(kind)
    for some in by_rate.values():
        yield from sorted(some, key=lambda kind: -kind.size)[:MOST]
