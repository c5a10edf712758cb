"""The truth log: order, copies, and what is left of it after a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request

import pytest

from calendarkit_sandbox.robots import Robot
from calendarkit_sandbox.seen import Shown, StoredFile
from calendarkit_sandbox.truth import FolderInUse, LogDamaged, TruthLog

VIP = Robot(key="secret-key", group="hz-001.vip", title="VIP 群", store="滨江一号店")
NEW = Robot(key="other-key", group="hz-001.new")
DAY_MS = 86_400_000


@pytest.fixture
def log(tmp_path):
    log = TruthLog(tmp_path)
    yield log
    log.close()


def test_messages_are_numbered_in_order(log):
    """The log is one sequence over all groups; a group's view keeps the numbers."""
    for robot, words in [(VIP, "一"), (NEW, "二"), (VIP, "三")]:
        log.add(robot, Shown(msgtype="text", text=words), at_ms=1)
    assert [(each.number, each.shown.text) for each in log.seen("hz-001.vip")] == [(1, "一"), (3, "三")]
    assert [each.number for each in log.seen(after=1)] == [2, 3]


@pytest.mark.parametrize(
    ("robot", "words", "later_ms", "copy"),
    [
        pytest.param(VIP, "秒杀", 1000, 1, id="second-copy"),
        pytest.param(VIP, "秒杀", DAY_MS - 1, 1, id="within-a-day"),
        pytest.param(VIP, "秒杀", DAY_MS, 0, id="a-day-later"),
        pytest.param(VIP, "秒杀。", 1000, 0, id="other-words"),
        pytest.param(NEW, "秒杀", 1000, 0, id="other-group"),
    ],
)
def test_a_second_copy_is_the_same_look_in_the_same_group_within_a_day(log, robot, words, later_ms, copy):
    """Copies are found by what members see, not by how it was sent."""
    log.add(VIP, Shown(msgtype="text", text="秒杀"), at_ms=5)
    assert log.add(robot, Shown(msgtype="text", text=words), at_ms=5 + later_ms).copy == copy
    assert log.counts()["copies"] == copy


def test_a_third_copy_counts_two_before_it(log):
    """``copy`` says how many were seen before."""
    copies = [log.add(VIP, Shown(msgtype="text", text="早"), at_ms=n).copy for n in range(3)]
    assert copies == [0, 1, 2]


def test_the_file_is_written_before_add_returns_and_never_holds_the_key(log):
    """Every line is on disk at once, complete, and without the robot's key."""
    log.add(VIP, Shown(msgtype="text", text="早上好\n换行"), at_ms=7)
    lines = log.path.read_text("utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["早上好\n换行"]
    assert "secret-key" not in lines[0]


def test_a_reopened_log_is_the_same_log(tmp_path):
    """Everything that was seen comes back, and copies are still found."""
    first = TruthLog(tmp_path)
    picture = StoredFile(sha256="ab", size=3, mime="image/png", file="media/ab.png")
    first.add(VIP, Shown(msgtype="image", image=picture), at_ms=1)
    first.add(VIP, Shown(msgtype="news", articles=({"title": "题"},), mentions=("a",), card={"b": 1}), at_ms=2)
    before = first.seen()
    first.close()
    again = TruthLog(tmp_path)
    assert again.seen() == before
    assert again.add(VIP, Shown(msgtype="image", image=picture), at_ms=3).copy == 1
    again.close()


def test_half_a_last_line_is_cut_off(tmp_path):
    """A line that a kill left half written was never answered; the next one starts clean."""
    first = TruthLog(tmp_path)
    first.add(VIP, Shown(msgtype="text", text="整"), at_ms=1)
    first.close()
    with first.path.open("ab") as file:
        file.write('{"number":2,"text":"半'.encode()[:-1])
    again = TruthLog(tmp_path)
    again.add(VIP, Shown(msgtype="text", text="又"), at_ms=2)
    again.close()
    assert [json.loads(line)["text"] for line in first.path.read_text("utf-8").splitlines()] == ["整", "又"]


@pytest.mark.parametrize("line", ["{", "[]", '{"number": 1}'])
def test_a_line_of_somebody_else_is_named(tmp_path, line):
    """A log that is none of ours is not written to; the message says which line, and the folder is free again."""
    (tmp_path / "truth.jsonl").write_text(f"{line}\n")
    for _ in range(2):
        with pytest.raises(LogDamaged, match=r"truth\.jsonl:1 "):
            TruthLog(tmp_path)


def test_a_line_is_written_whole_or_not_at_all(tmp_path):
    """On a disk that is full after some bytes the line is taken back, nobody saw it, and the log can be read."""
    code = (
        "import resource, signal, sys, pathlib;"
        "from calendarkit_sandbox.truth import TruthLog; from calendarkit_sandbox.robots import Robot;"
        "from calendarkit_sandbox.seen import Shown;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300));"
        "log = TruthLog(pathlib.Path(sys.argv[1]));"
        "add = lambda: log.add(Robot(key='k', group='g'), Shown(msgtype='text', text='a'), at_ms=1);"
        "add(); add()"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert "No space left" in done.stderr
    log = TruthLog(tmp_path)
    assert [each.number for each in log.seen()] == [1]
    log.close()


def test_a_folder_has_one_sandbox(log):
    """A second log on the same folder is refused."""
    with pytest.raises(FolderInUse, match="another sandbox"):
        TruthLog(log.path.parent)


def test_what_was_answered_survives_a_kill(tmp_path):
    """SIGKILL right after an answer loses nothing that was answered."""
    code = "import sys, pathlib, calendarkit_sandbox as box; box.run_sandbox(sys.argv[1:], pathlib.Path())"
    ready, folder = tmp_path / "ready", tmp_path / "box"
    arguments = ["--port", "0", "--open", "--folder", str(folder), "--ready-file", str(ready)]
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL)
    try:
        while not ready.exists():
            assert process.poll() is None
            time.sleep(0.02)
        address = f"{ready.read_text()}/cgi-bin/webhook/send?key=hz-001.vip"
        body = json.dumps({"msgtype": "text", "text": {"content": "杀不掉"}}).encode()
        with urllib.request.urlopen(address, body) as answer:
            assert answer.status == 200
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    log = TruthLog(folder)
    assert [each.shown.text for each in log.seen()] == ["杀不掉"]
    log.close()
