"""Sheets: stores, groups, offers and items from CSV as Excel and people write it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calendarkit.calendar.documents import Document, Documents, Kind
from calendarkit.calendar.draft import Draft, read_draft
from calendarkit.calendar.finding import place


def draft(kind: Kind, text: str, name: str = "x.csv") -> Draft:
    return read_draft(Documents(documents=(Document(path=name, kind=kind, text=text),)))


def problems(made: Draft) -> list[tuple[str, int, int, int]]:
    return [(p.code, p.line, p.column, p.width) for p in place(made.findings, made.documents.documents)]


def test_stores_have_fields_tags_and_addresses() -> None:
    """Unknown columns become fields, dotted ones addresses, tags are split."""
    store = draft("stores", "id,name,tags,面积,cms.base\nhz-1,滨江店,vip|new;老店 旗舰,120,https://x\n").stores[0].noun
    assert store.tags == {"vip", "new", "老店", "旗舰"}
    assert (dict(store.fields), store.address) == ({"面积": "120"}, {"cms": {"base": "https://x"}})


@pytest.mark.parametrize(
    ("text", "group_id", "store"),
    [
        ("id,store\nhz-1.vip,hz-1\n", "hz-1.vip", "hz-1"),
        ("id,store\nvip,hz-1\n", "hz-1.vip", "hz-1"),
        ("id\nhz-1.vip\n", "hz-1.vip", "hz-1"),
        ("群编号,门店\nvip,hz-1\n", "hz-1.vip", "hz-1"),
    ],
)
def test_a_group_has_its_full_id(text: str, group_id: str, store: str) -> None:
    """The store may stand in a column or in the id; headers may be Chinese."""
    group = draft("groups", text).groups[0].noun
    assert (group.id, group.store) == (group_id, store)


def test_a_chinese_sheet_of_groups_is_read() -> None:
    """Members and sizes are understood as people write them."""
    made = draft("groups", "编号,门店,群名,成员,人数\nvip,hz-1,会员群,导购,128\nb,hz-1,,,\n")
    assert [(g.noun.title, g.noun.members, g.noun.size) for g in made.groups] == [
        ("会员群", "staff", 128),
        ("", "customers", 0),
    ]


def test_offers_in_a_sheet_are_offers() -> None:
    """Prices may carry their sign; unknown columns become words."""
    made = draft("offers", "编号,名称,售价,原价,卖点\napple,苹果,¥9.90,19.8元,脆甜\n")
    offer = made.offers[0].noun
    assert (offer.price, offer.list_price, offer.words) == (Decimal("9.90"), Decimal("19.8"), {"卖点": "脆甜"})


def test_a_wrong_offer_has_its_cell() -> None:
    """A price that is none is found in its cell; the other rows are kept."""
    made = draft("offers", "id,title,price\napple,苹果,贵\npear,梨,3\n")
    assert problems(made) == [("CK203", 2, 10, 1)]
    assert [each.noun.id for each in made.offers] == ["pear"]


def test_items_in_a_sheet_are_items() -> None:
    """Texts over several lines and further columns are kept; a wrong date is found."""
    made = draft("pool", 'id,title,body,date,tip\na,甲,"一行\n二行",2026/11/25,x\nb,乙,,明天,\n')
    assert [(each.noun.body, dict(each.noun.fields)) for each in made.pools["x"]] == [
        ("一行\n二行", {"tip": "x"}),
        ("", {"tip": ""}),
    ]
    assert problems(made) == [("CK107", 4, 6, 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ("CK014", 1, 0, 0), id="nothing"),
        pytest.param("id;name\na;b\n", ("CK015", 1, 3, 1), id="semicolons"),
        pytest.param("id\tname\na\tb\n", ("CK015", 1, 3, 1), id="tabs"),
        pytest.param("id，name\na，b\n", ("CK015", 1, 3, 1), id="full-width commas"),
        pytest.param("id,name,id\na,b,c\n", ("CK010", 1, 9, 2), id="header twice"),
        pytest.param("id,,name\na,,b\n", ("CK014", 1, 4, 1), id="header with a gap"),
        pytest.param("id,name\na,b,c\n", ("CK014", 2, 5, 1), id="too many cells"),
        pytest.param("id,name,city\na,b\n", ("CK014", 2, 1, 3), id="too few cells"),
        pytest.param('id,name\na,"b\n', ("CK014", 2, 1, 4), id="open quote"),
        pytest.param('id,name\na,"b"c\n', ("CK014", 2, 1, 6), id="text behind a quote"),
        pytest.param("id,name\n店,b\n", ("CK206", 2, 1, 1), id="chinese id"),
        pytest.param('id,name\n"a,b",c\n', ("CK206", 2, 1, 5), id="comma in an id"),
    ],
)
def test_a_misshapen_sheet_is_explained(text: str, expected: tuple[str, int, int, int]) -> None:
    """Shape and ids are judged cell by cell."""
    assert problems(draft("stores", text))[0] == expected


@pytest.mark.parametrize("text", ["id,name,,\na,b,,\n", "id,name\n\na,b\n,\n", "id,name\na,b,,,\n"])
def test_empty_cells_at_the_end_are_forgiven(text: str) -> None:
    """Excel likes to add empty columns and rows."""
    made = draft("stores", text)
    assert (problems(made), [each.noun.id for each in made.stores]) == ([], ["a"])


def test_toml_rosters_are_rosters() -> None:
    """A TOML roster gives the same nouns."""
    text = '[[group]]\nid = "hz-1.a"\ntags = "vip"\nlevel = 3\naddress.wecom.key = "secret:robot/x"\n'
    group = draft("groups", text, "groups.toml").groups[0].noun
    assert (group.tags, dict(group.fields), group.address) == (
        frozenset({"vip"}),
        {"level": "3"},
        {"wecom": {"key": "secret:robot/x"}},
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026/11/30 20:00", "2026-11-30 20:00:00"),
        ("2026-11-30", "2026-11-30 00:00:00"),
        ("2026年11月30日 晚上8点", "2026-11-30 20:00:00"),
    ],
)
def test_a_moment_may_be_written_as_excel_does(written: str, read: str) -> None:
    """Offers end when people say they do."""
    offer = draft("offers", f"id,title,price,until\napple,苹果,9.9,{written}\n").offers[0].noun
    assert str(offer.until) == read


def test_every_empty_cell_that_is_needed_is_told() -> None:
    """Each at its own place."""
    assert problems(draft("offers", "id,title,price\n,,3\n")) == [("CK202", 2, 1, 1), ("CK202", 2, 2, 1)]


def test_a_sheet_without_needed_columns_is_one_problem_each() -> None:
    """And not one a row."""
    assert [each[0] for each in problems(draft("offers", "id,unit\na,b\nc,d\n"))] == ["CK202", "CK202"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id,store\nvip,滨江店\n", ("CK206", 2, 5, 3)),
        ("id\nvip\n", ("CK206", 2, 1, 3)),
        ("id,store\n,hz-1\n", ("CK202", 2, 1, 1)),
    ],
)
def test_a_group_without_its_store_is_explained(text: str, expected: tuple[str, int, int, int]) -> None:
    """The cell that is wrong is shown, the store's or the group's."""
    assert problems(draft("groups", text)) == [expected]


def test_tags_with_commas_are_understood_and_told_once() -> None:
    """Equal cells are one mistake."""
    made = draft("groups", 'id,tags\nhz-1.a,"vip,new"\nhz-1.b,"vip,new"\nhz-1.c,vip|new\n')
    assert {each.noun.tags for each in made.groups} == {frozenset({"vip", "new"})}
    assert [(each.code, each.severity, each.line) for each in made.findings] == [("CK020", "warning", 2)]
