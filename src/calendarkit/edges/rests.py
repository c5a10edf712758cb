"""Rests that end early: their cause was mended, or waiting any longer would outlast a delivery."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from calendarkit.calendar.secret_shape import parse_reference, texts_in
from calendarkit.edges.ledger.store import Hold, Store
from calendarkit.edges.secrets import FILE_NAME
from calendarkit.edges.world import World
from calendarkit.errors import PluginError, SecretMissing
from calendarkit.model.state import State

NAME = "rests.json"
"""File in the state folder: by what rests, a salted digest of the configuration that it rested with."""
PROBE_SECONDS = 55
"""A rest younger than this is not cut short for a deadline: at most one probe a minute."""


def end_rests(world: World, now: int) -> int:
    """End the rests whose configuration changed since, or that would outlast a delivery; return how many.

    A channel that comes back sends one delivery first; whatever is still wrong makes it rest again.
    """
    resting = [each for each in world.store.holds() if each.until > now]
    if not resting:
        return 0
    kept, ends = _kept(world), _next_ends(world.store, now)
    ended = [each for each in resting if _mended(world, each, kept) or _outlasts(each, ends, now)]
    for each in ended:
        world.store.lift(each.channel, each.target)
    return len(ended)


def note_rests(world: World) -> None:
    """Keep with which configuration each rest began, so that the next run sees when it was changed.

    Raises:
        OSError: the state folder cannot be written.
    """
    resting = world.store.holds()
    path = world.state_dir / NAME
    if not resting:
        path.unlink(missing_ok=True)
        return
    kept = _kept(world)
    salt = kept.get("salt") or os.urandom(16).hex()
    known = {name: kept.get(name) or _digest(world, each, salt) for each in resting for name in (_name(each),)}
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps({"salt": salt, **known}), "utf-8")
    fresh.chmod(0o600)
    fresh.replace(path)


def something_waits(store: Store, now: int) -> bool:
    """Return whether a delivery that is due waits for a rest to end; then every minute looks whether it may go."""
    return any(each.until > now for each in store.holds()) and bool(store.channels_due(now))


def _mended(world: World, hold: Hold, kept: Mapping[str, str]) -> bool:
    before = kept.get(_name(hold))
    return before is not None and before != _digest(world, hold, kept.get("salt", ""))


def _next_ends(store: Store, now: int) -> dict[tuple[str, str], int]:
    """Return the nearest deadline of what is due, by channel and target, and by channel alone (target empty)."""
    ends: dict[tuple[str, str], int] = {}
    for row in store.rows(states=[State.PLANNED, State.READY]):
        if row.not_before <= now < row.deadline:
            channel = row.delivery.channel
            for place in ((channel, ""), (channel, row.delivery.target)):
                ends[place] = min(ends.get(place, row.deadline), row.deadline)
    return ends


def _outlasts(hold: Hold, ends: Mapping[tuple[str, str], int], now: int) -> bool:
    """Return whether something that is due would expire before the rest is over."""
    end = ends.get((hold.channel, hold.target))
    return end is not None and end <= hold.until and hold.since <= now - PROBE_SECONDS


def _name(hold: Hold) -> str:
    """Return what this very rest is called: one that begins anew, with another configuration, is another."""
    return f"{hold.channel} {hold.target} {hold.since}"


def _digest(world: World, hold: Hold, salt: str) -> str:
    """Return a digest of everything that a person may mend: options, address, secrets; never the values themselves."""
    parts = json.dumps([*_options(world, hold), *_address(world, hold)], default=str, sort_keys=True)
    return hashlib.blake2b(parts.encode(), key=bytes.fromhex(salt), digest_size=16).hexdigest()


def _options(world: World, hold: Hold) -> Iterator[Any]:
    try:
        options = world.registry.options("publishers", hold.channel).model_dump(mode="json")
    except PluginError as problem:
        options = str(problem)
    yield options
    yield from (_value(world, each) for each in texts_in(options))
    if not hold.target:
        try:
            found = (world.root / FILE_NAME).stat()
            yield found.st_mtime_ns, found.st_ctime_ns, found.st_size
        except OSError as problem:
            yield problem.errno


def _address(world: World, hold: Hold) -> Iterator[Any]:
    target: Any = world.roster.groups.get(hold.target) or world.roster.stores.get(hold.target)
    for field, value in sorted((target.address.get(hold.channel, {}) if target else {}).items()):
        yield field, value, _value(world, value)


def _value(world: World, written: str) -> str:
    """Return the value behind a reference to a secret; nothing where nobody knows it."""
    name = parse_reference(written)
    try:
        return world.secrets.resolve(name).reveal() if name else ""
    except SecretMissing:
        return ""


def _kept(world: World) -> dict[str, str]:
    try:
        kept = json.loads((world.state_dir / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in kept.items()} if isinstance(kept, dict) else {}
