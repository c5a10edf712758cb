"""Faults: what the caller meets, and whether members saw the message all the same."""

from __future__ import annotations

import http.client
import json
import time

import pytest

from calendarkit_sandbox.faults import FaultInvalid, Faults, parse_faults


@pytest.fixture
def spoil(client, make):
    """Switch faults on and send one message; returns the answer, or the exception the caller met."""

    def spoil(*faults):
        assert client.post("/_sandbox/faults", list(faults)).status == 200
        try:
            return client.send(make.text("秒杀"))
        except (OSError, http.client.HTTPException) as error:
            return error

    return spoil


@pytest.mark.parametrize(("moment", "seen"), [("before", []), ("after", ["秒杀"])])
def test_a_dropped_connection_tells_nothing(client, spoil, moment, seen):
    """Without an answer the caller cannot know; the truth log does."""
    assert isinstance(spoil({"kind": "drop", "moment": moment}), OSError | http.client.HTTPException)
    assert client.seen() == seen


@pytest.mark.parametrize(("moment", "seen"), [("before", []), ("after", ["秒杀"])])
def test_a_bad_gateway_is_a_page(client, spoil, moment, seen):
    """The 502 page of nginx can hide a message that went through."""
    answer = spoil({"kind": "bad-gateway", "moment": moment})
    assert (answer.status, answer.headers["content-type"]) == (502, "text/html")
    assert b"502 Bad Gateway" in answer.body
    assert client.seen() == seen


@pytest.mark.parametrize(
    ("kind", "code", "errmsg"), [("busy", -1, "system busy"), ("rate", 45009, "api freq out of limit")]
)
def test_a_platform_that_says_no_shows_nothing(client, spoil, kind, code, errmsg):
    """-1 and 45009 are proof that nothing was seen."""
    answer = spoil({"kind": kind})
    assert (answer.code, answer.text, client.seen()) == (code, errmsg, [])


def test_busy_once_is_followed_by_a_yes(client, make, spoil):
    """With a count of one only the first request is spoilt."""
    assert spoil({"kind": "busy", "count": 1}).code == -1
    assert client.send(make.text()).code == 0


@pytest.mark.parametrize("kind", ["truncated", "garbage"])
def test_an_answer_that_is_no_json(client, spoil, kind):
    """The body cannot be read, and members saw the message."""
    answer = spoil({"kind": kind})
    with pytest.raises(ValueError, match=r"Unterminated|Expecting|codec"):
        json.loads(answer.body)
    assert (answer.status, client.seen()) == (200, ["秒杀"])


@pytest.mark.parametrize("kind", ["cut", "not-http"])
def test_an_answer_that_breaks_the_protocol(client, spoil, kind):
    """Half the promised bytes, or no HTTP at all, is no answer."""
    assert isinstance(spoil({"kind": kind}), http.client.HTTPException)
    assert client.seen() == ["秒杀"]


def test_a_huge_answer(client, spoil):
    """The JSON is right but as large as the fault says."""
    answer = spoil({"kind": "huge", "size": 3_000_000})
    assert (answer.code, len(answer.body) > 3_000_000) == (0, True)


def test_a_wrong_content_type(client, spoil):
    """The JSON is right but called a page."""
    answer = spoil({"kind": "content-type"})
    assert (answer.code, answer.headers["content-type"]) == (0, "text/html")


def test_a_dripping_answer_is_whole_in_the_end(client, spoil):
    """The bytes come one by one and make the usual answer."""
    assert spoil({"kind": "drip", "seconds": 0.001}).body == b'{"errcode":0,"errmsg":"ok"}'


@pytest.mark.parametrize(("moment", "seen"), [("before", []), ("after", ["秒杀"])])
def test_a_caller_that_gives_up_waiting(client, make, moment, seen):
    """While the answer is late, a delay before the commit has shown nothing yet and one after it has."""
    client.post("/_sandbox/faults", [{"kind": "delay", "moment": moment, "seconds": 3600}])
    connection = http.client.HTTPConnection(client.sandbox.url.removeprefix("http://"), timeout=0.2)
    connection.request("POST", "/cgi-bin/webhook/send?key=key-vip", json.dumps(make.text("秒杀")))
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()
    patience = time.monotonic() + 20
    while client.seen() != seen and time.monotonic() < patience:
        time.sleep(0.02)
    assert client.seen() == seen


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_late_answer_is_the_usual_one(client, spoil, moment):
    """A caller that waits gets its yes, and members see the message once."""
    assert spoil({"kind": "delay", "moment": moment, "seconds": 0.05}).code == 0
    assert client.seen() == ["秒杀"]


@pytest.mark.parametrize(
    "limit",
    [{"key": "key-vip"}, {"group": "hz-001.vip"}, {"path": "/send", "key": "key-vip"}],
    ids=["key", "group", "path"],
)
def test_a_fault_for_one_robot_leaves_the_others_alone(client, make, spoil, limit):
    """Key, group and path limit a fault."""
    assert spoil({"kind": "busy", **limit}).code == -1
    assert client.send(make.text(), "key-new").code == 0
    assert client.upload(b"123456").code == (0 if "path" in limit else -1)


def test_the_nth_request_is_spoilt(client, make):
    """Of four requests the third is spoilt."""
    client.post("/_sandbox/faults", [{"kind": "busy", "nth": 3}])
    assert [client.send(make.text(str(n))).code for n in range(4)] == [0, 0, -1, 0]


def draws(seed, keys, probability=0.3):
    faults = Faults()
    faults.arm(parse_faults([{"kind": "drop", "probability": probability, "seed": seed}]))
    spoilt = [(key, faults.pick(path="/", key=key, group="") is not None) for key in keys]
    return {key: [hit for each, hit in spoilt if each == key] for key in set(keys)}


def test_chance_is_the_same_whatever_the_order_of_robots():
    """A seed decides by robot and its own count, so that threads cannot change who is hit."""
    one, two = ["a"] * 50 + ["b"] * 50, ["a", "b"] * 50
    assert draws(7, one) == draws(7, two) != draws(8, one)


def test_probability_is_about_right():
    """About three in ten of many requests are spoilt; which ones is fixed by the seed."""
    hits = sum(draws(1, ["a"] * 1000)["a"])
    assert 250 < hits < 350


def test_the_first_rule_that_applies_wins(client, spoil):
    """Two rules do not pile up on one request."""
    assert spoil({"kind": "rate", "count": 1}, {"kind": "busy"}).code == 45009
    assert [rule["spoilt"] for rule in client.get("/_sandbox/counts").json["faults"]] == [1, 0]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        pytest.param({}, "list", id="no-list"),
        pytest.param([1], "list of tables", id="no-table"),
        pytest.param([{"kind": "fire"}], "kind", id="unknown-kind"),
        pytest.param([{"kind": "drop", "chance": 1}], "chance", id="unknown-field"),
        pytest.param([{"kind": "drop", "probability": 2}], "probability", id="above-one"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(rows, words):
    """The message names what is wrong."""
    with pytest.raises(FaultInvalid, match=words):
        parse_faults(rows)
