"""Typesetting: words stay in their box whatever they are, and shrink before they are cut."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendarkit.poster.fonts import Fonts
from calendarkit.poster.layers import Lettering, PriceLayer
from calendarkit.poster.lettering import letter_mask
from calendarkit.poster.price_setting import plain, set_price
from calendarkit.poster.setting import Setting, set_text

BOX = (100, 100, 500, 220)
CANVAS = (0, 0, 700, 400)
ADVERSARIAL = st.one_of(
    st.text(alphabet="滨江一号店（西门）旗舰「」，。“”·—…WjgQ9¥,fÅÇ| ", min_size=1, max_size=40),
    st.sampled_from(
        [
            "杭州市余杁区未来科技城海创园社区生鲜旗舰店(西门)",
            "j",
            "ÅÇĝ",
            "W" * 60,
            "，，，，",
            "（",
            "1" * 80,
            "gjpqy" * 9,
            "一",
            "|",
        ]
    ),
)


def ink(setting: Setting, stroke: int = 0) -> tuple[int, int, int, int] | None:
    """Return what the words blacken when they are really drawn."""
    return letter_mask(setting, CANVAS, stroke=stroke).getbbox()


@settings(max_examples=60, deadline=None)
@given(
    ADVERSARIAL,
    st.sampled_from(["left", "center", "right"]),
    st.sampled_from(["top", "middle", "bottom"]),
    st.integers(20, 100),
    st.sampled_from([0, 6]),
)
def test_ink_stays_in_its_box(text: str, align: str, valign: str, size: int, stroke: int) -> None:
    """Whatever a store is called, drawn ink with its outline stays inside the box (one px of smoothing forgiven)."""
    outline = {"width": stroke, "color": "#000000"} if stroke else None
    look = Lettering.model_validate(
        {"font": "bold", "size": size, "min_size": 10, "align": align, "valign": valign, "stroke": outline}
    )
    drawn = ink(set_text(text, look, BOX, Fonts()), stroke)
    if drawn:
        assert drawn[0] >= BOX[0] - 1
        assert drawn[1] >= BOX[1] - 1
        assert drawn[2] <= BOX[2] + 1
        assert drawn[3] <= BOX[3] + 1


def test_a_short_text_keeps_its_size_and_a_long_one_shrinks() -> None:
    """Size is the most, min_size the least."""
    look = Lettering(size=60, min_size=20, max_lines=1)
    assert set_text("滨江店", look, BOX, Fonts()).size == 60
    assert set_text("滨江一号生鲜旗舰店", look, BOX, Fonts()).size == 44


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    """At the smallest size the last line is cut, and loses the comma before the dots."""
    look = Lettering(size=60, min_size=50, max_lines=1)
    assert set_text("滨江一号店，西门", look, (0, 0, 360, 80), Fonts()).lines == ("滨江一号店…",)


@pytest.mark.parametrize(("overflow", "spilled"), [("error", True), ("clip", False), ("ellipsis", False)])
def test_overflow_is_a_choice(overflow: str, spilled: bool) -> None:
    """Only ``error`` makes a text that does not fit a fault."""
    look = Lettering.model_validate({"size": 60, "min_size": 50, "max_lines": 1, "overflow": overflow})
    assert set_text("滨江一号店西门旗舰店", look, (0, 0, 360, 80), Fonts()).spilled is spilled


def test_own_line_breaks_are_worth_a_little_size() -> None:
    """Two written lines shrink a little rather than break into three."""
    setting = set_text("果皮里的营养更多呢\n洗净", Lettering(size=48, min_size=20), (0, 0, 400, 300), Fonts())
    assert (setting.lines, setting.size) == (("果皮里的营养更多呢", "洗净"), 44)


def test_missing_characters_are_reported() -> None:
    """A character that no font has is named."""
    assert set_text("甜😀", Lettering(), BOX, Fonts()).missing == ("😀",)


def test_nothing_visible_has_no_ink() -> None:
    """Spaces alone set to nothing."""
    assert set_text("   ", Lettering(), BOX, Fonts()).ink is None


def price(**keys: object) -> PriceLayer:
    """Return a price layer with the given keys."""
    return PriceLayer.model_validate({"type": "price", "value": "0", "box": [0, 0, 1, 1], "size": 100, **keys})


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("9.90", "9.9"),
        ("12", "12"),
        ("12.00", "12"),
        ("0.05", "0.05"),
        ("1288.50", "1288.5"),
        ("100", "100"),
        ("0", "0"),
    ],
)
def test_prices_lose_idle_zeros_only(value: str, printed: str) -> None:
    """¥9.90 is printed as 9.9 and ¥100 stays 100."""
    assert plain(Decimal(value)) == printed


def test_a_price_is_set_from_small_to_big_to_small() -> None:
    """Sign, yuan, decimals and unit stand on one baseline in four sizes."""
    setting = set_price((Decimal("19.9"), "/ 盒"), price(unit_scale=0.25), (0, 0, 600, 140), Fonts())
    assert "".join(run.text for run in setting.runs) == "¥19.9/盒"
    assert [run.size for run in setting.runs][:3] == [50, 100, 55]
    assert len({run.y for run in setting.runs}) == 1
    assert [run.faint for run in setting.runs][-1] is True


@settings(max_examples=30, deadline=None)
@given(st.decimals(0, 99_999, places=2), st.sampled_from(["", "500g", "/ 箱"]), st.sampled_from(["left", "right"]))
def test_prices_stay_in_their_box(value: Decimal, unit: str, align: str) -> None:
    """Any price shrinks until it fits."""
    drawn = ink(set_price((value, unit), price(align=align, min_size=20, font="bold"), BOX, Fonts()))
    assert drawn is not None
    assert drawn[0] >= BOX[0] - 1
    assert drawn[2] <= BOX[2] + 1


def test_a_struck_price_has_a_rule_through_its_figures() -> None:
    """The rule runs from the sign to the last figure and leaves the unit alone."""
    setting = set_price((Decimal("39.9"), "/ 盒"), price(strike=True), (0, 0, 600, 140), Fonts())
    (rule,) = setting.rules
    unit = next(run for run in setting.runs if run.faint)
    assert rule[0] <= setting.runs[0].x
    assert rule[2] <= unit.x
    assert rule[1] < setting.runs[0].y < rule[3] + 100
