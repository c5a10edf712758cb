"""Rendering: a delivery becomes a message, or is broken with a reason; nothing too long ever reaches the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Content, Variant
from calendarkit.calendar.context import context
from calendarkit.calendar.poster_name import poster_name
from calendarkit.calendar.roster import Roster
from calendarkit.calendar.templates import Template, TemplateError, parse_template
from calendarkit.calendar.wording import hits
from calendarkit.errors import CalendarkitError
from calendarkit.extend.painting import PosterJob
from calendarkit.extend.publishing import KindLimit, Limits
from calendarkit.model.delivery import Delivery
from calendarkit.model.message import Broken, Kind, Media, Message
from calendarkit.model.text import Text

Draw = Callable[[PosterJob], Media]
TEMPLATE_ENDINGS = (".txt", ".md", ".j2")
"""What names a file below ``templates/`` ends in; anything else is the template itself."""


def render(delivery: Delivery, calendar: Calendar, roster: Roster, *, accepts: Limits, draw: Draw) -> Message | Broken:
    """Return what ``delivery`` says, or why it cannot be said; the same inputs always give the same message.

    Args:
        delivery: one part for one target.
        calendar: the columns, pools, offers and template texts.
        roster: stores and groups.
        accepts: what the publisher takes; sizes are compared in UTF-8 bytes.
        draw: makes a poster; what it raises as ``CalendarkitError`` breaks this delivery only.

    >>> import datetime as dt
    >>> from calendarkit.calendar.workspace import Workspace
    >>> from calendarkit.model.slot import Slot
    >>> slot = Slot(column="tip", day=dt.date(2026, 11, 25), name="am", at=0, deadline=9, zone="UTC")
    >>> lost = Delivery(slot=slot, target="hz-001", store="hz-001", channel="folder")
    >>> render(lost, Calendar(workspace=Workspace(name="x")), Roster(), accepts=Limits(kinds={}), draw=print).code
    'CK701'
    """
    try:
        job = _Job(delivery, calendar, roster, accepts)
        match delivery.part:
            case "poster":
                return _poster(job, draw)
            case "link":
                message = _link(job)
            case _:
                message = _words(job)
        _decent(message, job)
        return message
    except _Unsayable as why:
        language = calendar.workspace.language
        detail = why.text.to("en" if language == "en" else "zh")
        return Broken(key=delivery.key, code=why.code, detail=detail, reason=why.text)


class _Unsayable(CalendarkitError):
    """This delivery cannot be rendered."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code, self.text = code, Text(zh, en)


_NO_VARIANT = Variant()


class _Job:
    """One delivery at work: what it may say, with which values, to which channel."""

    __slots__ = ("_seen", "accepts", "calendar", "content", "delivery", "roster", "variant")

    def __init__(self, delivery: Delivery, calendar: Calendar, roster: Roster, accepts: Limits) -> None:
        self.delivery, self.calendar, self.roster, self.accepts = delivery, calendar, roster, accepts
        column = calendar.columns.get(delivery.slot.column)
        if column is None:
            raise _gone(delivery.slot.column)
        self.content: Content = column.content
        self.variant: Variant = column.content.variants.get(delivery.channel, _NO_VARIANT)
        self._seen: dict[str, Any] | None = None

    @property
    def seen(self) -> dict[str, Any]:
        """What the templates see; made when the first of them asks."""
        if self._seen is None:
            try:
                self._seen = context(self.delivery, self.calendar, self.roster)
            except KeyError as missing:
                raise _gone(missing.args[0]) from missing
        return self._seen

    def limit(self, *kinds: Kind) -> tuple[Kind, KindLimit]:
        """Return the kind the channel prefers among ``kinds``, and its limits."""
        for kind, limit in self.accepts.kinds.items():
            if kind in kinds:
                return kind, limit
        names, channel = ", ".join(kinds), self.delivery.channel
        raise _Unsayable("CK702", f"渠道 {channel} 不能发 {names}", f"channel {channel} cannot send {names}")

    def say(self, written: str, key: str) -> str:
        """Return the words of one template, without blank lines around them."""
        source, place = self._source(written, key)
        if "{" not in source:
            return _trimmed(source)
        try:
            template = parse_template(source)
        except TemplateError as error:
            raise _template_fault(error, place) from error
        try:
            return _trimmed(template.render(self.seen))
        except TemplateError as error:
            raise _template_fault(error, place, empty=_empty(template, error.line, self.seen)) from error

    def _source(self, written: str, key: str) -> tuple[str, str]:
        """Return the text of a template and how people call the place it stands in."""
        if not written.endswith(TEMPLATE_ENDINGS):
            return written, f"{self.delivery.slot.column}.content.{key}"
        source = self.calendar.templates.get(written)
        if source is None:
            raise _Unsayable(
                "CK703", f"没有模板文件 templates/{written}", f"there is no template file templates/{written}"
            )
        return source, f"templates/{written}"


def _words(job: _Job) -> Message:
    """Return the text part: markdown where the channel prefers it and the column gives it, else plain text."""
    given: dict[Kind, str | None] = {
        "text": job.variant.text if job.variant.text is not None else job.content.text,
        "markdown": job.variant.markdown if job.variant.markdown is not None else job.content.markdown,
    }
    offered = tuple(kind for kind, written in given.items() if written is not None)
    if not offered:
        raise _Unsayable("CK704", "栏目没有写 text 或 markdown", "the column gives neither text nor markdown")
    kind, limit = job.limit(*offered)
    words = job.say(given[kind] or "", kind)
    if not _visible(words):
        raise _Unsayable("CK705", f"{kind} 渲染出来是空的", f"{kind} renders to nothing")
    _fits(words, limit.text_bytes, kind)
    mentions = tuple(filter(None, (job.say(each, "mentions").strip() for each in job.content.mentions)))
    return Message(kind=kind, text=words, mentions=mentions)


