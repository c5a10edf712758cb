"""Whether there is a workspace worth publishing: files that are there, not empty, and columns in them."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch

from calendarkit.calendar.documents import Kind, leaves
from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.locate import Path
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.workspace import Files
from calendarkit.model.text import Text

_FULL: tuple[Kind, ...] = ("calendar", "stores", "groups", "offers", "pool", "workspace")
_USUAL = Files()


def check_workspace(draft: Draft, _: Known) -> Iterator[Finding]:
    """Yield empty files, patterns that find nothing, and what a shop cannot do without."""
    found = list(_empty(draft))
    if draft.workspace is not None:
        found += _patterns(draft, draft.workspace.files)
    yield from found
    if draft.workspace is not None and not found:
        yield from _missing(draft)


def _empty(draft: Draft) -> Iterator[Finding]:
    for document in draft.documents.documents:
        if document.kind in _FULL and not document.is_sheet and not document.text.strip():
            yield Finding(
                code="CK003",
                document=document.path,
                line=1,
                message=Text("文件是空的，可能没有保存完", "the file is empty; it may not have been saved completely"),
                fix=Text("重新保存；不再需要就删掉这个文件", "save it again, or delete it when it is no longer needed"),
            )


def _patterns(draft: Draft, files: Files) -> Iterator[Finding]:
    """Yield the paths a team wrote itself that leave the workspace or find no file."""
    paths = [each.path for each in draft.documents.documents] + [path for path, _ in draft.documents.unread]
    origin = Origin(draft.workspace_path)
    for key in ("templates", "posters", "assets"):
        if leaves(getattr(files, key)):
            yield _outside(origin, getattr(files, key), ("files", key))
    for key in ("calendars", "stores", "groups", "offers", "pools", "policy", "events"):
        written: tuple[str, ...] = getattr(files, key)
        for index, pattern in enumerate(written):
            place: Path = ("files", key, index)
            if leaves(pattern):
                yield _outside(origin, pattern, place)
            elif pattern not in getattr(_USUAL, key) and not any(fnmatch(path, pattern) for path in paths):
                yield origin.finding(
                    "CK012",
                    Text(f"没有文件符合 {pattern}", f"no file matches {pattern}"),
                    Text("检查文件名和目录", "check the name and the folder"),
                    key=place,
                )


def _outside(origin: Origin, pattern: str, place: Path) -> Finding:
    return origin.finding(
        "CK016",
        Text(f"{pattern} 指向日历目录之外，没有读取", f"{pattern} leads out of the workspace and was not read"),
        Text("写日历目录里的相对路径", "write a path inside the workspace"),
        key=place,
    )


def _missing(draft: Draft) -> Iterator[Finding]:
    origin = Origin(draft.workspace_path)
    if not draft.columns and draft.is_whole("calendar"):
        yield origin.finding(
            "CK901",
            Text("还没有任何栏目，不会发送任何内容", "there are no columns yet; nothing will be sent"),
            Text(
                "在 calendars/ 里新建一个 .toml，写一个 [[column]]",
                "write a [[column]] into a .toml file below calendars/",
            ),
            key="name",
            severity="warning",
        )
        return
    if not draft.stores and draft.is_whole("stores"):
        yield origin.finding(
            "CK902",
            Text("没有任何门店，没有人会收到", "there are no stores; nobody will receive anything"),
            Text("新建 stores.csv，表头 id,name,city", "write stores.csv with the header id,name,city"),
            key="name",
            severity="error" if draft.groups else "warning",  # a renamed file must not empty every group
        )
    elif not draft.groups and draft.is_whole("groups") and any(each.noun.to == "groups" for each in draft.columns):
        yield origin.finding(
            "CK902",
            Text("没有任何社群，没有人会收到", "there are no groups; nobody will receive anything"),
            Text("新建 groups.csv，表头 id,store,title", "write groups.csv with the header id,store,title"),
            key="name",
            severity="warning",
        )
