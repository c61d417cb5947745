"""What every `CalendarGateway` does, the real ones and the fake; a subclass gives it a mailbox."""

import contextlib
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from queue import Queue

import pytest

from oncetui.model.calendars import FoundCalendar, Showing, Window
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.ports import CalendarGateway

PATIENCE = 10.0
DAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=100)
HORIZON = Window(DAY - timedelta(days=7), DAY + timedelta(days=400))
MORNING = Window(DAY + timedelta(hours=9), DAY + timedelta(hours=10))
EVENING = Window(DAY + timedelta(hours=18), DAY + timedelta(hours=20))


class MailboxUnderTest(ABC):
    """A mailbox with a default calendar that is empty around `DAY`, and a gateway to it."""

    gateway: CalendarGateway

    @abstractmethod
    def add_event(self, window: Window, showing: Showing, subject: str) -> str:
        """Put an event into the default calendar, from outside, and return its id."""

    @abstractmethod
    def remove_event(self, event: str) -> None:
        """Take it out again."""

    @abstractmethod
    def move_event(self, event: str, window: Window) -> None:
        """Move it to another time."""

    @abstractmethod
    def end_password(self, moment: datetime | None) -> None:
        """Let the password that signed in run out at that moment, never for None."""

    @abstractmethod
    def read_only(self) -> tuple[CalendarGateway, FoundCalendar]:
        """Return a calendar that can't be written to, and a gateway that knows it."""


