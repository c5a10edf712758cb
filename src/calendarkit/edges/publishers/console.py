"""The publisher ``console``: prints on standard output what would be sent, for trying things out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from calendarkit.extend.lent import PluginContext
from calendarkit.extend.options import NoOptions
from calendarkit.extend.publishing import Envelope, KindLimit, Limits, Publisher, Traits
from calendarkit.model.message import Message
from calendarkit.model.receipt import Outcome, Receipt
from calendarkit.model.text import Language, Text


class _Console:
    """Prints messages one under another."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def send(self, envelopes: Sequence[Envelope], /) -> Iterable[Receipt]:
        """Print each message under its address."""
        return [_print(each) if _complete(each.message) else self._incomplete(each) for each in envelopes]

    def _incomplete(self, envelope: Envelope) -> Receipt:
        detail = Text("海报文件不见了，需要重新生成", "the poster's file is gone; it must be drawn again")
        return Receipt(key=envelope.key, outcome=Outcome.BAD_CONTENT, detail=detail.to(self.language))


def _connect(_options: NoOptions, context: PluginContext) -> _Console:
    return _Console(context.language)


def _complete(message: Message) -> bool:
    """Return whether a picture that is promised is there."""
    return message.kind != "image" or any(Path(each.path).is_file() for each in message.media)


def _print(envelope: Envelope) -> Receipt:
    target = envelope.target
    heading = f"── {envelope.column_title} → {target.title or target.id} · {target.store_title}  [{envelope.key}]"
    lines = [heading, *(f"   {line}" for line in _lines(envelope.message)), ""]
    try:
        _write("".join(f"{_printable(line)}\n" for line in lines))
    except OSError as error:
        return Receipt(key=envelope.key, outcome=Outcome.UNKNOWN, detail=f"standard output: {error.strerror}")
    return Receipt(key=envelope.key, outcome=Outcome.DELIVERED, proof="answer")


def _lines(message: Message) -> list[str]:
    if message.kind == "image":
        return [f"[{each.mime} {each.width}×{each.height} {each.size:,} B] {each.path}" for each in message.media]
    if message.kind == "link":
        return [f"[{message.title}] {message.url}", *message.text.splitlines()]
    names = [f"@{each.removeprefix('@')}" for each in message.mentions]
    return [*message.text.splitlines(), *([" ".join(names)] if names else [])]


def _printable(line: str) -> str:
    """Return a line that cannot steer the terminal."""
    return "".join(each if each.isprintable() or each.isspace() else "�" for each in line)


def _write(text: str) -> None:
    """Write all of it at once, with ``?`` for what the terminal's encoding does not have."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()


CONSOLE = Publisher(
    name="console",
    title="终端",
    limits=Limits(kinds={"text": KindLimit(), "markdown": KindLimit(), "image": KindLimit(), "link": KindLimit()}),
    traits=Traits(dedupe="none", batch=20, local=True),
    connect=_connect,
)
