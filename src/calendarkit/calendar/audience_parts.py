"""The parts of an audience expression: an allow-list of Python's grammar turned into plain functions, without eval."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from calendarkit.calendar.audience_error import AudienceError, span_of
from calendarkit.calendar.roster import Group, Store
from calendarkit.model.text import Text

MAX_LENGTH = 1_000
"""Longest expression, in characters."""
Test = Callable[[Group | None, Store], bool]
Value = Callable[[Group | None, Store], Any]
GROUP_FIELDS = ("id", "title", "members", "size", "owner", "tags")
STORE_FIELDS = ("id", "name", "city", "region", "phone", "street", "join_url", "zone", "tags")
_COMPARE: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}
_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag an expression asks for, and where."""

    name: str
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class Field:
    """A field an expression reads: ``city``, ``store.city``, ``group.size``, and where."""

    name: str
    offset: int
    width: int

    @property
    def owner(self) -> str:
        """``store``, ``group``, or empty when either will do."""
        return self.name.partition(".")[0] if "." in self.name else ""

    @property
    def key(self) -> str:
        """The field's own name."""
        return self.name.rpartition(".")[2]

    def read(self, group: Group | None, store: Store) -> Any:
        """Return its value; an empty text where there is none."""
        return _reader(self.owner, self.key)(group, store)


@dataclass(slots=True)
class Built:
    """What was built from an expression."""

    words: str
    padding: int
    test: Test = lambda _group, _store: True
    tags: tuple[Tag, ...] = ()
    fields: tuple[Field, ...] = ()
    parts: list[tuple[str, Test, tuple[Tag | Field, ...]]] = field(default_factory=list)


def built(tree: ast.expr, words: str, padding: int) -> Built:
    """Return the test, the names and the conditions of a parsed expression.

    Raises:
        AudienceError: it does something expressions do not do.
    """
    found = Built(words, padding)
    found.test = _test(tree, found)
    return found


def _test(node: ast.expr, found: Built) -> Test:
    if isinstance(node, ast.BoolOp):
        tests = tuple(_test(each, found) for each in node.values)
        if isinstance(node.op, ast.And):
            return lambda group, store: all(test(group, store) for test in tests)
        return lambda group, store: any(test(group, store) for test in tests)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = _test(node.operand, found)
        return lambda group, store: not inner(group, store)
    before = len(found.tags), len(found.fields)
    test = _condition(node, found)
    mentioned: tuple[Tag | Field, ...] = (*found.tags[before[0] :], *found.fields[before[1] :])
    start, width = span_of(node, found.words, 0)
    found.parts.append((found.words[start : start + width], test, mentioned))
    return test


def _condition(node: ast.expr, found: Built) -> Test:
    if isinstance(node, ast.Compare):
        return _comparison(node, found)
    if isinstance(node, ast.Name):
        return _tag(_source(node, found), node, found)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _tag(node.value, node, found)
    if isinstance(node, ast.Attribute):
        value = _value(node, found)
        return lambda group, store: bool(value(group, store))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr | ast.Sub):
        right = {ast.BitAnd: "and", ast.BitOr: "or"}.get(type(node.op))
        fix = (
            Text(f"改成 {right}", f"write {right}")
            if right
            else Text(
                f"标签里有 - 时加引号：'{_source(node, found)}'",
                f"quote a tag that holds a -: '{_source(node, found)}'",
            )
        )
        raise _refused(node, found, fix)
    raise _refused(node, found)


def _tag(name: str, node: ast.expr, found: Built) -> Test:
    found.tags += (Tag(name, *span_of(node, found.words, found.padding)),)

    def test(group: Group | None, store: Store) -> bool:
        return name in store.tags or (group is not None and name in group.tags)

    return test


def _comparison(node: ast.Compare, found: Built) -> Test:
    values = [_value(each, found) for each in (node.left, *node.comparators)]
    steps = []
    for place, sign in enumerate(node.ops):
        if type(sign) not in _COMPARE:
            raise _refused(
                node, found, Text("比较用 ==、!=、<、<=、>、>=、in", "compare with ==, !=, <, <=, >, >=, in")
            )
        steps.append((values[place], values[place + 1], _COMPARE[type(sign)], isinstance(sign, _ORDER)))

    def test(group: Group | None, store: Store) -> bool:
        return all(
            _compared(left(group, store), right(group, store), compare, ordered=ordered)
            for left, right, compare, ordered in steps
        )

    return test


def _compared(left: Any, right: Any, compare: Callable[[Any, Any], bool], *, ordered: bool) -> bool:
    """Compare as numbers where one side is a number; what is no number is neither more nor less."""
    if (
        isinstance(left, Decimal) != isinstance(right, Decimal)
        and isinstance(left, str | Decimal)
        and isinstance(right, str | Decimal)
    ):
        left, right = _number(left), _number(right)
    if ordered and (left is None or right is None or type(left) is not type(right)):
        return False
    try:
        return compare(left, right)
    except TypeError:
        return False


def _number(value: str | Decimal) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _value(node: ast.expr, found: Built) -> Value:
    if isinstance(node, ast.Name):
        return _field(_source(node, found), node, found)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("store", "group"):
        return _field(_source(node, found).replace(" ", ""), node, found)
    constant = _constant(node, found)
    return lambda _group, _store: constant


def _constant(node: ast.expr, found: Built) -> Any:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return Decimal(str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _constant(node.operand, found)
        if isinstance(inner, Decimal):
            return -inner
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return frozenset(_constant(each, found) for each in node.elts)
    raise _refused(node, found)


def _field(name: str, node: ast.expr, found: Built) -> Value:
    each = Field(name, *span_of(node, found.words, found.padding))
    found.fields += (each,)
    return _reader(each.owner, each.key)


def _reader(owner: str, key: str) -> Value:
    def read(group: Group | None, store: Store) -> Any:
        if owner != "store" and group is not None:
            value = _own(group, key, GROUP_FIELDS)
            if value is not None:
                return value
        value = _own(store, key, STORE_FIELDS) if owner != "group" else None
        return "" if value is None else value

    return read


def _own(noun: Group | Store, key: str, known: tuple[str, ...]) -> Any:
    if key in known:
        value = getattr(noun, key)
        return Decimal(value) if isinstance(value, int) else value
    return noun.fields.get(key)


def _source(node: ast.expr, found: Built) -> str:
    """Return a name as it was written, because Python folds full-width letters."""
    start, width = span_of(node, found.words, 0)
    return found.words[start : start + width]


def _refused(node: ast.expr, found: Built, fix: Text | None = None) -> AudienceError:
    offset, width = span_of(node, found.words, found.padding)
    return AudienceError(
        Text("人群表达式里不能这样写", "an audience cannot say this"),
        offset,
        width,
        fix
        or Text(
            "只能用标签、字段比较、and、or、not 和括号", "use tags, comparisons of fields, and, or, not, parentheses"
        ),
    )
