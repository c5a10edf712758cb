"""The split: what all posters of a slot share is told from the templates, and never hides what may differ."""

from __future__ import annotations

from typing import Any

import pytest
from poster_shop import PRODUCTS, context

from calendarkit.poster.layers import GroupLayer, Layout
from calendarkit.poster.read_layers import read_layers
from calendarkit.poster.split import split


def moving(*layers: dict[str, Any], **more: Any) -> list[str]:
    """Return the names of the layers that may differ, on a sheet of 1000 × 1000 px."""
    nouns, findings = read_layers(list(layers), "t.toml", ())
    assert findings == ()
    layout = Layout.model_validate({"poster": {"name": "t", "size": [1000, 1000]}})
    halves = split(layout.model_copy(update={"layer": nouns}), context(**more))
    still, differ = list(names(halves.still.layer)), list(names(halves.moving.layer))
    assert sorted(still + differ) == sorted(names(nouns))
    return differ


def names(layers: Any) -> Any:
    """Yield the names of layers that are no groups, and of repeated groups as one."""
    for layer in layers:
        if isinstance(layer, GroupLayer) and not layer.repeat:
            yield from names(layer.layer)
        elif layer.name:  # the plate of a code has none
            yield layer.name


def text(words: str = "x", box: tuple[int, ...] = (0, 0, 100, 50), *, name: str = "it", **keys: Any) -> dict[str, Any]:
    """Return a text layer."""
    return {"type": "text", "name": name, "text": words, "box": list(box), **keys}


def group(*layers: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """Return a group."""
    return {"type": "group", "name": "it", "box": [0, 0, 900, 900], "layer": list(layers), **keys}


STORE = text("{{ store.name }}", name="store")


@pytest.mark.parametrize(
    ("layer", "differs"),
    [
        (text("{{ item.title }}"), False),
        (text("{{ store.name }}"), True),
        (text("{{ group.title | default('x') }}"), True),
        (text("{% set store = store.name %}{{ store }}"), True),
        (text("{% for store in values %}{{ store }}{% endfor %}"), False),
        (text("x", when="store.name"), True),
        ({"type": "qr", "name": "it", "data": "{{ store.join_url }}", "box": [0, 0, 99, 99]}, True),
        ({"type": "rect", "name": "it", "color": "#000", "box": [0, 0, 9, 9]}, False),
        (group(text(), when="store.name"), True),
        (group(text(), repeat="store.rows"), True),
        (group(text(), repeat="values.products"), False),
        (group(text("{{ row.title }} {{ store.name }}"), repeat="values.products"), True),
        (group(group(text("x", when="group")), repeat="values.products"), True),
    ],
    ids=[
        "item", "store", "group", "set anew", "own name", "condition", "code", "rect", "in a conditional group",
        "store's rows", "rows", "rows with the store", "deep in rows",
    ],
)  # fmt: skip
def test_what_mentions_the_store_differs(layer: dict[str, Any], *, differs: bool) -> None:
    """It is inferred from the templates; nobody declares it."""
    assert moving(layer) == (["it"] if differs else [])


@pytest.mark.parametrize(
    ("layer", "differs"),
    [
        (text("on it", (50, 20, 100, 50)), True),
        (text("beside it", (100, 0, 100, 50)), False),
        (text("near", (105, 0, 100, 50), shadow={"blur": 8, "offset": [0, 0]}), True),
        (text("turned", (0, 55, 100, 50), rotate=45), True),
        (group(text("inside", (20, 20, 9, 9))), True),
        (group(text("inside", (500, 20, 9, 9))), False),
        (group(text(box=(0, 0, 40, 40)), repeat="values.products", columns=["title"]), True),
        (group(text(box=(0, 0, 40, 40)), repeat="values.none"), False),
    ],
    ids=["on it", "beside", "its shadow", "turned", "in a group", "elsewhere in a group", "rows on it", "no rows"],
)
def test_what_lies_above_and_touches_differs_too(layer: dict[str, Any], *, differs: bool) -> None:
    """What overlaps a layer that differs must be drawn after it; what lies elsewhere need not."""
    assert moving(STORE, layer, values={"products": PRODUCTS}) == (["store", "it"] if differs else ["store"])


def test_what_lies_below_stays() -> None:
    """A background is drawn once, whatever moves above it."""
    assert moving(text("behind"), STORE) == ["store"]


def test_a_condition_that_is_false_here_may_be_true_there() -> None:
    """The answer holds for every store: a layer above one that this store does not show differs all the same."""
    hidden = text("x", name="hidden", when="store.nothing")
    assert moving(hidden, text("above")) == ["hidden", "it"]


def test_above_rows_of_the_store_anything_may_be_touched() -> None:
    """Nobody knows how many rows the next store has."""
    rows = {**group(text(box=(0, 0, 9, 9)), repeat="store.rows"), "name": "rows"}
    assert moving(rows, text("far", (900, 900, 50, 50))) == ["rows", "it"]


CODE = {"type": "qr", "name": "code", "data": "{{ store.join_url }}", "box": [0, 0, 99, 99]}


@pytest.mark.parametrize(
    ("layers", "kept"),
    [
        ([CODE], ["rect"]),
        ([{**CODE, "when": "item.title"}], []),
        ([{**CODE, "optional": True}], []),
        ([{**CODE, "rotate": 3}], []),
        ([STORE, CODE], []),
        ([group(CODE, when="store.name")], []),
        ([group(CODE, when="item.title")], ["group"]),
    ],
    ids=["plain", "sometimes", "optional", "turned", "above a store", "a store's group", "a slot's group"],
)
def test_the_plate_of_a_code_stays(layers: list[dict[str, Any]], kept: list[str]) -> None:
    """It is drawn once, unless some stores' posters go without, or something that differs lies under it."""
    nouns, _ = read_layers(layers, "t.toml", ())
    layout = Layout.model_validate({"poster": {"name": "t", "size": [1000, 1000]}})
    halves = split(layout.model_copy(update={"layer": nouns}), context())
    assert [each.type for each in halves.still.layer] == kept
