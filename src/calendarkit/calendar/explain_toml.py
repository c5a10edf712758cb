"""What a TOML syntax error most likely is, said in words a shop understands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from calendarkit.calendar.finding import Finding
from calendarkit.calendar.mend_toml import NO_SUCH_DAY, PRICES, Mended, mend_line
from calendarkit.model.text import Text

if TYPE_CHECKING:
    import tomli

    from calendarkit.calendar.documents import Document

_FULL_WIDTH = {
    "“": '"', "”": '"', "„": '"', "＂": '"', "‘": "'", "’": "'", "＝": "=", "：": "=", "，": ",", "；": ",", "、": ",",
    "［": "[", "］": "]", "【": "[", "】": "]", "｛": "{", "｝": "}", "＃": "#", "．": ".", "。": ".",
    "\u3000": " ", "\u00a0": " ",
}  # fmt: skip
_VALUE = re.compile(r"\s*[^\s=:：]+\s*[=:：]\s*(?P<value>.*?)\s*(?:\s#.*)?$")
_UNQUOTED = Text("{} 没有加引号", "{} is not quoted")
_SPELLED = Text("{} 的写法不对", "{} is not how it is written")
_SLIPS: Mapping[str, Text] = {
    "quotes": Text("{} 里的文字没有加引号", "a text in {} is not quoted"),
    "brackets": Text("几个值要放在方括号里", "several values need brackets around them"),
    "comma": Text("两个值之间少了逗号", "a comma is missing between two values"),
    "equals": Text("这里要写 =，不是冒号", "= belongs here, not a colon"),
    "number": Text("{} 不是数字的写法", "{} is not how a number is written"),
    "end": Text("行尾多了一个逗号", "there is a comma at the end of the line"),
    "close": Text("引号或括号没有配对", "a quote or bracket is not closed"),
    "characters": Text("这里有全角符号", "there is a full-width character"),
    "backslash": Text("双引号里的反斜杠有特殊含义", "a backslash has a meaning of its own inside double quotes"),
}
REPEATED = frozenset({"column", "anchor", "offer", "store", "group", "item", "floor", "layer"})
"""Tables of which a document may have several, written with two brackets."""
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')


class _Scene:
    """The place of one error: the line, the text before and behind it."""

    def __init__(self, error: tomli.TOMLDecodeError, document: Document) -> None:
        lines = document.text.split("\n")
        self.document = document.path
        self.lines = lines
        self.has_long_texts = '"""' in document.text or "'''" in document.text
        self.reason = error.msg
        self.at_end = error.pos >= len(document.text.rstrip())
        self.number = min(
            error.lineno, max(1, len(document.text.rstrip().split("\n"))) if self.at_end else error.lineno
        )
        self.line = lines[self.number - 1].rstrip("\r") if self.number <= len(lines) else ""
        column = error.colno if self.number == error.lineno else len(self.line) + 1
        self.column = max(1, min(column, len(self.line) + 1))
        self.rest = self.line[self.column - 1 :]

    def finding(self, code: str, message: Text, fix: Text, *, span: tuple[int, int] | None = None) -> Finding:
        """Return the finding; ``span`` is (column, width) when not the parser's own place."""
        column, width = span or (self.column, 1)
        return Finding(
            code=code, document=self.document, line=self.number, column=column, width=width, message=message, fix=fix
        )


def explain(error: tomli.TOMLDecodeError, document: Document) -> Finding:
    """Return one finding for a syntax error, by the first explanation that fits."""
    scene = _Scene(error, document)
    for guess in _GUESSES:
        finding = guess(scene)
        if finding:
            return finding
    return scene.finding(
        "CK001",
        Text("这一行不是有效的 TOML", "this line is not valid TOML"),
        Text('每行写成 键 = 值，文字放在 "" 里', 'write each line as key = value, with texts in ""'),
    )


def _full_width(scene: _Scene) -> Finding | None:
    meant = mend_line(scene.line)
    if meant and meant.slips[0] == "quotes":
        return None  # the characters belong to a text that only lacks its quotes
    bare = _QUOTED.sub(lambda found: "\0" * len(found.group()), scene.line)
    comment = bare.find("#")
    bare = bare if comment < 0 else bare[:comment]
    found = next(((i, c) for i, c in enumerate(bare) if c in _FULL_WIDTH), None)
    if not found:
        return None
    index, char = found
    right = _FULL_WIDTH[char]
    shown = {" ": ("全角空格", "a full-width space")}.get(
        right, (f"全角符号 {char}", f"the full-width character {char}")
    )
    mended = {" ": ("普通空格", "an ordinary space")}.get(right, (f"半角 {right}", f"the ASCII {right}"))
    return scene.finding(
        "CK009",
        Text(f"这里用了{shown[0]}", f"{shown[1]} is used here"),
        Text(f"切换到英文输入法，改成{mended[0]}", f"write {mended[1]} instead"),
        span=(index + 1, 1),
    )


