"""The sandbox: which parts of Jinja2 a template may use, and what each of them may cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from calendarkit.calendar.template_budget import MAX_NUMBER, TemplateFault, counted, fits
from calendarkit.calendar.template_filters import FILTERS, TESTS, printed
from calendarkit.model.text import Text

FILENAME = "<template>"
"""What Jinja2 calls a template without a file in tracebacks."""
MAX_NODES = 5_000
"""Parts of one template."""
MAX_NESTING = 60
"""Depth of one template's parts."""

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign, nodes.Name, nodes.Const,
    nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or,
    nodes.Not, nodes.CondExpr, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg,
    nodes.Pos, nodes.Concat, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.Slice,
    nodes.With, nodes.Scope,
)  # fmt: skip
_NO_CALLS = Text(
    "模板里不能调用函数或方法，请用过滤器，例如 {{ offer.price | yuan }}",
    "templates cannot call functions or methods; use a filter, such as {{ offer.price | yuan }}",
)
_NO_SUCH_TAG = Text(
    "模板里只能用 {% if %}、{% for %}、{% set %} 和 {{ }}", "templates have if, for, set and {{ }} only"
)
_DATES = frozenset({"year", "month", "day", "hour", "minute", "second"})
_LOOP = frozenset(
    {"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "previtem", "nextitem"}
)


@cache
def environment() -> jinja2.Environment:
    """Return the one environment; it knows no globals, a few filters and tests, and no loader."""
    made = _Sandbox(
        undefined=_Missing, autoescape=False, finalize=printed, keep_trailing_newline=False, trim_blocks=True,
        lstrip_blocks=True, loader=None, cache_size=0, optimized=False,
    )  # fmt: skip
    made.globals = {}
    made.filters = {**FILTERS, "_counted": counted, "_joined": _joined}
    made.tests = dict(TESTS)
    return made


def judged(tree: nodes.Template) -> None:
    """Refuse what templates may not do and make loops and joins count; changes ``tree``.

    Raises:
        TemplateFault: with the line.
    """
    weights = _weigh(tree)
    for node in list(tree.find_all(nodes.For)):
        weight = nodes.Const(weights[id(node)], lineno=node.lineno)
        node.iter = nodes.Filter(node.iter, "_counted", [weight], [], None, None, lineno=node.lineno)
    _replace_concats(tree)
    tree.set_environment(environment())


def _weigh(tree: nodes.Template) -> dict[int, int]:
    """Check every node, without recursion, and return how many parts each loop holds."""
    order: list[nodes.Node] = []
    stack: list[tuple[nodes.Node, int]] = [(tree, 0)]
    parents: dict[int, nodes.Node] = {}
    while stack:
        node, depth = stack.pop()
        _allowed(node)
        order.append(node)
        if len(order) > MAX_NODES or depth > MAX_NESTING:
            raise TemplateFault("CK415", Text("模板太复杂", "the template is too complex"), _lineno(node))
        for child in node.iter_child_nodes():
            parents[id(child)] = node
            stack.append((child, depth + 1))
    weights: dict[int, int] = {}
    for node in reversed(order):
        weights[id(node)] = weights.get(id(node), 0) + 1
        parent = parents.get(id(node))
        if parent is not None:
            weights[id(parent)] = weights.get(id(parent), 0) + weights[id(node)]
    return weights


def _allowed(node: nodes.Node) -> None:
    if isinstance(node, nodes.Call):
        raise TemplateFault("CK415", _NO_CALLS, _lineno(node))
    if isinstance(node, nodes.Pow):
        raise TemplateFault("CK415", Text("模板里不能用乘方 **", "templates have no powers (**)"), _lineno(node))
    if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.For) and node.recursive):
        raise TemplateFault("CK415", _NO_SUCH_TAG, _lineno(node))
    if isinstance(node, nodes.Name) and node.name.startswith("_"):
        raise TemplateFault("CK415", Text("名字不能以 _ 开头", "names cannot start with _"), _lineno(node))
    if isinstance(node, nodes.Filter) and node.name.startswith("_"):
        unknown = Text(f"没有名为 {node.name} 的过滤器", f"no filter named {node.name}")
        raise TemplateFault("CK405", unknown, _lineno(node))


def _lineno(node: nodes.Node) -> int:
    return int(getattr(node, "lineno", 0) or 0)


def _replace_concats(tree: nodes.Node) -> None:
    """Turn every ``a ~ b`` into a filter that looks at the length first."""
    for node in [tree, *tree.find_all(nodes.Node)]:
        for name, value in list(node.iter_fields()):
            if isinstance(value, nodes.Concat):
                setattr(node, name, _as_filter(value))
            elif isinstance(value, list):
                setattr(node, name, [_as_filter(each) if isinstance(each, nodes.Concat) else each for each in value])


def _as_filter(node: nodes.Concat) -> nodes.Filter:
    parts = nodes.List(node.nodes, lineno=node.lineno)
    return nodes.Filter(parts, "_joined", [], [], None, None, lineno=node.lineno)


def _joined(parts: list[Any]) -> str:
    words = [str(printed(part)) for part in parts]
    fits(sum(map(len, words)))
    return "".join(words)


class _Missing(jinja2.StrictUndefined):
    """An undefined value that may be asked for (``if offer``) and never printed; its message is its name."""

    def __bool__(self) -> bool:  # type: ignore[override]  # strict everywhere but in conditions
        return False

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Attributes are keys of mappings and parts of dates, nothing else; arithmetic is bounded."""

    intercepted_binops = frozenset({"+", "*", "%", "/", "//", "-"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self._look_up(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, str):
            return self._look_up(obj, argument)
        if isinstance(obj, Mapping):
            return obj.get(argument, self.undefined(obj=obj, name=str(argument)))
        if isinstance(obj, str | list | tuple) and isinstance(argument, int | slice):
            try:
                return obj[argument]
            except IndexError:
                return self.undefined(obj=obj, name=str(argument))
        return self.undefined(obj=obj, name=str(argument))

    def _look_up(self, obj: Any, name: str) -> Any:
        if isinstance(obj, Mapping) and not name.startswith("_"):
            return obj[name] if name in obj else self.undefined(obj=obj, name=name)
        if isinstance(obj, dt.date | dt.time) and name in _DATES and hasattr(obj, name):
            return getattr(obj, name)
        if isinstance(obj, jinja2.runtime.LoopContext) and name in _LOOP:
            return getattr(obj, name)
        return self.undefined(obj=obj, name=name)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "+" and isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple):
            fits(len(left) + len(right))
        elif not (_is_number(left) and _is_number(right)):
            raise TemplateFault("CK415", Text(f"{operator} 两边必须是数字；连接文字用 ~",
                f"{operator} needs numbers on both sides; join texts with ~"))  # fmt: skip
        elif abs(left) > MAX_NUMBER or abs(right) > MAX_NUMBER:
            raise TemplateFault("CK415", Text("模板里的数字太大", "a number in the template is too large"))
        if isinstance(left, float) and isinstance(right, Decimal):
            left = Decimal(str(left))
        if isinstance(right, float) and isinstance(left, Decimal):
            right = Decimal(str(right))
        return super().call_binop(context, operator, left, right)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
