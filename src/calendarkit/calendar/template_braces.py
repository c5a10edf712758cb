"""Braces that were meant to be a template and are none: full-width ones, or one where two belong."""

from __future__ import annotations

import re

from calendarkit.model.text import Text

_FULL_WIDTH = re.compile(r"[｛{]\s*[｛%]|[｝%]\s*[｝}]")
_SINGLE = re.compile(r"(?<![{\w])\{\s*(?:[a-z_]+\.)+[a-z_]+(?:\s*\|[^{}\n]*)?\s*\}(?!\})")


def misspelt_braces(text: str) -> tuple[int, Text] | None:
    """Return the line (1-based) and what is wrong with its braces, ``None`` when nothing is.

    Words in single or full-width braces would reach customers as they stand.

    >>> misspelt_braces("今天 { offer.price } 元")[0]
    1
    >>> misspelt_braces("今天 {{ offer.price }} 元") is None
    True
    """
    for number, line in enumerate(text.split("\n"), 1):
        for found in _FULL_WIDTH.finditer(line):
            if "｛" in found[0] or "｝" in found[0]:
                return number, Text(
                    f"“{found[0]}”是全角符号，写成半角的 {{{{ }}}} 或 {{% %}}",
                    f"{found[0]!r} is full-width; write the plain {{{{ }}}} or {{% %}}",
                )
        if single := _SINGLE.search(line):
            words = single[0].strip("{} ")
            return number, Text(
                f"要两层花括号，写成 {{{{ {words} }}}}", f"two braces are needed: write {{{{ {words} }}}}"
            )
    return None
