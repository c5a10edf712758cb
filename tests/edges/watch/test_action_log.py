"""The log of actions: lines of JSON, nothing secret in them, and nothing that goes wrong with them stops a run."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from calendarkit.edges.redact import Redactor
from calendarkit.edges.watch.action_log import action_log
from calendarkit.model.secret import Secret

CANARY = "693a91f6-7a0c-4bc4-97a0-0ec2f1fa5aaa"


@pytest.fixture
def redactor() -> Redactor:
    """Return a redactor that knows one key."""
    redactor = Redactor()
    redactor.learn(Secret("robot/hz-001", CANARY))
    return redactor


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a log."""
    return map(json.loads, path.read_text("utf-8").splitlines())


def test_a_line_says_when_how_grave_and_what(tmp_path: Path, redactor: Redactor) -> None:
    """In this order; what is empty is left out, Chinese stays Chinese."""
    with action_log("log/actions.json", redactor, root=tmp_path) as log:
        log("delivery.failed", well=False, delivery="a/b", code="93000", detail="无效", outcome="", retry=None)
    (found,) = lines(tmp_path / "log/actions.json")
    assert list(found) == ["time", "level", "action", "delivery", "code", "detail"]
    assert (found["level"], found["action"], found["detail"]) == ("warning", "delivery.failed", "无效")
    assert "无效" in (tmp_path / "log/actions.json").read_text("utf-8")


def test_lines_are_appended(tmp_path: Path, redactor: Redactor) -> None:
    """Every run adds its own."""
    for action in ("run.begin", "run.end"):
        with action_log("a.log", redactor, root=tmp_path) as log:
            log(action)
    assert [each["action"] for each in lines(tmp_path / "a.log")] == ["run.begin", "run.end"]


def test_no_line_holds_a_key(tmp_path: Path, redactor: Redactor) -> None:
    """Not in a field, not in what a library says, not in a traceback."""
    stranger = logging.getLogger("some.plugin")
    with action_log("a.log", redactor, root=tmp_path) as log:
        log("ping.failed", detail=f"GET https://example.com/?key={CANARY}")
        stranger.warning("posting to %s", f"https://example.com/hook/{CANARY}")
        try:
            raise ValueError(CANARY)
        except ValueError:
            stranger.exception("broken")
    text = (tmp_path / "a.log").read_text("utf-8")
    assert CANARY not in text
    assert [each["action"] for each in lines(tmp_path / "a.log")] == ["ping.failed", "log", "log"]
    assert text.count("***") == 3


def test_without_a_log_only_warnings_of_others_are_told(
    tmp_path: Path, redactor: Redactor, capsys: pytest.CaptureFixture[str]
) -> None:
    """In words, on standard error, where cron finds them; actions are silent."""
    with action_log("", redactor, root=tmp_path) as log:
        log("delivery.failed", well=False)
        logging.getLogger("some.plugin").warning("slow: key=%s", CANARY)
        logging.getLogger("some.plugin").info("fine")
    assert capsys.readouterr().err == "some.plugin: slow: key=***\n"


def test_the_log_may_go_to_standard_error(
    tmp_path: Path, redactor: Redactor, capsys: pytest.CaptureFixture[str]
) -> None:
    """For a service manager that keeps it."""
    with action_log("stderr", redactor, root=tmp_path) as log:
        log("run.begin")
    assert json.loads(capsys.readouterr().err)["action"] == "run.begin"


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, redactor: Redactor) -> None:
    """Why is kept for whoever reads what the run says."""
    (tmp_path / "file").touch()
    with action_log("file/a.log", redactor, root=tmp_path) as log:
        log("run.begin")
        assert "file" in log.trouble


def test_afterwards_logging_is_as_it_was(tmp_path: Path, redactor: Redactor) -> None:
    """Other code in the same process keeps its handlers."""
    before = logging.getLogger().handlers[:]
    with action_log("a.log", redactor, root=tmp_path):
        assert logging.getLogger().handlers != before
    assert logging.getLogger().handlers == before
