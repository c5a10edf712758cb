"""The noon peak: 5,000 stores with one robot each, planned, rendered, sent over loopback HTTP and recorded.

Success is read from the sandbox's truth log, not from our own counters. The floor is a bare client that posts the same
number of messages with as many threads and remembers nothing.
"""

from __future__ import annotations

import csv
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.request import Request, urlopen

from _goals import Goals

STORES = int(os.environ.get("PEAK_STORES", "5000"))
SENDERS = 32
CALENDARKIT = Path(sys.executable).with_name("calendarkit")
NOON = "2026-11-25T12:00:05"

WORKSPACE = f"""
name = "万店"
channels = ["wecom"]
[engine]
senders = {SENDERS}
[plugins.wecom]
[plugins.sandbox]
"""
COLUMN = """
[[column]]
id = "noon"
title = "午间特惠"
at = { noon = "12:00" }
late = "30m"
content = { text = "【午间特惠】{{ store.name }} 今天草莓 19.9 元，要的回“1”，留货到晚上八点。" }
"""


def main() -> int:
    """Run the peak twice, then the floor, and print the figures."""
    goals = Goals()
    with tempfile.TemporaryDirectory(prefix="calendarkit-peak-") as folder:
        root = Path(folder)
        keys = workspace(root)
        with running_sandbox(root) as url:
            publish(root, url, "2026-11-25T11:59:00")
            seconds, rss = publish(root, url, NOON)
            first = counts(url)
            again, _ = publish(root, url, "2026-11-25T12:01:05")
            second = counts(url)
            ask(url, "reset", {})
            bare = floor(url, keys)
    print(f"{STORES} deliveries: {STORES / seconds:,.0f}/s whole process, {seconds:.2f} s, {rss:.0f} MB")
    print(f"second run: {again:.2f} s")
    print(f"a bare client with {SENDERS} threads: {STORES / bare:,.0f}/s, {bare:.2f} s; ratio {seconds / bare:.2f}")
    goals.check("PK1 peak-lost", STORES - first["messages"], "<=", 0, unit="deliveries")
    goals.check("PK2 peak-copies", second["copies"], "<=", 0, unit="copies")
    goals.check("PK3 peak-second-run", second["messages"] - first["messages"], "<=", 0, unit="deliveries")
    goals.check("PK4 peak-memory", round(rss), "<=", 300, unit="MB")
    goals.check("PK5 peak-vs-bare", round(seconds / bare, 2), "<=", 4.0, unit="x")
    return goals.exit_code


def workspace(root: Path) -> list[str]:
    """Write a workspace of many stores with one staff group and one robot each; return the keys."""
    (root / "calendars").mkdir()
    (root / "calendarkit.toml").write_text(WORKSPACE, "utf-8")
    (root / "calendars" / "noon.toml").write_text(COLUMN, "utf-8")
    keys = [f"{n:08d}-0000-4000-8000-000000000000" for n in range(STORES)]
    with (root / "stores.csv").open("w", encoding="utf-8", newline="") as stores:
        csv.writer(stores).writerows([("id", "name"), *((f"s{n:05d}", f"第{n}店") for n in range(STORES))])
    with (root / "groups.csv").open("w", encoding="utf-8", newline="") as groups:
        rows = ((f"s{n:05d}.staff", f"s{n:05d}", "导购群", "staff", f"secret:robot/s{n:05d}") for n in range(STORES))
        csv.writer(groups).writerows([("id", "store", "title", "members", "wecom.key"), *rows])
    secrets = root / "secrets.toml"
    secrets.touch(mode=0o600)
    secrets.write_text("[robot]\n" + "".join(f's{n:05d} = "{key}"\n' for n, key in enumerate(keys)), "utf-8")
    return keys


class running_sandbox:  # noqa: N801  # reads as a verb in its with statement
    """The sandbox in a process of its own."""

    def __init__(self, root: Path) -> None:
        self.ready = root / "ready"
        command = [
            CALENDARKIT,
            "-C",
            root,
            "sandbox",
            "--port",
            "0",
            "--open",
            "--rate",
            "0",
            "--folder",
            root / "truth",
        ]
        self.process = subprocess.Popen(
            [*map(str, command), "--ready-file", str(self.ready)], stdout=subprocess.DEVNULL
        )

    def __enter__(self) -> str:
        for _ in range(400):
            if self.ready.is_file() and self.ready.read_text():
                return self.ready.read_text().strip()
            time.sleep(0.05)
        raise RuntimeError("the sandbox did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)


def publish(root: Path, url: str, now: str) -> tuple[float, float]:
    """Run one tick; return wall seconds and peak resident megabytes."""
    began = time.perf_counter()
    command = [str(CALENDARKIT), "-C", str(root), "publish", "--now", now, "--sandbox", url]
    process = subprocess.Popen(command)
    _, _, usage = os.wait4(process.pid, 0)
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def floor(url: str, keys: list[str]) -> float:
    """Post the same number of messages with a bare client; return wall seconds."""
    host = url.removeprefix("http://")
    todo = iter(keys)
    lock = threading.Lock()

    def work() -> None:
        connection = http.client.HTTPConnection(host, timeout=30)
        while True:
            with lock:
                key = next(todo, None)
            if key is None:
                connection.close()
                return
            body = json.dumps({"msgtype": "text", "text": {"content": f"{key} 午间特惠"}})
            connection.request("POST", f"/cgi-bin/webhook/send?key={key}", body.encode())
            connection.getresponse().read()

    threads = [threading.Thread(target=work) for _ in range(SENDERS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def counts(url: str) -> dict[str, int]:
    """Return what members saw."""
    found: dict[str, int] = ask(url, "counts")
    return found


def ask(url: str, name: str, body: object = None) -> dict[str, int]:
    """Ask the sandbox's control desk."""
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(f"{url}/_sandbox/{name}", data), timeout=60) as answer:
        found: dict[str, int] = json.load(answer)
        return found


if __name__ == "__main__":
    sys.exit(main())
