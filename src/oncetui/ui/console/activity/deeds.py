"""What can be done with a booking: the question, what each deed means, and the deed itself."""

from collections.abc import Callable
from dataclasses import dataclass

from oncetui.connector.bookings import actions
from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.cancellation import Cancellation
from oncetui.model.event_links import EventLink, EventState
from oncetui.model.profile import Profile
from oncetui.model.state import State
from oncetui.ui.console.activity.kept import KeptBookings
from oncetui.ui.console.consequences import listed
from oncetui.ui.console.parts import Fact, Tone

ENDED = "This booking no longer stands: there is nothing left to change."
NOTHING_TO_SETTLE = "Nothing is to be settled: the events are as the booking has them."
NOT_YET_CONFIRMED = "It still waits for the calendar; it can be canceled (c) or seen to once it is confirmed."


@dataclass(frozen=True)
class Deed:
    """A deed before it is confirmed; `done` does it, blocking, and returns the sentence that says so."""

    question: str
    means: tuple[Fact, ...]
    does: str
    keeps: str
    doing: str
    done: Callable[[Profile, Cancellation], str]


def canceling(booking: Booking, kept: KeptBookings) -> Deed | str:
    """Return the deed that cancels a booking, or why it can't be."""
    if not booking.status.stands:
        return ENDED
    holding = kept.holding(booking)
    removed = f"the event in {holding}" if holding else "nothing: no calendar holds an event of it"
    means = [Fact("Removed", removed), _who_is_told(booking, kept, "the cancellation")]
    if kept.state in (State.INTERRUPTED, State.FAILED_USER, State.FAILED_IT) and holding:
        means.append(Fact("When", "once Exchange can be reached again; until then it waits", Tone.WARNING))

    def told(after: Booking) -> str:
        waits = " Its events are removed once Exchange can be reached." if after.in_outbox else ""
        return f"{_named(after, kept)} is canceled.{waits}"

    return Deed(
        f"Cancel {_named(booking, kept)}?",
        (*means, Fact("Time", "can be booked again")),
        "Cancel the booking",
        "Keep it",
        "Canceling",
        lambda profile, until: told(actions.cancel(profile, booking.id, until)),
    )


def completing(booking: Booking, kept: KeptBookings) -> Deed | str:
    """Return the deed that says of a booking that it took place, or why it can't be."""
    return _closing(booking, kept, BookingStatus.COMPLETED, "Mark as completed", "took place")


def not_showing_up(booking: Booking, kept: KeptBookings) -> Deed | str:
    """Return the deed that says of a booking that nobody came, or why it can't be."""
    return _closing(booking, kept, BookingStatus.NO_SHOW, "Mark as no-show", "was missed by the customer")


def following_the_calendar(booking: Booking, kept: KeptBookings) -> Deed | str:
    """Return the deed that settles a booking as its event is now, or why there is nothing to settle."""
    if not booking.unsettled:
        return ENDED if not booking.status.stands else NOTHING_TO_SETTLE
    main = booking.main_event
    gone = main is not None and main.state is EventState.GONE
    moved = next((link for link in booking.events if link.seen_start is not None), None)
    if gone:
        becomes = Fact("Booking", "is canceled, since its event was deleted in the calendar", Tone.WARNING)
    elif moved is not None and moved.seen_start is not None:
        becomes = Fact("Booking", f"moves to {kept.time.day(moved.seen_start)}, as in the calendar")
    else:
        becomes = Fact("Booking", "stays where it is; the copy that was deleted stays away")
    others = [
        kept.calendar_name(link.calendar) for link in booking.events if link.state is EventState.WRITTEN
    ]
    means = [becomes]
    if others and (gone or moved is not None):
        means.append(Fact("Events", f"in {listed(others)} are {'removed' if gone else 'moved along'}"))

    def told(after: Booking) -> str:
        if not after.status.stands:
            return f"{_named(after, kept)} is canceled, as in the calendar."
        return f"{_named(after, kept)} is as in the calendar now."

    return Deed(
        f"Follow the calendar with {_named(booking, kept)}?",
        (*means, _who_is_told(booking, kept, "the change")),
        "Follow the calendar",
        "Leave it",
        "Following the calendar",
        lambda profile, until: told(actions.follow(profile, booking.id, until)),
    )


def restoring(booking: Booking, kept: KeptBookings) -> Deed | str:
    """Return the deed that puts a booking's events back, or why there is nothing to settle."""
    if not booking.unsettled:
        return ENDED if not booking.status.stands else NOTHING_TO_SETTLE

    def told(after: Booking) -> str:
        waits = ", once Exchange can be reached" if after.in_outbox else ""
        return f"{_named(after, kept)} stands; its events are back where they belong{waits}."

    return Deed(
        f"Restore {_named(booking, kept)}?",
        (
            Fact("Booking", f"stays at {kept.time.day(booking.start)}"),
            *(_put_back(link, booking, kept) for link in booking.unsettled),
            _who_is_told(booking, kept, "the change"),
        ),
        "Restore the booking",
        "Leave it",
        "Restoring",
        lambda profile, until: told(actions.restore(profile, booking.id, until)),
    )


def who_is_told(booking: Booking, kept: KeptBookings, what: str) -> str:
    """Return whom Exchange tells of something, or that it tells nobody."""
    if kept.invites(booking):
        return f"Exchange sends {booking.email} {what}"
    return f"nobody by the calendar: tell {booking.customer} yourself"


def _who_is_told(booking: Booking, kept: KeptBookings, what: str) -> Fact:
    return Fact("Told", who_is_told(booking, kept, what))


def _put_back(link: EventLink, booking: Booking, kept: KeptBookings) -> Fact:
    name = kept.calendar_name(link.calendar)
    if link.state is EventState.GONE:
        return Fact(name, "the deleted event is written again")
    return Fact(name, f"the event goes back to {kept.time.day(booking.start)}")


def _closing(
    booking: Booking, kept: KeptBookings, status: BookingStatus, does: str, happened: str
) -> Deed | str:
    if not booking.status.stands:
        return ENDED
    if booking.to_confirm:
        return NOT_YET_CONFIRMED
    means = [Fact("Booking", f"counts as {status}; it can't be moved or canceled any more")]
    holding = kept.holding(booking)
    if holding:
        means.append(Fact("Events", f"stay in {holding}"))
    if booking.start > kept.time.now:
        means.append(Fact("Time", "still lies ahead; its events go on making busy", Tone.WARNING))
    return Deed(
        f"{does}: {_named(booking, kept)}?",
        (*means, Fact("Told", "nobody")),
        does,
        "Leave it",
        "Noting it",
        lambda profile, _: f"{_named(actions.close(profile, booking.id, status), kept)} {happened}.",
    )


def _named(booking: Booking, kept: KeptBookings) -> str:
    return f"{booking.customer}, {kept.time.day(booking.start)}"
