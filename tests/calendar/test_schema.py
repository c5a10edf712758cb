"""The JSON Schema: sound in itself, and true to what the decoder takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli

from calendarkit.calendar.schema import DIALECT, DOCUMENTS, schema

GOOD = Path(__file__).parents[1] / "golden" / "diagnostics" / "good"
KEYWORDS = {
    "$ref", "additionalProperties", "anyOf", "const", "default", "description", "enum", "exclusiveMinimum", "format",
    "items", "maximum", "maxItems", "minimum", "minItems", "pattern", "prefixItems", "properties", "propertyNames",
    "required", "title", "type", "$defs", "$schema", "uniqueItems", "maxLength", "minLength",
}  # fmt: skip


def fits(value: Any, rule: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    """Judge a value by the part of JSON Schema that ours uses."""
    if "$ref" in rule:
        return fits(value, root["$defs"][rule["$ref"].rpartition("/")[2]], root)
    if "anyOf" in rule:
        return any(fits(value, each, root) for each in rule["anyOf"])
    if "enum" in rule or "const" in rule:
        return value in rule.get("enum", [rule.get("const")])
    if rule.get("type") == "object" and isinstance(value, dict):
        return set(rule.get("required", ())) <= set(value) and all(
            fits_key(each, rule.get("properties", {}).get(key, rule.get("additionalProperties", True)), root)
            for key, each in value.items()
        )
    if rule.get("type") == "array" and isinstance(value, list):
        return all(fits(each, rule.get("items", {}), root) for each in value)
    kinds = {"object": dict, "array": list, "boolean": bool, "integer": int, "number": (int, float), "string": object}
    return "type" not in rule or isinstance(value, kinds[rule["type"]])


def fits_key(value: Any, rule: Any, root: Mapping[str, Any]) -> bool:
    return rule if isinstance(rule, bool) else fits(value, rule, root)


def parts(rule: Any) -> Iterator[Mapping[str, Any]]:
    """Yield a schema and every schema inside it."""
    yield rule
    named = [*rule.get("properties", {}).values(), *rule.get("$defs", {}).values(), *rule.get("anyOf", [])]
    single = [rule[key] for key in ("items", "additionalProperties") if isinstance(rule.get(key), dict)]
    for each in (*named, *single):
        yield from parts(each)


def test_every_reference_leads_somewhere() -> None:
    """References resolve, keywords are draft 2020-12's, and no null is promised to TOML."""
    whole = schema()
    assert whole["$schema"] == DIALECT
    for rule in parts(whole):
        assert set(rule) <= KEYWORDS
        assert rule.get("type") != "null"
        if "$ref" in rule:
            assert rule["$ref"].rpartition("/")[2] in whole["$defs"]


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("workspace", "calendarkit.toml"),
        ("calendar", "calendars/shop.toml"),
        ("offers", "offers.toml"),
        ("pool", "pools/tips.toml"),
    ],
)
def test_a_good_document_fits(kind: str, file: str) -> None:
    """What the decoder takes, the schema takes; a wrong key it refuses."""
    rule, value = schema(kind), tomli.loads((GOOD / file).read_text("utf-8"))
    assert fits(value, rule, rule)
    assert not fits({**value, "no_such_key": 1}, rule, rule)


def test_one_word_may_stand_for_a_list() -> None:
    """An editor does not underline on = "daily"."""
    rule = schema("calendar")
    column = {"id": "a", "title": "甲", "on": "daily", "at": "07:30"}
    assert fits({"column": [column]}, rule, rule)
    assert not fits({"column": [{**column, "missed": "later"}]}, rule, rule)


@pytest.mark.parametrize("kind", sorted(DOCUMENTS))
def test_every_key_is_explained(kind: str) -> None:
    """An editor shows a sentence for each key that is not plain."""
    rule = schema(kind)
    silent = [key for key, each in rule["properties"].items() if not each.get("description") and not each.get("title")]
    assert silent == []
