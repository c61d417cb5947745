"""Taking a time: what a customer asks for is held in the store at once, before any calendar is asked."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from oncetui.connector.availability import Known, days_from
from oncetui.model.accepting import ClosedReason
from oncetui.model.availability.slots import is_full, local_date
from oncetui.model.availability.taken import held_for, taken_by
from oncetui.model.bookings import Booking, BookingStatus, Customer
from oncetui.model.calendars import Window
from oncetui.model.event_links import links_for
from oncetui.model.pages import BookingPage
from oncetui.model.problem import Cause, Problem, ProblemError, Who
from oncetui.model.problems.bookings import PAGE_CLOSED, TIME_NOT_BOOKABLE, TIME_TAKEN
from oncetui.model.profile import Profile
from oncetui.model.state import State

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_WHO = {"interrupted": Who.RETRY, "calendar-stale": Who.RETRY, "failed-it": Who.IT}
_UNCONNECTED = (State.NOT_CONNECTED, State.DISCONNECTED)


def new_booking_id() -> str:
    """Return an id for a booking, without signs that are taken for one another."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(8))


def take(profile: Profile, page: BookingPage, start: datetime, customer: Customer) -> Booking:
    """Hold a time for a customer and return the booking, requested or, without a connection, scheduled.

    Raises `ProblemError` where the page is closed, its rules don't allow the time, or somebody has it.
    """
    known = Known.of(profile)
    end = start + timedelta(minutes=page.duration_minutes)
    _raise_unless_bookable(known, page, start, None)
    booking = Booking(
        id=new_booking_id(),
        page=page.id,
        status=BookingStatus.REQUESTED,
        start=start,
        end=end,
        customer=customer.name,
        email=customer.email,
        taken_at=_taken_at(profile),
        events=()
        if page.associated.main is None
        else links_for(page.associated.main, page.associated.additional),
    )
    if known.record.state in _UNCONNECTED:
        booking = replace(booking, status=BookingStatus.SCHEDULED, events=())
    _hold(known, page, booking, Window(start, end))
    return booking


def take_another(profile: Profile, page: BookingPage, booking: Booking, start: datetime) -> Booking:
    """Hold another time for a booking and return it, to be confirmed; its own time stays held meanwhile.

    Raises `ProblemError` as `take` does.
    """
    known = Known.of(profile)
    _raise_unless_bookable(known, page, start, booking)
    wanted = Window(start, start + timedelta(minutes=page.duration_minutes))
    moving = replace(booking, moving_to=wanted, taken_at=_taken_at(profile), reason="")
    if known.record.state in _UNCONNECTED or not booking.events:
        moving = replace(
            booking,
            start=wanted.start,
            end=wanted.end,
            status=BookingStatus.RESCHEDULED,
            taken_at=_taken_at(profile),
        )
    _hold(known, page, moving, wanted)
    return moving


def page_closed(page: BookingPage, closed: ClosedReason) -> Problem:
    """Return the problem of a closed page; who must act is who has to open it."""
    problem = PAGE_CLOSED.problem(page=page.name, reason=closed.text, closed_reason=closed.code)
    return replace(problem, who=_WHO.get(closed.code, Who.USER))


def _raise_unless_bookable(known: Known, page: BookingPage, start: datetime, besides: Booking | None) -> None:
    closed = known.closed(page)
    if closed is not None:
        raise ProblemError(page_closed(page, closed))
    reason = known.explanation(page, start, besides=besides).reason
    if reason is not None:
        raise ProblemError(_refused(TIME_NOT_BOOKABLE, page, start, reason))


def _hold(known: Known, page: BookingPage, booking: Booking, wanted: Window) -> None:
    """Keep the booking unless another process was quicker."""
    day = local_date(page, wanted.start)
    near = days_from(day, 1).window(page)

    def fits(others: tuple[Booking, ...]) -> bool:
        taken = taken_by(page, (), held_for(page, known.pages, others))
        return not taken.held.meets(wanted.start, wanted.end) and not is_full(page, day, taken)

    if not known.profile.bookings.take(booking, near, fits):
        raise ProblemError(_refused(TIME_TAKEN, page, wanted.start, "Another booking has it."))


def refused_time(page: BookingPage, start: datetime, reason: str) -> ProblemError:
    """Return the problem of a time that the calendar turned out to have given away."""
    return ProblemError(_refused(TIME_TAKEN, page, start, reason))


def _refused(cause: Cause, page: BookingPage, start: datetime, reason: str) -> Problem:
    told = start.astimezone(ZoneInfo(page.time_zone)).strftime("%a %d %b %Y %H:%M")
    return cause.problem(page=page.name, page_id=page.id, start=told, reason=reason)


def _taken_at(profile: Profile) -> datetime:
    return profile.clock.now().astimezone(UTC)
