"""Plain templates: what is filled in without the engine is what the engine would write."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.calendar.template_plain import filled_in
from calendarkit.calendar.templates import TemplateError, _render, parse_template

PIECES = st.sampled_from(
    ["{{ store.name }}", "{{store.phone}}", "{{ offer.title }}", "电话 ", "\n", " x", "{# c #}", "{", "%"]
)
VALUES = st.fixed_dictionaries(
    {"name": st.text(max_size=6), "phone": st.text(max_size=6), "title": st.text(max_size=6)}
)


@given(st.lists(PIECES, max_size=6), VALUES)
def test_both_ways_write_the_same(pieces: list[str], values: dict[str, str]) -> None:
    """Whatever stands around the values, the engine's words and ours are equal."""
    try:
        template = parse_template("".join(pieces))
    except TemplateError:
        return
    context = {"store": values, "offer": values}
    assert template.render(context) == _render(template, context)


@pytest.mark.parametrize(
    "source",
    ["{{ store.name | truncate(2) }}", "{% if store %}x{% endif %}", "{{ store }}", "{{ store['_x'] }}", "{{ a.b.c }}"],
)
def test_everything_else_goes_to_the_engine(source: str) -> None:
    """Filters, conditions and longer ways to a value are not plain."""
    assert parse_template(source).plain is None


@pytest.mark.parametrize("value", [None, Decimal("9.90"), 3, ["a"], "x" * 9_000], ids=lambda each: type(each).__name__)
def test_the_engine_prints_what_is_no_short_text(value: Any) -> None:
    """Prices, numbers and lists are printed its way; what is missing or empty is its error."""
    parts = parse_template("{{ offer.price }}").plain
    assert parts == (("offer", "price"),)
    assert filled_in(parts, {"offer": {"price": value}}) is None
    assert filled_in(parts, {"offer": None}) is None
