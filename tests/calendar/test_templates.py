"""Templates: what they print, what they refuse, and that no bomb goes off."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from calendarkit.calendar.templates import TemplateError, parse_template

CONTEXT: dict[str, Any] = {
    "store": {"name": "滨江一号店", "tags": ("flagship", "new"), "items": "一件"},
    "offer": {"price": Decimal("9.90"), "list_price": Decimal("19.8"), "stock": None},
    "slot": {"at": dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))},
}
DOUBLE = "{% set a = 'aaaaaaaaaa' %}"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ store.name }}", "滨江一号店"),
        ("{{ offer.price }}", "9.9"),
        ("{{ offer.price | yuan }}", "¥9.9"),
        ("{{ offer.price | discount(offer.list_price) }}", "5折"),
        ("{{ offer.list_price - offer.price }}", "9.9"),
        ("{{ slot.at | clock }} {{ slot.at | cn_date }} {{ slot.at | weekday }}", "12:00 11月25日 周三"),
        ("{{ slot.at | date }}", "2026-11-25"),
        ("{{ slot.at.month }}", "11"),
        ("{{ store.tags }}", "flagship、new"),
        ("{{ store.items }}", "一件"),
        ("{% for tag in store.tags %}{{ loop.index }}{{ tag }} {% endfor %}", "1flagship 2new "),
        ("{{ offer.limit | default('不限') }}", "不限"),
        ("{% if offer.stock %}余 {{ offer.stock }}{% else %}充足{% endif %}", "充足"),
        ("{% if group %}{{ group.title }}{% endif %}", ""),
        ("{{ store.name | truncate_bytes(10) }}", "滨江…"),
        ("{{ store.name | replace('一', '二') }}", "滨江二号店"),
        ("{{ store['name'] ~ '!' }}", "滨江一号店!"),
        ("{{ '<b>' }}", "<b>"),
    ],
)
def test_a_template_prints(source: str, words: str) -> None:
    """Prices lose idle zeros, dates are short, nothing is escaped, empty things may be asked for."""
    assert parse_template(source).render(CONTEXT) == words


@pytest.mark.parametrize(
    ("source", "code", "line", "name"),
    [
        ("\n{{ store.nme }}", "CK406", 2, "store.nme"),
        ("{{ nobody }}", "CK406", 1, "nobody"),
        ("\n\n{{ offer.stock }}", "CK406", 3, ""),
        ("{{ store }}", "CK405", 1, ""),
        ("{{ 1 / 0 }}", "CK405", 1, ""),
        ("a\n{{ 'a' * 3 }}", "CK415", 2, ""),
        ("{{ store.__class__ }}", "CK406", 1, "store.__class__"),
        ("{{ store.name | weekday }}", "CK405", 1, ""),
    ],
)
def test_a_rendering_fails_at_its_line(source: str, code: str, line: int, name: str) -> None:
    """A value that is missing or fits nowhere is an error with its line, never an empty gap in a message."""
    template = parse_template(source)
    with pytest.raises(TemplateError) as caught:
        template.render(CONTEXT)
    assert (caught.value.code, caught.value.line, caught.value.name) == (code, line, name)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("{{ store.name.upper() }}", "CK415"),
        ("{% include 'other.txt' %}", "CK415"),
        ("{% macro f() %}{% endmacro %}", "CK415"),
        ("{% set x %}a{% endset %}", "CK415"),
        ("{% for x in store.tags recursive %}{% endfor %}", "CK415"),
        ("{{ _joined }}", "CK415"),
        ("{{ store.tags | _joined }}", "CK405"),
        ("{{ store.name | tojson }}", "CK405"),
        ("{{ store.name is sameas 'x' }}", "CK405"),
        ("{% if store.name %}", "CK405"),
        ("{{ store.name", "CK405"),
        ("{% unless x %}", "CK405"),
    ],
)
def test_a_template_is_refused(source: str, code: str) -> None:
    """Calls, files, macros and unknown filters are refused before anything is rendered."""
    with pytest.raises(TemplateError) as caught:
        parse_template(source)
    assert caught.value.code == code
    assert caught.value.text.zh != caught.value.text.en


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(
            "{% for a in l %}{% for b in l %}{% for c in l %}x{% endfor %}{% endfor %}{% endfor %}", id="loops"
        ),
        pytest.param("{% for a in l %}" + "{{ a }}" * 3_000 + "{% endfor %}", id="heavy loop"),
        pytest.param(DOUBLE + "{% set a = a ~ a %}" * 40, id="doubling"),
        pytest.param("{% set a = [1, 2] %}" + "{% set a = a + a %}" * 40, id="doubling a list"),
        pytest.param("{{ 'a' * 1000000000 }}", id="repeat"),
        pytest.param("{{ 9 ** 9 ** 9 }}", id="power"),
        pytest.param("{% set a = 99999999 %}" + "{% set a = a * a %}" * 20, id="big numbers"),
        pytest.param("{{ '%1000000000d' % 1 }}", id="format"),
        pytest.param("{{ big | replace('a', big) }}", id="replace"),
        pytest.param("{{ l | join(big) }}", id="join"),
        pytest.param("{{ big }}{{ big }}", id="output"),
        pytest.param("{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}", id="nesting"),
        pytest.param("{{ " + "-" * 20_000 + "1 }}", id="signs"),
        pytest.param("{% if 1 %}" * 3_000 + "{% endif %}" * 3_000, id="nested ifs"),
        pytest.param("{{ 1" + " + 1" * 15_000 + " }}", id="long sum"),
        pytest.param("{{ " + "9" * 60_000 + " }}", id="long number"),
        pytest.param("a" * 70_000, id="long source"),
        pytest.param("{% for a in big %}x{% endfor %}", id="loop over a text"),
    ],
)
def test_a_bomb_is_contained(source: str) -> None:
    """Whatever would take long or grow large is refused by counting, before it takes long or grows large."""
    with pytest.raises(TemplateError) as caught:
        parse_template(source).render({"l": tuple(range(50)), "big": "a" * 50_000})
    assert caught.value.code == "CK415"


def test_names_are_what_a_template_asks_for() -> None:
    """Names are dotted, names it sets itself are left out, and guarded ones are marked."""
    template = parse_template(
        "{% set who = store.name %}{{ who }}{% for t in store.tags %}{{ t }}{% endfor %}\n"
        "{% if offer %}{{ offer.price }}{% endif %}{{ item.note | default('') }}"
    )
    assert template.names == {"store.name", "store.tags", "offer", "offer.price", "item.note"}
    assert template.roots == {"store", "offer", "item"}
    guarded = {each.name for each in template.mentions if each.guarded}
    assert guarded == {"offer", "offer.price", "item.note"}
    assert [each.line for each in template.mentions if each.root == "offer"] == [2, 2]


def test_a_condition_asks_and_does_not_print() -> None:
    """What a condition asks for may be empty there, but must still be a known name."""
    mention = parse_template("{% if offer.stock %}有{% endif %}").mentions[0]
    assert (mention.name, mention.asked, mention.guarded) == ("offer.stock", True, False)


def test_equal_inputs_give_equal_words() -> None:
    """The budget starts anew for each rendering."""
    template = parse_template("{% for a in l %}{{ a }}{% endfor %}")
    context = {"l": tuple(range(9_000))}
    assert template.render(context) == template.render(context)


@pytest.mark.parametrize(
    ("source", "word", "hint"),
    [
        ("{{ 1 | yuann }}", "yuann", "did you mean yuan?"),
        ("{{ 1 is definde }}", "definde", "did you mean defined?"),
        ("{{ 1 | qqqq }}", "qqqq", "there are: clock"),
    ],
)
def test_an_unknown_filter_or_test_is_answered(source: str, word: str, hint: str) -> None:
    """The one that was meant is named, else all there are."""
    with pytest.raises(TemplateError) as caught:
        parse_template(source)
    assert caught.value.name == word
    assert hint in caught.value.text.en
