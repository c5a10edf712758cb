"""Stores and groups from the rows of a sheet or the tables of a TOML document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pydantic import ConfigDict, Field

from calendarkit.calendar.fields import Slug, Strings, Zone
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.misnamed import misnamed_columns
from calendarkit.calendar.noun import Noun
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.pool_rows import texts_of
from calendarkit.calendar.roster import Group, Members, Store
from calendarkit.calendar.roster_faults import ID, bad_group_id, bad_id, bad_members, bad_size, comma_tags
from calendarkit.calendar.roster_names import GROUP_NAMES, STORE_NAMES
from calendarkit.calendar.sheet import Row, Sheet
from calendarkit.model.text import Text

_MEMBERS: Mapping[str, Members] = {
    **dict.fromkeys(("", "customers", "customer", "客户", "顾客", "客户群", "顾客群", "会员群"), "customers"),
    **dict.fromkeys(("staff", "员工", "导购", "店员", "导购群", "员工群", "店员群", "内部群"), "staff"),
}
_STORE_FIELDS = ("id", "name", "city", "region", "tags", "phone", "street", "join_url", "zone")
_GROUP_FIELDS = ("id", "store", "title", "members", "tags", "size", "owner")
_NOTHING: Mapping[str, str] = MappingProxyType({})
_TAGS = re.compile(r"[|｜;；、,，\s]+")
_COMMAS = re.compile("[,，]")


class StoreTable(Noun):
    """One ``[[store]]``; every further text becomes a field that templates and audiences can read."""

    model_config = ConfigDict(extra="allow")

    id: Slug
    name: str
    city: str = ""
    region: str = ""
    tags: Strings = ()
    phone: str = ""
    street: str = ""
    join_url: str = ""
    """What the QR on its posters opens."""
    zone: Zone | None = None
    """IANA name, where it is not the column's."""
    address: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    """By publisher: ``address.miniprogram.base = "…"``."""


class GroupTable(Noun):
    """One ``[[group]]``; every further text becomes a field that templates and audiences can read."""

    model_config = ConfigDict(extra="allow")

    id: Slug
    """Full id ``store.name``, or the name alone when ``store`` is given."""
    store: str = ""
    title: str = ""
    members: Members = "customers"
    tags: Strings = ()
    size: int = Field(default=0, ge=0)
    owner: str = ""
    address: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    """By publisher: ``address.wecom.key = "secret:robot/hz-001"``; secrets are names, never values."""


class StoresDocument(Noun):
    """``stores.toml``."""

    store: tuple[StoreTable, ...] = ()
    """The stores, one ``[[store]]`` each."""


class GroupsDocument(Noun):
    """``groups.toml``."""

    group: tuple[GroupTable, ...] = ()
    """The groups, one ``[[group]]`` each."""


def stores_from_sheet(sheet: Sheet, findings: list[Finding]) -> Iterator[tuple[Store, Origin]]:
    """Yield the stores of a sheet; unknown columns become fields, ``PUBLISHER.FIELD`` columns the address."""
    columns = _Columns(sheet, _STORE_FIELDS, findings)
    findings += misnamed_columns(sheet, _STORE_FIELDS, STORE_NAMES)
    if not columns.have(("id", "name"), findings, STORE_NAMES):
        return
    at = columns.at
    for row in sheet.rows:
        cells = columns.stripped(row)
        store_id = cells[at["id"]]
        if not ID.fullmatch(store_id):
            findings.append(bad_id(sheet, row, at["id"], store_id))
            continue
        yield (
            Store(
                id=store_id,
                name=cells[at["name"]] or store_id,
                city=cells[at["city"]],
                region=cells[at["region"]],
                tags=columns.tags(cells, row),
                phone=cells[at["phone"]],
                street=cells[at["street"]],
                join_url=cells[at["join_url"]],
                zone=cells[at["zone"]],
                fields=columns.fields(cells),
                address=columns.address(cells),
            ),
            Origin(sheet.document.path, (), sheet, row),
        )


def groups_from_sheet(sheet: Sheet, findings: list[Finding]) -> Iterator[tuple[Group, Origin]]:
    """Yield the groups of a sheet; a group's full id is ``store.name``."""
    columns = _Columns(sheet, _GROUP_FIELDS, findings)
    findings += misnamed_columns(sheet, _GROUP_FIELDS, GROUP_NAMES)
    if not columns.have(("id",), findings, GROUP_NAMES):
        return
    at = columns.at
    for row in sheet.rows:
        cells = columns.stripped(row)
        name = cells[at["id"]]
        store, group_id = full_id(cells[at["store"]], name)
        if not name or not store or not ID.fullmatch(group_id):
            findings.append(bad_group_id(sheet, row, name, store))
            continue
        members, size = _MEMBERS.get(cells[at["members"]].casefold()), _size(cells[at["size"]])
        if members is None or size is None:
            findings.append(bad_members(sheet, row) if members is None else bad_size(sheet, row))
            continue
        yield (
            Group(
                id=group_id,
                store=store,
                title=cells[at["title"]],
                members=members,
                tags=columns.tags(cells, row),
                size=size,
                owner=cells[at["owner"]],
                fields=columns.fields(cells),
                address=columns.address(cells),
            ),
            Origin(sheet.document.path, (), sheet, row),
        )


