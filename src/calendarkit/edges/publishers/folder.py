"""The publisher ``folder``: packs of what would be sent, with a tick list, for staff to forward by hand (交接包)."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from calendarkit.edges.publishers.file_names import id_name
from calendarkit.edges.publishers.pack_entry import entry_of
from calendarkit.extend.lent import PluginContext
from calendarkit.extend.options import Options
from calendarkit.extend.publishing import Channel, Envelope, KindLimit, Limits, Publisher, Traits
from calendarkit.model.receipt import Outcome, Receipt
from calendarkit.model.text import Text

_FORBIDDEN = (
    errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ELOOP, errno.ENAMETOOLONG,
)  # fmt: skip
"""What only a person can mend."""
_REASONS = {
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
    errno.EDQUOT: Text("磁盘配额已用完", "the disk quota is used up"),
    errno.EIO: Text("磁盘读写出错", "the disk reports an error"),
    errno.EROFS: Text("磁盘是只读的", "the disk is read-only"),
    errno.EACCES: Text("没有写入权限", "no permission to write"),
    errno.EPERM: Text("没有写入权限", "no permission to write"),
    errno.ENOTDIR: Text("路径中有一段是文件，不是文件夹", "a part of the path is a file, not a folder"),
    errno.EEXIST: Text("路径中有一段是文件，不是文件夹", "a part of the path is a file, not a folder"),
    errno.ENAMETOOLONG: Text("路径太长", "the path is too long"),
}


class FolderOptions(Options):
    """``[plugins.folder]``."""

    folder: str = "out"
    """Where packs are written; relative to the workspace."""
    layout: Literal["by-day", "by-store"] = "by-day"
    """``by-day``: the day first, then the store; ``by-store``: the store first, for one shared folder a shop."""


class _Folder:
    """Writes packs; several threads and processes may share them."""

    def __init__(self, options: FolderOptions, context: PluginContext) -> None:
        self.root = context.workspace / Path(options.folder).expanduser()
        self.shown = options.folder
        self.layout = options.layout
        self.language = context.language

    def send(self, envelopes: Sequence[Envelope], /) -> Iterable[Receipt]:
        """Write every message into the pack of its store and day; the same key always gives the same files."""
        packs: dict[Path, list[Envelope]] = {}
        for each in envelopes:
            packs.setdefault(self._place(each), []).append(each)
        return [receipt for place, inside in packs.items() for receipt in self._fill(place, inside)]

    def _place(self, envelope: Envelope) -> Path:
        """Return where the pack of the message lies below the root."""
        day = entry_of(envelope).day
        store = id_name(envelope.target.store, envelope.target.store_title)
        return Path(day, store) if self.layout == "by-day" else Path(store, day)

    def _fill(self, place: Path, envelopes: Sequence[Envelope]) -> list[Receipt]:
        """Write the messages of one pack and its lists; a failure concerns this pack only."""
        from calendarkit.edges.publishers.pack import NoPoster, opened

        receipts: list[Receipt] = []
        try:
            with opened(self.root / place, self.language) as pack:
                for each in envelopes:
                    try:
                        file = pack.put(each)
                    except NoPoster:
                        receipts.append(self._lost(each))
                    else:
                        handle = Path(self.shown, place, file).as_posix()
                        done = Receipt(key=each.key, outcome=Outcome.DELIVERED, handle=handle, proof="answer")
                        receipts.append(done)
                pack.finish(envelopes[0].target.store_title or envelopes[0].target.store)
        except OSError as error:
            return [self._refused(each, error) for each in envelopes]
        return receipts

    def _lost(self, envelope: Envelope) -> Receipt:
        detail = Text("海报文件不见了，需要重新生成", "the poster's file is gone; it must be drawn again")
        return Receipt(key=envelope.key, outcome=Outcome.BAD_CONTENT, detail=detail.to(self.language))

    def _refused(self, envelope: Envelope, error: OSError) -> Receipt:
        """Return what a failed write means: writing again is always safe, but not always of use."""
        number = error.errno or 0
        why = _REASONS.get(number, Text(error.strerror or "", error.strerror or ""))
        detail = Text(f"交接包写不进 {self.shown}：{why.zh}", f"cannot write packs into {self.shown}: {why.en}")
        outcome = Outcome.BAD_CONFIG if number in _FORBIDDEN else Outcome.RETRY_SHORT
        code = errno.errorcode.get(number, "")
        return Receipt(key=envelope.key, outcome=outcome, code=code, detail=detail.to(self.language))


def _connect(options: FolderOptions, context: PluginContext) -> Channel:
    return _Folder(options, context)


FOLDER = Publisher(
    name="folder",
    title="交接包",
    options=FolderOptions,
    limits=Limits(kinds={"text": KindLimit(), "image": KindLimit(), "link": KindLimit(), "markdown": KindLimit()}),
    traits=Traits(dedupe="upsert", batch=100, local=True),
    connect=_connect,
)
