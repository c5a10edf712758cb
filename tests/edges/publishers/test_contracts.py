"""The built-in publishers keep the contract that every plugin's publisher keeps."""

from __future__ import annotations

import pytest

from calendarkit.edges.publishers import PUBLISHERS
from calendarkit.testing.contract import PublisherContract
from calendarkit.testing.trial import send_one

BY_NAME = {each.name: each for each in PUBLISHERS}


class TestFolder(PublisherContract):
    """Packs."""

    @pytest.fixture
    def publisher(self):
        """The record under test."""
        return BY_NAME["folder"]


class TestConsole(PublisherContract):
    """The terminal."""

    @pytest.fixture
    def publisher(self):
        """The record under test."""
        return BY_NAME["console"]

    def test_nothing_is_printed(self, trial, capfd):
        """Printing is its way of sending: all of it on standard output, nothing on standard error."""
        send_one(trial.connect().channel, trial.envelope())
        out, err = capfd.readouterr()
        assert (out.count("──"), err) == (1, "")
