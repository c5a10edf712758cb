"""The folder publisher: packs staff can forward from, written whole and never twice."""

from __future__ import annotations

import base64
import csv
import errno
import hashlib
import io
import json
import os
import re
import threading
from pathlib import Path

import pytest
from small_shop import at

from calendarkit.edges.media import MediaStore
from calendarkit.edges.publishers import PUBLISHERS
from calendarkit.extend import Envelope, Message, Outcome, Target
from calendarkit.testing.fakes import fake_context

FOLDER = next(each for each in PUBLISHERS if each.name == "folder")
VIP = Target(id="hz-001.vip", title="VIP 群", store="hz-001", store_title="滨江一号店")
PACK = Path("out/2026-11-25/hz-001 滨江一号店")
WORDS = Message(kind="text", text="苹果 9.9 元")
LINK = Message(kind="link", title="周三秒杀", text="仅 30 份", url="https://m.example.cn/?a=1&b=2")


@pytest.fixture
def connect(tmp_path):
    """Return a function that connects the publisher in an empty workspace."""

    def connected(language="zh", **options):
        return FOLDER.connect(FOLDER.options(**options), fake_context(tmp_path, language=language))

    return connected


def poster(folder: Path, data: bytes = b"\xff\xd8picture") -> Message:
    """Return a message with a picture of the media store."""
    return Message(kind="image", media=(MediaStore(folder / "media").put(data, "image/jpeg"),))


def envelope(message: Message, *, column="noon", title="午间特惠", clock="12:00", target=VIP, **more) -> Envelope:
    """Return ``message`` for the VIP group at noon."""
    part = {"image": "/poster", "link": "/link"}.get(message.kind, "")
    return Envelope(
        key=f"{column}/2026-11-25/{clock}/{target.id}/folder{part}", message=message, target=target, column_title=title,
        slot_at=at(clock), deadline=at(clock) + 1800, **{"zone": "Asia/Shanghai", **more},
    )  # fmt: skip


def seen(folder: Path) -> list[str]:
    """Return the files a person sees, as paths below ``folder``."""
    return sorted(
        each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file() and each.name[0] != "."
    )


def rows(pack: Path, name: str = "打卡清单.csv") -> list[list[str]]:
    """Return the sheet's rows without its heading."""
    text = (pack / name).read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def test_writes_one_folder_per_day_store_and_group(connect, tmp_path):
    """Poster, words and link lie in the order they are posted, and the receipt says where."""
    receipts = connect().send([envelope(poster(tmp_path)), envelope(WORDS), envelope(LINK)])
    group = "hz-001.vip VIP 群"
    assert seen(tmp_path / PACK) == [
        f"{group}/1200 午间特惠 1海报.jpg",
        f"{group}/1200 午间特惠 2文字.txt",
        f"{group}/1200 午间特惠 3链接.html",
        "打卡清单.csv",
        "打卡清单.html",
    ]
    assert (tmp_path / PACK / group / "1200 午间特惠 2文字.txt").read_text("utf-8") == "苹果 9.9 元\n"
    assert [(each.outcome, each.proof) for each in receipts] == [(Outcome.DELIVERED, "answer")] * 3
    assert all((tmp_path / each.handle).is_file() for each in receipts)


def test_can_put_the_store_first_and_speak_english(connect, tmp_path):
    """One synchronised folder a shop, somewhere else."""
    connect("en", folder="packs", layout="by-store").send([envelope(WORDS)])
    assert seen(tmp_path / "packs") == [
        "hz-001 滨江一号店/2026-11-25/hz-001.vip VIP 群/1200 午间特惠 2 text.txt",
        "hz-001 滨江一号店/2026-11-25/list.csv",
        "hz-001 滨江一号店/2026-11-25/list.html",
    ]


def test_the_same_key_gives_the_same_files(connect, tmp_path):
    """Sending again replaces; the pack never holds two of it, not even under an older title."""
    connect().send([envelope(WORDS, title="旧名"), envelope(LINK)])
    before = seen(tmp_path / PACK)
    connect().send([envelope(Message(kind="text", text="改价 8.8 元"), title="旧名")])
    assert seen(tmp_path / PACK) == before
    connect().send([envelope(Message(kind="text", text="改价 8.8 元"))])
    assert [each for each in seen(tmp_path / PACK) if each.endswith(".txt")] == [
        "hz-001.vip VIP 群/1200 午间特惠 2文字.txt"
    ]
    assert [row[8] for row in rows(tmp_path / PACK)] == ["改价 8.8 元", "周三秒杀"]


def test_two_columns_of_one_name_keep_their_own_files(connect, tmp_path):
    """Nothing of another delivery is ever overwritten."""
    connect().send([envelope(WORDS), envelope(Message(kind="text", text="另一条"), column="other")])
    texts = [(tmp_path / PACK / each).read_text("utf-8") for each in seen(tmp_path / PACK) if each.endswith(".txt")]
    assert sorted(texts) == ["另一条\n", "苹果 9.9 元\n"]


