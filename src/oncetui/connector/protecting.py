"""How the kept password is protected, as far as its place tells."""

from oncetui.model.connection import ConnectionSettings
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.model.status import Protection


def protection_of(profile: Profile, settings: ConnectionSettings) -> Protection | None:
    """Return how the place of the password protects it, None where the place doesn't answer now."""
    try:
        return profile.secret_places.place(settings.kept_in).protection
    except ProblemError:
        # What else is known can still be told; the connector reports a place that is gone.
        return None
