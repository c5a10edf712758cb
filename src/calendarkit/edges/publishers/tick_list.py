"""The tick list (打卡清单) of a pack: a page for the phone and a sheet, with what to post when, to tick off."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import groupby
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from calendarkit.edges.publishers.pack_entry import Entry

if TYPE_CHECKING:
    import jinja2

LISTS: Mapping[str, tuple[str, str]] = {"zh": ("打卡清单.html", "打卡清单.csv"), "en": ("list.html", "list.csv")}
"""By language: the names of the page and of the sheet."""
_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "heading": "打卡清单", "done": "已完成", "copy": "复制文字", "copied": "已复制", "copy_link": "复制链接",
        "save": "长按图片可保存或转发", "until": "最晚", "open": "打开链接", "mention": "记得提醒",
        "mark": "发到这些群，发完打勾",
        "hint": "按时间从上到下发：先发海报，再发文字。发完一条就打勾；勾选只记在这台手机或电脑上。",
        "poster": "海报", "text": "文字", "link": "链接",
        "columns": "完成,日期,时间,最晚,群,栏目,内容,文件,文字,链接",
    },
    "en": {
        "heading": "Tick list", "done": "done", "copy": "Copy text", "copied": "Copied", "copy_link": "Copy link",
        "save": "Press and hold the picture to save or forward it", "until": "by", "open": "Open link",
        "mark": "Post to these groups, tick when done", "mention": "mention",
        "hint": "Post from top to bottom: poster first, then words. Tick each when done; ticks stay on this device.",
        "poster": "poster", "text": "text", "link": "link",
        "columns": "done,date,time,by,group,column,part,file,text,link",
    },
}  # fmt: skip
_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def list_files(entries: Sequence[Entry], *, store: str, language: str) -> dict[str, bytes]:
    """Return the page and the sheet by file name.

    Args:
        entries: of one store's day, sorted by instant, then column, group and part.
        store: what people call the store.
        language: ``zh`` or ``en``.
    """
    page, sheet = LISTS[language]
    return {page: _page(entries, store, language), sheet: _sheet(entries, language)}


def link_page(*, title: str, text: str, url: str, language: str) -> bytes:
    """Return a small page that opens a link."""
    return (
        _template("link.html.j2")
        .render(title=title, text=text, url=url, words=_said(language), language=language)
        .encode()
    )


def _page(entries: Sequence[Entry], store: str, language: str) -> bytes:
    cards = _cards(entries)
    day = dt.date.fromisoformat(entries[0].day)
    style, script = _source("tick_list.css"), _source("tick_list.js")
    return _template("tick_list.html.j2").render(
        cards=cards, ticks=sum(len(each["targets"]) for each in cards), store=store, day=day.isoformat(),
        weekday=_WEEKDAYS[language][day.weekday()], words=_said(language), language=language,
        style=style, script=script, style_hash=_hash(style), script_hash=_hash(script),
    ).encode()  # fmt: skip


def _cards(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return one card for every slot and content, with a tick for every group that gets exactly this."""
    cards: dict[tuple[object, ...], dict[str, Any]] = {}
    for _, parts in groupby(entries, key=lambda each: (each.at, each.column, each.group, _slot_key(each))):
        inside = list(parts)
        first = inside[0]
        same = (first.at, first.until, first.column, *((each.part, each.digest, each.mentions) for each in inside))
        card = cards.setdefault(same, {
            "time": first.time, "until": first.until, "column": first.column, "targets": [],
            "mentions": tuple(dict.fromkeys(name for part in inside for name in part.mentions)),
            "parts": [_part(each) for each in inside],
        })  # fmt: skip
        tick = hashlib.sha256(_slot_key(first).encode()).hexdigest()[:12]
        card["targets"].append({"id": tick, "name": first.group_title or first.group})
    return list(cards.values())


def _slot_key(entry: Entry) -> str:
    """Return column, day, slot and target of an entry, which all its parts share."""
    return "/".join(entry.key.split("/")[:4])


def _part(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.part, "src": quote(entry.files[0]), "file": entry.files[0], "text": entry.text,
        "title": entry.title, "url": entry.url,
    }  # fmt: skip


def _sheet(entries: Iterable[Entry], language: str) -> bytes:
    """Return the list as CSV with a byte order mark, as spreadsheets want it; no cell is ever a formula."""
    words = _WORDS[language]
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(words["columns"].split(","))
    for each in entries:
        cells = (
            "☐", each.day, each.time, each.until, each.group_title or each.group, each.column, words[each.part],
            each.files[0], each.title or each.text, each.url,
        )  # fmt: skip
        table.writerow([_plain(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell


@cache
def _said(language: str) -> SimpleNamespace:
    """Return the page's words as attributes: in a mapping, ``words.copy`` would be the mapping's own method."""
    return SimpleNamespace(**_WORDS[language])


@cache
def _template(name: str) -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_source(name))


@cache
def _source(name: str) -> str:
    return resources.files("calendarkit.edges.publishers").joinpath(name).read_text("utf-8")


def _hash(source: str) -> str:
    """Return what a content security policy calls an inline script or style."""
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"
