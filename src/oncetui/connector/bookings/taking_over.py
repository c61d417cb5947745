"""Taking over what another installation booked, once a person agreed."""

import contextlib

from oncetui.connector.asking import NobodyAnsweredError, have_done
from oncetui.connector.connector import TAKE_OVER
from oncetui.model.bookings import Booking
from oncetui.model.cancellation import Cancellation
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.model.state import State


def take_over_foreign(profile: Profile, cancellation: Cancellation) -> tuple[Booking, ...]:
    """Have the coming bookings of other installations taken over, and return those that were.

    Raises `ProblemError` where the connection doesn't work.
    """
    asked_at = profile.clock.now()
    known = {booking.id for booking in profile.bookings.since(asked_at)}
    before = profile.connection.load()
    if before.may_sign_in and not before.asked_to_wait(asked_at):
        # Where nobody answers in time, what was taken over until then is told.
        with contextlib.suppress(NobodyAnsweredError):
            have_done(
                profile,
                TAKE_OVER,
                cancellation,
                settled=lambda: profile.connection.load().wobble is None,
            )
    after = profile.connection.load()
    if after.state is not State.CONNECTED and after.problem is not None:
        raise ProblemError(after.problem)
    # Whoever books here meanwhile takes a later time than all that was found.
    return tuple(
        booking
        for booking in profile.bookings.since(asked_at)
        if booking.id not in known and booking.taken_at is not None and booking.taken_at <= asked_at
    )
