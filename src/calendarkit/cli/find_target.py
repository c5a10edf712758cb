"""Finds the store or group that a person means, by id or by name."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from calendarkit.cli.codes import Refusal
from calendarkit.edges.world import World
from calendarkit.model.text import Text


def find_store(world: World, words: str) -> str:
    """Return the id of the store whose id or name is ``words``, or whose name alone contains them.

    Raises:
        Refusal: there is none, or there are several (exit code 2).
    """
    return _find({each.id: each.name for each in world.roster.stores.values()}, words, Text("门店", "store"))


def find_group(world: World, words: str) -> str:
    """Return the id of the group whose id or title is ``words``, or whose title alone contains them.

    Raises:
        Refusal: there is none, or there are several (exit code 2).
    """
    return _find({each.id: each.title for each in world.roster.groups.values()}, words, Text("群", "group"))


def find_target(world: World, words: str) -> str | None:
    """Return the id of the group or store called ``words``, ``None`` when nothing is called so."""
    for find in (find_group, find_store):
        try:
            return find(world, words)
        except Refusal:
            continue
    return None


def _find(names: Mapping[str, str], words: str, what: Text) -> str:
    if words in names:
        return words
    exact = [each for each, name in names.items() if name == words]
    found = exact or [each for each, name in names.items() if words and words in name]
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(found[:5])
        raise Refusal(
            Text(f"“{words}”可以指 {listed}", f"{words!r} may mean {listed}"), fix=Text("请写 id", "use the id")
        )
    near = get_close_matches(words, [*names, *names.values()], n=1, cutoff=0.5)
    fix = Text(f"是不是 {near[0]}？", f"did you mean {near[0]}?") if near else None
    raise Refusal(Text(f"没有“{words}”这个{what.zh}", f"there is no {what.en} {words!r}"), fix=fix)
