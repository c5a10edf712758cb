"""The filters and tests templates may use; every one is bounded by the length of what it gets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import jinja2
from jinja2.tests import TESTS as JINJA_TESTS

from calendarkit.calendar.template_budget import MAX_NUMBER, TemplateFault, fits
from calendarkit.model.text import Text

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_TEST_NAMES = (
    "defined", "undefined", "none", "number", "string", "mapping", "even", "odd", "divisibleby", "in", "eq", "==", "ne",
    "!=", "lt", "<", "le", "<=", "gt", ">", "ge", ">=", "true", "false",
)  # fmt: skip


def printed(value: Any) -> Any:
    """Return what ``{{ value }}`` prints: prices without idle zeros, dates short, lists joined with ``、``.

    Raises:
        TemplateFault: it is nothing, or nothing a customer should read.
    """
    if isinstance(value, str | jinja2.Undefined):
        return value
    if value is None:
        empty = Text("这个值是空的；可能为空时用 {% if %} 包住", "this value is empty; wrap it in an if")
        raise TemplateFault("CK406", empty)
    for kinds, show in _PRINTERS:
        if isinstance(value, kinds):
            return show(value)
    table = Text(
        "这是一组值，请写出要哪一个，例如 store.name", "this is a table; name one value of it, such as store.name"
    )
    raise TemplateFault("CK405", table)


def money(value: Any) -> str:
    """Return a price without idle zeros: ``9.9``, ``12``, ``0.05``; rounded to the fen, half up."""
    amount = _number(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".")


def yuan(value: Any) -> str:
    """Return a price with its sign: ``¥9.9``."""
    return f"¥{money(value)}"


def clock(value: Any) -> str:
    """Return the time of day: ``12:00``."""
    return f"{_moment(value):%H:%M}"


def cn_date(value: Any) -> str:
    """Return the day as people say it: ``11月25日``."""
    day = _day(value)
    return f"{day.month}月{day.day}日"


def weekday(value: Any) -> str:
    """Return the day of the week: ``周三``."""
    return WEEKDAYS[_day(value).weekday()]


def date(value: Any) -> str:
    """Return the day in digits: ``2026-11-25``."""
    return _day(value).isoformat()[:10]


def join(value: Iterable[Any], separator: str = "") -> str:
    """Return the texts of a list, joined."""
    words = [str(printed(each)) for each in value]
    fits(sum(map(len, words)) + len(str(separator)) * len(words))
    return str(separator).join(words)


def replace(value: Any, old: str, new: str) -> str:
    """Return a text with every ``old`` replaced by ``new``."""
    text = str(printed(value))
    fits(len(text) + (text.count(old) if old else len(text) + 1) * len(new))
    return text.replace(old, new)


def truncate(value: Any, length: int, end: str = "…") -> str:
    """Return at most ``length`` characters, ``end`` among them when something was cut."""
    text = str(printed(value))
    return text if len(text) <= length else text[: max(0, length - len(end))] + end


def truncate_bytes(value: Any, size: int, end: str = "…") -> str:
    """Return at most ``size`` bytes of UTF-8 without cutting a character."""
    text = str(printed(value))
    if len(text.encode()) <= size:
        return text
    room = max(0, size - len(end.encode()))
    return text.encode()[:room].decode(errors="ignore") + end


def default(value: Any, instead: Any = "") -> Any:
    """Return ``instead`` where there is no value or an empty one."""
    return instead if isinstance(value, jinja2.Undefined) or value is None or value == "" else value


def percent(value: Any, whole: Any) -> str:
    """Return which discount a price is of ``whole``, as shops say it: 9.9 of 19.8 is ``5折``."""
    full = _number(whole)
    if full <= 0:
        raise TemplateFault("CK405", Text("折扣的原价必须大于 0", "a discount needs a list price above 0"))
    tenths = (_number(value) * 10 / full).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{money(tenths)}折"


def _rounded(value: Any, digits: int = 0) -> Decimal:
    return _number(value).quantize(Decimal(1).scaleb(-min(max(int(digits), 0), 6)), ROUND_HALF_UP)


def _number(value: Any) -> Decimal:
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except ArithmeticError:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite() or abs(number) > MAX_NUMBER:
        raise TemplateFault("CK405", Text(f"{str(value)[:40]} 不是数字", f"{str(value)[:40]} is not a number"))
    return number


def _day(value: Any) -> dt.date:
    if not isinstance(value, dt.date):
        raise TemplateFault("CK405", Text(f"{str(value)[:40]} 不是日期", f"{str(value)[:40]} is not a date"))
    return value


def _moment(value: Any) -> dt.datetime | dt.time:
    if not isinstance(value, dt.datetime | dt.time):
        raise TemplateFault("CK405", Text(f"{str(value)[:40]} 不是时间", f"{str(value)[:40]} is not a time"))
    return value


def _size(value: Any) -> int:
    if isinstance(value, str | list | tuple | frozenset | Mapping):
        return len(value)
    raise TemplateFault("CK405", Text("只有文字和列表有长度", "only texts and lists have a length"))


def _pick(index: int) -> Callable[[Any], Any]:
    def pick(value: Any) -> Any:
        items = sorted(value) if isinstance(value, frozenset) else value
        if not isinstance(items, str | list | tuple) or not items:
            raise TemplateFault("CK406", Text("列表是空的", "the list is empty"))
        return items[index]

    return pick


_PRINTERS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (bool, lambda value: "是" if value else "否"),
    (Decimal, money),
    (dt.datetime, lambda value: f"{value:%Y-%m-%d %H:%M}"),
    (dt.time, lambda value: f"{value:%H:%M}"),
    (dt.date | int | float, str),
    (frozenset | set, lambda value: join(sorted(value), "、")),
    (list | tuple, lambda value: join(value, "、")),
)
FILTERS: Mapping[str, Callable[..., Any]] = {
    "money": money,
    "yuan": yuan,
    "clock": clock,
    "cn_date": cn_date,
    "date": date,
    "weekday": weekday,
    "discount": percent,
    "join": join,
    "replace": replace,
    "truncate": truncate,
    "truncate_bytes": truncate_bytes,
    "default": default,
    "d": default,
    "round": _rounded,
    "int": lambda value: int(_number(value)),
    "upper": lambda value: str(printed(value)).upper(),
    "lower": lambda value: str(printed(value)).lower(),
    "trim": lambda value: str(printed(value)).strip(),
    "lines": lambda value: str(printed(value)).splitlines(),
    "length": _size,
    "count": _size,
    "first": _pick(0),
    "last": _pick(-1),
    "sort": lambda value: sorted(value, key=str),
}
_ALL_TESTS: Mapping[str, Any] = JINJA_TESTS
TESTS: Mapping[str, Callable[..., Any]] = {name: _ALL_TESTS[name] for name in _TEST_NAMES}
