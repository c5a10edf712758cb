"""A pack (交接包): the folder of one store's day, with the files to forward and what is known of them."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from calendarkit.edges.publishers.file_names import file_name, id_name
from calendarkit.edges.publishers.pack_entry import PARTS, Entry, entry_of
from calendarkit.edges.publishers.tick_list import link_page, list_files
from calendarkit.errors import CalendarkitError
from calendarkit.extend.publishing import Envelope
from calendarkit.model.message import Message

RECORD, LOCK, UNFINISHED = ".pack.json", ".pack.lock", ".pack.new"
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png"}


class NoPoster(CalendarkitError):
    """The message has no poster, or its file is gone; it must be drawn again."""


class Pack:
    """An open pack; use it inside :func:`opened` only."""

    def __init__(self, folder: Path, language: str) -> None:
        """Read what ``folder`` already holds; an unreadable record counts as empty."""
        self.folder = folder
        self.language = language
        self.entries = _load(folder / RECORD)

    def put(self, envelope: Envelope) -> str:
        """Write one message's file and return its path below the pack; the same key replaces its own file only.

        Raises:
            NoPoster: the poster's file is gone.
            OSError: the pack cannot be written.
        """
        entry = entry_of(envelope)
        data = _bytes_of(envelope.message, self.language)
        file = self._free(entry, _ending(envelope.message))
        self._write(file, data)
        before = self.entries.get(entry.key)
        for stale in set(before.files if before else ()) - {file}:
            (self.folder / stale).unlink(missing_ok=True)
        self.entries[entry.key] = replace(entry, files=(file,), digest=hashlib.sha256(data).hexdigest())
        return file

    def finish(self, store: str) -> None:
        """Write the lists and then the record of everything the pack holds; nothing for an empty pack."""
        if not self.entries:
            return
        entries = sorted(self.entries.values(), key=lambda each: each.order)
        for name, data in list_files(entries, store=store, language=self.language).items():
            self._write(name, data)
        record = json.dumps([asdict(each) for each in entries], ensure_ascii=False, indent=0)
        self._write(RECORD, record.encode())

    def _free(self, entry: Entry, ending: str) -> str:
        """Return the file's path below the pack; another delivery's file is never overwritten."""
        number, chinese, english = PARTS[entry.part]
        label = chinese if self.language == "zh" else f" {english}"
        stem = f"{entry.time.replace(':', '')} {file_name(entry.column)}"
        taken = {file for key, each in self.entries.items() if key != entry.key for file in each.files}
        folder = id_name(entry.group, entry.group_title)
        slot = "-".join(entry.key.split("/")[:3])
        for middle in ("", f" ({file_name(slot)})", f" ({id_name(entry.key)})"):
            path = f"{folder}/{stem}{middle} {number}{label}{ending}"
            if path not in taken:
                break
        return path

    def _write(self, file: str, data: bytes) -> None:
        """Write beside the final place and move it there; whoever looks sees the old file or the new one."""
        unfinished, final = self.folder / UNFINISHED, self.folder / file
        final.parent.mkdir(parents=True, exist_ok=True)
        try:
            with unfinished.open("wb") as new:
                new.write(data)
                new.flush()
                os.fsync(new.fileno())
            unfinished.replace(final)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise


@contextmanager
def opened(folder: Path, language: str) -> Iterator[Pack]:
    """Open the pack in ``folder`` for one writer at a time, over threads and processes."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Pack(folder, language)


def _load(record: Path) -> dict[str, Entry]:
    try:
        rows: list[dict[str, Any]] = json.loads(record.read_bytes())
        listed = [Entry(**{**row, "files": tuple(row["files"]), "mentions": tuple(row["mentions"])}) for row in rows]
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return {}
    return {each.key: each for each in listed}


def _bytes_of(message: Message, language: str) -> bytes:
    if message.kind == "image":
        try:
            return Path(message.media[0].path).read_bytes()
        except (FileNotFoundError, IndexError) as error:
            raise NoPoster from error
    if message.kind == "link":
        return link_page(title=message.title, text=message.text, url=message.url, language=language)
    return f"{message.text}\n".encode()


def _ending(message: Message) -> str:
    if message.kind == "image":
        return _ENDINGS.get(message.media[0].mime, ".bin")
    return {"link": ".html", "markdown": ".md"}.get(message.kind, ".txt")
