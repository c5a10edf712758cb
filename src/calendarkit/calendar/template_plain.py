"""Plain templates: words with values between them and nothing else; most are, and are filled in without the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import nodes

Part = str | tuple[str, str]
"""Words as they are, or the root and the key of a value."""
LONGEST = 8_000
"""Characters up to which nobody need count bytes: 64 KiB are at least twice as many."""


def plain_parts(tree: nodes.Template) -> tuple[Part, ...] | None:
    """Return the parts of a plain template such as ``电话 {{ store.phone }}``; ``None`` for any other."""
    found: list[Part] = []
    for output in tree.body:
        for node in output.nodes if isinstance(output, nodes.Output) else (output,):
            if isinstance(node, nodes.TemplateData):
                found.append(node.data)
            elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.attr[0] != "_":
                found.append((node.node.name, node.attr))
            else:
                return None
    return tuple(found)


def filled_in(parts: Sequence[Part], context: Mapping[str, Any]) -> str | None:
    """Return the words, as the engine would; ``None`` where it must decide, because a value is missing or no text."""
    words: list[str] = []
    for part in parts:
        if isinstance(part, str):
            words.append(part)
            continue
        table = context.get(part[0])
        value = table.get(part[1]) if isinstance(table, Mapping) else None
        if not isinstance(value, str):
            return None
        words.append(value)
    text = "".join(words)
    return text if len(text) <= LONGEST else None
