"""From layout to what is drawn: conditions, boxes, repeated groups."""

from __future__ import annotations

from typing import Any

import pytest
from poster_shop import PRODUCTS, context

from calendarkit.poster.layers import Layout
from calendarkit.poster.layout import TEMPLATED
from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.read_layers import read_layers
from calendarkit.poster.resolve import Drawn, resolve


def resolved(*layers: dict[str, Any], **more: Any) -> tuple[Drawn, ...]:
    """Resolve layers on a sheet of 1000 × 1000 px."""
    nouns, findings = read_layers(list(layers), "t.toml", ())
    assert findings == ()
    layout = Layout.model_validate({"poster": {"name": "t", "size": [1000, 1000]}})
    return resolve(layout.model_copy(update={"layer": nouns}), context(**more))


def text(words: str = "x", box: tuple[int, ...] = (0, 0, 100, 50), **keys: Any) -> dict[str, Any]:
    """Return a text layer."""
    return {"type": "text", "text": words, "box": list(box), **keys}


@pytest.mark.parametrize(
    ("box", "area"),
    [
        ((10, 20, 30, 40), (10, 20, 40, 60)),
        ((-110, 20, 100, 40), (890, 20, 990, 60)),
        ((10, -50, 30, 40), (10, 950, 40, 990)),
    ],
    ids=["from the left", "from the right", "from the bottom"],
)
def test_boxes_count_from_either_side(box: tuple[int, ...], area: tuple[int, ...]) -> None:
    """Negative x or y count from the right or bottom of the parent."""
    assert resolved(text("x", box))[0].box == area


def test_boxes_inside_a_group_count_from_the_group() -> None:
    """The parent of a layer inside a group is the group's box."""
    group = {"type": "group", "box": [100, 200, 300, 400], "layer": [text("x", (10, -60, 50, 50))]}
    assert resolved(group)[0].box == (110, 540, 160, 590)


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        ("item.title", True), ("item.nothing", False), ("nothing.at_all", False), ("item.empty", False),
        ("item.count > 2", True), ("{% if item.count > 5 %}1{% endif %}", False), ("not item.title", False),
    ],
)  # fmt: skip
def test_conditions(when: str, shown: bool) -> None:
    """A condition is an expression; what is missing or empty is false."""
    found = resolved(text("x", when=when), item={"title": "t", "empty": "", "count": 3})
    assert bool(found) is shown


def test_an_empty_text_or_optional_layer_draws_nothing() -> None:
    """A text without words, and an optional picture or code without a source, are left out."""
    optional = {"optional": True, "box": [0, 0, 99, 99]}
    layers = [text("  "), {"type": "image", "src": "", **optional}, {"type": "qr", "data": "", **optional}]
    assert resolved(*layers) == ()


def test_a_text_becomes_rows() -> None:
    """Rows between ``;`` and cells between ``|`` are laid out in a column with gaps."""
    group = {
        "type": "group", "repeat": "values.products", "as": "p", "columns": ["title", "price", "list_price"],
        "flow": "column", "gap": 20, "box": [0, 0, 600, 940], "layer": [text("{{ index }}/{{ count }} {{ p.title }}")],
    }  # fmt: skip
    found = resolved(group, values={"products": PRODUCTS})
    assert [each.word("text") for each in found] == [
        "1/3 红颜草莓 300g",
        "2/3 阿根廷红虾 2kg 超大号船冻",
        "3/3 云南蜜桔",
    ]
    assert [each.box[1] for each in found] == [0, 320, 640]
    assert all(each.repeated for each in found)


@pytest.mark.parametrize(("justify", "xs"), [("start", [0, 110]), ("center", [145, 255]), ("end", [290, 400])])
def test_a_row_of_cells_is_justified(justify: str, xs: list[int]) -> None:
    """Cells of a fixed size stand at the start, in the middle or at the end."""
    group = {
        "type": "group", "repeat": "item.list", "gap": 10, "cell": [100, 50], "justify": justify,
        "box": [0, 0, 500, 50], "layer": [text("{{ row }}{{ index }}")],
    }  # fmt: skip
    found = resolved(group, item={"list": ["a", "a"]})
    assert [each.box[0] for each in found] == xs
    assert [each.word("text") for each in found] == ["a1", "a2"]


def test_rows_may_stand_in_the_layout_itself() -> None:
    """What has a ``;`` is no name."""
    group = {"type": "group", "repeat": "一;二;三", "box": [0, 0, 300, 50], "layer": [text("{{ row }}")]}
    assert [each.word("text") for each in resolved(group)] == ["一", "二", "三"]


@pytest.mark.parametrize("value", [None, 3, {}, [], ""], ids=["none", "number", "table", "empty list", "empty text"])
def test_what_is_no_list_repeats_nothing(value: object) -> None:
    """A missing or unsuitable value draws no row."""
    group = {"type": "group", "repeat": "item.list", "box": [0, 0, 9, 9], "layer": [text()]}
    assert resolved(group, item={"list": value}) == ()


def test_a_missing_value_names_the_layer() -> None:
    """The message says which layer wants which value."""
    with pytest.raises(PosterError, match=r"标题.*item\.title"):
        resolved(text("{{ item.title }}", name="标题"), item={})


def test_too_many_layers_are_refused() -> None:
    """Nested repetition cannot make a poster of a million layers."""
    inner = {"type": "group", "repeat": "item.list", "max": 50, "box": [0, 0, 9, 9], "layer": [text()]}
    outer = {**inner, "layer": [inner]}
    with pytest.raises(PosterError, match="500"):
        resolved(outer, item={"list": list(range(50))})


def test_every_templated_key_exists() -> None:
    """The keys that are templates are keys of layers."""
    from calendarkit.poster.read_layers import TYPES

    known = {name for model in TYPES.values() for name in model.model_fields}
    assert set(TEMPLATED) <= known
