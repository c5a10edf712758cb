"""Markdown as a group robot's message looks on a phone: lines of runs that are bold, coloured, quoted or links.

The dialect is that of WeCom robots (WeCom doc path/99110, 2025-08-07): headings, bold, inline code, links, quotes and
three font colours. What is no markup stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

Colour = Literal["", "info", "comment", "warning"]
_COLOURS: Mapping[str, Colour] = {"info": "info", "comment": "comment", "warning": "warning"}
_RUNS = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<url>https?://[^)\s]+)\)"
    r"|<font color=[\"'](?P<colour>info|comment|warning)[\"']>(?P<inside>.*?)</font>"
    r"|<@(?P<who>[^>\s]{1,64})>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of words that looks the same.

    Attributes:
        colour: one of the robot's three: green ``info``, grey ``comment``, orange ``warning``.
        url: where a link leads, empty for no link.
    """

    text: str
    bold: bool = False
    code: bool = False
    colour: Colour = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One line of the message: a heading of level 1 to 6, a quote, or plain (level 0)."""

    runs: tuple[Run, ...]
    level: int = 0
    quoted: bool = False

    @property
    def text(self) -> str:
        """The words without any markup."""
        return "".join(run.text for run in self.runs)


def robot_markdown(text: str) -> tuple[Paragraph, ...]:
    """Return a message line by line.

    >>> [run.text for run in robot_markdown('**特惠** <font color="warning">9.9</font> 元')[0].runs]
    ['特惠', ' ', '9.9', ' 元']
    """
    return tuple(_paragraph(line) for line in text.splitlines() or [""])


def _paragraph(line: str) -> Paragraph:
    heading = re.match(r"(#{1,6}) +(.*)", line)
    if heading:
        return Paragraph(runs=_runs(heading[2], Run(text="", bold=True)), level=len(heading[1]))
    quote = re.match(r"> ?(.*)", line)
    return Paragraph(runs=_runs(quote[1] if quote else line, Run(text="")), quoted=quote is not None)


def _runs(text: str, style: Run) -> tuple[Run, ...]:
    """Cut a line into runs; a colour may hold other markup."""
    runs: list[Run] = []
    done = 0
    for match in _RUNS.finditer(text):
        runs += _plain(text[done : match.start()], style)
        done = match.end()
        if match["bold"]:
            runs += _runs(match["bold"], replace(style, bold=True))
        elif match["code"]:
            runs.append(replace(style, text=match["code"], code=True))
        elif match["label"]:
            runs.append(replace(style, text=match["label"], url=match["url"]))
        elif match["who"]:
            runs.append(replace(style, text=f"@{match['who']}", colour="info"))
        else:
            runs += _runs(match["inside"], replace(style, colour=_COLOURS[match["colour"]]))
    return (*runs, *_plain(text[done:], style))


def _plain(text: str, style: Run) -> list[Run]:
    return [replace(style, text=text)] if text else []
