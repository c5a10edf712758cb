"""The HTTP client against real servers that misbehave."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pytest
from edges.bad_servers import BAD, CERTIFICATE, Behave, answer, drip_header, never, reply, reset, serving

from calendarkit.edges.http import HttpClient
from calendarkit.edges.http.encode import canonical_json, encode, parse_origin
from calendarkit.edges.http.watchdog import Watchdog
from calendarkit.errors import HttpFailure
from calendarkit.model.secret import Secret

CANARY = "693a91f6-7a0c-4bc4-97a0-0ec2f1fa5aaa"
KEY = Secret("robot/hz-001", CANARY)
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"


@pytest.fixture
def client():
    """A client that is closed afterwards."""
    with HttpClient() as client:
        yield client


@pytest.mark.parametrize("behave", BAD.values(), ids=BAD.keys())
def test_a_bad_server_ends_as_a_failure_that_says_bytes_left(client: HttpClient, behave: Behave):
    """Whatever the server does after it read the request, the outcome is unknown, and it comes."""
    with serving(behave) as server, pytest.raises(HttpFailure) as caught:
        client.request("POST", server.origin, json={"a": 1}, deadline=1.5)
    assert caught.value.sent is True


@pytest.mark.parametrize("behave", BAD.values(), ids=BAD.keys())
def test_a_bad_server_learns_no_key_by_our_errors(client: HttpClient, behave: Behave, caplog):
    """The key is in no error text, no chained error and no log record."""
    caplog.set_level(0)
    with serving(behave) as server, pytest.raises(HttpFailure) as caught:
        client.request("POST", f"{server.origin}/send", params={"key": KEY}, json={}, deadline=0.3)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert CANARY not in f"{caught.value!r}{caplog.text}{client!r}"


def test_a_request_that_a_dead_drip_holds_does_not_hold_another(client: HttpClient):
    """Every thread has its own deadline: eight drips at once all end, and a good server answers meanwhile."""
    with serving(drip_header) as drip, serving(answer()) as good, ThreadPoolExecutor(8) as pool:
        held = [pool.submit(client.request, "GET", drip.origin, deadline=0.5) for _ in range(7)]
        assert client.request("GET", good.origin).json() == {"errcode": 0}
        assert all(isinstance(each.exception(), HttpFailure) for each in held)


def test_memory_stays_flat_under_bombs(client: HttpClient):
    """Bombs and endless bodies cost a few MiB, not their unpacked size."""
    tracemalloc.start()
    for name in ("sends a huge body", "sends chunks without end", "sends a gzip bomb"):
        with serving(BAD[name]) as server, pytest.raises(HttpFailure, match="TooLarge"):
            client.request("GET", server.origin)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 * 1024 * 1024


def test_a_body_of_exactly_one_mebibyte_is_an_answer(client: HttpClient):
    """The cap is 1 MiB after decompression, inclusive."""
    with serving(answer(b"x" * 1024 * 1024)) as server:
        assert len(client.request("GET", server.origin).body) == 1024 * 1024


def test_one_byte_more_is_a_failure(client: HttpClient):
    """One byte over the cap is refused."""
    with serving(answer(b"x" * (1024 * 1024 + 1))) as server, pytest.raises(HttpFailure) as caught:
        client.request("GET", server.origin)
    assert caught.value.sent is True


def closed_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:{port}/", "http://no-such-name.invalid/", "ftp://127.0.0.1/", "http:///path", "http://u:p@h/",
     "http://127.0.0.1:99999/", "http://[::1/"],
    ids=["refused", "no such name", "scheme", "no host", "user in the address", "port", "bracket"],
)  # fmt: skip
def test_what_reaches_nobody_is_proof_that_nothing_left(client: HttpClient, url: str):
    """A request that found nobody, or was none, has provably sent nothing."""
    with pytest.raises(HttpFailure) as caught:
        client.request("POST", url.format(port=closed_port()), json={}, deadline=2)
    assert caught.value.sent is False


@pytest.mark.parametrize(
    "broken",
    [{"json": {"a": object()}}, {"json": "\ud800"}, {"json": float("nan")}, {"json": {}, "body": b""},
     {"headers": {"X": "a\nb"}}, {"headers": {"X": "中"}}],
    ids=["object", "half a character", "nan", "two bodies", "line break", "chinese header"],
)  # fmt: skip
def test_what_cannot_be_encoded_has_sent_nothing(client: HttpClient, broken: dict):
    """A plugin's mistake fails before the network, and leaves a client that works."""
    with serving(answer()) as server:
        with pytest.raises(HttpFailure) as caught:
            client.request("POST", server.origin, **broken)
        assert caught.value.sent is False
        assert client.request("GET", server.origin).status == 200


