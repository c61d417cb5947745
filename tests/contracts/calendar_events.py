"""What every `CalendarGateway` does with the events of bookings, the real ones and the fake."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from oncetui.model.booked_events import Attendee, BookedEvent, StampedEvent
from oncetui.model.calendars import FoundCalendar, Showing, Window
from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.problem import ProblemError
from oncetui.model.problems.events import EVENT_CHANGED, EVENT_GONE
from oncetui.model.problems.exchange import CALENDAR_READ_ONLY
from oncetui.model.stamps import ANY_STAMP, Mark, Stamp
from tests.contracts.calendar_gateway import DAY, EVENING, MORNING, MailboxUnderTest

_BOOKINGS = count(1)
WHOLE_DAY = Window(DAY, DAY + timedelta(days=1))


def booked(window: Window = MORNING, **chosen: object) -> BookedEvent:
    """Return the event of a booking of its own, so that contracts on one mailbox don't meet."""
    stamp = Stamp(Mark("here", "default", f"b{next(_BOOKINGS)}"), 1, DAY)
    event = BookedEvent(stamp, "Dana Reyes", window.start, window.end, body="By telephone")
    return replace(event, **chosen)  # type: ignore[arg-type]  # the fields of the dataclass


class CalendarEventsContract:
    """A subclass of pytest's gives `mailbox`, a fixture."""

    @staticmethod
    def default(mailbox: MailboxUnderTest) -> FoundCalendar:
        return mailbox.gateway.calendars()[0]

    def found(self, mailbox: MailboxUnderTest, event: BookedEvent) -> StampedEvent:
        (found,) = mailbox.gateway.stamped_events(self.default(mailbox), event.stamp.mark.prefix)
        return found

    @pytest.fixture(autouse=True)
    def _leave_nothing(self, mailbox: MailboxUnderTest) -> Iterator[None]:
        yield
        with contextlib.suppress(CancelledByUserError):
            for found in mailbox.gateway.stamped_events(self.default(mailbox), ANY_STAMP):
                mailbox.gateway.cancel_event(self.default(mailbox), found)

    def test_a_created_event_is_busy_and_found_by_its_stamp(self, mailbox: MailboxUnderTest) -> None:
        event = booked()
        key = mailbox.gateway.create_event(self.default(mailbox), event)
        (block,) = mailbox.gateway.busy_time(self.default(mailbox), WHOLE_DAY)
        assert (block.item, block.start, block.end) == (key, MORNING.start, MORNING.end)
        found = self.found(mailbox, event)
        assert (found.key, found.stamp, found.start, found.end) == (key, event.stamp, event.start, event.end)
        assert not found.invited

    def test_a_look_for_one_booking_finds_no_other(self, mailbox: MailboxUnderTest) -> None:
        first, second = booked(), booked(EVENING)
        for event in (first, second):
            mailbox.gateway.create_event(self.default(mailbox), event)
        mailbox.add_event(EVENING, Showing.BUSY, "Not of a booking")
        assert self.found(mailbox, second).stamp == second.stamp
        everything = mailbox.gateway.stamped_events(self.default(mailbox), ANY_STAMP)
        assert [one.stamp for one in everything] == [first.stamp, second.stamp]

    def test_past_events_are_left_out_on_request(self, mailbox: MailboxUnderTest) -> None:
        first, second = booked(), booked(EVENING)
        for event in (first, second):
            mailbox.gateway.create_event(self.default(mailbox), event)
        later = mailbox.gateway.stamped_events(self.default(mailbox), ANY_STAMP, EVENING.start)
        assert [one.stamp for one in later] == [second.stamp]

    def test_a_changed_event_has_its_new_time_and_stamp(self, mailbox: MailboxUnderTest) -> None:
        event = booked()
        mailbox.gateway.create_event(self.default(mailbox), event)
        moved = replace(
            event, start=EVENING.start, end=EVENING.end, stamp=replace(event.stamp, revision=2), subject="D."
        )
        mailbox.gateway.change_event(self.default(mailbox), self.found(mailbox, event), moved)
        found = self.found(mailbox, event)
        assert (found.start, found.end, found.stamp.revision) == (EVENING.start, EVENING.end, 2)
        (named,) = mailbox.gateway.named_events(self.default(mailbox), WHOLE_DAY)
        assert (named.subject, named.key) == ("D.", found.key)

    @pytest.mark.parametrize(
        "subject", ["<b>Dana</b> & 'Co' \"x\"", "]]> <!-- x --> &amp;", "Žofia 😀 李", "{customer} %s"]
    )
    def test_whatever_a_subject_holds_comes_back_as_it_was(
        self, mailbox: MailboxUnderTest, subject: str
    ) -> None:
        event = booked(subject=subject, body=f"{subject}\n\n{subject}", location=subject, category=subject)
        mailbox.gateway.create_event(self.default(mailbox), event)
        (named,) = mailbox.gateway.named_events(self.default(mailbox), WHOLE_DAY)
        assert named.subject == subject
        assert self.found(mailbox, event).stamp == event.stamp

    def test_what_was_changed_meanwhile_is_not_overwritten(self, mailbox: MailboxUnderTest) -> None:
        event = booked()
        key = mailbox.gateway.create_event(self.default(mailbox), event)
        found = self.found(mailbox, event)
        mailbox.move_event(key, EVENING)
        with pytest.raises(ProblemError) as raised:
            mailbox.gateway.change_event(self.default(mailbox), found, event)
        assert raised.value.problem.code == EVENT_CHANGED.code
        assert self.found(mailbox, event).start == EVENING.start

    def test_an_event_that_is_taken_over_has_another_stamp_and_is_else_as_it_was(
        self, mailbox: MailboxUnderTest
    ) -> None:
        event = booked(attendee=Attendee("Dana Reyes", "dana@customer.example"))
        mailbox.gateway.create_event(self.default(mailbox), event)
        before = self.found(mailbox, event)
        stamp = Stamp(Mark("there", "default", event.stamp.mark.booking), 1, DAY)

        mailbox.gateway.take_over_event(self.default(mailbox), before, stamp)

        assert mailbox.gateway.stamped_events(self.default(mailbox), event.stamp.mark.prefix) == ()
        (after,) = mailbox.gateway.stamped_events(self.default(mailbox), stamp.mark.prefix)
        assert replace(after, version="", stamp=event.stamp) == replace(before, version="")
        (named,) = mailbox.gateway.named_events(self.default(mailbox), WHOLE_DAY)
        assert named.subject == event.subject
        with pytest.raises(ProblemError) as raised:
            mailbox.gateway.take_over_event(self.default(mailbox), before, event.stamp)
        assert raised.value.problem.code == EVENT_CHANGED.code

    def test_an_event_that_is_gone_is_told_as_gone(self, mailbox: MailboxUnderTest) -> None:
        event = booked()
        mailbox.gateway.create_event(self.default(mailbox), event)
        found = self.found(mailbox, event)
        mailbox.gateway.cancel_event(self.default(mailbox), found)
        with pytest.raises(ProblemError) as raised:
            mailbox.gateway.change_event(self.default(mailbox), found, event)
        assert raised.value.problem.code == EVENT_GONE.code
        with pytest.raises(ProblemError) as raised:
            mailbox.gateway.cancel_event(self.default(mailbox), found)
        assert raised.value.problem.code == EVENT_GONE.code

    def test_a_cancelled_event_is_neither_busy_nor_found(self, mailbox: MailboxUnderTest) -> None:
        event = booked()
        mailbox.gateway.create_event(self.default(mailbox), event)
        mailbox.gateway.cancel_event(self.default(mailbox), self.found(mailbox, event))
        assert mailbox.gateway.busy_time(self.default(mailbox), WHOLE_DAY) == ()
        assert mailbox.gateway.stamped_events(self.default(mailbox), event.stamp.mark.prefix) == ()

    def test_an_invited_customer_is_known_from_the_event(self, mailbox: MailboxUnderTest) -> None:
        event = booked(attendee=Attendee("Dana Reyes", "dana@customer.example"))
        mailbox.gateway.create_event(self.default(mailbox), event)
        assert self.found(mailbox, event).invited

    def test_a_read_only_calendar_takes_no_event(self, mailbox: MailboxUnderTest) -> None:
        gateway, calendar = mailbox.read_only()
        with pytest.raises(ProblemError) as raised:
            gateway.create_event(calendar, booked())
        assert raised.value.problem.code == CALENDAR_READ_ONLY.code

    def test_named_events_tell_what_shows_as_free_all_day(self, mailbox: MailboxUnderTest) -> None:
        mailbox.add_event(WHOLE_DAY, Showing.FREE, "Fair")
        mailbox.add_event(MORNING, Showing.BUSY, "Meeting")
        named = mailbox.gateway.named_events(self.default(mailbox), WHOLE_DAY)
        assert [(one.subject, one.showing) for one in named] == [
            ("Fair", Showing.FREE),
            ("Meeting", Showing.BUSY),
        ]
