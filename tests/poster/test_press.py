"""The press: whatever was printed before, a poster is byte for byte what drawing and encoding it afresh gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from poster_shop import APPLES, LONG, SHORT, context, painter

from calendarkit.extend import Painting, PosterJob
from calendarkit.poster.poster_error import PosterError

SHEET = '[poster]\nname = "t"\nsize = [540, 400]\n'
GROUND = '[[layer]]\ntype = "rect"\ncolor = { colors = ["#FFFFFF", "#FFE0B0"], angle = 30 }\nbox = [0, 0, 540, 400]\n'
NAME = '[[layer]]\ntype = "text"\nname = "名"\ntext = "{{ store.name }}"\nsize = 50\nbox = [20, 20, 500, 70]\n'
CODE = (
    '[[layer]]\ntype = "qr"\nname = "码"\ndata = "{{ store.join_url | default }}"\noptional = true\n'
    "box = [300, 150, 220, 220]\n"
)
PILL = (
    '[[layer]]\ntype = "text"\nwhen = "store.city"\ntext = "{{ store.city }}"\nsize = 40\ncolor = "#FFFFFF"\n'
    'rotate = 8\nbackground = { color = "#C2161A", shadow = { blur = 12 } }\nbox = [200, 60, 200, 90]\n'
)
ABOVE = '[[layer]]\ntype = "rect"\ncolor = "#00800060"\nradius = 20\nbox = [150, 70, 90, 200]\n'
ROWS = (
    '[[layer]]\ntype = "group"\nrepeat = "store.rows"\nbox = [20, 280, 200, 100]\nflow = "column"\n'
    '[[layer.layer]]\ntype = "text"\ntext = "{{ row }}"\nsize = 30\nbox = [0, 0, 200, 40]\n'
)
LAYOUT = SHEET + GROUND + NAME + PILL + CODE + ABOVE + ROWS

STORES = st.fixed_dictionaries(
    {
        "name": st.text("滨江一号店Agy·（）1 ", min_size=1, max_size=12).filter(str.strip),
        "join_url": st.sampled_from([None, "https://example.com/j/1", "https://example.com/j/2"]),
        "city": st.sampled_from([None, "杭州", "上海"]),
        "rows": st.lists(st.sampled_from(["早", "午", "晚"]), max_size=3),
    }
)


def job(store: dict[str, Any], layout: str = "t", **more: Any) -> PosterJob:
    """Return the job of one store."""
    return PosterJob(layout=layout, context=context(store={**SHORT, "city": None, "rows": [], **store}), **more)


def both(folder: Path, layout: str) -> tuple[Painting, Painting]:
    """Return a painter that splices and one that does everything anew, over one layout called ``t``."""
    (folder / "posters").mkdir(exist_ok=True)
    (folder / "posters" / "t.toml").write_text(layout, "utf-8")
    return painter(folder), painter(folder, encoder="full")


@settings(max_examples=8, deadline=None)
@given(st.lists(STORES, min_size=2, max_size=4))
def test_any_row_of_stores_prints_as_if_each_were_alone(
    tmp_path_factory: pytest.TempPathFactory, stores: list[dict[str, Any]]
) -> None:
    """Layers that come, go, turn, overlap and repeat leave nothing behind."""
    press, whole = both(tmp_path_factory.mktemp("press"), LAYOUT)
    for store in stores:
        quick, slow = press.paint(job(store)), whole.paint(job(store))
        assert quick.data == slow.data
        assert sorted(each.en for each in quick.faults) == sorted(each.en for each in slow.faults)


@pytest.mark.parametrize("layout", ["flash_sale", "noon_deal", "morning_tip"])
def test_shipped_layouts_print_alike(layout: str) -> None:
    """What a shop sends is what the long way would send."""
    item = {"title": "早", "photo": "photos/apples.webp", "body": "每天一个苹果"}
    press, whole = painter(), painter(encoder="full")
    for store in (SHORT, LONG, {**SHORT, "join_url": ""}, SHORT):
        asked = PosterJob(layout=layout, context=context(offer=APPLES, item=item, store=store), max_bytes=300_000)
        assert press.paint(asked).data == whole.paint(asked).data


def test_a_digest_comes_with_the_bytes(tmp_path: Path) -> None:
    """The digest a painter knows already is that of the file."""
    from hashlib import sha256

    press, whole = both(tmp_path, LAYOUT)
    for name in ("一号店", "二号店", "二号店"):
        poster = press.paint(job({"name": name}))
        assert poster.sha256 == sha256(poster.data).hexdigest()
    assert whole.paint(job({})).sha256 == ""


def test_quality_steps_down_on_the_press_too(tmp_path: Path) -> None:
    """Each quality is kept up to date by itself."""
    press, whole = both(tmp_path, LAYOUT)
    limits = [None, len(press.paint(job({})).data) - 500, None, 9_000]
    for number, limit in enumerate(limits):
        asked = job({"name": f"{number}号店"}, max_bytes=limit)
        assert press.paint(asked).data == whole.paint(asked).data


def test_a_store_that_fails_spoils_no_other(tmp_path: Path) -> None:
    """A layer that breaks in the middle of a poster leaves no half of itself on the next."""
    price = '[[layer]]\ntype = "price"\nvalue = "{{ store.fee }}"\nbox = [20, 200, 200, 60]\n'
    press, whole = both(tmp_path, LAYOUT + price)
    assert press.paint(job({"fee": "1"})).data
    with pytest.raises(PosterError, match="不是价格"):
        press.paint(job({"name": "坏店", "fee": "x"}))
    last = job({"name": "好店", "fee": "2"})
    assert press.paint(last).data == whole.paint(last).data


@pytest.mark.parametrize("moving", [True, False], ids=["its own", "everyone's"])
def test_a_code_that_is_covered_is_found(tmp_path: Path, *, moving: bool) -> None:
    """A code is read with everything on it, on the first poster and on those after it."""
    code = CODE if moving else CODE.replace("{{ store.join_url | default }}", "https://example.com/all")
    cover = '[[layer]]\ntype = "rect"\nwhen = "store.covered"\ncolor = "#FFF"\nbox = [300, 150, 120, 120]\n'
    press, _ = both(tmp_path, SHEET + code + cover)
    faults = [press.paint(job({"covered": each})).faults for each in (False, True, True, False)]
    assert [[("扫不出来" in each.zh) for each in some] for some in faults] == [[], [True], [True], []]


def test_a_faulty_base_condemns_every_poster(tmp_path: Path) -> None:
    """What is wrong with the shared part is found once and told each time, by the next process too."""
    pale = '[[layer]]\ntype = "text"\nname = "淡"\ntext = "看不清"\ncolor = "#F4F4F4"\nbox = [20, 300, 300, 60]\n'
    both(tmp_path, SHEET + NAME + pale)
    for _ in range(2):
        press = painter(tmp_path, cache=tmp_path / "cache")
        for name in ("一", "二"):
            assert ["对比度" in each.zh for each in press.paint(job({"name": name})).faults] == [True]
