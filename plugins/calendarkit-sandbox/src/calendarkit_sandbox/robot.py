"""The group robot's two endpoints: send a message, upload a file (path/99110, path/91770, 2025-08-07)."""

from __future__ import annotations

import io
from collections.abc import Mapping

from calendarkit_sandbox.files import Upload
from calendarkit_sandbox.messages import read_message
from calendarkit_sandbox.replies import OK, Refused, Reply, invalid_request, success
from calendarkit_sandbox.seen import Shown
from calendarkit_sandbox.world import Call, Endpoint, World

FILE_BYTES = 20 * 1024 * 1024
FILE_LEAST_BYTES = 5
VOICE_BYTES = 2 * 1024 * 1024


def send(world: World, call: Call) -> Reply:
    """Answer ``webhook/send``; an accepted message is in the truth log before this returns.

    Raises:
        Refused: the platform says no; looked at in this order: method, key and robot, block, body, rate.
    """
    _require_post(call)
    robot, now_ms = world.robots.admit(call.key), world.clock.now_ms()
    world.rate.check_block(robot.key, now_ms)
    draft = read_message(call.body, lambda media, kind: world.files.find(media, kind, robot=robot.key, now_ms=now_ms))
    world.rate.take(robot.key, now_ms)
    shown = draft.shown
    if draft.picture:
        shown = Shown(msgtype=shown.msgtype, image=world.files.keep(draft.picture, draft.mime))
    world.truth.add(robot, shown, at_ms=now_ms)
    return OK


def upload_media(world: World, call: Call) -> Reply:
    """Answer ``webhook/upload_media``: the file's emptiness is looked at before the key.

    Raises:
        Refused: 44001, 40058 (key, type), 40006 (size), 40005 (a voice that is no AMR).
    """
    _require_post(call)
    name, data = read_media(call)
    if not data:
        raise Refused(44001, "empty media data")
    robot = world.robots.find(call.key)
    if robot is None or robot.state == "removed":
        raise invalid_request("invalid param 'key'")
    kind = call.query.get("type", "")
    mime = _check_kind(kind, data)
    now_ms = world.clock.now_ms()
    media_id = f"3{world.chance.randbytes(32).hex()}"
    stored = world.files.keep(data, mime, name=name)
    world.files.offer(media_id, Upload(robot=robot.key, kind=kind, at_ms=now_ms, stored=stored))
    return success({"type": kind, "media_id": media_id, "created_at": str(now_ms // 1000)})


def _check_kind(kind: str, data: bytes) -> str:
    if kind not in ("file", "voice"):
        raise invalid_request("invalid param 'type'")
    if not FILE_LEAST_BYTES < len(data) <= (FILE_BYTES if kind == "file" else VOICE_BYTES):
        raise Refused(40006, "invalid file size")
    if kind == "voice" and not data.startswith(b"#!AMR"):
        raise Refused(40005, "invalid file type")
    return "audio/amr" if kind == "voice" else "application/octet-stream"


def read_media(call: Call) -> tuple[str, bytes]:
    """Return name and bytes of the multipart field ``media``; empty when it is missing, other parts are ignored."""
    from python_multipart import parse_form
    from python_multipart.exceptions import FormParserError
    from python_multipart.multipart import File

    found: list[tuple[str, bytes]] = []

    def on_file(file: File) -> None:
        if file.field_name == b"media":
            file.file_object.seek(0)
            found.append(((file.file_name or b"").decode("utf-8", "replace"), file.file_object.read()))
        file.close()

    try:
        parse_form({"Content-Type": call.content_type.encode("latin-1")}, io.BytesIO(call.body), None, on_file)
    except FormParserError:
        return "", b""
    return found[0] if found else ("", b"")


def _require_post(call: Call) -> None:
    if call.method != "POST":
        raise Refused(43002, "require POST method")


ENDPOINTS: Mapping[str, Endpoint] = {
    "/cgi-bin/webhook/send": send,
    "/cgi-bin/webhook/upload_media": upload_media,
}
