"""The metrics file, read by Prometheus' own parser."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from calendarkit.edges.ledger.store import Figures, Hold
from calendarkit.edges.watch.metrics import Reading, exposition, write_metrics
from calendarkit.model.state import State

PAGES = Path(__file__).parents[3] / "docs"
HOLDS = tuple(
    Hold(channel="wecom", target=f"hz-{number}", until=9, since=0, outcome="bad_target") for number in range(3)
)
FIGURES = Figures(states={State.DELIVERED: 50_000, State.UNKNOWN: 2}, overdue=7, holds=HOLDS)
FULL = Reading(
    workspace='鲜果 "时光"\\\n二店', version="1.0", ended=1_795_665_600.25, took=0.5, well=False, errors=1,
    figures=FIGURES, upcoming=1_795_669_200,
)  # fmt: skip


def values(reading: Reading) -> dict[tuple[str, str], float]:
    """Return the samples by name and by their second label."""
    found = {}
    for family in text_string_to_metric_families(exposition(reading)):
        assert family.type == "gauge"
        assert family.documentation
        for sample in family.samples:
            assert sample.labels.pop("workspace") == reading.workspace
            found[sample.name, "".join(sample.labels.values())] = sample.value
    return found


def test_prometheus_reads_what_was_measured() -> None:
    """Names, numbers and a shop's name that has quotes, a backslash and a line break in it."""
    found = values(FULL)
    assert found["calendarkit_run_timestamp_seconds", ""] == 1_795_665_600.25
    assert found["calendarkit_run_success", ""] == 0
    assert found["calendarkit_deliveries", "delivered"] == 50_000
    assert found["calendarkit_deliveries", "failed"] == 0
    assert found["calendarkit_overdue_deliveries", ""] == 7
    assert found["calendarkit_paused", "wecom"] == 3
    assert found["calendarkit_next_slot_timestamp_seconds", ""] == 1_795_669_200


def test_no_store_or_group_has_a_line_of_its_own() -> None:
    """However many rest, the file stays a few dozen lines."""
    assert "hz-" not in exposition(FULL)
    assert len(exposition(FULL).splitlines()) < 50


def test_a_ledger_that_cannot_be_read_leaves_its_figures_out() -> None:
    """What is missing is shown as missing; that the run failed is there."""
    found = values(Reading(workspace="x", version="1", ended=1, took=1, well=False))
    assert ("calendarkit_deliveries", "delivered") not in found
    assert found["calendarkit_run_success", ""] == 0


def test_the_file_is_replaced_at_once(tmp_path: Path) -> None:
    """Prometheus, another user, may read it, and nothing half-written stays behind."""
    path = tmp_path / "new" / "calendarkit.prom"
    for well in (True, False):
        write_metrics(path, Reading(workspace="x", version="1", ended=1, took=1, well=well))
    assert [each.name for each in path.parent.iterdir()] == ["calendarkit.prom"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert 'run_success{workspace="x"} 0' in path.read_text("utf-8")


def test_a_folder_that_is_none_is_an_error_of_the_system(tmp_path: Path) -> None:
    """The caller says which file."""
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        write_metrics(tmp_path / "file" / "a.prom", FULL)


@pytest.mark.parametrize("page", ["how-to/watch-it.md", "zh/how-to/watch-it.md"])
def test_the_page_names_every_figure_and_no_other(page: str) -> None:
    """Its table is whole, and no rule asks for what does not exist."""
    text = (PAGES / page).read_text("utf-8")
    written = {name for name, _ in values(FULL)}
    assert set(re.findall(r"\bcalendarkit_\w+", text)) == written
    assert set(re.findall(r"^\| `(calendarkit_\w+)`", text, re.MULTILINE)) == written
