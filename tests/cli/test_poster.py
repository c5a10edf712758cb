"""Posters on the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from cli_shop import example_shop, say
from PIL import Image

from calendarkit.cli.poster_watch import stamp, watch, write_page
from calendarkit.cli.settings import Settings
from calendarkit.model.text import Text
from calendarkit.poster.poster_error import PosterError

BAD = """[poster]
name = "bad"
[shapes]
square = [540, 540]
[[layer]]
type = "text"
text = "{words}"
box = [0, 0, 300, 60]
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the fresh market."""
    return example_shop(tmp_path)


def test_the_list_names_layouts_shapes_and_themes(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For people and for programs."""
    said = say(capsys, "--lang", "zh", "-C", shop, "poster", "list").out
    assert "flash_sale" in said
    assert ".square 1080×1080" in said
    assert "@double11" in said
    found = json.loads(say(capsys, "-C", shop, "poster", "list", "--json").out)
    assert found["layouts"]["noon_deal"] == {"title": "午间特惠", "shapes": ["portrait", "square"]}


@pytest.mark.parametrize(
    ("args", "size"),
    [
        (["noon_deal"], (1080, 1920)),
        (["noon_deal.square@double11"], (1080, 1080)),
        (["周三秒杀", "--shape", "portrait", "--theme", "mid_year"], (1080, 1440)),
        (["noon-deals", "2030-11-27", "--store", "滨江一号店"], (1080, 1920)),
    ],
    ids=["layout", "shape and theme", "column", "slot"],
)
def test_a_preview_is_a_picture(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], args: list[str], size: tuple[int, int]
) -> None:
    """With its path told; a layout by itself, or a slot with its real content."""
    out = tmp_path / "p.jpg"
    said = say(capsys, "-C", shop, "poster", "preview", *args, "--out", out)
    assert (said.code, str(out) in said.out, Image.open(io.BytesIO(out.read_bytes())).size) == (0, True, size)


@pytest.mark.parametrize(
    ("what", "said"),
    [("flash_sael", "flash_sale"), ("noon_deal.sqare", "noon_deal.square"), ("noon_deal@dubble11", "double11")],
)
def test_a_mistyped_name_is_answered_with_the_right_one(
    shop: Path, capsys: pytest.CaptureFixture[str], what: str, said: str
) -> None:
    """Layout, shape and theme alike."""
    found = say(capsys, "--lang", "zh", "-C", shop, "poster", "preview", what)
    assert (found.code != 0, said in found.err) == (True, True)


def test_lint_tells_mistakes_and_what_does_not_fit(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """First with their place; a layout that reads well is drawn."""
    (shop / "posters").mkdir(exist_ok=True)
    layout = shop / "posters" / "bad.toml"
    layout.write_text(BAD.replace("{words}", "x").replace("text = ", "txet = "), "utf-8")
    said = say(capsys, "-C", shop, "poster", "lint")
    assert (said.code, "CK201" in said.out, "posters/bad.toml:7" in said.out) == (1, True, True)
    layout.write_text(BAD.replace("{words}", "{{ store.name }}𓀀"), "utf-8")
    said = say(capsys, "--lang", "en", "-C", shop, "poster", "lint", "bad")
    assert (said.code, "bad.square" in said.out, "no font can show 𓀀" in said.out) == (1, True, True)


def test_lint_praises_what_is_right(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By name; and says so when there is nothing of one's own."""
    assert say(capsys, "-C", shop, "poster", "lint", "check_in").out == "✓ check_in\n"


def test_a_batch_is_one_file_a_target(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Named so that people find their own."""
    said = say(capsys, "--lang", "zh", "-C", shop, "poster", "batch", "noon-deals", "--out", tmp_path / "o")
    files = sorted((tmp_path / "o").iterdir())
    assert (said.code, f"{len(files)} 张海报" in said.out) == (0, True)
    assert all("滨江一号店" in each.name or "西溪花园店" in each.name for each in files)


def test_a_batch_tells_which_posters_may_not_be_sent(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With exit code 1, and no file of them."""
    stores = shop / "stores.csv"
    stores.write_text(stores.read_text("utf-8").replace("滨江一号店", "滨江一号店𓀀", 1), "utf-8")
    said = say(capsys, "--lang", "zh", "-C", shop, "poster", "batch", "noon-deals", "--out", tmp_path / "o")
    assert (said.code, "没有字体能显示 𓀀" in said.out) == (1, True)


@pytest.mark.parametrize("ending", ["png", "pdf"])
def test_a_week_on_one_sheet(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str) -> None:
    """As a picture or for the printer."""
    out = tmp_path / f"week.{ending}"
    said = say(capsys, "-C", shop, "poster", "contact-sheet", "2030-11-27", "--out", out)
    assert (said.code, said.out.strip(), out.stat().st_size > 20_000) == (0, str(out), True)


def test_a_sheet_of_no_known_form_is_refused(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As wrong usage."""
    assert say(capsys, "-C", shop, "poster", "contact-sheet", "--out", "week.doc").code == 2


def test_bench_measures(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first poster, a further one, and an encoding for scale."""
    found = json.loads(say(capsys, "-C", shop, "poster", "bench", "check_in.square", "--count", "3", "--json").out)
    assert min(found["first_ms"], found["each_ms"], found["encode_ms"]) > 0


def test_watching_draws_after_a_change_and_survives_failures(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Once a change, and nothing while nobody saves."""
    drawn: list[int] = []
    saves = iter(["a", "", "b", None])

    def wait() -> bool:
        saved = next(saves)
        if saved:
            (shop / "posters").mkdir(exist_ok=True)
            (shop / "posters" / saved).write_text("x", "utf-8")
        return saved is not None

    def draw() -> None:
        drawn.append(len(drawn))
        if len(drawn) == 1:
            raise PosterError(Text("画不出来", "cannot be drawn"))

    watch(Settings(directory=shop, language="zh"), draw, wait=wait)
    assert (drawn, "✗ 画不出来" in capsys.readouterr().out) == ([0, 1], True)


def test_what_the_program_writes_itself_is_no_change(shop: Path) -> None:
    """Or drawing would never end."""
    before = stamp(shop)
    (shop / "state").mkdir(exist_ok=True)
    (shop / "state" / "passing").write_text("x", "utf-8")
    assert stamp(shop) == before


def test_the_watched_page_shows_the_picture_and_loads_itself_anew(tmp_path: Path) -> None:
    """Beside the picture, without a script."""
    page = write_page(tmp_path / "a.jpg")
    assert (page.name, 'src="a.jpg"' in page.read_text("utf-8"), "refresh" in page.read_text("utf-8")) == (
        "a.html", True, True,
    )  # fmt: skip