def test_a_tls_failure_has_sent_nothing(client: HttpClient):
    """A server without TLS sees a handshake, never a request."""
    with serving(never) as server, pytest.raises(HttpFailure) as caught:
        client.request("POST", server.origin.replace("http:", "https:"), json={}, deadline=0.4)
    assert caught.value.sent is False


def test_a_dripping_handshake_ends_at_the_deadline(client: HttpClient):
    """A server that drips its half of the TLS handshake is cut off, and has seen no request."""

    def drip(listener: socket.socket, stop: threading.Event) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"\x16\x03\x03\x40\x00")
            while not stop.wait(0.02):
                try:
                    connection.sendall(b"\x02")
                except OSError:
                    return

    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drip, args=(listener, stop))
        thread.start()
        with pytest.raises(HttpFailure) as caught:
            client.request("GET", f"https://127.0.0.1:{listener.getsockname()[1]}", deadline=0.4)
        stop.set()
        thread.join()
    assert caught.value.sent is False


def test_a_deadline_that_is_over_sends_nothing(client: HttpClient):
    """Without time there is no request."""
    with serving(answer()) as server, pytest.raises(HttpFailure) as caught:
        client.request("POST", server.origin, json={}, deadline=0)
    assert caught.value.sent is False


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "307 Temporary Redirect"])
def test_a_redirect_is_an_answer(client: HttpClient, status: str):
    """Nothing is followed: a 301 would turn a POST into a GET."""
    with serving(answer(b"", status=status, headers=b"Location: /elsewhere\r\n")) as server:
        response = client.request("POST", server.origin, json={})
    assert (response.status, response.headers["location"]) == (int(status[:3]), "/elsewhere")
    assert bytes(server.received[0]).count(b"HTTP/1.1") == 1


@pytest.mark.parametrize("status", ["404 Not Found", "502 Bad Gateway", "503 Service Unavailable"])
def test_an_error_status_is_an_answer_and_is_not_repeated(client: HttpClient, status: str):
    """One call is one request."""
    with serving(answer(b"<html>", status=status, headers=b"Retry-After: 0\r\n")) as server:
        assert client.request("POST", server.origin, json={}).status == int(status[:3])
    assert b"".join(server.received).count(b"POST ") == 1


def test_connections_are_used_again(client: HttpClient):
    """Ten calls in a row need one connection."""
    with serving(answer()) as server:
        for _ in range(10):
            client.request("POST", server.origin, json={})
    assert len(server.received) == 1


def test_an_idle_connection_that_died_is_replaced(client: HttpClient):
    """A server that closes after each answer without saying so costs a reconnect, not a failure."""

    def answer_and_close(connection: socket.socket, _: threading.Event) -> None:
        connection.sendall(reply())
        connection.close()

    with serving(answer_and_close) as server:
        for _ in range(3):
            assert client.request("POST", server.origin, json={}).status == 200
            time.sleep(0.02)
    assert b"".join(server.received).count(b"POST ") == 3


def test_a_server_that_dies_after_it_read_again_is_never_asked_twice(client: HttpClient):
    """A connection that is reset once it took the second request: unknown, and no third request."""
    behaviours = iter([answer(), reset])

    def behave(connection: socket.socket, stop: threading.Event) -> None:
        next(behaviours)(connection, stop)

    with serving(behave) as server:
        client.request("POST", server.origin, json={"n": 1})
        with pytest.raises(HttpFailure) as caught:
            client.request("POST", server.origin, json={"n": 2})
    assert caught.value.sent is True
    assert b"".join(server.received).count(b"POST ") == 2


def test_an_answer_before_the_whole_body_counts(client: HttpClient):
    """A server may refuse a large body early and close; its answer is the outcome."""

    def refuse(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(1024)
            connection.sendall(reply(b"", status="413 Content Too Large", headers=b"Connection: close\r\n"))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=refuse, args=(listener,))
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        assert client.request("POST", url, body=bytes(4_000_000)).status == 413
        thread.join()