class CalendarGatewayContract:
    """A subclass of pytest's gives `mailbox`, a fixture."""

    @staticmethod
    def default(mailbox: MailboxUnderTest) -> FoundCalendar:
        return mailbox.gateway.calendars()[0]

    def test_the_default_calendar_is_listed_first_and_alone_is_default(
        self, mailbox: MailboxUnderTest
    ) -> None:
        calendars = mailbox.gateway.calendars()
        assert [calendar.default for calendar in calendars] == [True] + [False] * (len(calendars) - 1)

    def test_it_names_the_mailbox_by_its_main_address(self, mailbox: MailboxUnderTest) -> None:
        assert "@" in mailbox.gateway.address

    def test_it_tells_until_when_the_password_is_good(self, mailbox: MailboxUnderTest) -> None:
        assert mailbox.gateway.password_expires() is None
        mailbox.end_password(MORNING.start)
        assert mailbox.gateway.password_expires() == MORNING.start
        mailbox.end_password(None)
        assert mailbox.gateway.password_expires() is None

    def test_keys_are_unique_and_stay(self, mailbox: MailboxUnderTest) -> None:
        first, second = mailbox.gateway.calendars(), mailbox.gateway.calendars()
        assert [calendar.key for calendar in first] == [calendar.key for calendar in second]
        assert len({calendar.key for calendar in first}) == len(first)

    def test_an_event_is_read_with_its_times_and_showing(self, mailbox: MailboxUnderTest) -> None:
        calendar = self.default(mailbox)
        for window, showing in ((MORNING, Showing.TENTATIVE), (EVENING, Showing.FREE)):
            mailbox.add_event(window, showing, "Meeting")
        read = mailbox.gateway.busy_time(calendar, Window(DAY, DAY + timedelta(days=1)))
        assert [(Window(b.start, b.end), b.showing) for b in read] == [
            (MORNING, Showing.TENTATIVE),
            (EVENING, Showing.FREE),
        ]

    def test_a_window_takes_in_what_overlaps_it_and_nothing_else(self, mailbox: MailboxUnderTest) -> None:
        calendar = self.default(mailbox)
        mailbox.add_event(MORNING, Showing.BUSY, "Meeting")
        quarter = timedelta(minutes=15)
        inside = Window(MORNING.start + quarter, MORNING.end - quarter)
        after = Window(MORNING.end, MORNING.end + quarter)
        before = Window(MORNING.start - quarter, MORNING.start)
        assert len(mailbox.gateway.busy_time(calendar, inside)) == 1
        assert mailbox.gateway.busy_time(calendar, after) == ()
        assert mailbox.gateway.busy_time(calendar, before) == ()

    def test_without_a_cursor_everything_changed(self, mailbox: MailboxUnderTest) -> None:
        assert mailbox.gateway.changes(self.default(mailbox), None, HORIZON).everything

    def test_a_cursor_that_is_no_cursor_asks_for_everything(self, mailbox: MailboxUnderTest) -> None:
        calendar = self.default(mailbox)
        lost = mailbox.gateway.changes(calendar, "not a cursor", HORIZON)
        assert lost.everything
        assert not mailbox.gateway.changes(calendar, lost.cursor, HORIZON).everything

    def test_nothing_changed_is_told_as_nothing(self, mailbox: MailboxUnderTest) -> None:
        calendar = self.default(mailbox)
        cursor = mailbox.gateway.changes(calendar, None, HORIZON).cursor
        still = mailbox.gateway.changes(calendar, cursor, HORIZON)
        assert (still.everything, still.touched) == (False, ())

    def test_what_is_added_and_removed_is_within_the_changes(self, mailbox: MailboxUnderTest) -> None:
        calendar = self.default(mailbox)
        cursor = mailbox.gateway.changes(calendar, None, HORIZON).cursor
        event = mailbox.add_event(MORNING, Showing.BUSY, "Meeting")
        added = mailbox.gateway.changes(calendar, cursor, HORIZON)
        assert added.everything or any(_covers(window, MORNING) for window in added.touched)
        mailbox.remove_event(event)
        removed = mailbox.gateway.changes(calendar, added.cursor, HORIZON)
        assert removed.everything or any(_covers(window, MORNING) for window in removed.touched)
        assert mailbox.gateway.busy_time(calendar, MORNING) == ()

    def test_the_proof_is_the_first_event_of_the_window(self, mailbox: MailboxUnderTest) -> None:
        calendar = self.default(mailbox)
        mailbox.add_event(EVENING, Showing.BUSY, "Later")
        mailbox.add_event(MORNING, Showing.BUSY, "Earlier")
        proof = mailbox.gateway.proof(calendar, Window(DAY, DAY + timedelta(days=1)))
        assert proof is not None
        assert (proof.subject, proof.start, proof.end) == ("Earlier", MORNING.start, MORNING.end)

    def test_an_empty_window_has_no_proof(self, mailbox: MailboxUnderTest) -> None:
        assert mailbox.gateway.proof(self.default(mailbox), Window(DAY, DAY + timedelta(hours=1))) is None

    def test_the_first_thing_heard_is_a_sign_of_life(self, mailbox: MailboxUnderTest) -> None:
        with listening(mailbox.gateway, self.default(mailbox)) as heard:
            assert heard.get(timeout=PATIENCE) == frozenset()

    def test_whoever_listens_is_told_what_is_added_and_removed(self, mailbox: MailboxUnderTest) -> None:
        calendar = self.default(mailbox)
        with listening(mailbox.gateway, calendar) as heard:
            heard.get(timeout=PATIENCE)
            event = mailbox.add_event(MORNING, Showing.BUSY, "Meeting")
            assert heard.get(timeout=PATIENCE) == frozenset({calendar.key})
            mailbox.remove_event(event)
            assert heard.get(timeout=PATIENCE) == frozenset({calendar.key})

    def test_closing_the_gateway_ends_the_listening(self, mailbox: MailboxUnderTest) -> None:
        with listening(mailbox.gateway, self.default(mailbox)) as heard:
            heard.get(timeout=PATIENCE)
            mailbox.gateway.close()
            assert heard.get(timeout=PATIENCE) is None

    def test_a_cancelled_listening_begins_no_more(self, mailbox: MailboxUnderTest) -> None:
        cancellation = Cancellation()
        cancellation.cancel()
        with pytest.raises(CancelledByUserError):
            mailbox.gateway.watch([self.default(mailbox)], lambda _changed: None, cancellation)

    def test_after_closing_everything_is_cancelled(self, mailbox: MailboxUnderTest) -> None:
        calendar = self.default(mailbox)
        mailbox.gateway.close()
        mailbox.gateway.close()
        with pytest.raises(CancelledByUserError):
            mailbox.gateway.busy_time(calendar, HORIZON)
        with pytest.raises(CancelledByUserError):
            mailbox.gateway.calendars()


@contextlib.contextmanager
def listening(gateway: CalendarGateway, calendar: FoundCalendar) -> Iterator[Queue[frozenset[str] | None]]:
    """Listen in a thread until the block ends; None follows the last thing heard."""
    heard: Queue[frozenset[str] | None] = Queue()
    cancellation = Cancellation()

    def listen() -> None:
        with contextlib.suppress(CancelledByUserError):
            gateway.watch([calendar], heard.put, cancellation)
        heard.put(None)

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield heard
    finally:
        cancellation.cancel()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def _covers(window: Window, other: Window) -> bool:
    return window.start <= other.start and window.end >= other.end