def _chinese_key(scene: _Scene) -> Finding | None:
    match = re.match(r"\s*(?:\[\[?)?\s*(?:[\w-]+\s*\.\s*)*([^\s=\"'\[\]#.]+)", scene.line)
    if not match or match.group(1).isascii() or "=" in scene.line[: match.start(1)]:
        return None
    key, is_table = match.group(1), scene.line.lstrip().startswith("[")
    fix = Text(
        f'栏目、门店的名字写在 title 或 name 里；一定要用中文键时加引号："{key}"',
        f'put the name into title or name; where a key must be Chinese, quote it: "{key}"',
    )
    what = Text("表名", "table name") if is_table else Text("键", "key")
    return scene.finding(
        "CK008",
        Text(f"{what.zh}“{key}”没有加引号，TOML 的{what.zh}只能用英文字母、数字、- 和 _",
             f"the {what.en} {key} is not quoted; TOML {what.en}s are ASCII letters, digits, - and _"),
        fix,
        span=(match.start(1) + 1, len(key)),
    )  # fmt: skip


def _duplicate(scene: _Scene) -> Finding | None:
    if not scene.reason.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate inline")):
        return None
    key = re.match(r"\s*(\[*)\s*([^=\]]*?)\s*(?:=|\]|$)", scene.line)
    name = key.group(2) if key else ""
    span = (key.start(2) + 1, max(1, len(name))) if key else None
    if key and key.group(1):
        message = Text(f"表 [{name}] 写了两次", f"the table [{name}] is written twice")
        fix = Text("合并成一张表", "merge the two")
        if name in REPEATED:
            fix = Text(f"每一个前面都写两层方括号：[[{name}]]", f"write two brackets before each: [[{name}]]")
        elif (owner := name.partition(".")[0]) in REPEATED:
            fix = Text(
                f"合并成一张表；是下一个的，就在它前面补上一段 [[{owner}]]",
                f"merge the two, or begin the next one with [[{owner}]] before it",
            )
    else:
        message = Text(f"键 {name} 在同一张表里写了两次", f"the key {name} is written twice in one table")
        fix = Text(
            "删掉其中一行；新的一项前是否少了一行 [[column]]？", "delete one; is a line [[column]] missing before it?"
        )
    return scene.finding("CK010", message, fix, span=span)


def _half_written(scene: _Scene) -> Finding | None:
    reason = scene.reason
    unclosed = scene.at_end and ("Un" in reason or "Invalid value" in reason or "Expected" in reason)
    if not unclosed:
        return None
    return scene.finding(
        "CK003",
        Text("文件到这里突然结束：引号、括号没有写完，或者文件没有保存完",
             "the file ends in the middle: a quote or bracket is open, or it was not saved completely"),
        Text("补上缺少的 \" 或 ] 或 }，或者重新保存一次", "add the missing \" or ] or }, or save it again"),
    )  # fmt: skip


def _open_string(scene: _Scene) -> Finding | None:
    if not (scene.reason.startswith("Illegal character '\\n'") or scene.reason.startswith("Unterminated")):
        return None
    start = max(scene.line.rfind('"', 0, scene.column - 1), scene.line.rfind("'", 0, scene.column - 1))
    return scene.finding(
        "CK003",
        Text("这一行的引号没有配对", "a quote on this line is not closed"),
        Text(
            '在文字后面补上 "；文字要换行时用 """ 开头和结尾',
            'close the text with "; texts over several lines need """',
        ),
        span=(start + 1, max(1, len(scene.line) - start)) if start >= 0 else None,
    )


def _backslash(scene: _Scene) -> Finding | None:
    if "\\" not in scene.line or not re.search(r"escape|hex value|Unescaped|unicode", scene.reason, re.IGNORECASE):
        return None
    start = scene.line.find("\\")
    return scene.finding(
        "CK013",
        Text("双引号里的反斜杠 \\ 有特殊含义", "a backslash has a meaning of its own inside double quotes"),
        Text("路径一律用 /，例如 \"assets/apple.jpg\"", 'write paths with /, such as "assets/apple.jpg"'),
        span=(start + 1, 1),
    )  # fmt: skip


def _far_quote(scene: _Scene) -> Finding | None:
    """A quote left open lines before the place where the parser gives up."""
    if not (scene.at_end and scene.reason.startswith(('Expected "\'"', "Unterminated"))) or scene.has_long_texts:
        return None
    for number, line in enumerate(scene.lines[: scene.number - 1], 1):
        mended = mend_line(line)
        if mended and mended.slips == ("close",) and mended.value:
            return replace(_unclosed(scene, mended), line=number, column=line.index("=") + 1, width=0)
    return None


