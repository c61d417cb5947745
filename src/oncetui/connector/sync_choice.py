"""Choosing how changes become known, for a connection that stands."""

from dataclasses import replace
from datetime import timedelta

from oncetui.model.connection import ConnectionSettings, SyncMode
from oncetui.model.profile import Profile

SETTINGS_CHANGED = "settings"
LAPSES_AFTER = timedelta(seconds=10)


def choose_sync_mode(profile: Profile, mode: SyncMode) -> ConnectionSettings | None:
    """Save the choice, tell a running connector, and return the settings after it; None without a connection.

    Raises `ProblemError` where the settings can't be read or written.
    """
    kept = profile.settings.load()
    if kept is None:
        return None
    chosen = replace(kept, sync_mode=mode)
    profile.settings.save(chosen)
    # The file changes without the store; a running connector looks at it because it is asked to.
    profile.commands.ask(SETTINGS_CHANGED, profile.clock.now() + LAPSES_AFTER)
    return chosen
