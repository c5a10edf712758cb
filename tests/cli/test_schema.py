"""The JSON Schema of the documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_shop import say


def test_all_documents_in_one(capsys: pytest.CaptureFixture[str]) -> None:
    """For an editor that is told nothing else."""
    assert "column" in json.loads(say(capsys, "schema").out)["$defs"]["calendar"]["properties"]


def test_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    """By its kind."""
    assert "timezone" in json.loads(say(capsys, "schema", "workspace").out)["properties"]


def test_an_unknown_kind_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    """As wrong usage."""
    said = say(capsys, "schema", "colunm")
    assert (said.code, "calendar" in said.err) == (2, True)


def test_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One a kind; their paths are told."""
    paths = say(capsys, "schema", "--out", tmp_path / "schemas").out.splitlines()
    assert f"{tmp_path}/schemas/calendar.schema.json" in paths
    assert all(json.loads(Path(each).read_text("utf-8"))["properties"] for each in paths)


@pytest.mark.parametrize(("kind", "key"), [("poster", "shapes"), ("theme", "for")])
def test_layouts_and_themes(kind: str, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What designers write has a schema, too."""
    assert key in json.loads(say(capsys, "schema", kind).out)["properties"]
