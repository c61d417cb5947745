"""What a person or a program does with bookings: each is held in the store first, then done in Exchange."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from oncetui.connector.asking import NobodyAnsweredError, have_done
from oncetui.connector.availability import Known
from oncetui.connector.bookings.taking import page_closed, refused_time, take, take_another
from oncetui.connector.connector import BOOKINGS
from oncetui.connector.refreshing import refresh
from oncetui.model.accepting import closed_reason
from oncetui.model.bookings import Booking, BookingStatus, Customer, canceled, denied, followed, restored
from oncetui.model.cancellation import Cancellation
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.model.problems.bookings import BOOKING_ENDED, NO_SUCH_BOOKING, NOT_YET_CONFIRMED
from oncetui.model.problems.local import STORE_BUSY
from oncetui.model.profile import Profile
from oncetui.model.state import State

WITHIN = timedelta(seconds=60)


def book(
    profile: Profile, page: BookingPage, start: datetime, customer: Customer, cancellation: Cancellation
) -> Booking:
    """Book a time and return the booking as the calendar confirmed it.

    Raises `ProblemError`: where it can't be booked, where the calendar refused it in the last moment, and
    with `booking-waits` where the calendar could not be asked, the time being held until it can.
    """
    _read_stale_calendars(profile, page, cancellation)
    taken = take(profile, page, start, customer)
    return _confirmed(profile, page, taken, start, cancellation)


def reschedule(profile: Profile, booking: str, start: datetime, cancellation: Cancellation) -> Booking:
    """Move a booking that stands to another time on its page, and return it once the calendar has it.

    Raises `ProblemError` as `book` does; the booking then stays where it was.
    """
    known = standing(profile, booking)
    page = page_of(profile, known)
    _read_stale_calendars(profile, page, cancellation)
    moving = take_another(profile, page, known, start)
    return _confirmed(profile, page, moving, start, cancellation)


def cancel(profile: Profile, booking: str, cancellation: Cancellation) -> Booking:
    """Cancel a booking that stands; its events are removed now, or once Exchange can be reached again.

    Raises `ProblemError` where there is none that stands.
    """
    standing(profile, booking)
    return _changed(profile, booking, canceled, cancellation)


def follow(profile: Profile, booking: str, cancellation: Cancellation) -> Booking:
    """Let a booking become what somebody made of its event in the calendar."""
    standing(profile, booking)
    return _changed(profile, booking, lambda known: followed(known, profile.clock.now()), cancellation)


def restore(profile: Profile, booking: str, cancellation: Cancellation) -> Booking:
    """Put the events of a booking back to where they belong."""
    standing(profile, booking)
    return _changed(profile, booking, restored, cancellation)


def close(profile: Profile, booking: str, status: BookingStatus) -> Booking:
    """Say of a booking that it took place, or that nobody came; its events stay."""
    standing(profile, booking)
    changed = profile.bookings.change(booking, lambda known: replace(known, status=status, moving_to=None))
    return _there(changed, booking)


def standing(profile: Profile, booking: str) -> Booking:
    """Return a booking that stands; raise `ProblemError` where there is none of this id."""
    known = _there(profile.bookings.booking(booking), booking)
    if not known.status.stands:
        problem = BOOKING_ENDED.problem(booking=booking, status=str(known.status), page_id=known.page)
        raise ProblemError(problem)
    return known


def page_of(profile: Profile, booking: Booking) -> BookingPage:
    """Return the page of a booking, which has to be there for a move; raises `ProblemError`."""
    for page in profile.pages.pages():
        if page.id == booking.page:
            return page
    raise ProblemError(
        BOOKING_ENDED.problem(booking=booking.id, status="on a deleted page", page_id=booking.page)
    )


def _confirmed(
    profile: Profile, page: BookingPage, booking: Booking, start: datetime, cancellation: Cancellation
) -> Booking:
    try:
        if booking.in_outbox:
            have_worked_off(profile, cancellation)
        known = _withdrawn_where_closed(
            profile, page, _there(profile.bookings.booking(booking.id), booking.id)
        )
    except ProblemError as error:
        if error.problem.code == STORE_BUSY.code:
            # The time is held already: whoever runs the connector goes on with it.
            raise ProblemError(NOT_YET_CONFIRMED.problem(booking=booking.id)) from error
        raise
    if known.to_confirm:
        raise ProblemError(NOT_YET_CONFIRMED.problem(booking=booking.id))
    if known.start != start or not known.status.stands:
        raise refused_time(page, start, known.reason)
    return known


def _withdrawn_where_closed(profile: Profile, page: BookingPage, booking: Booking) -> Booking:
    """Return a booking that may still wait for the calendar; what closed the page meanwhile refuses it.

    Where its event may have been written already it waits: nobody knows yet what came of that.
    """
    closed = Known.of(profile).closed(page) if booking.to_confirm else None
    if closed is None:
        return booking

    def withdrawn(known: Booking) -> Booking:
        return denied(known, closed.text) if known.to_confirm and not known.write_begun else known

    after = _there(profile.bookings.change(booking.id, withdrawn), booking.id)
    if not after.to_confirm and after.reason == closed.text:
        raise ProblemError(page_closed(page, closed))
    return after


def _changed(
    profile: Profile, booking: str, change: Callable[[Booking], Booking], cancellation: Cancellation
) -> Booking:
    changed = _there(profile.bookings.change(booking, change), booking)
    if changed.in_outbox:
        have_worked_off(profile, cancellation)
    return _there(profile.bookings.booking(booking), booking)


def have_worked_off(profile: Profile, cancellation: Cancellation) -> None:
    """Have the outbox worked off where that is possible now; what is left is seen by whoever looks.

    A first fault is waited out until it is decided, as the connector tries again within seconds.
    """
    record = profile.connection.load()
    if not record.may_sign_in or record.asked_to_wait(profile.clock.now()):
        return
    try:
        have_done(
            profile,
            BOOKINGS,
            cancellation,
            WITHIN,
            settled=lambda: profile.connection.load().wobble is None,
        )
    except NobodyAnsweredError:
        return


def _read_stale_calendars(profile: Profile, page: BookingPage, cancellation: Cancellation) -> None:
    """Read the calendars first where the page is closed for nothing but that nobody has read them lately."""
    record = profile.connection.load()
    calendars = {calendar.id: calendar for calendar in profile.busy.calendars()}
    closed = closed_reason(page, record, calendars, profile.clock.now())
    if record.state is State.CONNECTED and closed is not None and closed.code == "calendar-stale":
        try:
            refresh(profile, cancellation)
        except NobodyAnsweredError:
            return


def _there(booking: Booking | None, named: str) -> Booking:
    if booking is None:
        raise ProblemError(NO_SUCH_BOOKING.problem(booking=named))
    return booking
