"""The ping: one GET after a run, so that a service elsewhere notices when runs stop (a dead man's switch)."""

from __future__ import annotations

from calendarkit.errors import HttpFailure
from calendarkit.extend.lent import Http

DEADLINE = 5.0
"""Seconds; the run is over by then and waits no longer for those who watch it."""
FAIL = "/fail"
"""What is put behind the address when a run needs a person (healthchecks.io/docs/http_api, 2025)."""


def ping(http: Http, url: str, *, well: bool) -> str:
    """Tell the service at ``url`` how the run went; return why it could not be told, empty when it was.

    Args:
        http: the HTTP client.
        url: absolute; a query stays behind ``/fail``.
        well: whether the run needs nobody.
    """
    address, mark, query = url.partition("?")
    asked = address if well else address.rstrip("/") + FAIL
    try:
        response = http.request("GET", f"{asked}{mark}{query}", deadline=DEADLINE)
    except HttpFailure as failure:
        return str(failure)
    return "" if response.status < 300 else f"HTTP {response.status}"
