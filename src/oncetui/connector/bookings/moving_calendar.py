"""Moving the events of coming bookings along with their page's main calendar."""

from datetime import timedelta

from oncetui.connector.connector import BOOKINGS
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.bookings import Booking, moved_along
from oncetui.model.profile import Profile

WITHIN_SECONDS = 60


def bookings_elsewhere(profile: Profile, page: str, associated: AssociatedCalendars) -> tuple[Booking, ...]:
    """Return the coming bookings of a page whose events would go along into its main calendar, by start."""
    main = associated.main
    if main is None:
        return ()
    coming = (one for one in profile.bookings.since(profile.clock.now()) if one.page == page)
    return tuple(one for one in coming if moved_along(one, main) != one)


def move_bookings_along(profile: Profile, page: str, associated: AssociatedCalendars) -> int:
    """Let the coming bookings of a page go into its new main calendar; return how many do.

    Each is journalled at once; the running connector writes the new events and removes the old ones, now or
    once Exchange can be reached. Raises `ProblemError` where the store can't be written.
    """
    main = associated.main
    if main is None:
        return 0
    moved = 0
    for booking in bookings_elsewhere(profile, page, associated):
        after = profile.bookings.change(booking.id, lambda known: moved_along(known, main))
        moved += after is not None and after.revision != booking.revision
    if moved:
        profile.commands.ask(BOOKINGS, profile.clock.now() + timedelta(seconds=WITHIN_SECONDS))
    return moved