def _far_bracket(scene: _Scene) -> Finding | None:
    """A list left open on one line, where the parser gives up only on a later one."""
    if not re.match(r"\s*(?:\[|[\w.-]+\s*=)", scene.line) or scene.has_long_texts:
        return None
    for number in range(scene.number - 1, 0, -1):
        line = scene.lines[number - 1]
        bare = _QUOTED.sub("", line).partition("#")[0]
        if not bare.strip():
            continue
        if not re.match(r"\s*[\w.-]+\s*=\s*\[", line) or bare.count("[") <= bare.count("]"):
            return None
        said = Text("这一行的方括号没有配对", "a bracket on this line is not closed")
        fix = Text(f"写成 {line.rstrip()}]", f"write {line.rstrip()}]")
        return replace(scene.finding("CK003", said, fix), line=number, column=line.index("[") + 1, width=1)
    return None


def _slip(scene: _Scene) -> Finding | None:
    """A line that can be mended: quotes, brackets, a comma or ``=`` are missing, or a number is spelled as on a tag."""
    mended = mend_line(scene.line)
    match = _VALUE.match(scene.line)
    if mended is None or match is None or not mended.value:
        return None
    written, slip, fix = match["value"], mended.slips[0], Text(f"写成 {mended.value}", f"write {mended.value}")
    span = (match.start("value") + 1, max(1, len(written)))
    if slip == "quotes" and written[0] not in "[{":
        wrong = _SPELLED if mended.value[0] not in "\"'[" and mended.value not in ("true", "false") else _UNQUOTED
        said = Text(wrong.zh.format(written), wrong.en.format(written))
        return scene.finding("CK017", said, fix, span=span)
    if slip == "equals":
        span = (scene.column, 1)
        fix = Text(f"写成 {mended.line}", f"write {mended.line}")
    said = Text(_SLIPS[slip].zh.format(written), _SLIPS[slip].en.format(written))
    return scene.finding("CK017" if slip == "quotes" else "CK001", said, fix, span=span)


def _unclosed(scene: _Scene, mended: Mended) -> Finding:
    fix = Text(f"写成 {mended.line}", f"write {mended.line}")
    return scene.finding("CK003", Text("这一行的引号没有配对", "a quote on this line is not closed"), fix)


def _bare_words(scene: _Scene) -> Finding | None:
    """A value nobody can mend: at least say that texts are quoted, and that prices are amounts."""
    match = _VALUE.match(scene.line)
    if not match or not match["value"] or match["value"][0] in "\"'[{":
        return None
    value, key = match["value"], scene.line.partition("=")[0].strip()
    if key in PRICES:
        fix = Text(
            "写多少元，只写数字，例如 9.9；折扣请算成折后的价格",
            "write the yuan, such as 9.9, with the discount taken off",
        )
        said = Text(f"{value} 不是价格", f"{value} is not a price")
    elif NO_SUCH_DAY.fullmatch(value):
        fix = Text("看一下日历，换一个日子", "look at a calendar and choose another day")
        said = Text(f"没有 {value} 这一天", f"there is no day {value}")
    else:
        fix = Text(f'写成 "{value}"', f'write "{value}"')
        said = Text(f"{value} 没有加引号", f"{value} is not quoted")
    return scene.finding("CK017", said, fix, span=(match.start("value") + 1, len(value)))


def _control(scene: _Scene) -> Finding | None:
    if not scene.reason.startswith("Illegal character"):
        return None
    return scene.finding(
        "CK011",
        Text("这里有一个看不见的控制字符", "there is an invisible control character here"),
        Text("删掉它，重新输入这一行", "delete it and type the line again"),
    )


def _no_equals(scene: _Scene) -> Finding | None:
    if not scene.reason.startswith("Expected '='"):
        return None
    return scene.finding(
        "CK001",
        Text("键后面缺少 =", "there is no = behind the key"),
        Text('写成 键 = "值"', 'write key = "value"'),
    )


def _open_table(scene: _Scene) -> Finding | None:
    if "table declaration" not in scene.reason and "array declaration" not in scene.reason:
        return None
    close = "]]" if "array" in scene.reason else "]"
    return scene.finding(
        "CK001",
        Text(f"表名后面缺少 {close}", f"{close} is missing behind the table name"),
        Text(
            "多个栏目写成 [[column]]，单独一张表写成 [quiet]",
            "write [[column]] for lists and [quiet] for single tables",
        ),
    )


_GUESSES: tuple[Callable[[_Scene], Finding | None], ...] = (
    _backslash, _full_width, _duplicate, _open_table, _chinese_key, _far_quote, _far_bracket, _half_written,
    _open_string, _control, _slip, _bare_words, _no_equals,
)  # fmt: skip
