"""The running server: for tests in a thread, on both HTTP parsers, quick enough for a benchmark."""

from __future__ import annotations

import http.client
import json
from threading import Thread

import pytest

from calendarkit_sandbox import protocol
from calendarkit_sandbox.faults import parse_faults
from calendarkit_sandbox.robots import Robot
from calendarkit_sandbox.server import PortTaken, Sandbox, running
from calendarkit_sandbox.truth import FolderInUse

BODY = json.dumps({"msgtype": "text", "text": {"content": "早"}})


def send(url, key="k"):
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
    try:
        connection.request("POST", f"/cgi-bin/webhook/send?key={key}", BODY)
        return json.loads(connection.getresponse().read())["errcode"]
    finally:
        connection.close()


def test_a_with_block_is_a_sandbox(tmp_path):
    """Inside the block it answers and tells the truth; after it the port is closed."""
    with running(tmp_path, robots=[Robot(key="k", group="g")]) as sandbox:
        assert send(sandbox.url) == 0
        assert [each.group for each in sandbox.truth()] == ["g"]
    with pytest.raises(ConnectionRefusedError):
        send(sandbox.url)


def test_what_was_seen_is_there_after_a_restart(tmp_path):
    """A second sandbox on the folder goes on with the numbers."""
    for _ in range(2):
        with running(tmp_path, open=True) as sandbox:
            assert send(sandbox.url) == 0
    assert [(each.number, each.copy) for each in sandbox.truth()] == [(1, 0), (2, 1)]


@pytest.mark.parametrize("installed", [True, False], ids=["httptools", "h11"])
def test_both_parsers_answer_and_break(tmp_path, monkeypatch, installed):
    """With and without the C parser requests are answered and connections can be dropped."""
    monkeypatch.setattr(protocol, "find_spec", lambda name: installed or None)
    with running(tmp_path, open=True) as sandbox:
        assert send(sandbox.url) == 0
        sandbox.world.faults.arm(parse_faults([{"kind": "drop", "moment": "after"}]))
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            send(sandbox.url)
    assert len(sandbox.truth()) == 2


def test_many_senders_at_once_lose_nothing(tmp_path):
    """Eight threads on connections they keep: every accepted message is in the log once, numbered without a gap."""
    with running(tmp_path, open=True, rate=0) as sandbox:

        def work(key):
            connection = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=10)
            for _ in range(40):
                connection.request("POST", f"/cgi-bin/webhook/send?key={key}", BODY)
                assert b'"errcode":0' in connection.getresponse().read()
            connection.close()

        threads = [Thread(target=work, args=(f"k{n}",)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [each.number for each in sandbox.truth()] == list(range(1, 321))
    assert len((tmp_path / "truth.jsonl").read_text("utf-8").splitlines()) == 320


def test_one_folder_has_one_sandbox_and_one_port_one_server(tmp_path):
    """The second of either is refused and leaves nothing open."""
    with running(tmp_path / "one") as sandbox:
        with pytest.raises(FolderInUse):
            Sandbox(tmp_path / "one")
        with pytest.raises(PortTaken, match="port"):
            Sandbox(tmp_path / "two", port=int(sandbox.url.rpartition(":")[2]))


def test_an_open_delay_does_not_keep_it_from_stopping(tmp_path):
    """A request that a fault holds for an hour ends with the sandbox, and members saw nothing."""
    with running(tmp_path, open=True) as sandbox:
        sandbox.world.faults.arm(parse_faults([{"kind": "delay", "seconds": 3600}]))
        connection = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=10)
        connection.request("POST", "/cgi-bin/webhook/send?key=k", BODY)
    connection.close()
    assert sandbox.truth() == ()
    with pytest.raises(ConnectionRefusedError):
        send(sandbox.url)
