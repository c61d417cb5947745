"""What must hold at every moment, whatever happened."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from oncetui.connector.availability import Known
from oncetui.model.bookings import BookingStatus
from oncetui.model.calendars import Calendar, Window
from oncetui.model.schedule import FRESH_FOR
from oncetui.model.state import ConnectionRecord, State
from tests.soak.machine import Machine
from tests.soak.mail_server import Version, within

LOOKED_AT_EVERY = 60.0
AGE = timedelta(minutes=15)
"""How old busy time may be that a page is open on."""
FIRST_RETRY = 10.0
STEPS = 12.0
"""Seconds between two steps of the connector, and what a read under way may miss."""


class BrokenError(AssertionError):
    """An invariant does not hold."""


@dataclass
class Invariants:
    """Looks at a machine from outside, as `status` does."""

    machine: Machine
    looked: int = 0
    compared: int = 0
    open_pages: int = 0
    _last: ConnectionRecord | None = None
    died_unheard: Counter[str] = field(default_factory=Counter)
    """How often a process died between the refusal of a secret and the write of it."""
    _put_back: list[tuple[float, float]] = field(default_factory=list)

    def hold(self) -> None:
        """Raise `BrokenError` where one of them does not hold now."""
        self.looked += 1
        known = Known.of(self.machine.profile)
        self._times_go_forward(known.record)
        self._no_secret_was_refused_twice()
        self._no_event_is_twice()
        self.machine.server.note_truth()
        for page in known.pages:
            if known.closed(page) is not None:
                continue
            self.open_pages += 1
            if known.record.state in (State.NOT_CONNECTED, State.DISCONNECTED):
                continue
            if known.record.state is not State.CONNECTED:
                raise BrokenError(f"page {page.id} is open while {known.record.state}")
            for calendar in page.associated.makes_busy:
                self._is_true(page.id, known.calendars[calendar])

    def clock_was_put_back(self, seconds: float) -> None:
        """Note that the clock shows less than what passed, which nobody can know who just starts."""
        self._put_back.append((self.machine.times().passed, seconds))

    def _times_go_forward(self, record: ConnectionRecord) -> None:
        last, self._last = self._last, record
        if last is None:
            return
        if record.since < last.since or record.generation < last.generation:
            raise BrokenError(f"since went back from {last.since} to {record.since}")
        if record.generation != last.generation or last.last_success is None:
            return
        if record.last_success is None or record.last_success < last.last_success:
            raise BrokenError(f"last success went back to {record.last_success}")

    def _no_secret_was_refused_twice(self) -> None:
        for secret, times in self.machine.server.refused_secrets.items():
            if times > 1 + self.died_unheard[secret]:
                raise BrokenError(f"{secret} was refused {times} times")

    def _no_event_is_twice(self) -> None:
        for key, held in self.machine.server.mailbox.events.items():
            stamps = [
                booked.stamp.mark
                for item in held
                if (booked := self.machine.server.mailbox.booked.get(item)) is not None
            ]
            if len(stamps) != len(set(stamps)):
                raise BrokenError(f"a booking has two events in {key}")

    def _is_true(self, page: str, calendar: Calendar) -> None:
        self.compared += 1
        now = self.machine.clock.now()
        if calendar.read_at is None or not timedelta(0) <= now - calendar.read_at <= AGE:
            raise BrokenError(
                f"page {page} is open, and {calendar.name} was read at {calendar.read_at}, now {now}"
            )
        ahead = Window(now, now + timedelta(days=380))
        kept = within(self.machine.store.busy.blocks([calendar.id], ahead), ahead)
        history = self.machine.server.history[calendar.key]
        for version in reversed(history.versions):
            if not self._is_recent(version, calendar.key):
                break
            if kept == within(version.blocks, ahead):
                return
        current = within(history.versions[-1].blocks, ahead)
        raise BrokenError(
            f"page {page} is open, and what is kept of {calendar.name} ({calendar.id}) was not true lately: "
            f"{len(current - kept)} missing {sorted(map(str, current - kept))[:3]}, "
            f"{len(kept - current)} too many, read at {calendar.read_at}, now {now}"
        )

    def _is_recent(self, version: Version, key: str) -> bool:
        if version.until is None:
            return True
        now = self.machine.times()
        more, until = self.machine.server.lags.get(key, (0.0, 0.0))
        lag = LOOKED_AT_EVERY + FIRST_RETRY + STEPS + (more if now.awake <= until + more else 0.0)
        put_back = sum(by for at, by in self._put_back if at >= version.until.passed)
        return (
            now.awake - version.until.awake <= lag
            and now.passed - version.until.passed <= FRESH_FOR.total_seconds() + put_back + STEPS
        )

    def bookings_are_in_the_calendar(self) -> None:
        """Raise `BrokenError` unless each booking that stands has its event, and no other has one."""
        mailbox = self.machine.server.mailbox
        marked = [
            mailbox.booked[item].stamp.mark.booking
            for held in mailbox.events.values()
            for item in held
            if item in mailbox.booked
        ]
        for booking in self.machine.store.bookings.since():
            wanted = len(booking.events) if booking.status.stands else 0
            if booking.status is BookingStatus.REQUESTED:
                raise BrokenError(f"booking {booking.id} is still only requested")
            if marked.count(booking.id) != wanted:
                raise BrokenError(f"booking {booking} has {marked.count(booking.id)} events")
