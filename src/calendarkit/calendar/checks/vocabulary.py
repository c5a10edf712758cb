"""The vocabulary of a column: every name its templates may use, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from calendarkit.calendar.column import Column
from calendarkit.calendar.context import NAMES
from calendarkit.calendar.decode import suggest
from calendarkit.calendar.draft import Draft, Placed
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.offer import Offer
from calendarkit.calendar.pool import Item
from calendarkit.calendar.template_names import Mention
from calendarkit.model.text import Text

_OPTIONAL = ("list_price", "saving", "stock", "since", "until")
"""What an offer need not have; printing it where it is missing would break the delivery."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the deliveries of one column have.

    Attributes:
        names: known attributes by root; ``None`` where they cannot be told.
        absent: roots this column's deliveries never have, and why.
        items: the items of its pool.
        offers: the offers it may show.
        column: the column itself; ``None`` where a template serves many.
    """

    names: Mapping[str, frozenset[str] | None]
    absent: Mapping[str, tuple[Text, Text]] = field(default_factory=dict)
    items: tuple[Placed[Item], ...] = ()
    offers: tuple[Placed[Offer], ...] = ()
    column: Column | None = None

    def judge(self, mention: Mention) -> Finding | None:
        """Return what is wrong with a name, without its place; ``None`` for nothing."""
        if mention.root in self.absent:
            what, fix = self.absent[mention.root]
            return Finding(code="CK410", message=what, fix=fix)
        if mention.root not in self.names:
            return _unknown(mention.name, mention.root, self.names, "")
        known = self.names[mention.root]
        if known is None or not mention.attribute:
            return None
        if mention.attribute not in known:
            return _unknown(mention.name, mention.attribute, known, mention.root)
        if mention.asked:
            return None
        return self._lacking_column(mention) or self._lacking_item(mention) or self._lacking_offer(mention)

    def _lacking_column(self, mention: Mention) -> Finding | None:
        if self.column is None or mention.root != "column" or mention.attribute not in {"kind", "owner"}:
            return None
        if getattr(self.column, mention.attribute):
            return None
        return Finding(
            code="CK406",
            message=Text(
                f"栏目“{self.column.title}”没有写 {mention.attribute}，轮到时会发不出去",
                f'the column "{self.column.title}" has no {mention.attribute} and could not go out',
            ),
            fix=Text(
                f"给栏目加上 {mention.attribute}，或写成 {{{{ {mention.name} | default('') }}}}",
                f"give the column its {mention.attribute}, or write {{{{ {mention.name} | default('') }}}}",
            ),
        )

    def _lacking_item(self, mention: Mention) -> Finding | None:
        if mention.root != "item" or mention.attribute in NAMES["item"]:
            return None
        lacking = [each for each in self.items if mention.attribute not in each.noun.fields]
        return _lacking(mention, [(each.noun.id, each) for each in lacking], Text("素材", "item"))

    def _lacking_offer(self, mention: Mention) -> Finding | None:
        if mention.root != "offer" or mention.attribute not in _OPTIONAL:
            return None
        lacking = [each for each in self.offers if getattr(each.noun, mention.attribute) is None]
        return _lacking(mention, [(each.noun.id, each) for each in lacking], Text("商品", "offer"))


def vocabulary(draft: Draft, column: Column) -> Vocabulary:
    """Return every name the templates of ``column`` may use."""
    content = column.content
    items = tuple(draft.pools.get(content.pool or "", ()))
    wanted = {each.noun.offer or content.offer or "" for each in items} or {content.offer or ""}
    offers = tuple(each for each in draft.offers if each.noun.id in wanted)
    names: dict[str, frozenset[str] | None] = {root: frozenset(known) for root, known in NAMES.items()}
    names["values"] = frozenset(content.values)
    names["options"] = frozenset(column.options)
    names |= _roster_names(draft)
    names["item"] = _with(NAMES["item"], [each.noun.fields for each in items], whole=draft.is_whole("pool"))
    fields = [each.noun.fields for each in draft.events] if column.after else []
    names["event"] = _with(NAMES["event"], fields, whole=draft.is_whole("events"))
    return Vocabulary(names=names, absent=_absent(column, wanted), items=items, offers=offers, column=column)


def _roster_names(draft: Draft) -> dict[str, frozenset[str] | None]:
    """Return what stores and groups have; 50,000 rows are looked at once."""
    if not draft.roster_names:
        stores, groups = [each.noun.fields for each in draft.stores], [each.noun.fields for each in draft.groups]
        draft.roster_names["store"] = _with(NAMES["store"], stores, whole=draft.is_whole("stores"))
        draft.roster_names["group"] = _with(NAMES["group"], groups, whole=draft.is_whole("groups"))
    return draft.roster_names


def _absent(column: Column, offers: set[str]) -> dict[str, tuple[Text, Text]]:
    found: dict[str, tuple[Text, Text]] = {}
    if not column.content.pool:
        found["item"] = (
            Text(
                f"栏目“{column.title}”没有素材库，用不了 item",
                f'the column "{column.title}" has no pool and so no item',
            ),
            Text('在 [column.content] 里写 pool = "…"', 'write pool = "…" into [column.content]'),
        )
    if column.to == "stores":
        found["group"] = (
            Text(
                f"栏目“{column.title}”发给门店，没有 group",
                f'the column "{column.title}" goes to stores and has no group',
            ),
            Text("改用 store", "use store"),
        )
    if column.after is None:
        found["event"] = (
            Text(
                f"栏目“{column.title}”没有 after，用不了 event",
                f'the column "{column.title}" has no after and no event',
            ),
            Text("去掉它，或写 after", "remove it, or write after"),
        )
    if "" in offers:
        found["offer"] = (
            Text(f"栏目“{column.title}”不一定有商品，用不了 offer", f'the column "{column.title}" may have no offer'),
            Text(
                '在 [column.content] 或每条素材里写 offer = "…"，或用 {% if offer %} 包住',
                'write offer = "…" into [column.content] or into every item, or wrap it in an if',
            ),
        )
    return found


def _with(own: tuple[str, ...], fields: list[Mapping[str, str]], *, whole: bool) -> frozenset[str] | None:
    """Return the names of a noun with every further column any row has; ``None`` when some rows could not be read."""
    if not whole:
        return None
    names = set(own)
    seen: set[int] = set()
    for each in fields:
        shape = id(each)
        if shape not in seen:
            names.update(each)
            seen.add(shape)
    return frozenset(names)


def _unknown(name: str, word: str, known: Mapping[str, object] | frozenset[str], root: str) -> Finding:
    close = suggest(word, known)
    right = f"{root}.{close}" if root else close
    listed = sorted(known)
    fix = Text(f"是不是 {right}？", f"did you mean {right}?") if close else None
    if fix is None and listed:
        fix = Text(f"可用：{'、'.join(listed)}", f"known: {', '.join(listed)}")
    return Finding(code="CK406", message=Text(f"模板里没有 {name} 这个值", f"templates have no {name}"), fix=fix)


def _lacking(
    mention: Mention, lacking: list[tuple[str, Placed[Item]]] | list[tuple[str, Placed[Offer]]], what: Text
) -> Finding | None:
    if not lacking:
        return None
    ids = [name for name, _ in lacking[:3]]
    more = len(lacking) - len(ids)
    also = Text(f" 等 {len(lacking)} 个" if more else "", f" and {more} more" if more else "")
    key = mention.attribute if mention.attribute != "saving" else "list_price"
    return Finding(
        code="CK406",
        message=Text(
            f"{what.zh} {'、'.join(ids)}{also.zh} 没有 {mention.attribute}，轮到时会发不出去",
            f"{what.en} {', '.join(ids)}{also.en} has no {mention.attribute} and could not go out",
        ),
        fix=Text(
            f"补上 {key}，或写成 {{{{ {mention.name} | default('') }}}}",
            f"add {key}, or write {{{{ {mention.name} | default('') }}}}",
        ),
        related=tuple(placed.origin.spot for _, placed in lacking[:3]),
    )
