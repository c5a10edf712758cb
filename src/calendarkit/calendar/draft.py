"""The draft: everything the documents say, decoded one by one and not yet checked against each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from calendarkit.calendar.column import Anchor, CalendarDocument, Column
from calendarkit.calendar.decode import judge, keys_of, salvage, single_brackets
from calendarkit.calendar.documents import Document, Documents, Kind
from calendarkit.calendar.event import Event
from calendarkit.calendar.event_rows import EVENT_NAMES, EventsDocument, EventTable, event_of_table, events_from_sheet
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.locate import Path
from calendarkit.calendar.misnamed import misnamed_keys
from calendarkit.calendar.noun import Noun
from calendarkit.calendar.offer import Offer, OffersDocument
from calendarkit.calendar.offer_rows import OFFER_NAMES, offers_from_sheet
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.policy import Policy, Quiet
from calendarkit.calendar.pool import Item
from calendarkit.calendar.pool_rows import ITEM_NAMES, ItemTable, PoolDocument, item_of_table, items_from_sheet
from calendarkit.calendar.poster_name import is_theme
from calendarkit.calendar.recover_toml import recover_toml
from calendarkit.calendar.roster import Group, Store
from calendarkit.calendar.roster_names import GROUP_NAMES, STORE_NAMES
from calendarkit.calendar.roster_rows import (
    GroupsDocument,
    GroupTable,
    StoresDocument,
    StoreTable,
    group_of_table,
    groups_from_sheet,
    store_of_table,
    stores_from_sheet,
)
from calendarkit.calendar.sheet import Sheet, read_sheet
from calendarkit.calendar.workspace import Workspace

T = TypeVar("T")
N = TypeVar("N", bound=Noun)
S = TypeVar("S", bound=Noun)


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A noun and where it was written."""

    noun: T
    origin: Origin


@dataclass(slots=True, kw_only=True)
class Draft:
    """What was decoded so far; lists keep every noun, also those whose id comes twice.

    Attributes:
        quiet: quiet hours of a calendar file, by its path.
        layouts: tables of the poster layouts by name, with their documents.
        themes: names of the workspace's own poster themes.
        templates: texts by their path below the templates folder, sorted by it.
        mended: texts of the TOML documents without their syntax errors, by path; places are looked up in them.
        partial: columns with mistakes, without them: to judge what else is wrong with them, never to publish them.
        roster_names: what templates may ask of ``store`` and ``group``, worked out when first asked for.
        refused: documents of which nothing could be used; what they would have held is not reported as unknown.
    """

    documents: Documents
    workspace: Workspace | None = None
    workspace_path: str = ""
    columns: list[Placed[Column]] = field(default_factory=list)
    anchors: list[Placed[Anchor]] = field(default_factory=list)
    offers: list[Placed[Offer]] = field(default_factory=list)
    pools: dict[str, list[Placed[Item]]] = field(default_factory=dict)
    pool_documents: dict[str, str] = field(default_factory=dict)
    stores: list[Placed[Store]] = field(default_factory=list)
    groups: list[Placed[Group]] = field(default_factory=list)
    events: list[Placed[Event]] = field(default_factory=list)
    policy: Policy = Policy()
    policy_path: str = ""
    quiet: dict[str, Quiet] = field(default_factory=dict)
    layouts: dict[str, tuple[Document, Mapping[str, Any]]] = field(default_factory=dict)
    themes: set[str] = field(default_factory=set)
    refused: list[Document] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    templates: dict[str, str] = field(default_factory=dict)
    mended: dict[str, str] = field(default_factory=dict)
    partial: list[Placed[Column]] = field(default_factory=list)
    roster_names: dict[str, frozenset[str] | None] = field(default_factory=dict)

    @property
    def judged(self) -> list[Placed[Column]]:
        """Every column, the partial ones too."""
        return [*self.columns, *self.partial]

    @property
    def folder(self) -> str:
        """The folder of the templates."""
        return self.workspace.files.templates.rstrip("/") if self.workspace else "templates"

    @property
    def assets(self) -> str:
        """The folder of the pictures."""
        return self.workspace.files.assets.rstrip("/") if self.workspace else "assets"

    def is_whole(self, kind: Kind) -> bool:
        """Tell whether every document of a kind was read and understood, so that what is not there is unknown."""
        return not any(each.kind == kind for each in self.refused) and not any(
            each == kind for _, each in self.documents.unread
        )


def read_draft(documents: Documents) -> Draft:
    """Decode every document; what is wrong with one never stops another."""
    draft = Draft(documents=documents)
    for document in documents.documents:
        before = sum(each.severity == "error" for each in draft.findings)
        reader = _READERS.get((document.kind, document.is_sheet))
        if reader:
            reader(draft, document)
        if sum(each.severity == "error" for each in draft.findings) > before:
            draft.refused.append(document)
    draft.templates = {each.path.removeprefix(f"{draft.folder}/"): each.text for each in documents.of("template")}
    return draft


def _table(draft: Draft, document: Document) -> Mapping[str, Any] | None:
    read = recover_toml(document)
    draft.findings += read.findings
    draft.mended[document.path] = read.text
    return read.table


def _decoded(draft: Draft, document: Document, model: type[N]) -> N | None:
    table = _table(draft, document)
    if table is None:
        return None
    noun, findings = judge(model, table, document=document.path)
    draft.findings += findings
    return noun


