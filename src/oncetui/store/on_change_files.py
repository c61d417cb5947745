"""The command that is run on changes, in the settings file, and what it told, beside the store."""

import json
import tomllib
from typing import Any

from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import SETTINGS_UNREADABLE
from oncetui.store.home import ProfileFiles
from oncetui.store.whole_files import remove_file, replace_file

TABLE = "on_change"
KEY = "command"


class OnChangeFiles:
    """Keeps the command in the table `[on_change]`, and codes of what was told in a file of its own.

    A file of what was told that can't be read is an empty one. Raises `ProblemError` with
    `settings-unreadable` (diagnosis 91) or `folder-not-writable` (diagnosis 90).
    """

    def __init__(self, files: ProfileFiles) -> None:
        self._settings = files.settings
        self._told = files.told

    def command(self) -> tuple[str, ...]:
        """Return the argument list, an empty one where nothing is to be run."""
        try:
            table: Any = tomllib.loads(self._settings.read_text(encoding="utf-8")).get(TABLE, {})
        except FileNotFoundError:
            return ()
        except (OSError, ValueError) as error:
            raise self._unreadable(str(error)) from error
        words = table.get(KEY, []) if isinstance(table, dict) else None
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise self._unreadable('command under [on_change] is no list of texts, as in ["mail-us"]')
        return tuple(words)

    def keep_command(self, command: tuple[str, ...]) -> None:
        """Replace the command, an empty one takes it away; whatever else stands in the settings stays."""
        import tomlkit  # noqa: PLC0415  # reading does without it

        self.command()  # what can't be read is told rather than replaced
        text = self._settings.read_text(encoding="utf-8") if self._settings.exists() else ""
        document = tomlkit.parse(text)
        document.pop(TABLE, None)
        if command:
            document[TABLE] = {KEY: list(command)}
        rest = tomlkit.dumps(document)
        if rest.strip():
            replace_file(self._settings, rest.encode())
        else:
            remove_file(self._settings)
        self._note(frozenset(), None)

    def told(self) -> frozenset[str]:
        """Return the names of what was told and stands."""
        names = self._kept().get("told", [])
        return frozenset(str(name) for name in names) if isinstance(names, list) else frozenset()

    def note_told(self, names: frozenset[str]) -> None:
        """Note what was told."""
        self._note(names, self.failure())

    def failure(self) -> str | None:
        """Return why the command failed when it was last run, None where it didn't."""
        failure = self._kept().get("failure")
        return failure if isinstance(failure, str) else None

    def note_failure(self, failure: str | None) -> None:
        """Note how the command ended."""
        self._note(self.told(), failure)

    def _kept(self) -> dict[str, Any]:
        try:
            kept = json.loads(self._told.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _note(self, told: frozenset[str], failure: str | None) -> None:
        if not told and failure is None:
            remove_file(self._told)
        else:
            replace_file(self._told, json.dumps({"told": sorted(told), "failure": failure}).encode())

    def _unreadable(self, reason: str) -> ProblemError:
        return ProblemError(SETTINGS_UNREADABLE.problem(path=self._settings, reason=reason))
