"""The ping after a run."""

from __future__ import annotations

import pytest

from calendarkit.edges.watch.ping import DEADLINE, ping
from calendarkit.testing.fakes import FakeHttp, answer, no_connection


@pytest.mark.parametrize(
    ("url", "well", "asked"),
    [
        ("https://hc-ping.com/shop", True, "https://hc-ping.com/shop"),
        ("https://hc-ping.com/shop", False, "https://hc-ping.com/shop/fail"),
        ("https://hc-ping.com/shop/", False, "https://hc-ping.com/shop/fail"),
        ("https://hc-ping.com/shop?create=1", False, "https://hc-ping.com/shop/fail?create=1"),
    ],
    ids=["well", "failed", "slash", "query"],
)
def test_it_asks_for_the_address(url: str, asked: str, *, well: bool) -> None:
    """Once, with little patience."""
    http = FakeHttp()
    assert ping(http, url, well=well) == ""
    assert [(each.method, each.url, each.deadline) for each in http.calls] == [("GET", asked, DEADLINE)]


def test_a_service_that_is_not_there_is_told() -> None:
    """As words, never as an exception."""
    assert "connection refused" in ping(FakeHttp(no_connection()), "https://hc-ping.com/shop", well=True)
    assert ping(FakeHttp(answer({}, status=404)), "https://hc-ping.com/shop", well=True) == "HTTP 404"
