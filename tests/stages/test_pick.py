"""Picking: rotation, shuffling, dates, rest, and what happens when nothing is left."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import at, slot

from calendarkit.calendar.column import Content
from calendarkit.calendar.pool import Item, Pool
from calendarkit.extend import Withhold
from calendarkit.stages.pick import pick

DAY = dt.timedelta(days=1)
FIRST = dt.date(2026, 11, 1)
ZONE = "Asia/Shanghai"


def pool(ids: str = "abcde", **until: str) -> Pool:
    """Return a pool with one item a letter; ``until`` by letter."""
    ends = {name: dt.date.fromisoformat(day) for name, day in until.items()}
    return Pool("tips", tuple(Item(id=each, until=ends.get(each)) for each in ids))


def shown(of: Pool, content: Content, days: int) -> str:
    """Return what a daily column shows, one letter a day, ``-`` where it shows nothing."""
    recent: dict[str, int] = {}
    letters = ""
    for ordinal in range(days):
        when = slot("07:30", (FIRST + ordinal * DAY).isoformat(), ordinal=ordinal)
        item = pick(of, content, when, recent=recent, zone=ZONE)
        letters += "-" if isinstance(item, Withhold) else item.id
        if not isinstance(item, Withhold):
            recent[item.id] = when.at
    return letters


def test_in_order_goes_round():
    """After the last item comes the first again."""
    assert shown(pool(), Content(), 12) == "abcdeabcdeab"


def test_one_item_is_shown_again_and_again():
    """Without ``no_repeat`` a pool of one is no mistake."""
    assert shown(pool("a"), Content(), 3) == "aaa"


def test_an_item_is_left_out_after_its_last_day():
    """``until`` is the last day it may be shown, and its end makes nothing appear twice in a row."""
    letters = shown(pool("abc", b="2026-11-05"), Content(), 12)
    assert letters == "abcabcacacac"


@given(st.integers(min_value=1, max_value=9), st.integers(min_value=0, max_value=2**40))
def test_every_shuffled_round_shows_everything_once(size, seed):
    """Each round is complete, and no item comes twice in a row, across rounds neither."""
    letters = shown(pool("abcdefghi"[:size]), Content(pick="shuffled", seed=seed), 4 * size)
    rounds = [letters[start : start + size] for start in range(0, 4 * size, size)]
    assert all(len(set(each)) == size for each in rounds)
    assert size == 1 or all(before != after for before, after in itertools.pairwise(letters))


def test_shuffling_is_the_same_for_ever():
    """The order depends on seed, round and ids alone: not on the Python, the machine or the day."""
    assert shown(pool(), Content(pick="shuffled", seed=7), 15) == "dbceacbadeaedbc"


def test_shuffling_ignores_the_order_of_the_file():
    """Sorting a sheet anew changes nothing."""
    content = Content(pick="shuffled", seed=3)
    assert shown(pool("abcde"), content, 20) == shown(pool("edbca"), content, 20)


def test_seeds_give_different_orders():
    """Two columns on one pool need not say the same every day."""
    assert len({shown(pool(), Content(pick="shuffled", seed=seed), 5) for seed in range(20)}) > 10


def test_by_date_shows_the_item_of_the_day():
    """Two items of one day take turns with the column's slots."""
    items = (Item(id="x", date=FIRST), Item(id="y", date=FIRST), Item(id="z", date=FIRST + 2 * DAY), Item(id="free"))
    assert shown(Pool("tips", items), Content(pick="by-date"), 4) == "x-z-"
    second = slot("20:00", FIRST.isoformat(), ordinal=1)
    assert pick(Pool("tips", items), Content(pick="by-date"), second, recent={}, zone=ZONE) == items[1]


@given(
    st.sampled_from(["in-order", "shuffled"]),
    st.integers(min_value=1, max_value=7),
    st.integers(min_value=1, max_value=9),
)
def test_nothing_is_repeated_within_the_rest(order, size, rest):
    """With ``no_repeat`` of N days, N days in a row show N different items or nothing."""
    letters = shown(pool("abcdefg"[:size]), Content(pick=order, no_repeat=f"{rest}d"), 30)
    windows = [letters[start : start + rest].replace("-", "") for start in range(31 - rest)]
    assert all(len(set(each)) == len(each) for each in windows)
    assert letters.count("-") == 0 or size < rest


def test_a_rested_item_steps_in_for_one_that_is_not():
    """The next in order takes the turn."""
    recent = {"a": at("07:30", "2026-11-24"), "b": at("07:30", "2026-11-23")}
    found = pick(pool(), Content(no_repeat="3d"), slot(ordinal=5), recent=recent, zone=ZONE)
    assert found == Item(id="c")


@pytest.mark.parametrize(
    ("rest", "last", "again"),
    [
        ("7d", "2026-11-18T12:30", True),
        ("7d", "2026-11-19T00:00", False),
        ("36h", "2026-11-24T00:00", True),
        ("36h", "2026-11-24T00:01", False),
    ],
    ids=["a-week-later-but-earlier-in-the-day", "six-days", "36-hours", "a-minute-less"],
)
def test_whole_days_count_by_the_calendar(rest, last, again):
    """A slot that moves from 12:30 to 12:00 does not lose its item; hours count by the clock."""
    day, _, clock = last.partition("T")
    found = pick(pool("a"), Content(no_repeat=rest), slot("12:00"), recent={"a": at(clock, day)}, zone=ZONE)
    assert isinstance(found, Item) == again


def test_a_group_that_joins_later_gets_the_same_item():
    """What a slot already showed it shows again, even when the pool has grown meanwhile."""
    noon = slot(ordinal=1)
    found = pick(pool("xab"), Content(no_repeat="30d"), noon, recent={"b": noon.at, "a": noon.at - 86400}, zone=ZONE)
    assert found == Item(id="b")


@pytest.mark.parametrize(
    ("of", "content", "words"),
    [
        (pool(""), Content(), "素材库 tips 是空的"),
        (
            pool("ab", a="2026-11-01", b="2026-11-24"),
            Content(),
            "素材库 tips 的 2 条内容都已过期，最后一条到 2026-11-24 为止",
        ),
        (pool(), Content(pick="by-date"), '素材库 tips 没有写给 2026-11-25 的内容（pick = "by-date"）'),
        (
            pool("a"),
            Content(no_repeat="30d"),
            "素材库 tips 现有的 1 条内容在 30d 内都发过了（no_repeat），请补充内容或缩短间隔",
        ),
        (
            Pool("tips", (Item(id="a", date=dt.date(2026, 11, 25), until=FIRST),)),
            Content(pick="by-date"),
            '素材库 tips 没有写给 2026-11-25 的内容（pick = "by-date"）',
        ),
    ],
    ids=["empty", "over", "no-date", "all-shown", "dated-but-over"],
)
def test_says_why_there_is_nothing_to_show(of, content, words):
    """A slot is withheld with a reason, never silently empty."""
    found = pick(of, content, slot(), recent={"a": at("12:00", "2026-11-20")}, zone=ZONE)
    assert isinstance(found, Withhold)
    assert found.reason.zh == words
    assert found.reason.en.isascii()