def _size(text: str) -> int | None:
    """Return a number of members; 0 for an empty cell, ``None`` for no number."""
    return int(text or 0) if len(text) < 8 and (not text or (text.isascii() and text.isdigit())) else None


def full_id(store: str, name: str) -> tuple[str, str]:
    """Return (store id, full group id) from what a team wrote; the store may stand in the id alone."""
    if not store:
        return name.rpartition(".")[0], name
    return store, name if name.startswith(f"{store}.") else f"{store}.{name}"


def store_of_table(table: StoreTable) -> Store:
    """Return the store a TOML table describes."""
    return Store(
        id=table.id,
        name=table.name,
        city=table.city,
        region=table.region,
        tags=frozenset(table.tags),
        phone=table.phone,
        street=table.street,
        join_url=table.join_url,
        zone=table.zone or "",
        fields=texts_of(table.model_extra),
        address=table.address,
    )


def group_of_table(table: GroupTable) -> Group:
    """Return the group a TOML table describes."""
    store, group_id = full_id(table.store, table.id)
    return Group(
        id=group_id,
        store=store,
        title=table.title,
        members=table.members,
        tags=frozenset(table.tags),
        size=table.size,
        owner=table.owner,
        fields=texts_of(table.model_extra),
        address=table.address,
    )


class _Columns:
    """Knows which cell of a row is what, worked out once for a sheet.

    Attributes:
        at: place of each known column; a column that is not there points behind the row, at an empty text.
    """

    def __init__(self, sheet: Sheet, known: tuple[str, ...], findings: list[Finding]) -> None:
        self.sheet = sheet
        self._findings = findings
        places = {name: place for place, name in enumerate(sheet.header)}
        self.at = {name: places.get(name, -1) for name in known}
        self._tags: dict[str, frozenset[str]] = {"": frozenset()}
        others = [(name, place) for place, name in enumerate(sheet.header) if name and name not in known]
        self._fields = [(name, place) for name, place in others if "." not in name]
        dotted = [(name.partition("."), place) for name, place in others if "." in name]
        self._address = [(parts[0], parts[2], place) for parts, place in dotted]

    def have(self, names: tuple[str, ...], findings: list[Finding], aliases: Mapping[str, str]) -> bool:
        """Report the columns that are missing, with the other names they may have."""
        missing = [name for name in names if self.at[name] < 0]
        for name in missing:
            others = "、".join([alias for alias, own in aliases.items() if own == name][:4])
            findings.append(
                Finding(
                    code="CK202",
                    document=self.sheet.document.path,
                    line=1,
                    column=1,
                    width=max(1, len(self.sheet.lines[0])),
                    message=Text(f"表头缺少 {name} 列", f"the header has no column {name}"),
                    fix=Text(f"加上 {name} 列（也可以叫{others}）", f"add a column {name}"),
                )
            )
        return not missing

    def stripped(self, row: Row) -> list[str]:
        """Return the cells without spaces around them, and an empty text behind them."""
        cells = [cell.strip() for cell in row.cells]
        cells.append("")
        return cells

    def tags(self, cells: list[str], row: Row) -> frozenset[str]:
        """Return the tags of one row; rows share equal sets, and equal mistakes are told once."""
        words = cells[self.at["tags"]]
        found = self._tags.get(words)
        if found is None:
            found = self._tags[words] = split_tags(words)
            if _COMMAS.search(words):
                self._findings.append(comma_tags(self.sheet, row, found))
        return found

    def fields(self, cells: list[str]) -> Mapping[str, str]:
        """Return what no column of calendarkit's own holds."""
        return {name: cells[place] for name, place in self._fields} if self._fields else _NOTHING

    def address(self, cells: list[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the ``PUBLISHER.FIELD`` cells that are not empty, by publisher."""
        found: dict[str, dict[str, str]] = {}
        for publisher, name, place in self._address:
            if cells[place]:
                found.setdefault(publisher, {})[name] = cells[place]
        return found


def split_tags(words: str) -> frozenset[str]:
    """Return the tags in a cell, separated by ``|``, ``;`` or spaces."""
    return frozenset(word for word in _TAGS.split(words) if word)
