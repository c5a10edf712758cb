"""A slot as members see it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cli_shop import make_shop, say

from calendarkit.cli import cells
from calendarkit.cli.lines import Span, plain
from calendarkit.cli.phone import Screen, bubble_lines, merged, phone_page
from calendarkit.cli.preview import open_page
from calendarkit.model.message import Broken, Media, Message
from calendarkit.model.text import Text


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the starter shop."""
    return make_shop(tmp_path)


def test_the_words_stand_in_a_bubble(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the column's next slot, for the first group that hears it."""
    said = say(capsys, "--lang", "zh", "-C", shop, "preview", "周三秒杀")
    assert said.code == 0
    assert "一号店 VIP 群" in said.out
    assert "秒杀价 25.8 元" in said.out


@pytest.mark.parametrize(
    ("args", "title"),
    [
        (["noon-deals", "--group", "s-001.vip"], "一号店 VIP 群"),
        (["午间特惠", "--group", "一号店 福利群"], "一号店 福利群"),
        (["noon-deals/2030-11-27/noon"], "一号店 福利群"),
        (["noon-deals", "2030-11-27", "--store", "一号店"], "一号店 VIP 群"),
    ],
    ids=["group", "title", "key", "store"],
)
def test_slot_and_target_may_be_named_as_people_do(
    shop: Path, capsys: pytest.CaptureFixture[str], args: list[str], title: str
) -> None:
    """By id, by name, by key, by day."""
    said = say(capsys, "--lang", "zh", "-C", shop, "preview", *args)
    assert (said.code, title in said.out) == (0, True)


def test_the_page_is_written_where_it_was_asked(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And its path is told."""
    said = say(capsys, "-C", shop, "preview", "noon-deals/2030-11-27/noon", "--out", tmp_path / "pages")
    page = tmp_path / "pages/noon-deals-2030-11-27-noon.html"
    assert "烟台红富士苹果" in page.read_text("utf-8")
    assert str(page) in said.err


def test_a_group_outside_the_audience_is_refused(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what the audience is, and who explains it."""
    said = say(capsys, "--lang", "zh", "-C", shop, "preview", "周三秒杀", "--group", "s-001.fans")
    assert said.code == 2
    assert "audience = vip" in said.err
    assert "calendarkit why" in said.err


def test_a_message_that_cannot_be_made_is_shown_as_such(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 1, for a person must mend it."""
    column = shop / "calendars/daily.toml"
    column.write_text(column.read_text("utf-8").replace('text = "noon.txt"', 'text = "{{ 1 // 0 }}"'), "utf-8")
    said = say(capsys, "--lang", "zh", "-C", shop, "preview", "noon-deals")
    assert (said.code, "无法生成" in said.out) == (1, True)


def screen(*messages: Message | Broken, withheld: Text | None = None) -> Screen:
    """Return a screen of one group."""
    return Screen(
        title="VIP <b>群</b>", subtitle="一号店", sender="秒杀", time="12:00", messages=messages, withheld=withheld
    )


def test_nothing_a_member_reads_is_html() -> None:
    """Titles and texts are escaped, and no script may run."""
    page = phone_page([screen(Message(kind="text", text="<script>alert(1)</script>"))], "zh", heading="<h>")
    assert "<script>" not in page
    assert "<b>群</b>" not in page
    assert "default-src 'none'" in page


def test_posters_are_inside_the_page(tmp_path: Path) -> None:
    """So that it can be mailed."""
    (tmp_path / "p.png").write_bytes(b"PNG")
    media = Media(path=str(tmp_path / "p.png"), sha256="", mime="image/png", size=3, width=2, height=1, name="秒杀.png")
    page = phone_page([screen(Message(kind="image", media=(media,)))], "zh", heading="x")
    assert "data:image/png;base64,UE5H" in page


def test_why_it_stays_is_on_the_page_and_in_the_terminal() -> None:
    """Before the message."""
    shown = screen(Message(kind="text", text="特惠"), withheld=Text("太晚了", "too late"))
    assert "不会发送：太晚了" in phone_page([shown], "zh", heading="x")
    assert "✗ too late" in plain(bubble_lines(shown, "en"))


def test_groups_that_see_the_same_are_shown_once() -> None:
    """One that sees something else is not hidden."""
    same, other = Message(kind="text", text="特惠"), Message(kind="text", text="秒杀")
    shown = [replace(screen(each), title=title) for title, each in (("A", same), ("B", other), ("C", same))]
    assert [each.title for each in merged(shown)] == ["A、C", "B"]


@pytest.mark.parametrize(
    "message",
    [
        Message(kind="text", text="特惠！" * 30 + "\n" + "long word " * 9),
        Message(kind="link", title="直播预告", text="周三", url="https://example.com/" + "x" * 60),
        Broken(key="k", code="CK707", detail="画不出来"),
    ],
    ids=["text", "link", "broken"],
)
def test_a_bubble_is_closed_on_every_side(message: Message | Broken) -> None:
    """Each of its lines is as wide as the others."""
    box = plain(bubble_lines(screen(message), "zh")).splitlines()[1:]
    assert len({cells.width(row) for row in box}) == 1
    assert cells.width(box[0]) <= 50


def test_markdown_looks_as_on_a_phone() -> None:
    """No mark is left, the colours are; what is no markup is still no HTML."""
    shown = screen(Message(kind="markdown", text='**鸡蛋** <font color="warning">25.8</font>\n> 限 1 盒 <b>'))
    rows = bubble_lines(shown, "zh")
    assert [Span("鸡蛋", "title"), Span("25.8", "warn"), Span("▏", "dim")] == [
        span for row in rows[1:] for span in row if span.style
    ]
    page = phone_page([shown], "zh", heading="x")
    assert '<span class=" bold">鸡蛋</span>' in page
    assert '<p class="level0 quoted"><span class="">限 1 盒 &lt;b&gt;</span></p>' in page


@pytest.mark.parametrize("environ", [{}, {"TERM": "xterm"}], ids=["cron", "ssh"])
def test_without_a_desktop_no_browser_is_tried(tmp_path: Path, environ: dict[str, str]) -> None:
    """One of the terminal would show no poster."""
    assert open_page(tmp_path / "page.html", environ) is False


def test_where_no_browser_opens_the_page_is_named(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one sentence, and nothing failed."""
    monkeypatch.setattr("calendarkit.cli.preview.open_page", lambda page: False)
    said = say(capsys, "--lang", "zh", "-C", shop, "preview", "noon-deals/2030-11-27/noon", "--open")
    assert said.code == 0
    assert said.err.splitlines()[-1].startswith("这台机器上打不开浏览器，请把网页拷到电脑上看：")
