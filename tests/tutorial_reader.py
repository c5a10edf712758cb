"""A reader who does what a page of the tutorial says: writes its files, types its commands, compares the answers."""

from __future__ import annotations

import os
import pty
import re
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ
from typing import NamedTuple

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE_NAME = re.compile(r"`([\w./-]+\.\w+)`")
SHOWN_PORT = "http://127.0.0.1:8787"


class Block(NamedTuple):
    """One fenced block: its language, the paragraph before it, its text."""

    language: str
    lead: str
    text: str


class Reader:
    """Sits at a terminal in ``folder`` and follows a page; an answer that differs is an ``AssertionError``.

    The sandbox runs in a second terminal, on a free port that reads as the page's.
    """

    def __init__(self, folder: Path, language: str) -> None:
        self._here = folder
        self._code = 0
        self._sandbox: subprocess.Popen[str] | None = None
        self.url = SHOWN_PORT
        programs = f"{Path(sys.executable).parent}:/usr/bin:/bin"
        self._environ = {"PATH": programs, "LANG": language, "TERM": "dumb", "NO_COLOR": "1", "HOME": str(folder)}

    def follow(self, page: str) -> None:
        """Do everything the page says, in order."""
        for block in blocks(page):
            named = FILE_NAME.findall(block.lead)
            if block.language == "console":
                self._type(block.text)
            elif named:
                target = self._here / named[-1]
                target.parent.mkdir(exist_ok=True)
                target.write_text(block.text, "utf-8")

    def close(self) -> None:
        """Press Ctrl-C in the sandbox's terminal."""
        if self._sandbox is not None:
            self._sandbox.terminate()
            self._sandbox.communicate(timeout=20)

    def _type(self, text: str) -> None:
        typed = list(commands(text))
        for (command, shown), (after, _) in zip(typed, [*typed[1:], ("", "")], strict=True):
            answer = self._run(command).replace(self.url, SHOWN_PORT)
            assert matches(answer, shown), f"$ {command}\n{answer}\n--- the page says\n{shown}"
            assert self._code == 0 or after == "echo $?", f"$ {command}\n{answer}\nended with {self._code}"

    def _run(self, command: str) -> str:
        if command == "echo $?":
            code, self._code = self._code, 0
            return f"{code}\n"
        if command.startswith("cd "):
            self._here = (self._here / command.removeprefix("cd ")).resolve(strict=True)
            return ""
        if command.startswith("calendarkit sandbox"):
            return self._start_sandbox(command)
        self._code, answer = at_terminal(command.replace(SHOWN_PORT, self.url), self._here, self._environ)
        return answer

    def _start_sandbox(self, command: str) -> str:
        ready = self._here / "sandbox.url"
        typed = f"exec {command} --port 0 --ready-file {ready.name}"
        environ = self._environ | {"PYTHONUNBUFFERED": "1"}
        self._sandbox = subprocess.Popen(
            ["bash", "-c", typed], cwd=self._here, env=environ, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        while not ready.is_file() and self._sandbox.poll() is None:
            time.sleep(0.02)
        self.url = ready.read_text("utf-8")
        ready.unlink()
        assert self._sandbox.stdout is not None
        return "".join(self._sandbox.stdout.readline() for _ in range(4))


def blocks(page: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page, each with the paragraph before it."""
    for found in BLOCK.finditer(page):
        yield Block(found[1], page[: found.start()].rstrip().rpartition("\n\n")[2], found[2])


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Yield the commands of a console block, each with the answer shown below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command.strip(), shown


def matches(answer: str, shown: str) -> bool:
    """Tell whether an answer is what the page shows, where ``…`` stands for anything."""
    pattern = ".*".join(re.escape(_tidy(part)) for part in shown.strip().split("…"))
    return re.fullmatch(pattern.replace("\\\n.*\\\n", "\n.*"), _tidy(answer.strip()), re.DOTALL) is not None


def at_terminal(command: str, folder: Path, environ: Mapping[str, str]) -> tuple[int, str]:
    """Return the exit code of a command and what a person saw of it, in a terminal of 100 columns."""
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", 50, 100, 0, 0))
    running = subprocess.Popen(["bash", "-c", command], stdout=theirs, stderr=theirs, cwd=folder, env=dict(environ))
    os.close(theirs)
    written = b""
    try:
        while chunk := os.read(ours, 65536):
            written += chunk
    except OSError:  # Linux says EIO when the other side of a terminal is closed
        pass
    os.close(ours)
    return running.wait(60), written.decode()


def _tidy(text: str) -> str:
    """Return the text as one sees it: no carriage returns, no blanks at the ends of lines."""
    return re.sub(r"[ \t\r]+$", "", text.replace("\r\n", "\n"), flags=re.MULTILINE)