def _split(
    draft: Draft, document: Document, key: str, model: type[N], *, shell: type[S]
) -> tuple[list[Placed[N]], S | None]:
    """Return the tables of a list, judged one by one so that a mistake in one leaves the others, and the rest."""
    table = _table(draft, document)
    if table is None:
        return [], None
    found: list[Placed[N]] = []
    rows = table.get(key, [])
    single: bool = isinstance(rows, dict)
    if single:
        draft.findings.append(single_brackets(document.path, (key,)))
        rows = [rows]
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        table = {**table, key: []}
        for index, row in enumerate(rows):
            path: Path = (key,) if single else (key, index)
            noun, findings = judge(model, row, document=document.path, path=path)
            draft.findings += findings
            if noun is not None:
                found.append(Placed(noun, Origin(document.path, path)))
                free = set(keys_of(model)) - set(row)
                draft.findings += misnamed_keys(noun.model_extra or (), free, document=document.path, path=path)
            elif model is Column and (rest_of := salvage(Column, row, findings, path=path)):
                draft.partial.append(Placed(rest_of, Origin(document.path, path)))
    rest, findings = judge(shell, table, document=document.path)
    draft.findings += findings
    return found, rest


def _workspace(draft: Draft, document: Document) -> None:
    draft.workspace_path = document.path
    workspace = _decoded(draft, document, Workspace)
    if draft.mended[document.path] == document.text:  # a guess must not choose zones, channels and plugins
        draft.workspace = workspace


def _calendar(draft: Draft, document: Document) -> None:
    columns, rest = _split(draft, document, "column", Column, shell=CalendarDocument)
    draft.columns += columns
    if rest is not None:
        draft.anchors += [Placed(each, Origin(document.path, ("anchor", i))) for i, each in enumerate(rest.anchor)]
        if rest.quiet:
            draft.quiet[document.path] = rest.quiet


def _offers(draft: Draft, document: Document) -> None:
    draft.offers += _split(draft, document, "offer", Offer, shell=OffersDocument)[0]


def _offer_sheet(draft: Draft, document: Document) -> None:
    sheet = _sheet(draft, document, OFFER_NAMES)
    if sheet:
        draft.offers += [Placed(*each) for each in offers_from_sheet(sheet, draft.findings)]


def _policy(draft: Draft, document: Document) -> None:
    policy = _decoded(draft, document, Policy)
    if policy is not None:
        draft.policy, draft.policy_path = policy, document.path


def _stores(draft: Draft, document: Document) -> None:
    for each in _split(draft, document, "store", StoreTable, shell=StoresDocument)[0]:
        draft.stores.append(Placed(store_of_table(each.noun), each.origin))


def _store_sheet(draft: Draft, document: Document) -> None:
    sheet = _sheet(draft, document, STORE_NAMES)
    if sheet:
        draft.stores += [Placed(*each) for each in stores_from_sheet(sheet, draft.findings)]


def _groups(draft: Draft, document: Document) -> None:
    for each in _split(draft, document, "group", GroupTable, shell=GroupsDocument)[0]:
        draft.groups.append(Placed(group_of_table(each.noun), each.origin))


def _group_sheet(draft: Draft, document: Document) -> None:
    sheet = _sheet(draft, document, GROUP_NAMES)
    if sheet:
        draft.groups += [Placed(*each) for each in groups_from_sheet(sheet, draft.findings)]


def _events(draft: Draft, document: Document) -> None:
    for each in _split(draft, document, "event", EventTable, shell=EventsDocument)[0]:
        draft.events.append(Placed(event_of_table(each.noun), each.origin))


def _event_sheet(draft: Draft, document: Document) -> None:
    sheet = _sheet(draft, document, EVENT_NAMES)
    if sheet:
        draft.events += [Placed(*each) for each in events_from_sheet(sheet, draft.findings)]


def _pool(draft: Draft, document: Document) -> None:
    items = _split(draft, document, "item", ItemTable, shell=PoolDocument)[0]
    _add_pool(draft, document, [Placed(item_of_table(each.noun), each.origin) for each in items])


def _pool_sheet(draft: Draft, document: Document) -> None:
    sheet = _sheet(draft, document, ITEM_NAMES)
    if sheet:
        _add_pool(draft, document, [Placed(*each) for each in items_from_sheet(sheet, draft.findings)])


def _add_pool(draft: Draft, document: Document, items: list[Placed[Item]]) -> None:
    draft.pools.setdefault(document.stem, []).extend(items)
    draft.pool_documents.setdefault(document.stem, document.path)


def _poster(draft: Draft, document: Document) -> None:
    table = _table(draft, document) or {}
    if is_theme(document):
        draft.themes.add(document.stem)
    else:
        draft.layouts[document.stem] = (document, table)


def _sheet(draft: Draft, document: Document, names: Mapping[str, str]) -> Sheet | None:
    sheet, findings = read_sheet(document, names=names)
    draft.findings += findings
    return sheet


_READERS: Mapping[tuple[Kind, bool], Callable[[Draft, Document], None]] = {
    ("workspace", False): _workspace,
    ("calendar", False): _calendar,
    ("offers", False): _offers,
    ("offers", True): _offer_sheet,
    ("policy", False): _policy,
    ("stores", False): _stores,
    ("stores", True): _store_sheet,
    ("groups", False): _groups,
    ("groups", True): _group_sheet,
    ("events", False): _events,
    ("events", True): _event_sheet,
    ("pool", False): _pool,
    ("pool", True): _pool_sheet,
    ("poster", False): _poster,
}
