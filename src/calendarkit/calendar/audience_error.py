"""What is wrong with an audience expression, and where inside it."""

from __future__ import annotations

import ast
import re

from calendarkit.errors import CalendarkitError
from calendarkit.model.text import Text

_FULL_WIDTH = {"“": "'", "”": "'", "‘": "'", "’": "'", "（": "(", "）": ")", "，": ",", "＝": "==", "《": "<",
               "》": ">", "＞": ">", "＜": "<", "【": "[", "】": "]", "！": "not"}  # fmt: skip
_WORDS = (
    (r"&&?", "and"),
    (r"\|\|?", "or"),
    (r"!(?!=)", "not"),
    (r"\bAND\b|且|并且|和", "and"),
    (r"\bOR\b|或者|或", "or"),
    (r"\bNOT\b|不是|不含|除了", "not"),
    (r"<>", "!="),
    (r"(?<![=!<>])=(?!=)", "=="),
)
_QUOTABLE = re.compile(r"(?<![\w.'-])(?:\d+(?:-\w+)*[^\W\d_]\w*(?:-\w+)*|\w+(?:-\w+)+)(?![\w'.-])")
"""A tag such as ``1-3y`` or ``3岁``, which is no word of Python's."""
_STRINGS = re.compile(r"'[^']*'|\"[^\"]*\"")


class AudienceError(CalendarkitError):
    """An audience expression is not understood.

    Attributes:
        text: what is wrong.
        fix: what to write instead, or ``None``.
        offset: characters before the mistake.
        width: characters that are wrong, at least 1.
    """

    def __init__(self, text: Text, offset: int, width: int, fix: Text | None = None) -> None:
        super().__init__(text.en)
        self.text = text
        self.offset = offset
        self.width = max(1, width)
        self.fix = fix


def explain_syntax(text: str, error: BaseException) -> AudienceError:
    """Return what most likely is wrong with an expression Python's grammar refuses."""
    bare = _STRINGS.sub(lambda found: "\0" * len(found.group()), text)
    for place, char in enumerate(bare):
        if char in _FULL_WIDTH:
            right = _FULL_WIDTH[char]
            return AudienceError(
                Text(f"这里用了全角符号 {char}", f"the full-width character {char} is used here"), place, 1,
                Text(f"改成半角 {right}", f"write {right}"),
            )  # fmt: skip
    for pattern, right in _WORDS:
        match = re.search(pattern, bare)
        if match:
            word = match.group()
            return AudienceError(
                Text(f"{word} 不能用在人群表达式里", f"{word} has no meaning in an audience"), match.start(), len(word),
                Text(f"改成 {right}", f"write {right}"),
            )  # fmt: skip
    if tag := _QUOTABLE.search(bare):
        quoted = _QUOTABLE.sub(lambda found: f"'{found.group()}'", text)
        return AudienceError(
            Text(f"标签 {tag.group()} 要加引号", f"the tag {tag.group()} needs quotes"), tag.start(), len(tag.group()),
            Text(f"写成 {quoted}", f"write {quoted}"),
        )  # fmt: skip
    padding = len(text) - len(text.lstrip())
    reported = error.offset if isinstance(error, SyntaxError) else 0
    offset = min(reported - 1 + padding if reported else len(text) - 1, len(text) - 1)
    return AudienceError(
        Text("这里看不懂", "this is not understood"), offset, 1,
        Text("例如 vip and not new，或 store.city == '杭州'", "such as vip and not new, or store.city == '杭州'"),
    )  # fmt: skip


def span_of(node: ast.expr, words: str, padding: int) -> tuple[int, int]:
    """Return (offset, width) of a node in characters; Python counts bytes of UTF-8."""
    encoded = words.encode()
    start = len(encoded[: node.col_offset].decode(errors="ignore"))
    end = len(encoded[: node.end_col_offset or node.col_offset + 1].decode(errors="ignore"))
    return start + padding, max(1, end - start)
