"""The shapes of WeCom's answers: status, headers and the wording around an error code."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calendarkit.extend import CalendarkitError

Header = tuple[bytes, bytes]
JSON_TYPE: Header = (b"Content-Type", b"application/json; charset=UTF-8")
HTML_TYPE: Header = (b"Content-Type", b"text/html")
NGINX: Header = (b"Server", b"nginx")
MORE_INFO = "https://open.work.weixin.qq.com/devtool/query?e="
_NGINX_PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"  # noqa: E501  # nginx's own page, byte for byte


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One HTTP answer; ``code`` is its errcode, kept for the counts and never sent from here."""

    status: int = 200
    headers: tuple[Header, ...] = (JSON_TYPE, NGINX)
    body: bytes = b""
    code: int = 0


class Refused(CalendarkitError):
    """The platform says no.

    Attributes:
        code: the errcode.
        text: the errmsg before hint and address.
    """

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text


OK = Reply(body=b'{"errcode":0,"errmsg":"ok"}')
UNKNOWN_PATH = Reply(status=404, headers=(NGINX,))


def invalid_request(detail: str) -> Refused:
    """Return the 40058 refusal whose text names the field: ``<detail>. Invalid input invalid Request Parameter``."""
    return Refused(40058, f"{detail}. Invalid input invalid Request Parameter")


def success(fields: Mapping[str, Any]) -> Reply:
    """Return an answer with ``errcode`` 0, ``errmsg`` ok and ``fields``."""
    return Reply(body=json.dumps({"errcode": 0, "errmsg": "ok", **fields}, separators=(",", ":")).encode())


def refusal(refused: Refused, *, hint: str, ip: str) -> Reply:
    """Return the answer to a refused call: HTTP 200, the errcode in body and headers, the text with its trimmings."""
    text = f"{refused.text}, hint: [{hint}], from ip: {ip}, more info at {MORE_INFO}{refused.code}"
    body = json.dumps({"errcode": refused.code, "errmsg": text}, separators=(",", ":"))
    code = str(refused.code).encode()
    headers = (JSON_TYPE, NGINX, (b"Error-Code", code), (b"Error-Msg", text.encode("ascii", "replace")))
    return Reply(headers=headers, body=body.encode(), code=refused.code)


def moved_to_https(host: str, target: str) -> Reply:
    """Return the 301 that the platform gives a plain-http caller; ``target`` is path and query."""
    location = f"https://{host}{target}".encode("latin-1", "replace")
    page = _NGINX_PAGE.format("301 Moved Permanently").encode()
    return Reply(status=301, headers=(HTML_TYPE, NGINX, (b"Location", location)), body=page)


def bad_gateway() -> Reply:
    """Return nginx's own 502 page."""
    return Reply(status=502, headers=(HTML_TYPE, NGINX), body=_NGINX_PAGE.format("502 Bad Gateway").encode())


def hint(now_ms: int, chance: random.Random) -> str:
    """Return the 23 digits of a hint: 13 of the time in milliseconds and 10 at random."""
    return f"{now_ms:013d}{chance.randrange(10**10):010d}"
