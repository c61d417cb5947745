"""Whether a folder is safe to keep a mailbox's data in (diagnosis 93)."""

import os
import re
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import DISK_FULL, HOME_REFUSED

NETWORK_FILE_SYSTEMS = frozenset({
    "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.ceph", "fuse.davfs2", "fuse.glusterfs",
    "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs",
    "nfs4", "ocfs2", "smb3", "smbfs",
})  # fmt: skip
OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
MOUNT_TABLE = Path("/proc/self/mountinfo")


def read_mount_table() -> str:
    """Return Linux's table of mounts, nothing on other systems."""
    try:
        return MOUNT_TABLE.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def secure_folder(folder: Path, *, mounts: str, user: int | None = None) -> None:
    """Create a folder for its owner alone, whatever the umask, or look at the one that is there.

    `mounts` is the text of Linux's mount table, `user` the number of the user who is to own the folder.
    Raises `ProblemError`: the folder isn't ours alone, or can't be made.
    """
    try:
        if not os.path.lexists(folder):
            _create(folder)
        found = folder.lstat()
    except OSError as error:
        raise ProblemError(DISK_FULL.problem(path=folder, reason=error.strerror)) from error
    _check_kind(folder, found)
    if os.name == "posix":
        _check_rights(folder, found, os.geteuid() if user is None else user)
    kind = _file_system_of(folder.resolve(), mounts)
    if kind in NETWORK_FILE_SYSTEMS:
        _refuse(
            folder,
            f"it lies on a network file system ({kind})",
            "Name a folder on this computer's own disk: --home DIR",
        )


def _create(folder: Path) -> None:
    # Two processes may be at it at once.
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)


def _check_kind(folder: Path, found: os.stat_result) -> None:
    if stat.S_ISLNK(found.st_mode):
        real = shlex.quote(str(folder.resolve()))
        _refuse(folder, "it is a symbolic link", f"Name the folder itself, such as --home {real}")
    if not stat.S_ISDIR(found.st_mode):
        _refuse(folder, "it is a file and no folder", "Name a folder: --home DIR")


def _check_rights(folder: Path, found: os.stat_result, user: int) -> None:
    path = shlex.quote(str(folder))
    if found.st_uid != user:
        _refuse(
            folder,
            f"it belongs to user number {found.st_uid}, and this is user number {user}",
            "Run oncetui as that user, or name a folder of your own: --home DIR",
        )
    if found.st_mode & OTHERS_MAY_WRITE:
        _refuse(folder, "others may write to it", f"chmod go-w {path}")


def _refuse(folder: Path, reason: str, command: str) -> NoReturn:
    raise ProblemError(HOME_REFUSED.problem(path=folder, reason=reason, command=command))


def _file_system_of(folder: Path, mounts: str) -> str | None:
    """Return the kind of file system that a folder lies on, None where the table doesn't tell."""
    at, kind = Path(), None
    for point, mounted in _mounts(mounts):
        # A later mount covers an earlier one at the same place.
        if folder.is_relative_to(point) and (kind is None or len(point.parts) >= len(at.parts)):
            at, kind = point, mounted
    return kind


def _mounts(table: str) -> Iterator[tuple[Path, str]]:
    # proc_pid_mountinfo(5): the fifth field is the mount point, the first after " - " the file system.
    for line in table.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if separator and len(fields) > 4 and after:
            yield Path(_unescaped(fields[4])), after.split(" ")[0]


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)
