"""Moving the events of coming bookings along with their page's main calendar."""

from datetime import timedelta

from oncetui.connector.connector import BOOKINGS
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.bookings import moved_along
from oncetui.model.profile import Profile

WITHIN_SECONDS = 60


def move_bookings_along(profile: Profile, page: str, associated: AssociatedCalendars) -> int:
    """Let the coming bookings of a page go into its new main calendar; return how many do.

    Each is journalled at once; the running connector writes the new events and removes the old ones, now or
    once Exchange can be reached. Raises `ProblemError` where the store can't be written.
    """
    main = associated.main
    if main is None:
        return 0
    now = profile.clock.now()
    coming = [one for one in profile.bookings.since(now) if one.page == page and one.status.stands]
    moved = 0
    for booking in coming:
        after = profile.bookings.change(booking.id, lambda known: moved_along(known, main))
        moved += after is not None and after.revision != booking.revision
    if moved:
        profile.commands.ask(BOOKINGS, now + timedelta(seconds=WITHIN_SECONDS))
    return moved
