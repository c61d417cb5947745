"""One sign-in at a time, over all threads and processes of a profile."""

import contextlib
from collections.abc import Iterator

from oncetui.model.cancellation import Cancellation
from oncetui.model.problem import ProblemError
from oncetui.model.problems.sign_in import SIGN_IN_UNDER_WAY
from oncetui.model.profile import Profile

WAIT_AT_MOST = 30.0
ASK_AGAIN_SECONDS = 0.1


@contextlib.contextmanager
def turn_to_sign_in(profile: Profile, cancellation: Cancellation) -> Iterator[None]:
    """Hold the profile's turn to send a secret; whoever comes later sees what came of it.

    Two sign-ins at once with a password that was just changed would be two refusals (`diagnosis` 39). Raises
    `ProblemError` where another holds the turn for 30 s, and `CancelledByUserError`.
    """
    until = profile.clock.monotonic() + WAIT_AT_MOST
    held = profile.guard.turn()
    while held is None:
        cancellation.raise_if_cancelled()
        if profile.clock.monotonic() >= until:
            raise ProblemError(SIGN_IN_UNDER_WAY.problem(seconds=round(WAIT_AT_MOST)))
        profile.clock.wait(cancellation.event, ASK_AGAIN_SECONDS)
        held = profile.guard.turn()
    with held:
        yield
