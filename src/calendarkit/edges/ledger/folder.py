"""The state folder: private, on a local disk, with a little space in reserve."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from calendarkit.edges.ledger.failures import LedgerUnusable
from calendarkit.model.text import Text

WAKE = "wake"
BALLAST = "ballast"
BALLAST_BYTES = 4 * 1024 * 1024
"""Enough to record the results of some thousand sends when the disk is full."""
NETWORK = frozenset((
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "lustre",
    "beegfs", "ocfs2", "gfs2", "virtiofs", "davfs", "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs",
    "fuse.rclone", "fuse.davfs",
))  # fmt: skip
"""File systems on which SQLite's WAL is unsafe, because machines do not share memory (sqlite.org/wal.html)."""


def prepare_folder(folder: Path, file_system: Callable[[Path], str] | None = None) -> None:
    """Make ``folder`` (0700) and refuse it when it lies on a network file system.

    Args:
        folder: where the ledger lies or will lie.
        file_system: returns the name of the file system a path is on; by default from ``/proc/mounts``.

    Raises:
        LedgerUnusable: it is on a network file system, or cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if stat.S_IMODE(folder.stat().st_mode) & 0o077 and os.access(folder, os.W_OK):
            folder.chmod(0o700)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise LedgerUnusable(
            Text(f"无法建立状态文件夹 {folder}：{reason}", f"the state folder {folder} cannot be made: {reason}"),
            Text(
                "检查权限，或在 calendarkit.toml 里改 state",
                "check the permissions, or change state in calendarkit.toml",
            ),
        ) from problem
    kind = (file_system or mounted_as)(folder)
    if kind in NETWORK:
        raise LedgerUnusable(
            Text(
                f"{folder} 在网络文件系统（{kind}）上，台账在那里不可靠",
                f"{folder} is on a network file system ({kind})",
            ),
            Text(
                "把 state 放到本机磁盘；多台机器共用台账请用 PostgreSQL",
                "put state on a local disk; several machines share a ledger on PostgreSQL",
            ),
        )


def mounted_as(path: Path) -> str:
    """Return the type of the file system ``path`` is on as ``/proc/mounts`` names it, ``""`` when nobody says."""
    try:
        lines = Path("/proc/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    place, best, kind = path.resolve(), -1, ""
    for line in lines:
        fields = line.split(" ")
        point = Path(fields[1].replace("\\040", " "))
        if len(point.parts) >= best and place.is_relative_to(point):
            best, kind = len(point.parts), fields[2]
    return kind


def wake(folder: Path) -> None:
    """Remove the fast door's proof that nothing is open."""
    try:
        os.unlink(folder / WAKE)  # noqa: PTH108  # half the time of Path.unlink, and it runs in every transaction
    except FileNotFoundError:
        return


def load_ballast(folder: Path) -> bool:
    """Set some space aside for the day the disk is full; ``False`` when there is none to spare."""
    file = folder / BALLAST
    if file.exists():
        return True
    try:
        space = os.statvfs(folder)
        if space.f_bavail * space.f_frsize < 8 * BALLAST_BYTES:
            return False
        descriptor = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    except OSError:
        return False
    try:
        os.posix_fallocate(descriptor, 0, BALLAST_BYTES)
    except OSError:
        file.unlink(missing_ok=True)
        return False
    finally:
        os.close(descriptor)
    return True


def drop_ballast(folder: Path) -> bool:
    """Free the reserve; ``False`` when it was spent already."""
    try:
        (folder / BALLAST).unlink()
    except OSError:
        return False
    return True
