"""Moving the main calendar of a page: coming bookings go along, each in one calendar at a time."""

from datetime import timedelta

from oncetui.connector.bookings import actions
from oncetui.connector.bookings.moving_calendar import move_bookings_along
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.event_links import EventState
from oncetui.model.problem import ProblemError
from oncetui.model.problems.network import NO_ANSWER
from tests.connector.bookings.reception import Reception


def calendar_id(reception: Reception, name: str) -> str:
    return next(one.id for one in reception.store.busy.calendars() if one.name == name)


def move(reception: Reception) -> int:
    associated = AssociatedCalendars(calendar_id(reception, "Private"))
    reception.store.pages.associate(reception.page.id, associated)
    return move_bookings_along(reception.profile, reception.page.id, associated)


def test_the_event_is_written_to_the_new_main_calendar_and_removed_from_the_old_one() -> None:
    reception = Reception()
    own, private = calendar_id(reception, "Calendar"), calendar_id(reception, "Private")
    reception.store.pages.associate(reception.page.id, AssociatedCalendars(own))
    booking = reception.book()
    assert (len(reception.events("k-own")), len(reception.events("k-private"))) == (1, 0)
    assert move(reception) == 1
    reception.goes_on()
    assert (len(reception.events("k-own")), len(reception.events("k-private"))) == (0, 1)
    states = {link.calendar: link.state for link in reception.kept(booking).events}
    assert states == {private: EventState.WRITTEN, own: EventState.REMOVED}


def test_a_calendar_that_had_a_copy_holds_the_event_once() -> None:
    reception = Reception()
    booking = reception.book()
    assert move(reception) == 1
    reception.goes_on()
    assert (len(reception.events("k-own")), len(reception.events("k-private"))) == (0, 1)
    main = reception.kept(booking).main_event
    assert main is not None
    assert main.calendar == calendar_id(reception, "Private")


def test_what_exchange_cannot_be_told_now_waits_in_the_outbox() -> None:
    reception = Reception()
    booking = reception.book()
    reception.mailbox.trouble = ProblemError(NO_ANSWER.problem(host="mail.contoso.example"))
    move(reception)
    reception.goes_on()
    assert reception.kept(booking).in_outbox
    reception.mailbox.trouble = None
    reception.run_for(timedelta(minutes=3).total_seconds())
    assert not reception.kept(booking).in_outbox
    assert (len(reception.events("k-own")), len(reception.events("k-private"))) == (0, 1)


def test_canceling_after_the_move_leaves_nothing_anywhere() -> None:
    reception = Reception()
    booking = reception.book()
    move(reception)
    actions.cancel(reception.profile, booking.id, reception.cancellation)
    reception.goes_on()
    assert (reception.events("k-own"), reception.events("k-private")) == ([], [])
