"""The metrics file: the figures of one workspace in the text format of Prometheus, replaced at once."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from calendarkit.edges.ledger.store import Figures
from calendarkit.model.state import State

MODE = 0o644
"""Prometheus' collector is another user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is measured after one run; instants in epoch seconds.

    Attributes:
        workspace: the shop's name; the only thing that tells two shops of one machine apart.
        version: of calendarkit.
        ended: when the run ended.
        took: seconds.
        well: whether the run needs nobody.
        errors: mistakes in the files.
        figures: the ledger in numbers, ``None`` when it could not be read.
        upcoming: the next slot's instant, ``None`` when none is near.
    """

    workspace: str
    version: str
    ended: float
    took: float
    well: bool
    errors: int = 0
    figures: Figures | None = None
    upcoming: int | None = None


def write_metrics(path: Path, reading: Reading) -> None:
    """Replace the file at ``path``; whoever reads meanwhile sees the old figures or the new ones, never half.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, fresh = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(exposition(reading))
            os.fchmod(descriptor, MODE)
        Path(fresh).replace(path)
    except OSError:
        Path(fresh).unlink(missing_ok=True)
        raise


def exposition(reading: Reading) -> str:
    r"""Return the figures in the text exposition format, version 0.0.4 (prometheus.io, 2025).

    Every line has the label ``workspace`` and none has a store or a group: 50,000 groups stay a few dozen lines.

    >>> print(exposition(Reading(workspace="鲜果时光", version="1.0", ended=60.0, took=0.5, well=True)).splitlines()[2])
    calendarkit_build_info{workspace="鲜果时光",version="1.0"} 1
    """
    lines = []
    for name, meaning, values in _families(reading):
        lines += [f"# HELP calendarkit_{name} {meaning}", f"# TYPE calendarkit_{name} gauge"]
        lines += [f"calendarkit_{name}{_labels(reading, labels)} {_number(value)}" for labels, value in values]
    return "\n".join(lines) + "\n"


Labels = Mapping[str, str]
Family = tuple[str, str, list[tuple[Labels, float]]]


def _families(reading: Reading) -> Iterator[Family]:
    """Yield name, meaning and values of each figure."""
    yield "build_info", "The version that ran.", [({"version": reading.version}, 1)]
    yield "run_timestamp_seconds", "When publish last looked at everything.", [({}, reading.ended)]
    yield "run_success", "Whether that run needs nobody.", [({}, int(reading.well))]
    yield "run_duration_seconds", "How long that run took.", [({}, reading.took)]
    yield "file_errors", "Mistakes in the files of the workspace.", [({}, reading.errors)]
    if reading.upcoming is not None:
        yield "next_slot_timestamp_seconds", "When the next slot is due.", [({}, reading.upcoming)]
    if reading.figures is not None:
        yield from _ledger(reading.figures)


def _ledger(figures: Figures) -> Iterator[Family]:
    states = [({"state": each.name.lower()}, float(figures.states.get(each, 0))) for each in State]
    yield "deliveries", "Deliveries in the ledger, by state.", [*states]
    yield "overdue_deliveries", "Deliveries that are due, may still go and have not gone.", [({}, figures.overdue)]
    resting = Counter(each.channel for each in figures.holds)
    yield "paused", "Channels and targets that rest, by channel.", [({"channel": c}, n) for c, n in resting.items()]


def _labels(reading: Reading, labels: Labels) -> str:
    named = {"workspace": reading.workspace, **labels}
    return "{" + ",".join(f'{label}="{_escaped(text)}"' for label, text in named.items()) + "}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.3f}"
