"""Whether what a column says exists: pools, offers, template files, pictures and the parts it promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calendarkit.calendar.column import Column, Content, Part, Variant
from calendarkit.calendar.decode import suggest
from calendarkit.calendar.draft import Draft, Placed
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.locate import Path
from calendarkit.calendar.origin import Origin
from calendarkit.model.text import Text

TEMPLATE_ENDINGS = (".txt", ".md", ".j2")
"""What names a file below the templates folder; anything else is the template itself."""
_ALIKE = 0.75
"""Likeness of file names from which one is suggested for another; they share their endings."""
_FIRST = {
    "CK401": (
        "还没有素材库：新建 pools/{name}.toml 或 pools/{name}.csv",
        "there are no pools yet: write pools/{name}.toml",
    ),
    "CK402": (
        '还没有商品：新建 offers.toml，写一段 [[offer]]，id = "{name}"',
        'there are no offers yet: write an [[offer]] with id = "{name}" into offers.toml',
    ),
    "CK403": ("还没有模板：新建 templates/{name}", "there are no templates yet: write templates/{name}"),
}
"""What to do where there is nothing of the kind at all, in Chinese and English."""


def check_content(draft: Draft, _: Known) -> Iterator[Finding]:
    """Yield what columns and items name and nobody wrote."""
    offers = {each.noun.id for each in draft.offers}
    for column in draft.columns:
        yield from _parts(column)
    for column in draft.judged:
        yield from _pool(column, draft)
        content = column.noun.content
        if content.offer and content.offer not in offers and draft.is_whole("offers"):
            what = Text("商品", "offer")
            yield _unknown("CK402", what, content.offer, offers, origin=column.origin, path=("content", "offer"))
        for path, speech in speeches(content):
            yield from _files(draft, speech, column.origin, path)
    yield from _items(draft, offers)


def speeches(content: Content) -> Iterator[tuple[Path, Content | Variant]]:
    """Yield the content of a column and each of its variants, with their paths inside the column."""
    yield ("content",), content
    for channel, variant in content.variants.items():
        yield ("content", "variants", channel), variant


def _parts(column: Placed[Column]) -> Iterator[Finding]:
    content = column.noun.content
    given = {part for _, speech in speeches(content) for part in parts_of(speech)}
    if not given:
        yield column.origin.finding(
            "CK409",
            Text(
                f"栏目“{column.noun.title}”没有写要发什么",
                f'the column "{column.noun.title}" does not say what to send',
            ),
            Text("在 [column.content] 里写 text、poster 或 link", "write text, poster or link into [column.content]"),
            key="content",
            where="key",
        )
        return
    for index, part in enumerate(content.parts or ()):
        if part not in given:
            yield column.origin.finding(
                "CK409",
                Text(f"parts 里有 {part}，但没有写 {part}", f"parts names {part}, but there is no {part}"),
                Text(f"加上 {part} = …，或从 parts 里删掉", f"add {part} = …, or take it out of parts"),
                key=("content", "parts", index),
            )


def parts_of(speech: Content | Variant) -> set[Part]:
    """Return the parts that content or a variant gives."""
    found: set[Part] = set()
    if speech.text is not None or speech.markdown is not None:
        found.add("text")
    if speech.poster is not None:
        found.add("poster")
    if speech.link is not None:
        found.add("link")
    return found


def _pool(column: Placed[Column], draft: Draft) -> Iterator[Finding]:
    name = column.noun.content.pool
    if name is None:
        return
    path: Path = ("content", "pool")
    if name not in draft.pools:
        if not any(_stem(unread) == name for unread, _ in draft.documents.unread) and not _refused(draft, name):
            what = Text("素材库", "content pool")
            yield _unknown("CK401", what, name, draft.pools, origin=column.origin, path=path)
        return
    items = draft.pools[name]
    if not items and not _refused(draft, name):
        yield column.origin.finding(
            "CK408",
            Text(
                f"素材库 {name} 是空的，这个栏目没有内容可发",
                f"the content pool {name} is empty; this column has nothing to say",
            ),
            Text(f"在 {draft.pool_documents[name]} 里加一条", f"add an item to {draft.pool_documents[name]}"),
            key=path,
        )
    elif items and column.noun.content.pick == "by-date" and not any(each.noun.date for each in items):
        yield column.origin.finding(
            "CK408",
            Text(
                f'pick = "by-date" 需要日期，但素材库 {name} 里没有一条写了 date',
                f"no item of {name} has the date that by-date needs",
            ),
            Text("给每条素材写 date = 2026-11-25，或换一种 pick", "give every item a date, or pick in another way"),
            key=("content", "pick"),
        )


def _files(draft: Draft, speech: Content | Variant, origin: Origin, path: Path) -> Iterator[Finding]:
    unread = {unread for unread, _ in draft.documents.unread}
    for key in ("text", "markdown"):
        written: str | None = getattr(speech, key)
        if written is None or not written.endswith(TEMPLATE_ENDINGS) or "\n" in written or "{" in written:
            continue
        if written not in draft.templates and f"{draft.folder}/{written}" not in unread:
            what = Text("模板文件", "template file")
            yield _unknown("CK403", what, written, draft.templates, origin=origin, path=(*path, key))


def _items(draft: Draft, offers: set[str]) -> Iterator[Finding]:
    """Yield items of offers that do not exist; where there are no offers at all, that is one mistake and not many."""
    if not draft.is_whole("offers"):
        return
    what = Text("商品", "offer")
    placed = [each for items in draft.pools.values() for each in items if each.noun.offer not in ("", *offers)]
    for each in placed if offers else placed[:1]:
        yield _unknown("CK402", what, each.noun.offer, offers, origin=each.origin, path=("offer",))


def _unknown(code: str, what: Text, name: str, known: Iterable[str], *, origin: Origin, path: Path) -> Finding:
    close = suggest(name, known, cutoff=_ALIKE if code == "CK403" else 0.6)
    fix = Text(f"是不是 {close}？", f"did you mean {close}?") if close else None
    listed = sorted(known)[:8]
    if not fix and listed:
        fix = Text(f"现有：{'、'.join(listed)}", f"there are: {', '.join(listed)}")
    fix = fix or Text(*(each.format(name=name) for each in _FIRST[code]))
    message = Text(f"没有{what.zh} {name}", f"there is no {what.en} {name}")
    return origin.finding(code, message, fix, key=path)


def _refused(draft: Draft, pool: str) -> bool:
    return any(each.kind == "pool" and each.stem == pool for each in draft.refused)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]
