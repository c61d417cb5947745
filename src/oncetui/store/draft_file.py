"""The answers of an unfinished wizard, in a JSON file."""

import json
from dataclasses import asdict, fields
from pathlib import Path

from oncetui.model.ports import DraftAnswers
from oncetui.store.whole_files import remove_file, replace_file


class DraftFile:
    """Keeps the answers of one profile's wizard; an unreadable draft is an empty one."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> DraftAnswers:
        """Return the answers, empty ones where there are none."""
        try:
            kept = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return DraftAnswers()
        if not isinstance(kept, dict):
            return DraftAnswers()
        names = (field.name for field in fields(DraftAnswers))
        return DraftAnswers(**{name: kept[name] for name in names if isinstance(kept.get(name), str)})

    def save(self, answers: DraftAnswers) -> None:
        """Replace the answers, whole or not at all."""
        replace_file(self._path, json.dumps(asdict(answers), indent=2).encode())

    def erase(self) -> None:
        """Forget the answers."""
        remove_file(self._path)