def _link(job: _Job) -> Message:
    """Return the link part."""
    card = job.variant.link or job.content.link
    if card is None:
        raise _Unsayable("CK704", "栏目没有写 link", "the column gives no link")
    _, limit = job.limit("link")
    title, url = job.say(card.title, "link.title"), job.say(card.url, "link.url").strip()
    description, cover = (
        job.say(card.description, "link.description"),
        job.say(card.cover_url, "link.cover_url").strip(),
    )
    if not _visible(title):
        raise _Unsayable("CK705", "link.title 渲染出来是空的", "link.title renders to nothing")
    for address, key in ((url, "link.url"), *(((cover, "link.cover_url"),) if cover else ())):
        if not address.startswith(("https://", "http://")) or not address.isprintable() or " " in address:
            raise _Unsayable("CK706", f"{key} 不是网址：{address[:80]}", f"{key} is no web address: {address[:80]}")
    _fits(title, limit.title_bytes, "link.title")
    _fits(description, limit.text_bytes, "link.description")
    _fits(url, limit.url_bytes, "link.url")
    return Message(kind="link", title=title, text=description, url=url, cover_url=cover)


def _poster(job: _Job, draw: Draw) -> Message:
    """Return the poster part; the picture is checked once more, whoever drew it."""
    written = job.variant.poster or job.content.poster
    if not written:
        raise _Unsayable("CK704", "栏目没有写 poster", "the column gives no poster")
    layout = str(poster_name(written, job.calendar.workspace.theme))
    _, limit = job.limit("image")
    try:
        media = draw(PosterJob(layout=layout, context=job.seen, max_bytes=limit.media_bytes, mimes=limit.mimes))
    except _Unsayable:
        raise
    except CalendarkitError as error:
        said = getattr(error, "text", None)
        why = said if isinstance(said, Text) else Text(str(error), str(error))
        raise _Unsayable("CK707", f"海报 {layout} 画不出来：{why.zh}", f"poster {layout}: {why.en}") from error
    if limit.mimes and media.mime not in limit.mimes:
        takes, channel = "、".join(limit.mimes), job.delivery.channel
        raise _Unsayable(
            "CK708",
            f"海报是 {media.mime}，渠道 {channel} 只收 {takes}",
            f"poster is {media.mime}, {channel} takes {takes}",
        )
    most = limit.media_bytes
    if media.size == 0:
        raise _Unsayable("CK709", "海报是空文件（0 字节）", "the poster is an empty file (0 bytes)")
    if most is not None and media.size > most:
        raise _Unsayable(
            "CK709",
            f"海报 {media.size} 字节，上限 {most} 字节",
            f"the poster has {media.size} bytes, the limit is {most}",
        )
    return Message(kind="image", media=(replace(media, name=_file_name(job, media)),))


def _file_name(job: _Job, media: Media) -> str:
    """Return what a person calls the picture: ``周三秒杀-滨江一号店.jpg``."""
    ending = {"image/jpeg": ".jpg", "image/png": ".png"}.get(media.mime, "")
    return f"{job.seen['column']['title']}-{job.seen['store']['name']}{ending}"


def _trimmed(words: str) -> str:
    """Cut line breaks in front and blanks behind; a Chinese indent at the beginning stays."""
    return words.strip("\r\n").rstrip()


def _visible(words: str) -> bool:
    return any(not each.isspace() and each.isprintable() for each in words)


def _fits(words: str, most: int | None, key: str) -> None:
    """Refuse words that have more bytes of UTF-8 than the channel takes, or that are no UTF-8 at all."""
    try:
        size = len(words.encode())
    except UnicodeEncodeError as error:
        raise _Unsayable(
            "CK710", f"{key} 里有半个字符（孤立代理项）", f"{key} holds half a character (lone surrogate)"
        ) from error
    if most is not None and size > most:
        raise _Unsayable(
            "CK711",
            f"{key} 有 {size} 字节（{len(words)} 个字符），上限 {most} 字节；"
            f"一个汉字占 3 字节，请删去约 {-(-(size - most) // 3)} 个字",
            f"{key} has {size} bytes ({len(words)} characters), the limit is {most} bytes; a Chinese character takes 3",
        )


def _decent(message: Message, job: _Job) -> None:
    """Refuse words that law or the shop's policy forbids, wherever they came from."""
    words = job.calendar.policy.words
    if words is None:
        return
    for text in (message.title, message.text):
        for hit in hits(text, words):
            if hit.firm:
                raise _Unsayable("CK462", f"“{hit.written}”：{hit.why.zh}", f'"{hit.written}": {hit.why.en}')


def _empty(template: Template, line: int, seen: dict[str, Any]) -> str:
    """Return the first value a template prints on ``line`` that nobody wrote, such as ``store.phone``."""
    for each in template.mentions:
        root = seen.get(each.root)
        if each.line == line and each.attribute and isinstance(root, dict) and root.get(each.attribute) is None:
            return each.name
    return ""


def _template_fault(error: TemplateError, place: str, empty: str = "") -> _Unsayable:
    where = Text(f"{place} 第 {error.line} 行", f"{place} line {error.line}") if error.line else Text(place, place)
    why = error.text
    if error.code == "CK406" and empty and not error.name:
        why = Text(f"这次投放的 {empty} 是空的", f"{empty} is empty in this delivery")
    return _Unsayable(error.code, f"{where.zh}：{why.zh}", f"{where.en}: {why.en}")


def _gone(name: object) -> _Unsayable:
    return _Unsayable("CK701", f"{name} 已经不在日历里", f"{name} is no longer in the calendar")