def test_lists_everything_in_the_order_of_posting(connect, tmp_path):
    """Later sends join the list at their time; the sheet says until when, to whom, what and which file."""
    channel = connect()
    channel.send([envelope(WORDS, clock="20:00"), envelope(WORDS)])
    channel.send([envelope(poster(tmp_path)), envelope(LINK, clock="07:30")])
    assert [row[2:7] for row in rows(tmp_path / PACK)] == [
        ["07:30", "08:00", "VIP 群", "午间特惠", "链接"],
        ["12:00", "12:30", "VIP 群", "午间特惠", "海报"],
        ["12:00", "12:30", "VIP 群", "午间特惠", "文字"],
        ["20:00", "20:30", "VIP 群", "午间特惠", "文字"],
    ]
    assert [(tmp_path / PACK / row[7]).is_file() for row in rows(tmp_path / PACK)] == [True] * 4


@pytest.mark.parametrize(
    ("clock", "zone", "day", "time"),
    [
        ("23:59", "Asia/Shanghai", "2026-11-25", "23:59"),
        ("12:00", "Asia/Tokyo", "2026-11-25", "13:00"),
        ("23:30", "Asia/Tokyo", "2026-11-26", "00:30"),
        ("12:00", "", "2026-11-25", "12:00"),
    ],
    ids=["before-midnight", "another-zone", "another-day", "unknown-zone"],
)
def test_days_and_times_are_local_to_the_slot(clock, zone, day, time, connect, tmp_path):
    """Staff read the clock on their wall."""
    connect().send([envelope(WORDS, clock=clock, zone=zone)])
    (row,) = rows(tmp_path / "out" / day / PACK.name)
    assert row[1:3] == [day, time]


def test_a_deadline_on_another_day_shows_its_date(connect, tmp_path):
    """``最晚 00:29`` alone would be read as this morning."""
    connect().send([envelope(WORDS, clock="23:59")])
    assert rows(tmp_path / PACK)[0][3] == "11-26 00:29"


def test_a_card_of_the_page_joins_the_parts_of_one_slot(connect, tmp_path):
    """One tick for poster and words of one group."""
    connect().send([envelope(poster(tmp_path)), envelope(WORDS), envelope(WORDS, clock="20:00")])
    page = (tmp_path / PACK / "打卡清单.html").read_text("utf-8")
    assert page.count('<input type="checkbox"') == 2
    assert page.count("<img ") == 1
    (source,) = re.findall(r'<img src="([^"]+)"', page)
    assert (
        source == "hz-001.vip%20VIP%20%E7%BE%A4/1200%20%E5%8D%88%E9%97%B4%E7%89%B9%E6%83%A0%201%E6%B5%B7%E6%8A%A5.jpg"
    )


@pytest.mark.parametrize(("words", "copies"), [("苹果 9.9 元", 1), ("老朋友 8.8 元", 2)], ids=["same", "different"])
def test_groups_that_get_the_same_share_one_card(words, copies, connect, tmp_path):
    """The words are shown once, with a tick for each group; other words get a card of their own."""
    fresh = Target(id="hz-001.fresh", title="尝鲜群", store="hz-001", store_title="滨江一号店")
    connect().send([envelope(WORDS), envelope(Message(kind="text", text=words), target=fresh)])
    page = (tmp_path / PACK / "打卡清单.html").read_text("utf-8")
    assert (page.count("<article>"), page.count("<pre "), page.count('type="checkbox"')) == (copies, copies, 2)


