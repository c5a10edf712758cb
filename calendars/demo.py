"""The demo: a fresh-market shop's Wednesday goes out to the local sandbox, twice, and once with a kill in the middle.

Run it with ``python3 dev.py demo``; everything it makes lies in ``demo/`` and may be deleted.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "demo"
SHOP, WORLD = DEMO / "fresh-market", DEMO / "sandbox"
CALENDARKIT = Path(sys.executable).with_name("calendarkit")
ROBOTS = {"hz-001": ("滨江店导购群", "滨江一号店"), "hz-002": ("西溪店导购群", "西溪花园店")}
_TODAY = dt.datetime.now(dt.UTC).date()
WEDNESDAY = _TODAY + dt.timedelta(days=(2 - _TODAY.weekday()) % 7 or 7)
"""The next Wednesday, so that everything the demo does lies in the future."""


def main() -> int:
    """Play the story and return 0 when it ended as it must."""
    shutil.rmtree(DEMO, ignore_errors=True)
    shutil.copytree(
        ROOT / "calendars" / "fresh-market", SHOP, ignore=shutil.ignore_patterns("state", "out", "secrets.toml")
    )
    keys = {name: str(uuid.uuid4()) for name in ROBOTS}
    write_secrets(keys)
    tell("1", "检查工作区", "check the workspace")
    run("check")
    tell("2", "看这一周的节目表", "the week's programme")
    run("show", "week", WEDNESDAY)
    with sandbox() as url:
        sent = play(url)
        seen = ask(url, "counts")
        tell("8", "真相日志：群成员实际看到的", "the truth log: what members saw")
        print(json.dumps(seen, ensure_ascii=False))
        packs, drawn = SHOP / "out", len(list(SHOP.glob("state/media/**/*.jpg")))
        print(f"\n给客户群的交接包 packs for customers' groups: {packs}")
        print(f"海报 posters: {SHOP / 'state' / 'media'} ({drawn})")
        code = verdict(sent, seen)
        if sys.stdin.isatty() and sys.stdout.isatty():
            input(f"群聊页面 chat page: {url}/  （看完按回车结束 press Enter when you have looked）")
    print(f"群聊页面 chat page: python3 dev.py shell calendarkit -C {SHOP} sandbox --folder {WORLD}")
    return code


def play(url: str) -> list[int]:
    """Run the ticks of the day; return how many messages the robots' groups had seen after each."""
    sent = [count(url)]

    def tick(clock: str, **environ: str) -> int:
        ask(url, "clock", {"at": epoch(clock)})
        code = run("publish", "--now", f"{WEDNESDAY}T{clock}", "--sandbox", url, environ=environ)
        sent.append(count(url))
        print(f"   → 机器人群新增 {sent[-1] - sent[-2]} 条 new messages in robot groups: {sent[-1] - sent[-2]}")
        return code

    tell("3", "11:59 的一次运行：没有到期的", "a tick at 11:59: nothing is due")
    tick("11:59:00")
    tell(
        "4",
        "12:00 午间特惠：两个导购群由机器人发，客户群写成交接包",
        "12:00: robots serve staff groups, packs serve customers",
    )
    tick("12:00:05")
    tell("5", "一分钟后再运行：什么都不再发", "a minute later: nothing is sent again")
    tick("12:01:05")
    tell("6", "20:00 周三秒杀：发到一半被杀掉，下一次运行接着发", "20:00: killed in the middle; the next tick recovers")
    code = tick("20:00:05", CALENDARKIT_FAULT="after-send:kill:3")
    print(f"   （被杀掉 killed: {code == -signal.SIGKILL}）")
    tick("20:01:30")
    run("status")
    tell("7", "看过群再定：发到了的记为已发，没发到的重发", "a person looks into the groups and says what is there")
    for key in unknown():
        there = is_there(url, key)
        run("ledger", "resolve", key, "--sent" if there else "--not-sent", "--by", "老王")
        if not there:
            run("ledger", "retry", key, "--by", "老王")
    tick("20:02:30")
    return sent


def unknown() -> list[str]:
    """Return the keys of deliveries nobody knows the end of."""
    command = [str(CALENDARKIT), "-C", str(SHOP), "ledger", "list", "--state", "unknown", "--json"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    return [row["key"] for row in json.loads(listed or "[]")]


def is_there(url: str, key: str) -> bool:
    """Look into the group, as a person would: is the evening's text, or its picture, there?"""
    group, kind = key.split("/")[3], "image" if key.endswith("/poster") else "text"
    evening = epoch("20:00:00") * 1000
    seen = ask(url, f"truth?group={group}")["seen"]
    return any(each["msgtype"] == kind and each["at_ms"] >= evening for each in seen)


def verdict(sent: list[int], seen: dict[str, object]) -> int:
    """Return 0 when the noon went out once, its repetition sent nothing, and no member saw anything twice."""
    copies = seen.get("copies", 0)
    good = sent[1] == 0 and sent[2] == 4 and sent[3] == sent[2] and sent[-1] == 8 and copies == 0
    print("\n" + ("✓ 一条不多，一条不少 nothing twice, nothing lost" if good else f"✗ {sent} {seen}"))
    return 0 if good else 1


def write_secrets(keys: dict[str, str]) -> None:
    """Give the shop its robots' keys, and the sandbox the same ones."""
    secrets = SHOP / "secrets.toml"
    secrets.touch(mode=0o600)
    secrets.write_text("[robot]\n" + "".join(f'{name} = "{key}"\n' for name, key in keys.items()), "utf-8")
    robots = [
        {
            "key": key,
            "group": f"{name}.staff",
            "title": ROBOTS[name][0],
            "store": ROBOTS[name][1],
            "name": "鲜果时光小助手",
        }
        for name, key in keys.items()
    ]
    (DEMO / "robots.json").write_text(json.dumps({"robot": robots}, ensure_ascii=False), "utf-8")


@contextmanager
def sandbox() -> Iterator[str]:
    """Run the sandbox as a user would, on a free port, and stop it at the end."""
    ready = DEMO / "sandbox.url"
    command = [CALENDARKIT, "-C", SHOP, "sandbox", "--port", "0", "--folder", WORLD, "--ready-file", ready]
    with subprocess.Popen(
        [*map(str, command), "--robots", str(DEMO / "robots.json")], stdout=subprocess.DEVNULL
    ) as process:
        try:
            for _ in range(200):
                if ready.is_file() and ready.read_text():
                    break
                time.sleep(0.05)
            yield ready.read_text().strip()
        finally:
            process.send_signal(signal.SIGINT)


def count(url: str) -> int:
    """Return how many messages members of the robots' groups have seen."""
    return int(ask(url, "counts")["messages"])


def ask(url: str, name: str, body: object = None) -> dict[str, Any]:
    """Ask the sandbox's control desk, or tell it something."""
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(f"{url}/_sandbox/{name}", data), timeout=5) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def epoch(clock: str) -> float:
    """Return the epoch seconds of a time of that Wednesday in Shanghai."""
    return dt.datetime.fromisoformat(f"{WEDNESDAY}T{clock}+08:00").timestamp()


def run(*args: object, environ: dict[str, str] | None = None) -> int:
    """Run calendarkit in the shop and return its exit code."""
    command = [str(part) for part in (CALENDARKIT, "-C", SHOP, *args)]
    print(f"$ calendarkit {' '.join(command[3:])}", flush=True)
    return subprocess.run(command, check=False, env={**os.environ, **(environ or {})}).returncode


def tell(number: str, zh: str, en: str) -> None:
    """Print a heading."""
    print(f"\n── {number}. {zh} · {en}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
