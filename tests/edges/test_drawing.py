"""Drawing: each distinct poster once, found again by the next process, and refused ones refused for good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from calendarkit.edges.draw import PosterRefused
from calendarkit.edges.drawing import Drawing
from calendarkit.edges.media import MediaStore
from calendarkit.edges.plugins import Registry
from calendarkit.extend import PainterContext, Poster, PosterJob
from calendarkit.testing.fakes import FakeClock

LAYOUT = """
[poster]
name = "card"
size = [200, 120]
[[layer]]
type = "text"
name = "店名"
text = "{{ store.name }}"
color = "{colour}"
size = 30
box = [10, 10, 180, 50]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a workspace with one layout."""
    (tmp_path / "posters").mkdir()
    write(tmp_path)
    return tmp_path


def write(folder: Path, colour: str = "#222222") -> None:
    """Write the layout with letters of one colour."""
    (folder / "posters" / "card.toml").write_text(LAYOUT.replace("{colour}", colour), "utf-8")


def drawing(folder: Path) -> Drawing:
    """Return the drawing of a new process."""
    context = PainterContext(layouts=(folder / "posters",), assets=(), fonts=(), cache=folder / "painter")
    return Drawing(Registry({}), MediaStore(folder / "state" / "media"), context, clock=FakeClock(1_000), painters=2)


def job(name: str, **more: Any) -> PosterJob:
    """Return a store's job."""
    return PosterJob(layout="card", context={"store": {"name": name}, **more})


def files(folder: Path) -> Iterator[Path]:
    """Yield the posters in the store."""
    return (folder / "state" / "media").glob("*/*.jpg")


def test_many_are_drawn_by_processes_and_found_by_everyone(folder: Path) -> None:
    """Five groups of three stores share three posters; a later process draws none."""
    jobs = [job(f"{each}号店", group={"id": f"g{number}"}) for number, each in enumerate((1, 2, 2, 3, 3))]
    first = drawing(folder)
    assert first.warm(jobs) == 0
    media = [first(each) for each in jobs]
    first.close()
    later = drawing(folder)
    assert [later(each) for each in jobs] == media
    assert sorted(str(path) for path in files(folder)) == sorted({each.path for each in media})
    assert len({each.path for each in media}) == 3


def test_one_is_drawn_here(folder: Path) -> None:
    """A preview needs no process of its own, and gives the very poster that a process would."""
    here, there = drawing(folder)(job("一号店")), drawing(folder.parent / folder.name)
    there.warm([job("一号店")])
    assert (here.sha256, here.width, here.height, here.mime) == (there(job("一号店")).sha256, 200, 120, "image/jpeg")
    there.close()


@pytest.mark.parametrize("warm", [True, False], ids=["in a process", "here"])
def test_what_must_not_go_is_refused_until_it_is_mended(folder: Path, *, warm: bool) -> None:
    """The reason is remembered by the next process; a changed layout is another poster."""
    write(folder, "#F0F0F0")
    first = drawing(folder)
    if warm:
        assert first.warm([job("一号店")]) == 0
    for each in (first, drawing(folder)):
        with pytest.raises(PosterRefused) as refused:
            each(job("一号店"))
        assert "对比度" in refused.value.text.zh
    first.close()
    write(folder)
    assert drawing(folder)(job("一号店")).size > 0


def test_what_cannot_be_drawn_at_all_stops_no_other(folder: Path) -> None:
    """A job without a value has no poster; the others of its slot have."""
    both = drawing(folder)
    broken = PosterJob(layout="card", context={"store": {}})
    assert both.warm([broken, job("一号店")]) == 0
    both.close()
    assert len(list(files(folder))) == 1
    with pytest.raises(PosterRefused, match=r"store\.name"):
        both(broken)


def test_a_painter_that_foretells_nothing_still_paints(folder: Path) -> None:
    """It is asked for each poster when it is wanted."""

    class Plain:
        def paint(self, job: PosterJob, /) -> Poster:
            return Poster(data=b"x" * 9, mime="image/png", width=1, height=1)

    plain = drawing(folder)
    plain.studio.__dict__["_painting"] = Plain()
    assert plain.keys([job("一号店")]) == ("",)
    assert plain.warm([job("一号店")]) == 0
    assert plain(job("一号店")).mime == "image/png"
