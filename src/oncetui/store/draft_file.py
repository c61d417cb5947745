"""The answers of an unfinished wizard, in a JSON file."""

import json
from pathlib import Path
from typing import Any

from oncetui.model.connection import STRAIGHT, NetworkRoute, kept_route
from oncetui.model.ports import DraftAnswers
from oncetui.store.settings_text import UnreadableSettingError, way_in, written_way
from oncetui.store.whole_files import remove_file, replace_file

_TEXTS = ("email", "ews_url", "username", "keep_in")


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
        texts = {name: kept[name] for name in _TEXTS if isinstance(kept.get(name), str)}
        return DraftAnswers(**texts, route=_way_in(kept))

    def save(self, answers: DraftAnswers) -> None:
        """Replace the answers, whole or not at all."""
        texts = {name: getattr(answers, name) for name in _TEXTS}
        way = {name: value for name, value in written_way(kept_route(answers.route)).items() if value}
        replace_file(self._path, json.dumps(texts | way, indent=2).encode())

    def erase(self) -> None:
        """Forget the answers."""
        remove_file(self._path)


def _way_in(kept: dict[str, Any]) -> NetworkRoute:
    try:
        return way_in(kept)
    except UnreadableSettingError:
        return STRAIGHT
