"""Which names a template mentions, where, and whether it does without them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jinja2 import nodes


@dataclass(frozen=True, slots=True)
class Mention:
    """One use of a value.

    Attributes:
        root: ``store``, ``item``, ``offer`` ….
        attribute: what follows the first dot, empty without one.
        line: 1-based.
        guarded: whether the template copes without it (``default``, ``is defined``, inside ``if offer``).
        asked: whether it is only asked for, in a condition, and may be empty there.
    """

    root: str
    attribute: str
    line: int
    guarded: bool = False
    asked: bool = False

    @property
    def name(self) -> str:
        """``store.name`` or ``offer``."""
        return f"{self.root}.{self.attribute}" if self.attribute else self.root


def mentions(tree: nodes.Template) -> tuple[Mention, ...]:
    """Return what ``tree`` mentions, in the order written; names that it sets itself are left out."""
    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"} | {"loop"}
    return tuple(each for each in _walk(tree, frozenset()) if each.root not in own)


def _walk(node: nodes.Node, safe: frozenset[str]) -> Iterator[Mention]:
    if isinstance(node, nodes.If | nodes.CondExpr):
        yield from _branches(node, safe)
        return
    if isinstance(node, nodes.Filter) and node.name in ("default", "d") and node.node is not None:
        safe_inside = safe | {each.name for each in _walk(node.node, frozenset())}
        yield from _walk(node.node, safe_inside)
        for argument in node.args:
            yield from _walk(argument, safe)
        return
    if isinstance(node, nodes.Test) and node.name in ("defined", "undefined"):
        yield from _walk(node.node, safe | {each.name for each in _walk(node.node, frozenset())})
        return
    found = _mention(node)
    if found:
        root, attribute = found
        name = f"{root}.{attribute}" if attribute else root
        yield Mention(root, attribute, int(node.lineno or 0), guarded=bool({root, name} & safe))
        return
    for child in node.iter_child_nodes():
        yield from _walk(child, safe)


def _branches(node: nodes.If | nodes.CondExpr, safe: frozenset[str]) -> Iterator[Mention]:
    """A name that is asked for in the condition is safe in every branch; the bare name is safe in the condition too."""
    asked = {each.name for each in _walk(node.test, frozenset())}
    bare = {name for name in asked if "." not in name}
    for each in _walk(node.test, safe | bare):
        yield replace(each, asked=True)
    for child in node.iter_child_nodes():
        if child is not node.test:
            yield from _walk(child, safe | asked)


def _mention(node: nodes.Node) -> tuple[str, str] | None:
    """Return (root, attribute) of a name or of a chain that starts with one."""
    if isinstance(node, nodes.Name):
        return (node.name, "") if node.ctx == "load" else None
    attributes: list[str] = []
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        if isinstance(node, nodes.Getattr):
            attributes.append(node.attr)
        elif isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            attributes.append(node.arg.value)
        else:
            return None
        node = node.node
    if isinstance(node, nodes.Name) and node.ctx == "load" and attributes:
        return node.name, attributes[-1]
    return None