def test_everything_goes_to_the_sandbox_with_its_own_host():
    """Path, query, body and ``Host`` are the original's; only the place differs."""
    with serving(answer()) as server, HttpClient(sandbox=server.origin) as client:
        client.request("POST", f"{WECOM}?debug=0", params={"key": KEY}, json={"b": "午间特惠", "a": 1})
    head, _, body = bytes(server.received[0]).partition(b"\r\n\r\n")
    assert head.startswith(f"POST /cgi-bin/webhook/send?debug=0&key={CANARY} HTTP/1.1\r\n".encode())
    assert b"\r\nHost: qyapi.weixin.qq.com\r\n" in head
    assert body == '{"a":1,"b":"午间特惠"}'.encode()


def test_a_failure_names_both_places_and_no_query():
    """Whoever reads it sees what was asked, and that it went to the sandbox."""
    sandbox = f"http://127.0.0.1:{closed_port()}"
    with HttpClient(sandbox=sandbox) as client, pytest.raises(HttpFailure) as caught:
        client.request("POST", WECOM, params={"key": KEY}, json={})
    assert str(caught.value).startswith(f"POST {WECOM} (sent to {sandbox}): ConnectionRefusedError")


def test_reroute_moves_one_origin_only():
    """An origin that is not listed goes where it says."""
    with (
        serving(answer(b"sandbox")) as sandbox,
        serving(answer(b"real")) as real,
        HttpClient(reroute={"https://qyapi.weixin.qq.com": sandbox.origin}) as client,
    ):
        assert client.request("GET", WECOM).body == b"sandbox"
        assert client.request("GET", real.origin).body == b"real"


def test_proxies_of_the_environment_are_ignored(client: HttpClient, monkeypatch):
    """A proxy variable left behind in a crontab changes nothing."""
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(answer()) as server:
        assert client.request("GET", server.origin).status == 200


def test_malformed_headers_print_nothing(client: HttpClient, caplog, capfd):
    """urllib3 would warn with the whole address, the key included."""
    malformed = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nno colon here\r\n\r\n{}"
    with serving(lambda connection, _: connection.sendall(malformed)) as server:
        client.request("GET", server.origin, params={"key": KEY})
    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")


def test_gzip_is_unpacked(client: HttpClient):
    """An honest gzip body arrives unpacked."""
    import gzip

    with serving(answer(gzip.compress(b'{"errcode":0}'), headers=b"Content-Encoding: gzip\r\n")) as server:
        assert client.request("GET", server.origin).json() == {"errcode": 0}


def test_a_hundred_and_twenty_eight_threads_share_a_client(client: HttpClient):
    """Every thread gets the answer to its own question."""

    def echo(connection: socket.socket, _: threading.Event) -> None:
        connection.sendall(reply(b"%d" % connection.getpeername()[1]))

    with serving(echo) as server, ThreadPoolExecutor(128) as pool:
        bodies = list(pool.map(lambda n: client.request("POST", server.origin, json=n).status, range(512)))
    assert bodies == [200] * 512
    assert b"".join(server.received).count(b"POST ") == 512


def test_closing_twice_is_no_mistake():
    """``close`` may be called by a context and by hand."""
    client = HttpClient()
    client.close()
    client.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "calendarkit-watchdog"]


def test_a_client_that_was_closed_still_keeps_its_deadlines():
    """Closing saves resources; it does not take the watchdog away from a late caller."""
    with serving(drip_header) as server, HttpClient() as client:
        client.close()
        with pytest.raises(HttpFailure, match="deadline"):
            client.request("GET", server.origin, deadline=0.3)


def test_urllib3_and_tls_are_not_imported_before_the_first_request():
    """A tick with nothing due pays for no network library."""
    import subprocess
    import sys

    code = "import sys, calendarkit.edges.http as h; h.HttpClient(); print('urllib3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_equal_requests_give_equal_bytes():
    """JSON keys are sorted and a multipart boundary is made from its contents."""
    files = {"media": ("海报.jpg", b"\xff\xd8\xff", "image/jpeg")}
    assert encode("POST", WECOM, files=files) == encode("POST", WECOM, files=files)
    assert encode("POST", WECOM, json={"a": 1, "b": 2}).body == encode("POST", WECOM, json={"b": 2, "a": 1}).body
    assert "海报.jpg".encode() in (encode("POST", WECOM, files=files).body or b"")


def test_a_wire_request_does_not_show_its_key():
    """Query, headers and body stay out of ``repr``."""
    wire = encode("POST", WECOM, params={"key": KEY}, headers={"Authorization": KEY}, json={"key": CANARY})
    assert CANARY in wire.target
    assert CANARY not in repr(wire)


