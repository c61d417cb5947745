"""Whatever happens to bookings, in any order: each has one event a calendar in the end, no time two."""

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import combinations, product

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from oncetui.connector.bookings import actions
from oncetui.connector.disconnecting import disconnect
from oncetui.model.booked_events import BookedEvent
from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.calendars import Window
from oncetui.model.event_links import EventState
from oncetui.model.problem import ProblemError
from oncetui.model.problems.network import CONNECTION_LOST
from oncetui.model.stamps import Mark, Stamp
from oncetui.model.state import State
from tests.connector.bookings.reception import HALF, Reception

KEYS = ("k-own", "k-private")
GONE = ProblemError(CONNECTION_LOST.problem(host="mail.contoso.example"))
times = st.integers(0, 3)
numbers = st.integers(0, 7)


class AnyOrder(RuleBasedStateMachine):
    """Customers, people in Outlook, another installation and a bad line at work on four times of one day.

    What people move in Outlook goes to times of its own, so that it meets no booking; all else contends.
    """

    def __init__(self) -> None:
        super().__init__()
        self.reception = Reception()
        self.promised: dict[str, datetime] = {}
        self.asked: dict[str, set[datetime]] = {}
        self.moves = 0

    @property
    def connected(self) -> bool:
        return self.reception.record.state is not State.DISCONNECTED

    @rule(time=times)
    def book(self, time: int) -> None:
        self.is_refused(self.start(time))

    @rule(number=numbers, time=times)
    def reschedule(self, number: int, time: int) -> None:
        def moved(booking: str) -> None:
            # A move that waits for the calendar may still be carried out, or stay where it was.
            self.asked.setdefault(booking, set()).add(self.start(time))
            kept = self.doing(actions.reschedule)(booking, self.start(time))
            self.asked.pop(booking)
            self.promised[booking] = kept.start

        self.with_one(number, moved)

    @rule(number=numbers)
    def cancel(self, number: int) -> None:
        self.with_one(number, self.ended)

    @rule(number=numbers)
    def follow(self, number: int) -> None:
        def settled(booking: str) -> None:
            kept = self.doing(actions.follow)(booking)
            self.promised[booking] = kept.start
            if not kept.status.stands:
                self.promised.pop(booking, None)

        self.with_one(number, settled)

    @rule(number=numbers)
    def restore(self, number: int) -> None:
        self.with_one(number, self.doing(actions.restore))

    @rule(number=numbers, key=st.sampled_from(KEYS))
    def move_in_outlook(self, number: int, key: str) -> None:
        for item in self.one_item(number, key):
            self.moves += 1
            away = self.start(0) + timedelta(days=10) + self.moves * HALF
            self.reception.mailbox.move_event(key, item, Window(away, away + HALF))

    @rule(number=numbers, key=st.sampled_from(KEYS))
    def delete_in_outlook(self, number: int, key: str) -> None:
        for item in self.one_item(number, key):
            self.reception.mailbox.remove_event(key, item)

    @rule(time=times)
    def enter_in_outlook(self, time: int) -> None:
        """Somebody enters an event, and takes it out again once it has been seen."""
        mailbox, start = self.reception.mailbox, self.start(time)
        if not any(window.start < start + HALF and window.end > start for window in self.held()):
            item = mailbox.add_event("k-own", Window(start, start + HALF))
            if not self.is_refused(start):
                assert not self.connected, "an event that was entered a second ago wins"
            mailbox.remove_event("k-own", item)

    @rule(time=times, earlier=st.booleans())
    def another_installation_books(self, time: int, earlier: bool) -> None:  # drawn by hypothesis
        now = self.reception.clock.now()
        taken = now + timedelta(seconds=-1 if earlier else 1)
        start = self.start(time)
        stamp = Stamp(Mark("elsewhere", "default", "b9"), 1, taken)
        theirs = BookedEvent(stamp, "Theirs", start, start + HALF)
        mailbox = self.reception.mailbox
        written: list[str] = []
        mailbox.after_next_write = lambda: written.append(mailbox.book("k-own", theirs))
        self.is_refused(start)
        mailbox.after_next_write = None
        for item in written:
            mailbox.remove_event("k-own", item)

    @rule(written=st.booleans())
    def cut_next_write(self, written: bool) -> None:  # drawn by hypothesis
        self.reception.mailbox.cut_next_write = written

    @rule(written=st.booleans())
    def cut_next_write_for_long(self, written: bool) -> None:  # drawn by hypothesis
        self.reception.cut_next_write(written=written)

    @rule()
    def server_goes(self) -> None:
        self.reception.mailbox.trouble = self.reception.opener.unreachable = GONE

    @rule()
    def server_is_back(self) -> None:
        self.reception.mailbox.trouble = self.reception.opener.unreachable = None

    @rule()
    def restart(self) -> None:
        self.reception.restarted()

    @rule(seconds=st.sampled_from([0, 3, 61]))
    def time_passes(self, seconds: int) -> None:
        self.reception.run_for(seconds)

    @precondition(lambda self: self.connected)
    @rule()
    def disconnect(self) -> None:
        disconnect(self.reception.profile)
        self.reception.step()

    @precondition(lambda self: not self.connected)
    @rule(adopted_first=st.booleans())
    def connect(self, adopted_first: bool) -> None:  # drawn by hypothesis
        self.server_is_back()
        self.reception.opener.problems.clear()
        self.reception.connected()
        self.reception.restarted()
        if adopted_first:
            self.reception.step()
        self.reception.associate()

    @rule()
    def quiet(self) -> None:
        """Let everything settle, then look at all of it."""
        self.reception.mailbox.cut_next_write = self.reception.mailbox.after_next_cut = None
        self.reception.opener.problems.clear()
        self.server_is_back()
        for _ in range(60):
            self.reception.clock.advance(4)
            self.reception.step()
        bookings = self.reception.store.bookings.since()
        assert self.reception.store.bookings.outbox() == () or not self.connected
        for booking in bookings:
            self.check_events(booking)

    @invariant()
    def no_booking_is_lost(self) -> None:
        kept = {booking.id: booking for booking in self.reception.store.bookings.since()}
        for booking, start in self.promised.items():
            assert kept[booking].status.stands
            allowed = {start} | self.asked.get(booking, set())
            assert allowed & {held.start for held in kept[booking].holds}

    @invariant()
    def no_time_is_held_twice(self) -> None:
        for one, other in combinations(self.reception.store.bookings.since(), 2):
            for mine, theirs in product(one.holds, other.holds):
                assert mine.end <= theirs.start or theirs.end <= mine.start, (one, other)

    def check_events(self, booking: Booking) -> None:
        for key in KEYS:
            events = self.events(key, booking)
            assert len(events) <= 1, (booking, events)
            if booking.status is BookingStatus.CANCELED and self.connected:
                assert events == [], booking
        keys = {calendar.id: calendar.key for calendar in self.reception.store.busy.calendars()}
        for link in booking.events:
            if booking.status.stands and link.state is EventState.WRITTEN:
                starts = [at for _, at in self.events(keys[link.calendar], booking)]
                assert starts == [booking.start], booking

    def is_refused(self, start: datetime) -> bool:
        """Try to book a time, and tell whether that is refused or has to wait."""
        try:
            booking = self.reception.book(start)
        except ProblemError:
            return True
        self.promised[booking.id] = start
        return False

    def events(self, key: str, booking: Booking) -> list[tuple[str, datetime]]:
        mailbox = self.reception.mailbox
        return [
            (block.item, block.start)
            for block in mailbox.events.get(key, {}).values()
            if block.item in mailbox.booked and mailbox.booked[block.item].stamp.mark.booking == booking.id
        ]

    def held(self) -> list[Window]:
        return [window for one in self.reception.store.bookings.since() for window in one.holds]

    def start(self, time: int) -> datetime:
        return self.reception.noon + time * HALF

    def one_item(self, number: int, key: str) -> list[str]:
        """Return one event of our bookings in a calendar, where it holds any."""
        mailbox = self.reception.mailbox
        ours = [item for item in mailbox.events.get(key, {}) if item in mailbox.booked]
        return [ours[number % len(ours)]] if ours else []

    def with_one(self, number: int, work: Callable[[str], object]) -> None:
        """Do something with one of the bookings that stand, where there is any; it may be refused."""
        standing = [one for one in self.reception.store.bookings.since() if one.status.stands]
        if standing:
            with contextlib.suppress(ProblemError):
                work(standing[number % len(standing)].id)

    def ended(self, booking: str) -> None:
        self.promised.pop(booking, None)
        self.doing(actions.cancel)(booking)

    def doing(self, action: Callable[..., Booking]) -> Callable[..., Booking]:
        return lambda *given: action(self.reception.profile, *given, self.reception.cancellation)

    def teardown(self) -> None:
        self.quiet()
        self.no_booking_is_lost()


def test_whatever_happens_each_booking_ends_with_one_event_a_calendar_and_no_time_is_held_twice() -> None:
    # Without the phase that explains a failure: it traces every line.
    chosen = settings(max_examples=60, stateful_step_count=25, phases=(Phase.generate, Phase.shrink))
    run_state_machine_as_test(AnyOrder, settings=chosen)
