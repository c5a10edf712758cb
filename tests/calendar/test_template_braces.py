"""Braces that were meant to be a template are found before customers see them."""

from __future__ import annotations

import pytest

from calendarkit.calendar.template_braces import misspelt_braces
from calendarkit.calendar.templates import TemplateError, parse_template


@pytest.mark.parametrize(
    "text",
    ["今天 ｛｛ offer.price ｝｝ 元", "{ offer.price } 元", "｛% if offer %｝有", "{ offer.price | yuan }"],
    ids=["full-width", "single", "full-width-tag", "single-with-filter"],
)
def test_a_slip_is_an_error_with_its_line(text):
    """The line and the right spelling are told, and the template is none."""
    with pytest.raises(TemplateError) as error:
        parse_template(f"早\n{text}")
    assert error.value.line == 2
    assert "{{" in error.value.text.zh


@pytest.mark.parametrize(
    "text",
    ["{{ offer.price }}", "{% if a %}b{% endif %}", "{ 笑脸 }", "｛注｝", "a{b}c", "{{ {'a': 1}.a }}"],
    ids=["plain", "tag", "prose", "full-width prose", "letters", "mapping"],
)
def test_other_braces_are_left_alone(text):
    """What nobody can have meant as a template is just text."""
    assert misspelt_braces(text) is None
