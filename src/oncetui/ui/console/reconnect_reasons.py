"""Why a Reconnect is asked for, and what it leaves as it is."""

from oncetui.model.state import State
from oncetui.model.status import Status
from oncetui.ui.console.parts import Fact, Tone

_KEPT = Fact("Kept", "every setting, the booking pages and their bookings")


def why_reconnect(status: Status) -> tuple[Fact, ...]:
    """Return why one is asked, and that nothing is lost by trying."""
    problem = status.record.problem
    if status.record.wobble is not None:
        return (Fact("Now", "the last check failed, and is tried again by itself", Tone.WARNING), _KEPT)
    if status.record.state is State.CONNECTED or problem is None:
        working = "the connection works; it goes on as it is until the new sign-in has worked"
        return (Fact("Now", working), _KEPT)
    return (Fact("Now", problem.what, Tone.BAD), Fact("Why", problem.why), _KEPT)
