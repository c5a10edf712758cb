"""The pages: the list of groups, and each group as a phone chat."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from calendarkit_sandbox.chat import make_chat, moment, preview
from calendarkit_sandbox.seen import Seen
from calendarkit_sandbox.words import Language, say, when
from calendarkit_sandbox.world import World

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

HERE = Path(__file__).parent
GROUPS_SHOWN = 200
MESSAGES_SHOWN = 200
_MEDIA = re.compile(r"[0-9a-f]{64}\.(jpg|png|amr|bin)")
_INLINE = {"jpg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """One group in the list.

    Attributes:
        path: its id as a part of an address.
        tone: which of six colours.
        latest: number of its last message in the log; 0 before the first.
        at: when that was, as chats write it.
        last: what it said, in one line.
    """

    id: str
    title: str
    store: str
    path: str
    tone: int
    messages: int
    today: int
    copies: int
    latest: int
    at: str
    last: str


def page_routes(world: World) -> list[BaseRoute]:
    """Return the routes of pages, pictures and their style."""
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    templates = _templates()

    async def groups(request: Request) -> Response:
        return _respond(request, templates, "groups.html", partial(_groups, world, request))

    async def chat(request: Request) -> Response:
        return _respond(request, templates, "chat.html", partial(_chat, world, request))

    async def media(request: Request) -> Response:
        return _media(world, request.path_params["name"])

    return [
        Route("/", groups),
        Route("/groups/{group:path}", chat),
        Route("/media/{name}", media),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]


def choose_language(request: Request) -> Language:
    """Return the language of ``?lang=``, else the one the browser prefers, else Chinese."""
    asked = request.query_params.get("lang")
    if asked in ("zh", "en"):
        return asked
    accepted = request.headers.get("accept-language", "zh").lower()
    first = next((part for part in re.split(r"[,;\s]+", accepted) if part[:2] in ("zh", "en")), "zh")
    return first[:2]


def list_groups(world: World, language: Language, words: str = "") -> tuple[GroupRow, ...]:
    """Return the groups whose title, store or id contains ``words``: the latest message first, silent ones last."""
    known = {robot.group: (robot.title, robot.store) for robot in world.robots}
    ids = dict.fromkeys((*world.truth.groups(), *known))
    rows = (_row(world, group, known.get(group, ("", "")), language) for group in ids)
    wanted = words.strip().casefold()
    found = [row for row in rows if wanted in f"{row.title}\n{row.store}\n{row.id}".casefold()]
    return tuple(sorted(found, key=lambda row: (-row.latest, row.title, row.id)))


def _row(world: World, group: str, names: tuple[str, str], language: Language) -> GroupRow:
    seen = world.truth.seen(group)
    last, now = (seen[-1] if seen else None), moment(world.clock.now_ms(), world.zone)
    midnight_ms = now.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000
    return GroupRow(
        id=group,
        title=names[0] or (last.title if last else group),
        store=names[1] or (last.store if last else ""),
        path=quote(group, safe=""),
        tone=sum(group.encode()) % 6,
        messages=len(seen),
        today=sum(1 for each in seen if midnight_ms <= each.at_ms <= now.timestamp() * 1000),
        copies=sum(1 for each in seen if each.copy),
        latest=last.number if last else 0,
        at=when(moment(last.at_ms, world.zone), now, language) if last else "",
        last=preview(last, language) if last else "",
    )


def _groups(world: World, request: Request, language: Language) -> dict[str, Any]:
    words = request.query_params.get("q", "")[:100]
    rows = list_groups(world, language, words)
    return {
        "rows": rows[:GROUPS_SHOWN],
        "hidden": len(rows) > GROUPS_SHOWN,
        "shown": GROUPS_SHOWN,
        "words": words,
        "groups": len(rows),
        "totals": world.truth.counts(),
        "clock": moment(world.clock.now_ms(), world.zone),
        "address": f"{_origin(request)}/cgi-bin/webhook/send?key=hz-001.vip",
    }


def _chat(world: World, request: Request, language: Language) -> dict[str, Any] | None:
    group = request.path_params["group"]
    seen: tuple[Seen, ...] = world.truth.seen(group)
    names = next(((robot.title, robot.store) for robot in world.robots if robot.group == group), ("", ""))
    if not seen and not any(robot.group == group for robot in world.robots):
        return None
    latest, now_ms = seen[-MESSAGES_SHOWN:], world.clock.now_ms()
    return {
        "row": _row(world, group, names, language),
        "lines": make_chat(latest, now_ms=now_ms, zone=world.zone, language=language, origin=_origin(request)),
        "hidden": len(seen) > len(latest),
        "shown": MESSAGES_SHOWN,
        "clock": moment(now_ms, world.zone),
    }


def _respond(
    request: Request, templates: Environment, name: str, fill: Callable[[Language], dict[str, Any] | None]
) -> Response:
    from starlette.responses import HTMLResponse

    language = choose_language(request)
    values = fill(language)
    asked = f"lang={language}" if "lang" in request.query_params else ""
    context = {
        "lang": language,
        "other": "en" if language == "zh" else "zh",
        "suffix": f"?{asked}" if asked else "",
        "say": lambda word, **more: say(word, language, **more),
    }
    page = templates.get_template(name if values is not None else "missing.html").render(context | (values or {}))
    return HTMLResponse(page, status_code=200 if values is not None else 404, headers={"Cache-Control": "no-store"})


def _media(world: World, name: str) -> Response:
    """Return a stored file: pictures to look at, anything else to download."""
    from starlette.responses import FileResponse, Response

    match = _MEDIA.fullmatch(name)
    path = world.folder / "media" / name
    if match is None or not path.is_file():
        return Response(status_code=404)
    if mime := _INLINE.get(match[1]):
        return FileResponse(path, media_type=mime)
    return FileResponse(path, media_type="application/octet-stream", filename=name)


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
