"""The TOML door: limits before parsing, and syntax errors in plain words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calendarkit.calendar.documents import Document
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.parse_toml import MAX_BYTES, parse_toml


def parsed(text: str) -> tuple[dict[str, object] | None, tuple[Finding, ...]]:
    return parse_toml(Document(path="x.toml", kind="calendar", text=text))


def test_fractions_stay_exact() -> None:
    """Prices are Decimals and never floats."""
    assert parsed("price = 9.90") == ({"price": Decimal("9.90")}, ())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a." * 16 + "b = 1", id="17 key parts"),
        pytest.param('"a b".' + "a . " * 15 + "b = 1", id="quoted and spaced key parts"),
        pytest.param("[" + "a." * 5_000 + "b]", id="a long table name"),
        pytest.param("a = " + "[" * 65 + "]" * 65, id="65 brackets"),
        pytest.param("a = " + "{b = " * 100 + "1" + "}" * 100, id="100 tables"),
        pytest.param("a = " + "[" * 100_000, id="open brackets"),
        pytest.param("a = " + "9" * 5_000, id="a long number"),
    ],
)
def test_a_bomb_is_not_parsed(text: str) -> None:
    """What would exhaust time or memory is refused by a cheap look."""
    table, findings = parsed(text)
    assert table is None
    assert [each.code for each in findings] == ["CK004"]


def test_too_much_is_not_parsed() -> None:
    """More than 1 MiB of TOML is refused, also when it is few characters of many bytes."""
    assert [each.code for each in parsed("# " + "鲜" * (MAX_BYTES // 3))[1]] == ["CK005"]


@pytest.mark.parametrize(
    "text",
    [
        'a = "' + "[" * 100 + '"',
        "a = '''" + "x." * 100 + "\n[[[" + "'''",
        'a = """' + '\\"[{' * 100 + '"""',
        "# " + "[" * 100 + "\na = 1",
        "a = [" + "[1], " * 200 + "]",
        ".".join("abcdefghijklmnop") + " = 1",
    ],
)
def test_brackets_in_texts_are_no_bomb(text: str) -> None:
    """Strings and comments do not count, and neither do brackets that are closed again."""
    assert parsed(text)[1] == ()


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "width"),
    [
        ("栏目 = 1", "CK008", 1, 1, 2),
        ("a = 1\n[中文]", "CK008", 2, 2, 2),
        ("a.标题 = 1", "CK008", 1, 3, 2),
        ("a = “x”", "CK009", 1, 5, 1),
        ("a ＝ 1", "CK009", 1, 3, 1),
        ('a = "：" ，', "CK009", 1, 9, 1),
        ("a = 1\u3000", "CK009", 1, 6, 1),
        ("a = 1\na = 2", "CK010", 2, 1, 1),
        ("[a]\n[a]", "CK010", 2, 2, 1),
        ('a = "x', "CK003", 1, 7, 1),
        ("a = [1,\n\n", "CK003", 1, 8, 1),
        ('a = "x\nb = 1', "CK003", 1, 5, 2),
        ('p = "C:\\Users"', "CK013", 1, 8, 1),
        ("a = yes", "CK017", 1, 5, 3),
        ("a = 12点半", "CK017", 1, 5, 4),
        ("a 1", "CK001", 1, 3, 1),
        ("[[a]", "CK001", 1, 4, 1),
        ('a = "\x01"', "CK011", 1, 6, 1),
        ("= 1", "CK001", 1, 1, 1),
    ],
)
def test_a_mistake_is_explained(text: str, code: str, line: int, column: int, width: int) -> None:
    """The frequent mistakes have explanations of their own, with their place in characters."""
    (finding,) = parsed(text)[1]
    assert (finding.code, finding.line, finding.column, finding.width) == (code, line, column, width)
    assert finding.fix is not None
