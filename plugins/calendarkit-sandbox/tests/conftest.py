"""One sandbox for a file of tests, emptied before each, and a client that speaks plain HTTP to it."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
from dataclasses import dataclass
from typing import Any

import pytest

from calendarkit_sandbox.robots import Robot
from calendarkit_sandbox.server import Sandbox, running

ROBOTS = (
    Robot(key="key-vip", group="hz-001.vip", title="滨江一号店 VIP 群", store="滨江一号店", name="栏目助手"),
    Robot(key="key-new", group="hz-001.new", title="滨江一号店 新客群", store="滨江一号店"),
    Robot(key="key-off", group="hz-002.vip", state="disabled"),
    Robot(key="key-gone", group="hz-003.vip", state="removed"),
    Robot(key="key-out", group="hz-004.vip", state="not-in-group"),
)
PNG = b"\x89PNG\r\n\x1a\n" + b"a picture as far as its first bytes go"
JPG = b"\xff\xd8\xff" + b"another picture"


@dataclass(frozen=True)
class Answer:
    """An HTTP answer; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> int:
        return self.json["errcode"]

    @property
    def text(self) -> str:
        """The errmsg before its hint."""
        return self.json["errmsg"].partition(", hint: ")[0]


@dataclass
class Client:
    """Speaks to one sandbox, a new connection for every request."""

    sandbox: Sandbox

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(self.sandbox.url.removeprefix("http://"), timeout=10)
        try:
            data = body if isinstance(body, bytes | None) else json.dumps(body, ensure_ascii=False).encode()
            connection.request(method, path, data, {name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, **headers)

    def post(self, path: str, body: Any) -> Answer:
        return self.request("POST", path, body)

    def send(self, message: Any, key: str = "key-vip") -> Answer:
        return self.request("POST", f"/cgi-bin/webhook/send?key={key}", message)

    def upload(self, data: bytes, key: str = "key-vip", *, kind: str = "file", field: str = "media") -> Answer:
        part = f'--b\r\nContent-Disposition: form-data; name="{field}"; filename="价目表.pdf"\r\n\r\n'.encode()
        body = b'--b\r\nContent-Disposition: form-data; name="filelength"\r\n\r\n9\r\n' + part + data + b"\r\n--b--\r\n"
        path = f"/cgi-bin/webhook/upload_media?key={key}&type={kind}"
        return self.request("POST", path, body, Content_Type="multipart/form-data; boundary=b")

    def seen(self, group: str | None = None) -> list[Any]:
        """What members saw: the text of each message."""
        return [each.shown.text for each in self.sandbox.truth(group)]


def text(content: str = "早上好", **more: Any) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": content, **more}}


def image(data: bytes = PNG, md5: str | None = None) -> dict[str, Any]:
    digest = hashlib.md5(data).hexdigest() if md5 is None else md5
    return {"msgtype": "image", "image": {"base64": base64.b64encode(data).decode(), "md5": digest}}


@pytest.fixture(scope="module")
def running_sandbox(tmp_path_factory):
    with running(tmp_path_factory.mktemp("sandbox"), robots=ROBOTS) as sandbox:
        yield sandbox


@pytest.fixture
def client(running_sandbox) -> Client:
    """A client of a sandbox that is empty, on real time, without faults, with the robots above."""
    world = running_sandbox.world
    world.reset()
    for robot in ROBOTS:
        world.robots.put(robot)
    world.robots.open, world.https_only, world.rate.count, world.clock.offset = False, False, 20, 0.0
    return Client(running_sandbox)


@pytest.fixture
def make():
    """The makers of message bodies and pictures."""
    return Makers


class Makers:
    """Messages as a client would send them."""

    text = staticmethod(text)
    image = staticmethod(image)
    png = PNG
    jpg = JPG
