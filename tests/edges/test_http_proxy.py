"""The HTTP client through a proxy: a real one, that notes what it is told."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from edges.bad_servers import CERTIFICATE, answer, serving

from calendarkit.edges.http import HttpClient
from calendarkit.errors import HttpFailure

PASSWORD = "canary-p%40ss"


class Proxy:
    """Forwards plain requests, opens tunnels, or refuses everything.

    Attributes:
        asked: the head of each connection's first request.
    """

    def __init__(self, *, refuse: bool = False) -> None:
        self.asked: list[str] = []
        self._refuse = refuse
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        """Stop, once every connection is over."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                thread = threading.Thread(target=self._serve, args=(connection,))
                self._threads.append(thread)
                thread.start()

    def _serve(self, near: socket.socket) -> None:
        with near:
            data = b""
            while b"\r\n\r\n" not in data:
                data += near.recv(65536)
            self.asked.append(data.partition(b"\r\n\r\n")[0].decode())
            verb, target, _ = self.asked[-1].splitlines()[0].split(" ")
            if self._refuse:
                near.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                return
            place = urlsplit(f"//{target}" if verb == "CONNECT" else target)
            with socket.create_connection((place.hostname, place.port)) as far:
                if verb == "CONNECT":
                    near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                else:
                    far.sendall(data)
                back = threading.Thread(target=pump, args=(far, near))
                back.start()
                pump(near, far)
                back.join()


def pump(source: socket.socket, sink: socket.socket) -> None:
    """Carry bytes from one side to the other until either ends."""
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    for side in (source, sink):
        with contextlib.suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def proxying(*, refuse: bool = False) -> Iterator[Proxy]:
    """Run a proxy while the block runs."""
    proxy = Proxy(refuse=refuse)
    try:
        yield proxy
    finally:
        proxy.close()


@pytest.mark.parametrize("tls", [True, False], ids=["tunnel", "forward"])
def test_every_request_goes_through_it(*, tls: bool) -> None:
    """Over TLS by a tunnel that sees no request, else forwarded; on one connection, with the name and password."""
    trusted = ssl.create_default_context(cafile=CERTIFICATE)
    with serving(answer(), tls=tls) as server, proxying() as proxy:
        url = server.origin.replace("127.0.0.1", "localhost") if tls else server.origin
        with HttpClient(proxy=f"http://shop:{PASSWORD}@{proxy.address}", tls=trusted) as client:
            for _ in range(2):
                assert client.request("POST", f"{url}/send", params={"key": "k"}, json={}).json() == {"errcode": 0}
    (head,) = proxy.asked
    assert head.startswith("CONNECT localhost:" if tls else f"POST {server.origin}/send?key=k ")
    assert ("key=k" in head) is not tls
    assert f"Proxy-Authorization: Basic {b64encode(b'shop:canary-p@ss').decode()}" in head
    assert (b"Proxy-Authorization" in server.received[0]) is not tls


def test_a_proxy_that_refuses_a_tunnel_has_seen_no_request() -> None:
    """The failure says what it answered, proves that nothing left, and shows no password."""
    with serving(answer(), tls=True) as server, proxying(refuse=True) as proxy:
        address = f"http://shop:{PASSWORD}@{proxy.address}"
        with HttpClient(proxy=address) as client, pytest.raises(HttpFailure, match="407") as caught:
            client.request("POST", server.origin, json={})
    assert caught.value.sent is False
    assert "canary" not in str(caught.value)


def test_a_proxy_that_is_not_there_is_proof_that_nothing_left() -> None:
    """It is tried again like any line that is down."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with HttpClient(proxy=f"http://127.0.0.1:{port}") as client, pytest.raises(HttpFailure) as caught:
        client.request("GET", "https://qyapi.weixin.qq.com/", deadline=2)
    assert caught.value.sent is False


def test_a_sandbox_is_reached_without_it() -> None:
    """A rehearsal stays on this machine."""
    with serving(answer()) as server, HttpClient(proxy="http://127.0.0.1:9", sandbox=server.origin) as client:
        assert client.request("GET", "https://qyapi.weixin.qq.com/").status == 200


def test_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an operator's shell says must not differ from what cron does."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(answer()) as server, HttpClient() as client:
        assert client.request("GET", server.origin).status == 200
