"""Files that are there whole or not at all, readable by their owner alone."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import DISK_FULL


def replace_file(path: Path, content: bytes) -> None:
    """Put the content in the place of what the file held; a crash leaves the one or the other.

    Raises `ProblemError` with `folder-not-writable` (diagnosis 90); the old content then stands.
    """
    with _written_beside(path, content) as temporary:
        temporary.replace(path)


def create_file(path: Path, content: bytes) -> None:
    """Create the file whole, and leave one that is already there as it is.

    Raises `ProblemError` with `folder-not-writable` (diagnosis 90).
    """
    created(path, content)


def created(path: Path, content: bytes) -> bool:
    """Create the file whole, and tell whether it is new: one that is already there is left as it is.

    Raises `ProblemError` with `folder-not-writable` (diagnosis 90).
    """
    with _written_beside(path, content) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
    return True


def remove_file(path: Path) -> None:
    """Remove the file; nothing happens where there is none.

    Raises `ProblemError` with `folder-not-writable` (diagnosis 90).
    """
    with _telling_of(path):
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _written_beside(path: Path, content: bytes) -> Iterator[Path]:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    with _telling_of(path):
        try:
            _write(temporary, content)
            yield temporary
            _flush_names_of(path.parent)
        finally:
            temporary.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_names_of(folder: Path) -> None:
    # Windows opens no folders; there the new name is on disk when the system says so.
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _telling_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ProblemError(DISK_FULL.problem(path=path, reason=reason)) from error
