"""The lock that makes a connector the only one of its profile."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import DISK_FULL


class ConnectorLockFile:
    """A lock file that the system lets go of when the process that holds it ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def take(self) -> AbstractContextManager[None] | None:
        """Return the held lock, to be released on leaving the block; None where another holds it.

        Raises `ProblemError` where it can't be written.
        """
        from filelock import FileLock, Timeout  # noqa: PLC0415  # slow to import, and `status` has no use for it

        lock = FileLock(self._path, mode=0o600, timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return None
        except OSError as error:
            raise ProblemError(DISK_FULL.problem(path=self._path, reason=error.strerror)) from error
        return _Held(lock.release)


class _Held(AbstractContextManager[None]):
    def __init__(self, release: Callable[[], None]) -> None:
        self._release = release

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        self._release()
