"""Taking over what another installation booked: the question, and what it means."""

from oncetui.connector.bookings.taking_over import take_over_foreign
from oncetui.model.cancellation import Cancellation
from oncetui.model.foreign_bookings import TAKING_OVER
from oncetui.model.profile import Profile
from oncetui.ui.console.activity.deeds import Deed
from oncetui.ui.console.activity.kept import KeptBookings
from oncetui.ui.console.consequences import listed
from oncetui.ui.console.parts import Fact, Tone
from oncetui.ui.console.sentences import counted

NONE_FOREIGN = "No calendar holds bookings of another installation, as of the last look."
NO_PAGE = "Bookings go with a page, and there is none; n on the console makes one."


def taking_over(kept: KeptBookings) -> Deed | str:
    """Return the deed that takes them over, or why there is nothing to take over."""
    holding = [calendar.name for calendar in kept.calendars.values() if calendar.foreign_bookings]
    if not holding:
        return NONE_FOREIGN
    if not kept.pages:
        return NO_PAGE
    *here, there = (Fact(name, means) for name, means in TAKING_OVER)
    return Deed(
        f"Take over the bookings of another installation in {listed(holding)}?",
        (*here, Fact(there.label, there.value, Tone.WARNING)),
        "Take them over",
        "Leave them there",
        "Taking over",
        _done,
    )


def _done(profile: Profile, cancellation: Cancellation) -> str:
    taken = take_over_foreign(profile, cancellation)
    if not taken:
        return "No booking of another installation was found any more."
    return f"{counted(len(taken), 'booking')} {'is' if len(taken) == 1 else 'are'} taken over."
