"""Wording: forbidden words are found however they are written, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.calendar.ad_law import LIKE_THEM, NAMED
from calendarkit.calendar.policy import Words
from calendarkit.calendar.wording import hits


def found(text, **words):
    """Return what is found as (written, whether it is firm)."""
    return [(each.written, each.firm) for each in hits(text, Words(**words))]


@pytest.mark.parametrize("term", NAMED)
def test_what_the_law_names_is_firm(term):
    """A message with it must not go out."""
    assert found(f"今天{term}的苹果") == [(term, True)]


@pytest.mark.parametrize("term", LIKE_THEM)
def test_what_means_the_same_is_for_a_person(term):
    """It is shown, and stops nothing."""
    assert (term, False) in found(f"{term}！")


@pytest.mark.parametrize("text", ["最 佳", "最　佳", "最\n佳"], ids=["blank", "full-width-blank", "line-break"])
def test_blanks_hide_nothing(text):
    """A blank between the characters is no way around."""
    assert found(f"本店{text}推荐") == [(text, True)]


def test_letters_are_compared_plain():
    """Capitals and full-width letters are the same word."""
    assert found("ＶＩＰ内部价", forbid=["vip内部价"], ad_law=False) == [("ＶＩＰ内部价", True)]


@pytest.mark.parametrize(
    ("text", "allow"),
    [("唯一官方小店", ["唯一官方小店"]), ("全网最低价保证", ["全网最低价保证"]), ("最佳赏味期 3 天", ["最佳赏味期"])],
    ids=["whole", "longer", "in-front"],
)
def test_an_allowed_phrase_excuses(text, allow):
    """What does not speak of the goods may stand."""
    assert found(text) != []
    assert found(text, allow=allow) == []


def test_an_allowed_phrase_excuses_only_itself():
    """The same word elsewhere is still found."""
    assert found("最佳赏味期 3 天，口感最佳", allow=["最佳赏味期"]) == [("最佳", True)]


def test_the_law_can_be_left_out():
    """A shop that sells abroad looks for its own words only."""
    assert found("最佳", ad_law=False) == []


@given(st.text(max_size=40), st.sampled_from(NAMED), st.text(max_size=40))
def test_places_are_those_of_the_text(before, term, after):
    """Whatever stands around it: the places cut exactly what was written."""
    text = f"{before}{term}{after}"
    places = list(hits(text, Words()))
    assert any(each.firm for each in places)
    assert all(text[each.start : each.end] == each.written for each in places)