@pytest.mark.parametrize(
    ("url", "target", "host"),
    [
        ("http://h", "/", "h"),
        ("http://h:8080/a b?x=1 2", "/a%20b?x=1%202", "h:8080"),
        ("http://h/?q=%E4%B8%AD", "/?q=%E4%B8%AD&key=a%2Fb%20c", "h"),
        ("http://商城.example/路", "/%E8%B7%AF", "xn--czru2d.example"),
    ],
    ids=["bare", "blanks", "query kept", "chinese"],
)
def test_addresses_are_escaped_once(url: str, target: str, host: str):
    """What is escaped stays as it is, what is not is escaped, a query is kept."""
    params = {"key": "a/b c"} if "%E4" in url else None
    wire = encode("GET", url, params=params)
    assert (wire.target, wire.host) == (target, host)


@pytest.mark.parametrize(
    ("url", "origin"),
    [("HTTPS://H/x", "https://h:443"), ("http://[::1]:80/", "http://[::1]:80"), ("http://h:8000", "http://h:8000")],
    ids=["case", "ipv6", "port"],
)
def test_an_origin_has_its_port(url: str, origin: str):
    """Two spellings of one origin are one key of the map."""
    assert parse_origin(url) == origin


def test_canonical_json_is_raw_utf8():
    """Chinese is not escaped: a text of 2,048 bytes stays 2,048 bytes."""
    assert canonical_json({"b": ["中"], "a": None}) == '{"a":null,"b":["中"]}'.encode()


def test_a_released_watch_never_fires():
    """After ``release`` the socket may be closed and its number used by a stranger."""
    dog, fired = Watchdog(), threading.Event()
    kept = dog.watch(time.monotonic() + 0.05, fired.set)
    released = dog.watch(time.monotonic() + 0.01, lambda: pytest.fail("it fired"))
    assert dog.release(released) is False
    assert fired.wait(5)
    assert dog.release(kept) is True
    dog.close()


def test_a_later_watch_with_an_earlier_end_fires_first():
    """The thread wakes for the earliest deadline, not for the first that came."""
    dog, order = Watchdog(), []
    done = threading.Event()
    dog.watch(time.monotonic() + 0.2, lambda: (order.append("late"), done.set()))
    dog.watch(time.monotonic() + 0.02, lambda: order.append("early"))
    assert done.wait(5)
    dog.close()
    assert order == ["early", "late"]


def test_a_reset_before_the_first_byte_is_proof(client: HttpClient):
    """A connection that dies before it took one byte of ours: a new one may carry the request."""
    from calendarkit.edges.http.connection import exchange, open_connection

    with socket.create_server(("127.0.0.1", 0)) as listener:
        connection = open_connection(f"http://127.0.0.1:{listener.getsockname()[1]}", None, time.monotonic() + 5)
        connection.connect()
        accepted, _ = listener.accept()
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        accepted.close()
        time.sleep(0.05)
        with pytest.raises(ConnectionError):
            exchange(connection, encode("POST", "http://h/", json={}))
    connection.discard()
    assert connection.sent is False


def test_a_certificate_nobody_vouches_for_is_refused(client: HttpClient):
    """The system's certificates decide, and nothing left."""
    with serving(answer(), tls=True) as server, pytest.raises(HttpFailure, match="CERTIFICATE_VERIFY_FAILED") as caught:
        client.request("POST", server.origin, params={"key": KEY}, json={})
    assert caught.value.sent is False
    assert bytes(server.received[0]) == b""


@pytest.fixture
def trusting():
    """A client that trusts the certificate of these tests."""
    with HttpClient(tls=ssl.create_default_context(cafile=CERTIFICATE)) as client:
        yield client


def test_tls_connections_are_used_again(trusting: HttpClient):
    """The handshake is paid once."""
    with serving(answer(), tls=True) as server:
        assert [trusting.request("POST", server.origin, json={}).status for _ in range(5)] == [200] * 5
    assert len(server.received) == 1


@pytest.mark.parametrize("name", ["never answers", "drips its header", "drips until it closes", "resets"])
def test_a_bad_server_behind_tls_ends_too(trusting: HttpClient, name: str):
    """The watchdog cuts below TLS."""
    with serving(BAD[name], tls=True) as server, pytest.raises(HttpFailure) as caught:
        trusting.request("POST", server.origin, json={}, deadline=1.5)
    assert caught.value.sent is True
