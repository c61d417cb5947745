"""What this package needs of files; the module `whole_files` of the store is one."""

from pathlib import Path
from typing import Protocol


class PrivateFiles(Protocol):
    """Files that are there whole or not at all, readable by their owner alone.

    What fails raises `ProblemError` with `folder-not-writable`.
    """

    def replace_file(self, path: Path, content: bytes) -> None:
        """Put the content in the place of what the file held."""
        ...

    def create_file(self, path: Path, content: bytes) -> None:
        """Create the file, and leave one that is already there as it is."""
        ...

    def remove_file(self, path: Path) -> None:
        """Remove the file; nothing happens where there is none."""
        ...
