"""Servers on loopback that misbehave, each in one way."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

Behave = Callable[[socket.socket, threading.Event], None]

CERTIFICATE = Path(__file__).with_name("loopback.pem")


class BadServer:
    """Accepts connections and lets ``behave`` ruin each; remembers what it read.

    Attributes:
        origin: ``http://127.0.0.1:PORT``.
        received: the bytes of each connection, in the order accepted.
    """

    def __init__(self, behave: Behave, *, tls: bool = False) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self._listener.getsockname()[1]
        self.origin = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self._tls = server_context() if tls else None
        self._open: list[socket.socket] = []
        self.received: list[bytearray] = []
        self._behave = behave
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        """Stop listening and wait until every connection is over."""
        self._stop.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RD)
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        seen = bytearray()
        self.received.append(seen)
        connection.settimeout(5)
        with contextlib.suppress(OSError), self._wrap(connection) as connection:
            self._open.append(connection)
            while not self._stop.is_set():
                if not read_request(connection, seen):
                    return
                self._behave(connection, self._stop)

    def _wrap(self, connection: socket.socket) -> socket.socket:
        return self._tls.wrap_socket(connection, server_side=True) if self._tls else connection


def server_context() -> ssl.SSLContext:
    """Return the TLS of a server that only those who know ``loopback.pem`` trust; valid until 2126."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    return context


@contextlib.contextmanager
def serving(behave: Behave, *, tls: bool = False) -> Iterator[BadServer]:
    """Run a server for a while."""
    server = BadServer(behave, tls=tls)
    try:
        yield server
    finally:
        server.close()


def read_request(connection: socket.socket, seen: bytearray) -> bool:
    """Read one request with a Content-Length; ``False`` when the other side has gone."""
    start = len(seen)
    while b"\r\n\r\n" not in seen[start:]:
        data = connection.recv(65536)
        if not data:
            return False
        seen += data
    head, _, body = bytes(seen[start:]).partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        data = connection.recv(65536)
        if not data:
            return False
        seen += data
        body += data
    return True


def reply(body: bytes = b'{"errcode":0}', *, status: str = "200 OK", headers: bytes = b"") -> bytes:
    """Return the bytes of an answer."""
    return b"HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s" % (status.encode(), headers, len(body), body)


def answer(body: bytes = b'{"errcode":0}', *, status: str = "200 OK", headers: bytes = b"") -> Behave:
    """Answer properly, and keep the connection."""
    return lambda connection, _: connection.sendall(reply(body, status=status, headers=headers))


def never(_: socket.socket, stop: threading.Event) -> None:
    """Read the request and say nothing."""
    stop.wait()


def drip_header(connection: socket.socket, stop: threading.Event) -> None:
    """Send one byte of the header at a time, for ever."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Drip: ")
    while not stop.wait(0.02):
        connection.sendall(b"x")


def drip_body(connection: socket.socket, stop: threading.Event) -> None:
    """Promise a body and send one byte of it at a time."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not stop.wait(0.02):
        connection.sendall(b" ")


def drip_until_close(connection: socket.socket, stop: threading.Event) -> None:
    """Send a body whose end is the end of the connection, one byte at a time."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    while not stop.wait(0.02):
        connection.sendall(b" ")


def drip_continue(connection: socket.socket, stop: threading.Event) -> None:
    """Say "100 Continue" for ever."""
    while not stop.wait(0.02):
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


def half_close(connection: socket.socket, stop: threading.Event) -> None:
    """Close the sending half without an answer, and keep the other open."""
    connection.shutdown(socket.SHUT_WR)
    stop.wait()


def huge_body(connection: socket.socket, stop: threading.Event) -> None:
    """Send 64 MiB."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n")
    while not stop.is_set():
        connection.sendall(b"x" * 65536)


def endless_chunks(connection: socket.socket, stop: threading.Event) -> None:
    """Send chunks without an end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not stop.is_set():
        connection.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def make_bomb() -> bytes:
    """Return a few hundred bytes that unpack, twice, to 64 MiB; made without holding them."""
    packer = zlib.compressobj(1, wbits=31)
    inner = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(64)) + packer.flush()
    return gzip.compress(inner)


BOMB = make_bomb()


def gzip_bomb(connection: socket.socket, stop: threading.Event) -> None:
    """Send little that unpacks, twice, to 64 MiB."""
    connection.sendall(reply(BOMB, headers=b"Content-Encoding: gzip, gzip\r\n"))
    stop.wait()


def reset(connection: socket.socket, _: threading.Event) -> None:
    """Read the request and reset the connection."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def truncate(connection: socket.socket, _: threading.Event) -> None:
    """Promise more than is sent."""
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"errcode":0')
    connection.close()


def speak_nonsense(connection: socket.socket, stop: threading.Event) -> None:
    """Answer in a protocol that is not HTTP."""
    connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n" * 40)
    stop.wait()


BAD: dict[str, Behave] = {
    "never answers": never,
    "drips its header": drip_header,
    "drips its body": drip_body,
    "drips until it closes": drip_until_close,
    "continues for ever": drip_continue,
    "closes one half": half_close,
    "sends a huge body": huge_body,
    "sends chunks without end": endless_chunks,
    "sends a gzip bomb": gzip_bomb,
    "resets": reset,
    "truncates": truncate,
    "speaks nonsense": speak_nonsense,
}
