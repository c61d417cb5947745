"""Completes paths while they are typed; the right arrow takes what is suggested."""

import asyncio
from pathlib import Path

from textual.suggester import Suggester

_MOST_LOOKED_AT = 2000


class PathSuggester(Suggester):
    """Suggests the first file or folder that goes on as what was typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the whole path, None where nothing goes on so."""
        return await asyncio.to_thread(completed, value) if value.strip() else None


def completed(value: str) -> str | None:
    """Return what was typed with the rest of the one name that fits first, folders with a slash behind."""
    folder, slash, begun = value.rpartition("/")
    try:
        above = Path(folder + slash).expanduser() if slash else Path()
        names = (each for _, each in zip(range(_MOST_LOOKED_AT), above.iterdir(), strict=False))
        fitting = sorted(each for each in names if each.name.startswith(begun or each.name[:1].strip(".")))
        if not fitting:
            return None
        first = fitting[0]
        return f"{folder}{slash}{first.name}" + ("/" if first.is_dir() else "")
    except (OSError, RuntimeError):
        return None  # a folder that can't be read, or a home that nobody has, suggests nothing
