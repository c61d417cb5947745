"""The texts for administrators: files of their own, for their owner's eyes."""

import itertools
from pathlib import Path

from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import DISK_FULL
from oncetui.store.home import ProfileFiles
from oncetui.store.whole_files import created, remove_file

_KEPT = 5


class ReportFiles:
    """The reports of one profile; `Reports` as files of mode 0600, the last few of them."""

    def __init__(self, files: ProfileFiles) -> None:
        self._files = files

    def save(self, text: str, path: Path | None = None) -> Path:
        """Write a text to a new file and return where; a path that exists is never overwritten.

        Raises `ProblemError` with `folder-not-writable` (diagnosis 90).
        """
        content = text.encode()
        if path is not None:
            wanted = path.absolute()
            if not created(wanted, content):
                raise ProblemError(DISK_FULL.problem(path=wanted, reason="it exists already"))
            return wanted
        for number in itertools.count(self._last() + 1):
            written = self._files.report(number)
            if created(written, content):
                remove_file(self._files.report(number - _KEPT))
                return written
        raise AssertionError("numbers don't end")

    def erase(self) -> None:
        """Remove the reports that stand beside the store."""
        for path in self._there():
            remove_file(path)

    def _last(self) -> int:
        numbers = (path.stem.rpartition("-")[2] for path in self._there())
        return max((int(number) for number in numbers if number.isdecimal()), default=0)

    def _there(self) -> list[Path]:
        return list(self._files.home.state.glob(f"{self._files.profile}.report-*.txt"))
