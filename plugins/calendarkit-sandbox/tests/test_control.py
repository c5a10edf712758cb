"""The control endpoints: truth, counts, clock, robots, reset, and whom they answer."""

from __future__ import annotations

import pytest


def test_the_truth_can_be_read_by_group_and_from_a_number_on(client, make):
    """``group`` and ``after`` narrow the log; the lines are those of the file."""
    for key, words in [("key-vip", "一"), ("key-new", "二"), ("key-vip", "三")]:
        client.send(make.text(words), key)
    seen = client.get("/_sandbox/truth?group=hz-001.vip&after=1").json["seen"]
    assert [(each["number"], each["text"], each["store"]) for each in seen] == [(3, "三", "滨江一号店")]
    assert len(client.get("/_sandbox/truth").json["seen"]) == 3


def test_no_control_answer_gives_a_key_away(client, make):
    """Keys are secrets: neither truth nor counts nor faults repeat one."""
    client.send(make.text())
    client.post("/_sandbox/faults", [{"kind": "drop", "key": "key-gone"}])
    pages = [client.get(path).body for path in ("/_sandbox/truth", "/_sandbox/counts", "/_sandbox/health", "/")]
    assert not any(b"key-" in page for page in pages[:3])
    assert b"key-vip" not in pages[3]


def test_counts_add_up(client, make):
    """Messages, copies, groups, kinds, answers by code and requests are counted."""
    for message in (make.text(), make.text(), make.text(""), make.image()):
        client.send(message)
    counts = client.get("/_sandbox/counts").json
    assert (counts["messages"], counts["copies"], counts["groups"], counts["requests"]) == (3, 1, 1, 4)
    assert counts["by_msgtype"] == {"image": 1, "text": 2}
    assert counts["answers"] == {"0": 3, "44004": 1}


@pytest.mark.parametrize(
    ("body", "moved"),
    [({"offset": 3600}, 3600), ({"advance": 60}, 60), ({"at": 0}, None)],
    ids=["offset", "advance", "at"],
)
def test_the_clock_moves(client, make, body, moved):
    """The instants in the log follow the sandbox's clock, which keeps running."""
    answer = client.post("/_sandbox/clock", body).json
    client.send(make.text())
    at_ms = client.sandbox.truth()[0].at_ms
    assert 0 <= at_ms - answer["now_ms"] < 60_000
    assert moved is None or answer["offset"] == moved


def test_robots_can_be_added_and_changed(client, make):
    """A new robot speaks at once; a change keeps what it does not name."""
    assert client.post("/_sandbox/robots", [{"key": "key-9", "group": "hz-009.vip", "title": "九号店"}]).json["ok"]
    client.send(make.text(), "key-9")
    client.post("/_sandbox/robots", {"robots": [{"key": "key-9", "state": "disabled"}], "rate": 5})
    assert client.send(make.text(), "key-9").code == 93004
    assert client.sandbox.truth("hz-009.vip")[0].title == "九号店"
    assert client.sandbox.world.rate.count == 5


def test_reset_empties_everything_but_the_robots(client, make):
    """After a reset nothing was seen, on disk too, and the robots still speak."""
    client.send(make.text())
    client.post("/_sandbox/faults", [{"kind": "drop"}])
    assert client.post("/_sandbox/reset", {}).json == {"ok": True}
    assert (client.seen(), client.sandbox.world.truth.path.read_bytes()) == ([], b"")
    assert client.send(make.text()).code == 0
    assert client.sandbox.truth()[0].number == 1


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        pytest.param("clock", {"at": "noon"}, "seconds", id="clock-text"),
        pytest.param("clock", {"noon": 1}, "noon", id="clock-unknown"),
        pytest.param("clock", {}, "seconds", id="clock-empty"),
        pytest.param("clock", {"at": True}, "seconds", id="clock-boolean"),
        pytest.param("clock", b"{", "Expecting", id="no-json"),
        pytest.param("faults", [{}], "kind", id="fault-without-kind"),
        pytest.param("robots", [{"key": "a", "group": 1}], "strings", id="robot-number"),
        pytest.param("robots", [{"group": "a"}], "key", id="robot-without-key"),
        pytest.param("robots", [{"key": "a", "colour": "b"}], "colour", id="robot-unknown-field"),
        pytest.param("robots", [{"key": "a", "state": "asleep"}], "state", id="robot-unknown-state"),
        pytest.param("robots", {"robots": 1}, "list", id="robots-number"),
    ],
)
def test_a_control_request_that_makes_no_sense_is_refused(client, path, body, words):
    """The answer is 400 and names what is wrong; nothing changes."""
    answer = client.post(f"/_sandbox/{path}", body)
    assert (answer.status, words in answer.json["error"]) == (400, True)


def test_truth_after_what_is_no_number(client):
    """A wrong ``after`` is refused."""
    assert client.get("/_sandbox/truth?after=x").status == 400


@pytest.mark.parametrize("path", ["/", "/_sandbox/truth", "/groups/hz-001.vip"])
def test_strangers_are_refused(client, path):
    """Under a name that is not this machine's, pages and control do not answer: no web page can reach them by DNS."""
    assert client.get(path, Host="evil.example").status == 400


def test_a_foreign_page_cannot_switch_anything(client):
    """A browser names the page a request comes from; a foreign one is refused."""
    answer = client.request("POST", "/_sandbox/reset", {}, Origin="https://evil.example")
    assert answer.status == 403
    assert client.request("POST", "/_sandbox/reset", {}, Origin=client.sandbox.url).status == 200