def test_the_page_needs_no_network_and_runs_only_its_own_script(connect, tmp_path):
    """The policy names the very script and style inside, and nothing is loaded from elsewhere."""
    connect().send([envelope(WORDS), envelope(LINK)])
    page = (tmp_path / PACK / "打卡清单.html").read_text("utf-8")
    for tag in ("script", "style"):
        (inline,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in page
    assert re.findall(r'(?:src|href)="(http[^"]+)"', page) == ["https://m.example.cn/?a=1&amp;b=2"]


def test_words_are_never_markup_or_formulas(connect, tmp_path):
    """A title from a sheet can neither run in the page nor calculate in the table."""
    nasty = '=cmd|" /C calc"!A0<img src=x onerror=alert(1)>'
    connect().send([envelope(Message(kind="text", text=nasty), title="<script>1</script>")])
    page = (tmp_path / PACK / "打卡清单.html").read_text("utf-8")
    assert "<img" not in page
    assert page.count("<script>") == 1
    assert rows(tmp_path / PACK)[0][8] == f"'{nasty}"


@pytest.mark.parametrize("identity", ["../../evil", "/etc/passwd", "..", "a/b", "C:\\x", "", "\0"], ids=ascii)
def test_no_id_or_title_leads_out_of_the_folder(identity, connect, tmp_path):
    """Whatever a roster says, files stay below ``out``."""
    target = Target(id=identity, title="../x", store=identity, store_title="..\\..\\y")
    (receipt,) = connect().send([envelope(WORDS, title="../../../z", target=target)])
    assert receipt.outcome is Outcome.DELIVERED
    assert all(each.startswith("out/2026-11-25/") for each in seen(tmp_path))


def test_a_poster_that_is_gone_stops_nobody_else(connect, tmp_path):
    """It must be drawn again; the words beside it are delivered."""
    gone = poster(tmp_path)
    Path(gone.media[0].path).unlink()
    receipts = {each.key: each for each in connect().send([envelope(gone), envelope(WORDS)])}
    assert receipts[envelope(gone).key].outcome is Outcome.BAD_CONTENT
    assert receipts[envelope(WORDS).key].outcome is Outcome.DELIVERED
    assert [row[6] for row in rows(tmp_path / PACK)] == ["文字"]


@pytest.mark.parametrize(
    ("number", "outcome", "words"),
    [
        (errno.ENOSPC, Outcome.RETRY_SHORT, "交接包写不进 out：磁盘已满"),
        (errno.EDQUOT, Outcome.RETRY_SHORT, "交接包写不进 out：磁盘配额已用完"),
        (errno.EIO, Outcome.RETRY_SHORT, "交接包写不进 out：磁盘读写出错"),
        (errno.EROFS, Outcome.BAD_CONFIG, "交接包写不进 out：磁盘是只读的"),
        (errno.EACCES, Outcome.BAD_CONFIG, "交接包写不进 out：没有写入权限"),
    ],
    ids=["full", "quota", "broken", "read-only", "no-permission"],
)
def test_says_why_a_pack_cannot_be_written(number, outcome, words, connect, tmp_path, monkeypatch):
    """A full disk may have room later, and keeps no half file; a read-only folder needs a person."""

    def refuse(_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    (receipt,) = connect().send([envelope(WORDS)])
    assert (receipt.outcome, receipt.code, receipt.detail) == (outcome, errno.errorcode[number], words)
    assert [each.name for each in (tmp_path / PACK).rglob("*") if each.is_file()] == [".pack.lock"]


def test_a_file_where_the_folder_should_be_is_a_wrong_setting(connect, tmp_path):
    """A real obstacle, not a simulated one."""
    (tmp_path / "out").write_text("I was here first")
    (receipt,) = connect().send([envelope(WORDS)])
    assert (receipt.outcome, receipt.detail) == (Outcome.BAD_CONFIG, "交接包写不进 out：路径中有一段是文件，不是文件夹")


def test_one_pack_that_fails_does_not_stop_another(connect, tmp_path):
    """Two stores, one of them blocked."""
    (tmp_path / PACK).parent.mkdir(parents=True)
    (tmp_path / PACK).write_text("in the way")
    other = Target(id="hz-002.vip", title="VIP 群", store="hz-002", store_title="滨江二号店")
    outcomes = [each.outcome for each in connect().send([envelope(WORDS), envelope(WORDS, target=other)])]
    assert outcomes == [Outcome.BAD_CONFIG, Outcome.DELIVERED]


@pytest.mark.parametrize("record", ["{", "[]", '{"a": 1}', '[{"key": "x"}]', "\0"], ids=ascii)
def test_a_damaged_record_is_begun_anew(record, connect, tmp_path):
    """A pack somebody edited is still written."""
    (tmp_path / PACK).mkdir(parents=True)
    (tmp_path / PACK / ".pack.json").write_text(record)
    (receipt,) = connect().send([envelope(WORDS)])
    assert receipt.outcome is Outcome.DELIVERED
    assert len(json.loads((tmp_path / PACK / ".pack.json").read_bytes())) == len(rows(tmp_path / PACK)) == 1


def test_many_senders_may_fill_one_pack_at_once(connect, tmp_path):
    """No line of the list is lost between threads that each have a channel of their own."""
    clocks = [f"{hour:02}:{minute:02}" for hour in range(8, 12) for minute in (0, 15, 30, 45)]
    threads = [threading.Thread(target=connect().send, args=([envelope(WORDS, clock=each)],)) for each in clocks]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [row[2] for row in rows(tmp_path / PACK)] == clocks
    assert len([each for each in seen(tmp_path / PACK) if each.endswith(".txt")]) == len(clocks)


def test_leaves_no_unfinished_file(connect, tmp_path):
    """Only the record and the lock stay hidden in a pack."""
    connect().send([envelope(poster(tmp_path)), envelope(WORDS)])
    hidden = sorted(each.name for each in (tmp_path / PACK).rglob(".*"))
    assert hidden == [".pack.json", ".pack.lock"]


def test_a_link_page_shows_where_it_leads(connect, tmp_path):
    """Opened on a phone it is a title, a line and an address."""
    connect().send([envelope(LINK)])
    page = (tmp_path / PACK / "hz-001.vip VIP 群/1200 午间特惠 3链接.html").read_text("utf-8")
    assert '<a href="https://m.example.cn/?a=1&amp;b=2" rel="noreferrer">' in page
    assert "<h1>周三秒杀</h1>" in page
