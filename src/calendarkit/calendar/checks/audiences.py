"""Whether audiences speak of tags and fields the roster has, and reach anybody."""

from __future__ import annotations

from collections.abc import Iterator

from calendarkit.calendar.audience import Audience, AudienceError, parse_audience
from calendarkit.calendar.audience_parts import GROUP_FIELDS, STORE_FIELDS, Field, Tag
from calendarkit.calendar.column import Column
from calendarkit.calendar.decode import suggest
from calendarkit.calendar.draft import Draft, Placed
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.model.text import Text


def check_audiences(draft: Draft, _: Known) -> Iterator[Finding]:
    """Yield expressions that are not understood, words nobody has, and audiences without anybody."""
    words = _words(draft)
    for column in draft.judged:
        if not column.noun.audience:
            continue
        try:
            audience = parse_audience(column.noun.audience)
        except AudienceError as error:
            yield column.origin.finding(
                "CK502", error.text, error.fix, key="audience", offset=error.offset, width=error.width
            )
            continue
        if words is None:
            continue
        strange = [*_tags(column, audience, words[0]), *_fields(column, audience, words[1], words[2])]
        yield from strange
        if not strange and (draft.groups or column.noun.to == "stores") and not _reaches(draft, column.noun, audience):
            yield column.origin.finding(
                "CK510",
                Text("现在没有一个社群符合这个人群", "no group belongs to this audience now"),
                Text("检查名单里的标签，或放宽条件", "check the tags of the roster, or ask for less"),
                key="audience",
                severity="warning",
            )


def _words(draft: Draft) -> tuple[frozenset[str], frozenset[str], frozenset[str]] | None:
    """Return all tags, fields of groups and fields of stores; ``None`` when the roster could not be read whole."""
    if not draft.is_whole("stores") or not draft.is_whole("groups"):
        return None
    tags: set[str] = set()
    group_fields: set[str] = set(GROUP_FIELDS)
    store_fields: set[str] = set(STORE_FIELDS)
    for group in draft.groups:
        tags |= group.noun.tags
        if group.noun.fields:
            group_fields.update(group.noun.fields)
    for store in draft.stores:
        tags |= store.noun.tags
        if store.noun.fields:
            store_fields.update(store.noun.fields)
    return frozenset(tags), frozenset(group_fields), frozenset(store_fields)


def _tags(column: Placed[Column], audience: Audience, tags: frozenset[str]) -> Iterator[Finding]:
    for tag in audience.tags:
        if tag.name in tags:
            continue
        close = suggest(tag.name, tags)
        fix = Text(f"是不是 {close}？", f"did you mean {close}?") if close else None
        if fix is None:
            listed = sorted(tags)[:12]
            fix = (
                Text(f"现有标签：{'、'.join(listed)}", f"there are: {', '.join(listed)}")
                if listed
                else Text("名单里还没有任何标签", "the roster has no tags yet")
            )
        what = Text(f"没有门店或社群有标签 {tag.name}", f"no store or group has the tag {tag.name}")
        # a word close to a known tag is a slip; a word close to none may be a tag nobody has today
        yield _at(column, tag, what, fix, code="CK503", warning=not close)


def _fields(
    column: Placed[Column], audience: Audience, group: frozenset[str], store: frozenset[str]
) -> Iterator[Finding]:
    for each in audience.fields:
        known = {"group": group, "store": store, "": group | store}[each.owner]
        if each.key in known:
            continue
        close = suggest(each.key, known)
        right = f"{each.owner}.{close}" if each.owner else close
        fix = (
            Text(f"是不是 {right}？", f"did you mean {right}?")
            if close
            else Text(f"可用：{'、'.join(sorted(known))}", f"known: {', '.join(sorted(known))}")
        )
        yield _at(
            column, each, Text(f"名单里没有 {each.name} 这一列", f"the roster has no {each.name}"), fix, code="CK504"
        )


def _at(
    column: Placed[Column], part: Tag | Field, message: Text, fix: Text, *, code: str, warning: bool = False
) -> Finding:
    return column.origin.finding(
        code,
        message,
        fix,
        key="audience",
        offset=part.offset,
        width=part.width,
        severity="warning" if warning else "error",
    )


def _reaches(draft: Draft, column: Column, audience: Audience) -> bool:
    if column.to == "stores":
        return any(audience.matches(None, each.noun) for each in draft.stores)
    stores = {each.noun.id: each.noun for each in draft.stores}
    return any(
        each.noun.store in stores and audience.matches(each.noun, stores[each.noun.store]) for each in draft.groups
    )
